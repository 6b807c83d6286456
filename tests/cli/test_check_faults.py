"""`kg check` runs the basis lint with the texts at hand, and the shapes on the linked data."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.cli.conftest import Kg
from tests.unit.validate.test_basis_rules import BAD, LACKING, RULES

Edit = Callable[[str, str, str], None]


def _checked(kg: Kg, *arguments: str | Path) -> tuple[int, dict[str, Any]]:
    run = kg(*arguments, "--format", "json")
    document: dict[str, Any] = json.loads(run.data)
    return run.status, document


@pytest.mark.parametrize("rule", RULES)
def test_an_overclaim_is_reported_with_every_quote_verified(kg: Kg, rule: str) -> None:
    graph = BAD / rule / "graph.json"
    status, document = _checked(kg, "--data", graph, "check", "--sources", BAD)
    assert status == 1
    assert [(row["code"], row["id"]) for row in document["findings"]] == [(LACKING[rule][0], "l1")]
    assert document["quotes"]["exact"] == document["mentions"]


def _withdraw(ledger: Path, edit: Edit) -> None:
    lines = (ledger / "links.csv").read_text(encoding="utf-8").splitlines()
    row = next(line for line in lines if ",current," in line)
    edit("links.csv", row, row.replace(",current,", ",withdrawn,", 1))


@pytest.mark.parametrize(
    ("lang", "said"),
    [
        ("zh", "有异议、被取代或撤回的联系须写明理由（kg:reason）"),
        ("en", "a disputed, superseded or withdrawn link has a reason (kg:reason)"),
    ],
)
def test_a_violated_shape_is_said_in_the_language_of_the_reader(
    kg: Kg, ledger: Path, edit: Edit, lang: str, said: str
) -> None:
    _withdraw(ledger, edit)
    status, document = _checked(kg, "--lang", lang, "--data", ledger, "check")
    (row,) = [row for row in document["findings"] if row["code"] == "KG010"]
    assert (status, row["message"]) == (1, said)
    assert row["place"].startswith("links.csv:")


def test_shapes_wait_for_faults_that_misread_a_row(kg: Kg, ledger: Path, edit: Edit) -> None:
    _withdraw(ledger, edit)
    edit("measures.csv", "checkable", "chequable")
    status, document = _checked(kg, "--data", ledger, "check")
    assert (status, document["shapes_judged"]) == (1, False)
    assert {row["code"] for row in document["findings"]} == {"KG009"}


def test_the_small_ledger_fits_the_shapes(kg: Kg, ledger: Path) -> None:
    status, document = _checked(kg, "--data", ledger, "check", "--sources", ledger)
    assert (status, document["findings"]) == (0, [])
    assert document["shapes_judged"] is True
