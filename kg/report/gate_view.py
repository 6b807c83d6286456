"""The gate of `kg check` as a person reads it: the verdict, shares, then what fails it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from kg.model import Severity
from kg.report.content import Document
from kg.report.coverage_view import name_of
from kg.report.gaps_view import gap_lines, waived_lines
from kg.report.layout import (
    Cell,
    Line,
    Span,
    Style,
    columns_for,
    fold,
    line,
    pad,
    table,
    width_of,
)
from kg.report.rows import Rows
from kg.words import Words


def gate_verdict(document: Document, words: Words) -> tuple[str, ...]:
    """Whether the gate is passed, and if not, by what; nothing where nothing was asked."""
    gate = document.get("gate")
    if gate is None:
        return ()
    faults = len(document["findings"])
    if gate["passed"] and not faults:
        return (words.say("gate.passed"),)
    counts = {"faults": faults, "failing": gate["failing"], "unmet": gate["unmet"]}
    new = gate["baseline"] is not None
    reasons = [
        words.say(
            f"gate.reason.{'new' if new and name == 'failing' else name}_{_number(count)}",
            count=count,
        )
        for name, count in counts.items()
        if count
    ]
    sentence = words.say("gate.failed", reasons=words.say("list.semicolon").join(reasons))
    if gate["report_only"]:
        return sentence, words.say("gate.report_only")
    return (sentence,)


def gate_lines(document: Document, words: Words, width: int) -> Iterator[Line]:
    """Everything that stands below the faults: shares, new and closed gaps, waivers, upkeep."""
    gate = document.get("gate")
    if gate is not None:
        yield from _thresholds(gate, words, width)
        yield from _gaps(document, words, width)
        yield from _closed(document, words, width)
        yield from waived_lines(document, words, width)
        if document["waived"] and document["waivers_not_judged"]:
            said = words.say("gate.waivers_not_judged")
            yield from (line("  ", *piece) for piece in fold(said, width - 2, style=Style.FAINT))
    yield from _upkeep(document, words, width)


def _thresholds(gate: Mapping[str, Any], words: Words, width: int) -> Iterator[Line]:
    if not gate["thresholds"]:
        return
    covered = gate["covered"]
    key = "gate.covered" if covered["measures"] else "gate.covered_plain"
    rung = words.say(f"rung.{covered['rung']}")
    yield ()
    yield line(Span(words.say("gate.thresholds"), Style.HEADING))
    said = words.say(key, rung=rung, measures=covered["measures"])
    yield from (line("  ", *piece) for piece in fold(said, width - 2, style=Style.FAINT))
    heads = [words.say(f"gate.column.{name}") for name in ("basis", "found", "least", "met")]
    rows = [
        [
            _of_issuer(row, words),
            share_in_words(row["covered"], row["total"], words),
            f"{row['least']}%",
            words.say("gate.met" if row["met"] else "gate.not_met"),
        ]
        for row in gate["thresholds"]
    ]
    styled: list[list[Cell]] = [
        [*row[:3], Span(row[3], Style.PLAIN if found["met"] else Style.GAP)]
        for row, found in zip(rows, gate["thresholds"], strict=True)
    ]
    yield from (line(" ", *piece) for piece in table(columns_for(heads, rows, width - 1), styled))


def _of_issuer(row: Mapping[str, Any], words: Words) -> str:
    basis = words.say(f"basis_upto.{row['basis']}")
    if row["issuer"] is None:
        return basis
    issuer = name_of(row["issuer"], words) or row["issuer"]["id"]
    return words.say("gate.of_issuer", basis=basis, issuer=issuer)


def share_in_words(part: int, whole: int, words: Words) -> str:
    """A share with numerator and denominator; "n/a" of nothing."""
    percent = f"{100 * part / whole:.1f}".removesuffix(".0") + "%" if whole else "n/a"
    return words.say("gate.share", part=part, whole=whole, percent=percent)


def _gaps(document: Document, words: Words, width: int) -> Iterator[Line]:
    gate, gaps = document["gate"], document["gaps"]
    basis = words.say(f"basis_upto.{document['basis']}")
    by_severity = {
        f"of_{severity}": sum(row["severity"] == severity for row in gaps) for severity in Severity
    }
    yield ()
    key = "gate.gaps_and_errors" if by_severity["of_error"] else "gate.gaps"
    said = words.say(key, basis=basis, total=len(gaps), **by_severity)
    yield from fold(said, width)
    if gate["baseline"] is not None:
        new = sum(row["new"] for row in gaps)
        facts = {"new": new, "closed": len(document["closed"]), "old": len(gaps) - new}
        said = words.say("gate.compared", file=gate["baseline"], **facts)
        yield from fold(said, width)
    failing = [row for row in gaps if row["fails"]]
    for code in sorted({row["code"] for row in failing}):
        rows = [row for row in failing if row["code"] == code]
        title = words.say(f"code.{code}.title")
        heading = words.say("view.gaps.heading", code=code, title=title, count=len(rows))
        yield ()
        yield line(Span(heading, Style.HEADING))
        ids = max(width_of(row["id"]) for row in rows)
        for row in rows:
            yield from gap_lines(row, ids, words, width)


def _closed(document: Document, words: Words, width: int) -> Iterator[Line]:
    rows = document["closed"]
    if not rows:
        return
    yield ()
    yield line(Span(words.say("gate.closed", count=len(rows)), Style.HEADING))
    for row in rows:
        code = row["code"]
        title = words.say(f"code.{code}.title") if words.has(f"code.{code}.title") else ""
        said = words.say(
            "gate.closed_row", code=code, title=title, id=row["id"], name=_name(row, words)
        )
        pieces = fold(said, width - 2, indent="      ", style=Style.GOOD)
        yield from (line("  ", *piece) for piece in pieces)


def _upkeep(document: Document, words: Words, width: int) -> Iterator[Line]:
    rows = document.get("upkeep", [])
    for code in sorted({row["code"] for row in rows}):
        found = [row for row in rows if row["code"] == code]
        title = words.say(f"code.{code}.title")
        heading = words.say("view.gaps.heading", code=code, title=title, count=len(found))
        yield ()
        yield line(Span(heading, Style.HEADING))
        todo = words.say("view.gaps.todo", todo=words.say(f"code.{code}.todo"))
        yield from (line("  ", *piece) for piece in fold(todo, width - 2, style=Style.FAINT))
        ids = max(width_of(row["id"]) for row in found)
        for row in found:
            pieces = fold(row["message"], width - ids - 5)
            for number, piece in enumerate(pieces):
                yield line("    ", pad(row["id"] if number == 0 else "", ids), " ", *piece)


def gate_rows(document: Document, words: Words) -> Rows:
    """A row a finding: faults, gaps under the gate, waived and closed gaps, upkeep."""
    names = ("standing", "severity", "code", "place", "id", "name", "message")
    rows = [
        (
            words.say(f"gate.standing.{standing}"),
            words.say(f"severity.{row['severity']}") if row.get("severity") else "",
            row["code"],
            row.get("place", ""),
            row["id"],
            _name(row, words),
            row.get("message", ""),
        )
        for standing, row in _standings(document)
    ]
    return Rows(tuple(words.say(f"column.{name}") for name in names), tuple(rows))


def _standings(document: Document) -> Iterator[tuple[str, Mapping[str, Any]]]:
    for row in document["findings"]:
        yield "fails", row
    for row in (*document["gaps"], *document["upkeep"]):
        yield "fails" if row["fails"] else "known" if row["new"] is False else "passes", row
    for row in document["waived"]:
        yield "waived", row
    for row in document["closed"]:
        yield "closed", row


def _name(row: Mapping[str, Any], words: Words) -> str:
    return name_of(row, words) if "zh" in row else ""


def _number(count: int) -> str:
    return "one" if count == 1 else "many"
