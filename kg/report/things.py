"""The documents `kg-show/1` and `kg-list/1`: one thing with its evidence, things of a kind."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, Final

from kg.analysis.coverage import Coverage
from kg.analysis.rungs import Members, is_slogan, rung_of
from kg.analysis.upkeep import UpkeepStanding, wording_digest
from kg.document import link_document, mention_document, node_document
from kg.errors import UnknownNodeError
from kg.graph.strength import find_hops, sources_reaching, strongest_chain
from kg.graph.structure import find_members
from kg.model import (
    BASES,
    Basis,
    Dataset,
    Finding,
    KgGraph,
    Kind,
    Link,
    Mention,
    Node,
    QuoteStatus,
    Rung,
)
from kg.report.content import (
    Document,
    Names,
    directive_entry,
    document_head,
    gap_entry,
    names_of,
)
from kg.report.standing import standing_entry
from kg.report.upkeep import notes_of
from kg.words import Words

SHOW_SCHEMA: Final = "kg-show/1"
LIST_SCHEMA: Final = "kg-list/1"

# The columns of a list beside id and names, by kind.
_LIST_FIELDS: Final[dict[Kind, tuple[str, ...]]] = {
    Kind.DIRECTIVE: ("type", "issuer", "issuer_level", "date"),
    Kind.STRATEGY: ("type", "set", "announced"),
    Kind.BATTLE: ("set", "announced"),
    Kind.MEASURE: ("status", "concreteness", "actor_known"),
    Kind.OUTCOME: ("outcome_type", "verbatim", "unit"),
}
_CONTEXT_FIELDS: Final = ("type", "level", "date")


def show_document(
    graph: KgGraph,
    coverage: Coverage,
    gaps: Iterable[Finding],
    item: str,
    words: Words,
    *,
    statuses: Mapping[Mention, QuoteStatus],
    upkeep: UpkeepStanding | None = None,
) -> Document:
    """A node or a link with all its mentions, links, findings and chains.

    Parameters
    ----------
    graph, coverage, gaps
        The data set and what was found in it.
    item
        The id of a node or a link.
    words
        The language of the findings.
    statuses
        What became of each quote; those not in it are `unverified`.
    upkeep
        Who reviewed the evidence of links, if anybody did.

    Raises
    ------
    UnknownNodeError
        Where nothing has that id.
    """
    dataset: Dataset = graph.graph["dataset"]
    names = names_of(dataset)
    head = document_head(SHOW_SCHEMA, dataset, {"id": item})
    mentions = Mentions(dataset, statuses, upkeep)
    links = {link.id: link for link in dataset.links}
    if item in links:
        link = link_entry(links[item], names, mentions)
        return {**head, "node": None, "link": link}
    try:
        node = names.node(item)
    except UnknownNodeError:
        raise UnknownNodeError("unknown-item", where="kg show", id=item) from None
    row = coverage.row(item) if node.kind is Kind.DIRECTIVE else None
    legs = list(row.legs) if row else []
    chains = {"up": _chains_up(graph, coverage, item), "down": _items_below(graph, item)}
    shown = [at.chain.ids for at in row.at.values() if at.chain] if row else []
    met = [*chains["up"], *chains["down"], {"ids": [*legs, row.parent if row else ""]}]
    met += [{"ids": ids} for ids in shown]
    return {
        **head,
        "node": {
            **node_document(node, iri=dataset.iri(node.id)),
            "mentions": [mentions.entry(mention) for mention in node.mentions],
        },
        "link": None,
        "names": {other: names.entry(other) for other in _named_ids(names, item, met)},
        "findings": [gap_entry(gap, names, words) for gap in gaps if gap.node == item],
        "disputed": standing_entry(dataset)["disputed"],
        "wording_digest": wording_digest(node) if node.kind is Kind.DIRECTIVE else None,
        "links": {
            "up": [link_entry(k, names, mentions) for k in dataset.links if k.source == item],
            "down": [link_entry(k, names, mentions) for k in dataset.links if k.target == item],
        },
        "chains": chains,
        "coverage": row and directive_entry(names, row),
        "legs": legs,
        "parent": row.parent if row else None,
    }


class Mentions:
    """Mentions with their quote status and the section they stand in, and links' reviews."""

    def __init__(
        self,
        dataset: Dataset,
        statuses: Mapping[Mention, QuoteStatus],
        upkeep: UpkeepStanding | None = None,
    ) -> None:
        self._dataset = dataset
        self._statuses = statuses
        self.upkeep = upkeep

    def entry(self, mention: Mention) -> Document:
        """One mention as it stands in a document."""
        status = self._statuses.get(mention, QuoteStatus.UNVERIFIED)
        return {
            **mention_document(mention),
            "section": section_at(self._dataset, mention.source, mention.start),
            "quote_status": str(status),
        }


def section_at(dataset: Dataset, source: str, start: int) -> dict[str, str] | None:
    """The section of a source in which a position lies, with its names."""
    for passage in dataset.passages:
        if passage.source == source and passage.start <= start < passage.end:
            for known in dataset.sources:
                for section in known.sections:
                    if known.id == source and section.id == passage.section:
                        return {"id": section.id, "zh": section.zh, "en": section.en}
            return {"id": passage.section, "zh": "", "en": ""} if passage.section else None
    return None


def link_entry(link: Link, names: Names, mentions: Mentions) -> Document:
    """A link with the names of its ends and its mentions."""
    return {
        **link_document(link),
        "source_name": names.entry(link.source),
        "target_name": names.entry(link.target),
        "mentions": [mentions.entry(mention) for mention in link.mentions],
        **notes_of(link, names.nodes.get(link.target), mentions.upkeep),
    }


def _named_ids(names: Names, item: str, chains: Iterable[Document]) -> list[str]:
    """Ids that a reader of this node will meet without a name beside them, sorted."""
    node = names.node(item)
    found = {node.issuer or "", *node.actors}
    if node.figure:
        found |= {node.figure.recipient or "", node.figure.issuer or ""}
    for chain in chains:
        found |= {*chain.get("ids", ()), chain.get("id", "")}
    return sorted(found & names.nodes.keys())


def _chains_up(graph: KgGraph, coverage: Coverage, item: str) -> list[Document]:
    """The strongest chain to every directive that the item serves, strongest first."""
    found = []
    for row in coverage.directives:
        if row.id == item or item not in row.at[Basis.INTERPRETED].items:
            continue
        chain = strongest_chain(graph, item, row.id)
        if chain:
            found.append((chain.strength.weakness, len(chain.links), row.id, chain))
    return [
        {
            "directive": directive,
            "strength": str(chain.strength),
            "ids": list(chain.ids),
            "links": list(chain.links),
        }
        for _, _, directive, chain in sorted(found, key=lambda entry: entry[:3])
    ]


def _items_below(graph: KgGraph, item: str) -> list[Document]:
    """Everything that contributes to the item, with its strength, by kind and strength."""
    hops = find_hops(graph)
    strength: dict[str, Basis] = {}
    for basis in reversed(BASES):
        for source in sources_reaching(hops, [item], basis) - {item}:
            strength[source] = basis
    kinds = list(Kind)
    members = find_members(graph)

    def order(source: str) -> tuple[int, int, str]:
        kind: Kind = graph.nodes[source]["node"].kind
        return kinds.index(kind), strength[source].weakness, source

    return [
        {
            "id": source,
            "kind": str(graph.nodes[source]["node"].kind),
            "strength": str(strength[source]),
            "remark": _remark(graph.nodes[source]["node"], members),
        }
        for source in sorted(strength, key=order)
    ]


def _remark(node: Node, members: Members) -> str:
    """Why a measure does not count, if it does not: "slogan" or "planned"."""
    if node.kind is not Kind.MEASURE:
        return ""
    if is_slogan(node, members):
        return "slogan"
    return "planned" if rung_of(node, members) is Rung.PLANNED else ""


def list_document(dataset: Dataset, kind: Kind) -> Document:
    """Everything of one kind, sorted by id, with the fields that tell one from the other."""
    fields = list_fields(kind)
    names = names_of(dataset)
    items: list[dict[str, Any]] = []
    for node in dataset.nodes:
        if node.kind is kind:
            document = node_document(node, iri=dataset.iri(node.id))
            items.append({name: document.get(name) for name in ("id", "zh", "en", *fields)})
    return {
        **document_head(LIST_SCHEMA, dataset, {"kind": str(kind)}),
        "kind": str(kind),
        "fields": list(fields),
        "names": {
            other: names.entry(other)
            for other in sorted({item.get("issuer") or "" for item in items} & names.nodes.keys())
        },
        "items": items,
    }


def list_fields(kind: Kind) -> tuple[str, ...]:
    """The fields of a list of that kind, beside id and names."""
    return _LIST_FIELDS.get(kind, _CONTEXT_FIELDS)
