"""`kg impact` and `kg critical`: what is lost with one thing, and what carries most."""

from __future__ import annotations

import re

import click

from kg.cli.commands import KgCommand
from kg.cli.loading import read_dataset, read_source_texts
from kg.cli.options import (
    ROW_FORMATS,
    Session,
    answer,
    build_command,
    sources_option,
    text_argument,
    text_option,
)
from kg.cli.trace import named_item
from kg.errors import UnknownNodeError, UsageError
from kg.model import Dataset
from kg.words import Words

# A source, and two offsets: s1:120-130.
_SPAN = re.compile(r"(?P<source>[^\s:：]+)[:：](?P<start>[0-9]{1,9})[-–](?P<end>[0-9]{1,9})")


def impact_command(words: Words) -> KgCommand:
    """`kg impact THING`."""
    params = [text_argument(words, "carrier", "thing"), sources_option(words)]
    return build_command(words, "impact", _impact, params=params, formats=ROW_FORMATS)


def _impact(session: Session, carrier: str, *, sources: str | None) -> None:
    from kg.analysis.impact import fall_of, find_impact
    from kg.report.impact_view import impact_lines, impact_rows, impact_sentences
    from kg.report.impacts import impact_document

    words = session.words
    dataset = read_dataset(session)
    span = _span_of(dataset, carrier)
    item = None if span else named_item(session, dataset, carrier, where="kg impact")
    texts = read_source_texts(session, dataset, sources)
    impact = find_impact(dataset, fall_of(dataset, item=item, span=span, texts=texts))
    document = impact_document(dataset, impact, item=item, span=span)
    answer(
        session,
        document=document,
        lines=lambda width: impact_lines(document, words, width=width),
        rows=lambda: impact_rows(document, words),
        sentences=lambda: impact_sentences(document, words),
    )


def _span_of(dataset: Dataset, text: str) -> tuple[str, int, int] | None:
    """The span that a text names: offsets in a source, a row of `passages.csv`, a whole source.

    Raises
    ------
    UsageError
        Where the offsets are not two places of that source, in this order.
    """
    lengths = {source.id: source.length for source in dataset.sources}
    for mention in dataset.mentions:
        lengths[mention.source] = max(lengths.get(mention.source, 0), mention.end)
    if text in lengths and all(item.id != text for item in dataset.items):
        return text, 0, lengths[text]
    for passage in dataset.passages:
        if text == passage.place:
            return passage.source, passage.start, passage.end
    match = _SPAN.fullmatch(text)
    if match is None or match["source"] not in lengths:
        return None
    source, start, end = match["source"], int(match["start"]), int(match["end"])
    if not start < end <= lengths[source]:
        raise UsageError(
            "bad-span", where="kg impact", text=text, source=source, length=lengths[source]
        )
    return source, start, end


def critical_command(words: Words) -> KgCommand:
    """`kg critical`."""
    params = [
        text_option(words, "--issuer", "unit"),
        click.Option(["--all", "all_issuers"], is_flag=True),
        sources_option(words),
    ]
    return build_command(words, "critical", _critical, params=params, formats=ROW_FORMATS)


def _critical(
    session: Session, *, issuer: str | None, all_issuers: bool, sources: str | None
) -> None:
    from kg.analysis.critical import find_critical
    from kg.graph.build import build_graph
    from kg.report.critical_view import critical_lines, critical_rows, critical_sentences
    from kg.report.criticals import critical_document

    if issuer and all_issuers:
        raise UsageError("issuer-or-all", where="kg critical --all")
    words = session.words
    dataset = read_dataset(session)
    texts = read_source_texts(session, dataset, sources)
    critical = find_critical(
        build_graph(dataset), issuer=issuer, all_issuers=all_issuers, texts=texts
    )
    coverage = critical.coverage
    if issuer and not coverage.chosen and not coverage.chosen_legs:
        known = " ".join(sorted({row.issuer for row in coverage.directives if row.issuer}))
        raise UnknownNodeError(
            "unknown-issuer", where="kg critical --issuer", text=issuer, known=known
        )
    document = critical_document(dataset, critical)
    answer(
        session,
        document=document,
        lines=lambda width: critical_lines(document, words, width=width),
        rows=lambda: critical_rows(document, words),
        sentences=lambda: critical_sentences(document, words),
    )
