"""Faults that can be told without the sources: KG001 to KG004, KG007 to KG009, KG012.

Those that would drop or misread a row stop whoever wants to rely on the data.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from kg.codes import CODES
from kg.errors import DataFaultError
from kg.model import Basis, Dataset, Finding, Passage, Stance
from kg.validate.allowed import is_allowed
from kg.words.sentences import finding_sentence

if TYPE_CHECKING:
    from kg.sources.reading import Reading
    from kg.words import Words


def find_faults(dataset: Dataset) -> tuple[Finding, ...]:
    """Every fault of a data set that needs no source, sorted by code, place and node.

    Parameters
    ----------
    dataset
        A data set as it was read; nothing about it is assumed.

    Examples
    --------
    >>> from kg.model import Kind, Link, Node, Relation
    >>> nodes = (Node("d", Kind.DIRECTIVE), Node("m", Kind.MEASURE))
    >>> links = (Link("l1", "m", Relation.ADDRESSES, "d9", Basis.STATED),)
    >>> [(fault.code, fault.node) for fault in find_faults(Dataset(nodes, links))]
    [('KG001', 'l1'), ('KG004', 'd'), ('KG004', 'l1'), ('KG004', 'm')]
    """
    found = [
        *_find_unknown(dataset),
        *_find_duplicates(dataset),
        *_find_forbidden(dataset),
        *_find_unsupported(dataset),
        *_find_unexplained(dataset),
        *_find_cycles(dataset),
        *_find_bad_spans(dataset),
        *_find_unmarked(dataset),
    ]
    return tuple(sorted(found, key=lambda fault: (fault.code, fault.node, fault.place)))


def find_all_faults(reading: Reading) -> tuple[Finding, ...]:
    """Faults of reading and those that can be told without the sources, each once."""
    return tuple(dict.fromkeys((*reading.faults, *find_faults(reading.dataset))))


def refuse_stopping_faults(
    reading: Reading, words: Words, *, name: str = ""
) -> tuple[Finding, ...]:
    """The faults of a reading that can be relied on for all that.

    Parameters
    ----------
    reading
        What was read.
    words
        The language of the error.
    name
        What to call the reading, where several are made.

    Raises
    ------
    DataFaultError
        Where a fault would drop or misread a row: the first, and how many more there are.
    """
    faults = find_all_faults(reading)
    stopping = [fault for fault in faults if CODES[fault.code].stops]
    if stopping:
        raise data_fault_error(stopping, words, name=name)
    return faults


def data_fault_error(faults: Sequence[Finding], words: Words, *, name: str = "") -> DataFaultError:
    """The first of the faults as an error that names how many more there are."""
    first = faults[0]
    sentence = finding_sentence(words, first, lambda _item: "")
    where = f"{name} {first.place or first.node}".strip()
    if len(faults) == 1:
        return DataFaultError("data-fault", where=where, code=first.code, sentence=sentence)
    more = len(faults) - 1
    return DataFaultError(
        "data-fault-more", where=where, code=first.code, sentence=sentence, more=more
    )


def _find_unknown(dataset: Dataset) -> Iterator[Finding]:
    nodes = {node.id for node in dataset.nodes}
    links = {link.id for link in dataset.links}
    sources = {source.id for source in dataset.sources}
    curators = {curator.id for curator in dataset.curators}

    def unknown(item: str, place: str, *ids: str) -> Iterator[Finding]:
        for found in ids:
            yield Finding("KG001", item, place, facts=(("id", found),))

    for link in dataset.links:
        ends = [end for end in (link.source, link.target) if end not in nodes]
        if link.successor and link.successor not in links:
            ends.append(link.successor)
        if link.curator and curators and link.curator not in curators:
            ends.append(link.curator)
        yield from unknown(link.id, link.place, *ends)
    for mention in dataset.mentions:
        if sources and mention.source not in sources:
            yield from unknown(mention.item, mention.place, mention.source)
    for passage in dataset.passages:
        yield from unknown("", passage.place, *(i for i in passage.items if i not in nodes))


def _find_duplicates(dataset: Dataset) -> Iterator[Finding]:
    seen: dict[str, str] = {}
    for item in dataset.items:
        if item.id in seen:
            facts = (("first", seen[item.id]), ("id", item.id))
            yield Finding("KG002", item.id, item.place, facts=facts)
        seen.setdefault(item.id, item.place)
    for item in dataset.items:
        spans = Counter((m.source, m.start, m.end, m.role, m.stance) for m in item.mentions)
        for (_, start, end, _, _), times in sorted(spans.items()):
            if times > 1:
                facts = (("first", f"{start}-{end}"), ("id", item.id))
                yield Finding("KG002", item.id, item.mentions[0].place, facts=facts)


def _find_forbidden(dataset: Dataset) -> Iterator[Finding]:
    nodes = {node.id: node for node in dataset.nodes}
    for link in dataset.links:
        source, target = nodes.get(link.source), nodes.get(link.target)
        if source and target and not is_allowed(link, source, target):
            facts = (
                ("relation", link.relation.value),
                ("source_kind", source.kind.value),
                ("target_kind", target.kind.value),
            )
            yield Finding("KG003", link.id, link.place, facts=facts)


def _find_unsupported(dataset: Dataset) -> Iterator[Finding]:
    for item in dataset.items:
        if not any(mention.stance is Stance.SUPPORTS for mention in item.mentions):
            yield Finding("KG004", item.id, item.place)


def _find_unexplained(dataset: Dataset) -> Iterator[Finding]:
    for link in dataset.links:
        explained = link.rationale.strip() and link.curator.strip()
        if link.basis is Basis.INTERPRETED and not explained:
            yield Finding("KG007", link.id, link.place)


def _find_cycles(dataset: Dataset) -> Iterator[Finding]:
    """KG008 for every group of nodes that carry to each other in a circle."""
    import networkx as nx

    nodes = {node.id for node in dataset.nodes}
    carrying: nx.DiGraph[str] = nx.DiGraph()
    carrying.add_edges_from(
        (link.source, link.target)
        for link in dataset.links
        if link.carries and link.source in nodes and link.target in nodes
    )
    for group in nx.strongly_connected_components(carrying):
        first = min(group)
        if len(group) > 1 or carrying.has_edge(first, first):
            yield Finding("KG008", first, facts=(("ids", " ".join(sorted(group))),))


def _find_bad_spans(dataset: Dataset) -> Iterator[Finding]:
    lengths = {source.id: source.length for source in dataset.sources}
    for mention in dataset.mentions:
        length = lengths.get(mention.source) or 0
        if mention.end <= mention.start or (length and mention.end > length):
            facts = (
                ("column", "end"),
                ("problem", "bad-span"),
                ("value", f"{mention.start}-{mention.end}"),
            )
            yield Finding("KG009", mention.item, mention.place, facts=facts)


def _find_unmarked(dataset: Dataset) -> Iterator[Finding]:
    """KG012: a gap or an overlap of the passages, or one with neither items nor a reason."""
    by_source: dict[str, list[Passage]] = {}
    for passage in dataset.passages:
        by_source.setdefault(passage.source, []).append(passage)
    lengths = {source.id: source.length for source in dataset.sources}
    for source, passages in sorted(by_source.items()):
        at = 0
        for passage in sorted(passages, key=lambda p: (p.start, p.end)):
            if passage.start != at:
                span = (min(at, passage.start), max(at, passage.start))
                yield _unmarked(source, span, passage.place)
            if bool(passage.items) == bool(passage.none.strip()):
                yield _unmarked(source, (passage.start, passage.end), passage.place)
            at = max(at, passage.end)
        if lengths.get(source) and at != lengths[source]:
            yield _unmarked(source, (at, lengths[source]), "passages.csv")


def _unmarked(source: str, span: Sequence[int], place: str) -> Finding:
    facts = (("end", span[1]), ("source", source), ("start", span[0]))
    return Finding("KG012", "", place, facts=facts)
