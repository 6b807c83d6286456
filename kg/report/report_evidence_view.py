"""The chapter of evidence: quotes by status, sources, and what each directive rests on."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import groupby
from typing import Any

from kg.model import LinkStatus, QuoteStatus, Stance
from kg.report.blocks import Block, Card, Cell, Heading, Table
from kg.report.content import Document
from kg.report.coverage_view import name_of
from kg.report.phrases import BASIS_NAMES, chain_path, named, passages_of, quoted, share
from kg.words import Words


def evidence_blocks(document: Document, words: Words) -> Iterator[Block]:
    """What the report rests on."""
    yield _quotes(document, words)
    if document["sources"]:
        yield _sources(document, words)
    yield from _contested(document, words)
    passages = passages_of(document)
    if document["unit"] is None:
        yield Heading(2, words.say("report.rests_on"))
        by_id = {row["id"]: row for row in document["coverage"]["directives"]}
        items = [*document["coverage"]["chosen"], *document["coverage"]["chosen_legs"]]
        for item in sorted(items):
            yield _directive(by_id[item], passages, document, words)
    else:
        yield Heading(2, words.say("report.passages"))
        for item in document["measures"]:
            pairs = [
                (words.say("report.label.passage"), quoted(entry, words))
                for entry in passages.get(item, [])
            ]
            pairs = pairs or [(words.say("report.label.passage"), words.say("report.no_passage"))]
            yield Card(named(item, document, words), tuple(pairs))


def _quotes(document: Document, words: Words) -> Table:
    total = sum(document["quotes"].values())
    return Table(
        (
            words.say("report.column.quote_status"),
            words.say("report.column.share"),
            words.say("report.column.meaning"),
        ),
        tuple(
            (
                Cell(words.say(f"quote_status.{status}")),
                Cell(share(document["quotes"][status], total, words), number=True),
                Cell(words.say(f"quote_status_def.{status}")),
            )
            for status in QuoteStatus
            if document["quotes"][status] or status is QuoteStatus.EXACT
        ),
        (20, 25, 55),
        words.say("report.quotes"),
    )


def _sources(document: Document, words: Words) -> Table:
    names = ("source", "title", "publisher", "date")
    other = "en" if words.lang == "zh" else "zh"

    def said(entry: Mapping[str, Any], field: str) -> str:
        return str(entry[f"{field}_{words.lang}"] or entry[f"{field}_{other}"])

    return Table(
        tuple(words.say(f"report.column.{name}") for name in names),
        tuple(
            (
                Cell(entry["id"]),
                Cell(said(entry, "title")),
                Cell(said(entry, "publisher")),
                Cell(
                    words.say(f"absent.{entry['date']}")
                    if words.has(f"absent.{entry['date']}")
                    else entry["date"]
                ),
            )
            for entry in document["sources"]
        ),
        (10, 50, 25, 15),
        words.say("report.sources"),
    )


def _contested(document: Document, words: Words) -> Iterator[Block]:
    """Links that do not simply hold, and passages that speak against something."""
    current = (None, str(LinkStatus.CURRENT))
    found = [
        entry
        for entry in document["evidence"]
        if entry["stance"] == Stance.AGAINST
        or (entry["link"] and entry["link"]["status"] not in current)
    ]
    if not found:
        return
    yield Heading(2, words.say("report.contested", count=len(found)))
    yield Table(
        tuple(words.say(f"report.column.{name}") for name in ("item", "state", "quote")),
        tuple(
            (
                Cell(item_text(entry, document, words)),
                Cell(
                    words.say(f"link_status.{entry['link']['status']}")
                    if entry["link"] and entry["link"]["status"] not in current
                    else words.say(f"stance.{entry['stance']}")
                ),
                Cell(quoted(entry, words)),
            )
            for entry in found
        ),
        (40, 15, 45),
    )


def item_text(entry: Mapping[str, Any], document: Document, words: Words) -> str:
    """What a mention speaks of: a thing with its name, or a link with both ends and basis."""
    link = entry["link"]
    if link is None:
        return named(entry["item"], document, words)
    said = words.say(f"relation.{link['relation']}")
    if link["basis"]:
        said += words.say("view.show.trait") + words.say(f"basis.{link['basis']}")
    return words.say(
        "view.show.link",
        source=named(link["source"], document, words),
        relation=said,
        target=named(link["target"], document, words),
        id=entry["item"],
    )


def _directive(
    row: Mapping[str, Any],
    passages: Mapping[str, list[Document]],
    document: Document,
    words: Words,
) -> Card:
    """A directive with its own passages, and the strongest chain at each basis with its cues."""
    pairs = [
        (words.say("report.label.passage"), quoted(entry, words))
        for entry in passages.get(row["id"], [])
    ] or [(words.say("report.label.passage"), words.say("report.no_passage"))]
    for chain, bases in groupby(BASIS_NAMES, key=lambda basis: row["chain"][basis]):
        labels = (words.say(f"basis_upto.{basis}") for basis in bases)
        text = _chain_text(chain, passages, document, words) if chain else ""
        label = words.say("list.comma").join(labels)
        pairs.append((label, text or words.say("report.no_chain")))
    return Card(f"{row['id']} {name_of(row, words)}".strip(), tuple(pairs))


def _chain_text(
    chain: Mapping[str, list[str]],
    passages: Mapping[str, list[Document]],
    document: Document,
    words: Words,
) -> str:
    path = f"{chain_path(chain['ids'], document, words)} → {chain['ids'][-1]}"
    quotes = []
    for link in chain["links"]:
        entries = passages.get(link, [])
        cues = [entry for entry in entries if entry["role"] == "cue"] or entries
        if cues:
            quotes.append(quoted(cues[0], words))
        elif link in document["links"]:
            quotes.append(
                words.say("report.by_reason", reason=_reason(document["links"][link], words))
            )
    return words.say("list.semicolon").join([path, *quotes])


def _reason(link: Mapping[str, Any], words: Words) -> str:
    reason = link["rationale_en"] if words.lang == "en" else link["rationale"]
    return str(reason or link["rationale"] or words.say("absent.not-stated"))
