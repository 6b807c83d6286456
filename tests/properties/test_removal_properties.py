"""What must hold when something is taken away, on every graph, cycles and all."""

from __future__ import annotations

import random
from typing import Any

from hypothesis import assume, given, settings
from hypothesis import strategies as st

from kg.analysis.coverage import Coverage, find_coverage
from kg.analysis.impact import fall_of
from kg.analysis.removal import without
from kg.analysis.rules import find_gaps
from kg.graph.build import build_graph
from kg.model import BASES, Basis, Dataset, Kind, Relation
from kg.sources.graph_json import read_graph_document
from tests.oracle.graphs import random_graph

documents = st.integers(0, 2**32 - 1).map(lambda seed: random_graph(random.Random(seed)))
TOP_GAPS = {"KG101", "KG103", "KG104", "KG106", "KG201", "KG202", "KG203"}


def analysed(dataset: Dataset) -> tuple[Coverage, set[tuple[str, str, Basis]]]:
    """The coverage, and every open gap that must not close: code, id, basis."""
    graph = build_graph(dataset)
    gaps = find_gaps(graph, as_of="2021-09-01")
    return find_coverage(graph), {
        (gap.code, gap.node, basis)
        for gap in gaps
        if gap.code in TOP_GAPS
        for basis in gap.open or ()
    }


def measures_outside_sets(dataset: Dataset) -> list[str]:
    sets = {node.id for node in dataset.nodes if node.is_set}
    members = {
        link.source
        for link in dataset.links
        if link.is_live and link.relation is Relation.PART_OF and link.target in sets
    }
    measures = [node.id for node in dataset.nodes if node.kind is Kind.MEASURE]
    return [item for item in measures if item not in members]


def assert_nothing_rises(before: Dataset, after: Dataset) -> None:
    (coverage, gaps), (later, gaps_later) = analysed(before), analysed(after)
    for row in coverage.directives:
        for basis in BASES:
            assert later.row(row.id).at[basis].level.height <= row.at[basis].level.height
    assert gaps - gaps_later == set()


@given(documents, st.randoms(use_true_random=False))
@settings(max_examples=400, deadline=None)
def test_removing_a_measure_outside_sets_never_raises_a_level_nor_closes_a_gap_above_it(
    document: dict[str, Any], rng: random.Random
) -> None:
    before = read_graph_document(document).dataset
    measures = measures_outside_sets(before)
    assume(measures)
    removal = fall_of(before, item=rng.choice(measures))
    assert_nothing_rises(before, without(before, removal))


@given(documents, st.randoms(use_true_random=False))
@settings(max_examples=200, deadline=None)
def test_removing_a_hop_that_is_no_part_never_raises_a_level_nor_closes_a_gap_above_it(
    document: dict[str, Any], rng: random.Random
) -> None:
    before = read_graph_document(document).dataset
    hops = [
        link.id for link in before.links if link.carries and link.relation is not Relation.PART_OF
    ]
    assume(hops)
    assert_nothing_rises(before, without(before, fall_of(before, item=rng.choice(hops))))
