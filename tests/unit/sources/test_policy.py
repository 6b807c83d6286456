"""`kg.toml`: what it says, and each way to get it wrong, by the name of the field."""

from __future__ import annotations

from pathlib import Path

import pytest

from kg.errors import SourceError
from kg.model import Basis, Rung, Severity
from kg.sources.baseline import Baseline, KnownGap, read_baseline
from kg.sources.policy import Covered, Policy, Threshold, Waiver, parse_policy, read_policy

HEAD = 'schema = "kg-policy/1"\n'
WAIVER = """
[[waivers]]
code = "KG101"
id = "d03"
reason = "标准在修订"
who = "李某"
until = 2026-12-31
"""
WHOLE = (
    HEAD
    + """
[covered]
rung = "outcome"
basis = "echoed"
measures = 2

[thresholds]
stated = 40
interpreted = 66.5

[thresholds.issuers.org01]
stated = 50

[severities]
KG205 = "high"
KG101 = "error"
"""
    + WAIVER
)


def test_everything_a_policy_can_say_is_read() -> None:
    assert parse_policy(WHOLE) == Policy(
        covered=Covered(Rung.OUTCOME, Basis.ECHOED, 2),
        thresholds=(
            Threshold(Basis.STATED, 40),
            Threshold(Basis.INTERPRETED, 66.5),
            Threshold(Basis.STATED, 50, "org01"),
        ),
        severities=(("KG101", Severity.ERROR), ("KG205", Severity.HIGH)),
        waivers=(Waiver("KG101", "d03", "标准在修订", "李某", "2026-12-31"),),
    )


def test_an_empty_policy_is_the_default() -> None:
    assert parse_policy(HEAD) == Policy()


def test_what_asks_for_less_than_a_measure_asks_for_no_number_of_them() -> None:
    assert parse_policy(HEAD + '[covered]\nrung = "strategy"').covered.measures == 0


def test_a_folder_without_a_policy_has_none(tmp_path: Path) -> None:
    assert read_policy(tmp_path) is None
    (tmp_path / "kg.toml").write_text(WHOLE, encoding="utf-8-sig")
    assert read_policy(tmp_path) == parse_policy(WHOLE)


@pytest.mark.parametrize(
    ("text", "key", "field"),
    [
        ("", "manifest-schema", ""),
        ("schema = ", "manifest-not-toml", ""),
        (HEAD + "colour = 1", "policy-unknown", "colour"),
        (HEAD + "covered = 1", "policy-table", "covered"),
        (HEAD + '[covered]\nrung = "none"', "policy-choice", "covered.rung"),
        (HEAD + "[covered]\nbasis = 1", "policy-choice", "covered.basis"),
        (HEAD + "[covered]\nmeasures = -1", "policy-whole", "covered.measures"),
        (HEAD + "[covered]\nmeasures = true", "policy-whole", "covered.measures"),
        (HEAD + "[covered]\nlevel = 1", "policy-unknown", "covered.level"),
        (HEAD + "[thresholds]\nstated = 140", "policy-percent", "thresholds.stated"),
        (HEAD + '[thresholds]\nstated = "40"', "policy-percent", "thresholds.stated"),
        (HEAD + "[thresholds]\nloud = 4", "policy-unknown", "thresholds.loud"),
        (HEAD + "[thresholds.issuers]\no = 4", "policy-table", "thresholds.issuers.o"),
        (
            HEAD + "[thresholds.issuers.o]\nstated = nan",
            "policy-percent",
            "thresholds.issuers.o.stated",
        ),
        (HEAD + '[severities]\nKG001 = "low"', "policy-code", "severities.KG001"),
        (HEAD + '[severities]\nKG101 = "dire"', "policy-choice", "severities.KG101"),
        (HEAD + "waivers = 3", "policy-table", "waivers"),
        (HEAD + WAIVER.replace("KG101", "KG001"), "policy-waived-fault", "waivers[1].code"),
        (HEAD + WAIVER.replace("KG101", "KG999"), "policy-code", "waivers[1].code"),
        (HEAD + WAIVER.replace('"d03"', '" "'), "policy-text", "waivers[1].id"),
        (HEAD + WAIVER.replace("2026-12-31", '"soon"'), "policy-date", "waivers[1].until"),
        (HEAD + WAIVER.replace("until", "till"), "policy-unknown", "waivers[1].till"),
        (HEAD + WAIVER + WAIVER, "policy-twice", "waivers[2]"),
    ],
)
def test_a_field_that_is_wrong_is_named(text: str, key: str, field: str) -> None:
    with pytest.raises(SourceError) as caught:
        parse_policy(text)
    assert (caught.value.key, caught.value.where) == (key, "kg.toml")
    assert caught.value.facts.get("field", "") == field
    assert str(caught.value)


def test_a_policy_that_is_no_text_is_refused(tmp_path: Path) -> None:
    (tmp_path / "kg.toml").write_bytes(b"\xff\xfe")
    with pytest.raises(SourceError) as caught:
        read_policy(tmp_path)
    assert caught.value.key == "manifest-not-utf8"


def test_a_baseline_has_the_gaps_of_all_lists(tmp_path: Path) -> None:
    path = tmp_path / "last.json"
    path.write_text(
        '{"schema":"kg-check/1","basis":"stated","gaps":[{"code":"KG103","id":"d1","zh":"甲"}],'
        '"waived":[{"code":"KG101","id":"d1"}],"upkeep":[{"code":"KG501","id":"KG101 d2"}]}',
        encoding="utf-8",
    )
    baseline = read_baseline(path)
    assert baseline == Baseline(
        "stated",
        (KnownGap("KG101", "d1"), KnownGap("KG103", "d1", "甲"), KnownGap("KG501", "KG101 d2")),
        has_upkeep=True,
    )
    assert ("KG103", "d1") in baseline.keys


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("{", "json-not-json"),
        ("[" * 200_000, "json-too-deep"),
        ("[]", "baseline-schema"),
        ('{"schema":"kg-coverage/1"}', "baseline-schema"),
        ('{"schema":"kg-check/1","basis":null,"gaps":[]}', "baseline-not-judged"),
        ('{"schema":"kg-gaps/1","basis":"stated","filters":{"unit":"o"}}', "baseline-partial"),
        ('{"schema":"kg-gaps/1","basis":"stated","findings":3}', "json-no-list"),
        ('{"schema":"kg-gaps/1","basis":"stated","findings":[3]}', "json-no-object"),
        ('{"schema":"kg-gaps/1","basis":"stated","findings":[{"id":"d"}]}', "baseline-schema"),
        ('{"schema":"kg-gaps/1","basis":"stated","findings":[{"code":3}]}', "baseline-schema"),
    ],
)
def test_what_is_no_baseline_is_refused(tmp_path: Path, text: str, key: str) -> None:
    path = tmp_path / "last.json"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(SourceError) as caught:
        read_baseline(path)
    assert caught.value.key == key
    assert str(caught.value)
