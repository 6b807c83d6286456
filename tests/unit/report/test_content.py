"""The documents behind every report."""

from __future__ import annotations

import json
from typing import Any

import pytest

from kg.analysis.coverage import Coverage, find_coverage
from kg.analysis.rules import find_gaps, find_not_judged
from kg.codes import CODES, GAP_CODES
from kg.document import dataset_header
from kg.errors import UnknownNodeError
from kg.graph.build import build_graph
from kg.model import BASES, Basis, Kind
from kg.report.content import Selection, coverage_document, gaps_document
from kg.report.rows import coverage_rows, gaps_rows
from kg.words import load_words
from tests.unit.report.county import COUNTY

GRAPH = build_graph(COUNTY)
GAPS = find_gaps(GRAPH)
ZH = load_words("zh")


def coverage_of_county(**choice: Any) -> Coverage:
    return find_coverage(GRAPH, **choice)


def gaps_of_county(**wanted: Any) -> dict[str, Any]:
    return gaps_document(COUNTY, coverage_of_county(), GAPS, ZH, selection=Selection(**wanted))


def by_basis(*values: Any) -> dict[str, Any]:
    return dict(zip(map(str, BASES), values, strict=True))


def test_every_document_says_what_it_is_of_what_and_by_which_choice() -> None:
    document = coverage_document(COUNTY, coverage_of_county())
    assert list(document)[:4] == ["schema", "tool", "dataset", "filters"]
    assert document["schema"] == "kg-coverage/1"
    assert document["dataset"] == dataset_header(COUNTY)
    assert document["filters"] == {"issuer": "org1", "all": False, "include_prior": False}


def test_a_directive_is_given_at_every_basis() -> None:
    document = coverage_document(COUNTY, coverage_of_county())
    (row,) = [row for row in document["directives"] if row["id"] == "d01"]
    chain = {"ids": ["m01", "d01"], "links": ["l01"]}
    result = {"ids": ["o01", "m01", "d01"], "links": ["l02", "l01"]}
    assert row == {
        "id": "d01",
        "zh": "全面推行河湖长制",
        "en": "Put a chief in charge of every river",
        "issuer": "org1",
        "parent": None,
        "legs": {"total": 0, "open": by_basis(0, 0, 0, 0), "ids": []},
        "level": by_basis("measure", "measure", "figure", "figure"),
        "with_measure": by_basis(True, True, True, True),
        "only_planned": by_basis(False, False, False, False),
        "with_outcome": by_basis(False, False, True, True),
        "with_figure": by_basis(False, False, True, True),
        "direct_measures": by_basis(1, 1, 1, 1),
        "measures": by_basis(1, 1, 1, 1),
        "planned": by_basis(0, 0, 0, 0),
        "outcomes": by_basis(0, 0, 1, 1),
        "figures": by_basis(0, 0, 1, 1),
        "chain": by_basis(chain, chain, result, result),
        "prior": [],
        "undated": ["o01"],
    }


def test_the_legs_of_a_directive_are_counted_with_those_that_are_open() -> None:
    document = coverage_document(COUNTY, coverage_of_county())
    (row,) = [row for row in document["directives"] if row["id"] == "d03"]
    assert row["legs"] == {"total": 2, "open": by_basis(2, 2, 1, 1), "ids": ["d031", "d032"]}


def test_the_summary_counts_the_choice_and_all_directives_are_listed() -> None:
    document = coverage_document(COUNTY, coverage_of_county())
    assert [row["id"] for row in document["directives"]] == [
        *("d01", "d02", "d03", "d031", "d032", "d04", "d05"),
    ]
    assert document["chosen"] == ["d01", "d02", "d03", "d04"]
    assert document["chosen_legs"] == ["d031", "d032"]
    assert document["summary"]["interpreted"] == {
        "with_measure": 2,
        "with_outcome": 2,
        "with_figure": 2,
        "total": 4,
    }
    assert document["legs"]["positional"]["with_measure"] == 1
    everything = coverage_document(COUNTY, coverage_of_county(all_issuers=True))
    assert everything["summary"]["stated"]["total"] == 5
    assert everything["filters"] == {"issuer": None, "all": True, "include_prior": False}


def test_the_issuer_is_named_whether_given_by_id_or_by_name() -> None:
    entry = {"id": "org1", "zh": "市党代会", "en": "The city congress"}
    for spelling in ("org1", "市党代会", "The city congress"):
        document = coverage_document(COUNTY, coverage_of_county(issuer=spelling))
        assert document["issuer"] == entry
        assert document["summary"]["stated"]["total"] == 4


def test_documents_are_plain_json() -> None:
    for document in (coverage_document(COUNTY, coverage_of_county()), gaps_of_county()):
        assert json.loads(json.dumps(document, ensure_ascii=False)) == document


def test_a_gap_is_one_row_with_every_basis_at_which_it_is_open() -> None:
    (row,) = [row for row in gaps_of_county(rules=("KG101",))["findings"] if row["id"] == "d02"]
    assert row == {
        "code": "KG101",
        "severity": "medium",
        "id": "d02",
        "kind": "directive",
        "zh": "深化网格化治理",
        "en": "Deepen grid governance",
        "basis": "positional",
        "open": ["stated", "echoed", "positional"],
        "message": "计入邻近未见举措，计划中的也没有；计入解读后有 1 项",
    }


@pytest.mark.parametrize("basis", BASES)
def test_a_basis_selects_the_gaps_open_at_it_and_those_without_a_basis(basis: Basis) -> None:
    document = gaps_of_county(basis=basis)
    assert document["basis"] == basis
    assert [(row["code"], row["id"]) for row in document["findings"]] == [
        (gap.code, gap.node) for gap in GAPS if gap.open is None or basis in gap.open
    ]
    assert {row["code"] for row in document["findings"] if row["basis"] is None} == {
        gap.code for gap in GAPS if not CODES[gap.code].by_basis
    }


def test_every_code_of_a_gap_is_counted_zeros_too() -> None:
    document = gaps_of_county()
    assert list(document["counts"]) == list(GAP_CODES)
    assert sum(document["counts"].values()) == len(document["findings"])
    assert document["counts"]["KG305"] == 0


def test_filters_leave_only_what_they_ask_for() -> None:
    def found(**wanted: Any) -> list[tuple[str, str]]:
        return [(row["code"], row["id"]) for row in gaps_of_county(**wanted)["findings"]]

    assert found(rules=("KG304", "KG205")) == [("KG205", "t01"), ("KG304", "m03")]
    assert {item for _, item in found(kind=Kind.OUTCOME)} == {"o01"}
    assert {item for _, item in found(issuer="not-stated")} == {"d05"}
    assert {item for _, item in found(issuer="市党代会")} == {
        *("d01", "d02", "d03", "d031", "d032", "d04"),
    }
    assert {item for _, item in found(unit="org2")} == {"m01"}
    with pytest.raises(UnknownNodeError):
        found(unit="org9")


def test_what_was_not_judged_is_said_where_it_was_asked_for() -> None:
    coverage = coverage_of_county()
    judged = find_not_judged(GRAPH)

    def not_judged(**wanted: Any) -> Any:
        return gaps_document(
            COUNTY, coverage, GAPS, ZH, selection=Selection(**wanted), not_judged=judged
        )["not_judged"]

    assert judged == ("KG305",)
    assert not_judged() == ["KG305"]
    assert not_judged(rules=("KG101",)) == []


def test_the_rows_for_csv_hold_the_levels_in_words() -> None:
    rows = coverage_rows(coverage_document(COUNTY, coverage_of_county()), ZH)
    first = dict(zip(rows.head, rows.rows[0], strict=True))
    assert first["层级（含邻近）"] == "有数据"
    assert first["最强链条（含邻近）"] == "o01 → m01 → d01"
    assert first["直接举措（明示）"] == "1"
    assert len(rows.rows) == 7


def test_the_rows_of_gaps_say_what_would_close_them() -> None:
    rows = gaps_rows(gaps_of_county(rules=("KG304",)), ZH)
    assert rows.rows == (
        (
            "KG304",
            "仅为口号",
            "低",
            "m03",
            "举措",
            "弘扬法治精神",
            "Uphold the law",
            "",
            "属于口号；照录，不计为举措",
            "写明具体做什么的语句。",
        ),
    )
