"""`kg check` and `kg stats`: what is wrong with the data, and how much there is of them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from kg.cli.commands import KgCommand
from kg.cli.gate import JUNIT, gate_options, judge, read_gate
from kg.cli.loading import (
    check_against_sources,
    folder_of,
    note_stale,
    read_dataset,
    read_reading,
    read_upkeep_beside,
)
from kg.cli.options import ROW_FORMATS, Session, answer, build_command, sources_option
from kg.codes import CODES, FAULT_CODES
from kg.words import Words

if TYPE_CHECKING:
    from kg.model import Dataset, Finding
    from kg.report.content import Document

FOUND_WANTING = 1


def check_command(words: Words) -> KgCommand:
    """`kg check`."""
    params = [sources_option(words), *gate_options(words)]
    return build_command(words, "check", _check, params=params, formats=(*ROW_FORMATS, JUNIT))


def _check(session: Session, sources: str | None, **demanded: Any) -> None:
    from kg.analysis.upkeep import judge_upkeep
    from kg.report.counts import check_document
    from kg.report.upkeep import review_counts
    from kg.sources.upkeep import read_upkeep
    from kg.validate.basis import find_overclaims
    from kg.validate.faults import find_all_faults

    gate = read_gate(session, **demanded)
    reading = read_reading(session)
    dataset = reading.dataset
    check, texts = check_against_sources(session, dataset, sources)
    upkeep = read_upkeep(folder_of(session))
    standing = judge_upkeep(dataset, upkeep)
    faults = [
        *find_all_faults(reading),
        *check.findings,
        *find_overclaims(dataset, texts),
        *upkeep.faults,
        *(finding for finding in standing.findings if finding.code in FAULT_CODES),
    ]
    # RDF of data with a row that was misread says little.
    sound = not any(CODES[fault.code].stops for fault in faults)
    if sound:
        note_stale(session, reading)
        faults += _find_violations(dataset)
    document = check_document(
        dataset,
        dict.fromkeys(faults),
        check.statuses,
        session.words,
        sources_read=bool(texts),
    )
    document["shapes_judged"] = sound
    document["filters"]["as_of"] = gate.as_of or dataset.as_of
    document |= review_counts(dataset, standing)
    document |= judge(session, dataset, gate, standing, faults)
    if session.format == JUNIT:
        from kg.report.junit import format_junit

        session.write(format_junit(document, session.words))
    else:
        _answer_check(session, document)
    passed = not document["findings"] and document.get("gate", {}).get("passed", True)
    if not passed and not gate.report_only:
        click.get_current_context().exit(FOUND_WANTING)


def _find_violations(dataset: Dataset) -> tuple[Finding, ...]:
    from kg.validate.shapes import find_violations

    return find_violations(dataset)


def _answer_check(session: Session, document: Document) -> None:
    from kg.report.counts_view import check_lines, check_sentences
    from kg.report.gate_view import gate_rows
    from kg.report.rows import check_rows

    rows = gate_rows if "gate" in document else check_rows
    answer(
        session,
        document=document,
        lines=lambda width: check_lines(document, session.words, width=width),
        rows=lambda: rows(document, session.words),
        sentences=lambda: check_sentences(document, session.words),
    )


def stats_command(words: Words) -> KgCommand:
    """`kg stats`."""
    return build_command(
        words, "stats", _stats, params=[sources_option(words)], formats=ROW_FORMATS
    )


def _stats(session: Session, sources: str | None) -> None:
    from kg.analysis.upkeep import judge_upkeep
    from kg.report.counts import stats_document
    from kg.report.counts_view import stats_lines
    from kg.report.rows import stats_rows

    dataset = read_dataset(session)
    check, _ = check_against_sources(session, dataset, sources)
    upkeep = judge_upkeep(dataset, read_upkeep_beside(session))
    document = stats_document(dataset, check.counts, upkeep)
    words = session.words
    answer(
        session,
        document=document,
        lines=lambda width: stats_lines(document, words, width=width),
        rows=lambda: stats_rows(document, words),
        sentences=lambda: (words.say("view.stats.answer", **document["totals"]),),
    )
