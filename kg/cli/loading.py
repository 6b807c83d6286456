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
    faults = find_all_faults(reading)
    stopping = [fault for fault in faults if CODES[fault.code].stops]
    if stopping:
        raise data_fault_error(session, stopping)
    if faults:
        counts = Counter(fault.code for fault in faults)
        listed = session.words.say("list.comma").join(
            session.words.say("note.code", code=code, count=count)
            for code, count in sorted(counts.items())
        )
        session.note("faults", listed=listed)
    return reading.dataset


def find_all_faults(reading: Reading) -> tuple[Finding, ...]:
    """Faults of reading and those that can be told without the sources, each once."""
    from kg.validate.faults import find_faults

    return tuple(dict.fromkeys((*reading.faults, *find_faults(reading.dataset))))


def data_fault_error(session: Session, faults: list[Finding]) -> DataFaultError:
    """The first of the faults as an error that names how many more there are."""
    first = faults[0]
    sentence = finding_sentence(session.words, first, lambda _item: "")
    where = first.place or first.node
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
