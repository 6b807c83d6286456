"""`kg trend` as a person reads it: a row a version, a table a question."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from kg.model import BASES
from kg.report.content import Document
from kg.report.layout import WIDTH, Line, Span, Style, columns_for, fold, line, table
from kg.report.rows import Rows
from kg.words import Words


def trend_sentences(document: Document, words: Words) -> tuple[str, ...]:
    """From the first version to the last: directives with a measure, gaps."""
    rows = document["versions"]
    first, last = rows[0], rows[-1]
    basis = document["basis"]
    facts = {
        side: f"{row['summary'][basis]['with_measure']}/{row['summary'][basis]['total']}"
        for side, row in (("old", first), ("new", last))
    }
    said = words.say(
        "trend.answer",
        first=_when(first),
        last=_when(last),
        basis=words.say(f"basis_upto.{basis}"),
        gaps_old=first["gaps"]["total"],
        gaps_new=last["gaps"]["total"],
        **facts,
    )
    order = () if document["by_date"] else (words.say("trend.no_dates"),)
    return said, *order


def _when(row: Mapping[str, Any]) -> str:
    return str(row["as_of"] or row["name"])


def trend_rows(document: Document, words: Words) -> Rows:
    """A row a version: directives with measure, outcome and figure at each basis, gaps."""
    head = [words.say(f"trend.column.{name}") for name in ("name", "as_of", "total")]
    for name in ("with_measure", "with_outcome", "with_figure"):
        head += [
            words.say(
                "column.at",
                name=words.say(f"trend.column.{name}"),
                basis=words.say(f"basis_upto.{b}"),
            )
            for b in BASES
        ]
    head += [words.say(f"trend.column.{name}") for name in ("gaps", "high", "medium", "low")]
    rows = []
    for row in document["versions"]:
        cells = [row["name"], row["as_of"] or "", row["summary"]["stated"]["total"]]
        for name in ("with_measure", "with_outcome", "with_figure"):
            cells += [row["summary"][str(basis)][name] for basis in BASES]
        cells += [row["gaps"][name] for name in ("total", "high", "medium", "low")]
        rows.append(tuple(map(str, cells)))
    return Rows(tuple(head), tuple(rows))


def trend_lines(document: Document, words: Words, *, width: int = WIDTH) -> list[Line]:
    """The sentence, then a table each of measures, outcomes and figures, with the gaps."""
    lines: list[Line] = []
    for sentence in trend_sentences(document, words):
        lines += fold(sentence, width, style=Style.ANSWER if not lines else Style.PLAIN)
    for name in ("with_measure", "with_outcome", "with_figure"):
        heading = words.say(f"trend.column.{name}")
        lines += [(), line(Span(heading, Style.HEADING))]
        head = [words.say("trend.column.as_of"), *(words.say(f"basis.{b}") for b in BASES)]
        rows = [
            [
                _when(row),
                *(
                    f"{row['summary'][str(b)][name]}/{row['summary'][str(b)]['total']}"
                    for b in BASES
                ),
            ]
            for row in document["versions"]
        ]
        lines += table(columns_for(head, rows, width), rows)
    basis = words.say(f"basis_upto.{document['basis']}")
    lines += [(), line(Span(words.say("trend.gaps", basis=basis), Style.HEADING))]
    names = ("as_of", "gaps", "high", "medium", "low", "name")
    head = [words.say(f"trend.column.{name}") for name in names]
    rows = [
        [
            _when(row),
            *(str(row["gaps"][name]) for name in ("total", "high", "medium", "low")),
            row["name"],
        ]
        for row in document["versions"]
    ]
    lines += table(columns_for(head, rows, width), rows)
    lines += [(), *fold(words.say("trend.how_to_read"), width, style=Style.FAINT)]
    return lines
