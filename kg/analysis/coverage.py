"""Which directives are answered, how far, and how strongly the text says so (design §2.6)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from kg.analysis.dates import ends_before, stated_date
from kg.analysis.ground import Ground, lay_ground
from kg.analysis.rungs import rung_of
from kg.graph.build import dataset_of
from kg.graph.strength import Chain, best_chain, sources_reaching
from kg.model import BASES, Basis, KgGraph, Kind, Rung


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

    >>> from kg.graph.build import build_graph
    >>> from kg.model import Dataset, Node
    >>> coverage = find_coverage(build_graph(Dataset((Node("d", Kind.DIRECTIVE),))))
    >>> coverage.summary[Basis.STATED]
    Totals(total=1, with_measure=0, with_outcome=0, with_figure=0)
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
class _Own:
    """What a directive has itself, not through its legs, at one basis.

    `items` reach it (§2.4); `rungs` are those among them that raise it (§2.5).
    """

    items: frozenset[str]
    rungs: Mapping[str, Rung]

    def at(self, rung: Rung) -> set[str]:
        return {item for item, found in self.rungs.items() if found is rung}

    @property
    def level(self) -> Rung:
        return max(set(self.rungs.values()), key=lambda rung: rung.height, default=Rung.NONE)


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
    >>> from kg.model import Dataset, Link, Node, Relation
    >>> nodes = (Node("d", Kind.DIRECTIVE), Node("m", Kind.MEASURE))
    >>> links = (Link("l1", "m", Relation.ADDRESSES, "d", Basis.ECHOED),)
    >>> row = find_coverage(build_graph(Dataset(nodes, links))).row("d")
    >>> [row.at[basis].level.value for basis in BASES]
    ['none', 'measure', 'measure', 'measure']
    """
    return cover_ground(
        lay_ground(graph), include_prior=include_prior, issuer=issuer, all_issuers=all_issuers
    )


def cover_ground(
    ground: Ground,
    *,
    include_prior: bool = False,
    issuer: str | None = None,
    all_issuers: bool = False,
) -> Coverage:
    """The same as `find_coverage`, on a ground that is already laid."""
    rows = cover_directives(ground, include_prior=include_prior)
    choice = None if all_issuers else issuer or dataset_of(ground.graph).focus_issuer
    chosen = [row for row in rows.values() if _is_issued_by(ground, row, choice)]
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


def cover_directives(
    ground: Ground, wanted: Iterable[str] | None = None, *, include_prior: bool = False
) -> dict[str, DirectiveCoverage]:
    """The rows of some directives and of all legs under them, by id; of all by default."""
    if wanted is None:
        wanted = ground.issuers
    rows: dict[str, DirectiveCoverage] = {}
    for directive in _legs_first(ground, wanted):
        parts = tuple(rows[leg] for leg in ground.legs.of.get(directive, ()))
        at, prior, undated = _cover(ground, directive, parts, include_prior=include_prior)
        rows[directive] = DirectiveCoverage(
            id=directive,
            issuer=ground.issuers[directive],
            parent=min(ground.legs.wholes.get(directive, ()), default=None),
            legs=tuple(part.id for part in parts),
            at=at,
            prior=prior,
            undated=undated,
        )
    return rows


def _is_issued_by(ground: Ground, row: DirectiveCoverage, choice: str | None) -> bool:
    if choice is None:
        return True
    issuer = ground.by_id.get(row.issuer or "")
    names = {issuer.zh, issuer.en} - {""} if issuer else set()
    return choice in names | {row.issuer}


def _legs_first(ground: Ground, wanted: Iterable[str]) -> list[str]:
    """Some directives and all legs under them, each after its own legs."""
    order: dict[str, None] = {}
    stack = [(directive, False) for directive in wanted]
    while stack:
        directive, is_ready = stack.pop()
        if is_ready:
            order.setdefault(directive)
        elif directive not in order:
            stack.append((directive, True))
            stack += [(leg, False) for leg in ground.legs.of.get(directive, ())]
    return list(order)


def _cover(
    ground: Ground,
    directive: str,
    parts: tuple[DirectiveCoverage, ...],
    *,
    include_prior: bool,
) -> tuple[dict[Basis, AtBasis], tuple[str, ...], tuple[str, ...]]:
    """What a directive has at each basis, its prior and its undated outcomes."""
    reach = {
        basis: sources_reaching(ground.raising, [directive], basis) - {directive} for basis in BASES
    }
    widest = reach[Basis.INTERPRETED]
    prior, undated = _date_outcomes(ground, directive, widest)
    excluded = frozenset() if include_prior else frozenset(prior)
    rungs = {item: rung_of(ground.by_id[item], ground.members) for item in widest - excluded}
    at = {}
    for basis in BASES:
        items = reach[basis]
        if ground.bad_exits:
            items = sources_reaching(ground.hops, [directive], basis) - {directive}
        raising = {item: rungs[item] for item in reach[basis] - excluded}
        own = _Own(frozenset(items), raising)
        at[basis] = _at_basis(ground, directive, basis, own, parts)
    return at, prior, undated


def _at_basis(
    ground: Ground,
    directive: str,
    basis: Basis,
    own: _Own,
    parts: tuple[DirectiveCoverage, ...],
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
        direct_measures=tuple(sorted(counting & _linked_straight(ground, directive, basis))),
        measures=_union(counting, (leg.measures for leg in legs)),
        planned=_union(planned, (leg.planned for leg in legs)),
        outcomes=_union(outcomes, (leg.outcomes for leg in legs)),
        figures=_union(figures, (leg.figures for leg in legs)),
        open_legs=tuple(part.id for part in parts if not part.at[basis].with_measure),
        chain=_chain(ground, directive, basis, own, legs),
        items=tuple(sorted(own.items)),
    )


def _chain(
    ground: Ground, directive: str, basis: Basis, own: _Own, legs: list[AtBasis]
) -> Chain | None:
    """The chain of the item that sets the level: its own first, else the best leg's."""
    least = _least(legs)
    if own.level.height >= least.height:
        return best_chain(ground.raising, own.at(own.level), directive, basis)
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


def _linked_straight(ground: Ground, directive: str, basis: Basis) -> set[str]:
    """What has a specific link of at least the basis straight to the directive.

    A measure's general link is worth `interpreted` only, so there every link will do.
    """
    return {
        hop.source
        for hop in ground.raising.down.get(directive, ())
        if basis is Basis.INTERPRETED or (hop.weakness <= basis.weakness and not hop.general)
    }


def _date_outcomes(
    ground: Ground, directive: str, items: set[str]
) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The outcomes among the items that are older than the directive, and the undated ones."""
    asked = stated_date(ground.by_id[directive].date)
    prior, undated = [], []
    for item in sorted(item for item in items if ground.by_id[item].kind is Kind.OUTCOME):
        figure = ground.by_id[item].figure
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
