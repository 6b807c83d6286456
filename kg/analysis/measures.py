"""Gaps of measures, KG301 to KG305."""

from __future__ import annotations

from collections.abc import Iterator

from kg.analysis.dates import ends_before, stated_date
from kg.analysis.rungs import is_slogan
from kg.analysis.survey import Survey, open_where_missing
from kg.graph.strength import find_hops, sources_reaching, targets_reached
from kg.graph.structure import live_links
from kg.model import BASES, Finding, Kind, Relation, Status


def find_serving_nothing(survey: Survey) -> Iterator[Finding]:
    """KG301 a measure that reaches no directive."""
    directives = [node.id for node in survey.ground.nodes(Kind.DIRECTIVE)]
    serving = {basis: sources_reaching(survey.ground.hops, directives, basis) for basis in BASES}
    for node in survey.ground.working_measures():
        yield from open_where_missing("KG301", node.id, serving)


def find_without_outcome(survey: Survey) -> Iterator[Finding]:
    """KG302 a measure of which, and of whose parts, no outcome is reported."""
    hops = find_hops(survey.ground.graph, relations=(Relation.PART_OF, Relation.RESULT_OF))
    outcomes = [node.id for node in survey.ground.nodes(Kind.OUTCOME)]
    answered = {basis: targets_reached(hops, outcomes, basis) for basis in BASES}
    for node in survey.ground.working_measures():
        yield from open_where_missing("KG302", node.id, answered)


def find_without_actor(survey: Survey) -> Iterator[Finding]:
    """KG303 a measure without a responsible actor; an inherited one counts."""
    linked = {link.source for link in live_links(survey.ground.graph, Relation.PERFORMED_BY)}
    for node in survey.ground.nodes(Kind.MEASURE):
        if node.id not in linked and not node.actors:
            yield Finding("KG303", node.id)


def find_slogans(survey: Survey) -> Iterator[Finding]:
    """KG304 a measure that is a slogan only."""
    for node in survey.ground.nodes(Kind.MEASURE):
        if is_slogan(node, survey.ground.members):
            yield Finding("KG304", node.id)


def find_overdue(survey: Survey) -> Iterator[Finding]:
    """KG305 a measure that is still planned after its due date; not judged without a date."""
    today = stated_date(survey.as_of)
    if today is None:
        return
    for node in survey.ground.unfolded(Kind.MEASURE):
        due = stated_date(node.due)
        if node.status is Status.PLANNED and due is not None and ends_before(due, today):
            yield Finding(
                "KG305", node.id, facts=(("as_of", survey.as_of or ""), ("due", node.due or ""))
            )
