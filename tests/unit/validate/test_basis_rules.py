"""A basis stronger than its mentions permit: one bad ledger for every way to claim too much."""

from __future__ import annotations

from dataclasses import replace

import pytest

from kg.model import Basis, Dataset, Finding
from kg.sources.graph_json import read_graph_json
from kg.sources.spans import read_texts
from kg.validate.basis import find_overclaims
from kg.validate.evidence import check_quotes
from kg.validate.faults import find_faults
from kg.validate.shapes import find_violations
from tests.conftest import CHECKOUT

BAD = CHECKOUT / "tests" / "bad" / "basis"
# bad ledger → the code of its one fault, and what its mentions do not show
LACKING = {
    "echoed-in-one-place-only": ("KG011", "shared-run"),
    "echoed-in-the-same-place": ("KG011", "shared-run"),
    "echoed-run-of-three": ("KG011", "shared-run"),
    "echoed-without-shared-words": ("KG011", "shared-run"),
    "interpreted-without-curator": ("KG007", ""),
    "interpreted-without-rationale": ("KG007", ""),
    "positional-in-one-place-only": ("KG011", "near"),
    "positional-two-paragraphs-apart": ("KG011", "near"),
    "stated-before-the-heading": ("KG011", "under-heading"),
    "stated-cue-in-another-sentence": ("KG011", "same-sentence"),
    "stated-end-in-another-sentence": ("KG011", "same-sentence"),
    "stated-under-a-heading-of-something-else": ("KG011", "own-heading"),
    "stated-without-cue": ("KG011", "cue"),
    "stated-without-source": ("KG011", "source"),
    "stated-without-target": ("KG011", "target"),
}
RULES = sorted(LACKING)


def _read(rule: str) -> Dataset:
    reading = read_graph_json(BAD / rule / "graph.json")
    assert reading.faults == ()
    return reading.dataset


def _find_all(dataset: Dataset, *, with_text: bool) -> list[Finding]:
    texts = read_texts(dataset, BAD) if with_text else None
    return [
        *find_faults(dataset),
        *check_quotes(dataset, texts).findings,
        *find_overclaims(dataset, texts),
        *find_violations(dataset),
    ]


def test_every_bad_ledger_is_listed() -> None:
    assert sorted(path.parent.name for path in BAD.glob("*/graph.json")) == RULES


@pytest.mark.parametrize("with_text", [True, False], ids=["with-the-text", "by-passages"])
@pytest.mark.parametrize("rule", RULES)
def test_the_claim_is_the_one_fault_of_the_ledger(rule: str, with_text: bool) -> None:
    code, lacking = LACKING[rule]
    found = _find_all(_read(rule), with_text=with_text)
    assert [(fault.code, fault.node) for fault in found] == [(code, "l1")]
    assert dict(found[0].facts).get("lacking", "") == lacking


@pytest.mark.parametrize("rule", RULES)
def test_a_reading_with_a_reason_claims_no_more_than_it_may(rule: str) -> None:
    dataset = _read(rule)
    (link,) = dataset.links
    modest = replace(link, basis=Basis.INTERPRETED, rationale="同属一事。", curator="A")
    assert _find_all(replace(dataset, links=(modest,)), with_text=True) == []


@pytest.mark.article
def test_the_liling_ledger_claims_no_more_than_its_mentions_show(
    liling: Dataset, article: str
) -> None:
    assert find_overclaims(liling) == ()
    assert find_overclaims(liling, {"s1": article}) == ()
