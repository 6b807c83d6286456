"""Tables as offices send them: 8 encodings × 8 shapes, each read right or refused by name."""

from __future__ import annotations

import codecs
import time
from dataclasses import dataclass
from typing import Final

import pytest

from kg import limits
from kg.errors import SourceError
from kg.sources.decode import decode_csv

Faults = tuple[tuple[str, str, dict[str, str | int]], ...]
Rows = tuple[tuple[str, ...], ...]


@dataclass(frozen=True)
class Encoding:
    """How a text is written, which words it is written with, and as what it is read."""

    mark: bytes
    codec: str
    words: tuple[str, str, str]
    read_as: str = ""
    refused: str = ""


SIMPLIFIED: Final = ("全面推行网格化治理", "调解员，共计三十名", "办好老年食堂")
ENCODINGS: Final = {
    "UTF-8": Encoding(b"", "utf-8", SIMPLIFIED, read_as="utf-8"),
    "UTF-8 with a mark": Encoding(codecs.BOM_UTF8, "utf-8", SIMPLIFIED, read_as="utf-8-sig"),
    "UTF-16 LE": Encoding(codecs.BOM_UTF16_LE, "utf-16-le", SIMPLIFIED, read_as="utf-16-le"),
    "UTF-16 BE": Encoding(codecs.BOM_UTF16_BE, "utf-16-be", SIMPLIFIED, read_as="utf-16-be"),
    "GB18030, four bytes a character": Encoding(
        b"",
        "gb18030",
        ("全面推行网格化治理", "𠮷林路社区䶮某调解员", "办好老年食堂"),
        read_as="gb18030",
    ),
    "GBK with rare characters": Encoding(
        b"",
        "gbk",
        ("全面推行网格化治理", "陶喆、朱镕、李堃三名网格员", "办好老年食堂"),
        read_as="gb18030",
    ),
    "Big5": Encoding(
        b"",
        "big5",
        ("全面推行網格化治理", "調解員，共計三十名", "辦好老年食堂"),
        refused="encoding-big5",
    ),
    "Latin-1": Encoding(
        b"",
        "latin-1",
        ("Ein Müller prüft", "façade à Genève", "niños"),
        refused="encoding-doubtful",
    ),
}
# Some bytes of Latin-1 are not even GB18030.
REFUSALS: Final = {"Latin-1": {"encoding-doubtful", "encoding-unknown"}}

HEADER: Final = ("id", "zh", "note_zh")


def plain(one: str, two: str, three: str) -> tuple[str, Rows, Faults]:
    text = f"id,zh,note_zh\nm1,{one},{two}\nm2,{three},\n"
    return text, (HEADER, ("m1", one, two), ("m2", three, "")), ()


def quoted_newline(one: str, two: str, three: str) -> tuple[str, Rows, Faults]:
    text = f'id,zh,note_zh\r\nm1,"{one}\r\n""{two}"", ",{three}\r\nm2,{three},\r\n'
    rows = (HEADER, ("m1", f'{one}\r\n"{two}", ', three), ("m2", three, ""))
    return text, rows, ()


def wrong_comma(one: str, two: str, three: str) -> tuple[str, Rows, Faults]:
    comma, problem = ("，", "comma-full-width") if one > "z" else (";", "separator-semicolon")
    text = f"id{comma}zh{comma}note_zh\nm1{comma}{one}{comma}{two}\n"
    return text, (), (("t.csv:1", problem, {}),)


def unclosed_quote(one: str, two: str, three: str) -> tuple[str, Rows, Faults]:
    text = f'id,zh,note_zh\nm1,{one},\nm2,"{two},\nm3,{three},\nm4,{one},\n'
    rows = (HEADER, ("m1", one, ""), ("m3", three, ""), ("m4", one, ""))
    return text, rows, (("t.csv:3", "unclosed-quote", {}),)


def duplicate_header(one: str, two: str, three: str) -> tuple[str, Rows, Faults]:
    text = f"id,zh, ZH \nm1,{one},{two}\n"
    facts: dict[str, str | int] = {"column": "ZH", "number": 3}
    rows = (("id", "zh", " ZH "), ("m1", one, two))
    return text, rows, (("t.csv:1", "duplicate-header", facts),)


def ragged_row(one: str, two: str, three: str) -> tuple[str, Rows, Faults]:
    text = f"id,zh,note_zh\nm1,{one}\nm2,{two},,{three}\nm3,{three},\n"
    rows = (HEADER, ("m1", one, ""), ("m2", two, ""), ("m3", three, ""))
    faults: Faults = (
        ("t.csv:2", "too-few-cells", {"found": 2, "expected": 3}),
        ("t.csv:3", "too-many-cells", {"found": 4, "expected": 3}),
    )
    return text, rows, faults


def nul(one: str, two: str, three: str) -> tuple[str, Rows, Faults]:
    text = f"id,zh,note_zh\nm1,{one},\nm2,{two}\0,{three}\n"
    rows = (HEADER, ("m1", one, ""), ("m2", f"{two}\0", three))
    return text, rows, (("t.csv:3", "nul", {}),)


def huge_field(one: str, two: str, three: str) -> tuple[str, Rows, Faults]:
    huge = one * (limits.CSV_CELL_CHARS // len(one) + 1)
    text = f"id,zh,note_zh\nm1,{huge},\nm2,{two},{three}\n"
    rows = (HEADER, ("m2", two, three))
    return text, rows, (("t.csv:2", "huge-cell", {"limit": "1,000,000"}),)


SHAPES: Final = {
    "plain": plain,
    "quoted newline": quoted_newline,
    "wrong comma": wrong_comma,
    "unclosed quote": unclosed_quote,
    "duplicate header": duplicate_header,
    "ragged row": ragged_row,
    "NUL": nul,
    "huge field": huge_field,
}


@pytest.mark.parametrize("shape", SHAPES)
@pytest.mark.parametrize("name", ENCODINGS)
def test_a_table_is_read_right_or_refused(name: str, shape: str) -> None:
    encoding = ENCODINGS[name]
    text, rows, faults = SHAPES[shape](*encoding.words)
    data = encoding.mark + text.encode(encoding.codec)
    if encoding.refused:
        with pytest.raises(SourceError) as caught:
            decode_csv(data, where="t.csv")
        assert caught.value.where == "t.csv"
        assert caught.value.key in REFUSALS.get(name, {encoding.refused})
        return
    table = decode_csv(data, where="t.csv")
    assert table.encoding == encoding.read_as
    assert table.rows == rows
    assert [(fault.place, dict(fault.facts)) for fault in table.faults] == [
        (place, {"problem": problem, **facts}) for place, problem, facts in faults
    ]
    assert {fault.code for fault in table.faults} <= {"KG009"}


@pytest.mark.parametrize(
    "data",
    [
        b"id,zh\n" + b'x,"' * 400_000,
        b'id,zh\n"a ""b\n' * 20_000,
        b'"' * 1_000_001,
        b"\n" * 1_000_000 + b'"',
        b"id\n" + b'"\n' * 300_000,
        b"id,zh\n" + (b'm1,"x ""y\n' * 50 + b"m2,\n") * 2_000,
        b"," * 1_000_000,
        b"id" + b"\r" * 500_000 + b'"a"b',
    ],
    ids=range(8),
)
def test_a_table_made_to_be_slow_is_answered_in_time(data: bytes) -> None:
    begin = time.perf_counter()
    table = decode_csv(data, where="t.csv")
    assert time.perf_counter() - begin < 10
    assert table.rows or table.faults
