"""Gaps of strategies and battles, KG201 to KG205."""

from __future__ import annotations

from collections.abc import Iterator

from kg.analysis.rungs import is_counting
from kg.analysis.survey import Survey, open_where_missing
from kg.graph.strength import targets_reached
from kg.model import BASES, Finding, Kind


def find_without_measure(survey: Survey) -> Iterator[Finding]:
    """KG201 a strategy, KG202 a battle that no counting measure reaches."""
    counting = [
        n.id for n in survey.ground.nodes(Kind.MEASURE) if is_counting(n, survey.ground.members)
    ]
    answered = {basis: targets_reached(survey.ground.hops, counting, basis) for basis in BASES}
    for code, kind in (("KG201", Kind.STRATEGY), ("KG202", Kind.BATTLE)):
        for node in survey.ground.unfolded(kind):
            yield from open_where_missing(code, node.id, answered)


def find_battles_without_outcome(survey: Survey) -> Iterator[Finding]:
    """KG203 a battle without an outcome that would raise a level."""
    outcomes = [node.id for node in survey.ground.nodes(Kind.OUTCOME)]
    answered = {basis: targets_reached(survey.ground.raising, outcomes, basis) for basis in BASES}
    for node in survey.ground.unfolded(Kind.BATTLE):
        yield from open_where_missing("KG203", node.id, answered)


def find_odd_sets(survey: Survey) -> Iterator[Finding]:
    """KG204 the announced count is not that of the members, KG205 there are no members."""
    for node in survey.ground.nodes(*Kind):
        members = survey.ground.members.get(node.id, ())
        if node.is_set and not members:
            facts = (("announced", _announced(node.announced)),)
            yield Finding("KG205", node.id, facts=facts)
        elif isinstance(node.announced, int) and members and node.announced != len(members):
            facts_204 = (("announced", node.announced), ("members", len(members)))
            yield Finding("KG204", node.id, facts=facts_204)


def _announced(count: int | str | None) -> str:
    return str(count) if isinstance(count, int) else ""
