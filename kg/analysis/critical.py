"""What carries the coverage: the links, passages and measures whose fall would lower it."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass

from kg.analysis.coverage import Coverage, DirectiveCoverage, cover_directives, cover_ground
from kg.analysis.cuts import Cut, find_cut
from kg.analysis.ground import Ground, lay_ground
from kg.analysis.keepers import Keepers, find_keepers
from kg.analysis.removal import (
    Removal,
    Standing,
    changes_shape,
    fall_of_items,
    fall_of_mentions,
    find_standing,
    without_links,
)
from kg.analysis.rungs import is_counting
from kg.graph.build import dataset_of
from kg.graph.strength import best_chain
from kg.model import BASES, Basis, Dataset, KgGraph, Link, Mention, Passage, Relation


@dataclass(frozen=True, slots=True)
class CriticalAt:
    """One directive at one basis: what alone would lower its level by falling, and its cut."""

    links: tuple[str, ...]
    passages: tuple[Passage, ...]
    cut: Cut | None


@dataclass(frozen=True, slots=True)
class CriticalDirective:
    """One directive at all four bases; with a passage of `own` the directive itself falls."""

    id: str
    at: Mapping[Basis, CriticalAt]
    own: tuple[Passage, ...]


@dataclass(frozen=True, slots=True)
class Load:
    """What depends on one counting measure.

    `lowers` are the directives, each with a basis, whose level would drop without it;
    `bares` those that would no longer be with measure; `serves` those it reaches, by basis.
    """

    measure: str
    lowers: tuple[tuple[str, Basis], ...]
    bares: tuple[tuple[str, Basis], ...]
    serves: Mapping[Basis, tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class Critical:
    """What the coverage of a graph depends on.

    `directives` are sorted by id; `loads` are all counting measures that serve a directive,
    those on which most depends first; `keepers` are the smallest sets that keep today's
    coverage, by basis; `coverage` is that coverage.
    """

    directives: tuple[CriticalDirective, ...]
    loads: tuple[Load, ...]
    keepers: Mapping[Basis, Keepers]
    coverage: Coverage


def find_critical(
    graph: KgGraph,
    *,
    issuer: str | None = None,
    all_issuers: bool = False,
    texts: Mapping[str, str] | None = None,
) -> Critical:
    """What the coverage of a graph depends on.

    Parameters
    ----------
    graph
        The graph of a data set.
    issuer, all_issuers
        The choice of directives, as in `find_coverage`; `keepers` keep that choice.
    texts
        The texts of the sources at hand: what is left of an echo is judged on them.

    Notes
    -----
    A link can only lower a level if it is on the chain that sets it, is a leg, or is the last
    membership of a set of measures; each of these is taken away and the directive covered
    anew. Likewise the passages and measures with which such a link falls.

    Examples
    --------
    >>> from kg.graph.build import build_graph
    >>> from kg.model import Kind, Link, Node, Relation
    >>> nodes = (Node("d", Kind.DIRECTIVE), Node("m", Kind.MEASURE))
    >>> links = (Link("l1", "m", Relation.ADDRESSES, "d", Basis.ECHOED),)
    >>> at = find_critical(build_graph(Dataset(nodes, links))).directives[0].at
    >>> at[Basis.STATED].links, at[Basis.ECHOED].links, at[Basis.ECHOED].cut
    ((), ('l1',), Cut(links=('l1',)))
    """
    ground = lay_ground(graph)
    dataset = dataset_of(graph)
    standing = find_standing(dataset, texts)
    coverage = cover_ground(ground, issuer=issuer, all_issuers=all_issuers)
    rows = {row.id: row for row in coverage.directives}
    trial = _Trial(ground, standing, rows, _hangs_on(ground, rows))
    links: dict[tuple[str, Basis], list[str]] = {}
    for link in sorted(trial.candidates):
        for pair in trial.of(Removal(links=(link,))).lowers:
            links.setdefault(pair, []).append(link)
    passages: dict[tuple[str, Basis], list[Passage]] = {}
    own: dict[str, list[Passage]] = {}
    for passage, fallen, drop in _by_passage(dataset, trial):
        for pair in drop.lowers:
            passages.setdefault(pair, []).append(passage)
        for item in fallen & rows.keys():
            own.setdefault(item, []).append(passage)
    chosen = (*coverage.chosen, *coverage.chosen_legs)
    return Critical(
        directives=tuple(
            CriticalDirective(
                directive,
                {
                    basis: CriticalAt(
                        links=tuple(links.get((directive, basis), ())),
                        passages=tuple(passages.get((directive, basis), ())),
                        cut=find_cut(ground, directive, basis),
                    )
                    for basis in BASES
                },
                own=tuple(own.get(directive, ())),
            )
            for directive in sorted(rows)
        ),
        loads=_loads(ground, rows, trial),
        keepers={basis: find_keepers(ground, rows, basis, chosen=chosen) for basis in BASES},
        coverage=coverage,
    )


@dataclass(frozen=True, slots=True)
class _Drop:
    """The directives, each with a basis, that lose rungs, and those that lose their measure."""

    lowers: frozenset[tuple[str, Basis]] = frozenset()
    bares: frozenset[tuple[str, Basis]] = frozenset()


@dataclass(frozen=True, slots=True)
class _Trial:
    """Takes things away and looks which directives drop.

    `hangs_on` maps each link to the directives to which it is on a chain that sets their
    level or carries a measure to them, at any basis.
    """

    ground: Ground
    standing: Standing
    rows: Mapping[str, DirectiveCoverage]
    hangs_on: Mapping[str, set[str]]

    @property
    def candidates(self) -> set[str]:
        """Every link that may lower a level by falling alone."""
        shaping = {
            link.id
            for link in self.standing.links.values()
            if link.relation is Relation.PART_OF and changes_shape(self.ground, [link])
        }
        return shaping | self.hangs_on.keys()

    def of(self, removal: Removal) -> _Drop:
        """What drops when something falls."""
        gone = [self.standing.links[item] for item in removal.links]
        if changes_shape(self.ground, gone):
            affected = self._above(gone)
        else:
            affected = set().union(*(self.hangs_on.get(link.id, ()) for link in gone))
        if not affected:
            return _Drop()
        left = cover_directives(without_links(self.ground, gone), affected)
        pairs = [(item, basis) for item in sorted(affected) for basis in BASES]
        return _Drop(
            frozenset(
                (item, basis)
                for item, basis in pairs
                if left[item].at[basis].level.height < self.rows[item].at[basis].level.height
            ),
            frozenset(
                (item, basis)
                for item, basis in pairs
                if left[item].at[basis].with_measure < self.rows[item].at[basis].with_measure
            ),
        )

    def _above(self, links: Collection[Link]) -> set[str]:
        """The directives that anything at the upper end of some links reaches, legs to wholes."""
        wholes: dict[str, list[str]] = {}
        for link in self.ground.legs.links:
            wholes.setdefault(link.source, []).append(link.target)
        seen = {link.target for link in links}
        left = list(seen)
        while left:
            item = left.pop()
            onward = {hop.target for hop in self.ground.hops.up.get(item, ())}
            onward.update(wholes.get(item, ()))
            left += onward - seen
            seen |= onward
        return seen & self.rows.keys()


def _hangs_on(ground: Ground, rows: Mapping[str, DirectiveCoverage]) -> dict[str, set[str]]:
    """For each link the directives that might drop without it, the wholes of legs among them."""
    found: dict[str, frozenset[str]] = {}

    def of(directive: str) -> frozenset[str]:
        if directive not in found:
            row = rows[directive]
            links: set[str] = set()
            for basis in BASES:
                at = row.at[basis]
                links.update(at.chain.links if at.chain else ())
                own = [m for m in at.items if is_counting(ground.by_id[m], ground.members)]
                chain = best_chain(ground.hops, own, directive, basis)
                links.update(chain.links if chain else ())
            found[directive] = frozenset(links).union(*(of(leg) for leg in row.legs))
        return found[directive]

    hanging: dict[str, set[str]] = {}
    for directive in rows:
        for link in of(directive):
            hanging.setdefault(link, set()).add(directive)
    return hanging


def _by_passage(dataset: Dataset, trial: _Trial) -> list[tuple[Passage, frozenset[str], _Drop]]:
    """Every passage in the order of the text: the things that fall with it, and what drops."""
    known: dict[tuple[str, ...], _Drop] = {}
    drops = []
    for passage, mentions in _mentions_by_passage(dataset):
        removal = fall_of_mentions(trial.standing, mentions)
        if removal.links not in known:
            known[removal.links] = trial.of(removal)
        drops.append((passage, frozenset(removal.nodes), known[removal.links]))
    return drops


def _mentions_by_passage(dataset: Dataset) -> Iterable[tuple[Passage, list[Mention]]]:
    by_source: dict[str, list[Mention]] = {}
    for mention in dataset.mentions:
        by_source.setdefault(mention.source, []).append(mention)
    for passage in sorted(dataset.passages, key=lambda p: (p.source, p.start, p.end)):
        yield (
            passage,
            [
                mention
                for mention in by_source.get(passage.source, ())
                if mention.start < passage.end and passage.start < mention.end
            ],
        )


def _loads(
    ground: Ground, rows: Mapping[str, DirectiveCoverage], trial: _Trial
) -> tuple[Load, ...]:
    serves: dict[str, dict[Basis, list[str]]] = {}
    for row in rows.values():
        for basis in BASES:
            for item in row.at[basis].items:
                if is_counting(ground.by_id[item], ground.members):
                    serves.setdefault(item, {}).setdefault(basis, []).append(row.id)
    loads = []
    for measure in sorted(serves):
        drop = trial.of(fall_of_items(trial.standing, [measure]))
        reached = {basis: tuple(sorted(serves[measure].get(basis, ()))) for basis in BASES}
        loads.append(Load(measure, _in_order(drop.lowers), _in_order(drop.bares), reached))
    loads.sort(
        key=lambda load: (
            -len(load.lowers),
            -len(load.bares),
            *(-len(load.serves[basis]) for basis in BASES),
            load.measure,
        )
    )
    return tuple(loads)


def _in_order(pairs: Collection[tuple[str, Basis]]) -> tuple[tuple[str, Basis], ...]:
    return tuple(sorted(pairs, key=lambda pair: (pair[0], pair[1].weakness)))
