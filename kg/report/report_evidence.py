"""The evidence in a report: every mention of a node or a link, where it stands, its status."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Mapping

from kg.document import mention_order
from kg.model import Dataset, Link, Mention, QuoteStatus
from kg.report.content import Document


class Sections:
    """The sections of every source by position."""

    def __init__(self, dataset: Dataset) -> None:
        self._passages: dict[str, list[tuple[int, int, str]]] = {}
        for passage in dataset.passages:
            found = self._passages.setdefault(passage.source, [])
            found.append((passage.start, passage.end, passage.section))
        for found in self._passages.values():
            found.sort()
        self._names = {
            (source.id, section.id): {"id": section.id, "zh": section.zh, "en": section.en}
            for source in dataset.sources
            for section in source.sections
        }

    def at(self, source: str, position: int) -> dict[str, str] | None:
        """The section in which a position lies, with its names; `None` where nobody says."""
        found = self._passages.get(source, [])
        place = bisect_right(found, position, key=lambda passage: passage[0]) - 1
        if place < 0 or found[place][1] <= position or not found[place][2]:
            return None
        section = found[place][2]
        return self._names.get((source, section), {"id": section, "zh": "", "en": ""})


def evidence_entries(dataset: Dataset, statuses: Mapping[Mention, QuoteStatus]) -> list[Document]:
    """A row a mention: nodes in the order of their ids, then links, each in the order of place."""
    sections = Sections(dataset)

    def entries() -> Iterator[Document]:
        for item in dataset.items:
            for mention in sorted(item.mentions, key=mention_order):
                yield {
                    "item": item.id,
                    "link": _link(item) if isinstance(item, Link) else None,
                    "source": mention.source,
                    "section": sections.at(mention.source, mention.start),
                    "start": mention.start,
                    "end": mention.end,
                    "quote": mention.quote,
                    "status": str(statuses.get(mention, QuoteStatus.UNVERIFIED)),
                    "role": str(mention.role),
                    "stance": str(mention.stance),
                    "voice": mention.voice and str(mention.voice),
                    "note": mention.note,
                    "digest": mention.digest,
                }

    return list(entries())


def _link(link: Link) -> Document:
    return {
        "source": link.source,
        "relation": str(link.relation),
        "target": link.target,
        "basis": link.basis and str(link.basis),
        "scope": str(link.scope),
        "status": str(link.status),
        "rationale": link.rationale,
        "rationale_en": link.rationale_en,
    }


def source_entries(dataset: Dataset) -> list[Document]:
    """The sources: title, publisher, date, length, digest."""
    return [
        {
            "id": source.id,
            "title_zh": source.title_zh,
            "title_en": source.title_en,
            "publisher_zh": source.publisher_zh,
            "publisher_en": source.publisher_en,
            "date": source.date,
            "length": source.length,
            "sha256": source.sha256,
        }
        for source in dataset.sources
    ]
