"""The document `kg-quality/1` and how it reads: each proportion by itself, never one score."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from kg.analysis.quality import Quality
from kg.model import Dataset
from kg.report.content import Document, document_head, names_of
from kg.report.counts_view import percent
from kg.report.coverage_view import dataset_lines, name_of
from kg.report.layout import WIDTH, Cell, Line, Span, Style, columns_for, fold, line, table
from kg.report.rows import Rows
from kg.words import Words

QUALITY_SCHEMA: Final = "kg-quality/1"


def quality_document(dataset: Dataset, quality: Quality) -> Document:
    """Of how many outcomes each thing is told, how they turn, and what each one lacks."""
    names = names_of(dataset)
    return {
        **document_head(QUALITY_SCHEMA, dataset, {}),
        "total": len(quality.outcomes),
        "shares": [
            {
                "quality": share.quality,
                "told": share.told,
                "of": share.of,
                "not_applicable": share.not_applicable,
            }
            for share in quality.shares
        ],
        "turns": {str(turn): count for turn, count in quality.turns.items()},
        "computed": quality.computed,
        "outcomes": [
            {
                **(names.entry(row.id) or {}),
                "told": list(row.told),
                "lacking": list(row.lacking),
                "turn": row.turn and str(row.turn),
            }
            for row in quality.outcomes
        ],
    }


def quality_sentences(document: Document, words: Words) -> tuple[str, ...]:
    """How many outcomes there are, how many with a figure, and how those turn that move."""
    return tuple(_sentences(document, words))


def _sentences(document: Document, words: Words) -> Iterator[str]:
    figure = document["shares"][0]
    share = share_in_words(figure["told"], figure["of"], words)
    yield words.say("quality.answer", total=document["total"], share=share)
    moving = sum(document["turns"].values())
    turns = {
        turn: share_in_words(count, moving, words) for turn, count in document["turns"].items()
    }
    yield words.say("quality.turns", moving=moving, **turns)
    if document["computed"]:
        yield words.say("quality.computed", count=document["computed"])


def share_in_words(part: int, whole: int, words: Words) -> str:
    """A share with numerator, denominator and percent; n/a of nothing.

    >>> from kg.words import load_words
    >>> share_in_words(1, 2, load_words("en")), share_in_words(0, 0, load_words("en"))
    ('1/2 (50%)', 'n/a')
    """
    if not whole:
        return percent(part, whole)
    return words.say("view.stats.share", part=part, whole=whole, percent=percent(part, whole))


def quality_lines(document: Document, words: Words, *, width: int = WIDTH) -> list[Line]:
    """The proportions, then what each outcome lacks."""
    lines: list[Line] = []
    for number, sentence in enumerate(quality_sentences(document, words)):
        lines += fold(sentence, width, style=Style.PLAIN if number else Style.ANSWER)
    heads = [words.say(f"quality.head.{name}") for name in ("quality", "told", "not_applicable")]
    body = [
        [
            words.say(f"quality.of.{share['quality']}"),
            share_in_words(share["told"], share["of"], words),
            str(share["not_applicable"]),
        ]
        for share in document["shares"]
    ]
    lines += [(), *table(columns_for(heads, body, width), body)]
    lacking = [row for row in document["outcomes"] if row["lacking"]]
    if lacking:
        lines += [(), line(Span(words.say("quality.lacking", count=len(lacking)), Style.HEADING))]
        comma = words.say("list.comma")
        rows: list[list[str]] = [
            [
                row["id"],
                name_of(row, words),
                comma.join(words.say(f"quality.of.{quality}") for quality in row["lacking"]),
            ]
            for row in lacking
        ]
        cells: list[list[Cell]] = [[*row] for row in rows]
        named = ["", *(words.say(f"quality.head.{name}") for name in ("outcome", "lacks"))]
        lines += table(columns_for(named, rows, width), cells)
    lines.append(())
    for sentence in words.table("quality.footer").values():
        lines += [line(" ", *piece) for piece in fold(sentence, width - 1)]
    return [*lines, *dataset_lines(document, words, width)]


def quality_rows(document: Document, words: Words) -> Rows:
    """A row a proportion: of what, numerator, denominator, percent, not applicable."""
    names = ("quality", "numerator", "denominator", "percent", "not_applicable")
    rows = [
        (
            words.say(f"quality.of.{share['quality']}"),
            str(share["told"]),
            str(share["of"]),
            percent(share["told"], share["of"]),
            str(share["not_applicable"]),
        )
        for share in document["shares"]
    ]
    moving = sum(document["turns"].values())
    rows += [
        (words.say(f"quality.turn.{turn}"), str(count), str(moving), percent(count, moving), "")
        for turn, count in document["turns"].items()
    ]
    return Rows(tuple(words.say(f"quality.head.{name}") for name in names), tuple(rows))
