"""The table of finders. A new gap is a line here, a finder, and a line in `kg.codes`."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Final

from kg.analysis import directives, measures, outcomes, strategies
from kg.analysis.coverage import Coverage, cover_ground
from kg.analysis.ground import lay_ground
from kg.analysis.survey import Survey
from kg.graph.build import dataset_of
from kg.model import Finding, KgGraph

Finder = Callable[[Survey], Iterator[Finding]]

FINDERS: Final[tuple[Finder, ...]] = (
    directives.find_without_measure,
    directives.find_without_result,
    directives.find_open_legs,
    directives.find_thin_directives,
    strategies.find_without_measure,
    strategies.find_battles_without_outcome,
    strategies.find_odd_sets,
    measures.find_serving_nothing,
    measures.find_without_outcome,
    measures.find_without_actor,
    measures.find_slogans,
    measures.find_overdue,
    outcomes.find_of_nothing,
    outcomes.find_bare_figures,
    outcomes.find_awards_without_issuer,
    outcomes.find_prior,
    outcomes.find_of_intentions,
)


def find_gaps(
    graph: KgGraph,
    coverage: Coverage | None = None,
    *,
    as_of: str | None = None,
    include_prior: bool = False,
) -> tuple[Finding, ...]:
    """Every gap of a graph, KG101 to KG405 of design §2.8, sorted by code and node.

    Parameters
    ----------
    graph
        The graph of a data set.
    coverage
        Its coverage, where it is at hand, whatever directives were chosen; else it is computed.
    as_of
        The day by which due dates are judged, a date of design §5; the data set's newest
        date by default, and where it has none KG305 is not judged.
    include_prior
        Whether outcomes older than a directive count for it; `coverage` has its own answer.

    Examples
    --------
    >>> from kg.graph.build import build_graph
    >>> from kg.model import Dataset, Kind, Node
    >>> graph = build_graph(Dataset((Node("d", Kind.DIRECTIVE),)))
    >>> [(gap.code, gap.node, gap.severity.value) for gap in find_gaps(graph)]
    [('KG101', 'd', 'high'), ('KG103', 'd', 'high'), ('KG104', 'd', 'high')]
    """
    ground = lay_ground(graph)
    survey = Survey(
        ground=ground,
        coverage=coverage or cover_ground(ground, include_prior=include_prior),
        as_of=as_of or dataset_of(graph).as_of,
    )
    found = [finding for finder in FINDERS for finding in finder(survey)]
    return tuple(sorted(found, key=lambda finding: (finding.code, finding.node)))


def find_not_judged(graph: KgGraph, *, as_of: str | None = None) -> tuple[str, ...]:
    """The codes that could not be judged: KG305 where no date says when "today" is."""
    return () if as_of or dataset_of(graph).as_of else ("KG305",)
