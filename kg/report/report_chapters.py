"""The chapters behind the first page: directives, gaps, units, outcomes, evidence, method."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any, Final

from kg.model import BASES, NOT_STATED, RUNGS
from kg.report.blocks import Block, Cell, Facts, Heading, Paragraph, Table, Tone
from kg.report.content import Document
from kg.report.coverage_view import issuer_name, name_of
from kg.report.gaps_view import gaps_answer, gaps_overview
from kg.report.phrases import BASIS_NAMES, four, level_cell, named, share, with_basis
from kg.report.report_document import NOBODY
from kg.report.report_evidence_view import evidence_blocks
from kg.report.report_front import chart_of
from kg.report.report_unit import duties_table, unit_sentence
from kg.report.rows import value_in_words
from kg.words import Words

Chapter = Callable[[Document, Words], Iterator[Block]]


def chapter_blocks(document: Document, words: Words) -> Iterator[Block]:
    """Every chapter that has something to say, numbered, each from a new page on."""
    chapters = _OF_UNIT if document["unit"] is not None else _OF_ALL
    number = 0
    for name, chapter in chapters:
        blocks = list(chapter(document, words))
        if blocks:
            number += 1
            title = words.say(f"report.chapter.{name}")
            numeral = words.say(f"report.numeral.{number}")
            yield Heading(1, words.say("report.numbered", number=numeral, title=title))
            yield from blocks


def _directives(document: Document, words: Words) -> Iterator[Block]:
    covered = document["coverage"]
    if not covered["directives"]:
        return
    yield Heading(2, words.say("report.shares"))
    yield shares_table(covered["summary"], words.say("report.shares_of_chosen"), words)
    if covered["legs"]["stated"]["total"]:
        yield shares_table(covered["legs"], words.say("report.shares_of_legs"), words)
    by_id = {row["id"]: row for row in covered["directives"]}
    others = [row for row in covered["directives"] if row["parent"] is None]
    others = [row for row in others if row["id"] not in covered["chosen"]]
    if covered["chosen"]:
        issuer = issuer_name(covered, words) or words.say("report.every_issuer")
        yield Heading(2, words.say("report.directives_of", issuer=issuer))
        yield _coverage_table(covered["chosen"], by_id, words)
    if others:
        yield Heading(2, words.say("report.other_directives", count=len(others)))
        levels = {
            basis: {str(rung): sum(row["level"][basis] == rung for row in others) for rung in RUNGS}
            for basis in BASIS_NAMES
        }
        yield chart_of(levels, words.say("report.chart", total=len(others)), words)
        yield _coverage_table([row["id"] for row in others], by_id, words)
    yield Paragraph(words.say("report.counts_read"), Tone.FAINT)


def shares_table(totals: Mapping[str, Mapping[str, int]], caption: str, words: Words) -> Table:
    """How many directives are answered, a row a basis, each share with its denominator."""
    kinds = ("with_measure", "with_outcome", "with_figure")
    return Table(
        (words.say("report.column.basis"), *(words.say(f"report.column.{k}") for k in kinds)),
        tuple(
            (
                Cell(words.say(f"basis_upto.{basis}")),
                *(
                    Cell(share(totals[basis][k], totals[basis]["total"], words), number=True)
                    for k in kinds
                ),
            )
            for basis in BASIS_NAMES
        ),
        (25, 25, 25, 25),
        caption,
    )


def _coverage_table(
    items: list[str], by_id: Mapping[str, Mapping[str, Any]], words: Words
) -> Table:
    head = [words.say("report.column.directive")]
    head += [words.say(f"basis_upto.{basis}") for basis in BASIS_NAMES]
    head += [words.say(f"report.column.{name}") for name in ("measures", "outcomes", "figures")]
    rows = []
    for depth, row in _with_legs(items, by_id, 0):
        rows.append(
            (
                Cell(f"{row['id']} {name_of(row, words)}".strip(), depth=depth),
                *(level_cell(row, basis, words) for basis in BASIS_NAMES),
                *(
                    Cell(four(row[name]), number=True)
                    for name in ("measures", "outcomes", "figures")
                ),
            )
        )
    return Table(tuple(head), tuple(rows), (29, 11, 11, 11, 11, 9, 9, 9))


def _with_legs(
    items: list[str], by_id: Mapping[str, Mapping[str, Any]], depth: int
) -> Iterator[tuple[int, Mapping[str, Any]]]:
    for item in items:
        yield depth, by_id[item]
        legs = [leg for leg in by_id[item]["legs"]["ids"] if by_id[leg]["parent"] == item]
        yield from _with_legs(legs, by_id, depth + 1)


def _gaps(document: Document, words: Words) -> Iterator[Block]:
    lacking = document["gaps"]
    if document["unit"] is None:
        yield Paragraph(gaps_answer(lacking, words))
    yield Paragraph(gaps_overview(lacking, words))
    for code in lacking["not_judged"]:
        title = words.say(f"code.{code}.title")
        yield Paragraph(words.say("report.not_judged", code=code, title=title), Tone.FAINT)
    for code, count in lacking["counts"].items():
        if count:
            rows = [row for row in lacking["findings"] if row["code"] == code]
            yield from gap_blocks(code, rows, words)
    yield from _waived(document, words)


def gap_blocks(code: str, rows: list[Document], words: Words) -> Iterator[Block]:
    """The gaps of one code: what it means, what would close it, a row a gap."""
    title = words.say(f"code.{code}.title")
    yield Heading(2, words.say("report.gap_heading", code=code, title=title, count=len(rows)))
    todo = words.say("view.gaps.todo", todo=words.say(f"code.{code}.todo"))
    yield Paragraph(words.say("report.two", one=words.say(f"code.{code}.what"), two=todo))
    yield _gap_table(rows, words)


def _gap_table(rows: list[Document], words: Words) -> Table:
    head = ("item", "severity", "message")
    return Table(
        tuple(words.say(f"report.column.{name}") for name in head),
        tuple(
            (
                Cell(f"{row['id']} {name_of(row, words)}".strip()),
                Cell(
                    words.say(f"severity.{row['severity']}"),
                    Tone.GAP if row["severity"] == "high" else Tone.PLAIN,
                ),
                Cell(row["message"]),
            )
            for row in rows
        ),
        (40, 10, 50),
    )


def _waived(document: Document, words: Words) -> Iterator[Block]:
    waived = document["waived"]
    if not waived:
        return
    yield Heading(2, words.say("report.waived", count=len(waived)))
    head = ("code", "item", "reason", "who", "until")
    yield Table(
        tuple(words.say(f"report.column.{name}") for name in head),
        tuple(
            tuple(
                map(
                    Cell,
                    (
                        row["code"],
                        f"{row['id']} {name_of(row, words)}".strip(),
                        row["reason"],
                        row["who"],
                        row["until"],
                    ),
                )
            )
            for row in waived
        ),
        (10, 35, 30, 12, 13),
    )


def _units(document: Document, words: Words) -> Iterator[Block]:
    for group in document["units"]:
        unit = group["id"]
        name = words.say("report.nobody") if unit == NOBODY else named(unit, document, words)
        yield Heading(2, words.say("report.unit_heading", unit=name, count=len(group["measures"])))
        said = words.say("report.nobody") if unit == NOBODY else name_of(group, words) or unit
        yield Paragraph(unit_sentence(said, group, words))
        yield duties_table(group["measures"], unit, document, words, names=False)


def _outcomes(document: Document, words: Words) -> Iterator[Block]:
    if not document["outcomes"]:
        return
    names = ("outcome", "verbatim", "period", "baseline", "denominator", "of", "gaps")
    yield Table(
        tuple(words.say(f"report.column.{name}") for name in names),
        tuple(_outcome_row(entry, document, words) for entry in document["outcomes"]),
        (28, 12, 11, 11, 11, 17, 10),
    )
    yield Paragraph(words.say("report.outcomes_read"), Tone.FAINT)


def _outcome_row(entry: Mapping[str, Any], document: Document, words: Words) -> tuple[Cell, ...]:
    of = with_basis(entry["of"], document, words, names=False)
    fields = ("verbatim", "period", "baseline", "denominator")
    return (
        Cell(named(entry["id"], document, words)),
        *(
            Cell(stated(entry[field], words), Tone.FAINT if is_absent(entry[field]) else Tone.PLAIN)
            for field in fields
        ),
        Cell(of or words.say("report.none"), Tone.PLAIN if of else Tone.GAP),
        Cell(" ".join(entry["gaps"])),
    )


def is_absent(value: object) -> bool:
    """Whether a value does not apply or is not stated."""
    return value in (None, NOT_STATED)


def stated(value: object, words: Words) -> str:
    """A value as printed; that it does not apply, or that the source is silent."""
    return value_in_words(words, "", "null" if value is None else value)


def _method(document: Document, words: Words) -> Iterator[Block]:
    dataset = document["dataset"]
    yield Heading(2, words.say("report.method_data"))
    pairs = [
        (words.say("column.digest"), dataset["digest"]),
        (words.say("report.label.version"), f"kg {document['tool']['version']}"),
        (
            words.say("report.label.as_of"),
            document["filters"]["as_of"] or words.say("view.undated"),
        ),
        (words.say("report.label.rules"), dataset["basis_rules"] or words.say("absent.not-stated")),
        (
            words.say("report.label.prior"),
            words.say(f"report.prior.{'yes' if document['filters']['include_prior'] else 'no'}"),
        ),
    ]
    yield Facts(tuple(pairs))
    yield Heading(2, words.say("report.method_bases"))
    yield Facts(
        tuple((words.say(f"basis.{basis}"), words.say(f"basis_def.{basis}")) for basis in BASES)
    )
    for text in words.table("explain.basis.rules").values():
        yield Paragraph(text, Tone.FAINT)
    yield Heading(2, words.say("report.method_levels"))
    yield Facts(tuple((words.say(f"rung.{rung}"), words.say(f"rung_def.{rung}")) for rung in RUNGS))
    for text in words.table("explain.levels.rules").values():
        yield Paragraph(text, Tone.FAINT)
    yield Heading(2, words.say("report.method_rule"))
    yield Paragraph(words.say("report.rule"))
    yield Paragraph(words.say("report.same_numbers"), Tone.FAINT)


_OF_ALL: Final[tuple[tuple[str, Chapter], ...]] = (
    ("directives", _directives),
    ("gaps", _gaps),
    ("units", _units),
    ("outcomes", _outcomes),
    ("evidence", evidence_blocks),
    ("method", _method),
)
_OF_UNIT: Final[tuple[tuple[str, Chapter], ...]] = (
    ("gaps", _gaps),
    ("outcomes", _outcomes),
    ("evidence", evidence_blocks),
    ("method", _method),
)
