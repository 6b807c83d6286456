"""How many links must fall before a directive is no longer with measure: minimum cuts."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass

from kg.analysis.ground import Ground
from kg.analysis.rungs import is_counting
from kg.graph.strength import Hop, sources_reaching, stands_midway
from kg.model import Basis, Kind, Relation

# Names no id can have: ids are not empty.
_TOP, _FOOT = "", " "


@dataclass(frozen=True, slots=True)
class Cut:
    """The fewest links that must fall, sorted; where there is a choice, those nearest the top."""

    links: tuple[str, ...]

    @property
    def size(self) -> int:
        """How many they are."""
        return len(self.links)


def find_cut(ground: Ground, directive: str, basis: Basis) -> Cut | None:
    """The fewest hops whose fall leaves a directive without measure at a basis.

    Legs are structure and do not fall. A directive with legs is without measure when it has
    no counting measure of its own and some leg is without one: the cut is the smallest over
    its legs (and theirs) of those that sever it and that leg together.

    Parameters
    ----------
    ground
        The graph.
    directive
        Its id.
    basis
        The basis at which it is judged.

    Returns
    -------
    Cut or None
        `None` where it is not with measure as it is.

    Notes
    -----
    Maximum flow from the counting measures to the directive over the hops that stand at the
    basis (Ford and Fulkerson 1956; networkx). No chain that begins at a measure can use a
    general hop below `interpreted`, and none goes through a set that it entered as a member:
    of a set split into the one its members enter and the one they do not, only the second
    leads on. At `interpreted` a set of measures loses its nature with the last of its
    members and becomes a measure that counts; where a cut would do that to one through
    which the directive is still reached, the search branches: either the set is cut off like
    a measure, or one of its members stays and is cut off itself.

    Examples
    --------
    >>> from kg.analysis.ground import lay_ground
    >>> from kg.graph.build import build_graph
    >>> from kg.model import Dataset, Link, Node
    >>> nodes = (Node("d", Kind.DIRECTIVE), Node("m", Kind.MEASURE), Node("n", Kind.MEASURE))
    >>> links = tuple(
    ...     Link(f"l{item}", item, Relation.ADDRESSES, "d", Basis.STATED) for item in "mn"
    ... )
    >>> find_cut(lay_ground(build_graph(Dataset(nodes, links))), "d", Basis.STATED)
    Cut(links=('lm', 'ln'))
    """
    cuts = [_sever(ground, frozenset(path), basis) for path in _paths(ground, directive)]
    best = min(cuts, key=lambda cut: (cut.size, cut.links))
    return best if best.size else None


def _paths(ground: Ground, directive: str) -> Iterator[tuple[str, ...]]:
    """The ways from a directive down its legs to one that has none."""
    stack: list[tuple[str, ...]] = [(directive,)]
    while stack:
        path = stack.pop()
        legs = ground.legs.of.get(path[-1], ())
        if not legs:
            yield path
        stack += [(*path, leg) for leg in reversed(legs)]


@dataclass(frozen=True, slots=True)
class _Network:
    """The hops that can carry a measure to some directives, and the sets that may turn."""

    ends: frozenset[str]
    hops: tuple[Hop, ...]
    measures: frozenset[str]
    latent: dict[str, tuple[Hop, ...]]


def _sever(ground: Ground, ends: frozenset[str], basis: Basis) -> Cut:
    """The fewest hops whose fall leaves none of some directives with a measure of its own."""
    below = sources_reaching(ground.hops, ends, basis) | ends
    hops = tuple(
        hop
        for target in sorted(below)
        for hop in sorted(ground.hops.down.get(target, ()), key=lambda hop: hop.link)
        if hop.source in below and hop.source != target and stands_midway(hop, basis)
    )
    measures = frozenset(item for item in below if is_counting(ground.by_id[item], ground.members))
    if not measures:
        return Cut(())
    network = _Network(ends, hops, measures, _latent_sets(ground, below, hops, basis))
    found = _search(network, frozenset(), frozenset())
    return Cut(tuple(sorted(found or ())))


def _latent_sets(
    ground: Ground, below: Collection[str], hops: Collection[Hop], basis: Basis
) -> dict[str, tuple[Hop, ...]]:
    """Sets of measures that would count without members, with the hops of their members.

    Only those whose every membership is a hop of the network can be emptied by a cut.
    """
    latent: dict[str, tuple[Hop, ...]] = {}
    if basis is not Basis.INTERPRETED:
        return latent
    into: dict[str, list[Hop]] = {}
    for hop in hops:
        if hop.into_set:
            into.setdefault(hop.target, []).append(hop)
    for item in sorted(ground.members.keys() & set(below)):
        node = ground.by_id[item]
        memberships = [
            attributes["link"]
            for source, between in ground.graph.pred[item].items()
            for attributes in between.values()
            if source != item
        ]
        live = [k for k in memberships if k.is_live and k.relation is Relation.PART_OF]
        if (
            node.kind is Kind.MEASURE
            and is_counting(node, {})
            and len(live) == len(into.get(item, ()))
        ):
            latent[item] = tuple(into[item])
    return latent


def _search(
    network: _Network, as_measures: frozenset[str], cut_off: frozenset[str]
) -> frozenset[str] | None:
    """The smallest cut under which no set turns into a measure that still reaches.

    `as_measures` are sets to be cut off like measures, `cut_off` members that no measure
    may reach. `None` where that cannot be.
    """
    found = _flow(network, as_measures, cut_off)
    if found is None:
        return None
    for item, hops in network.latent.items():
        emptied = all(hop.link in found for hop in hops)
        if not emptied or item in as_measures or not _reaches(network, item, found):
            continue
        members = sorted({hop.source for hop in hops} - network.measures)
        branches = [_search(network, as_measures | {item}, cut_off)]
        branches += [_search(network, as_measures, cut_off | {member}) for member in members]
        return min(
            (branch for branch in branches if branch is not None),
            key=lambda links: (len(links), sorted(links)),
            default=None,
        )
    return found


def _flow(
    network: _Network, as_measures: frozenset[str], cut_off: frozenset[str]
) -> frozenset[str] | None:
    import networkx as nx
    from networkx.algorithms.flow import edmonds_karp

    graph: nx.DiGraph[str] = nx.DiGraph()
    graph.add_nodes_from((_TOP, _FOOT))
    # An edge without capacity takes any flow: it cannot be cut.
    graph.add_edges_from((_FOOT, item) for item in sorted(network.measures | as_measures))
    graph.add_edges_from((item, _TOP) for item in sorted(network.ends | cut_off))
    for hop in network.hops:
        if graph.has_edge(hop.source, hop.target):
            graph[hop.source][hop.target]["capacity"] += 1
        else:
            graph.add_edge(hop.source, hop.target, capacity=1)
    try:
        _, (below, above) = nx.minimum_cut(graph, _FOOT, _TOP, flow_func=edmonds_karp)
    except nx.NetworkXUnbounded:
        return None
    return frozenset(
        hop.link for hop in network.hops if hop.source in below and hop.target in above
    )


def _reaches(network: _Network, item: str, gone: Collection[str]) -> bool:
    """Whether an item still reaches one of the directives when some links are gone."""
    up: dict[str, list[str]] = {}
    for hop in network.hops:
        if hop.link not in gone:
            up.setdefault(hop.source, []).append(hop.target)
    seen, left = {item}, [item]
    while left:
        for target in up.get(left.pop(), ()):
            if target not in seen:
                seen.add(target)
                left.append(target)
    return bool(seen & network.ends)
