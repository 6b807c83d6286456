"""The first page of a report for a superior: the answer, its shares, a chart, the directives."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, Final

from kg.model import RUNGS
from kg.report.blocks import Bar, Block, Cell, Chart, Facts, Heading, Paragraph, Table, Title, Tone
from kg.report.content import Document
from kg.report.coverage_view import answer_of, issuer_name, name_of
from kg.report.phrases import BASIS_NAMES, dataset_title, date_line, four, level_cell, share
from kg.words import Words

# More rows than a first page has room for; the whole table stands in the first chapter.
FIRST_PAGE_ROWS: Final = 14


def front_blocks(document: Document, words: Words) -> Iterator[Block]:
    """What stands above the gaps."""
    covered = document["coverage"]
    yield Title(
        words.say("report.title"),
        (dataset_title(document, words), date_line(document, words)),
    )
    for sentence in answer_of(covered, words):
        yield Paragraph(sentence, Tone.ANSWER)
    if not covered["chosen"]:
        return
    yield Facts(tuple(summary_pairs(document, words)))
    yield levels_chart(document, words)
    yield Heading(0, words.say("report.directives"))
    yield first_table(document, words)
    left_out = len(covered["chosen"]) - FIRST_PAGE_ROWS
    if left_out > 0:
        yield Paragraph(words.say("report.left_out", count=left_out), Tone.FAINT)


def summary_pairs(document: Document, words: Words) -> Iterator[tuple[str, str]]:
    """What was asked, what is there on the text alone, what only by reading, what never."""
    covered = document["coverage"]
    summary, legs = covered["summary"], covered["legs"]
    total, parts = summary["stated"]["total"], legs["stated"]["total"]
    issuer = issuer_name(covered, words) or words.say("report.every_issuer")
    asked = "asked_with_legs" if parts else "asked"
    yield (
        words.say("report.label.asked"),
        words.say(f"report.{asked}", issuer=issuer, total=total, legs=parts),
    )
    kinds = ("with_measure", "with_outcome", "with_figure")
    stated = {kind: share(summary["stated"][kind], total, words) for kind in kinds}
    yield words.say("report.label.stated"), words.say("report.three_shares", **stated)
    shares = {basis: share(summary[basis]["with_measure"], total, words) for basis in BASIS_NAMES}
    more = summary["interpreted"]["with_measure"] - summary["stated"]["with_measure"]
    yield (
        words.say("report.label.reading"),
        words.say("report.by_reading", more=more, **shares),
    )
    by_id = {row["id"]: row for row in covered["directives"]}
    never = [item for item in covered["chosen"] if not by_id[item]["with_measure"]["interpreted"]]
    said = share(len(never), total, words)
    if never:
        ids = words.say("list.comma").join(never)
        said = words.say("report.never", share=said, ids=ids)
    yield words.say("report.label.never"), said


def levels_chart(document: Document, words: Words) -> Chart:
    """The directives that the summary counts by level, a bar a basis."""
    total = len(document["coverage"]["chosen"])
    return chart_of(document["levels"], words.say("report.chart", total=total), words)


def chart_of(levels: Mapping[str, Mapping[str, int]], caption: str, words: Words) -> Chart:
    """Counts by level as a bar a basis."""
    return Chart(
        caption,
        tuple(
            Bar(
                words.say(f"basis_upto.{basis}"),
                tuple((rung, levels[basis][str(rung)]) for rung in RUNGS),
            )
            for basis in BASIS_NAMES
        ),
        tuple(
            (rung, words.say(f"rung.{rung}"))
            for rung in RUNGS
            if any(levels[basis][str(rung)] for basis in BASIS_NAMES)
        ),
    )


def first_table(document: Document, words: Words) -> Table:
    """A row a directive that the summary counts; how many of its legs are open stands with it."""
    by_id = {row["id"]: row for row in document["coverage"]["directives"]}
    rows = [by_id[item] for item in document["coverage"]["chosen"][:FIRST_PAGE_ROWS]]
    head = [words.say("report.column.directive")]
    head += [words.say(f"basis_upto.{basis}") for basis in BASIS_NAMES]
    head.append(words.say("report.column.measures"))
    return Table(
        tuple(head),
        tuple(
            (
                Cell(_with_legs(row, words)),
                *(level_cell(row, basis, words) for basis in BASIS_NAMES),
                Cell(four(row["measures"]), number=True),
            )
            for row in rows
        ),
        (48, 10, 10, 10, 11, 11),
    )


def _with_legs(row: Mapping[str, Any], words: Words) -> str:
    name = f"{row['id']} {name_of(row, words)}".strip()
    legs = row["legs"]
    if not legs["total"]:
        return name
    return words.say("report.with_legs", name=name, total=legs["total"], open=four(legs["open"]))
