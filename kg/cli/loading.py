"""From --data to a data set: faults that would misread it stop, others are a note."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from kg.cli.options import Session
from kg.errors import UsageError
from kg.model import Dataset, Mention, QuoteStatus

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
    return read_with_faults(session)[0]


def read_with_faults(session: Session) -> tuple[Dataset, Mapping[str, int]]:
    """Read a data set that can be relied on, and how many faults of each code it has."""
    from kg.validate.faults import refuse_stopping_faults

    reading = read_reading(session)
    counts = Counter(fault.code for fault in refuse_stopping_faults(reading, session.words))
    note_faults(session, counts)
    note_stale(session, reading)
    return reading.dataset, counts


def note_faults(session: Session, counts: Mapping[str, int]) -> None:
    """Say how many faults of each code the data have."""
    if counts:
        listed = session.words.say("list.comma").join(
            session.words.say("note.code", code=code, count=count)
            for code, count in sorted(counts.items())
        )
        session.note("faults", listed=listed)


def note_stale(session: Session, reading: Reading) -> None:
    """Say where RDF does not say what follows from its data.

    It is computed anew here, but whoever asks those files by another program is misled.
    """
    if reading.inferred is None:
        return
    from kg.rdf.inferred import find_stale

    missing, more = find_stale(reading.dataset, reading.inferred)
    if missing or more:
        session.note("stale", source=session.data[0], missing=missing, more=more)


def read_upkeep_beside(session: Session) -> Upkeep:
    """The reviews beside what --data names.

    Raises
    ------
    DataFaultError
        Where a row cannot be read.
    """
    from kg.sources.upkeep import read_upkeep
    from kg.validate.faults import data_fault_error

    upkeep = read_upkeep(folder_of(session))
    if upkeep.faults:
        raise data_fault_error(upkeep.faults, session.words)
    return upkeep


def folder_of(session: Session) -> Path:
    """The folder in which the data lie, and what stands beside them."""
    if not session.data:
        from kg.files import bundled

        return bundled("data", "liling")
    path = Path(session.data[0])
    return path if path.is_dir() else path.parent


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
