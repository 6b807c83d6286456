"""`docs/policy.md`: its example is a policy, its columns are those of the tables."""

from __future__ import annotations

import re

from kg.sources.policy import Waiver, parse_policy
from kg.sources.upkeep import REVIEW_COLUMNS, Verdict
from tests.conftest import CHECKOUT

TEXT = (CHECKOUT / "docs" / "policy.md").read_text(encoding="utf-8")


def test_the_example_is_a_policy() -> None:
    (example,) = re.findall(r"```toml\n(.*?)```", TEXT, re.DOTALL)
    policy = parse_policy(example)
    assert len(policy.thresholds) == 3
    assert policy.waivers == (
        Waiver("KG101", "d03", "标准在修订，年底前不作要求", "督查室 李某", "2026-12-31"),
    )


def test_every_column_and_verdict_is_named_in_both_languages() -> None:
    chinese, english = TEXT.split("# Policy, reviews\n")
    for column in REVIEW_COLUMNS:
        assert f"`{column.name}`" in chinese, column
        assert column.zh in chinese, column
        assert f"`{column.name}`" in english, column
    for verdict in Verdict:
        assert f"`{verdict}`" in chinese
        assert f"`{verdict}`" in english
