"""The page of the bundled ledger: its size, its answer, its counts, its labels."""

from __future__ import annotations

from dataclasses import replace

import pytest

from kg.analysis.coverage import find_coverage
from kg.analysis.rules import find_gaps
from kg.graph.build import build_graph
from kg.model import BANDED_KINDS, BASES, Dataset, Kind
from kg.page.html import build_page
from kg.report.content import Selection, gaps_document
from kg.sources.registry import read_source
from kg.words import load_words
from kg.words.sentences import coverage_sentences
from tests.page.conftest import Open, find_touching, page_of
from tests.unit.page.wide import build_wide

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def liling() -> bytes:
    dataset = read_source().dataset
    graph = build_graph(dataset)
    return build_page(dataset, find_coverage(graph), find_gaps(graph))


def test_the_page_of_the_ledger_is_at_most_900_kilobytes(liling: bytes) -> None:
    assert len(liling) <= 900_000


def test_the_page_gives_the_answer_of_the_report_and_the_counts_of_the_gaps(
    open_page: Open, liling: bytes
) -> None:
    dataset = read_source().dataset
    graph = build_graph(dataset)
    coverage, gaps = find_coverage(graph), find_gaps(graph)
    words = load_words("zh")
    issuer = next((node.zh for node in dataset.nodes if node.id == coverage.issuer), None)
    with_measure = {basis: coverage.summary[basis].with_measure for basis in BASES}
    opened = open_page(liling)
    assert (
        opened.text("#answer")
        == coverage_sentences(
            words, issuer=issuer, total=len(coverage.chosen), with_measure=with_measure
        )[0]
    )
    for basis in BASES:
        opened.page.check(f"input[value={basis}]")
        document = gaps_document(dataset, coverage, gaps, words, selection=Selection(basis=basis))
        count = sum(document["counts"].values())
        assert opened.text("#gapbox span") == words.say("page.gaps_only", count=count)
    assert opened.complaints == []


def test_no_two_labels_of_the_ledger_touch_at_ten_zooms(open_page: Open, liling: bytes) -> None:
    opened = open_page(liling, hash_="#basis=interpreted")
    touching = find_touching(opened)
    assert touching == []
    drawn = {node.id for node in read_source().dataset.nodes if node.kind is Kind.DIRECTIVE}
    assert {box["id"] for box in opened.drawing()["boxes"]} == drawn


def build_of_size(count: int) -> Dataset:
    """So many drawn things, each with two mentions, and the links between them."""
    wide = build_wide(16)
    banded = [node.id for kind in BANDED_KINDS for node in wide.nodes if node.kind is kind]
    gone = set(banded[count:])
    return replace(
        wide,
        nodes=tuple(node for node in wide.nodes if node.id not in gone),
        links=tuple(link for link in wide.links if not {link.source, link.target} & gone),
    )


def test_six_hundred_nodes_are_drawn_at_once_and_no_two_labels_touch_at_ten_zooms(
    open_page: Open,
) -> None:
    opened = open_page(page_of(build_of_size(600)))
    assert len(opened.drawing()["nodes"]) == 600
    assert opened.page.locator("input[value=outcome]").is_checked()
    assert find_touching(opened) == []


def test_one_more_than_six_hundred_open_on_directives_and_strategies_with_counts(
    open_page: Open,
) -> None:
    dataset = build_of_size(601)
    opened = open_page(page_of(dataset))
    kinds = {node.id: node.kind for node in dataset.nodes}
    drawing = opened.drawing()
    first = {Kind.DIRECTIVE, Kind.STRATEGY}
    assert sorted(drawing["nodes"]) == sorted(item for item in kinds if kinds[item] in first)
    assert max(drawing["counts"].values()) > 0
    assert "601" in opened.text("#basisline")
    assert find_touching(opened) == []


def test_a_large_graph_opens_on_directives_and_strategies_and_unfolds(open_page: Open) -> None:
    wide = build_wide(17)
    graph = build_graph(wide)
    opened = open_page(build_page(wide, find_coverage(graph), find_gaps(graph)))
    kinds = {node.id: node.kind for node in wide.nodes}

    def drawn() -> set[Kind]:
        return {kinds[item] for item in opened.drawing()["nodes"]}

    assert drawn() == {Kind.DIRECTIVE, Kind.STRATEGY}
    assert "646" in opened.text("#basisline")
    opened.page.evaluate("() => window.kgPage.change({ selected: 't02x3' })")
    assert "m02x3" in opened.drawing()["nodes"]
    opened.page.click("#back")
    assert drawn() == {Kind.DIRECTIVE, Kind.STRATEGY}
    opened.page.check("input[value=measure]")
    assert drawn() == {Kind.DIRECTIVE, Kind.STRATEGY, Kind.MEASURE}
