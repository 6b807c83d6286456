"""The worked examples of the design, read by the package."""

from __future__ import annotations

from typing import Any

from kg.analysis.coverage import Coverage, find_coverage
from kg.analysis.rules import find_gaps
from kg.graph.build import build_graph
from kg.model import BASES, KgGraph
from kg.sources.graph_json import read_graph_document
from tests.oracle.graphs import graph_of

DONE = {"status": "done", "concreteness": "checkable"}


def built(text: str, **fields: Any) -> KgGraph:
    """The graph of a drawing; measures are done and checkable unless it says otherwise."""
    document = graph_of(text, **fields)
    for node in document["nodes"]:
        if node["kind"] == "measure":
            node.update({**DONE, **node})
    return build_graph(read_graph_document(document).dataset)


def levels(coverage: Coverage, directive: str) -> list[str]:
    at = coverage.row(directive).at
    return [at[basis].level.value for basis in BASES]


def measures(coverage: Coverage, directive: str) -> list[int]:
    at = coverage.row(directive).at
    return [len(at[basis].measures) for basis in BASES]


def codes(graph: KgGraph, *wanted: str) -> list[tuple[str, str]]:
    return [(gap.code, gap.node) for gap in find_gaps(graph) if gap.code in wanted]


def test_a_whole_with_a_measure_of_its_own_and_one_open_leg() -> None:
    graph = built(
        """
        m1 addresses dA stated
        m2 addresses dD stated
        dA partOf dD stated
        dB partOf dD stated
        """
    )
    coverage = find_coverage(graph)
    assert levels(coverage, "dA") == ["measure"] * 4
    assert levels(coverage, "dB") == ["none"] * 4
    assert levels(coverage, "dD") == ["measure"] * 4
    assert measures(coverage, "dD") == [2] * 4
    assert codes(graph, "KG101", "KG102", "KG106") == [("KG101", "dB"), ("KG106", "dD")]
    assert [gap.facts for gap in find_gaps(graph) if gap.code == "KG106"] == [
        (("legs", "dB"), ("total", 2))
    ]
    assert [coverage.summary[basis].with_measure for basis in BASES] == [1] * 4


def test_a_whole_without_a_measure_of_its_own_waits_for_every_leg() -> None:
    graph = built("m1 addresses dA stated\ndA partOf dD stated\ndB partOf dD stated")
    coverage = find_coverage(graph)
    assert levels(coverage, "dD") == ["none"] * 4
    assert measures(coverage, "dD") == [1] * 4
    assert codes(graph, "KG101", "KG106") == [("KG101", "dB"), ("KG101", "dD"), ("KG106", "dD")]


def test_a_general_hop_carries_a_strategy_but_no_measure() -> None:
    graph = built(
        """
        m1 implements t stated
        t addresses d stated general
        m2 addresses d stated general
        """
    )
    coverage = find_coverage(graph)
    assert levels(coverage, "d") == ["strategy"] * 3 + ["measure"]
    assert measures(coverage, "d") == [0, 0, 0, 2]


def test_a_set_carries_what_implements_it_as_a_whole_and_not_its_members() -> None:
    graph = built(
        """
        m implements b stated
        b partOf bset stated
        bset addresses d stated
        n implements bset stated
        """,
        bset={"set": True},
        n={"kind": "measure"},
    )
    coverage = find_coverage(graph)
    assert levels(coverage, "d") == ["measure"] * 4
    assert coverage.row("d").at[BASES[0]].measures == ("n",)
    assert measures(coverage, "d") == [1, 1, 1, 2]
    assert codes(graph, "KG202") == []  # b has m, but nothing from n
    without_m = built(
        "b partOf bset stated\nbset addresses d stated\nn implements bset stated",
        bset={"set": True},
        n={"kind": "measure"},
    )
    assert codes(without_m, "KG202") == [("KG202", "b")]


def test_an_outcome_of_a_strategy_gives_a_level_without_a_measure() -> None:
    graph = built("o resultOf t stated\nt addresses d stated")
    coverage = find_coverage(graph)
    assert levels(coverage, "d") == ["outcome"] * 4
    assert measures(coverage, "d") == [0] * 4
    assert codes(graph, "KG101") == [("KG101", "d")]


def test_an_outcome_of_a_slogan_raises_nothing() -> None:
    graph = built(
        """
        o resultOf m stated
        m addresses d stated
        m2 partOf m stated
        """,
        m={"concreteness": "slogan"},
    )
    coverage = find_coverage(graph)
    assert levels(coverage, "d") == ["measure"] * 4
    assert coverage.row("d").at[BASES[0]].measures == ("m2",)
    assert codes(graph, "KG405") == [("KG405", "o")]


def test_a_part_of_an_outcome_inherits_what_it_results_from() -> None:
    graph = built(
        "o2 partOf o1 stated\no1 resultOf m stated\nm addresses d stated",
        o2={"value": 94, "unit": "percent", "comparator": ">="},
    )
    at = find_coverage(graph).row("d").at[BASES[0]]
    assert (at.level.value, at.outcomes, at.figures) == ("figure", ("o1", "o2"), ("o2",))


def test_an_outcome_older_than_one_of_two_directives() -> None:
    graph = built(
        "o resultOf m stated\nm addresses d1 stated\nm addresses d2 stated",
        o={"period": "2020", "value": 3, "unit": "case"},
        d2={"date": "2021-09"},
    )
    coverage = find_coverage(graph)
    assert levels(coverage, "d1") == ["figure"] * 4
    assert coverage.row("d1").undated == ("o",)
    assert levels(coverage, "d2") == ["measure"] * 4
    assert coverage.row("d2").prior == ("o",)
    assert [gap.facts for gap in find_gaps(graph) if gap.code == "KG404"] == [
        (("directives", "d2"),)
    ]
    included = find_coverage(graph, include_prior=True)
    assert levels(included, "d2") == ["figure"] * 4


def test_an_echo_carries_nothing_and_an_echoed_address_does() -> None:
    graph = built(
        "m echoes d1 echoed\nn echoes d2 echoed\nn addresses d2 echoed", n={"kind": "measure"}
    )
    coverage = find_coverage(graph)
    assert levels(coverage, "d1") == ["none"] * 4
    assert levels(coverage, "d2") == ["none", "measure", "measure", "measure"]


def test_a_withdrawn_link_carries_nothing() -> None:
    graph = built("m addresses d interpreted\nm addresses d stated withdrawn")
    assert levels(find_coverage(graph), "d") == ["none", "none", "none", "measure"]
