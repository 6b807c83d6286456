"""The documents `kg-stats/1`, `kg-check/1` and `kg-questions/1`: counts, faults, questions."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from typing import Any, Final

from kg.analysis.upkeep import UpkeepStanding
from kg.codes import FAULT_CODES
from kg.model import (
    Basis,
    Dataset,
    Finding,
    Kind,
    LinkStatus,
    Mention,
    QuoteStatus,
    Relation,
    Scope,
    Stance,
)
from kg.report.content import Document, document_head, names_of
from kg.report.things import section_at
from kg.report.upkeep import review_counts
from kg.sources.spans import context_digest_of, digest_of, occurrences, quote_of
from kg.version import VERSION
from kg.words import Words
from kg.words.sentences import finding_sentence

STATS_SCHEMA: Final = "kg-stats/1"
CHECK_SCHEMA: Final = "kg-check/1"
QUESTIONS_SCHEMA: Final = "kg-questions/1"


def stats_document(
    dataset: Dataset, quotes: Mapping[QuoteStatus, int], upkeep: UpkeepStanding | None = None
) -> Document:
    """How much there is of everything: kinds, relations, bases, quotes, passages, reviews."""
    links = dataset.links
    marked = sum(bool(passage.items) for passage in dataset.passages)
    unmarked = sum(not passage.items and not passage.none for passage in dataset.passages)
    counts: dict[str, dict[str, int]] = {
        "nodes": _count(Kind, (node.kind for node in dataset.nodes)),
        "links": _count(Relation, (link.relation for link in links)),
        "bases": _count(Basis, (link.basis for link in links if link.basis)),
        "scopes": _count(Scope, (link.scope for link in links)),
        "link_statuses": _count(LinkStatus, (link.status for link in links)),
        "stances": _count(Stance, (mention.stance for mention in dataset.mentions)),
        "quotes": {str(status): quotes.get(status, 0) for status in QuoteStatus},
        "passages": {
            "with_items": marked,
            "none": len(dataset.passages) - marked - unmarked,
            "unmarked": unmarked,
        },
        "ledger": {"sources": len(dataset.sources), "decisions": len(dataset.decisions)},
    }
    if upkeep is not None and upkeep.reviews:
        counts["reviews"] = review_counts(dataset, upkeep)["reviews"]
    return {
        **document_head(STATS_SCHEMA, dataset, {}),
        "counts": counts,
        "totals": {
            "nodes": len(dataset.nodes),
            "links": len(links),
            "mentions": sum(quotes.values()),
            "passages": len(dataset.passages),
        },
        "relations_by_basis": _relations_by_basis(dataset),
        "passages_by_section": _passages_by_section(dataset),
    }


def _count(words: Iterable[Any], values: Iterable[Any]) -> dict[str, int]:
    """How often each word of an enumeration occurs, in its order, zeros too."""
    found = Counter(str(value) for value in values)
    return {str(word): found[str(word)] for word in words}


def _relations_by_basis(dataset: Dataset) -> dict[str, dict[str, int]]:
    return {
        str(relation): _count(
            Basis,
            (link.basis for link in dataset.links if link.relation is relation and link.basis),
        )
        for relation in Relation
        if any(link.relation is relation for link in dataset.links)
    }


def _passages_by_section(dataset: Dataset) -> list[Document]:
    """Each section in the order of the text: passages, and how many of them hold nothing."""
    names = {
        (source.id, section.id): section
        for source in dataset.sources
        for section in source.sections
    }
    totals: Counter[tuple[str, str]] = Counter()
    empty: Counter[tuple[str, str]] = Counter()
    for passage in dataset.passages:
        key = (passage.source, passage.section)
        totals[key] += 1
        empty[key] += not passage.items
    return [
        {
            "source": source,
            "section": section,
            "zh": names[key].zh if (key := (source, section)) in names else section,
            "en": names[key].en if key in names else section,
            "passages": total,
            "without_items": empty[key],
        }
        for (source, section), total in totals.items()
    ]


def check_document(
    dataset: Dataset,
    faults: Iterable[Finding],
    quotes: Iterable[tuple[Mention, QuoteStatus]],
    words: Words,
    *,
    sources_read: bool,
) -> Document:
    """Every fault with its sentence, and how many quotes have each status.

    Parameters
    ----------
    dataset
        What could be read.
    faults
        All faults, of reading and of judging.
    quotes
        Every mention with what became of its quote.
    words
        The language of the sentences.
    sources_read
        Whether the source texts were at hand; if not, nothing was verified.
    """
    names = names_of(dataset)
    found = sorted(faults, key=lambda fault: (fault.code, _place_order(fault.place), fault.node))
    counts = dict.fromkeys(FAULT_CODES, 0)
    for fault in found:
        counts[fault.code] += 1
    statuses = Counter(str(status) for _, status in quotes)
    return {
        **document_head(CHECK_SCHEMA, dataset, {"sources_read": sources_read}),
        "sources_read": sources_read,
        "quotes": {str(status): statuses[str(status)] for status in QuoteStatus},
        "mentions": sum(statuses.values()),
        "nodes": len(dataset.nodes),
        "links": len(dataset.links),
        "findings": [
            {
                "code": fault.code,
                "severity": str(fault.severity),
                "id": fault.node,
                "place": fault.place,
                "message": finding_sentence(words, fault, lambda item: names.of(item, words.lang)),
            }
            for fault in found
        ],
        "counts": counts,
    }


def _place_order(place: str) -> tuple[str, int, str]:
    """Places sort by file, then by the number of the line."""
    file, _, rest = place.partition(":")
    digits = rest.split(":", maxsplit=1)[0]
    return file, int(digits) if digits.isdecimal() and digits.isascii() else 0, rest


def questions_document(questions: Iterable[Mapping[str, Any]]) -> Document:
    """The named questions, each with its titles and parameters; they are of no data set."""
    return {
        "schema": QUESTIONS_SCHEMA,
        "tool": {"name": "kg", "version": VERSION},
        "questions": [dict(question) for question in questions],
    }


LOCATE_SCHEMA: Final = "kg-locate/1"


def locate_document(dataset: Dataset, texts: Mapping[str, str], needle: str) -> Document:
    """Every place at which a text stands in the sources, with offsets and digests."""
    found = []
    for source, text in sorted(texts.items()):
        for start in occurrences(text, needle):
            end = start + len(needle)
            section = section_at(dataset, source, start)
            found.append(
                {
                    "source": source,
                    "section": section["id"] if section else "",
                    "start": start,
                    "end": end,
                    "quote": quote_of(text, start, end),
                    "digest": digest_of(text, start, end),
                    "context_digest": context_digest_of(text, start, end),
                }
            )
    return {
        **document_head(LOCATE_SCHEMA, dataset, {"text": needle}),
        "occurrences": found,
    }
