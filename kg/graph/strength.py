"""How strong a chain of links is: the weakest hop, as design §2.4 values hops.

Every downgrade goes to `interpreted`, so cutting a cycle never weakens a walk and plain
reachability suffices, once per basis. Below `interpreted`, `general` hops stand only as
the first hop of a strategy, battle or directive, and `partOf` into a set only ends a chain;
at `interpreted` every hop that carries stands.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass

from kg.graph.build import links_of, nodes_of
from kg.graph.structure import is_leg_link
from kg.model import BASES, Basis, KgGraph, Kind, Link, Relation, Scope

# A general hop keeps its basis for these, where they are its source (§2.4).
GENERAL_SOURCES = frozenset({Kind.STRATEGY, Kind.BATTLE, Kind.DIRECTIVE})


@dataclass(frozen=True, slots=True)
class Hop:
    """One carrying link as a step of a chain; `weakness` 0 (stated) to 3 (interpreted)."""

    link: str
    source: str
    target: str
    relation: Relation
    weakness: int
    general: bool
    general_stands: bool
    into_set: bool


@dataclass(frozen=True, slots=True)
class Hops:
    """All hops of a graph, by where they end (`down`) and where they begin (`up`)."""

    down: Mapping[str, tuple[Hop, ...]]
    up: Mapping[str, tuple[Hop, ...]]


@dataclass(frozen=True, slots=True)
class Chain:
    """A chain from an item up to its target: ids of the nodes, ids of the links between."""

    ids: tuple[str, ...]
    links: tuple[str, ...]
    strength: Basis


def find_hops(
    graph: KgGraph,
    *,
    without: Collection[str] = (),
    relations: Collection[Relation] | None = None,
) -> Hops:
    """Every link that coverage may run along, as hops.

    Parameters
    ----------
    graph
        The graph of a data set.
    without
        Ids of links to leave out.
    relations
        The relations to keep; all carrying ones by default.
    """
    nodes = nodes_of(graph)
    down: dict[str, list[Hop]] = {}
    up: dict[str, list[Hop]] = {}
    for link in links_of(graph):
        if not link.carries or link.basis is None or link.id in without:
            continue
        if (relations and link.relation not in relations) or is_leg_link(link, nodes):
            continue
        hop = Hop(
            link.id,
            link.source,
            link.target,
            link.relation,
            link.basis.weakness,
            link.scope is Scope.GENERAL,
            nodes[link.source].kind in GENERAL_SOURCES,
            link.relation is Relation.PART_OF and nodes[link.target].is_set,
        )
        down.setdefault(hop.target, []).append(hop)
        up.setdefault(hop.source, []).append(hop)
    return Hops(
        down={item: tuple(hops) for item, hops in down.items()},
        up={item: tuple(hops) for item, hops in up.items()},
    )


def drop_links(hops: Hops, links: Collection[Link]) -> Hops:
    """The hops without those of some links; the rest is shared, not copied."""
    gone = {link.id for link in links}
    down, up = dict(hops.down), dict(hops.up)
    for link in links:
        for side, end in ((down, link.target), (up, link.source)):
            if end in side:
                side[end] = tuple(hop for hop in side[end] if hop.link not in gone)
    return Hops(down, up)


_ANYTHING = Basis.INTERPRETED.weakness


def _stands(hop: Hop, weakest: int, *, first: bool, last: bool) -> bool:
    """Whether a hop is worth at least a basis of this weakness at this place of a chain."""
    if weakest == _ANYTHING:
        return True
    if hop.weakness > weakest or (hop.into_set and not last):
        return False
    return not hop.general or (first and hop.general_stands)


def stands_midway(hop: Hop, basis: Basis) -> bool:
    """Whether a hop is worth a basis where it neither begins nor ends a chain.

    For what begins at a measure and ends at a directive that is anywhere: a measure's own
    general hop is worth `interpreted` only, and no set of measures is a directive (§2.4).
    """
    return _stands(hop, basis.weakness, first=False, last=False)


def why_weak(hop: Hop, basis: Basis, *, first: bool, last: bool) -> str:
    """Why a hop is worth less than a basis at this place of a chain; "" where it is not.

    "weak": its own basis is weaker. "set": a set's onward hop is worth `interpreted` for its
    members. "general": the link ties its target only to its own source, as a whole.
    """
    if _stands(hop, basis.weakness, first=first, last=last):
        return ""
    if hop.weakness > basis.weakness:
        return "weak"
    return "set" if hop.into_set and not last else "general"


def sources_reaching(hops: Hops, targets: Collection[str], basis: Basis) -> set[str]:
    """Every item whose strength for any of the targets is at least the basis.

    A target is in the answer only where it reaches a target by a circle, or another one.
    """
    ends, weakest = frozenset(targets), basis.weakness
    items: set[str] = set()
    passable: set[str] = set()
    queue = deque(ends)
    while queue:
        target = queue.popleft()
        for hop in hops.down.get(target, ()):
            last = target in ends
            if hop.source not in passable and _stands(hop, weakest, first=False, last=last):
                passable.add(hop.source)
                if hop.source not in ends:
                    queue.append(hop.source)
            elif hop.source not in items and _stands(hop, weakest, first=True, last=last):
                items.add(hop.source)
    return items | passable


def targets_reached(hops: Hops, sources: Collection[str], basis: Basis) -> set[str]:
    """Every node for which the strength of any of the sources is at least the basis."""
    weakest = basis.weakness
    reached: set[str] = set()
    seen: set[tuple[str, bool]] = set()
    queue = deque((source, True) for source in sources)
    while queue:
        item, first = queue.popleft()
        for hop in hops.up.get(item, ()):
            if not _stands(hop, weakest, first=first, last=True):
                continue
            reached.add(hop.target)
            onward = (hop.target, False)
            if onward not in seen and _stands(hop, weakest, first=first, last=False):
                seen.add(onward)
                queue.append(onward)
    return reached


def best_chain(
    hops: Hops, items: Collection[str], target: str, basis: Basis = Basis.INTERPRETED
) -> Chain | None:
    """The chain from one of the items: strongest, then fewest hops, then smallest ids.

    Parameters
    ----------
    hops
        Where a chain may run.
    items
        Where it may begin.
    target
        Where it ends.
    basis
        The weakest strength that is still wanted.

    Returns
    -------
    Chain or None
        `None` where no chain is as strong as the basis.
    """
    wanted = frozenset(items) - {target}
    for strength in BASES[: basis.weakness + 1]:
        chain = _shortest(hops, wanted, target, strength)
        if chain:
            return chain
    return None


def find_chains(hops: Hops, target: str) -> dict[str, Chain]:
    """The best chain of every item that has one up to a target, by item.

    Each is what `best_chain` finds for the item alone; the graph is walked once a basis.
    """
    chains: dict[str, Chain] = {}
    for strength in BASES:
        spread = _spread(hops, target, strength.weakness)
        for item in sorted(spread.begin.keys() - chains.keys()):
            chains[item] = _climb(hops, item, target, spread, strength)
    return chains


@dataclass(frozen=True, slots=True)
class _Spread:
    """How many hops lie between a target and the nodes below it.

    `distance` as a step in mid-chain, `begin` as the item that a chain begins with.
    """

    distance: Mapping[str, int]
    begin: Mapping[str, int]


def _spread(hops: Hops, target: str, weakest: int, items: frozenset[str] = frozenset()) -> _Spread:
    """Walk down from a target; only as far as the nearest of the items, where any is met."""
    distance = {target: 0}
    begin: dict[str, int] = {}
    queue = deque([target])
    nearest: int | None = None
    while queue:
        item = queue.popleft()
        length = distance[item] + 1
        if nearest is not None and length > nearest:
            break
        for hop in hops.down.get(item, ()):
            last = item == target
            if hop.source == target:
                continue
            if _stands(hop, weakest, first=True, last=last):
                begin.setdefault(hop.source, length)
                if hop.source in items and nearest is None:
                    nearest = length
            if hop.source not in distance and _stands(hop, weakest, first=False, last=last):
                distance[hop.source] = length
                queue.append(hop.source)
    return _Spread(distance, begin)


def _shortest(hops: Hops, items: frozenset[str], target: str, basis: Basis) -> Chain | None:
    spread = _spread(hops, target, basis.weakness, items)
    met = [(spread.begin[item], item) for item in items if item in spread.begin]
    return _climb(hops, min(met)[1], target, spread, basis) if met else None


def _climb(hops: Hops, item: str, target: str, spread: _Spread, basis: Basis) -> Chain:
    """The chain of an item: at each step the smallest ids of those that are on a shortest way."""
    at, ids = item, [item]
    links: list[str] = []
    for left in range(spread.begin[item] - 1, -1, -1):
        hop = min(
            _steps(hops, at, target, basis.weakness, spread.distance, left=left, first=not links),
            key=lambda hop: (hop.target, hop.link),
        )
        ids.append(hop.target)
        links.append(hop.link)
        at = hop.target
    return Chain(tuple(ids), tuple(links), basis)


def _steps(
    hops: Hops,
    at: str,
    target: str,
    weakest: int,
    distance: Mapping[str, int],
    *,
    left: int,
    first: bool,
) -> Iterator[Hop]:
    for hop in hops.up.get(at, ()):
        if distance.get(hop.target) == left and _stands(
            hop, weakest, first=first, last=hop.target == target
        ):
            yield hop


def strongest_chain(graph: KgGraph, item: str, target: str) -> Chain | None:
    """The strongest chain between two nodes, or `None` where there is none.

    Examples
    --------
    >>> from kg.graph.build import build_graph
    >>> from kg.model import Dataset, Link, Node
    >>> nodes = (Node("d", Kind.DIRECTIVE), Node("m", Kind.MEASURE), Node("t", Kind.STRATEGY))
    >>> links = (
    ...     Link("l1", "m", Relation.IMPLEMENTS, "t", Basis.STATED),
    ...     Link("l2", "t", Relation.ADDRESSES, "d", Basis.ECHOED),
    ... )
    >>> chain = strongest_chain(build_graph(Dataset(nodes, links)), "m", "d")
    >>> chain.ids, chain.strength.value
    (('m', 't', 'd'), 'echoed')
    """
    return best_chain(find_hops(graph), [item], target)


def strength(graph: KgGraph, item: str, target: str) -> Basis | None:
    """The strength of an item for a target: that of its strongest chain, or `None`."""
    chain = strongest_chain(graph, item, target)
    return chain.strength if chain else None
