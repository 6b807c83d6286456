"""Cells that no spreadsheet takes for a formula, in bytes that are always the same."""

from __future__ import annotations

import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.export.cells import csv_bytes, safe_cell

texts = st.text(st.characters(codec="utf-8"), max_size=12)


@pytest.mark.parametrize(
    "text",
    [
        "=1+1",
        '=HYPERLINK("http://example.com","见此")',
        "+1",
        "+cmd|' /C calc'!A0",
        "-1+1",
        "-",
        "-甲",
        "--5",
        "@SUM(A1)",
        "\t=1",
        "\r=1",
        "\n=1",
        "＝1+1",
        "＋1",
        "－1",
        "＠SUM(A1)",
        " =1",
        "\u3000=1",
        "\u00a0=1",
        "\ufeff=1",
        "\u200b=1",
        "-1e5",
        "-５",
    ],
)
def test_what_a_spreadsheet_could_run_gets_an_apostrophe(text: str) -> None:
    assert safe_cell(text) == f"'{text}"


@pytest.mark.parametrize(
    "text", ["", "治理", "a=b", "-5", "-0.5", "-12.3%", " -5", "5-3", "'=1", "“=1”", "3+2", "·-"]
)
def test_anything_else_stays_as_it_is(text: str) -> None:
    assert safe_cell(text) == text


@given(texts)
def test_making_a_cell_safe_twice_changes_nothing_more(text: str) -> None:
    assert safe_cell(safe_cell(text)) == safe_cell(text)


def test_cells_of_every_type_have_one_form() -> None:
    rows = [("m1", True, False, None, 3, 0.5, "")]
    assert csv_bytes(list("abcdefg"), rows) == b"a,b,c,d,e,f,g\nm1,true,false,,3,0.5,\n"


def test_quotes_are_set_only_where_they_are_needed() -> None:
    rows = [["a,b", 'c"d', "e\nf", "g\rh", " i ", "，“j”;k"]]
    assert csv_bytes(list("uvwxyz"), rows).decode() == (
        'u,v,w,x,y,z\n"a,b","c""d","e\nf","g\rh", i ,，“j”;k\n'
    )


def test_an_empty_cell_alone_is_a_row_too() -> None:
    assert csv_bytes(["a"], [[""], ["x"]]) == b'a\n""\nx\n'


def test_only_a_table_for_spreadsheets_has_a_mark_and_safe_cells() -> None:
    rows = [("=1", -5, "-5")]
    assert csv_bytes(list("abc"), rows) == b"a,b,c\n=1,-5,-5\n"
    assert csv_bytes(list("abc"), rows, bom=True) == b"\xef\xbb\xbfa,b,c\n'=1,-5,-5\n"


@given(st.lists(st.lists(texts, min_size=1, max_size=4), min_size=1, max_size=5))
def test_what_is_written_is_what_the_csv_module_reads(rows: list[list[str]]) -> None:
    text = csv_bytes(rows[0], rows[1:]).decode()
    assert [*csv.reader(io.StringIO(text, newline=""), strict=True)] == rows
