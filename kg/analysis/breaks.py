"""The first broken rung of the ladder from a directive down to a figure, at each basis."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum

from kg.analysis.coverage import AtBasis, DirectiveCoverage
from kg.analysis.ground import Ground
from kg.analysis.rungs import is_slogan, rung_of
from kg.graph.strength import (
    Chain,
    Hop,
    Hops,
    best_chain,
    sources_reaching,
    targets_reached,
    why_weak,
)
from kg.model import BASES, Basis, Kind, Rung


class Step(StrEnum):
    """A rung of the ladder, from the top."""

    DIRECTIVE = "directive"
    ANSWER = "answer"
    MEASURE = "measure"
    OUTCOME = "outcome"
    FIGURE = "figure"


# What is looked for under each kind; a set of any kind is looked at as a strategy.
_BELOW: Mapping[Kind, tuple[Step, ...]] = {
    Kind.DIRECTIVE: (Step.ANSWER, Step.MEASURE, Step.OUTCOME, Step.FIGURE),
    Kind.STRATEGY: (Step.MEASURE, Step.OUTCOME, Step.FIGURE),
    Kind.BATTLE: (Step.MEASURE, Step.OUTCOME, Step.FIGURE),
    Kind.MEASURE: (Step.OUTCOME, Step.FIGURE),
    Kind.OUTCOME: (Step.FIGURE,),
}

_RUNGS: Mapping[Step, tuple[Rung, ...]] = {
    Step.MEASURE: (Rung.MEASURE,),
    Step.OUTCOME: (Rung.OUTCOME, Rung.FIGURE),
    Step.FIGURE: (Rung.FIGURE,),
}


@dataclass(frozen=True, slots=True)
class Break:
    """What is missing first at one basis, and between which two things.

    Attributes
    ----------
    basis
        Where it is missing.
    missing
        The rung that is not there.
    above, below
        The things between which the ladder is broken (sorted ids); empty where there is
        nothing on that side.
    why
        "absent" nothing of that rung is tied to it at all; "weak", "general", "set" it is,
        by a hop that is worth less (`kg.graph.strength.why_weak`); "planned", "slogan",
        "intention", "prior" there is something near, `below`, that does not count.
    link
        The link that is worth less, if one is.
    closed_at
        The strictest basis at which the rung is there, if any.
    legs
        For a composite directive: its legs that lack the rung as well.
    """

    basis: Basis
    missing: Step
    above: tuple[str, ...]
    below: tuple[str, ...]
    why: str
    link: str | None = None
    closed_at: Basis | None = None
    legs: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class _Ladder:
    """One item with the rungs that are looked for under it.

    `reach` are the things below it that raise something, at each basis, without those that
    are older than it (`prior`).
    """

    ground: Ground
    item: str
    steps: tuple[Step, ...]
    rows: Mapping[str, DirectiveCoverage]
    prior: frozenset[str]
    reach: Mapping[Basis, frozenset[str]]

    def held(self, basis: Basis) -> frozenset[Step]:
        """The rungs that are there at a basis; for a directive, as its coverage has it."""
        if self.item in self.rows:
            return _answered(self.rows[self.item].at[basis])
        own = self.reach[basis]
        if self.ground.by_id[self.item].kind is Kind.OUTCOME:
            own |= {self.item}
        return frozenset(step for step in self.steps if self.of(step, own))

    def of(self, step: Step, items: Collection[str]) -> set[str]:
        """Those of some items that make a rung."""
        if step is Step.ANSWER:
            return set(items)
        by_id, members = self.ground.by_id, self.ground.members
        return {item for item in items if rung_of(by_id[item], members) in _RUNGS[step]}


def find_breaks_below(
    ground: Ground, item: str, rows: Mapping[str, DirectiveCoverage]
) -> tuple[Break, ...]:
    """The first rung missing under an item, at each basis at which one is.

    Parameters
    ----------
    ground
        The graph.
    item
        A directive, strategy, battle, measure or outcome.
    rows
        The coverage of every directive by id; a directive is judged as it is there, its
        legs and dates taken into account.
    """
    ladder = _ladder(ground, item, rows)
    held = {basis: ladder.held(basis) for basis in BASES}
    found = []
    for basis in BASES:
        missing = next((step for step in ladder.steps if step not in held[basis]), None)
        if missing is not None:
            closed_at = next((wider for wider in BASES if missing in held[wider]), None)
            broken = _break(ladder, basis, missing)
            legs = _legs_without(rows, item, missing, basis)
            found.append(replace(broken, closed_at=closed_at, legs=legs))
    return tuple(found)


def _ladder(ground: Ground, item: str, rows: Mapping[str, DirectiveCoverage]) -> _Ladder:
    node = ground.by_id[item]
    is_set = node.kind is Kind.MEASURE and item in ground.members
    prior = frozenset(rows[item].prior) if item in rows else frozenset()
    reach = {
        basis: frozenset(sources_reaching(ground.raising, [item], basis) - {item} - prior)
        for basis in BASES
    }
    steps = _BELOW[Kind.STRATEGY if is_set else node.kind]
    return _Ladder(ground, item, steps, rows, prior, reach)


def _answered(at: AtBasis) -> frozenset[Step]:
    flags = {
        Step.ANSWER: at.level is not Rung.NONE,
        Step.MEASURE: at.with_measure,
        Step.OUTCOME: at.with_outcome,
        Step.FIGURE: at.with_figure,
    }
    return frozenset(step for step, is_there in flags.items() if is_there)


def _break(ladder: _Ladder, basis: Basis, missing: Step) -> Break:
    candidates = ladder.of(missing, ladder.reach[Basis.INTERPRETED])
    chain = best_chain(ladder.ground.raising, candidates, ladder.item)
    if chain is not None:
        hop, why = next(_weak_hops(ladder.ground.raising, chain, basis, downwards=True))
        return Break(basis, missing, (hop.target,), (hop.source,), why, hop.link)
    below, why = _near(ladder, missing)
    upper = ladder.steps[: ladder.steps.index(missing)]
    counting = ladder.reach[basis].difference(below)
    own = [found for step in upper if (found := ladder.of(step, counting))]
    above = tuple(sorted(own[-1])) if own else (ladder.item,)
    return Break(basis, missing, above, below, why)


def _weak_hops(
    hops: Hops, chain: Chain, basis: Basis, *, downwards: bool
) -> Iterator[tuple[Hop, str]]:
    """The hops of a chain that are worth less than a basis, from one end to the other."""
    places = range(len(chain.links))
    for place in reversed(places) if downwards else places:
        hop = next(h for h in hops.up[chain.ids[place]] if h.link == chain.links[place])
        why = why_weak(hop, basis, first=place == 0, last=place == len(chain.links) - 1)
        if why:
            yield hop, why


def _near(ladder: _Ladder, missing: Step) -> tuple[tuple[str, ...], str]:
    """What is tied to the item and would make the rung if it counted, and why it does not."""
    ground = ladder.ground
    tied = sources_reaching(ground.hops, [ladder.item], Basis.INTERPRETED) - {ladder.item}
    if missing is Step.MEASURE:
        measures = {m for m in tied - ground.members.keys() if _is(ground, m, Kind.MEASURE)}
        slogans = {m for m in measures if is_slogan(ground.by_id[m], ground.members)}
        kinds = ((measures - slogans, "planned"), (slogans, "slogan"))
    else:
        outcomes = ladder.of(missing, {o for o in tied if _is(ground, o, Kind.OUTCOME)})
        kinds = ((outcomes & ladder.prior, "prior"), (outcomes - ladder.prior, "intention"))
    for found, why in kinds:
        if found:
            return tuple(sorted(found)), why
    return (), "absent"


def _is(ground: Ground, item: str, kind: Kind) -> bool:
    return ground.by_id[item].kind is kind


def _legs_without(
    rows: Mapping[str, DirectiveCoverage], item: str, missing: Step, basis: Basis
) -> tuple[str, ...]:
    legs = rows[item].legs if item in rows else ()
    return tuple(leg for leg in legs if missing not in _answered(rows[leg].at[basis]))


def find_breaks_above(ground: Ground, item: str) -> tuple[Break, ...]:
    """Where an item that is no directive serves none, at each basis at which that is so."""
    directives = {node.id for node in ground.nodes(Kind.DIRECTIVE)}
    if item in directives:
        return ()
    reached = {basis: targets_reached(ground.hops, [item], basis) for basis in BASES}
    closed_at = next((basis for basis in BASES if reached[basis] & directives), None)
    chain = _nearest(ground, item, reached[Basis.INTERPRETED] & directives)
    found = []
    for basis in BASES:
        if reached[basis] & directives:
            continue
        if chain is not None:
            hop, why = next(_weak_hops(ground.hops, chain, basis, downwards=False))
            above, below, link = (hop.target,), (hop.source,), hop.link
            found.append(Break(basis, Step.DIRECTIVE, above, below, why, link, closed_at))
        else:
            tops = _tops(ground, item, reached[basis])
            found.append(Break(basis, Step.DIRECTIVE, (), tops, "absent"))
    return tuple(found)


def _nearest(ground: Ground, item: str, directives: Collection[str]) -> Chain | None:
    chains = [best_chain(ground.hops, [item], directive) for directive in sorted(directives)]
    return min(
        (chain for chain in chains if chain),
        key=lambda chain: (chain.strength.weakness, len(chain.links), chain.ids[-1]),
        default=None,
    )


def _tops(ground: Ground, item: str, reached: Collection[str]) -> tuple[str, ...]:
    """The highest things that an item does serve; itself where it serves nothing."""
    tops = [other for other in reached if not ground.hops.up.get(other)]
    return tuple(sorted(tops)) or (item,)
