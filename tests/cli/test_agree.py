"""`kg agree`: the verdict first, tables, and the list of points to decide on."""

from __future__ import annotations

import csv
import io
import json
import sys
from pathlib import Path

import pytest

from kg.files import bundled
from kg.report.layout import width_of
from kg.words import LANGS
from tests.cli.conftest import Kg
from tests.versions import write_second

REVIEW = bundled("data", "liling", "review")


@pytest.mark.parametrize(
    ("lang", "first"),
    [
        ("zh", "联系的 α 为 −0.077（95% 区间 −0.147 至 −0.007，n = 788），低于 0.667：不可靠。"),
        ("en", "Alpha of the links is −0.077 (95 % interval −0.147 to −0.007, n = 788), below"),
    ],
)
def test_below_the_threshold_it_says_not_reliable(
    kg: Kg, monkeypatch: pytest.MonkeyPatch, lang: str, first: str
) -> None:
    monkeypatch.chdir(REVIEW)
    outcome = kg("agree", "a", "b", "--lang", lang)
    assert (outcome.status, outcome.notes) == (0, "")
    lines = outcome.out.splitlines()
    assert lines[0] == first
    assert [line for line in lines if width_of(line) > 80] == []


def test_the_points_are_a_table_with_room_for_decisions(kg: Kg) -> None:
    outcome = kg("agree", REVIEW / "a", REVIEW / "b", "--format", "csv", "--lang", "en")
    rows = list(csv.reader(io.StringIO(outcome.data.decode("utf-8-sig"))))
    document = json.loads(kg("agree", REVIEW / "a", REVIEW / "b", "--format", "json").data)
    assert rows[0][-2:] == ["decision", "why"]
    assert len(rows) == len(document["disagreements"]) + 1
    assert {tuple(row[-2:]) for row in rows[1:]} == {("", "")}
    assert sum(document["counts"].values()) == len(document["disagreements"])
    assert document["bootstrap"] == {"resamples": 1000, "seed": 1, "level": 0.95}
    assert [row["overlap"] for row in document["nodes"]] == [0.0, 0.5, 0.9]


def test_two_ledgers_of_one_source_are_compared(kg: Kg, tmp_path: Path) -> None:
    second = write_second(tmp_path / "v2")
    document = json.loads(kg("agree", bundled("data", "liling"), second, "--format", "json").data)
    assert document["links"][0]["verdict"] == "reliable"
    levels = [row["same"] for row in document["levels"]]
    assert levels == [27 - 2, 27 - 3, 27 - 3, 27 - 2]


@pytest.mark.parametrize("lang", LANGS)
def test_a_ledger_of_another_source_is_refused(kg: Kg, ledger: Path, lang: str) -> None:
    outcome = kg("agree", bundled("data", "liling"), ledger, "--lang", lang)
    assert (outcome.status, outcome.out, outcome.notes.count("\n")) == (2, "", 1)


def test_without_krippendorff_it_says_what_to_install(
    kg: Kg, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "krippendorff", None)
    outcome = kg("agree", REVIEW / "a", REVIEW / "b")
    assert (outcome.status, outcome.out) == (2, "")
    assert "pip install 'kg-directives[agree]'" in outcome.notes
