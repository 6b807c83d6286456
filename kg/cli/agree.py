"""`kg agree`: how far two curations of one source agree."""

from __future__ import annotations

from pathlib import Path

from kg.cli.commands import KgCommand
from kg.cli.diff import read_version
from kg.cli.options import ROW_FORMATS, Session, answer, build_command, text_argument
from kg.errors import UsageError
from kg.model import Dataset
from kg.words import Words


def agree_command(words: Words) -> KgCommand:
    """`kg agree A B`."""
    params = [text_argument(words, "first", "first"), text_argument(words, "second", "second")]
    return build_command(words, "agree", _agree, params=params, formats=ROW_FORMATS)


def _agree(session: Session, first: str, second: str) -> None:
    from kg.analysis.disagree import compare_curations
    from kg.report.agree import agree_document
    from kg.report.agree_view import agree_lines, agree_rows, agree_sentences

    one, other = _read(session, first), _read(session, second)
    _refuse_other_sources(one, other, where=second)
    comparison = compare_curations(one, other)
    document = agree_document((first, one), (second, other), comparison)
    words = session.words
    answer(
        session,
        document=document,
        lines=lambda width: agree_lines(document, words, width=width),
        rows=lambda: agree_rows(document, words),
        sentences=lambda: agree_sentences(document, words),
    )


def _read(session: Session, spec: str) -> Dataset:
    """A raw curation, or any version that `kg diff` takes."""
    from kg.sources.curation import is_curation, read_curation

    path = Path(spec)
    return read_curation(path) if is_curation(path) else read_version(session, spec).dataset


def _refuse_other_sources(one: Dataset, other: Dataset, *, where: str) -> None:
    """Two readings can be compared only where they read the same; a raw one names no text."""
    ours = {source.id: source.sha256 for source in one.sources if source.sha256}
    theirs = {source.id: source.sha256 for source in other.sources if source.sha256}
    shared = ours.keys() & theirs.keys()
    if ours and theirs and not any(ours[source] == theirs[source] for source in shared):
        raise UsageError("agree-sources", where=where)
