"""Every chain of a graph, found by walking all simple paths, and its strength (§2.2-2.4).

Nothing clever happens here: no reachability, no widest path, no early cut. A chain is a simple path
of live carrying links; each hop is worth what §2.4 says of it in *this* chain; the chain is worth
its weakest hop. Shares no code with `kg`.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, TypeAlias

Json: TypeAlias = dict[str, Any]
Node: TypeAlias = Mapping[str, Any]
Link: TypeAlias = Mapping[str, Any]

BASES = ("stated", "echoed", "positional", "interpreted")
INTERPRETED = BASES.index("interpreted")
CARRYING = frozenset({"addresses", "implements", "partOf", "resultOf"})
LIVE = frozenset({"current", "disputed"})
KEEPS_ITS_OWN_GENERAL_LINK = frozenset({"strategy", "battle", "directive"})
BLANK = (None, "not-stated")


@dataclass(frozen=True)
class Chain:
    """A simple path of carrying links from an item up to the node where it ends.

    `strength` is a place in `BASES`, so 0 is the strongest. `way_out` is the first node of
    the chain that is no outcome; for an item that is no outcome it is the item itself.
    """

    nodes: tuple[str, ...]
    links: tuple[str, ...]
    relations: tuple[str, ...]
    strength: int
    way_out: str

    @property
    def item(self) -> str:
        return self.nodes[0]

    @property
    def preference(self) -> tuple[int, int, tuple[str, ...], tuple[str, ...]]:
        """Strongest, then fewest hops, then smallest ids of nodes, then of links (§2.6, Chain)."""
        return self.strength, len(self.links), self.nodes, self.links


@dataclass(frozen=True)
class World:
    """A graph document with what §2 derives from it before any directive is judged."""

    nodes: Mapping[str, Node]
    links: tuple[Link, ...]
    legs: Mapping[str, frozenset[str]]
    members: Mapping[str, frozenset[str]]
    chains: Mapping[str, tuple[Chain, ...]]

    def of_kind(self, *kinds: str) -> list[str]:
        return sorted(name for name, node in self.nodes.items() if node["kind"] in kinds)

    def is_set(self, name: str) -> bool:
        return bool(self.nodes[name].get("set"))

    def is_filled_set(self, name: str) -> bool:
        """A set that has members."""
        return self.is_set(name) and bool(self.members[name])

    def is_slogan(self, name: str) -> bool:
        """A measure that is a slogan; its status does not matter. A filled set is none."""
        node = self.nodes[name]
        return (
            node["kind"] == "measure"
            and not self.is_filled_set(name)
            and node.get("concreteness") == "slogan"
        )

    def is_planned(self, name: str) -> bool:
        """A planned measure that is neither a slogan nor a filled set."""
        node = self.nodes[name]
        return (
            node["kind"] == "measure"
            and not self.is_filled_set(name)
            and not self.is_slogan(name)
            and node.get("status") == "planned"
        )

    def is_counting(self, name: str) -> bool:
        """A measure, ongoing, done or undetermined, checkable or generic; no filled set."""
        return (
            self.nodes[name]["kind"] == "measure"
            and not self.is_filled_set(name)
            and not self.is_slogan(name)
            and not self.is_planned(name)
        )

    def has_live_link(self, source: str, relation: str) -> bool:
        return any(link["source"] == source and link["relation"] == relation for link in self.links)


def read_world(graph: Json) -> World:
    """Read a `kg-graph/1` document and enumerate its chains.

    Only current and disputed links are kept (§2.3). Each list of chains is keyed by the node where
    they end; a chain of no hops is none.
    """
    nodes = {node["id"]: node for node in graph["nodes"]}
    links = tuple(link for link in graph["links"] if (link.get("status") or "current") in LIVE)
    hops = [link for link in links if _is_hop(link, nodes)]
    chains: dict[str, list[Chain]] = {name: [] for name in nodes}
    for name in nodes:
        for chain in _chains_from(name, hops, nodes):
            chains[chain.nodes[-1]].append(chain)
    return World(
        nodes=nodes,
        links=links,
        legs=_find_legs(links, nodes),
        members={name: _find_parts(name, links) for name in nodes},
        chains={name: tuple(found) for name, found in chains.items()},
    )


def _is_hop(link: Link, nodes: Mapping[str, Node]) -> bool:
    """Whether a chain may use the link: `partOf` between directives is structure, not a hop."""
    is_leg = link["relation"] == "partOf" and nodes[link["source"]]["kind"] == "directive"
    return link["relation"] in CARRYING and not is_leg


def _chains_from(item: str, hops: list[Link], nodes: Mapping[str, Node]) -> Iterator[Chain]:
    """All chains that start at the item, each prefix of a path being a chain of its own."""

    def extend(path: tuple[str, ...], used: tuple[Link, ...]) -> Iterator[Chain]:
        if used:
            yield _weigh(path, used, nodes)
        for link in hops:
            if link["source"] == path[-1] and link["target"] not in path:
                yield from extend((*path, link["target"]), (*used, link))

    return extend((item,), ())


def _weigh(path: tuple[str, ...], used: tuple[Link, ...], nodes: Mapping[str, Node]) -> Chain:
    befores: tuple[Link | None, ...] = (None, *used[:-1])
    worths = [_hop_worth(link, before, nodes) for before, link in zip(befores, used, strict=True)]
    return Chain(
        nodes=path,
        links=tuple(link["id"] for link in used),
        relations=tuple(link["relation"] for link in used),
        strength=max(worths),
        way_out=next((name for name in path if nodes[name]["kind"] != "outcome"), path[-1]),
    )


def _hop_worth(link: Link, before: Link | None, nodes: Mapping[str, Node]) -> int:
    """What a hop is worth in a chain, given the hop before it (none: the item is its source)."""
    source = nodes[link["source"]]
    if link.get("scope") == "general":
        is_own = before is None and source["kind"] in KEEPS_ITS_OWN_GENERAL_LINK
        if not is_own:
            return INTERPRETED
    if source.get("set") and before is not None and before["relation"] == "partOf":
        return INTERPRETED
    return BASES.index(link["basis"])


def _find_parts(whole: str, links: tuple[Link, ...]) -> frozenset[str]:
    return frozenset(
        link["source"]
        for link in links
        if link["relation"] == "partOf" and link["target"] == whole and link["source"] != whole
    )


def _find_legs(links: tuple[Link, ...], nodes: Mapping[str, Node]) -> dict[str, frozenset[str]]:
    """Legs of each directive, without the `partOf` links that lie inside a circle of legs."""
    directives = [name for name, node in nodes.items() if node["kind"] == "directive"]
    parts = {name: _find_parts(name, links) for name in directives}

    def lies_below(low: str, high: str, seen: frozenset[str] = frozenset()) -> bool:
        """Whether `low` is a part of `high` at any depth."""
        return any(
            part == low or lies_below(low, part, seen | {part}) for part in parts[high] - seen
        )

    return {
        whole: frozenset(leg for leg in parts[whole] if not lies_below(whole, leg))
        for whole in directives
    }
