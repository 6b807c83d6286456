"""The same input gives the same bytes, whatever the hash seed and the locale; and few of them."""

from __future__ import annotations

import os
import subprocess
import sys
from hashlib import sha256

import pytest

from kg.page.html import build_page
from tests.page.county import build_county, judge
from tests.unit.page.wide import build_wide

_PROGRAM = (
    "import sys; from kg.page.html import build_page; "
    "from tests.page.county import build_county, judge; county = build_county(); "
    "sys.stdout.buffer.write(build_page(county, *judge(county)))"
)


def _build(**environment: str) -> bytes:
    done = subprocess.run(
        [sys.executable, "-c", _PROGRAM],
        capture_output=True,
        check=True,
        env={**os.environ, **environment},
    )
    return done.stdout


@pytest.mark.parametrize(
    "environment",
    [
        {"PYTHONHASHSEED": "1", "LC_ALL": "C", "PYTHONUTF8": "0"},
        {"PYTHONHASHSEED": "2", "LC_ALL": "zh_CN.GBK", "PYTHONUTF8": "0"},
        {"PYTHONHASHSEED": "3", "PYTHONIOENCODING": "gbk", "TZ": "Asia/Shanghai"},
    ],
)
def test_the_bytes_are_the_same_under_any_hash_seed_and_locale(
    environment: dict[str, str],
) -> None:
    county = build_county()
    expected = build_page(county, *judge(county))
    built = _build(**environment)
    assert sha256(built).hexdigest() == sha256(expected).hexdigest()
    assert built.decode("utf-8").startswith("<!DOCTYPE html>")


def test_the_order_of_rows_changes_nothing() -> None:
    county = build_county()
    coverage, gaps = judge(county)
    assert build_page(county, coverage, tuple(reversed(gaps))) == build_page(county, coverage, gaps)


def test_five_hundred_and_twenty_nodes_take_at_most_900_kilobytes() -> None:
    wide = build_wide(13)
    assert len(wide.nodes) == 520
    assert len(build_page(wide, *judge(wide))) <= 900_000


def test_beyond_that_a_node_takes_at_most_1200_bytes() -> None:
    small, large = build_wide(4), build_wide(13)
    more = len(build_page(large, *judge(large))) - len(build_page(small, *judge(small)))
    assert more / (len(large.nodes) - len(small.nodes)) <= 1200
