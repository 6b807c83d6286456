"""The named questions: the rows they give, and the cell that changes them."""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from pathlib import Path

import pytest

from kg.analysis.rules import find_gaps
from kg.graph.build import build_graph
from kg.model import (
    BASES,
    NOT_STATED,
    ActorKnown,
    Basis,
    Dataset,
    Link,
    LinkStatus,
    Relation,
    Stance,
    Status,
    Voice,
)
from kg.query.named import list_questions
from kg.sources.registry import read_source
from tests.questions import small
from tests.questions.asked import (
    Rows,
    ask_ids,
    ask_ids_by_rdflib,
    expected_files,
    question_of,
    read_expected,
)
from tests.questions.cells import change_figure, change_link, change_mention, change_node
from tests.questions.small import SMALL
from tests.questions.told import TOLD

HERE = Path(__file__).parent
FOLDERS = {"small": "small", "told": "told", "liling": "expected"}

# Question → the gap that it lists.
GAPS = {
    "awards-without-issuer": "KG403",
    "battles-without-measure": "KG202",
    "counts-that-do-not-fit": "KG204",
    "directives-with-only-planned-measures": "KG102",
    "directives-without-figure": "KG104",
    "directives-without-measures": "KG101",
    "directives-without-outcome": "KG103",
    "incomplete-figures": "KG402",
    "measures-without-outcome": "KG302",
    "outcomes-of-nothing": "KG401",
    "outcomes-older-than-directive": "KG404",
    "sets-never-unfolded": "KG205",
}

# What is empty on the Liling ledger when nothing is chosen; `tests/questions/expected/SOURCES.md`
# says why.
EMPTY = {
    "counts-that-do-not-fit",
    "directives-with-only-planned-measures",
    "disputed-links",
    "measures-for-several-directives",
    "outcomes-older-than-directive",
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

# Question, the made-up article with one cell changed, the rows that go, the rows that come.
TOLD_CHANGES: list[tuple[str, Dataset, Rows, Rows]] = [
    (
        "counts-that-do-not-fit",
        change_node(TOLD, "t1", announced=4),
        [("t1", "strategy", "3", "2")],
        [("t1", "strategy", "4", "2")],
    ),
    (
        "directives-by-reading-only",
        change_link(TOLD, "l3", basis=Basis.POSITIONAL),
        [("d4", "1")],
        [],
    ),
    (
        "disputed-links",
        change_link(TOLD, "l8", status=LinkStatus.CURRENT),
        [],
        [
            (
                *("l8", "m3", "implements", "t3", "positional", "current", "误挂"),
                *("s1", "192", "198", "signed"),
            )
        ],
    ),
    (
        "incomplete-figures",
        change_figure(TOLD, "o1", baseline="2015年为81%"),
        [("o1", "94%", "baseline")],
        [],
    ),
    (
        "inherited-responsibility",
        change_node(TOLD, "m2", actor_known=ActorKnown.STATED),
        [("m2", "responsible", "org2", "interpreted")],
        [],
    ),
    (
        "measures-for-several-directives",
        change_link(TOLD, "l2", basis=Basis.INTERPRETED),
        [("m1", "done", "2")],
        [],
    ),
    (
        "outcomes-older-than-directive",
        change_node(TOLD, "d2", date="2021-03"),
        [],
        [("o1", "2020-12-31", "d2", "2021-03-01")],
    ),
    (
        "promised-but-not-reported",
        change_link(TOLD, "l6", target="m2"),
        [("m2", "checkable", "s1", "142", "150")],
        [("m3", "generic", "s1", "152", "160")],
    ),
    (
        "resting-on-one-passage",
        change_mention(TOLD, "o2", 500, stance=Stance.CONTEXT),
        [],
        [("o2", "s1", "420", "430", "reporter")],
    ),
    (
        "said-more-than-once",
        change_mention(TOLD, "t1", 350, stance=Stance.SUPPORTS),
        [],
        [("t1", "", "s1", "60", "64", "reporter"), ("t1", "", "s1", "350", "352", "reporter")],
    ),
    (
        "sets-never-unfolded",
        change_link(TOLD, "la", target="t4"),
        [("t4", "strategy", "")],
        [],
    ),
    (
        "what-a-unit-does",
        change_node(TOLD, "m1", responsible="org3"),
        [],
        [("org3", "m1", "d1", "stated"), ("org3", "m1", "d2", "stated")],
    ),
    (
        "whose-word",
        change_mention(TOLD, "o1", 400, voice=Voice.SIGNED),
        [("o1", "reporter", "1")],
        [("o1", "signed", "1")],
    ),
]


@cache
def _dataset(name: str) -> Dataset:
    return {"small": SMALL, "told": TOLD}.get(name) or read_source().dataset


def _files() -> list[tuple[str, Path]]:
    return [(data, file) for data, part in FOLDERS.items() for file in expected_files(HERE / part)]


def test_every_question_has_expected_rows_and_a_cell_that_changes_them() -> None:
    names = [question.name for question in list_questions()]
    assert len(names) == 23
    made_up = {question_of(file)[0] for data, file in _files() if data != "liling"}
    assert sorted(made_up) == names
    assert sorted({question_of(file)[0] for data, file in _files() if data == "liling"}) == names
    assert sorted([change[0] for change in CHANGES] + [row[0] for row in TOLD_CHANGES]) == names


def test_at_most_five_questions_are_empty_on_the_liling_ledger() -> None:
    empty = set()
    for question in list_questions():
        given = {one.name: one.example for one in question.parameters if one.required}
        if not ask_ids(_dataset("liling"), question.name, given)[1]:
            empty.add(question.name)
    assert empty == EMPTY
    assert len(empty) <= 5


@pytest.mark.parametrize(
    ("data", "file"),
    _files(),
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
    before = [row[0] for row in ask_ids(SMALL, name, params)[1]]
    after = [row[0] for row in ask_ids(changed, name, params)[1]]
    assert after == expected
    assert before != after
    assert [row[0] for row in ask_ids_by_rdflib(changed, name, params)[1]] == expected


def test_who_receives_an_award_may_stand_in_the_table_or_in_a_link() -> None:
    silent = small.with_figure("o2", recipient=NOT_STATED)
    given = Link("l99", "o2", Relation.AWARDED_TO, "org3")
    for dataset, recipient in [
        (SMALL, "org2"),
        (silent, ""),
        (replace(silent, links=(*silent.links, given)), "org3"),
    ]:
        assert ask_ids(dataset, "awards-without-issuer", {})[1] == [("o2", recipient)]
        assert ask_ids_by_rdflib(dataset, "awards-without-issuer", {})[1] == [("o2", recipient)]


@pytest.mark.parametrize(("name", "changed", "gone", "come"), TOLD_CHANGES)
def test_one_changed_cell_of_the_article_changes_rows(
    name: str, changed: Dataset, gone: Rows, come: Rows
) -> None:
    before = ask_ids(TOLD, name, {})[1]
    after = ask_ids(changed, name, {})[1]
    assert [row for row in before if row not in after] == gone
    assert [row for row in after if row not in before] == come
    assert gone or come
    assert ask_ids_by_rdflib(changed, name, {})[1] == after


@pytest.mark.parametrize("name", sorted(GAPS))
@pytest.mark.parametrize("basis", BASES)
@pytest.mark.parametrize("data", sorted(FOLDERS))
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
