"""The first pages of a report on one unit: what it leads, answers for or performs."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from kg.report.blocks import Block, Cell, Heading, Paragraph, Table, Title, Tone
from kg.report.content import Document
from kg.report.coverage_view import name_of
from kg.report.phrases import (
    all_named,
    dataset_title,
    date_line,
    due_text,
    named,
    share,
    with_basis,
)
from kg.words import Words


def unit_blocks(document: Document, words: Words) -> Iterator[Block]:
    """How much one unit owes and how far it is, then a row a measure."""
    unit = document["unit"]
    name = name_of(unit, words) or unit["id"]
    yield Title(
        words.say("report.unit_title", unit=name),
        (dataset_title(document, words), date_line(document, words)),
    )
    if not document["units"]:
        yield Paragraph(words.say("report.unit_nothing", unit=name), Tone.ANSWER)
        return
    [group] = document["units"]
    yield Paragraph(unit_sentence(name, group, words), Tone.ANSWER)
    yield Paragraph(progress_sentence(document, group, words))
    yield Heading(0, words.say("report.unit_measures"))
    yield duties_table(group["measures"], unit["id"], document, words, names=True)


def unit_sentence(name: str, group: Mapping[str, Any], words: Words) -> str:
    """How many measures, by status."""
    counts = group["counts"]
    return words.say("report.unit_answer", unit=name, **counts)


def progress_sentence(document: Document, group: Mapping[str, Any], words: Words) -> str:
    """How many serve a directive, have an outcome, are dated, are overdue."""
    counts = group["counts"]
    total = counts["total"]
    said = words.say(
        "report.unit_progress",
        **{
            name: share(counts[name], total, words) for name in ("serving", "with_outcome", "dated")
        },
    )
    if document["filters"]["as_of"] is None:
        return said + words.say("report.overdue_not_judged")
    return said + words.say(
        "report.overdue_count", count=counts["overdue"], date=document["filters"]["as_of"]
    )


def duties_table(
    measures: list[str], unit: str, document: Document, words: Words, *, names: bool
) -> Table:
    """A row a measure: part, status, directives with basis, due date, outcomes or none."""
    columns = ("measure", "part", "status", "serves", "due", "outcome")
    return Table(
        tuple(words.say(f"report.column.{name}") for name in columns),
        tuple(
            _duty_row(document["measures"][item], unit, document, words, names=names)
            for item in measures
        ),
        (27, 11, 12, 25, 10, 15),
    )


def _duty_row(
    entry: Mapping[str, Any], unit: str, document: Document, words: Words, *, names: bool
) -> tuple[Cell, ...]:
    outcomes = with_basis(entry["outcomes"], document, words, names=names)
    serves = with_basis(entry["serves"], document, words, names=names)
    absent = words.say("report.none")
    return (
        Cell(named(entry["id"], document, words)),
        Cell(parts_text(entry, unit, words)),
        Cell(status_text(entry, words)),
        Cell(serves or absent, Tone.PLAIN if serves else Tone.GAP),
        Cell(due_text(entry, words), Tone.GAP if entry["overdue"] else Tone.PLAIN),
        Cell(outcomes or absent, Tone.PLAIN if outcomes else Tone.GAP),
    )


def parts_text(entry: Mapping[str, Any], unit: str, words: Words) -> str:
    """How a unit has to do with a measure."""
    parts = entry["parts"].get(unit, ())
    return words.say("list.comma").join(words.say(f"report.part.{part}") for part in parts)


def status_text(entry: Mapping[str, Any], words: Words) -> str:
    """How far a measure has come; that it is a slogan, where it is one."""
    status = words.say(f"status.{entry['status']}") if entry["status"] else ""
    if entry["concreteness"] != "slogan":
        return status
    return words.say("report.slogan", status=status)


def units_text(entry: Mapping[str, Any], document: Document, words: Words) -> str:
    """Who leads, answers for or performs a measure."""
    return all_named(entry["parts"], document, words) or words.say("report.nobody")
