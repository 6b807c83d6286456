"""A report as the sheets of a workbook: a first sheet to read, then tables to filter."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, TypeAlias

from kg.model import RUNGS, QuoteStatus, Severity
from kg.report.blocks import Block, Chart, Title
from kg.report.content import Document
from kg.report.coverage_view import name_of
from kg.report.phrases import BASIS_NAMES, all_named, due_text, name_only, with_basis
from kg.report.report_chapters import shares_table, stated
from kg.report.report_document import NOBODY
from kg.report.report_evidence_view import item_text
from kg.report.report_unit import parts_text, status_text
from kg.report.report_view import first_blocks
from kg.report.rows import value_in_words
from kg.words import Words

Value: TypeAlias = str | int | float | None


class Kind(StrEnum):
    """What stands in a column, for its width and its colours."""

    TEXT = "text"
    NUMBER = "number"
    LEVEL = "level"
    SEVERITY = "severity"
    MARK = "mark"
    STATUS = "status"


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its head, and what stands in it."""

    head: str
    kind: Kind = Kind.TEXT


@dataclass(frozen=True, slots=True)
class Sheet:
    """Rows under a head; the first `frozen` columns stay in sight."""

    name: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[Value, ...], ...]
    frozen: int = 2


@dataclass(frozen=True, slots=True)
class Workbook:
    """The first sheet as blocks, the others as tables; words that colours go by."""

    title: str
    date: str | None
    of_unit: bool
    overview: str
    front: tuple[Block, ...]
    sheets: tuple[Sheet, ...]
    levels: tuple[tuple[str, str], ...]
    grave: str
    mark: str
    good: str


def report_sheets(document: Document, words: Words) -> Workbook:
    """The workbook of a report: overview, coverage, gaps, measures by unit, outcomes, evidence.

    Of one unit there is no sheet of coverage.
    """
    front = list(first_blocks(document, words))
    charts = [place for place, block in enumerate(front) if isinstance(block, Chart)]
    for place in charts:
        caption = words.say("report.shares_of_chosen")
        shares = shares_table(document["coverage"]["summary"], caption, words)
        front.insert(place + 1, shares)
    sheets = [] if document["unit"] is not None else [_coverage(document, words)]
    sheets += [
        _gaps(document, words),
        _measures(document, words),
        _outcomes(document, words),
        _evidence(document, words),
    ]
    return Workbook(
        title=next(block.text for block in front if isinstance(block, Title)),
        date=document["filters"]["as_of"],
        of_unit=document["unit"] is not None,
        overview=words.say("report.sheet.overview"),
        front=tuple(front),
        sheets=tuple(sheets),
        levels=tuple((str(rung), words.say(f"rung.{rung}")) for rung in RUNGS),
        grave=words.say(f"severity.{Severity.HIGH}"),
        mark=words.say("report.none"),
        good=words.say(f"quote_status.{QuoteStatus.EXACT}"),
    )


def _columns(words: Words, *names: str | tuple[str, Kind]) -> tuple[Column, ...]:
    found = []
    for name in names:
        key, kind = (name, Kind.TEXT) if isinstance(name, str) else name
        found.append(Column(words.say(f"report.column.{key}"), kind))
    return tuple(found)


def _at_each(words: Words, name: str, kind: Kind) -> Iterator[Column]:
    for basis in BASIS_NAMES:
        said = words.say(f"report.column.{name}")
        yield Column(
            words.say("column.at", name=said, basis=words.say(f"basis_upto.{basis}")), kind
        )


def _names(entry: Mapping[str, Any], words: Words) -> tuple[str, str]:
    """The name in the language of the report, and in the other one."""
    other = entry["en"] if words.lang == "zh" else entry["zh"]
    name = name_of(entry, words)
    return name, "" if other == name else other


def _coverage(document: Document, words: Words) -> Sheet:
    covered = document["coverage"]
    columns = [
        *_columns(words, "id", "name", "other_name", "issuer", "whole", ("legs", Kind.NUMBER))
    ]
    columns += _at_each(words, "level", Kind.LEVEL)
    for name in ("measures", "outcomes", "figures"):
        columns += _at_each(words, name, Kind.NUMBER)
    columns += _columns(words, "chain")
    rows = []
    for row in covered["directives"]:
        chain = row["chain"]["interpreted"]
        issuer = row["issuer"] and stated(name_only(row["issuer"], document, words), words)
        rows.append(
            (
                row["id"],
                *_names(row, words),
                issuer or "",
                row["parent"] or "",
                row["legs"]["total"],
                *(words.say(f"rung.{row['level'][basis]}") for basis in BASIS_NAMES),
                *(
                    row[name][basis]
                    for name in ("measures", "outcomes", "figures")
                    for basis in BASIS_NAMES
                ),
                " → ".join(chain["ids"]) if chain else words.say("report.none"),
            )
        )
    return Sheet(words.say("report.sheet.coverage"), tuple(columns), tuple(rows))


def _gaps(document: Document, words: Words) -> Sheet:
    columns = _columns(
        words,
        *("code", "title", ("severity", Kind.SEVERITY), "id", "name", "other_name", "kind"),
        *("open", "message", "todo"),
    )
    comma = words.say("list.comma")
    rows = tuple(
        (
            row["code"],
            words.say(f"code.{row['code']}.title"),
            words.say(f"severity.{row['severity']}"),
            row["id"],
            *_names(row, words),
            words.say(f"kind.{row['kind']}"),
            comma.join(words.say(f"basis.{basis}") for basis in row["open"] or ()),
            row["message"],
            words.say(f"code.{row['code']}.todo"),
        )
        for row in document["gaps"]["findings"]
    )
    return Sheet(words.say("report.sheet.gaps"), columns, rows, frozen=1)


def _measures(document: Document, words: Words) -> Sheet:
    columns = _columns(
        words,
        *("unit", "unit_name", "id", "measure", "part", "status", "concreteness"),
        *(("serves", Kind.MARK), "due", ("outcome", Kind.MARK)),
    )
    none = words.say("report.none")
    rows = []
    for group in document["units"]:
        unit = group["id"]
        for item in group["measures"]:
            entry = document["measures"][item]
            rows.append(
                (
                    unit,
                    words.say("report.nobody")
                    if unit == NOBODY
                    else name_only(unit, document, words),
                    item,
                    name_only(item, document, words),
                    parts_text(entry, unit, words),
                    status_text(entry, words),
                    value_in_words(words, "concreteness", entry["concreteness"]),
                    with_basis(entry["serves"], document, words, names=False) or none,
                    due_text(entry, words),
                    with_basis(entry["outcomes"], document, words, names=True) or none,
                )
            )
    return Sheet(words.say("report.sheet.measures"), columns, tuple(rows), frozen=4)


_FIGURE = (
    *("outcome_type", "value", "comparator", "unit", "verbatim", "change", "good", "target"),
    *("baseline", "denominator", "period", "recipient", "issuer", "year"),
)


def _outcomes(document: Document, words: Words) -> Sheet:
    head = list(_columns(words, "id", "name", "other_name"))
    head += [Column(words.say(f"column.{name}")) for name in _FIGURE]
    head += _columns(words, ("of", Kind.MARK), "gaps")
    none = words.say("report.none")
    rows = tuple(
        (
            entry["id"],
            *_names(entry, words),
            *(_figure(entry[field], field, document, words) for field in _FIGURE),
            with_basis(entry["of"], document, words, names=False) or none,
            " ".join(entry["gaps"]),
        )
        for entry in document["outcomes"]
    )
    return Sheet(words.say("report.sheet.outcomes"), tuple(head), rows)


def _figure(value: Any, field: str, document: Document, words: Words) -> Value:
    """A number as a number; a word of an enumeration, an actor or an absence in words."""
    if isinstance(value, int | float) and not isinstance(value, bool):
        return value
    if value in document["names"] and field in ("recipient", "issuer"):
        return all_named([value], document, words)
    said = value_in_words(words, field, value)
    return said if value is not None else stated(None, words)


def _evidence(document: Document, words: Words) -> Sheet:
    columns = _columns(
        words,
        *("id", "item", "role", "stance", "voice", "source", "section", ("start", Kind.NUMBER)),
        *(("end", Kind.NUMBER), "quote", ("quote_status", Kind.STATUS), "basis", "link_status"),
        "note",
    )
    rows = []
    for entry in document["evidence"]:
        section, link = entry["section"], entry["link"]
        rows.append(
            (
                entry["item"],
                item_text(entry, document, words)
                if link
                else name_only(entry["item"], document, words),
                words.say(f"role.{entry['role']}"),
                words.say(f"stance.{entry['stance']}"),
                words.say(f"voice.{entry['voice']}") if entry["voice"] else "",
                entry["source"],
                (name_of(section, words) or section["id"]) if section else "",
                entry["start"],
                entry["end"],
                entry["quote"],
                words.say(f"quote_status.{entry['status']}"),
                words.say(f"basis.{link['basis']}") if link and link["basis"] else "",
                words.say(f"link_status.{link['status']}") if link else "",
                entry["note"],
            )
        )
    return Sheet(words.say("report.sheet.evidence"), columns, tuple(rows))
