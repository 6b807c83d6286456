"""Pieces of text that the parts of a report share: names, shares, levels, quotes."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from kg.model import BASES, NOT_STATED
from kg.report.blocks import Cell, Tone
from kg.report.content import Document
from kg.report.counts_view import percent
from kg.report.coverage_view import level_of, name_of
from kg.report.layout import Style
from kg.words import Words

BASIS_NAMES = tuple(str(basis) for basis in BASES)


def share(part: int, whole: int, words: Words) -> str:
    """A share with its numerator and denominator; "n/a" of nothing, never 100 %.

    >>> from kg.words import load_words
    >>> share(1, 3, load_words("en")), share(0, 0, load_words("zh"))
    ('1/3 (33%)', '0/0（无）')
    """
    said = percent(part, whole) if whole else words.say("report.empty_share")
    return words.say("report.share", part=part, whole=whole, percent=said)


def named(item: str, document: Document, words: Words) -> str:
    """An id with its name."""
    entry = document["names"].get(item)
    return f"{item} {name_of(entry, words)}".strip() if entry else item


def name_only(item: str, document: Document, words: Words) -> str:
    """The name of an id, or the id where it has none."""
    entry = document["names"].get(item)
    return (name_of(entry, words) if entry else "") or item


def all_named(items: Iterable[str], document: Document, words: Words) -> str:
    """Ids with their names, in one line."""
    return words.say("list.comma").join(named(item, document, words) for item in items)


def chain_path(ids: Sequence[str], document: Document, words: Words) -> str:
    """The items of a chain but its end, with names; why the first does not count, if so."""
    first, *rest = (named(item, document, words) for item in ids[:-1])
    measure = document["measures"].get(ids[0], {})
    if measure.get("concreteness") == "slogan":
        first = words.say("view.show.slogan", name=first)
    elif measure.get("status") == "planned":
        first = words.say("view.show.planned", name=first)
    return " → ".join([first, *rest])


def with_basis(
    entries: Sequence[Mapping[str, str]], document: Document, words: Words, *, names: bool
) -> str:
    """Things by the basis at which each is reached, strongest first: "复述：d14；解读：d09"."""
    said = []
    for basis in (*BASIS_NAMES, ""):
        ids = [entry["id"] for entry in entries if entry["basis"] == basis]
        listed = words.say("list.comma").join(
            named(item, document, words) if names else item for item in ids
        )
        if ids and basis:
            label = words.say(f"basis.{basis}")
            said.append(words.say("report.pair", label=label, text=listed))
        elif ids:
            said.append(listed)
    return words.say("list.semicolon").join(said)


def level_cell(row: Mapping[str, Any], basis: str, words: Words) -> Cell:
    """A level in words, as `kg coverage` says it."""
    span = level_of(row, basis, words)
    return Cell(span.text, Tone.GAP if span.style is Style.GAP else Tone.PLAIN)


def four(counts: Mapping[str, int]) -> str:
    """A count at each basis: "0/3/3/43"."""
    return "/".join(str(counts[basis]) for basis in BASIS_NAMES)


def quoted(entry: Mapping[str, Any], words: Words) -> str:
    """A quote with where it stands: source, section, offsets, what became of it."""
    section = entry["section"]
    where = words.say(
        "view.show.where",
        source=entry["source"],
        section=name_of(section, words) or section["id"] if section else "",
        start=entry["start"],
        end=entry["end"],
    )
    parts = [" ".join(where.split())]
    if entry["voice"]:
        parts.append(words.say(f"voice.{entry['voice']}"))
    if entry["stance"] != "supports":
        parts.append(words.say("view.show.stance", stance=words.say(f"stance.{entry['stance']}")))
    status = words.say(f"quote_status.{entry['status']}")
    parts.append(words.say("view.show.quote", status=status))
    return words.say(
        "report.quoted",
        quote=" ".join(entry["quote"].split()),
        where=words.say("view.comma").join(parts),
    )


def due_text(entry: Mapping[str, Any], words: Words) -> str:
    """When a measure is due, and that it is overdue."""
    due = entry["due"]
    if due is None:
        return words.say("absent.null")
    if due == NOT_STATED:
        return words.say("absent.not-stated")
    return words.say("report.overdue", due=due) if entry["overdue"] else str(due)


def date_line(document: Document, words: Words) -> str:
    """The day by which the report was judged, or that there is none."""
    day = document["filters"]["as_of"]
    return words.say("view.as_of", date=day) if day else words.say("view.undated")


def dataset_title(document: Document, words: Words) -> str:
    """The title of the data set."""
    dataset = document["dataset"]
    title = dataset[f"title_{words.lang}"] or dataset["title_zh"] or dataset["title_en"]
    return str(title or words.say("view.untitled"))


def passages_of(document: Document) -> dict[str, list[Document]]:
    """The mentions of every node or link, those that support it and show it whole first."""
    found: dict[str, list[Document]] = {}
    for entry in document["evidence"]:
        found.setdefault(entry["item"], []).append(entry)
    for entries in found.values():
        entries.sort(key=lambda e: (e["stance"] != "supports", e["role"] != "whole"))
    return found
