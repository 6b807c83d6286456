"""The one computation behind every form of a report."""

from __future__ import annotations

import pytest

from kg.analysis.coverage import find_coverage
from kg.analysis.rules import find_gaps, find_not_judged
from kg.errors import UnknownNodeError
from kg.graph.build import build_graph
from kg.model import BASES, Dataset, Kind, Node, QuoteStatus
from kg.report.content import coverage_document, gaps_document
from kg.report.phrases import share
from kg.report.serious import most_serious
from kg.sources.policy import Waiver
from kg.words import LANGS, load_words
from tests.unit.report.county import COUNTY
from tests.unit.report.office import OFFICE, report_of


@pytest.mark.parametrize("lang", LANGS)
def test_coverage_and_gaps_are_those_of_the_commands(liling: Dataset, lang: str) -> None:
    for dataset in (COUNTY, OFFICE, liling):
        graph = build_graph(dataset)
        coverage = find_coverage(graph)
        report = report_of(dataset, lang)
        assert report["coverage"] == coverage_document(dataset, coverage)
        assert report["gaps"] == gaps_document(
            dataset,
            coverage,
            find_gaps(graph),
            load_words(lang),
            not_judged=find_not_judged(graph),
        )


def test_the_levels_of_the_chart_are_those_of_the_directives_that_are_counted(
    liling: Dataset,
) -> None:
    for dataset in (COUNTY, OFFICE, liling):
        report = report_of(dataset)
        rows = {row["id"]: row for row in report["coverage"]["directives"]}
        for basis in map(str, BASES):
            levels = [rows[item]["level"][basis] for item in report["coverage"]["chosen"]]
            counts = report["levels"][basis]
            assert sum(counts.values()) == report["coverage"]["summary"][basis]["total"]
            assert {rung: count for rung, count in counts.items() if count} == {
                rung: levels.count(rung) for rung in set(levels)
            }


def test_the_most_serious_gaps_follow_the_written_rule() -> None:
    found = [(gap["severity"], gap["code"], gap["id"]) for gap in report_of()["serious"]]
    assert found == [
        ("high", "KG101", "d03"),
        ("high", "KG101", "d04"),
        ("high", "KG103", "d02"),
        ("high", "KG107", "d01"),
        ("high", "KG101", "d032"),
    ]


def test_of_one_thing_only_its_first_gap_is_among_the_most_serious(liling: Dataset) -> None:
    for dataset in (COUNTY, OFFICE, liling):
        ids = [gap["id"] for gap in report_of(dataset)["serious"]]
        assert len(ids) == len(set(ids)) == 5


def test_there_are_fewer_serious_gaps_where_there_are_fewer_gaps() -> None:
    chosen: dict[str, list[str]] = {"chosen": [], "chosen_legs": []}
    assert most_serious([], chosen) == []
    gap = {"code": "KG303", "id": "m1", "severity": "low"}
    assert most_serious([gap], chosen) == [gap]


def test_a_gap_of_a_directive_says_how_far_it_got_and_by_what() -> None:
    gaps = {gap["id"]: gap for gap in report_of()["serious"]}
    assert gaps["d02"]["level"] == {
        "stated": "none",
        "echoed": "none",
        "positional": "none",
        "interpreted": "planned",
    }
    assert gaps["d02"]["chain"] == {"ids": ["m02", "d02"], "strength": "interpreted"}
    assert gaps["d04"]["chain"] == {"ids": ["o01", "t01", "d04"], "strength": "stated"}
    assert gaps["d03"]["chain"] == {"ids": ["m03", "d032"], "strength": "echoed"}


def test_what_a_unit_owes_is_what_it_leads_answers_for_or_performs() -> None:
    report = report_of(unit="org2")
    assert report["unit"] == {"id": "org2", "zh": "示例县", "en": "Example County"}
    assert [
        (
            entry["id"],
            entry["parts"]["org2"],
            entry["due"],
            entry["overdue"],
            entry["serves"],
            entry["outcomes"],
        )
        for entry in report["measures"].values()
    ] == [
        (
            "m01",
            ["answers"],
            "2022",
            False,
            [{"id": "d01", "basis": "stated"}],
            [{"id": "o01", "basis": "positional"}],
        ),
        (
            "m02",
            ["leads"],
            "2021-06",
            True,
            [{"id": "d02", "basis": "interpreted"}, {"id": "d031", "basis": "positional"}],
            [],
        ),
    ]
    assert report["units"] == [
        {
            "id": "org2",
            "zh": "示例县",
            "en": "Example County",
            "measures": ["m01", "m02"],
            "counts": {
                "total": 2,
                "done": 1,
                "ongoing": 0,
                "planned": 1,
                "undetermined": 0,
                "dated": 2,
                "overdue": 1,
                "with_outcome": 1,
                "serving": 2,
            },
        }
    ]
    assert {gap["id"] for gap in report["gaps"]["findings"]} <= {"m01", "m02"}
    assert {entry["item"] for entry in report["evidence"]} == {"l01", "m01", "m02", "o01"}


def test_measures_of_nobody_stand_last() -> None:
    assert [(group["id"], group["measures"]) for group in report_of()["units"]] == [
        ("org2", ["m01", "m02"]),
        ("", ["m03"]),
    ]


def test_an_unknown_unit_is_refused() -> None:
    with pytest.raises(UnknownNodeError):
        report_of(unit="org99")


def test_waived_gaps_are_listed_and_counted_apart() -> None:
    waived = Waiver("KG303", "m03", "正在核实", "督查室", "2022-06-30")
    before, after = report_of(), report_of(waived=(waived,))
    assert before["waived"] == []
    [entry] = after["waived"]
    assert (entry["code"], entry["id"], entry["reason"], entry["who"], entry["until"]) == (
        *("KG303", "m03", "正在核实", "督查室", "2022-06-30"),
    )
    assert before["gaps"]["counts"]["KG303"] - after["gaps"]["counts"]["KG303"] == 1
    assert after["coverage"] == before["coverage"]
    assert ("KG303", "m03") not in {(g["code"], g["id"]) for g in after["gaps"]["findings"]}


def test_every_mention_is_evidence_with_its_section_and_status(liling: Dataset) -> None:
    exact = next(m for node in OFFICE.nodes if node.id == "d01" for m in node.mentions)
    report = report_of(statuses={exact: QuoteStatus.EXACT})
    assert len(report["evidence"]) == len(OFFICE.mentions)
    first = report["evidence"][0]
    assert (first["item"], first["section"], first["status"]) == (
        "d01",
        {"id": "lead", "zh": "导语", "en": "Lead"},
        "exact",
    )
    assert report["quotes"]["exact"] == 1
    assert sum(report["quotes"].values()) == len(OFFICE.mentions)
    assert len(report_of(liling)["evidence"]) == len(liling.mentions)


def test_the_sections_of_evidence_are_those_of_kg_show(liling: Dataset) -> None:
    from kg.report.things import section_at

    assert [entry["section"] for entry in report_of(liling)["evidence"]] == [
        section_at(liling, entry["source"], entry["start"])
        for entry in report_of(liling)["evidence"]
    ]


def test_an_empty_denominator_is_no_share() -> None:
    assert share(0, 0, load_words("zh")) == "0/0（无）"
    assert share(0, 0, load_words("en")) == "0/0 (n/a)"
    assert share(1, 3, load_words("zh")) == "1/3（33%）"


def test_a_data_set_without_directives_has_a_report() -> None:
    report = report_of(Dataset((Node("m1", Kind.MEASURE, "举措"),)))
    assert report["coverage"]["summary"]["stated"]["total"] == 0
    assert report["levels"]["stated"]["none"] == 0
