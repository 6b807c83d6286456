"""Lines by East Asian width."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.report.layout import Column, Span, columns_for, fill, fold, pad, table, width_of, wrap

TEXTS = st.text(
    st.sampled_from("部署举措，。「」（）“”d01 kg show—…ab!?：；/、\u3000Ａ"), max_size=120
)


@pytest.mark.parametrize(
    ("text", "width"),
    [
        ("", 0),
        ("d01", 3),
        ("部署", 4),
        ("，", 2),
        ("Ａ", 2),
        ("é", 1),
        ("e\u0301", 1),
        ("\u200b", 0),
    ],
)
def test_full_width_characters_take_two_columns(text: str, width: int) -> None:
    assert width_of(text) == width


def test_padding_fills_either_side() -> None:
    assert (pad("部署", 6), pad("部署", 6, right=True), pad("部署", 2)) == (
        "部署  ",
        "  部署",
        "部署",
    )


def test_a_line_neither_begins_with_a_closing_nor_ends_with_an_opening_mark() -> None:
    assert wrap("全面推行河湖长制，深化", 16) == ["全面推行河湖长", "制，深化"]
    assert wrap("全面推行河湖「长制」", 14) == ["全面推行河湖", "「长制」"]


def test_words_of_latin_letters_stay_whole() -> None:
    assert wrap("见 kg show d01 的出处", 9) == ["见 kg", "show d01", "的出处"]


def test_a_word_longer_than_the_line_is_cut() -> None:
    assert wrap("abcdefgh", 3) == ["abc", "def", "gh"]


@given(TEXTS, st.integers(min_value=4, max_value=90))
def test_no_line_is_wider_than_asked_and_nothing_is_lost(text: str, width: int) -> None:
    lines = wrap(text, width)
    assert all(width_of(line) <= width for line in lines)
    assert "".join("".join(lines).split()) == "".join(text.split())


@given(TEXTS, st.integers(min_value=20, max_value=90))
def test_folding_with_an_indent_stays_within_the_width(text: str, width: int) -> None:
    for pieces in fold(text, width, indent="    "):
        assert width_of("".join(span.text for span in pieces)) <= width


@given(st.lists(TEXTS, max_size=8), st.integers(min_value=12, max_value=90))
def test_filling_stays_within_the_width(parts: list[str], width: int) -> None:
    for pieces in fill(parts, "；", width):
        assert width_of("".join(span.text for span in pieces)) <= width


def test_a_cell_that_is_too_wide_continues_below_itself() -> None:
    lines = table([Column("编号", 4), Column("名称", 8)], [("d01", Span("全面推行河湖长制"))])
    assert ["".join(span.text for span in line) for line in lines] == [
        " 编号  名称",
        " --------------",
        " d01   全面推行",
        "       河湖长制",
    ]


@given(
    st.lists(st.tuples(TEXTS, TEXTS, TEXTS), max_size=4),
    st.integers(min_value=50, max_value=90),
)
def test_a_table_stays_within_the_width(rows: list[tuple[str, str, str]], width: int) -> None:
    heads = ("编号", "name", "举措数")
    for line in table(columns_for(heads, rows, width), rows):
        assert width_of("".join(span.text for span in line)) <= width
