"""`docs/ledger.md` lists every column of every table, in both languages."""

from __future__ import annotations

import csv
import os
import re

import pytest

from kg.files import bundled
from kg.report.ledger_guide import column_meaning, ledger_guide
from kg.sources.columns import TABLES
from kg.words import LANGS, load_words
from tests.conftest import CHECKOUT

GUIDE = CHECKOUT / "docs" / "ledger.md"
LONGEST = 24


def examples() -> dict[str, dict[str, str]]:
    """For each column a cell of the bundled ledger that says something and is short."""
    found: dict[str, dict[str, str]] = {}
    for table in TABLES:
        with bundled("data", "liling", f"{table}.csv").open(encoding="utf-8", newline="") as file:
            rows = list(csv.DictReader(file))
        found[table] = {
            name: next((row[name] for row in rows if _tells(row[name])), "") for name in rows[0]
        }
    return found


def _tells(cell: str) -> bool:
    return 0 < len(cell) <= LONGEST and cell not in ("null", "not-stated", "false")


def test_golden_ledger_guide_lists_every_column() -> None:
    text = GUIDE.read_text(encoding="utf-8")
    fresh = text
    for lang in LANGS:
        guide = ledger_guide(load_words(lang), examples())
        fresh = re.sub(
            rf"(<!-- generated: {lang} -->\n).*?(<!-- end -->)",
            lambda match: f"{match[1]}\n{guide}\n{match[2]}",  # noqa: B023
            fresh,
            flags=re.DOTALL,
        )
    if os.environ.get("KG_GOLDEN") == "write":
        GUIDE.write_text(fresh, encoding="utf-8", newline="")
        return
    assert fresh == text


@pytest.mark.parametrize("lang", LANGS)
def test_every_meaning_belongs_to_a_column(lang: str) -> None:
    words = load_words(lang)
    used = {f"table.{table}" for table in TABLES}
    for table, columns in TABLES.items():
        for column in columns:
            assert column_meaning(words, table, column.name)
            own = f"{table}.{column.name}"
            used.add(own if words.has(f"ledger_column.{own}") else f"any.{column.name}")
    assert set(words.table("ledger_column")) == used
