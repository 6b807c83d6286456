"""What must hold on every graph, whatever is in it."""

from __future__ import annotations

import itertools
import random
from dataclasses import replace
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from kg.analysis.coverage import Coverage, find_coverage
from kg.analysis.rules import find_gaps
from kg.document import dataset_digest
from kg.export.graph_json import to_json
from kg.graph.build import build_graph
from kg.model import (
    BASES,
    Basis,
    Concreteness,
    Dataset,
    Finding,
    Kind,
    Link,
    Node,
    Relation,
    Rung,
    Scope,
    Status,
)
from kg.report.content import coverage_document
from kg.sources.graph_json import read_graph_document
from tests.oracle.graphs import random_graph

Json = dict[str, Any]

documents = st.integers(0, 2**32 - 1).map(lambda seed: random_graph(random.Random(seed)))
TOP_GAPS = {"KG101", "KG103", "KG104", "KG106", "KG201", "KG202", "KG203"}


def dataset_of(document: Json) -> Dataset:
    reading = read_graph_document(document)
    assert reading.faults == ()
    return reading.dataset


def analysed(dataset: Dataset) -> tuple[Coverage, tuple[Finding, ...]]:
    graph = build_graph(dataset)
    return find_coverage(graph), find_gaps(graph, as_of="2021-09-01")


@given(documents, st.booleans(), st.sampled_from((None, "province")))
@settings(max_examples=100, deadline=None)
def test_gaps_are_the_same_with_a_coverage_at_hand(
    document: Json, include_prior: bool, issuer: str | None
) -> None:
    graph = build_graph(dataset_of(document))
    coverage = find_coverage(graph, include_prior=include_prior, issuer=issuer)
    assert find_gaps(graph, coverage) == find_gaps(graph, include_prior=include_prior)


@given(documents, st.randoms(use_true_random=False))
@settings(max_examples=150, deadline=None)
def test_the_order_of_rows_changes_nothing(document: Json, rng: random.Random) -> None:
    before = dataset_of(document)
    shuffled = {**document, "nodes": list(document["nodes"]), "links": list(document["links"])}
    rng.shuffle(shuffled["nodes"])
    rng.shuffle(shuffled["links"])
    after = dataset_of(shuffled)
    assert dataset_digest(after) == dataset_digest(before)
    assert to_json(after) == to_json(before)
    assert analysed(after) == analysed(before)


@given(documents)
@settings(max_examples=150, deadline=None)
def test_saving_and_loading_gives_the_same_graph(document: Json) -> None:
    import json

    before = dataset_of(document)
    after = dataset_of(json.loads(to_json(before)))
    assert to_json(after) == to_json(before)
    assert analysed(after) == analysed(before)
    again = coverage_document(after, find_coverage(build_graph(after)))
    assert json.loads(json.dumps(again)) == again


@given(documents)
@settings(max_examples=300, deadline=None)
def test_a_stricter_basis_never_raises_a_level_or_a_count(document: Json) -> None:
    coverage, _ = analysed(dataset_of(document))
    for row in coverage.directives:
        for stricter, wider in itertools.pairwise(BASES):
            strict, wide = row.at[stricter], row.at[wider]
            assert strict.level.height <= wide.level.height
            assert strict.with_measure <= wide.with_measure
            assert strict.with_outcome <= wide.with_outcome
            assert strict.with_figure <= wide.with_figure
            for name in ("measures", "planned", "outcomes", "figures", "items"):
                assert set(getattr(strict, name)) <= set(getattr(wide, name))


@given(documents)
@settings(max_examples=200, deadline=None)
def test_with_measure_planned_only_and_unanswered_make_up_all_directives(document: Json) -> None:
    coverage, gaps = analysed(dataset_of(document))
    for basis in BASES:
        answered = {row.id for row in coverage.directives if row.at[basis].with_measure}
        none, planned = (
            {gap.node for gap in gaps if gap.code == code and basis in (gap.open or ())}
            for code in ("KG101", "KG102")
        )
        assert sorted([*answered, *none, *planned]) == [row.id for row in coverage.directives]


@st.composite
def new_measures(draw: st.DrawFn) -> tuple[Dataset, Dataset]:
    """A data set, and the same with one more measure that is no member of a set."""
    before = dataset_of(draw(documents))
    parents = [
        (node.id, relation)
        for node in before.nodes
        for relation in (
            [Relation.ADDRESSES]
            if node.kind is Kind.DIRECTIVE
            else [Relation.IMPLEMENTS]
            if node.kind in (Kind.STRATEGY, Kind.BATTLE)
            else [Relation.IMPLEMENTS, *([] if node.is_set else [Relation.PART_OF])]
            if node.kind is Kind.MEASURE
            else []
        )
    ]
    measure = Node(
        "zz-new",
        Kind.MEASURE,
        status=draw(st.sampled_from(Status)),
        concreteness=draw(st.sampled_from(Concreteness)),
    )
    chosen = draw(st.lists(st.sampled_from(parents), max_size=3, unique=True)) if parents else []
    links = tuple(
        Link(
            f"zz-{number}",
            measure.id,
            relation,
            target,
            draw(st.sampled_from(Basis)),
            draw(st.sampled_from(Scope)),
        )
        for number, (target, relation) in enumerate(chosen)
    )
    return before, replace(before, nodes=(*before.nodes, measure), links=(*before.links, *links))


@given(new_measures())
@settings(max_examples=400, deadline=None)
def test_a_new_measure_outside_sets_never_lowers_a_level_and_adds_no_gap_above_it(
    pair: tuple[Dataset, Dataset],
) -> None:
    (before, gaps_before), (after, gaps_after) = map(analysed, pair)
    for row in before.directives:
        later = after.row(row.id)
        for basis in BASES:
            assert later.at[basis].level.height >= row.at[basis].level.height
    open_before, open_after = (
        {(gap.code, gap.node, basis) for gap in gaps for basis in gap.open or ()}
        for gaps in (gaps_before, gaps_after)
    )
    added = {key for key in open_after - open_before if key[0] in TOP_GAPS}
    assert added == set()


def test_the_lowest_rung_is_none_and_the_highest_a_figure() -> None:
    assert [rung.value for rung in sorted(Rung, key=lambda rung: rung.height)] == [
        *("none", "strategy", "planned", "measure", "outcome", "figure"),
    ]
