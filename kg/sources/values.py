"""Numbers and dates as people write them, read strictly: the right value or a refusal.

Nothing is guessed and nothing is normalised but what is listed here; whoever calls keeps the
text as it was printed.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from kg import limits

_SPACE: Final = " \t\u00a0\u3000"
_ASCII_FORMS: Final = str.maketrans(
    "０１２３４５６７８９＋－−．％＞＜＝～",
    "0123456789+--.%><=~",
)
_TIMES: Final = {
    "百": 2,
    "千": 3,
    "万": 4,
    "萬": 4,
    "百万": 6,
    "千万": 7,
    "亿": 8,
    "億": 8,
    "百亿": 10,
    "千亿": 11,
    "万亿": 12,
}
_NUMBER: Final = re.compile(
    r"(?P<sign>[+-]?)(?P<whole>[0-9]{1,3}(?:,[0-9]{3})+|[0-9]+)(?:\.(?P<fraction>[0-9]+))?"
    rf"(?: ?(?P<times>{'|'.join(sorted(_TIMES, key=len, reverse=True))}))?"
)
_CHINESE_DIGITS: Final = "零〇一二三四五六七八九壹贰叁肆伍陆柒捌玖两"
_CHINESE: Final = re.compile(
    rf"负?[{_CHINESE_DIGITS}十拾百佰千仟万萬亿億]+(?:点[{_CHINESE_DIGITS}]+)?"
)
_PLAIN_CHINESE: Final = str.maketrans(
    "〇壹贰叁肆伍陆柒捌玖拾佰仟萬億", "零一二三四五六七八九十百千万亿"
)
_TWO: Final = re.compile("(?<![十拾])两(?=[百佰千仟万萬亿億])")

# 民法典第1259条: 以上, 以下, 以内 include the number itself; 不满, 超过 do not.
_BEFORE: Final = {
    ">=": ">=",
    "<=": "<=",
    "≥": ">=",
    "≤": "<=",
    ">": ">",
    "<": "<",
    "=": "=",
    "~": "~",
    "≈": "~",
    "不低于": ">=",
    "不少于": ">=",
    "至少": ">=",
    "不超过": "<=",
    "不高于": "<=",
    "不多于": "<=",
    "至多": "<=",
    "最多": "<=",
    "超过": ">",
    "高于": ">",
    "多于": ">",
    "大于": ">",
    "逾": ">",
    "突破": ">",
    "不足": "<",
    "不满": "<",
    "不到": "<",
    "低于": "<",
    "少于": "<",
    "小于": "<",
    "大约": "~",
    "约": "~",
    "将近": "~",
    "近": "~",
}
_AFTER: Final = {
    "及以上": ">=",
    "以上": ">=",
    "及以下": "<=",
    "以下": "<=",
    "以内": "<=",
    "左右": "~",
}
_MORE: Final = re.compile(rf"(?<=[0-9{_CHINESE_DIGITS}十百千万亿])[多余](?=[百千万亿]*%?$)")

_YEAR: Final = "[1-9][0-9]{3}|[一二三四五六七八九][〇零一二三四五六七八九]{3}"
_TWO_DIGITS: Final = "[0-9]{1,2}|[一二三四五六七八九十]{1,3}"
_ISO_DATE: Final = re.compile(r"([1-9][0-9]{3})(?:-([0-9]{2})(?:-([0-9]{2}))?)?")
_CHINESE_DATE: Final = re.compile(rf"({_YEAR})年(?:({_TWO_DIGITS})月(?:({_TWO_DIGITS})[日号])?)?")
_DIGITS: Final = "零一二三四五六七八九"


class Refused(ValueError):  # noqa: N818 - not always an error: a caller may ask "is it a date?"
    """A text that is not, without guessing, a value: `reason` is a problem of KG009."""

    def __init__(self, reason: str, text: str) -> None:
        super().__init__(reason, text)
        self.reason = reason
        self.text = text


class _NoValueError(Exception):
    """Raised and caught in this module only; its argument is the reason."""


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number with what stood around it: a comparator, and "percent" or no unit."""

    value: int | float
    comparator: str = "="
    unit: str | None = None


@dataclass(frozen=True, slots=True)
class DateInterval:
    """The days from `start` to `end`, both included: a year is all its days."""

    start: date
    end: date


def parse_number(text: str) -> int | float:
    """The number that a text writes out, and nothing else.

    Digits may be ASCII or full-width, thousands set apart by commas in correct groups, a
    sign before, a decimal point, and one of 百 千 万 亿 (and 百万 … 万亿) behind; or the whole
    is a Chinese numeral in its full form. A result is whole unless it needs a fraction or is
    written with one.

    Raises
    ------
    Refused
        Anything else: other digits, superscripts, exponents, ranges, units, nan.

    Examples
    --------
    >>> [parse_number(text) for text in ("３７８５６", "1,234", "1.5万", "-0.5", "一百零五")]
    [37856, 1234, 15000, -0.5, 105]
    >>> parse_number("1_000")
    Traceback (most recent call last):
    kg.sources.values.Refused: ('number-form', '1_000')
    """
    try:
        return _read_number(text)
    except _NoValueError as reason:
        raise Refused(str(reason), text) from None


def parse_quantity(text: str) -> Quantity:
    """The number that a text writes out with a comparator and a percent sign, if any.

    以上 is `>=`, 以下 `<=`, 超过 `>`, 不足 `<`, 约 and 近 `~`; 多 and 余 behind a number are `>`.

    Raises
    ------
    Refused
        It is no number, or has two comparators.

    Examples
    --------
    >>> parse_quantity("97%以上")
    Quantity(value=97, comparator='>=', unit='percent')
    >>> parse_quantity("30多万")
    Quantity(value=300000, comparator='>', unit=None)
    """
    try:
        return _read_quantity(_plain(text))
    except _NoValueError as reason:
        raise Refused(str(reason), text) from None


def parse_date(text: str) -> DateInterval:
    """The days that a text names: YYYY, YYYY-MM, YYYY-MM-DD, 2021年9月3日, or START/END.

    START and END may each be any of the former, and 至 stands for the stroke.

    Raises
    ------
    Refused
        Another form, a day that the calendar does not have, an END before START.

    Examples
    --------
    >>> parse_date("2020-02")
    DateInterval(start=datetime.date(2020, 2, 1), end=datetime.date(2020, 2, 29))
    >>> parse_date("2021年9月31日")
    Traceback (most recent call last):
    kg.sources.values.Refused: ('date-not-real', '2021年9月31日')
    """
    try:
        parts = re.split("[/至]", _plain(text, refused="date-form"))
        if len(parts) > 2:
            raise _NoValueError("date-form")
        start, end = _read_date(parts[0]), _read_date(parts[-1])
    except _NoValueError as reason:
        raise Refused(str(reason), text) from None
    if end.end < start.start:
        raise Refused("date-order", text)
    return DateInterval(start.start, end.end)


def ends_before(one: DateInterval, other: DateInterval) -> bool:
    """Whether the whole of one interval lies before the other begins.

    Examples
    --------
    >>> year, month = parse_date("2021"), parse_date("2021-09")
    >>> ends_before(parse_date("2020"), month), ends_before(year, month)
    (True, False)
    """
    return one.end < other.start


def _plain(text: str, *, refused: str = "number-form") -> str:
    """The text without space around it, full-width digits and signs as ASCII."""
    plain = text.strip(_SPACE)
    if not plain or len(plain) > limits.VALUE_CHARS:
        raise _NoValueError(refused)
    return plain.translate(_ASCII_FORMS)


def _read_number(text: str) -> int | float:
    if text.isascii() and text.isdigit() and len(text) < limits.DECIMAL_DIGITS:
        if text[0] == "0" and text != "0":
            raise _NoValueError("number-leading-zero")
        return int(text)
    plain = _plain(text)
    if _CHINESE.fullmatch(plain):
        return _read_chinese(plain)
    match = _NUMBER.fullmatch(plain)
    if match is None:
        raise _NoValueError("number-form")
    whole, fraction = match["whole"].replace(",", ""), match["fraction"] or ""
    if whole.startswith("0") and whole != "0":
        raise _NoValueError("number-leading-zero")
    return _shifted(match["sign"], whole, fraction, _TIMES.get(match["times"] or "", 0))


def _shifted(sign: str, whole: str, fraction: str, power: int) -> int | float:
    """The number with its point moved `power` places to the right, by digits alone."""
    whole, rest = whole + fraction[:power].ljust(power, "0"), fraction[power:]
    if not rest.strip("0") and (power or not fraction):
        return int(sign + whole)
    if len((whole + rest).lstrip("0")) > limits.DECIMAL_DIGITS:
        raise _NoValueError("number-too-precise")
    return float(f"{sign}{whole}.{rest}") + 0.0  # turns -0.0 into 0.0


def _read_quantity(rest: str) -> Quantity:
    found = []
    for word in sorted(_BEFORE, key=len, reverse=True):
        if rest.startswith(word):
            found.append(_BEFORE[word])
            rest = rest.removeprefix(word).lstrip(_SPACE)
            break
    for word in sorted(_AFTER, key=len, reverse=True):
        if rest.endswith(word):
            found.append(_AFTER[word])
            rest = rest.removesuffix(word).rstrip(_SPACE)
            break
    if _MORE.search(rest):
        found.append(">")
        rest = _MORE.sub("", rest)
    if len(found) > 1:
        raise _NoValueError("number-two-comparators")
    value, unit = _split_percent(rest)
    return Quantity(value, found[0] if found else "=", unit)


def _split_percent(rest: str) -> tuple[int | float, str | None]:
    if rest == "百分之百":
        return 100, "percent"
    if rest.startswith("百分之"):
        return _read_number(rest.removeprefix("百分之")), "percent"
    if rest.endswith("%"):
        return _read_number(rest.removesuffix("%")), "percent"
    return _read_number(rest), None


def _read_chinese(plain: str) -> int | float:
    """A Chinese numeral by cn2an, believed only where writing it out again gives the same.

    cn2an alone reads 一亿十万 as 100000000.
    """
    import cn2an

    numeral = "二" if plain == "两" else _TWO.sub("二", plain).translate(_PLAIN_CHINESE)
    try:
        value = cn2an.cn2an(numeral, "strict")
        again = cn2an.an2cn(value)
    except ValueError:
        raise _NoValueError("number-chinese") from None
    if not isinstance(value, int | float) or _bare(again) != _bare(numeral):
        raise _NoValueError("number-chinese")
    return value


def _bare(numeral: str) -> str:
    """A numeral without the parts that usage lets one leave out: 零 between, 一 before 十."""
    whole, point, fraction = numeral.partition("点")
    return whole.replace("零", "").replace("一十", "十") + point + fraction


def _read_date(part: str) -> DateInterval:
    match = _ISO_DATE.fullmatch(part) or _CHINESE_DATE.fullmatch(part)
    if match is None:
        raise _NoValueError("date-form")
    year = _small(match[1])
    month, day = (None if match[n] is None else _small(match[n]) for n in (2, 3))
    try:
        start = date(year, 1 if month is None else month, 1 if day is None else day)
    except ValueError:
        raise _NoValueError("date-not-real") from None
    if day is not None:
        return DateInterval(start, start)
    if month in (None, 12):
        return DateInterval(start, date(year, 12, 31))
    return DateInterval(start, date(year, start.month + 1, 1) - timedelta(days=1))


def _small(field: str) -> int:
    """A year, or a month or day below 100, in either script; 0 where it is not well formed."""
    if field.isascii():
        return int(field)
    plain = field.replace("〇", "零")
    if "十" not in plain:
        return int("".join(str(_DIGITS.index(char)) for char in plain)) if len(plain) != 2 else 0
    tens, _, units = plain.partition("十")
    if len(tens) > 1 or len(units) > 1 or units == "十" or tens == "一":
        return 0
    return 10 * (_DIGITS.index(tens) if tens else 1) + (_DIGITS.index(units) if units else 0)
