"""`kg quality`: how fully outcomes are reported."""

from __future__ import annotations

from kg.cli.commands import KgCommand
from kg.cli.loading import read_dataset
from kg.cli.options import ROW_FORMATS, Session, answer, build_command
from kg.words import Words


def quality_command(words: Words) -> KgCommand:
    """`kg quality`."""
    return build_command(words, "quality", _quality, formats=ROW_FORMATS)


def _quality(session: Session) -> None:
    from kg.analysis.quality import find_quality
    from kg.graph.build import build_graph
    from kg.report.qualities import (
        quality_document,
        quality_lines,
        quality_rows,
        quality_sentences,
    )

    words = session.words
    dataset = read_dataset(session)
    document = quality_document(dataset, find_quality(build_graph(dataset)))
    answer(
        session,
        document=document,
        lines=lambda width: quality_lines(document, words, width=width),
        rows=lambda: quality_rows(document, words),
        sentences=lambda: quality_sentences(document, words),
    )
