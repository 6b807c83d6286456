"""The graph `inferred` says exactly what coverage and gaps say."""

from __future__ import annotations

from dataclasses import replace

import pytest

from kg import vocab
from kg.analysis.coverage import find_coverage
from kg.analysis.rules import find_gaps
from kg.codes import CODES
from kg.graph.build import build_graph
from kg.model import BASES, Dataset, Finding, Relation
from kg.rdf.inferred import build_inferred, list_inferred
from kg.sources.registry import read_source
from tests.questions.small import SMALL, with_figure, with_link, with_node
from tests.unit.rdf.said import said_of

DATASETS = {
    "small": lambda: SMALL,
    "legs": lambda: with_link("l03", source="d3", relation=Relation.PART_OF, target="d1"),
    "prior": lambda: replace(with_node("d1", date="2022"), focus_issuer=None),
    "liling": lambda: read_source().dataset,
}


@pytest.fixture(params=sorted(DATASETS))
def dataset(request: pytest.FixtureRequest) -> Dataset:
    found: Dataset = DATASETS[request.param]()
    return found


def test_contributing_is_coverage_exactly(dataset: Dataset) -> None:
    coverage = find_coverage(build_graph(dataset))
    inferred = build_inferred(dataset, coverage, ())
    for basis in BASES:
        said = {
            (str(item), str(directive))
            for item, predicate, directive in inferred
            if str(predicate) == vocab.CONTRIBUTES_AT[basis]
        }
        assert said == {
            (dataset.iri(item), dataset.iri(row.id))
            for row in coverage.directives
            for item in row.at[basis].items
        }


def test_the_level_of_every_directive_is_that_of_coverage(dataset: Dataset) -> None:
    coverage = find_coverage(build_graph(dataset))
    inferred = build_inferred(dataset, coverage, ())
    for basis in BASES:
        said = {
            (str(directive), str(rung))
            for directive, predicate, rung in inferred
            if str(predicate) == vocab.LEVEL_AT[basis]
        }
        assert said == {
            (dataset.iri(row.id), vocab.CONCEPTS["rung"][row.at[basis].level])
            for row in coverage.directives
        }


def test_the_open_gaps_are_those_of_the_findings(dataset: Dataset) -> None:
    graph = build_graph(dataset)
    gaps = find_gaps(graph)
    inferred = build_inferred(dataset, find_coverage(graph), gaps)
    for basis in BASES:
        said = {
            (str(node), str(code))
            for node, predicate, code in inferred
            if str(predicate) == vocab.OPEN_AT[basis]
        }
        assert said == {
            (dataset.iri(gap.node), vocab.GAP_OF[gap.code])
            for gap in gaps
            if gap.open is not None and basis in gap.open
        }
    always = {(str(node), str(code)) for node, p, code in inferred if str(p) == vocab.OPEN_ALWAYS}
    assert always == {
        (dataset.iri(gap.node), vocab.GAP_OF[gap.code]) for gap in gaps if gap.open is None
    }


def test_each_basis_takes_in_the_stronger_ones(dataset: Dataset) -> None:
    inferred = build_inferred(dataset, find_coverage(build_graph(dataset)), ())
    pairs = [
        {(s, o) for s, p, o in inferred if str(p) == vocab.CONTRIBUTES_AT[basis]} for basis in BASES
    ]
    assert pairs[0] <= pairs[1] <= pairs[2] <= pairs[3]


def test_what_is_said_of_a_directive_and_of_what_serves_it() -> None:
    graph = build_graph(SMALL)
    triples = list_inferred(SMALL, find_coverage(graph), find_gaps(graph))
    assert said_of("d2", triples, base=SMALL.base_iri) == [
        "kg:levelEchoed kg:rung-none",
        "kg:levelInterpreted kg:rung-outcome",
        "kg:levelPositional kg:rung-none",
        "kg:levelStated kg:rung-none",
        "kg:openEchoed kg:KG101, kg:KG103, kg:KG104",
        "kg:openInterpreted kg:KG104, kg:KG107",
        "kg:openPositional kg:KG101, kg:KG103, kg:KG104",
        "kg:openStated kg:KG101, kg:KG103, kg:KG104",
    ]
    assert said_of("o2", triples, base=SMALL.base_iri) == [
        "kg:contributesInterpreted data:d2",
        "kg:openAlways kg:KG403",
    ]


def test_a_fault_is_no_fact_about_the_world() -> None:
    faults = [Finding(code, "m1") for code in CODES if code.startswith("KG0")]
    assert list_inferred(SMALL, find_coverage(build_graph(Dataset())), faults) == []


def test_an_outcome_older_than_its_directive_still_contributes() -> None:
    dataset = replace(with_figure("o6", period="2019"), nodes=with_node("d1", date="2022").nodes)
    inferred = build_inferred(dataset, find_coverage(build_graph(dataset)), ())
    assert "o6" in {
        str(s).removeprefix(SMALL.base_iri)
        for s, p, _ in inferred
        if str(p) == vocab.CONTRIBUTES_AT[BASES[1]]
    }
