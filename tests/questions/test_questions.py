"""Ten named questions: the rows they give, and the cell that changes them."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import pytest

from kg.analysis.rules import find_gaps
from kg.graph.build import build_graph
from kg.model import BASES, Basis, Dataset, LinkStatus, Status
from kg.query.named import list_questions
from kg.sources.registry import read_source
from tests.questions import small
from tests.questions.asked import (
    ask_ids,
    ask_ids_by_rdflib,
    expected_files,
    question_of,
    read_expected,
)

HERE = Path(__file__).parent

# Question → the gap that it lists.
GAPS = {
    "awards-without-issuer": "KG403",
    "battles-without-measure": "KG202",
    "directives-with-only-planned-measures": "KG102",
    "directives-without-figure": "KG104",
    "directives-without-measures": "KG101",
    "directives-without-outcome": "KG103",
    "measures-without-outcome": "KG302",
    "outcomes-of-nothing": "KG401",
}

# Question, its parameters, the data set with one cell changed, the first column then.
CHANGES = [
    ("directives-without-measures", {}, small.with_link("l02", basis=Basis.STATED), ["d4"]),
    (
        "directives-with-only-planned-measures",
        {},
        small.with_node("m3", status=Status.ONGOING),
        [],
    ),
    (
        "directives-without-outcome",
        {},
        small.with_node("m1", status=Status.PLANNED),
        ["d1", "d2", "d3", "d4"],
    ),
    (
        "directives-without-figure",
        {},
        small.with_link("l11", basis=Basis.STATED),
        ["d2", "d3", "d4"],
    ),
    ("measures-without-outcome", {}, small.with_link("l09", target="m3"), ["m2"]),
    ("battles-without-measure", {}, small.with_link("l06", basis=Basis.STATED), []),
    (
        "outcomes-of-nothing",
        {},
        small.with_link("l10", status=LinkStatus.WITHDRAWN),
        ["o3", "o5"],
    ),
    ("awards-without-issuer", {}, small.with_figure("o2", issuer="org3"), []),
    (
        "who-is-responsible",
        {"actor": "org4"},
        small.with_node("m3", lead="org4"),
        ["m1", "m2", "m3"],
    ),
    (
        "what-serves-directive",
        {"directive": "d1"},
        small.with_link("l04", basis=Basis.ECHOED),
        ["m1", "o1", "o4", "o5"],
    ),
]


@cache
def _dataset(name: str) -> Dataset:
    return small.SMALL if name == "small" else read_source().dataset


def test_there_are_ten_questions_and_each_has_expected_rows_and_a_cell_that_changes_them() -> None:
    names = [question.name for question in list_questions()]
    assert len(names) == 10
    assert sorted({question_of(file)[0] for file in expected_files(HERE / "small")}) == names
    assert sorted(name for name, *_ in CHANGES) == names


@pytest.mark.parametrize(
    ("data", "file"),
    [
        *(("small", file) for file in expected_files(HERE / "small")),
        *(("liling", file) for file in expected_files(HERE / "expected")),
    ],
    ids=lambda value: value if isinstance(value, str) else value.stem,
)
def test_a_question_gives_its_expected_rows_on_both_engines(data: str, file: Path) -> None:
    name, params = question_of(file)
    expected = read_expected(file)
    assert ask_ids(_dataset(data), name, params) == expected
    assert ask_ids_by_rdflib(_dataset(data), name, params) == expected


@pytest.mark.parametrize(("name", "params", "changed", "expected"), CHANGES)
def test_one_changed_cell_changes_the_answer(
    name: str, params: dict[str, str], changed: Dataset, expected: list[str]
) -> None:
    before = [row[0] for row in ask_ids(small.SMALL, name, params)[1]]
    after = [row[0] for row in ask_ids(changed, name, params)[1]]
    assert after == expected
    assert before != after
    assert [row[0] for row in ask_ids_by_rdflib(changed, name, params)[1]] == expected


@pytest.mark.parametrize("name", sorted(GAPS))
@pytest.mark.parametrize("basis", BASES)
@pytest.mark.parametrize("data", ["small", "liling"])
def test_the_answer_is_that_of_the_gaps(name: str, basis: Basis, data: str) -> None:
    dataset = _dataset(data)
    gaps = [
        gap.node
        for gap in find_gaps(build_graph(dataset))
        if gap.code == GAPS[name] and (gap.open is None or basis in gap.open)
    ]
    takes_basis = any(
        parameter.name == "basis"
        for question in list_questions()
        if question.name == name
        for parameter in question.parameters
    )
    params = {"basis": basis.value} if takes_basis else {}
    answer = sorted({row[0] for row in ask_ids(dataset, name, params)[1]})
    assert answer == gaps
