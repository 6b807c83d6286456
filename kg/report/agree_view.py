"""`kg agree` as a person reads it: the verdict, the scores, how many points to decide on."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, Final

from kg.model import BASES
from kg.report.content import Document
from kg.report.coverage_view import name_of
from kg.report.layout import (
    WIDTH,
    Cell,
    Column,
    Line,
    Span,
    Style,
    columns_for,
    fold,
    line,
    table,
)
from kg.report.rows import Rows
from kg.words import Words

# Signs that are the same in every language.
_SIGNS: Final = {"f1": "F1", "alpha": "α", "n": "n"}


def agree_sentences(document: Document, words: Words) -> tuple[str, ...]:
    """Who is compared, and whether the links are reliable."""
    sides = {
        f"{side}_{name}": document[side][name]
        for side in ("first", "second")
        for name in ("name", "nodes", "links")
    }
    of_all = document["links"][0]
    low, high = of_all["alpha_interval"] or (None, None)
    said = words.say(
        f"agree.answer_{of_all['verdict'] or 'none'}",
        alpha=number(of_all["alpha"]),
        low=number(low),
        high=number(high),
        n=of_all["n"],
        least=document["thresholds"]["not_reliable_below"],
        enough=document["thresholds"]["reliable_from"],
    )
    return words.say("agree.sides", **sides), said


def number(value: float | None) -> str:
    """Three decimals with a minus sign; a dash of nothing.

    >>> number(-0.0773), number(None)
    ('−0.077', '–')
    """
    return "–" if value is None else f"{value:.3f}".replace("-", "\N{MINUS SIGN}")


def agree_lines(document: Document, words: Words, *, width: int = WIDTH) -> list[Line]:
    """Verdict, scores of nodes, links, bases and levels, and the points to decide on."""
    sides, answer = agree_sentences(document, words)
    bad = document["links"][0]["verdict"] == "not-reliable"
    lines: list[Line] = [*fold(answer, width, style=Style.GAP if bad else Style.ANSWER)]
    lines += fold(sides, width)
    for heading, block in (
        ("nodes", _nodes(document, words)),
        ("links", _links(document, words)),
        ("both", _both(document, words)),
        ("levels", _levels(document, words)),
    ):
        lines += [(), line(Span(words.say(f"agree.heading.{heading}"), Style.HEADING)), *block]
    return [*lines, *_points(document, words, width), (), *_method(document, words, width)]


def _table(heads: list[str], rows: list[list[Cell]]) -> list[Line]:
    """A table whose numbers stand to the right."""
    plain = [[cell.text if isinstance(cell, Span) else cell for cell in row] for row in rows]
    columns = [
        Column(column.head, column.width, right=0 < place < len(heads))
        for place, column in enumerate(columns_for(heads, plain))
    ]
    return table(columns, rows, gap=2)


def _heads(words: Words, *names: str) -> list[str]:
    return [_SIGNS.get(name) or words.say(f"agree.column.{name}") for name in names]


def _interval(found: list[float] | None, words: Words) -> str:
    if found is None:
        return "–"
    return words.say("agree.interval", low=number(found[0]), high=number(found[1]))


def _verdict(row: Mapping[str, Any], words: Words) -> Span:
    if row["verdict"] is None:
        return Span(words.say("agree.verdict.none"))
    style = Style.GAP if row["verdict"] == "not-reliable" else Style.PLAIN
    return Span(words.say(f"agree.verdict.{row['verdict']}"), style)


def _nodes(document: Document, words: Words) -> list[Line]:
    rows: list[list[Cell]] = [
        [
            words.say("agree.any_overlap") if not row["overlap"] else f"{row['overlap']:g}",
            str(row["first"]),
            str(row["second"]),
            str(row["matched"]),
            number(row["f1"]),
            _interval(row["f1_interval"], words),
        ]
        for row in document["nodes"]
    ]
    names = ("overlap", "first", "second", "matched", "f1", "interval")
    return _table(_heads(words, *names), rows)


def group_name(name: str, words: Words) -> str:
    """The name of a group of links."""
    key = f"agree.group.{name}"
    return words.say(key if words.has(key) else f"relation.{name}")


def _links(document: Document, words: Words) -> list[Line]:
    rows: list[list[Cell]] = [
        [
            group_name(row["group"], words),
            *(str(row[name]) for name in ("first", "second", "matched")),
            *(number(row[name]) for name in ("precision", "recall", "f1", "alpha")),
            str(row["n"]),
        ]
        for row in document["links"]
    ]
    names = ("group", "first", "second", "matched", "precision", "recall", "f1", "alpha", "n")
    return _table(_heads(words, *names), rows)


def _both(document: Document, words: Words) -> list[Line]:
    rows: list[list[Cell]] = [
        [
            group_name(row["group"], words),
            str(row["both"]["n"]),
            str(row["both"]["same_basis"]),
            number(row["both"]["alpha"]),
            _verdict(row["both"], words),
        ]
        for row in document["links"][:2]
    ]
    return _table(_heads(words, "group", "n", "same", "alpha", "verdict"), rows)


def _levels(document: Document, words: Words) -> list[Line]:
    rows: list[list[Cell]] = [
        [
            words.say(f"basis_upto.{row['basis']}"),
            str(row["n"]),
            str(row["same"]),
            number(row["alpha"]),
            _verdict(row, words),
        ]
        for row in document["levels"]
    ]
    return _table(_heads(words, "basis", "n", "same", "alpha", "verdict"), rows)


def _points(document: Document, words: Words, width: int) -> Iterator[Line]:
    total = len(document["disagreements"])
    yield ()
    yield line(Span(words.say("agree.heading.points", count=total), Style.HEADING))
    for matter, count in document["counts"].items():
        if count:
            said = words.say("agree.count", matter=words.say(f"agree.matter.{matter}"), count=count)
            yield from (line("  ", *piece) for piece in fold(said, width - 2))
    if total:
        names = {side: document[side]["name"] for side in ("first", "second")}
        for piece in fold(words.say("agree.next", **names), width - 2, style=Style.FAINT):
            yield line("  ", *piece)


def _method(document: Document, words: Words, width: int) -> list[Line]:
    method = words.say(
        "agree.method",
        resamples=document["bootstrap"]["resamples"],
        seed=document["bootstrap"]["seed"],
        overlap=document["filters"]["link_overlap"],
        first=document["first"]["directives"],
        second=document["second"]["directives"],
    )
    return [line(" ", *piece) for piece in fold(method, width - 1, style=Style.FAINT)]


def agree_rows(document: Document, words: Words) -> Rows:
    """A row a point to decide on, with empty cells for the decision and its reason."""
    names = ("number", "matter", "relation", "first_ids", "second_ids", "subject")
    head = _heads(words, *names, "first_says", "second_says", "decision", "why")
    rows = []
    for count, point in enumerate(document["disagreements"], 1):
        of = point["first"] if point["first"]["nodes"] else point["second"]
        rows.append(
            (
                str(count),
                words.say(f"agree.matter.{point['matter']}"),
                words.say(f"relation.{point['relation']}") if point["relation"] else "",
                " ".join(point["first"]["ids"]),
                " ".join(point["second"]["ids"]),
                " → ".join(name_of(entry, words) or entry["id"] for entry in of["nodes"]),
                _says(point, "first", words),
                _says(point, "second", words),
                "",
                "",
            )
        )
    return Rows(tuple(head), tuple(rows))


def _says(point: Mapping[str, Any], side: str, words: Words) -> str:
    """What one of them says of a point: a kind, a basis, the rungs, or nothing."""
    said = point[side]["says"]
    if not said:
        return words.say("agree.nothing")
    if point["matter"] == "level":
        return words.say("list.comma").join(
            f"{words.say(f'basis_upto.{basis}')} {words.say(f'rung.{rung}')}"
            for basis, rung in zip(BASES, said, strict=True)
        )
    prefix = "basis" if point["relation"] else "kind"
    return words.say("list.comma").join(words.say(f"{prefix}.{value}") for value in said)
