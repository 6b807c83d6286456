"""What an item is worth and how a directive stands, from the enumerated chains (§2.5-2.6)."""

from __future__ import annotations

import calendar
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import TypeAlias

from .chains import BASES, BLANK, Chain, Node, World

RUNGS = ("none", "strategy", "planned", "measure", "outcome", "figure")
NONE, STRATEGY, PLANNED, MEASURE, OUTCOME, FIGURE = range(len(RUNGS))


@dataclass(frozen=True)
class Standing:
    """How one directive stands at one basis; the sets are its own and its legs' together."""

    level: int
    chain: Chain | None
    measures: frozenset[str]
    planned: frozenset[str]
    outcomes: frozenset[str]
    figures: frozenset[str]
    with_measure: bool
    planned_at_least: bool
    with_outcome: bool
    with_figure: bool


Standings: TypeAlias = Mapping[str, tuple[Standing, ...]]


# --- dates ---------------------------------------------------------------------------------------


def interval(text: str) -> tuple[date, date]:
    """First and last day of `YYYY`, `YYYY-MM`, `YYYY-MM-DD` or `START/END`.

    >>> interval("2020-02")
    (datetime.date(2020, 2, 1), datetime.date(2020, 2, 29))
    """
    if "/" in text:
        start, end = text.split("/")
        return interval(start)[0], interval(end)[1]
    numbers = [int(part) for part in text.split("-")]
    first_month, last_month = (numbers[1], numbers[1]) if len(numbers) > 1 else (1, 12)
    first_day, last_day = 1, calendar.monthrange(numbers[0], last_month)[1]
    if len(numbers) > 2:
        first_day = last_day = numbers[2]
    return date(numbers[0], first_month, first_day), date(numbers[0], last_month, last_day)


def is_undated(world: World, outcome: str, directive: str) -> bool:
    return (
        world.nodes[outcome].get("period") in BLANK or world.nodes[directive].get("date") in BLANK
    )


def is_prior(world: World, outcome: str, directive: str) -> bool:
    """Whether the outcome's whole interval ends before the directive's begins."""
    if is_undated(world, outcome, directive):
        return False
    ends = interval(world.nodes[outcome]["period"])[1]
    begins = interval(world.nodes[directive]["date"])[0]
    return ends < begins


# --- what an item is worth (§2.5) ----------------------------------------------------------------


def item_rung(world: World, item: str) -> int:
    kind = world.nodes[item]["kind"]
    if kind == "outcome":
        return FIGURE if is_figure(world.nodes[item]) else OUTCOME
    if world.is_counting(item):
        return MEASURE
    if world.is_planned(item):
        return PLANNED
    return STRATEGY


def is_figure(outcome: Node) -> bool:
    return outcome.get("value") not in BLANK and outcome.get("unit") not in BLANK


def is_good(world: World, chain: Chain) -> bool:
    """Whether a chain raises anything: an outcome's must leave the outcomes at something real."""
    if world.nodes[chain.item]["kind"] != "outcome":
        return True
    way_out = world.nodes[chain.way_out]["kind"]
    if way_out == "measure":
        return world.is_counting(chain.way_out) or world.is_filled_set(chain.way_out)
    return way_out in ("strategy", "battle")


def _own_chains(world: World, directive: str, *, include_prior: bool) -> list[Chain]:
    """Chains that raise the directive itself, however strong."""
    return [
        chain
        for chain in world.chains[directive]
        if is_good(world, chain) and (include_prior or not _is_prior_chain(world, chain, directive))
    ]


def _is_prior_chain(world: World, chain: Chain, directive: str) -> bool:
    is_outcome = world.nodes[chain.item]["kind"] == "outcome"
    return is_outcome and is_prior(world, chain.item, directive)


# --- how a directive stands (§2.6) ---------------------------------------------------------------


def find_standings(world: World, *, include_prior: bool) -> Standings:
    found: dict[str, tuple[Standing, ...]] = {}

    def stand(directive: str) -> tuple[Standing, ...]:
        if directive not in found:
            legs = [stand(leg) for leg in sorted(world.legs[directive])]
            own = _own_chains(world, directive, include_prior=include_prior)
            found[directive] = tuple(
                _judge(
                    world,
                    [chain for chain in own if chain.strength <= basis],
                    [leg[basis] for leg in legs],
                )
                for basis in range(len(BASES))
            )
        return found[directive]

    for directive in world.of_kind("directive"):
        stand(directive)
    return found


def _judge(world: World, own: list[Chain], legs: list[Standing]) -> Standing:
    """Stand of a directive from its own chains and the stand of its legs."""
    rungs = {chain.item: item_rung(world, chain.item) for chain in own}

    def items(*wanted: int) -> frozenset[str]:
        return frozenset(item for item, rung in rungs.items() if rung in wanted)

    def own_or_every_leg(is_own: bool, legs_have: Iterable[bool]) -> bool:
        return is_own or (bool(legs) and all(legs_have))

    own_level = max(rungs.values(), default=NONE)
    legs_level = min((leg.level for leg in legs), default=NONE)
    measures, planned = items(MEASURE), items(PLANNED)
    outcomes, figures = items(OUTCOME, FIGURE), items(FIGURE)
    if own_level >= legs_level:
        chains = [chain for chain in own if rungs[chain.item] == own_level]
    else:
        chains = [leg.chain for leg in legs if leg.level == legs_level and leg.chain is not None]
    with_measure = own_or_every_leg(bool(measures), (leg.with_measure for leg in legs))
    return Standing(
        level=max(own_level, legs_level),
        chain=min(chains, key=lambda chain: chain.preference, default=None),
        measures=measures.union(*(leg.measures for leg in legs)),
        planned=planned.union(*(leg.planned for leg in legs)),
        outcomes=outcomes.union(*(leg.outcomes for leg in legs)),
        figures=figures.union(*(leg.figures for leg in legs)),
        with_measure=with_measure,
        planned_at_least=with_measure
        or own_or_every_leg(bool(planned), (leg.planned_at_least for leg in legs)),
        with_outcome=own_or_every_leg(bool(outcomes), (leg.with_outcome for leg in legs)),
        with_figure=own_or_every_leg(bool(figures), (leg.with_figure for leg in legs)),
    )
