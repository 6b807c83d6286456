"""A report as blocks: the first page for a superior, then the chapters behind it."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby

from kg.report.blocks import Block, Card, Contents, Group, Heading, Paragraph, Tone
from kg.report.content import Document
from kg.report.coverage_view import issuer_name, name_of
from kg.report.phrases import (
    BASIS_NAMES,
    chain_path,
    dataset_title,
    date_line,
    named,
    passages_of,
    quoted,
    share,
)
from kg.report.report_chapters import chapter_blocks
from kg.report.report_front import front_blocks
from kg.report.report_unit import unit_blocks
from kg.words import Words


def report_blocks(document: Document, words: Words) -> list[Block]:
    """The whole report: of everything, or of what one unit owes."""
    return [
        *first_blocks(document, words),
        Contents(words.say("report.contents")),
        *chapter_blocks(document, words),
    ]


def first_blocks(document: Document, words: Words) -> Iterator[Block]:
    """The first page: the answer, the gaps that weigh most, how it was computed."""
    front = front_blocks if document["unit"] is None else unit_blocks
    yield from front(document, words)
    yield from serious_blocks(document, words)
    yield Heading(0, words.say("report.how"))
    for text in how_computed(document, words):
        yield Paragraph(text, Tone.FAINT)


def serious_blocks(document: Document, words: Words) -> Iterator[Block]:
    """The most serious gaps: what was looked for, what was found, the passage, what closes it."""
    if not document["serious"]:
        return
    yield Heading(0, words.say("report.serious", count=len(document["serious"])))
    passages = passages_of(document)
    # Neighbours of one code say once what was looked for and what would close them.
    for code, gaps in groupby(document["serious"], key=lambda gap: str(gap["code"])):
        title = words.say(f"code.{code}.title")
        yield Group(
            words.say("report.gap_group", code=code, title=title),
            (
                (words.say("report.label.looked"), words.say(f"report.looked.{code}")),
                (words.say("report.label.closes"), words.say(f"code.{code}.todo")),
            ),
            tuple(gap_card(gap, passages.get(gap["id"], []), document, words) for gap in gaps),
        )


def gap_card(gap: Document, quotes: list[Document], document: Document, words: Words) -> Card:
    """Whose gap it is, what was found, and the passage."""
    title = words.say(
        "report.gap_title",
        name=f"{gap['id']} {name_of(gap, words)}".strip(),
        severity=words.say(f"severity.{gap['severity']}"),
    )
    passage = quoted(quotes[0], words) if quotes else words.say("report.no_passage")
    return Card(
        title,
        (
            (words.say("report.label.found"), _found(gap, document, words)),
            (words.say("report.label.passage"), passage),
        ),
        grave=gap["severity"] == "high",
    )


def _found(gap: Document, document: Document, words: Words) -> str:
    """What was found: of a directive also how far it got at each basis, and by what."""
    message = gap["message"]
    if not gap["level"]:
        return words.say("report.found", message=message)
    if set(gap["level"].values()) == {"none"}:
        return words.say("report.found_nothing", message=message)
    found = words.say("report.found", message=message)
    if gap["id"] not in document["coverage"]["chosen"]:
        # The table above says it of the others.
        levels = {basis: words.say(f"rung.{gap['level'][basis]}") for basis in BASIS_NAMES}
        found = words.say("report.found_levels", message=message, **levels)
    if gap["chain"]:
        ids = gap["chain"]["ids"]
        path = chain_path(ids, document, words)
        if ids[-1] != gap["id"]:
            # The level is set by a leg, so the chain ends there.
            path = f"{path} → {named(ids[-1], document, words)}"
        basis = words.say(f"basis.{gap['chain']['strength']}")
        found += words.say("report.found_chain", path=path, basis=basis)
    return found


def how_computed(document: Document, words: Words) -> list[str]:
    """How the report came about, in three lines."""
    dataset = document["dataset"]
    covered = document["coverage"]
    issuer = issuer_name(covered, words) or words.say("report.every_issuer")
    return [
        words.say(
            "report.how_data",
            title=dataset_title(document, words),
            digest=dataset["digest"][:12],
            date=date_line(document, words),
            rules=dataset["basis_rules"] or words.say("absent.not-stated"),
            version=document["tool"]["version"],
            quotes=quotes_sentence(document, words),
        ),
        words.say("report.how_bases"),
        words.say("report.how_chosen", issuer=issuer),
    ]


def quotes_sentence(document: Document, words: Words) -> str:
    """How many quotes were found exact in their source; that none was looked up, if so."""
    counts = document["quotes"]
    total = sum(counts.values())
    if not total:
        return words.say("view.check.no_quotes")
    if counts["unverified"] == total:
        return words.say("report.quotes_unverified", total=total)
    return words.say("report.quotes_exact", share=share(counts["exact"], total, words))
