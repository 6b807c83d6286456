"""What every finder of gaps looks at, gathered once."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass

from kg.analysis.coverage import Coverage, find_coverage
from kg.analysis.rungs import Members, find_bad_exits, is_slogan
from kg.graph.build import dataset_of, nodes_of
from kg.graph.strength import Hops, find_hops
from kg.graph.structure import find_members
from kg.model import BASES, Basis, Finding, KgGraph, Kind, Node


@dataclass(frozen=True, slots=True)
class Survey:
    """A graph with its members, hops and coverage.

    `bad_exits` maps a link to its (outcome, measure); `raising` are the hops without them.
    `as_of` is the day that dates are judged by, or `None`: then they are not judged.
    """

    graph: KgGraph
    members: Members
    bad_exits: dict[str, tuple[str, str]]
    hops: Hops
    raising: Hops
    coverage: Coverage
    as_of: str | None

    def nodes(self, *kinds: Kind) -> Iterator[Node]:
        """The nodes of some kinds, sorted by id."""
        return (node for node in nodes_of(self.graph) if node.kind in kinds)

    def unfolded(self, *kinds: Kind) -> Iterator[Node]:
        """Those nodes without the sets that have members: their members are there (§2.1)."""
        return (node for node in self.nodes(*kinds) if node.id not in self.members)

    def working_measures(self) -> Iterator[Node]:
        """Measures that are neither slogans nor sets with members; planned ones too."""
        found = self.unfolded(Kind.MEASURE)
        return (node for node in found if not is_slogan(node, self.members))


def survey_graph(graph: KgGraph, *, as_of: str | None, include_prior: bool) -> Survey:
    """Gather what the finders need; `as_of` defaults to the data set's newest date."""
    members = find_members(graph)
    bad_exits = find_bad_exits(graph, members)
    return Survey(
        graph=graph,
        members=members,
        bad_exits=bad_exits,
        hops=find_hops(graph),
        raising=find_hops(graph, without=bad_exits),
        coverage=find_coverage(graph, include_prior=include_prior),
        as_of=as_of or dataset_of(graph).as_of,
    )


def open_at(
    code: str, node: str, is_open: Callable[[Basis], bool], **facts: str | int
) -> Iterator[Finding]:
    """One finding for a node at all the bases at which it is open, or none."""
    bases = tuple(basis for basis in BASES if is_open(basis))
    if bases:
        yield Finding(code, node, open=bases, facts=tuple(sorted(facts.items())))


def open_where_missing(
    code: str, node: str, answered: Mapping[Basis, Collection[str]]
) -> Iterator[Finding]:
    """One finding for a node at all the bases at which it is not among the answered, or none."""
    return open_at(code, node, lambda basis: node not in answered[basis])
