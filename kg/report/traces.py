"""The document `kg-trace/1`: the chains of one thing with their evidence, and their breaks."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Final

from kg.analysis.breaks import Break
from kg.analysis.threads import Carriers
from kg.analysis.trace import Trace, TracedChain
from kg.graph.build import dataset_of
from kg.model import Dataset, KgGraph, Link, Mention, Passage, QuoteStatus
from kg.report.content import Document, Names, directive_entry, document_head, names_of
from kg.report.things import Mentions, link_entry
from kg.sources.divide import divide_text

TRACE_SCHEMA: Final = "kg-trace/1"


def trace_document(
    graph: KgGraph,
    trace: Trace,
    *,
    statuses: Mapping[Mention, QuoteStatus],
    texts: Mapping[str, str] | None = None,
) -> Document:
    """A thing with its chains, each link of them once with its evidence.

    Parameters
    ----------
    graph
        The graph that was traced.
    trace
        What was found.
    statuses
        What became of each quote; those not in it are `unverified`.
    texts
        The texts of the sources at hand; with them each link has its `passages` in full.
    """
    dataset = dataset_of(graph)
    names = names_of(dataset)
    node = names.node(trace.item)
    mentions = Mentions(dataset, statuses)
    breaks = {
        "above": [_break(found) for found in trace.broken_above],
        "below": [_break(found) for found in trace.broken_below],
    }
    chains = {"up": list(map(_chain, trace.up)), "down": list(map(_chain, trace.down))}
    of_chains = {link for way in chains.values() for chain in way for link in chain["links"]}
    of_breaks = {found["link"] for way in breaks.values() for found in way if found["link"]}
    links = {link.id: link for link in dataset.links}
    passages = _Passages(dataset, texts or {})
    return {
        **document_head(TRACE_SCHEMA, dataset, {"id": trace.item}),
        "node": {
            "id": node.id,
            "iri": dataset.iri(node.id),
            "kind": str(node.kind),
            "zh": node.zh,
            "en": node.en,
        },
        "coverage": trace.row and directive_entry(names, trace.row),
        "names": {item: names.entry(item) for item in _met(names, trace, chains, breaks)},
        "breaks": breaks,
        "chains": chains,
        "links": {
            item: {
                **link_entry(links[item], names, mentions),
                "passages": passages.of(links[item]),
            }
            for item in sorted(of_chains | of_breaks)
        },
    }


def _break(found: Break) -> Document:
    return {
        "basis": str(found.basis),
        "missing": str(found.missing),
        "above": list(found.above),
        "below": list(found.below),
        "why": found.why,
        "link": found.link,
        "closed_at": found.closed_at and str(found.closed_at),
        "legs": list(found.legs),
    }


def _chain(traced: TracedChain) -> Document:
    return {
        "ids": list(traced.chain.ids),
        "links": list(traced.chain.links),
        "strength": str(traced.chain.strength),
        "rung": str(traced.rung),
        "remark": traced.remark,
        **_carriers(traced.carriers),
    }


def _carriers(carriers: Carriers) -> Document:
    return {
        "weave": str(carriers.weave),
        "thread_passages": [span_entry(passage) for passage in carriers.passages],
        "thread_voices": [{"source": s, "voice": str(voice)} for s, voice in carriers.voices],
        "voices": [{"source": s, "voice": str(voice)} for s, voice in carriers.heard],
    }


def span_entry(passage: Passage) -> dict[str, str | int]:
    """A row of `passages.csv` by where it stands."""
    return {"source": passage.source, "start": passage.start, "end": passage.end}


def _met(
    names: Names,
    trace: Trace,
    chains: Mapping[str, list[Document]],
    breaks: Mapping[str, list[Document]],
) -> list[str]:
    found = {trace.item}
    for way in chains.values():
        found |= {item for chain in way for item in chain["ids"]}
    for broken in breaks.values():
        found |= {item for one in broken for key in ("above", "below", "legs") for item in one[key]}
    return sorted(found & names.nodes.keys())


class _Passages:
    """The passages in which the evidence of a link stands, as their text has them."""

    def __init__(self, dataset: Dataset, texts: Mapping[str, str]) -> None:
        self._texts = texts
        self._spans: dict[str, list[tuple[int, int]]] = {}
        for passage in dataset.passages:
            span = (passage.start, passage.end)
            self._spans.setdefault(passage.source, []).append(span)
        for source, text in texts.items():
            if source not in self._spans:
                starts = divide_text(text).starts
                self._spans[source] = list(
                    zip(starts, (*starts[1:], len(text)), strict=True),
                )

    def of(self, link: Link) -> list[Document]:
        """Nothing where the text is not at hand; neighbours in one piece."""
        found: list[Document] = []
        for source in sorted({mention.source for mention in link.mentions} & self._texts.keys()):
            for start, end in _joined(self._touched(source, link.mentions)):
                text = self._texts[source][start:end]
                found.append({"source": source, "start": start, "end": end, "text": text})
        return found

    def _touched(self, source: str, mentions: Iterable[Mention]) -> list[tuple[int, int]]:
        own = [mention for mention in mentions if mention.source == source]
        return [
            (start, end)
            for start, end in sorted(self._spans.get(source, ()))
            if any(mention.start < end and start < mention.end for mention in own)
        ]


def _joined(spans: Iterable[tuple[int, int]]) -> list[tuple[int, int]]:
    joined: list[tuple[int, int]] = []
    for start, end in spans:
        if joined and joined[-1][1] == start:
            joined[-1] = (joined[-1][0], end)
        else:
            joined.append((start, end))
    return joined
