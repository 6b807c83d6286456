"""`kg coverage` as a person reads it: the answer, a row a directive, where to go next."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from kg.model import BASES, NOT_STATED, Basis, Rung
from kg.report.content import Document
from kg.report.layout import (
    WIDTH,
    Column,
    Line,
    Span,
    Style,
    fill,
    fold,
    line,
    pad,
    row_lines,
    width_of,
)
from kg.report.standing import disputed_chains, standing_sentences
from kg.words import Words
from kg.words.sentences import coverage_sentences

_BASES = tuple(str(basis) for basis in BASES)
_LEAST_NAME = 12


def answer_of(document: Document, words: Words) -> tuple[str, ...]:
    """The sentences that open the report."""
    summary = document["summary"]
    return coverage_sentences(
        words,
        issuer=issuer_name(document, words),
        total=summary["stated"]["total"],
        with_measure={basis: summary[str(basis)]["with_measure"] for basis in BASES},
    )


def issuer_name(document: Document, words: Words) -> str | None:
    """The name of the issuer that was chosen; `None` where all were."""
    entry = document["issuer"]
    if entry and entry["id"] == NOT_STATED:
        return words.say("view.issuer_not_stated")
    return name_of(entry, words) or str(entry["id"]) if entry else None


def name_of(entry: Mapping[str, Any], words: Words) -> str:
    """The name of a directive or another entry, in the language or the other one."""
    return str(entry[words.lang] or entry["zh"] or entry["en"])


def coverage_lines(document: Document, words: Words, *, width: int = WIDTH) -> list[Line]:
    """The whole report, at most `width` columns wide."""
    lines: list[Line] = []
    for sentence in answer_of(document, words):
        lines += fold(sentence, width, style=Style.ANSWER)
    by_id = {row["id"]: row for row in document["directives"]}
    shown = [row for item in document["chosen"] for row in _with_legs(item, by_id, 0)]
    if shown:
        lines += [(), *_table(document, shown, words, width)]
    return [*lines, (), *_footer(document, words, width)]


def _with_legs(
    item: str, by_id: Mapping[str, Any], depth: int
) -> Iterator[tuple[int, Mapping[str, Any]]]:
    """A directive, then its legs, each with how deep it stands under a whole."""
    yield depth, by_id[item]
    for leg in by_id[item]["legs"]["ids"]:
        if by_id[leg]["parent"] == item:
            yield from _with_legs(leg, by_id, depth + 1)


def _table(
    document: Document, shown: list[tuple[int, Mapping[str, Any]]], words: Words, width: int
) -> list[Line]:
    columns = _columns(shown, words, width)
    heads = ["", words.say("view.coverage.directive")]
    heads += [words.say(f"basis.{basis}") for basis in _BASES]
    heads.append(words.say("view.coverage.measures"))
    lines = row_lines(columns, [Span(head, Style.HEADING) for head in heads], gap=1)
    rule = "-" * (sum(column.width for column in columns) + len(columns) - 1)
    lines.append(line(" ", Span(rule, Style.FAINT)))
    issuers = {row["issuer"] for _, row in shown}
    last: object = ()
    for depth, row in _by_issuer(shown) if len(issuers) > 1 else shown:
        if len(issuers) > 1 and depth == 0 and row["issuer"] != last:
            last = row["issuer"]
            lines.append(line(" ", Span(_issuer_line(document, row, words), Style.FAINT)))
        lines += _directive_lines(row, depth, columns, words, width)
    return lines


def _by_issuer(
    shown: list[tuple[int, Mapping[str, Any]]],
) -> Iterator[tuple[int, Mapping[str, Any]]]:
    """The rows issuer by issuer, legs still under their whole."""
    blocks: list[list[tuple[int, Mapping[str, Any]]]] = []
    for depth, row in shown:
        if depth == 0:
            blocks.append([])
        blocks[-1].append((depth, row))
    blocks.sort(key=lambda block: str(block[0][1]["issuer"] or ""))
    for block in blocks:
        yield from block


def _issuer_line(document: Document, row: Mapping[str, Any], words: Words) -> str:
    issuer = row["issuer"]
    if issuer in (None, NOT_STATED):
        return words.say("view.coverage.issuer_unknown")
    names = document["issuers"].get(issuer)
    return words.say("view.coverage.issuer", name=name_of(names, words) if names else issuer)


def _columns(shown: list[tuple[int, Mapping[str, Any]]], words: Words, width: int) -> list[Column]:
    rows = [row for _, row in shown]
    ids = max(width_of(row["id"]) + 2 * depth for depth, row in shown)
    levels = max(
        width_of(part)
        for row in rows
        for basis in _BASES
        for part in [*level_of(row, basis, words).text.split("\n"), words.say(f"basis.{basis}")]
    )
    counts = max(
        width_of(words.say("view.coverage.measures")), *(width_of(_counts(row)) for row in rows)
    )
    name = max(_LEAST_NAME, width - 1 - ids - 4 * levels - counts - 6)
    return [
        Column("", ids),
        Column("", name),
        *(Column("", levels) for _ in _BASES),
        Column("", counts, right=True),
    ]


def _directive_lines(
    row: Mapping[str, Any], depth: int, columns: list[Column], words: Words, width: int
) -> list[Line]:
    cells = [
        "  " * depth + row["id"],
        name_of(row, words),
        *(level_of(row, basis, words) for basis in _BASES),
        _counts(row),
    ]
    lines = row_lines(columns, cells, gap=1)
    if row["legs"]["total"]:
        indent = pad("", columns[0].width + 2)
        text = words.say(
            "view.coverage.legs",
            total=row["legs"]["total"],
            **{basis: row["legs"]["open"][basis] for basis in _BASES},
        )
        lines += [line(indent, *piece) for piece in fold(text, width - len(indent), indent="  ")]
    return lines


def level_of(row: Mapping[str, Any], basis: str, words: Words) -> Span:
    """A level in words; one that says nothing was found carries a mark as well."""
    rung = Rung(row["level"][basis])
    text = words.say(f"rung.{rung}")
    if rung is Rung.NONE:
        return Span(words.say("view.coverage.gap", level=text), Style.GAP)
    if rung.height >= Rung.OUTCOME.height and not row["with_measure"][basis]:
        return Span(words.say("view.coverage.no_measure", level=text), Style.GAP)
    return Span(text)


def _counts(row: Mapping[str, Any]) -> str:
    return "/".join(str(row["measures"][basis]) for basis in _BASES)


def _footer(document: Document, words: Words, width: int) -> list[Line]:
    chosen = set(document["chosen"])
    others = sum(
        row["parent"] is None and row["id"] not in chosen for row in document["directives"]
    )
    legs = document["legs"]
    sentences = []
    if legs["stated"]["total"]:
        sentences.append(
            words.say(
                "view.coverage.legs_total",
                total=legs["stated"]["total"],
                **{basis: legs[basis]["with_measure"] for basis in _BASES},
            )
        )
    if others:
        sentences.append(words.say("view.coverage.others", count=others))
    sentences += _doubts(document, words)
    sentences += words.table("view.coverage.how_to_read").values()
    example = _first_gap(document)
    if example:
        sentences.append(words.say("view.coverage.show", id=example))
    lines: list[Line] = []
    for sentence in sentences:
        lines += [line(" ", *piece) for piece in fold(sentence, width - 1)]
    return [*lines, *dataset_lines(document, words, width)]


def _doubts(document: Document, words: Words) -> Iterator[str]:
    """What is disputed, withdrawn or contradicted, and which shown levels rest on it."""
    standing = document["standing"]
    shown = {*document["chosen"], *document["chosen_legs"]}
    rows = (row for row in document["directives"] if row["id"] in shown)
    yield from standing_sentences(standing, words)
    yield from disputed_chains(rows, standing["disputed"], words)


def _first_gap(document: Document) -> str | None:
    """The first directive of the choice that lacks a measure on the text's own word."""
    by_id = {row["id"]: row for row in document["directives"]}
    lacking = [item for item in document["chosen"] if not by_id[item]["with_measure"][Basis.STATED]]
    return next(iter(lacking or document["chosen"]), None)


def dataset_lines(document: Document, words: Words, width: int = WIDTH) -> list[Line]:
    """Which data these are: title, digest, date, version of the basis rules."""
    dataset = document["dataset"]
    title = dataset[f"title_{words.lang}"] or dataset["title_zh"] or dataset["title_en"]
    date = words.say("view.as_of", date=dataset["as_of"]) if dataset["as_of"] else ""
    parts = [
        words.say("view.dataset", title=title or words.say("view.untitled")),
        words.say("view.digest", digest=dataset["digest"][:12]),
        date or words.say("view.undated"),
    ]
    if dataset["basis_rules"]:
        parts.append(words.say("view.basis_rules", version=dataset["basis_rules"]))
    pieces = fill(parts, words.say("view.comma"), width - 1, style=Style.FAINT)
    return [line(" ", *piece) for piece in pieces]
