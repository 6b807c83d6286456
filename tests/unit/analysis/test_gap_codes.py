"""Every gap fires on one graph, and not on its twin that differs in one cell."""

from __future__ import annotations

import copy
from typing import Any, NamedTuple

import pytest

from kg.analysis.rules import find_gaps, find_not_judged
from kg.codes import CODES, GAP_CODES
from kg.graph.build import build_graph
from kg.model import BASES, Basis, Severity
from kg.sources.graph_json import read_graph_document
from tests.oracle.graphs import graph_of

Json = dict[str, Any]


class Case(NamedTuple):
    """A drawing, what its nodes have besides, where the gap is, and the cell that closes it.

    `cell` is (the list, the id of the row, the field, the value of the twin).
    """

    drawing: str
    fields: Json
    node: str
    cell: tuple[str, str, str, Any]
    as_of: str | None = None


DONE = {"status": "done"}
FIGURE = {"value": 94, "unit": "percent"}

CASES: dict[str, Case] = {
    "KG101": Case("m addresses d stated withdrawn", {}, "d", ("links", "l1", "status", "current")),
    "KG102": Case(
        "m addresses d stated", {"m": {"status": "planned"}}, "d", ("nodes", "m", "status", "done")
    ),
    "KG103": Case(
        "o resultOf m stated withdrawn\nm addresses d stated",
        {},
        "d",
        ("links", "l1", "status", "current"),
    ),
    "KG104": Case(
        "o resultOf m stated\nm addresses d stated",
        {"o": {"value": 94, "unit": "not-stated"}},
        "d",
        ("nodes", "o", "unit", "percent"),
    ),
    "KG106": Case(
        "dA partOf dD stated\ndB partOf dD stated\nm addresses dA stated\nn addresses dB stated",
        {"n": {"kind": "measure", "status": "planned"}},
        "dD",
        ("nodes", "n", "status", "ongoing"),
    ),
    "KG107": Case(
        "m addresses d stated\nn addresses d stated",
        {"n": {"kind": "measure", "concreteness": "slogan"}},
        "d",
        ("nodes", "n", "concreteness", "generic"),
    ),
    "KG201": Case(
        "m implements t stated withdrawn", {}, "t", ("links", "l1", "status", "disputed")
    ),
    "KG202": Case(
        "m implements b stated",
        {"m": {"status": "planned"}},
        "b",
        ("nodes", "m", "status", "undetermined"),
    ),
    "KG203": Case(
        "m implements b stated\no resultOf m stated",
        {"m": {"concreteness": "slogan"}},
        "b",
        ("nodes", "m", "concreteness", "checkable"),
    ),
    "KG204": Case(
        "t1 partOf t stated\nt2 partOf t stated",
        {"t": {"set": True, "announced": 3}},
        "t",
        ("nodes", "t", "announced", 2),
    ),
    "KG205": Case(
        "t1 partOf t stated superseded",
        {"t": {"set": True}},
        "t",
        ("links", "l1", "status", "current"),
    ),
    "KG301": Case("m addresses d stated withdrawn", {}, "m", ("links", "l1", "status", "current")),
    "KG302": Case("o resultOf m stated withdrawn", {}, "m", ("links", "l1", "status", "current")),
    "KG303": Case(
        "m addresses d stated",
        {"m": {"responsible": "not-stated"}},
        "m",
        ("nodes", "m", "responsible", "综治办"),
    ),
    "KG304": Case(
        "m addresses d stated",
        {"m": {"concreteness": "slogan"}},
        "m",
        ("nodes", "m", "concreteness", "generic"),
    ),
    "KG305": Case(
        "m addresses d stated",
        {"m": {"status": "planned", "due": "2021-06"}},
        "m",
        ("nodes", "m", "due", "2021-07"),
        "2021-07-01",
    ),
    "KG401": Case("o resultOf m stated withdrawn", {}, "o", ("links", "l1", "status", "current")),
    "KG402": Case(
        "o resultOf m stated",
        {"o": {**FIGURE, "baseline": "not-stated"}},
        "o",
        ("nodes", "o", "baseline", "2020年为90%"),
    ),
    "KG403": Case(
        "o resultOf m stated",
        {"o": {"outcome_type": "award", "issuer": "not-stated"}},
        "o",
        ("nodes", "o", "issuer", "省国家安全厅"),
    ),
    "KG404": Case(
        "o resultOf m stated\nm addresses d stated",
        {"o": {"period": "2020"}, "d": {"date": "2021-09"}},
        "o",
        ("nodes", "o", "period", "2021"),
    ),
    "KG405": Case(
        "o resultOf m stated", {"m": {"status": "planned"}}, "o", ("nodes", "m", "status", "done")
    ),
}


def document_of(case: Case) -> Json:
    document: Json = graph_of(case.drawing, **case.fields)
    for row in document["links"]:
        row.setdefault("status", "current")
    return document


def twin_of(case: Case) -> Json:
    twin = copy.deepcopy(document_of(case))
    table, item, field, value = case.cell
    (row,) = (row for row in twin[table] if row["id"] == item)
    row[field] = value
    return twin


def fired(document: Json, code: str, as_of: str | None) -> list[str]:
    graph = build_graph(read_graph_document(document).dataset)
    return [gap.node for gap in find_gaps(graph, as_of=as_of) if gap.code == code]


def test_every_gap_code_has_a_case() -> None:
    assert sorted(CASES) == list(GAP_CODES)


@pytest.mark.parametrize("code", CASES)
def test_a_gap_fires_and_its_twin_of_one_cell_does_not(code: str) -> None:
    case = CASES[code]
    table, item, field, value = case.cell
    (row,) = (row for row in document_of(case)[table] if row["id"] == item)
    assert row[field] != value, "the twin differs in this cell"
    assert case.node in fired(document_of(case), code, case.as_of)
    assert case.node not in fired(twin_of(case), code, case.as_of)


@pytest.mark.parametrize("code", CASES)
def test_a_gap_lists_its_bases_where_it_depends_on_one_and_only_there(code: str) -> None:
    case = CASES[code]
    graph = build_graph(read_graph_document(document_of(case)).dataset)
    for gap in find_gaps(graph, as_of=case.as_of):
        assert (gap.open is not None) == CODES[gap.code].by_basis
        assert (gap.basis is not None) == CODES[gap.code].by_basis


def test_a_gap_that_a_reading_closes_is_medium_and_one_that_none_closes_is_high() -> None:
    document = graph_of("m addresses d interpreted", d2={})
    graph = build_graph(read_graph_document(document).dataset)
    found = {gap.node: gap for gap in find_gaps(graph) if gap.code == "KG101"}
    assert (found["d"].open, found["d"].severity) == (BASES[:3], Severity.MEDIUM)
    assert found["d"].basis is Basis.POSITIONAL
    assert (found["d2"].open, found["d2"].severity) == (BASES, Severity.HIGH)


def test_without_a_day_nothing_is_overdue_and_the_code_is_named_as_not_judged() -> None:
    case = CASES["KG305"]
    graph = build_graph(read_graph_document(document_of(case)).dataset)
    assert fired(document_of(case), "KG305", None) == []
    assert find_not_judged(graph) == ("KG305",)
    assert find_not_judged(graph, as_of="2022") == ()


def test_all_bad_values_of_a_figure_are_one_row() -> None:
    absent = {"baseline": "not-stated", "period": "not-stated", "denominator": "not-stated"}
    document = graph_of("o resultOf m stated", o={**FIGURE, **absent})
    graph = build_graph(read_graph_document(document).dataset)
    assert [gap.facts for gap in find_gaps(graph) if gap.code == "KG402"] == [
        (("lacking", "baseline period denominator"),)
    ]
