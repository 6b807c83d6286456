"""From --data to a data set: faults that would misread it stop, others are a note."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from kg.cli.options import Session
from kg.codes import CODES
from kg.errors import DataFaultError, UsageError
from kg.model import Dataset, Finding, Mention, QuoteStatus
from kg.words.sentences import finding_sentence

if TYPE_CHECKING:
    from kg.sources.reading import Reading
    from kg.sources.upkeep import Upkeep
    from kg.validate.evidence import QuoteCheck


def read_reading(session: Session) -> Reading:
    """Read what --data names, with all that was noticed on the way."""
    from kg.sources.registry import read_source

    if len(set(session.data)) > 1:
        raise UsageError("one-data", where="--data")
    reading = read_source(session.data[0] if session.data else None)
    for key, facts in reading.notes:
        session.note(key, **dict(facts))
    return reading


def read_dataset(session: Session) -> Dataset:
    """Read a data set that can be relied on.

    Raises
    ------
    DataFaultError
        Where a fault would drop or misread a row: the first, and how many more there are.
    """
    reading = read_reading(session)
    faults = refuse_stopping_faults(session, reading)
    if faults:
        counts = Counter(fault.code for fault in faults)
        listed = session.words.say("list.comma").join(
            session.words.say("note.code", code=code, count=count)
            for code, count in sorted(counts.items())
        )
        session.note("faults", listed=listed)
    return reading.dataset


def refuse_stopping_faults(
    session: Session, reading: Reading, *, name: str = ""
) -> tuple[Finding, ...]:
    """The faults of a reading that let commands go on.

    Parameters
    ----------
    session
        For the language.
    reading
        What was read.
    name
        What to call it, where several are read.

    Raises
    ------
    DataFaultError
        Where a fault would drop or misread a row: the first, and how many more there are.
    """
    faults = find_all_faults(reading)
    stopping = [fault for fault in faults if CODES[fault.code].stops]
    if stopping:
        raise data_fault_error(session, stopping, name=name)
    return faults


def read_upkeep_beside(session: Session) -> Upkeep:
    """The reviews and confirmations beside what --data names.

    Raises
    ------
    DataFaultError
        Where a row cannot be read.
    """
    from kg.sources.upkeep import read_upkeep

    upkeep = read_upkeep(folder_of(session))
    if upkeep.faults:
        raise data_fault_error(session, list(upkeep.faults))
    return upkeep


def folder_of(session: Session) -> Path:
    """The folder in which the data lie, and what stands beside them."""
    if not session.data:
        from kg.files import bundled

        return bundled("data", "liling")
    path = Path(session.data[0])
    return path if path.is_dir() else path.parent


def find_all_faults(reading: Reading) -> tuple[Finding, ...]:
    """Faults of reading and those that can be told without the sources, each once."""
    from kg.validate.faults import find_faults

    return tuple(dict.fromkeys((*reading.faults, *find_faults(reading.dataset))))


def data_fault_error(session: Session, faults: list[Finding], *, name: str = "") -> DataFaultError:
    """The first of the faults as an error that names how many more there are."""
    first = faults[0]
    sentence = finding_sentence(session.words, first, lambda _item: "")
    where = f"{name} {first.place or first.node}".strip()
    if len(faults) == 1:
        return DataFaultError("data-fault", where=where, code=first.code, sentence=sentence)
    more = len(faults) - 1
    return DataFaultError(
        "data-fault-more", where=where, code=first.code, sentence=sentence, more=more
    )


def check_against_sources(
    session: Session, dataset: Dataset, sources: str | None
) -> tuple[QuoteCheck, Mapping[str, str] | None]:
    """Look every quote up in the texts of a folder; without one all stay unverified."""
    from kg.validate.evidence import check_quotes

    texts = read_source_texts(session, dataset, sources)
    return check_quotes(dataset, texts), texts


def read_source_texts(
    session: Session, dataset: Dataset, sources: str | None
) -> Mapping[str, str] | None:
    """The texts of the sources that lie in a folder, with a note on those that do not."""
    if not sources:
        return None
    from kg.sources.spans import read_texts

    texts = read_texts(dataset, Path(sources))
    missing = sorted({source.id for source in dataset.sources} - texts.keys())
    if missing:
        session.note("sources-missing", folder=sources, ids=" ".join(missing))
    return texts


def quote_statuses(check: QuoteCheck) -> dict[Mention, QuoteStatus]:
    """The status of every mention."""
    return dict(check.statuses)
