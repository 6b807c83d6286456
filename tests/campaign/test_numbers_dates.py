"""Numbers and dates: pairs that a person wrote, and what must hold for any text at all."""

from __future__ import annotations

import calendar
import re
from datetime import date, timedelta
from decimal import Decimal
from typing import Final

import pytest
from hypothesis import assume, example, given, settings
from hypothesis import strategies as st

from kg.sources.values import (
    DateInterval,
    Quantity,
    Refused,
    ends_before,
    parse_date,
    parse_number,
    parse_quantity,
)

NUMBERS: Final[dict[str, int | float | str]] = {
    "0": 0,
    "42": 42,
    "37856": 37856,
    "３７８５６": 37856,
    "３78": 378,
    " 42　": 42,
    "-5": -5,
    "－5": -5,
    "−5": -5,
    "＋５": 5,
    "0.5": 0.5,
    "９４．５": 94.5,
    "94.0": 94.0,
    "-0.0": 0.0,
    "1,234": 1234,
    "12,345,678.5": 12345678.5,
    "12万": 120000,
    "1.5 万": 15000,
    "1.23456万": 12345.6,
    "0.3亿": 30000000,
    "2万亿": 2000000000000,
    "3千万": 30000000,
    "123456789012345678": 123456789012345678,
    "四": 4,
    "两": 2,
    "十二": 12,
    "一百零五": 105,
    "一百〇五": 105,
    "两千两百": 2200,
    "三万五千": 35000,
    "壹佰": 100,
    "一点五": 1.5,
    "负三": -3,
    "一亿零十万": 100100000,
    # refused
    "": "number-form",
    "　": "number-form",
    "nan": "number-form",
    "inf": "number-form",
    "1e5": "number-form",
    "0x10": "number-form",
    "1_000": "number-form",
    "٣٤": "number-form",
    "१२": "number-form",
    "10²": "number-form",
    "½": "number-form",
    "①": "number-form",
    "Ⅳ": "number-form",
    "1\u200b2": "number-form",
    "1 234": "number-form",
    "1,23": "number-form",
    "1，234": "number-form",
    "1.234.567": "number-form",
    ".5": "number-form",
    "5.": "number-form",
    "--5": "number-form",
    "30-50": "number-form",
    "94%": "number-form",
    "12万5千": "number-form",
    "1百23": "number-form",
    "30个": "number-form",
    "万": "number-chinese",
    "三分之一": "number-form",
    "not-stated": "number-form",
    "9" * 61: "number-form",
    "007": "number-leading-zero",
    "００７": "number-leading-zero",
    "0,123": "number-leading-zero",
    "0.1234567890123456": "number-too-precise",
    "一百二": "number-chinese",
    "三万五": "number-chinese",
    "二〇二一": "number-chinese",
    "一二三": "number-chinese",
    "十两": "number-chinese",
    "一亿十万": "number-chinese",
    "百": "number-chinese",
    "一点五零": "number-chinese",
}

QUANTITIES: Final[dict[str, Quantity | str]] = {
    "97": Quantity(97),
    "97%": Quantity(97, unit="percent"),
    "９７．５％": Quantity(97.5, unit="percent"),
    "百分之九十四": Quantity(94, unit="percent"),
    "百分之94": Quantity(94, unit="percent"),
    "百分之百": Quantity(100, unit="percent"),
    "97%以上": Quantity(97, ">=", "percent"),
    "百分之三十五以下": Quantity(35, "<=", "percent"),
    "超过1.5万": Quantity(15000, ">"),
    "不超过 3": Quantity(3, "<="),
    "不足一百": Quantity(100, "<"),
    "不少于30": Quantity(30, ">="),
    "约300": Quantity(300, "~"),
    "近20": Quantity(20, "~"),
    "300左右": Quantity(300, "~"),
    "30余": Quantity(30, ">"),
    "30多万": Quantity(300000, ">"),
    "三十多": Quantity(30, ">"),
    "≥95%": Quantity(95, ">=", "percent"),
    "＞＝95": Quantity(95, ">="),
    "-3.2%": Quantity(-3.2, unit="percent"),
    # refused
    "约97%以上": "number-two-comparators",
    "超过30多": "number-two-comparators",
    "多": "number-form",
    "以上": "number-form",
    "近": "number-form",
    "近百": "number-chinese",
    "94%%": "number-form",
    "百分之94%": "number-form",
    "5个百分点": "number-form",
    "九成": "number-form",
    "3‰": "number-form",
    "30%-50%": "number-form",
}

DATES: Final[dict[str, tuple[str, str] | str]] = {
    "2021": ("2021-01-01", "2021-12-31"),
    "２０２１": ("2021-01-01", "2021-12-31"),
    "2021-09": ("2021-09-01", "2021-09-30"),
    "2020-02": ("2020-02-01", "2020-02-29"),
    "2021-12": ("2021-12-01", "2021-12-31"),
    "9999-12": ("9999-12-01", "9999-12-31"),
    "2021-09-03": ("2021-09-03", "2021-09-03"),
    "2021年": ("2021-01-01", "2021-12-31"),
    "2021年9月": ("2021-09-01", "2021-09-30"),
    "2021年09月03日": ("2021-09-03", "2021-09-03"),
    "2021年9月3号": ("2021-09-03", "2021-09-03"),
    "二〇二一年九月": ("2021-09-01", "2021-09-30"),
    "二零二一年十二月三十一日": ("2021-12-31", "2021-12-31"),
    "2020/2021": ("2020-01-01", "2021-12-31"),
    "2021-09/2021-12-15": ("2021-09-01", "2021-12-15"),
    "2021-09-01/2021-09-01": ("2021-09-01", "2021-09-01"),
    "2021年9月至2022年3月": ("2021-09-01", "2022-03-31"),
    # refused
    "": "date-form",
    "null": "date-form",
    "21": "date-form",
    "0021": "date-form",
    "2021-9": "date-form",
    "2021-09-3": "date-form",
    "20210903": "date-form",
    "2021.09": "date-form",
    "2021/09": "date-form",
    "2021/09/03": "date-form",
    "2021-09-03T00:00": "date-form",
    "2021-W36": "date-form",
    "今年": "date-form",
    "2021年底": "date-form",
    "9月3日": "date-form",
    "2021年9月至12月": "date-form",
    "2021/": "date-form",
    "٢٠٢١": "date-form",
    "45000": "date-form",
    "2021-00": "date-not-real",
    "2021-13": "date-not-real",
    "2021-02-29": "date-not-real",
    "2021-09-31": "date-not-real",
    "2021-09-00": "date-not-real",
    "2021年0月": "date-not-real",
    "2021年十十月": "date-not-real",
    "2021年三四月": "date-not-real",
    "2021年一十月": "date-not-real",
    "2022/2021": "date-order",
    "2021-09/2021-08": "date-order",
}


@pytest.mark.parametrize(("text", "expected"), NUMBERS.items(), ids=repr)
def test_a_number_is_read_right_or_refused(text: str, expected: int | float | str) -> None:
    if isinstance(expected, str):
        with pytest.raises(Refused) as caught:
            parse_number(text)
        assert (caught.value.reason, caught.value.text) == (expected, text)
    else:
        assert (parse_number(text), type(parse_number(text))) == (expected, type(expected))
        assert str(parse_number(text)) == str(expected)


@pytest.mark.parametrize(("text", "expected"), QUANTITIES.items(), ids=repr)
def test_a_quantity_is_read_right_or_refused(text: str, expected: Quantity | str) -> None:
    if isinstance(expected, str):
        with pytest.raises(Refused) as caught:
            parse_quantity(text)
        assert (caught.value.reason, caught.value.text) == (expected, text)
    else:
        assert parse_quantity(text) == expected


@pytest.mark.parametrize(("text", "expected"), DATES.items(), ids=repr)
def test_a_date_is_read_right_or_refused(text: str, expected: tuple[str, str] | str) -> None:
    if isinstance(expected, str):
        with pytest.raises(Refused) as caught:
            parse_date(text)
        assert (caught.value.reason, caught.value.text) == (expected, text)
    else:
        assert parse_date(text) == DateInterval(*map(date.fromisoformat, expected))


# What holds for any number

DIGITS: Final = "零一二三四五六七八九"


def under_ten_thousand(number: int) -> str:
    """A second way of writing Chinese numerals, which shares nothing with cn2an."""
    written, gap = "", False
    for power, unit in ((1000, "千"), (100, "百"), (10, "十"), (1, "")):
        digit = number // power % 10
        if digit:
            written += ("零" if gap and written else "") + DIGITS[digit] + unit
            gap = False
        else:
            gap = True
    return written


def in_chinese(number: int) -> str:
    if number == 0:
        return "零"
    written = ""
    for power, unit in ((10**8, "亿"), (10**4, "万"), (1, "")):
        part = number // power % 10**4
        if part:
            gap = written and (part < 1000 or not written.endswith(("亿", "万")))
            written += ("零" if gap else "") + under_ten_thousand(part) + unit
        elif written and not written.endswith("零"):
            written += "" if number % power == 0 else "零"
    written = written.replace("零零", "零")
    return written.removeprefix("一") if 10 <= number < 20 else written


@given(st.integers(-(10**30), 10**30))
@example(0)
def test_a_whole_number_is_read_in_every_way_of_writing_it(number: int) -> None:
    wide = str.maketrans("0123456789-", "０１２３４５６７８９－")
    ways = [str(number), f"{number:,}", str(number).translate(wide), f"\u00a0{number} "]
    assert [parse_number(way) for way in ways] == [number] * 4


@given(st.integers(0, 10**12 - 1))
@example(100_100_000)
@example(10_010)
@example(1_001_000)
@settings(deadline=None, max_examples=500)
def test_a_chinese_numeral_is_read_right_or_refused(number: int) -> None:
    try:
        assert parse_number(in_chinese(number)) == number
    except Refused as refused:
        assert refused.reason == "number-chinese"


def test_chinese_numerals_below_ten_thousand_are_all_read() -> None:
    assert [parse_number(in_chinese(number)) for number in range(0, 10_000)] == [*range(10_000)]


@given(st.text("零一二两十百千万亿点负", max_size=9))
@settings(deadline=None, max_examples=500)
def test_whatever_is_read_as_a_chinese_numeral_is_the_number_it_writes(text: str) -> None:
    try:
        value = parse_number(text)
    except Refused:
        return
    assume(isinstance(value, int) and 0 <= value < 10**12)
    assert isinstance(value, int)
    bare = text.replace("零", "").replace("一十", "十").replace("两", "二")
    assert bare == in_chinese(value).replace("零", "").replace("一十", "十")


@given(st.decimals(-(10**9), 10**9, places=4, allow_nan=False))
@settings(deadline=None)
def test_a_decimal_number_is_the_nearest_one_and_a_multiple_is_exact(number: Decimal) -> None:
    text = f"{number:f}"
    assert parse_number(text) == float(number)
    assert parse_number(f"{text}万") == int(number * 10_000)


@given(st.text("0123456789０９,.．-+－%万亿千百 _eE一十²٣\u200b", max_size=12))
@settings(deadline=None, max_examples=1000)
def test_any_text_gives_the_number_it_writes_or_a_refusal(text: str) -> None:
    try:
        value = parse_number(text)
    except Refused as refused:
        assert refused.reason.startswith("number-")
        return
    plain = text.strip().translate(str.maketrans("０９．－", "09.-"))
    units = {"百": 100, "千": 1000, "万": 10**4, "亿": 10**8}
    digits = re.match(r"[-+0-9.,]+", plain)
    if digits is None:
        assert set(plain) <= set("一十百千万亿")
        return
    exact = Decimal(digits[0].replace(",", ""))
    for unit in plain[digits.end() :].strip():
        exact *= units[unit]
    assert Decimal(str(value)) == exact


@given(st.text(max_size=30))
@settings(deadline=None)
def test_no_text_at_all_makes_anything_but_a_value_or_a_refusal(text: str) -> None:
    for parse in (parse_number, parse_quantity, parse_date):
        try:
            parse(text)
        except Refused as refused:
            assert refused.text == text


# What holds for any date

years = st.integers(1000, 9999)


@given(st.dates(date(1000, 1, 1)))
def test_a_day_is_read_in_every_way_of_writing_it(day: date) -> None:
    ways = [
        day.isoformat(),
        f"{day.year}年{day.month}月{day.day}日",
        f"{day.isoformat()}/{day.isoformat()}",
        "".join(DIGITS[int(digit)] for digit in str(day.year))
        + f"年{in_chinese(day.month)}月{in_chinese(day.day)}日",
    ]
    assert [parse_date(way) for way in ways] == [DateInterval(day, day)] * 4


@given(years, st.integers(0, 99), st.integers(0, 99))
def test_only_days_of_the_calendar_are_read(year: int, month: int, day: int) -> None:
    real = 1 <= month <= 12 and 1 <= day <= calendar.monthrange(year, month)[1]
    try:
        assert parse_date(f"{year}-{month:02}-{day:02}").start == date(year, month, day)
    except Refused as refused:
        assert (real, refused.reason) == (False, "date-not-real")
    else:
        assert real


@given(years.filter(lambda year: year < 9999), st.integers(1, 12))
def test_a_month_and_a_year_end_on_the_day_before_the_next(year: int, month: int) -> None:
    following = date(year + month // 12, month % 12 + 1, 1)
    assert parse_date(f"{year}-{month:02}").end == following - timedelta(days=1)
    assert parse_date(str(year)).end == date(year + 1, 1, 1) - timedelta(days=1)


dates = st.sampled_from(["2020", "2021", "2021-09", "2021-10", "2021-09-30", "2020/2021-09-01"])


@given(dates, dates)
def test_an_interval_ends_before_another_where_all_its_days_do(one: str, other: str) -> None:
    def days(text: str) -> set[int]:
        interval = parse_date(text)
        return set(range(interval.start.toordinal(), interval.end.toordinal() + 1))

    every_day_before = all(day < first for day in days(one) for first in [min(days(other))])
    assert ends_before(parse_date(one), parse_date(other)) is every_day_before
