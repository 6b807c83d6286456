"""`kg check` and `kg stats`: what is wrong with the data, and how much there is of them."""

from __future__ import annotations

import click

from kg.cli.commands import KgCommand
from kg.cli.loading import check_against_sources, find_all_faults, read_dataset, read_reading
from kg.cli.options import ROW_FORMATS, Session, answer, build_command, sources_option
from kg.words import Words

FOUND_WANTING = 1


def check_command(words: Words) -> KgCommand:
    """`kg check`."""
    return build_command(
        words, "check", _check, params=[sources_option(words)], formats=ROW_FORMATS
    )


def _check(session: Session, sources: str | None) -> None:
    from kg.report.counts import check_document
    from kg.report.counts_view import check_lines, check_sentences
    from kg.report.rows import check_rows
    from kg.validate.basis import find_overclaims

    reading = read_reading(session)
    dataset = reading.dataset
    check, texts = check_against_sources(session, dataset, sources)
    faults = [
        *find_all_faults(reading),
        *check.findings,
        *find_overclaims(dataset, texts),
    ]
    document = check_document(
        dataset,
        dict.fromkeys(faults),
        check.statuses,
        session.words,
        sources_read=bool(texts),
    )
    answer(
        session,
        document=document,
        lines=lambda width: check_lines(document, session.words, width=width),
        rows=lambda: check_rows(document, session.words),
        sentences=lambda: check_sentences(document, session.words),
    )
    if document["findings"]:
        click.get_current_context().exit(FOUND_WANTING)


def stats_command(words: Words) -> KgCommand:
    """`kg stats`."""
    return build_command(
        words, "stats", _stats, params=[sources_option(words)], formats=ROW_FORMATS
    )


def _stats(session: Session, sources: str | None) -> None:
    from kg.report.counts import stats_document
    from kg.report.counts_view import stats_lines
    from kg.report.rows import stats_rows

    dataset = read_dataset(session)
    check, _ = check_against_sources(session, dataset, sources)
    document = stats_document(dataset, check.counts)
    words = session.words
    answer(
        session,
        document=document,
        lines=lambda width: stats_lines(document, words, width=width),
        rows=lambda: stats_rows(document, words),
        sentences=lambda: (words.say("view.stats.answer", **document["totals"]),),
    )
