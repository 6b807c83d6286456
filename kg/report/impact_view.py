"""`kg impact` as a person reads it: who drops how far, then what is lost and what opens."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final

from kg.model import BASES
from kg.report.content import Document
from kg.report.coverage_view import dataset_lines, name_of
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
    table,
    width_of,
)
from kg.report.rows import Rows
from kg.report.trace_view import link_traits
from kg.words import Words

_BASES: Final = tuple(str(basis) for basis in BASES)
# So many links and things, and ids of one code, are listed; JSON has all.
_SHOWN: Final = 12
_SHOWN_IDS: Final = 8


def impact_sentences(document: Document, words: Words) -> tuple[str, ...]:
    """What is supposed, which directives drop, and the totals before and after."""
    return tuple(_answer(document, words))


def _answer(document: Document, words: Words) -> Iterator[str]:
    yield words.say("impact.suppose", what=removed_in_words(document["removed"], words))
    lost = document["lost"]
    lowered = [row["id"] for row in document["changes"] if _drops(row)]
    bare = [
        row["id"]
        for row in document["changes"]
        if any(at["with_measure"] == [True, False] for at in row["at"].values())
    ]
    comma = words.say("list.comma")
    fallen = [node["id"] for node in lost["nodes"] if node["kind"] == "directive"]
    if not lost["nodes"] and not lost["links"] and not lost["mentions"]:
        yield words.say("impact.nothing")
        return
    if lowered:
        key = "lowered_one" if len(lowered) == 1 else "lowered_many"
        yield words.say(f"impact.{key}", count=len(lowered), ids=comma.join(lowered))
    else:
        yield words.say("impact.lowered_none")
    if bare:
        yield words.say("impact.bare", count=len(bare), ids=comma.join(bare))
    if fallen:
        yield words.say("impact.fallen", count=len(fallen), ids=comma.join(fallen))
    before, after = document["summary"]["before"], document["summary"]["after"]
    if any(_counted(before[basis]) != _counted(after[basis]) for basis in _BASES):
        counts = {
            basis: words.say(
                "impact.of",
                before=before[basis]["with_measure"],
                before_total=before[basis]["total"],
                after=after[basis]["with_measure"],
                after_total=after[basis]["total"],
            )
            for basis in _BASES
        }
        yield words.say("impact.totals", **counts)


def _counted(totals: Mapping[str, int]) -> tuple[int, int]:
    return totals["with_measure"], totals["total"]


def removed_in_words(removed: Mapping[str, Any], words: Words) -> str:
    """What is supposed to fall away."""
    if removed["what"] == "span":
        return words.say(
            "impact.span", source=removed["source"], start=removed["start"], end=removed["end"]
        )
    if removed["what"] == "link":
        return link_in_words(removed, words)
    kind = words.say(f"kind.{removed['kind']}")
    return words.say("impact.thing", id=removed["id"], name=name_of(removed, words), kind=kind)


def link_in_words(link: Mapping[str, Any], words: Words, *, seen_from: str = "") -> str:
    """A link with its ends and traits, on one line; an end the reader knows by its id alone."""
    ends = {
        end: f"{link[end]['id']} {name_of(link[end], words)}".strip()
        if link[end]["id"] != seen_from
        else seen_from
        for end in ("source", "target")
    }
    return words.say("impact.link", id=link["id"], traits=link_traits(link, words), **ends)


def _drops(row: Mapping[str, Any]) -> bool:
    return any(at["rungs"] > 0 for at in row["at"].values())


def impact_lines(document: Document, words: Words, *, width: int = WIDTH) -> list[Line]:
    """The whole report, at most `width` columns wide."""
    lines: list[Line] = []
    for number, sentence in enumerate(impact_sentences(document, words)):
        lines += fold(sentence, width, style=Style.ANSWER if number < 2 else Style.PLAIN)
    if document["changes"]:
        lines += [(), *_table(document["changes"], words, width)]
    lost, own = document["lost"], document["removed"].get("id", "")
    links = [link_in_words(link, words, seen_from=own) for link in lost["links"]]
    for key, count, parts in (
        ("nodes", len(lost["nodes"]), _things(lost["nodes"], words)),
        ("links", len(links), links),
        ("stranded", len(document["stranded"]), _things(document["stranded"], words)),
        ("opened", len(document["opened"]), _gaps(document["opened"], words)),
        ("closed", len(document["closed"]), _gaps(document["closed"], words)),
    ):
        if count:
            heading = words.say(f"impact.{key}", count=count)
            lines += [(), line(Span(heading, Style.HEADING))]
            lines += _listed(key, parts, words, width)
    lines.append(())
    for sentence in words.table("impact.footer").values():
        lines += [line(" ", *piece) for piece in fold(sentence, width - 1)]
    return [*lines, *dataset_lines(document, words, width)]


def _listed(key: str, parts: Sequence[str], words: Words, width: int) -> Iterator[Line]:
    shown = parts[:_SHOWN]
    if key == "links":
        for part in shown:
            yield from (line("  ", *piece) for piece in fold(part, width - 2, indent="  "))
    else:
        for piece in fill(shown, words.say("list.semicolon"), width - 2):
            yield line("  ", *piece)
    if len(parts) > _SHOWN:
        yield line("  ", Span(words.say("impact.more", count=len(parts) - _SHOWN), Style.FAINT))


def _things(nodes: Sequence[Mapping[str, Any]], words: Words) -> list[str]:
    return [f"{node['id']} {name_of(node, words)}".strip() for node in nodes]


def _gaps(gaps: Sequence[Mapping[str, Any]], words: Words) -> list[str]:
    """A part a code: its title, and the ids with the bases at which they are open."""
    by_code: dict[str, list[str]] = {}
    for gap in gaps:
        said = gap["id"]
        if gap["open"]:
            bases = [words.say(f"basis.{basis}") for basis in gap["open"]]
            said = words.say("impact.gap", id=said, bases=words.say("list.comma").join(bases))
        by_code.setdefault(gap["code"], []).append(said)
    return [
        words.say(
            "impact.gaps",
            code=code,
            title=words.say(f"code.{code}.title"),
            ids=_first(ids, words),
        )
        for code, ids in by_code.items()
    ]


def _first(ids: Sequence[str], words: Words) -> str:
    listed = words.say("list.comma").join(ids[:_SHOWN_IDS])
    if len(ids) > _SHOWN_IDS:
        return words.say("trace.and_more", listed=listed, count=len(ids))
    return listed


def _table(changes: Sequence[Mapping[str, Any]], words: Words, width: int) -> list[Line]:
    rows: list[list[Cell]] = [
        [
            row["id"],
            name_of(row, words),
            *(_cell(row["at"][basis], words) for basis in _BASES),
        ]
        for row in changes
    ]
    heads = ["", words.say("view.coverage.directive"), *(words.say(f"basis.{b}") for b in _BASES)]
    texts = [[cell.text if isinstance(cell, Span) else cell for cell in row] for row in rows]
    widths = [
        max(
            width_of(heads[place]),
            *(width_of(part) for row in texts for part in row[place].split("\n")),
        )
        for place in range(len(heads))
    ]
    widths[1] = max(12, min(widths[1], width - 1 - sum(widths) + widths[1] - 2 * (len(heads) - 1)))
    return table([Column(h, w) for h, w in zip(heads, widths, strict=True)], rows)


def _cell(at: Mapping[str, Any], words: Words) -> Cell:
    """A level before and after; or that only counts change, or that nothing does."""
    before, after = (words.say(f"rung.{rung}") for rung in at["level"])
    if at["rungs"]:
        key = "down" if at["rungs"] > 0 else "up"
        said = words.say(f"impact.{key}", before=before, after=after, rungs=abs(at["rungs"]))
        return Span(said, Style.GAP if key == "down" else Style.GOOD)
    if at["measures"] != at["measures"][::-1]:
        fewer = at["measures"][0] - at["measures"][1]
        return words.say("impact.fewer_measures", level=before, count=fewer)
    if at["outcomes"] != at["outcomes"][::-1]:
        fewer = at["outcomes"][0] - at["outcomes"][1]
        return words.say("impact.fewer_outcomes", level=before, count=fewer)
    return Span(words.say("impact.same", level=before), Style.FAINT)


def impact_rows(document: Document, words: Words) -> Rows:
    """A row a directive that changes and a basis."""
    names = ("before", "after", "rungs", "measures_before", "measures_after")
    head = [words.say(f"column.{name}") for name in ("id", "zh", "en")]
    head += [words.say("impact.column.basis"), *(words.say(f"impact.column.{n}") for n in names)]
    rows = [
        (
            row["id"],
            row["zh"],
            row["en"],
            words.say(f"basis.{basis}"),
            *(words.say(f"rung.{rung}") for rung in row["at"][basis]["level"]),
            str(row["at"][basis]["rungs"]),
            *map(str, row["at"][basis]["measures"]),
        )
        for row in document["changes"]
        for basis in _BASES
    ]
    return Rows(tuple(head), tuple(rows))
