"""What coverage and gaps both stand on, gathered once for a graph."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from kg.analysis.rungs import Members, find_bad_exits, is_slogan
from kg.graph.build import nodes_of
from kg.graph.strength import Hops, find_hops
from kg.graph.structure import Legs, find_legs, find_members, live_links
from kg.model import KgGraph, Kind, Node, Relation


@dataclass(frozen=True, slots=True)
class Ground:
    """A graph with its nodes by id, its sets, legs and hops, and who issued each directive.

    `hops` are all (§2.4); `raising` are those by which something is raised: all but
    `bad_exits`, which map a link to its (outcome, slogan or planned measure) (§2.5).
    """

    graph: KgGraph
    by_id: Mapping[str, Node]
    members: Members
    legs: Legs
    bad_exits: Mapping[str, tuple[str, str]]
    hops: Hops
    raising: Hops
    issuers: Mapping[str, str | None]

    def nodes(self, *kinds: Kind) -> Iterator[Node]:
        """The nodes of some kinds, in the order of their ids."""
        return (node for node in self.by_id.values() if node.kind in kinds)

    def unfolded(self, *kinds: Kind) -> Iterator[Node]:
        """Those nodes without the sets that have members: their members are there (§2.1)."""
        return (node for node in self.nodes(*kinds) if node.id not in self.members)

    def working_measures(self) -> Iterator[Node]:
        """Measures that are neither slogans nor sets with members; planned ones too."""
        found = self.unfolded(Kind.MEASURE)
        return (node for node in found if not is_slogan(node, self.members))


def lay_ground(graph: KgGraph) -> Ground:
    """Gather what the analysis of a graph stands on; linear in its nodes and links."""
    members = find_members(graph)
    bad_exits = find_bad_exits(graph, members)
    hops = find_hops(graph)
    by_id = nodes_of(graph)
    return Ground(
        graph=graph,
        by_id=by_id,
        members=members,
        legs=find_legs(graph),
        bad_exits=bad_exits,
        hops=hops,
        raising=find_hops(graph, without=bad_exits) if bad_exits else hops,
        issuers=_find_issuers(graph, by_id),
    )


def _find_issuers(graph: KgGraph, by_id: Mapping[str, Node]) -> dict[str, str | None]:
    """Who issued each directive: its own field, else its `issuedBy` link, else nobody."""
    linked: dict[str, str] = {}
    for link in live_links(graph, Relation.ISSUED_BY):
        linked[link.source] = min(link.target, linked.get(link.source, link.target))
    return {
        node.id: node.issuer or linked.get(node.id)
        for node in by_id.values()
        if node.kind is Kind.DIRECTIVE
    }
