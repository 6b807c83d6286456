"""CSV bytes to tables."""

from __future__ import annotations

import codecs
import csv
import io
import statistics
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg import limits
from kg.errors import SourceError
from kg.export.cells import csv_bytes
from kg.sources.decode import DecodedTable, _read_rows, decode_csv, decode_text
from kg.words import load_words

cells = st.text(st.characters(codec="utf-8", exclude_characters="\0"), max_size=20)


def problems(table: DecodedTable) -> list[tuple[str, str]]:
    return [(fault.place, str(dict(fault.facts)["problem"])) for fault in table.faults]


def decode(text: str) -> DecodedTable:
    return decode_csv(text.encode(), where="t.csv")


def test_rows_keep_the_line_on_which_each_begins() -> None:
    table = decode('id,zh\n\nm1,"甲\n乙"\n,\nm2,丙')
    assert list(table.records()) == [(3, ("m1", "甲\n乙")), (6, ("m2", "丙"))]
    assert (table.header, table.lines, table.faults) == (("id", "zh"), (1, 3, 6), ())


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_every_kind_of_line_end_ends_a_row(end: str) -> None:
    table = decode(end.join(["id,zh", "m1,甲", "", "m2,乙", ""]))
    assert (table.rows, table.lines) == ((("id", "zh"), ("m1", "甲"), ("m2", "乙")), (1, 2, 4))


def test_other_separators_of_lines_are_part_of_a_cell() -> None:
    assert decode("id,zh\nm1,a\u2028b\x0bc\x85d\n").rows[1] == ("m1", "a\u2028b\x0bc\x85d")


@pytest.mark.parametrize("text", ["", "\n\n", ",,\n", "\r\n"])
def test_a_table_without_a_header_is_a_fault(text: str) -> None:
    table = decode(text)
    assert (table.rows, table.lines, problems(table)) == ((), (), [("t.csv:1", "empty-table")])
    assert table.header == ()


def test_a_header_alone_is_a_table() -> None:
    table = decode("id,zh\n")
    assert (table.rows, table.faults) == ((("id", "zh"),), ())


@pytest.mark.parametrize(
    ("header", "problem"),
    [
        ("编号，名称", "comma-full-width"),
        ("id，zh,en", "comma-full-width"),
        ("id\tzh", "separator-tab"),
        ("id;zh", "separator-semicolon"),
        ("编号；名称", "separator-semicolon"),
    ],
)
def test_a_header_divided_by_something_else_is_one_fault(header: str, problem: str) -> None:
    table = decode(f"{header}\nm1\nm2,x,y,z\n")
    assert (table.rows, problems(table)) == ((), [("t.csv:1", problem)])


def test_names_that_differ_only_in_what_one_cannot_see_are_the_same() -> None:
    table = decode("id,zh,\u200bZh ,en\nm1,a,b,c\n")
    assert [dict(fault.facts) for fault in table.faults] == [
        {"problem": "duplicate-header", "column": "\u200bZh", "number": 3}
    ]


def test_a_column_with_content_needs_a_name_and_an_empty_one_does_not() -> None:
    table = decode("id,,zh,\nm1,,甲,\nm2,x,乙,\n")
    assert [(fault.place, dict(fault.facts)) for fault in table.faults] == [
        ("t.csv:1", {"problem": "nameless-column", "number": 2})
    ]
    assert decode("id,zh,,\nm1,甲,,\n").faults == ()


def test_an_unclosed_quote_is_named_at_the_line_where_it_opened() -> None:
    text = 'id,zh,en\nm1,"一\n二",x\nm2,"三\n四","五\nm3,六,y\nm4,"七",z\n'
    table = decode(text)
    assert problems(table) == [("t.csv:5", "unclosed-quote")]
    assert table.rows[1:] == (("m1", "一\n二", "x"), ("m3", "六", "y"), ("m4", "七", "z"))


def test_an_unclosed_quote_at_the_end_takes_its_own_row_only() -> None:
    table = decode('id,zh\nm1,"甲\nm2,乙\nm3,丙\n')
    assert problems(table) == [("t.csv:2", "unclosed-quote")]
    assert table.rows[1:] == (("m2", "乙"), ("m3", "丙"))


def test_text_behind_a_closing_quote_is_a_fault_of_its_line() -> None:
    table = decode('id,zh\nm1,"三高四新"战略\nm2,提出"三高四新"战略\n')
    assert problems(table) == [("t.csv:2", "text-after-quote")]
    assert table.rows[1:] == (("m2", '提出"三高四新"战略'),)


def test_rows_hidden_between_two_stray_quotes_are_found() -> None:
    text = 'id,zh,en\nm001,"甲,x\nm002,乙,y\nm003,丙",z\nm004,丁,w\n'
    table = decode(text)
    assert [(fault.place, dict(fault.facts)) for fault in table.faults] == [
        ("t.csv:2", {"problem": "swallowed-row", "line": 3})
    ]


def test_a_cell_of_several_lines_is_no_hidden_row() -> None:
    text = 'id,zh,en\nm001,"见\nm002,与此相同\nb001,甲,乙\nm,甲,乙",z\n'
    table = decode(text)
    assert table.faults == ()
    assert table.rows[1] == ("m001", "见\nm002,与此相同\nb001,甲,乙\nm,甲,乙", "z")


def test_after_too_many_broken_rows_reading_stops_and_says_so() -> None:
    table = decode("id,zh\n" + '"a"b,c\n' * 30)
    limit = limits.CSV_BROKEN_ROWS
    assert problems(table)[-2:] == [
        (f"t.csv:{limit + 1}", "reading-stopped"),
        (f"t.csv:{limit + 1}", "text-after-quote"),
    ]
    assert len(table.faults) == limit + 1


def test_a_cell_of_exactly_the_limit_is_read_and_the_setting_of_csv_is_left_alone() -> None:
    before = csv.field_size_limit()
    longest = "字" * limits.CSV_CELL_CHARS
    for quote in ("", '"'):
        table = decode(f"id,zh\nm1,{quote}{longest}{quote}\n")
        assert (table.rows[1], table.faults) == (("m1", longest), ())
        table = decode(f"id,zh\nm1,{quote}{longest}字{quote}\nm2,x\n")
        assert (table.rows[1], problems(table)) == (("m2", "x"), [("t.csv:2", "huge-cell")])
    assert csv.field_size_limit() == before


def test_a_quote_left_open_in_a_large_file_is_named_where_it_opened() -> None:
    table = decode('id,zh\nm1,"甲\n' + "m2,乙丙丁戊\n" * 150_000)
    assert problems(table) == [("t.csv:2", "huge-cell")]
    assert len(table.rows) == 150_001


# Encodings


@pytest.mark.parametrize(
    ("data", "key", "facts"),
    [
        (b"PK\x03\x04\x14\x00", "encoding-workbook", {}),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1\x00", "encoding-workbook", {}),
        (codecs.BOM_UTF32_LE + "id".encode("utf-32-le"), "encoding-utf-32", {}),
        (codecs.BOM_UTF32_BE + "id".encode("utf-32-be"), "encoding-utf-32", {}),
        ("id,zh\n".encode("utf-16-le"), "encoding-utf-16-unmarked", {}),
        ("id,zh\n".encode("utf-16-be"), "encoding-utf-16-unmarked", {}),
        (codecs.BOM_UTF16_LE + b"i\0d", "encoding-broken", {"encoding": "utf-16-le"}),
        (codecs.BOM_UTF16_BE + b"\xd8\x00\x00a", "encoding-broken", {"encoding": "utf-16-be"}),
        (codecs.BOM_UTF8 + b"id\n\xff", "encoding-broken", {"encoding": "utf-8"}),
        (b"id\nm1\n\xff\xfe\xfd", "encoding-unknown", {"line": 3}),
        ("id\nm1\n治理".encode()[:-1], "encoding-unknown", {"line": 3}),
        ("id\n網格化治理".encode("big5"), "encoding-big5", {"line": 2}),
        ("id\nprüfe".encode("latin-1"), "encoding-doubtful", {"line": 2}),
        ("id\n日本語の文章です".encode("shift_jis"), "encoding-doubtful", {"line": 2}),
        ("id\n“quoted” text".encode("cp1252"), "encoding-unknown", {"line": 2}),
        ("id\n一行\n".encode() + "一段国标码\n".encode("gbk"), "encoding-unknown", {"line": 3}),
    ],
    ids=range(16),
)
def test_bytes_of_no_known_encoding_are_refused(
    data: bytes, key: str, facts: dict[str, str | int]
) -> None:
    with pytest.raises(SourceError) as caught:
        decode_csv(data, where="t.csv")
    error = caught.value
    assert (error.key, error.where, error.facts) == (key, "t.csv", facts)


def test_traditional_characters_in_gbk_are_read() -> None:
    text = "全面推行網格化治理，完善社會治安防控體系，常態化開展掃黑除惡鬥爭，深化平安建設"
    assert decode_text(text.encode("gbk"), where="t.csv").text == text


def test_plain_ascii_is_utf_8() -> None:
    assert decode_text(b"id", where="t.csv").encoding == "utf-8"


# Properties


@given(
    rows=st.lists(st.tuples(cells, cells, cells).filter(any)),
    codec=st.sampled_from(["utf-8", "utf-8-sig", "utf-16"]),
)
@settings(deadline=None)
def test_what_was_written_is_read_back(rows: list[tuple[str, str, str]], codec: str) -> None:
    header = ("id", "zh", "en")
    data = csv_bytes(header, rows).decode().encode(codec)
    table = decode_csv(data, where="t.csv")
    assert (table.rows, table.faults) == ((header, *rows), ())


@given(st.binary(max_size=200) | st.text('a字,，"\n\r\0', max_size=60).map(str.encode))
@settings(deadline=None, max_examples=500)
def test_any_bytes_give_a_table_or_a_refusal(data: bytes) -> None:
    try:
        table = decode_csv(data, where="t.csv")
    except SourceError:
        return
    assert table.rows or table.faults
    assert {len(row) for row in table.rows} <= {len(table.header)}
    assert len(table.lines) == len(table.rows)
    assert list(table.lines) == sorted(set(table.lines))


@given(st.text('a字,"\n', max_size=80))
@settings(deadline=None, max_examples=500)
def test_every_line_with_content_is_in_a_row_or_in_a_fault(text: str) -> None:
    lines = list(io.StringIO(text, newline=""))
    rows, faults = _read_rows(lines)
    told = {number for row in rows for number in range(row.first, row.last + 1)}
    for fault in faults:
        number = fault.line - 1
        told.add(number)
        if fault.problem == "reading-stopped":
            told |= set(range(number, len(lines)))
        while number > 0 and number - 1 not in told:  # the row in which the cell opened
            number -= 1
            told.add(number)
    blank = {number for number, line in enumerate(lines) if not line.strip('",\n')}
    assert set(range(len(lines))) <= told | blank


@given(st.lists(st.lists(st.text('a字"\n,', max_size=5), min_size=2, max_size=4), max_size=6))
@settings(deadline=None)
def test_a_good_table_reads_as_the_csv_module_reads_it(rows: list[list[str]]) -> None:
    stream = io.StringIO()
    csv.writer(stream, lineterminator="\n").writerows(rows)
    found, faults = _read_rows(list(io.StringIO(stream.getvalue(), newline="")))
    assert ([list(row.cells) for row in found], faults) == ([row for row in rows if any(row)], [])


def test_a_thousand_rows_take_a_few_milliseconds() -> None:
    row = "m{:04},网格化治理,grid governance,ongoing,checkable,false,stated,null,null,not-stated\n"
    text = "id,zh,en,status,concreteness,programme,actor_known,lead,responsible,due\n"
    data = (text + "".join(row.format(number) for number in range(1000))).encode()
    times = []
    for _ in range(9):
        begin = time.perf_counter()
        decode_csv(data, where="measures.csv")
        times.append(time.perf_counter() - begin)
    assert statistics.median(times) < 0.05
    print(f"{statistics.median(times) * 1000:.1f} ms")


FAULTY = {
    "comma-full-width": "id，zh",
    "duplicate-header": "id,id",
    "empty-table": "",
    "huge-cell": "id\n" + "x" * (limits.CSV_CELL_CHARS + 1),
    "nameless-column": "id,\nm1,x",
    "nul": "id,\0",
    "reading-stopped": "id\n" + '"a"b\n' * limits.CSV_BROKEN_ROWS,
    "separator-semicolon": "id;zh",
    "separator-tab": "id\tzh",
    "swallowed-row": 'id,zh\nm1,"x\nm2,y"',
    "text-after-quote": '"id"x',
    "too-few-cells": "id,zh\nm1",
    "too-many-cells": "id\nm1,x",
    "unclosed-quote": '"id\n',
}


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize("problem", FAULTY)
def test_every_problem_has_its_sentence(problem: str, lang: str) -> None:
    facts = [dict(fault.facts) for fault in decode(FAULTY[problem]).faults]
    found = next(fact for fact in facts if fact["problem"] == problem)
    assert "{" not in load_words(lang).say(f"fault.{problem}", **found)
