"""Sets with their members, and composite directives with their legs."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from kg.graph.build import links_of, nodes_of
from kg.model import KgGraph, Kind, Link, Node, Relation


@dataclass(frozen=True, slots=True)
class Legs:
    """Which directives are legs of which, circles taken out.

    `of` maps a composite directive to its legs, `wholes` a leg to its composites (both
    sorted); `circles` are the groups of directives that are, in a circle, legs of each other.
    `links` are all that make or would make a leg, those inside a circle among them.
    """

    of: Mapping[str, tuple[str, ...]]
    wholes: Mapping[str, tuple[str, ...]]
    circles: tuple[tuple[str, ...], ...]
    links: tuple[Link, ...] = ()


def live_links(graph: KgGraph, relation: Relation) -> list[Link]:
    """The current and disputed links of one relation, sorted by id."""
    found = [link for link in links_of(graph) if link.relation is relation and link.is_live]
    return sorted(found, key=lambda link: link.id)


def find_members(graph: KgGraph) -> dict[str, tuple[str, ...]]:
    """The members of every set that has any, sorted by id; a set is no member of itself.

    A withdrawn or superseded `partOf` makes no membership (design §2.6, corners).
    """
    nodes = nodes_of(graph)
    found: dict[str, set[str]] = {}
    for link in live_links(graph, Relation.PART_OF):
        if link.source != link.target and nodes[link.target].is_set:
            found.setdefault(link.target, set()).add(link.source)
    return {item: tuple(sorted(members)) for item, members in sorted(found.items())}


def is_leg_link(link: Link, nodes: Mapping[str, Node]) -> bool:
    """Whether a link is `partOf` between two directives: structure, never a hop (§2.4)."""
    return (
        link.relation is Relation.PART_OF
        and nodes[link.source].kind is Kind.DIRECTIVE
        and nodes[link.target].kind is Kind.DIRECTIVE
    )


def find_legs(graph: KgGraph) -> Legs:
    """The legs of every composite directive; `partOf` links inside a circle are dropped."""
    nodes = nodes_of(graph)
    return legs_among(
        link for link in live_links(graph, Relation.PART_OF) if is_leg_link(link, nodes)
    )


def legs_among(links: Iterable[Link]) -> Legs:
    """The legs that some `partOf` links between directives make.

    Notes
    -----
    A circle is a strongly connected component of more than one directive, or a directive
    that is its own leg. Linear in the number of links.
    """
    import networkx as nx

    links = tuple(links)
    part_of: nx.DiGraph[str] = nx.DiGraph()
    part_of.add_edges_from((link.source, link.target) for link in links)
    component: dict[str, int] = {}
    circles = []
    for number, group in enumerate(nx.strongly_connected_components(part_of)):
        component.update(dict.fromkeys(group, number))
        if len(group) > 1 or any(part_of.has_edge(item, item) for item in group):
            circles.append(tuple(sorted(group)))
    legs: dict[str, list[str]] = {}
    wholes: dict[str, list[str]] = {}
    for leg, whole in sorted(part_of.edges()):
        if component[leg] != component[whole]:
            legs.setdefault(whole, []).append(leg)
            wholes.setdefault(leg, []).append(whole)
    return Legs(
        of={whole: tuple(sorted(found)) for whole, found in sorted(legs.items())},
        wholes={leg: tuple(sorted(found)) for leg, found in sorted(wholes.items())},
        circles=tuple(sorted(circles)),
        links=links,
    )
