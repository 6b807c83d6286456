"""The gate of `kg check`: what fails, what was known, what is waived; exit 0, 1 or 2."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest

from kg.report.layout import width_of
from kg.words import LANGS
from tests.cli.conftest import Kg

Edit = Callable[[str, str, str], None]
POLICY = """schema = "kg-policy/1"

[thresholds]
stated = 30

[severities]
KG103 = "low"

[[waivers]]
code = "KG101"
id = "d03"
reason = "标准在修订"
who = "督查室 李某"
until = 2026-12-31
"""


def check(kg: Kg, ledger: Path, *arguments: str | Path) -> tuple[int, Any]:
    outcome = kg("--data", ledger, "check", "--format", "json", *arguments)
    assert outcome.notes == ""
    return outcome.status, json.loads(outcome.data)


def keys(rows: list[dict[str, Any]]) -> list[tuple[str, str]]:
    return [(row["code"], row["id"]) for row in rows]


def test_without_demands_and_policy_there_is_no_gate(kg: Kg, ledger: Path) -> None:
    status, document = check(kg, ledger)
    assert (status, "gate" in document) == (0, False)
    gaps = json.loads(kg("--data", ledger, "gaps", "--format", "json").data)
    assert keys(document["gaps"]) == keys(gaps["findings"])
    assert (document["basis"], document["filters"]["as_of"]) == ("stated", "2026-06-30")


@pytest.mark.parametrize(
    ("demand", "failing"),
    [
        (["--fail-on", "KG107"], [("KG107", "d01")]),
        (["--fail-on", "kg107,KG303"], [("KG107", "d01"), ("KG303", "m002"), ("KG303", "m003")]),
        (["--fail-on", "KG204"], []),
        (["--fail-on", "error"], []),
    ],
)
def test_the_named_codes_fail(
    kg: Kg, ledger: Path, demand: list[str], failing: list[tuple[str, str]]
) -> None:
    status, document = check(kg, ledger, *demand)
    assert status == int(bool(failing))
    assert document["gate"]["passed"] == (not failing)
    assert keys([row for row in document["gaps"] if row["fails"]]) == failing


@pytest.mark.parametrize(
    ("severity", "worse"),
    [("high", {"high"}), ("中", {"high", "medium"}), ("low", {"high", "medium", "low"})],
)
def test_a_severity_takes_the_more_serious_with_it(
    kg: Kg, ledger: Path, severity: str, worse: set[str]
) -> None:
    status, document = check(kg, ledger, "--fail-on", severity)
    assert status == 1
    assert {row["severity"] for row in document["gaps"] if row["fails"]} == worse


@pytest.mark.parametrize(
    ("asked", "status"), [("stated=33", 0), ("明示=34%", 1), ("interpreted=66.6", 0)]
)
def test_the_least_coverage_is_asked_for(kg: Kg, ledger: Path, asked: str, status: int) -> None:
    found, document = check(kg, ledger, "--min-coverage", asked)
    assert (found, document["gate"]["unmet"]) == (status, status)


def test_coverage_of_no_directive_is_no_coverage(kg: Kg, ledger: Path, edit: Edit) -> None:
    edit("dataset.toml", 'focus_issuer = "org01"', 'focus_issuer = "org02"')
    outcome = kg("--data", ledger, "check", "--min-coverage", "stated=0")
    assert outcome.status == 1
    assert "0/0（n/a）" in outcome.out


def test_with_a_baseline_only_new_gaps_fail_and_closed_ones_are_shown(
    kg: Kg, ledger: Path, tmp_path: Path, edit: Edit
) -> None:
    for name in ("gaps", "check"):
        last = tmp_path / f"{name}.json"
        kg("--data", ledger, name, "--format", "json", "-o", last)
        status, document = check(kg, ledger, "--baseline", last, "--fail-on", "low")
        assert (status, document["gate"]["passed"], document["closed"]) == (0, True, [])
    edit("links.csv", "l0001,m001,addresses,d01,stated", "l0001,m001,addresses,d01,positional")
    edit("links.csv", "l0004,o02,resultOf,m002,stated", "l0004,o02,resultOf,m001,stated")
    status, document = check(kg, ledger, "--baseline", tmp_path / "check.json")
    new = [row for row in document["gaps"] if row["new"]]
    assert status == 1
    assert keys(new) == [("KG101", "d01"), ("KG301", "m001"), ("KG302", "m002")]
    assert new == [row for row in document["gaps"] if row["fails"]]
    assert keys(document["closed"]) == [("KG107", "d01"), ("KG302", "m001")]
    outcome = kg("--data", ledger, "check", "--baseline", tmp_path / "gaps.json")
    assert outcome.status == 1
    assert outcome.out.startswith("未通过：新增缺口 3 条。\n")
    assert "与基线 gaps.json 相比：新增 3 条，已消除 2 条，原有 15 条。" in outcome.out
    assert "已消除　2 条\n  KG107 只有一项举措　d01 全面推行河湖长制\n" in outcome.out
    by_code = check(kg, ledger, "--baseline", tmp_path / "gaps.json", "--fail-on", "KG303")
    assert (by_code[0], by_code[1]["gate"]["passed"]) == (0, True)


def test_faults_fail_whatever_the_baseline_knows(
    kg: Kg, ledger: Path, tmp_path: Path, edit: Edit
) -> None:
    edit("links.csv", "网格员是网格化治理的工作力量", "")
    last = tmp_path / "last.json"
    assert kg("--data", ledger, "check", "--format", "json", "-o", last).status == 1
    assert check(kg, ledger, "--baseline", last)[0] == 1


def test_data_that_cannot_be_relied_on_are_not_judged(
    kg: Kg, ledger: Path, tmp_path: Path, edit: Edit
) -> None:
    edit("links.csv", "l0001,m001,addresses,d01", "l0001,m001,addresses,d99")
    status, document = check(kg, ledger, "--fail-on", "high")
    assert (status, document["basis"], document["gate"]["passed"]) == (1, None, False)
    last = tmp_path / "last.json"
    kg("--data", ledger, "check", "--format", "json", "-o", last)
    outcome = kg("--data", ledger, "check", "--baseline", last)
    assert (outcome.status, "last.json" in outcome.notes) == (2, True)


def test_report_only_tells_the_same_and_ends_with_0(kg: Kg, ledger: Path) -> None:
    strict = kg("--data", ledger, "check", "--fail-on", "high")
    lenient = kg("--data", ledger, "check", "--fail-on", "high", "--report-only")
    assert (strict.status, lenient.status) == (1, 0)
    said = "只作报告，不判定结果（--report-only）。\n"
    assert said in lenient.out
    assert lenient.out.replace(said, "") == strict.out


def test_a_policy_beside_the_ledger_is_a_gate(kg: Kg, ledger: Path) -> None:
    (ledger / "kg.toml").write_text(POLICY, encoding="utf-8")
    status, document = check(kg, ledger)
    assert (status, document["gate"]["passed"]) == (0, True)
    assert keys(document["waived"]) == [("KG101", "d03")]
    assert ("KG101", "d03") not in keys(document["gaps"])
    assert {row["severity"] for row in document["gaps"] if row["code"] == "KG103"} == {"low"}
    assert document["gate"]["thresholds"] == [
        {
            "issuer": None,
            "basis": "stated",
            "covered": 1,
            "total": 3,
            "percent": 33.3,
            "least": 30,
            "met": True,
        }
    ]
    assert check(kg, ledger, "--min-coverage", "stated=90")[0] == 1


def test_a_waiver_never_raises_coverage(kg: Kg, ledger: Path) -> None:
    plain = check(kg, ledger, "--min-coverage", "stated=90")[1]["gate"]["thresholds"]
    (ledger / "kg.toml").write_text(POLICY, encoding="utf-8")
    assert check(kg, ledger, "--min-coverage", "stated=90")[1]["gate"]["thresholds"] == plain


def test_an_expired_waiver_is_shown_and_can_fail(kg: Kg, ledger: Path) -> None:
    (ledger / "kg.toml").write_text(POLICY, encoding="utf-8")
    late = ("--as-of", "2027-01-01")
    status, document = check(kg, ledger, *late)
    assert (status, document["waived"]) == (0, [])
    assert keys(document["upkeep"]) == [("KG501", "KG101 d03")]
    assert ("KG101", "d03") in keys(document["gaps"])
    assert check(kg, ledger, *late, "--fail-on", "KG501")[0] == 1


def test_a_policy_that_grades_as_an_error_fails_without_an_option(kg: Kg, ledger: Path) -> None:
    text = POLICY.replace('KG103 = "low"', 'KG107 = "error"')
    (ledger / "kg.toml").write_text(text, encoding="utf-8")
    status, document = check(kg, ledger)
    assert status == 1
    assert keys([row for row in document["gaps"] if row["fails"]]) == [("KG107", "d01")]


@pytest.mark.parametrize("lang", LANGS)
def test_the_gate_fits_80_columns(kg: Kg, ledger: Path, tmp_path: Path, lang: str) -> None:
    last = tmp_path / "last.json"
    kg("--data", ledger, "gaps", "--format", "json", "-o", last)
    (ledger / "kg.toml").write_text(POLICY, encoding="utf-8")
    outcome = kg("--data", ledger, "check", "--baseline", last, "--as-of", "2027", "--lang", lang)
    assert [line for line in outcome.out.splitlines() if width_of(line) > 80] == []


@pytest.mark.parametrize("lang", LANGS)
def test_junit_counts_what_fails(kg: Kg, ledger: Path, edit: Edit, lang: str) -> None:
    (ledger / "kg.toml").write_text(POLICY, encoding="utf-8")
    edit("directives.csv", "深化网格化治理,Deepen", "深化<网格>&\x0b治理,Deepen<>&\x0b")
    outcome = kg(
        *("--data", ledger, "check", "--format", "junit", "--lang", lang),
        *("--fail-on", "high", "--min-coverage", "stated=50"),
    )
    root = ElementTree.fromstring(outcome.out)
    cases = root.findall("testsuite/testcase")
    document = check(kg, ledger, "--fail-on", "high", "--min-coverage", "stated=50")[1]
    failing = sum(row["fails"] for row in document["gaps"])
    assert outcome.status == 1
    assert root.get("failures") == str(failing + 1) == str(len(root.findall(".//failure")))
    assert root.get("tests") == str(len(cases))
    assert root.get("skipped") == str(len(root.findall(".//skipped")))
    name = "深化<网格>&\ufffd治理" if lang == "zh" else "Deepen<>&\ufffd grid"
    assert any(name in str(case.get("name")) for case in cases)


def test_junit_of_faults_has_errors_and_of_nothing_passes(kg: Kg, ledger: Path, edit: Edit) -> None:
    good = ElementTree.fromstring(kg("--data", ledger, "check", "--format", "junit").out)
    assert (good.get("failures"), good.get("errors")) == ("0", "0")
    edit("links.csv", "网格员是网格化治理的工作力量", "")
    bad = ElementTree.fromstring(kg("--data", ledger, "check", "--format", "junit").out)
    assert (bad.get("failures"), bad.get("errors")) == ("0", "1")


@pytest.mark.parametrize("form", ["csv", "md"])
def test_rows_say_how_each_finding_stands(kg: Kg, ledger: Path, form: str) -> None:
    (ledger / "kg.toml").write_text(POLICY, encoding="utf-8")
    text = kg("--data", ledger, "check", "--format", form, "--fail-on", "KG107").out
    for word in ("未通过", "不影响结果", "已豁免"):
        assert word in text


@pytest.mark.parametrize(
    ("arguments", "wanted"),
    [
        (["--fail-on", "KG999"], "--fail-on"),
        (["--fail-on", ""], "--fail-on"),
        (["--min-coverage", "stated"], "--min-coverage"),
        (["--min-coverage", "loud=4"], "loud=4"),
        (["--min-coverage", "stated=400"], "stated=400"),
        (["--min-coverage", "stated=many"], "many"),
        (["--as-of", "soon"], "kg check --as-of"),
        (["--baseline", "nowhere.json"], "nowhere.json"),
    ],
)
def test_a_demand_that_makes_no_sense_is_refused(
    kg: Kg, ledger: Path, arguments: list[str], wanted: str
) -> None:
    outcome = kg("--data", ledger, "check", *arguments)
    assert (outcome.status, outcome.out, outcome.notes.count("\n")) == (2, "", 1)
    assert wanted in outcome.notes


def test_a_baseline_of_another_basis_or_of_a_part_is_refused(
    kg: Kg, ledger: Path, tmp_path: Path
) -> None:
    last = tmp_path / "last.json"
    for choice in (["--basis", "echoed"], ["--rule", "KG101"]):
        kg("--data", ledger, "gaps", "--format", "json", "-o", last, *choice)
        outcome = kg("--data", ledger, "check", "--baseline", last)
        assert (outcome.status, outcome.out) == (2, "")
        assert "last.json" in outcome.notes


def test_a_policy_that_is_wrong_is_refused_by_its_field(kg: Kg, ledger: Path) -> None:
    (ledger / "kg.toml").write_text(POLICY.replace("30", "300"), encoding="utf-8")
    outcome = kg("--data", ledger, "check")
    assert (outcome.status, outcome.out) == (2, "")
    assert outcome.notes.startswith("kg.toml：字段 thresholds.stated ")
