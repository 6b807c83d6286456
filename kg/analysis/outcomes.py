"""Gaps of outcomes, KG401 to KG405. None depends on a basis."""

from __future__ import annotations

from collections.abc import Iterator

from kg.analysis.survey import Survey
from kg.graph.strength import find_hops, sources_reaching
from kg.graph.structure import live_links
from kg.model import NOT_STATED, Basis, Finding, Kind, OutcomeType, Relation

# What a figure must come with to be compared (design §2.9), in the order it is named.
FIGURE_NEEDS = ("baseline", "period", "denominator")


def find_of_nothing(survey: Survey) -> Iterator[Finding]:
    """KG401 an outcome that is, by itself or by what it is part of, the result of nothing."""
    exits = [link.source for link in live_links(survey.ground.graph, Relation.RESULT_OF)]
    inherited = find_hops(survey.ground.graph, relations=(Relation.PART_OF,))
    tied = set(exits) | sources_reaching(inherited, exits, Basis.INTERPRETED)
    for node in survey.ground.nodes(Kind.OUTCOME):
        if node.id not in tied:
            yield Finding("KG401", node.id)


def find_bare_figures(survey: Survey) -> Iterator[Finding]:
    """KG402 a figure of which the source does not state baseline, period or denominator."""
    for node in survey.ground.nodes(Kind.OUTCOME):
        if node.figure and node.figure.has_number:
            lacking = [need for need in FIGURE_NEEDS if getattr(node.figure, need) == NOT_STATED]
            if lacking:
                yield Finding("KG402", node.id, facts=(("lacking", " ".join(lacking)),))


def find_awards_without_issuer(survey: Survey) -> Iterator[Finding]:
    """KG403 an award of which nobody is named who gave it."""
    linked = {link.source for link in live_links(survey.ground.graph, Relation.AWARDED_BY)}
    for node in survey.ground.nodes(Kind.OUTCOME):
        figure = node.figure
        if figure is None or figure.outcome_type is not OutcomeType.AWARD:
            continue
        if figure.issuer in (None, NOT_STATED) and node.id not in linked:
            yield Finding("KG403", node.id)


def find_prior(survey: Survey) -> Iterator[Finding]:
    """KG404 an outcome that is older than a directive it would be counted for."""
    older: dict[str, list[str]] = {}
    for row in survey.coverage.directives:
        for outcome in row.prior:
            older.setdefault(outcome, []).append(row.id)
    for outcome, directives in older.items():
        yield Finding("KG404", outcome, facts=(("directives", " ".join(directives)),))


def find_of_intentions(survey: Survey) -> Iterator[Finding]:
    """KG405 an outcome of a slogan or a planned measure: one such exit is enough."""
    inherited = find_hops(survey.ground.graph, relations=(Relation.PART_OF,))
    of: dict[str, set[str]] = {}
    for outcome, measure in survey.ground.bad_exits.values():
        heirs = sources_reaching(inherited, [outcome], Basis.INTERPRETED) | {outcome}
        for heir in heirs:
            of.setdefault(heir, set()).add(measure)
    for outcome, measures in of.items():
        yield Finding("KG405", outcome, facts=(("measures", " ".join(sorted(measures))),))
