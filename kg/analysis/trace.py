"""The chains of one thing, up to directives and down to figures, and where they are broken."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from kg.analysis.breaks import Break, find_breaks_above, find_breaks_below
from kg.analysis.coverage import DirectiveCoverage, cover_directives
from kg.analysis.ground import Ground, lay_ground
from kg.analysis.removal import Standing, find_standing
from kg.analysis.rungs import is_slogan, rung_of
from kg.analysis.threads import Carriers, find_carriers
from kg.errors import UsageError
from kg.graph.build import dataset_of, node_of
from kg.graph.strength import Chain, best_chain, find_chains, targets_reached
from kg.model import BANDED_KINDS, BASES, Basis, KgGraph, Kind, Passage, Rung


@dataclass(frozen=True, slots=True)
class TracedChain:
    """One chain: its nodes and links from the item at its foot to its head, and what carries it.

    `remark` says why the item at its foot raises nothing, if so: "slogan", "planned",
    "intention" (an outcome of one of these) or "prior" (older than the directive).
    """

    chain: Chain
    rung: Rung
    carriers: Carriers
    remark: str = ""


@dataclass(frozen=True, slots=True)
class Trace:
    """Everything that ties one thing to directives above it and to figures below it.

    `up` has the best chain to each directive; `down` the best chain of each thing that no
    other such chain runs through, so that together they pass through everything below,
    highest rung first. `row` is the coverage of a directive.
    """

    item: str
    up: tuple[TracedChain, ...]
    down: tuple[TracedChain, ...]
    broken_above: tuple[Break, ...]
    broken_below: tuple[Break, ...]
    row: DirectiveCoverage | None


def find_trace(graph: KgGraph, item: str, *, texts: Mapping[str, str] | None = None) -> Trace:
    """Trace one directive, strategy, battle, measure or outcome.

    Parameters
    ----------
    graph
        The graph of a data set.
    item
        Its id.
    texts
        The texts of the sources, as far as they are at hand: an echo is judged on them.

    Raises
    ------
    UnknownNodeError
        Where the graph has no such id.
    UsageError
        Where it is context, through which no chain runs.

    Examples
    --------
    >>> from kg.graph.build import build_graph
    >>> from kg.model import Dataset, Link, Node, Relation
    >>> nodes = (Node("d", Kind.DIRECTIVE), Node("m", Kind.MEASURE))
    >>> links = (Link("l1", "m", Relation.ADDRESSES, "d", Basis.ECHOED),)
    >>> trace = find_trace(build_graph(Dataset(nodes, links)), "d")
    >>> [(found.basis.value, found.missing.value, found.why) for found in trace.broken_below]
    ... # doctest: +NORMALIZE_WHITESPACE
    [('stated', 'answer', 'weak'), ('echoed', 'outcome', 'absent'),
     ('positional', 'outcome', 'absent'), ('interpreted', 'outcome', 'absent')]
    """
    node = node_of(graph, item)
    if node.kind not in BANDED_KINDS:
        raise UsageError("trace-context", where="kg trace", id=item)
    ground = lay_ground(graph)
    rows = cover_directives(ground)
    row = rows.get(item)
    dataset = dataset_of(graph)
    weaver = _Weaver(ground, find_standing(dataset, texts), dataset.passages)
    return Trace(
        item=item,
        up=tuple(_up(weaver, item)),
        down=tuple(_down(weaver, item, frozenset(row.prior) if row else frozenset())),
        broken_above=find_breaks_above(ground, item),
        broken_below=find_breaks_below(ground, item, rows),
        row=row,
    )


@dataclass(frozen=True, slots=True)
class _Weaver:
    ground: Ground
    standing: Standing
    passages: tuple[Passage, ...]

    def traced(self, chain: Chain, remark: str) -> TracedChain:
        links = [self.standing.links[link] for link in chain.links]
        rung = rung_of(self.ground.by_id[chain.ids[0]], self.ground.members)
        return TracedChain(chain, rung, find_carriers(self.standing, links, self.passages), remark)


def _up(weaver: _Weaver, item: str) -> list[TracedChain]:
    """The best chain to every directive, strongest and shortest first."""
    ground = weaver.ground
    reached = targets_reached(ground.hops, [item], Basis.INTERPRETED) - {item}
    chains = []
    for other in sorted(reached):
        if ground.by_id[other].kind is Kind.DIRECTIVE:
            chain = best_chain(ground.raising, [item], other)
            remark = _own_remark(ground, item)
            if chain is None:
                chain, remark = best_chain(ground.hops, [item], other), "intention"
            if chain is not None:
                chains.append((chain, remark))
    chains.sort(key=lambda one: (one[0].strength.weakness, len(one[0].links), one[0].ids[-1]))
    return [weaver.traced(chain, remark) for chain, remark in chains]


def _down(weaver: _Weaver, item: str, prior: frozenset[str]) -> list[TracedChain]:
    ground = weaver.ground
    raising = find_chains(ground.raising, item)
    chains = {**find_chains(ground.hops, item), **raising}
    passed = {other for chain in chains.values() for other in chain.ids[1:-1]}
    found = []
    for other in sorted(chains.keys() - passed):
        remark = _own_remark(ground, other)
        if other not in raising:
            remark = "intention"
        elif other in prior:
            remark = "prior"
        found.append(weaver.traced(chains[other], remark))
    found.sort(
        key=lambda one: (
            bool(one.remark),
            -one.rung.height,
            BASES.index(one.chain.strength),
            len(one.chain.links),
            one.chain.ids,
        )
    )
    return found


def _own_remark(ground: Ground, item: str) -> str:
    node = ground.by_id[item]
    if is_slogan(node, ground.members):
        return "slogan"
    return "planned" if rung_of(node, ground.members) is Rung.PLANNED else ""
