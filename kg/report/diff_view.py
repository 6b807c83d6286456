"""`kg diff` as a person reads it: what it comes to first, then each change."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, Final, NamedTuple

from kg.report.content import Document
from kg.report.coverage_view import dataset_lines, name_of
from kg.report.diff_policy_view import faint_lines, marked_lines, policy_changes, policy_lines
from kg.report.gaps_view import gap_lines
from kg.report.layout import (
    WIDTH,
    Line,
    Span,
    Style,
    fill,
    fold,
    line,
    width_of,
)
from kg.report.rows import Rows, value_in_words
from kg.sources.upkeep import DIGEST_SHOWN
from kg.words import Words

_INDENT: Final = "  "
_MANY_VALUES: Final = 60


def diff_sentences(document: Document, words: Words) -> tuple[str, ...]:
    """What changed for the directives, then how much of the data did."""
    counts = document["counts"]
    names = {"old": document["old"]["name"], "new": document["new"]["name"]}
    if not any(_total(part) for part in counts.values()) and not document["header"]:
        return (words.say("diff.nothing", **names),)
    first = words.say(
        "diff.answer",
        **names,
        gained=counts["rungs"]["gained"],
        lost=counts["rungs"]["lost"],
        gaps_new=counts["gaps"]["new"],
        gaps_closed=counts["gaps"]["closed"],
    )
    sentences = [first]
    if counts["suspect"]:
        key = "diff.suspect_one" if counts["suspect"] == 1 else "diff.suspect_many"
        sentences.append(words.say(key, count=counts["suspect"]))
    return tuple(sentences)


def _total(part: int | Mapping[str, int]) -> int:
    return part if isinstance(part, int) else sum(part.values())


def diff_lines(document: Document, words: Words, *, width: int = WIDTH) -> list[Line]:
    """The whole comparison, at most `width` columns wide."""
    lines: list[Line] = []
    for sentence in diff_sentences(document, words):
        lines += fold(sentence, width, style=Style.ANSWER)
    lines += _amounts(document, words, width)
    for heading, block in (
        ("rungs", _rungs(document, words, width)),
        ("gaps_new", _gaps(document, "new", words, width)),
        ("gaps_closed", _gaps(document, "closed", words, width)),
        ("gaps_changed", _gaps_changed(document, words, width)),
        ("suspects", _suspects(document, words, width)),
        ("policy", policy_lines(document, words, width)),
        ("header", _header(document, words, width)),
        ("nodes", _nodes(document, words, width)),
        ("links", _links(document, words, width)),
        ("mentions", _mentions(document, words, width)),
    ):
        found = list(block)
        if found:
            lines += [(), line(Span(words.say(f"diff.heading.{heading}"), Style.HEADING)), *found]
    return [*lines, (), *dataset_lines(document, words, width)]


def _amounts(document: Document, words: Words, width: int) -> list[Line]:
    parts = []
    for name in ("nodes", "links", "mentions", "passages", "decisions"):
        told = [
            words.say(f"diff.amount.{way}", count=count)
            for way, count in document["counts"][name].items()
            if count
        ]
        if told:
            what = words.say(f"diff.what.{name}")
            parts.append(
                words.say("diff.amounts", what=what, told=words.say("list.comma").join(told))
            )
    return fill(parts, words.say("list.semicolon"), width) if parts else []


def _rungs(document: Document, words: Words, width: int) -> Iterator[Line]:
    """A directive a block: its rungs that changed, basis by basis."""
    for item in dict.fromkeys(row["id"] for row in document["rungs"]):
        rows = [row for row in document["rungs"] if row["id"] == item]
        yield from _piece(f"{item} {name_of(rows[0], words)}", width)
        told = [
            words.say(
                "diff.rung_up" if row["gained"] else "diff.rung_down",
                basis=words.say(f"basis_upto.{row['basis']}"),
                old=words.say(f"rung.{row['old']}"),
                new=words.say(f"rung.{row['new']}"),
            )
            for row in rows
        ]
        for text, row in zip(told, rows, strict=True):
            style = Style.GOOD if row["gained"] else Style.GAP
            yield from (line("      ", *part) for part in fold(text, width - 6, style=style))


def _piece(text: str, width: int, style: Style = Style.PLAIN) -> list[Line]:
    pieces = fold(text, width - 2, indent="    ", style=style)
    return [line(_INDENT, *piece) for piece in pieces]


def _gaps(document: Document, way: str, words: Words, width: int) -> Iterator[Line]:
    rows = document["gaps"][way]
    for code in dict.fromkeys(row["code"] for row in rows):
        found = [row for row in rows if row["code"] == code]
        title = words.say(f"code.{code}.title")
        yield line("  ", words.say("view.gaps.heading", code=code, title=title, count=len(found)))
        ids = max(width_of(row["id"]) for row in found)
        for row in found:
            if way == "new":
                yield from gap_lines(row, ids, words, width)
            else:
                yield from _closed_gap(row, words, width)


def _closed_gap(row: Mapping[str, Any], words: Words, width: int) -> Iterator[Line]:
    """What was missing then is no news: only whether the gap is gone, or its thing."""
    key = "diff.gone_with_node" if row["with_node"] else "diff.gone"
    said = words.say(key, id=row["id"], name=name_of(row, words))
    yield from (line("    ", *piece) for piece in fold(said, width - 4, indent="  "))


def _gaps_changed(document: Document, words: Words, width: int) -> Iterator[Line]:
    for row in document["gaps"]["changed"]:
        wider = len(row["open"] or ()) > len(row["open_before"])
        said = words.say(
            "diff.gap_wider" if wider else "diff.gap_narrower",
            code=row["code"],
            title=words.say(f"code.{row['code']}.title"),
            id=row["id"],
            name=name_of(row, words),
            old=_bases(row["open_before"], words),
            new=_bases(row["open"] or (), words),
        )
        yield from _piece(said, width, Style.GAP if wider else Style.PLAIN)


def _bases(bases: Sequence[str], words: Words) -> str:
    """The bases at which a gap is open, which stand in a row: the first and the last."""
    if len(bases) > 1:
        first, last = (words.say(f"basis.{basis}") for basis in (bases[0], bases[-1]))
        return words.say("diff.range", first=first, last=last)
    return "".join(words.say(f"basis_upto.{basis}") for basis in bases)


def _suspects(document: Document, words: Words, width: int) -> Iterator[Line]:
    for row in document["suspect"]:
        yield from _piece(f"{row['id']} {name_of(row, words)}", width)
        for key, text in zip(("was", "is"), _wordings(row), strict=True):
            said = words.say(f"diff.{key}", text=text)
            yield from (line("      ", *piece) for piece in fold(said, width - 6))
        for link in row["links"]:
            source = link["source_name"]
            said = words.say(
                "diff.suspect_link",
                id=link["id"],
                source=f"{source['id']} {name_of(source, words)}".strip(),
                relation=words.say(f"relation.{link['relation']}"),
            )
            pieces = fold(f"? {said}", width - 6, indent="    ", style=Style.GAP)
            yield from (line("      ", *piece) for piece in pieces)
        if row["confirmed"]:
            ids = words.say("list.comma").join(link["id"] for link in row["confirmed"])
            said = words.say("diff.confirmed", ids=ids)
            yield from (line("      ", *piece) for piece in fold(said, width - 6))
        if row["links"]:
            said = words.say("diff.confirm", digest=row["digest"][:DIGEST_SHOWN])
            yield from faint_lines(said, width)


def _wordings(row: Mapping[str, Any]) -> tuple[str, str]:
    """The wording is that of the Chinese name: a translation may have stayed as it was."""
    return row["old_zh"] or row["old_en"], row["zh"] or row["en"]


def _header(document: Document, words: Words, width: int) -> Iterator[Line]:
    for change in document["header"]:
        yield from _piece(_field(change, words), width)


def _field(change: Mapping[str, Any], words: Words, *, link: bool = False) -> str:
    """A field with what it was and what it is, cut where it is long."""
    field = change["field"]
    places = [f"diff.link_field.{field}", f"column.{field}"] if link else [f"column.{field}"]
    name = next((words.say(key) for key in places if words.has(key)), field)
    # A link's status and relation are said in tables of their own.
    as_field = "link_status" if link and field == "status" else field

    def said(value: Any) -> str:
        text = value_in_words(words, as_field, value) or words.say("diff.empty")
        return text if len(text) <= _MANY_VALUES else f"{text[:_MANY_VALUES]}…"

    return words.say("diff.field", name=name, old=said(change["old"]), new=said(change["new"]))


def _nodes(document: Document, words: Words, width: int) -> Iterator[Line]:
    for way in ("added", "removed"):
        for row in document["nodes"][way]:
            kind = words.say(f"kind.{row['kind']}")
            said = words.say("diff.node", id=row["id"], name=name_of(row, words), kind=kind)
            yield from marked_lines(way, said, words, width)
    for row in document["nodes"]["changed"]:
        kind = words.say(f"kind.{row['kind']}")
        said = words.say("diff.node", id=row["id"], name=name_of(row, words), kind=kind)
        yield from marked_lines("changed", said, words, width)
        yield from _field_lines(row["fields"], words, width)


def _field_lines(
    fields: Iterable[Mapping[str, Any]], words: Words, width: int, *, link: bool = False
) -> Iterator[Line]:
    for change in fields:
        yield from faint_lines(_field(change, words, link=link), width)


def _links(document: Document, words: Words, width: int) -> Iterator[Line]:
    for way in ("added", "removed"):
        for row in document["links"][way]:
            yield from marked_lines(way, _link(row, words), words, width)
    rows = document["links"]["changed"]
    order = ("withdrawn", "restored", "basis-up", "basis-down", "other")
    for row in sorted(rows, key=lambda row: (order.index(row["fate"]), row["id"])):
        yield from marked_lines(row["fate"], _link(row, words), words, width)
        yield from _field_lines(row["fields"], words, width, link=True)


def _link(row: Mapping[str, Any], words: Words) -> str:
    traits = [words.say(f"relation.{row['relation']}")]
    if row["basis"]:
        traits.append(words.say(f"basis.{row['basis']}"))

    def end(name: str) -> str:
        entry = row[f"{name}_name"]
        return f"{entry['id']} {name_of(entry, words)}".strip()

    return words.say(
        "view.show.link",
        source=end("source"),
        relation=words.say("view.show.trait").join(traits),
        target=end("target"),
        id=row["id"],
    )


def _mentions(document: Document, words: Words, width: int) -> Iterator[Line]:
    """An item a line: how many of its places came, went or changed; JSON has each."""
    by_item: dict[str, Counter[str]] = {}
    for row in document["mentions"]:
        by_item.setdefault(row["item"], Counter())[row["way"]] += 1
    parts = []
    for item, ways in by_item.items():
        told = [
            words.say(f"diff.amount.{way}", count=ways[way])
            for way in ("added", "removed", "changed")
            if ways[way]
        ]
        parts.append(words.say("diff.mention", id=item, told=words.say("list.comma").join(told)))
    if parts:
        pieces = fill(parts, words.say("list.semicolon"), width - 2)
        yield from (line(_INDENT, *piece) for piece in pieces)
        said = words.say("diff.more_in_json")
        yield from (line(_INDENT, *piece) for piece in fold(said, width - 2, style=Style.FAINT))


def diff_rows(document: Document, words: Words) -> Rows:
    """A row a change: of what, which way, the id, the name, what it was and what it is."""
    changes = [*_judged_changes(document, words), *_item_changes(document, words)]
    heads = ("what", "way", "id", "name", "old", "new")
    return Rows(
        tuple(words.say(f"diff.column.{name}") for name in heads),
        tuple(
            (
                words.say(f"diff.what.{change.what}"),
                words.say(f"diff.way.{change.way}"),
                change.id,
                change.name,
                *("" if value is None else str(value) for value in (change.old, change.new)),
            )
            for change in changes
        ),
    )


class _Change(NamedTuple):
    what: str
    way: str
    id: str
    name: str
    old: object = ""
    new: object = ""


def _judged_changes(document: Document, words: Words) -> Iterator[_Change]:
    """Rungs, gaps, suspect links, terms and waivers of the policy."""
    for row in document["rungs"]:
        way = "gained" if row["gained"] else "lost"
        basis = words.say(f"basis_upto.{row['basis']}")
        old, new = (f"{basis} {words.say('rung.' + row[side])}" for side in ("old", "new"))
        yield _Change("rungs", way, row["id"], name_of(row, words), old, new)
    for way, found in document["gaps"].items():
        for row in found:
            item = f"{row['code']} {row['id']}"
            now = row["open"] or ()
            before, after = (now, ()) if way == "closed" else (row.get("open_before", ()), now)
            old, new = _bases(before, words), _bases(after, words)
            yield _Change("gaps", way, item, name_of(row, words), old, new)
    for row in document["suspect"]:
        cell = words.say("diff.confirm_cell", id=row["id"], digest=row["digest"][:DIGEST_SHOWN])
        old, new = _wordings(row)
        for link in row["links"]:
            yield _Change("suspect", "suspect", link["id"], cell, old, new)
    for change in policy_changes(document, words):
        yield _Change(*change)


def _item_changes(document: Document, words: Words) -> Iterator[_Change]:
    """Nodes, links, mentions; of passages and decisions how many."""
    for way in ("added", "removed"):
        for row in document["nodes"][way]:
            yield _Change("nodes", way, row["id"], name_of(row, words))
        for row in document["links"][way]:
            yield _Change("links", way, row["id"], _link(row, words))
    for row in document["nodes"]["changed"]:
        for field in row["fields"]:
            text = f"{name_of(row, words)} {field['field']}"
            yield _Change("nodes", "changed", row["id"], text, field["old"], field["new"])
    for row in document["links"]["changed"]:
        for field in row["fields"]:
            fate, name = row["fate"], field["field"]
            yield _Change("links", fate, row["id"], name, field["old"], field["new"])
    for row in document["mentions"]:
        old, new = (_place(row[side]) for side in ("old", "new"))
        yield _Change("mentions", row["way"], row["item"], "", old, new)
    for what in ("passages", "decisions"):
        for way, count in document["counts"][what].items():
            if count:
                yield _Change(what, way, "", words.say("diff.rows", count=count))


def _place(mention: Mapping[str, Any] | None) -> str:
    return f"{mention['start']}–{mention['end']} {mention['quote']}" if mention else ""
