"""`kg critical` as a person reads it: cuts, what alone lowers a level, measures, keepers."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final

from kg.model import BASES
from kg.report.content import Document
from kg.report.counts_view import percent
from kg.report.coverage_view import dataset_lines, issuer_name, name_of
from kg.report.impact_view import link_in_words
from kg.report.layout import (
    WIDTH,
    Cell,
    Column,
    Line,
    Span,
    Style,
    fill,
    fold,
    line,
    pad,
    table,
    width_of,
)
from kg.report.rows import Rows
from kg.words import Words

_BASES: Final = tuple(str(basis) for basis in BASES)
# So many measures are listed; JSON has all.
_SHOWN: Final = 8


def critical_sentences(document: Document, words: Words) -> tuple[str, ...]:
    """How many directives hang by one link, at each basis."""
    rows = _chosen(document, legs=False)
    counts = {}
    for basis in _BASES:
        cuts = [row["cut"][basis] for row in rows if row["cut"][basis]]
        single = sum(cut["size"] == 1 for cut in cuts)
        counts[basis] = (
            words.say("critical.of", part=single, whole=len(cuts)) if cuts else percent(0, 0)
        )
    issuer = issuer_name(document, words)
    key = "critical.answer_whose" if issuer else "critical.answer_all"
    return (words.say(key, issuer=issuer or "", total=len(rows), **counts),)


def _chosen(document: Document, *, legs: bool = True) -> list[Mapping[str, Any]]:
    """The rows of the choice in the order of their ids, with or without legs."""
    wanted = {*document["chosen"], *(document["chosen_legs"] if legs else ())}
    return [row for row in document["directives"] if row["id"] in wanted]


def critical_lines(document: Document, words: Words, *, width: int = WIDTH) -> list[Line]:
    """The whole report, at most `width` columns wide."""
    lines: list[Line] = []
    for sentence in critical_sentences(document, words):
        lines += fold(sentence, width, style=Style.ANSWER)
    rows = _chosen(document)
    if rows:
        lines += [(), *_cuts(rows, words, width)]
    lines += [(), *_carriers(rows, document, words, width)]
    if document["measures"]:
        lines += [(), *_measures(document, words, width)]
    lines += [(), *_keepers(document, words, width), ()]
    for sentence in words.table("critical.footer").values():
        lines += [line(" ", *piece) for piece in fold(sentence, width - 1)]
    return [*lines, *dataset_lines(document, words, width)]


def _cuts(rows: Sequence[Mapping[str, Any]], words: Words, width: int) -> Iterator[Line]:
    yield from fold(words.say("critical.cuts"), width, style=Style.HEADING)
    heads = ["", words.say("view.coverage.directive"), *(words.say(f"basis.{b}") for b in _BASES)]
    body: list[list[Cell]] = [
        [row["id"], name_of(row, words), *(_size(row["cut"][basis], words) for basis in _BASES)]
        for row in rows
        if any(row["cut"].values())
    ]
    if body:
        yield from table(_columns(heads, body, width), body)
    bare = [row["id"] for row in rows if not any(row["cut"].values())]
    if bare:
        said = words.say("critical.bare", count=len(bare), ids=words.say("list.comma").join(bare))
        yield from (line(" ", *piece) for piece in fold(said, width - 1))


def _size(cut: Mapping[str, Any] | None, words: Words) -> Cell:
    """How many links; one that is enough carries a mark."""
    if cut is None:
        return Span(words.say("critical.none"), Style.FAINT)
    if cut["size"] == 1:
        return Span(words.say("critical.single", count=1), Style.GAP)
    return str(cut["size"])


def _columns(
    heads: Sequence[str], body: Sequence[Sequence[Cell]], width: int, *, give: int = 1
) -> list[Column]:
    """Columns as wide as what stands in them; one gives way where they do not fit."""
    widths = [
        max(
            width_of(head),
            *(
                width_of(part)
                for row in body
                for cell in (row[place],)
                for part in (cell.text if isinstance(cell, Span) else cell).split("\n")
            ),
        )
        for place, head in enumerate(heads)
    ]
    spare = width - 1 - sum(widths) - 2 * (len(heads) - 1)
    widths[give] = max(12, widths[give] + min(0, spare))
    return [Column(head, wide) for head, wide in zip(heads, widths, strict=True)]


def _carriers(
    rows: Sequence[Mapping[str, Any]], document: Document, words: Words, width: int
) -> Iterator[Line]:
    """For each directive, basis by basis, the links and passages that alone lower its level."""
    yield from fold(words.say("critical.carriers"), width, style=Style.HEADING)
    told = False
    for row in rows:
        groups: dict[tuple[str, ...], list[str]] = {}
        for basis in _BASES:
            parts = _parts(row, basis, document, words)
            if parts:
                groups.setdefault(tuple(parts), []).append(basis)
        if not groups:
            continue
        told = True
        yield from (line("  ", *p) for p in fold(f"{row['id']} {name_of(row, words)}", width - 2))
        labels = {said: _bases_in_words(bases, words) for said, bases in groups.items()}
        room = max(map(width_of, labels.values())) + 2
        for said, bases_said in labels.items():
            label = pad(bases_said, room)
            for number, part in enumerate(said):
                for at, piece in enumerate(fold(part, width - 4 - room, indent="  ")):
                    head = label if number == 0 and at == 0 else " " * width_of(label)
                    yield line("    ", Span(head, Style.FAINT), *piece)
    if not told:
        yield line("  ", words.say("critical.nothing"))


def _bases_in_words(bases: Sequence[str], words: Words) -> str:
    first, last = (words.say(f"basis.{basis}") for basis in (bases[0], bases[-1]))
    return first if first == last else words.say("trace.bases", first=first, last=last)


def _parts(row: Mapping[str, Any], basis: str, document: Document, words: Words) -> list[str]:
    """The links, a line each, then the passages in one; its own passages are told apart."""
    parts = [
        link_in_words(document["links"][link], words, seen_from=row["id"])
        for link in row["links"][basis]
    ]
    spans = [span for span in row["passages"][basis] if span not in row["own_passages"]]
    if spans:
        parts.append(words.say("critical.passages", spans=_spans(spans, words)))
    if parts and row["own_passages"]:
        parts.append(words.say("critical.own", spans=_spans(row["own_passages"], words)))
    return parts


def _spans(spans: Sequence[Mapping[str, Any]], words: Words) -> str:
    return words.say("list.comma").join(
        f"{span['source']} {span['start']}–{span['end']}" for span in spans
    )


def _measures(document: Document, words: Words, width: int) -> Iterator[Line]:
    loads = document["measures"]
    shown = [load for load in loads if load["lowers"]][:_SHOWN] or loads[:_SHOWN]
    yield from fold(
        words.say("critical.measures", count=len(loads), shown=len(shown)),
        width,
        style=Style.HEADING,
    )
    heads = ["", *(words.say(f"critical.head.{n}") for n in ("measure", "lowers", "serves"))]
    body: list[list[Cell]] = [
        [
            load["id"],
            name_of(load, words),
            _lowered(load, words),
            "/".join(str(load["serves"][basis]) for basis in _BASES),
        ]
        for load in shown
    ]
    yield from table(_columns(heads, body, width), body)


def _lowered(load: Mapping[str, Any], words: Words) -> str:
    """The directives that would drop, each with the bases, a line each."""
    by_id: dict[str, list[str]] = {}
    for pair in load["lowers"]:
        by_id.setdefault(pair["id"], []).append(pair["basis"])
    said = [
        words.say("critical.lowered", id=item, bases=_bases_in_words(bases, words))
        for item, bases in by_id.items()
    ]
    return "\n".join(said) or words.say("critical.none")


def _keepers(document: Document, words: Words, width: int) -> Iterator[Line]:
    yield from fold(words.say("critical.keepers"), width, style=Style.HEADING)
    for basis in _BASES:
        keepers = document["keepers"][basis]
        named = [f"{m['id']} {name_of(m, words)}".strip() for m in keepers["measures"]]
        sentence = words.say(
            f"critical.kept_{'exact' if keepers['exact'] else 'greedy'}",
            size=keepers["size"],
            among=keepers["among"],
            directives=len(keepers["directives"]),
        )
        if not keepers["directives"]:
            sentence = words.say("critical.kept_none")
        label = pad(words.say(f"basis_upto.{basis}"), 16 if words.lang == "en" else 10)
        pieces = fold(sentence, width - 2 - width_of(label))
        pieces += fill(named, words.say("list.comma"), width - 2 - width_of(label)) if named else []
        for number, piece in enumerate(pieces):
            head = label if number == 0 else " " * width_of(label)
            yield line("  ", Span(head, Style.FAINT), *piece)


def critical_rows(document: Document, words: Words) -> Rows:
    """A row a directive and a basis."""
    head = [words.say(f"column.{name}") for name in ("id", "zh", "en")]
    names = ("basis", "level", "cut", "cut_links", "links", "passages", "own")
    head += [words.say(f"critical.column.{name}") for name in names]
    rows = []
    for row in _chosen(document):
        for basis in _BASES:
            cut = row["cut"][basis]
            rows.append(
                (
                    row["id"],
                    row["zh"],
                    row["en"],
                    words.say(f"basis.{basis}"),
                    words.say(f"rung.{row['level'][basis]}"),
                    str(cut["size"]) if cut else "",
                    " ".join(cut["links"]) if cut else "",
                    " ".join(row["links"][basis]),
                    _spans(row["passages"][basis], words),
                    _spans(row["own_passages"], words),
                )
            )
    return Rows(tuple(head), tuple(rows))
