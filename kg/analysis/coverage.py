"""Which directives are answered, how far, and how strongly the text says so (design §2.6)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from kg.analysis.dates import ends_before, stated_date
from kg.analysis.rungs import Members, find_bad_exits, is_counting, rung_of
from kg.graph.build import dataset_of, node_of, nodes_of
from kg.graph.strength import Chain, Hops, best_chain, find_hops, sources_reaching
from kg.graph.structure import Legs, find_legs, find_members, live_links
from kg.model import BASES, Basis, KgGraph, Kind, Relation, Rung


@dataclass(frozen=True, slots=True)
class AtBasis:
    """One directive at one basis. Tuples are sorted ids.

    `items` are all whose strength for it is at least the basis (§2.4), also those that raise
    nothing, none through legs; counts of a composite directive are the union of its own and
    its legs'; `direct_measures` are only those with a link straight to it.
    """

    level: Rung
    with_measure: bool
    only_planned: bool
    with_outcome: bool
    with_figure: bool
    direct_measures: tuple[str, ...]
    measures: tuple[str, ...]
    planned: tuple[str, ...]
    outcomes: tuple[str, ...]
    figures: tuple[str, ...]
    open_legs: tuple[str, ...]
    chain: Chain | None
    items: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class DirectiveCoverage:
    """One directive at all four bases.

    `prior` are outcomes older than it, `undated` those of which nobody can tell; `parent`
    is the smallest of the directives it is a leg of.
    """

    id: str
    issuer: str | None
    parent: str | None
    legs: tuple[str, ...]
    at: Mapping[Basis, AtBasis]
    prior: tuple[str, ...]
    undated: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Totals:
    """How many directives of a choice are answered. All are counts of directives."""

    total: int
    with_measure: int
    with_outcome: int
    with_figure: int


@dataclass(frozen=True, slots=True)
class Coverage:
    """The coverage of every directive, and the totals of those that were chosen.

    `issuer` is the choice (`None` = every issuer); `chosen` are its directives that are
    nobody's leg, `chosen_legs` its legs.
    """

    directives: tuple[DirectiveCoverage, ...]
    chosen: tuple[str, ...]
    chosen_legs: tuple[str, ...]
    issuer: str | None
    include_prior: bool
    summary: Mapping[Basis, Totals]
    legs: Mapping[Basis, Totals]

    def row(self, directive: str) -> DirectiveCoverage:
        """The row of one directive.

        Raises
        ------
        UnknownNodeError
            Where it is no directive of the data set.
        """
        from kg.errors import UnknownNodeError

        for row in self.directives:
            if row.id == directive:
                return row
        raise UnknownNodeError("unknown-node", id=directive)


@dataclass(frozen=True, slots=True)
class _Hops:
    """Every hop (§2.4), and those by which something is raised (without bad exits, §2.5)."""

    every: Hops
    raising: Hops


@dataclass(frozen=True, slots=True)
class _Own:
    """What raises a directive itself, not through its legs, at one basis."""

    rungs: Mapping[str, Rung]
    direct: frozenset[str]

    def at(self, *rungs: Rung) -> set[str]:
        return {item for item, rung in self.rungs.items() if rung in rungs}

    @property
    def level(self) -> Rung:
        return max(self.rungs.values(), key=lambda rung: rung.height, default=Rung.NONE)


def find_coverage(
    graph: KgGraph,
    *,
    include_prior: bool = False,
    issuer: str | None = None,
    all_issuers: bool = False,
) -> Coverage:
    """Coverage of every directive at every basis, cumulative, as design §2.6 defines it.

    Parameters
    ----------
    graph
        The graph of a data set.
    include_prior
        Whether outcomes older than a directive raise it too.
    issuer
        Id or name of the issuer whose directives the totals count; the data set's
        `focus_issuer` by default.
    all_issuers
        Whether the totals count every issuer's.

    Examples
    --------
    >>> from kg.graph.build import build_graph
    >>> from kg.model import Dataset, Link, Node
    >>> nodes = (Node("d", Kind.DIRECTIVE), Node("m", Kind.MEASURE))
    >>> links = (Link("l1", "m", Relation.ADDRESSES, "d", Basis.ECHOED),)
    >>> row = find_coverage(build_graph(Dataset(nodes, links))).row("d")
    >>> [row.at[basis].level.value for basis in BASES]
    ['none', 'measure', 'measure', 'measure']
    """
    members = find_members(graph)
    legs = find_legs(graph)
    hops = _Hops(find_hops(graph), find_hops(graph, without=find_bad_exits(graph, members)))
    rows: dict[str, DirectiveCoverage] = {}
    for directive in _legs_first(graph, legs):
        parts = tuple(rows[leg] for leg in legs.of.get(directive, ()))
        at, prior, undated = _cover(
            graph, directive, members, hops, parts, include_prior=include_prior
        )
        rows[directive] = DirectiveCoverage(
            id=directive,
            issuer=issuer_of(graph, directive),
            parent=min(legs.wholes.get(directive, ()), default=None),
            legs=tuple(part.id for part in parts),
            at=at,
            prior=prior,
            undated=undated,
        )
    choice = None if all_issuers else issuer or dataset_of(graph).focus_issuer
    chosen = [row for row in rows.values() if _is_issued_by(graph, row, choice)]
    tops = tuple(sorted(row.id for row in chosen if row.parent is None))
    tails = tuple(sorted(row.id for row in chosen if row.parent is not None))
    return Coverage(
        directives=tuple(rows[item] for item in sorted(rows)),
        chosen=tops,
        chosen_legs=tails,
        issuer=choice,
        include_prior=include_prior,
        summary={basis: _totals(rows, tops, basis) for basis in BASES},
        legs={basis: _totals(rows, tails, basis) for basis in BASES},
    )


def issuer_of(graph: KgGraph, directive: str) -> str | None:
    """Who issued a directive: its own field, else its `issuedBy` link, else `None`."""
    node = node_of(graph, directive)
    if node.issuer:
        return node.issuer
    linked = [
        link.target for link in live_links(graph, Relation.ISSUED_BY) if link.source == directive
    ]
    return min(linked, default=None)


def _is_issued_by(graph: KgGraph, row: DirectiveCoverage, choice: str | None) -> bool:
    if choice is None:
        return True
    names = {row.issuer}
    if row.issuer is not None and row.issuer in graph:
        issuer = node_of(graph, row.issuer)
        names |= {issuer.zh, issuer.en} - {""}
    return choice in names


def _legs_first(graph: KgGraph, legs: Legs) -> list[str]:
    import networkx as nx

    order: nx.DiGraph[str] = nx.DiGraph()
    order.add_nodes_from(node.id for node in nodes_of(graph) if node.kind is Kind.DIRECTIVE)
    order.add_edges_from((leg, whole) for whole, found in legs.of.items() for leg in found)
    return list(nx.topological_sort(order))


def _cover(
    graph: KgGraph,
    directive: str,
    members: Members,
    hops: _Hops,
    parts: tuple[DirectiveCoverage, ...],
    *,
    include_prior: bool,
) -> tuple[dict[Basis, AtBasis], tuple[str, ...], tuple[str, ...]]:
    """What a directive has at each basis, its prior and its undated outcomes."""
    widest = sources_reaching(hops.raising, [directive], Basis.INTERPRETED) - {directive}
    prior, undated = _date_outcomes(graph, directive, widest)
    excluded = frozenset() if include_prior else frozenset(prior)
    at = {}
    for basis in BASES:
        raising = sources_reaching(hops.raising, [directive], basis) - {directive} - excluded
        own = _Own(
            rungs={item: rung_of(node_of(graph, item), members) for item in raising},
            direct=frozenset(_direct_measures(graph, directive, members, hops.raising, basis)),
        )
        at[basis] = _at_basis(directive, basis, own, parts, hops)
    return at, prior, undated


def _at_basis(
    directive: str,
    basis: Basis,
    own: _Own,
    parts: tuple[DirectiveCoverage, ...],
    hops: _Hops,
) -> AtBasis:
    legs = [part.at[basis] for part in parts]
    counting, planned = own.at(Rung.MEASURE), own.at(Rung.PLANNED)
    figures = own.at(Rung.FIGURE)
    outcomes = own.at(Rung.OUTCOME) | figures
    with_measure = bool(counting) or _every(leg.with_measure for leg in legs)
    return AtBasis(
        level=max(own.level, _least(legs), key=lambda rung: rung.height),
        with_measure=with_measure,
        only_planned=not with_measure
        and (bool(planned) or _every(leg.with_measure or leg.only_planned for leg in legs)),
        with_outcome=bool(outcomes) or _every(leg.with_outcome for leg in legs),
        with_figure=bool(figures) or _every(leg.with_figure for leg in legs),
        direct_measures=tuple(sorted(own.direct)),
        measures=_union(counting, (leg.measures for leg in legs)),
        planned=_union(planned, (leg.planned for leg in legs)),
        outcomes=_union(outcomes, (leg.outcomes for leg in legs)),
        figures=_union(figures, (leg.figures for leg in legs)),
        open_legs=tuple(part.id for part in parts if not part.at[basis].with_measure),
        chain=_chain(directive, basis, own, legs, hops.raising),
        items=tuple(sorted(sources_reaching(hops.every, [directive], basis) - {directive})),
    )


def _chain(
    directive: str, basis: Basis, own: _Own, legs: list[AtBasis], hops: Hops
) -> Chain | None:
    """The chain of the item that sets the level: its own first, else the best leg's."""
    least = _least(legs)
    if own.level.height >= least.height:
        return best_chain(hops, own.at(own.level), directive, basis)
    chains = [leg.chain for leg in legs if leg.level is least and leg.chain]
    return min(
        chains,
        key=lambda chain: (chain.strength.weakness, len(chain.links), chain.ids, chain.links),
        default=None,
    )


def _least(legs: Iterable[AtBasis]) -> Rung:
    """The level of the least covered leg."""
    return min((leg.level for leg in legs), key=lambda rung: rung.height, default=Rung.NONE)


def _every(flags: Iterable[bool]) -> bool:
    """Whether there are any and all hold: a directive without legs has not all its legs."""
    found = list(flags)
    return bool(found) and all(found)


def _union(own: set[str], others: Iterable[Iterable[str]]) -> tuple[str, ...]:
    return tuple(sorted(own.union(*others)))


def _direct_measures(
    graph: KgGraph, directive: str, members: Members, hops: Hops, basis: Basis
) -> set[str]:
    """Counting measures with a link straight to the directive, worth at least the basis."""
    return {
        hop.source
        for hop in hops.down.get(directive, ())
        if is_counting(node_of(graph, hop.source), members)
        and (basis is Basis.INTERPRETED or (hop.weakness <= basis.weakness and not hop.general))
    }


def _date_outcomes(
    graph: KgGraph, directive: str, items: set[str]
) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The outcomes among the items that are older than the directive, and the undated ones."""
    asked = stated_date(node_of(graph, directive).date)
    prior, undated = [], []
    for item in sorted(items):
        figure = node_of(graph, item).figure
        if node_of(graph, item).kind is not Kind.OUTCOME:
            continue
        reported = stated_date(figure.period if figure else None)
        if asked is None or reported is None:
            undated.append(item)
        elif ends_before(reported, asked):
            prior.append(item)
    return tuple(prior), tuple(undated)


def _totals(rows: Mapping[str, DirectiveCoverage], chosen: tuple[str, ...], basis: Basis) -> Totals:
    at = [rows[item].at[basis] for item in chosen]
    return Totals(
        total=len(at),
        with_measure=sum(row.with_measure for row in at),
        with_outcome=sum(row.with_outcome for row in at),
        with_figure=sum(row.with_figure for row in at),
    )
