"""CSV bytes to tables: which encoding they are in, and every row that cannot be read right.

A table that other people's programs wrote is accepted as it is meant, or its faults are
named with their lines. No row is lost, merged with another or shifted without a fault.
"""

from __future__ import annotations

import codecs
import csv
import io
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from kg import limits
from kg.errors import SourceError
from kg.model import Finding

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

_UTF_16: Final = (
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_UTF_32: Final = (codecs.BOM_UTF32_LE, codecs.BOM_UTF32_BE)
_WORKBOOKS: Final = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1")
_SAMPLE: Final = 4000
_EVERYDAY_MARKS: Final = frozenset("“”‘’—…·×℃")

# What stands between the names of a header where a comma should, and the fault it is.
_WRONG_SEPARATORS: Final = (
    ("，", "comma-full-width"),
    ("\t", "separator-tab"),
    (";", "separator-semicolon"),
    ("；", "separator-semicolon"),
)
_INVISIBLE: Final = re.compile("[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff]")
_ID: Final = re.compile(r"([A-Za-z]+)[0-9]+")


@dataclass(frozen=True, slots=True)
class DecodedText:
    """A text and the encoding that was taken for it, as Python names it."""

    encoding: str
    text: str


@dataclass(frozen=True, slots=True)
class DecodedTable:
    """A table as it was read.

    `rows` begins with the header, and every row is as wide as the header; it is empty where
    no header could be read. `lines` gives the line on which each row begins. Rows without
    any content are left out. `faults` are in the order of the lines.
    """

    encoding: str
    rows: tuple[tuple[str, ...], ...]
    lines: tuple[int, ...]
    faults: tuple[Finding, ...]

    @property
    def header(self) -> tuple[str, ...]:
        """The column names as they stand, or nothing where there is no header."""
        return self.rows[0] if self.rows else ()

    def records(self) -> Iterator[tuple[int, tuple[str, ...]]]:
        """Each row below the header with its line."""
        return zip(self.lines[1:], self.rows[1:], strict=True)


@dataclass(frozen=True, slots=True)
class _Fault:
    line: int
    problem: str
    facts: tuple[tuple[str, str | int], ...] = ()

    def finding(self, where: str) -> Finding:
        facts = (("problem", self.problem), *self.facts)
        return Finding(code="KG009", place=f"{where}:{self.line}", facts=facts)


@dataclass(frozen=True, slots=True)
class _Row:
    first: int  # of its lines, from 0
    last: int
    cells: tuple[str, ...]


def decode_csv(data: bytes, *, where: str) -> DecodedTable:
    r"""The table that some bytes hold, with every fault of its form.

    Parameters
    ----------
    data
        A CSV file with a header.
    where
        Its name, for faults: they are KG009 at `where:line`, and their first fact is the
        problem.

    Raises
    ------
    SourceError
        The bytes are in no encoding that can be told (see `decode_text`).

    Examples
    --------
    >>> table = decode_csv("id,zh\nm1,网格\nm2\n".encode("gb18030"), where="measures.csv")
    >>> table.encoding, table.rows
    ('gb18030', (('id', 'zh'), ('m1', '网格'), ('m2', '')))
    >>> [fault.place for fault in table.faults]
    ['measures.csv:3']
    """
    decoded = decode_text(data, where=where)
    lines = list(io.StringIO(decoded.text, newline=""))
    rows, faults = _read_rows(lines)
    if "\0" in decoded.text:
        faults += [_Fault(n, "nul") for n, line in enumerate(lines, 1) if "\0" in line]
    if not rows:
        faults.append(_Fault(1, "empty-table"))
    elif separator := _find_wrong_separator(rows[0]):
        faults.append(separator)
        rows = []
    else:
        faults += _find_header_faults(rows)
        faults += _find_ragged_rows(rows)
        faults += _find_swallowed_rows(rows, lines)
    width = len(rows[0].cells) if rows else 0
    faults.sort(key=lambda fault: (fault.line, fault.problem, fault.facts))
    return DecodedTable(
        encoding=decoded.encoding,
        rows=tuple(_fitted(row.cells, width) for row in rows),
        lines=tuple(row.first + 1 for row in rows),
        faults=tuple(fault.finding(where) for fault in faults),
    )


def decode_text(data: bytes, *, where: str) -> DecodedText:
    """The text that some bytes hold: by their byte order mark, else UTF-8, else GB18030.

    UTF-16 is read where its byte order mark says so. Almost any bytes can be read as
    GB18030, so what comes out must look like Chinese: at least half of its characters
    beyond ASCII are everyday ones, and it does not make more sense as Big5.

    Raises
    ------
    SourceError
        A workbook, UTF-32, UTF-16 without its mark, or an encoding that cannot be told.

    Notes
    -----
    Of short texts in other Asian encodings some (EUC-KR) cannot be told from GB18030, which
    is why the encoding that was taken is always reported.

    Examples
    --------
    >>> decode_text("举措".encode("gbk"), where="measures.csv")
    DecodedText(encoding='gb18030', text='举措')
    """
    if data.startswith(_WORKBOOKS):
        raise SourceError("encoding-workbook", where=where)
    if data.startswith(_UTF_32):
        raise SourceError("encoding-utf-32", where=where)
    for mark, codec in _UTF_16:
        if data.startswith(mark):
            try:
                return DecodedText(codec, data[len(mark) :].decode(codec))
            except UnicodeDecodeError as error:
                raise SourceError("encoding-broken", where=where, encoding=codec) from error
    if data[:64].count(0) * 4 > len(data[:64]):
        raise SourceError("encoding-utf-16-unmarked", where=where)
    marked = data.startswith(codecs.BOM_UTF8)
    try:
        text = data[len(codecs.BOM_UTF8) if marked else 0 :].decode()
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start + (3 if marked else 0)) + 1
        if marked:
            raise SourceError("encoding-broken", where=where, encoding="utf-8") from error
        return DecodedText("gb18030", _decode_gb18030(data, where=where, line=line))
    return DecodedText("utf-8-sig" if marked else "utf-8", text)


def _decode_gb18030(data: bytes, *, where: str, line: int) -> str:
    """The text in GB18030, if it is; `line` is the first that is not UTF-8."""
    try:
        text = data.decode("gb18030")
    except UnicodeDecodeError as error:
        raise SourceError("encoding-unknown", where=where, line=line) from error
    likeness = _share_of(text, codec="gb2312", first=0xB0, last=0xD7)
    try:
        as_big5 = _share_of(data.decode("big5"), codec="big5", first=0xA4, last=0xC6)
    except UnicodeDecodeError:
        as_big5 = 0.0
    if as_big5 > likeness:
        raise SourceError("encoding-big5", where=where, line=line)
    if likeness < 0.5:
        raise SourceError("encoding-doubtful", where=where, line=line)
    return text


def _share_of(text: str, *, codec: str, first: int, last: int) -> float:
    """How many of the characters beyond ASCII are everyday ones.

    Both standards put the commoner characters into rows of their own, lead bytes `first`
    to `last`.
    """
    sample = [char for char in text if char > "\x7f"][:_SAMPLE]
    return sum(_is_everyday(char, codec, first, last) for char in sample) / max(1, len(sample))


def _is_everyday(char: str, codec: str, first: int, last: int) -> bool:
    if "\u3000" <= char <= "\u3020" or "\uff01" <= char <= "\uff5e" or char in _EVERYDAY_MARKS:
        return True
    code = char.encode(codec, "ignore")
    return len(code) == 2 and first <= code[0] <= last


def _read_rows(lines: Sequence[str]) -> tuple[list[_Row], list[_Fault]]:
    """Every row that can be read, and a fault for each that cannot.

    Reading goes on behind the line on which a broken cell opened, so that one mark left
    open does not hide the rest.
    """
    rows: list[_Row] = []
    faults: list[_Fault] = []
    start = 0
    previous = csv.field_size_limit(limits.CSV_CELL_CHARS)
    try:
        while start < len(lines):
            first = start
            reader = csv.reader(lines[start:] if start else lines, strict=True)
            try:
                for cells in reader:
                    after = start + reader.line_num
                    if any(cells):
                        rows.append(_Row(first, after - 1, tuple(cells)))
                    first = after
                break
            except csv.Error:
                fault = _find_broken_cell(lines, first)
                faults.append(fault)
                start = fault.line
            if len(faults) >= limits.CSV_BROKEN_ROWS:
                faults.append(_Fault(start, "reading-stopped", (("count", len(faults)),)))
                break
    finally:
        csv.field_size_limit(previous)
    return rows, faults


def _find_broken_cell(lines: Sequence[str], first: int) -> _Fault:
    """What is wrong with the row that begins on line `first`, at the line where it opened."""
    opened = first
    length = 0
    state = "begin"  # of a cell; then "plain", "quoted", "closed"
    for number in range(first, len(lines)):
        for char in lines[number]:
            if state == "quoted":
                state, length = ("closed", length) if char == '"' else (state, length + 1)
            elif char == '"' and state == "closed":  # a doubled mark stands for one
                state, length = "quoted", length + 1
            elif char == '"' and state == "begin":
                state, opened, length = "quoted", number, 0
            elif char in ",\r\n":
                state, length = "begin", 0
            elif state == "closed":
                return _broken_quote(opened, number)
            else:
                opened = number if state == "begin" else opened
                state, length = "plain", length + 1
            if length > limits.CSV_CELL_CHARS:
                return _Fault(opened + 1, "huge-cell", (("limit", f"{limits.CSV_CELL_CHARS:,}"),))
    return _broken_quote(opened, len(lines))


def _broken_quote(opened: int, ended: int) -> _Fault:
    """A mark that closes on its own line has text behind it; else it was left open."""
    if opened == ended:
        return _Fault(opened + 1, "text-after-quote")
    return _Fault(opened + 1, "unclosed-quote")


def _find_wrong_separator(header: _Row) -> _Fault | None:
    for mark, problem in _WRONG_SEPARATORS:
        in_all = len(header.cells) == 1 or mark == "，"
        if in_all and any(mark in cell for cell in header.cells):
            return _Fault(header.first + 1, problem)
    return None


def _find_header_faults(rows: Sequence[_Row]) -> list[_Fault]:
    """Names that stand twice, and columns that have content but no name."""
    header = rows[0]
    faults = []
    seen: set[str] = set()
    for index, cell in enumerate(header.cells):
        name = _INVISIBLE.sub("", cell).strip().casefold()
        if name and name in seen:
            facts = (("column", cell.strip()), ("number", index + 1))
            faults.append(_Fault(header.first + 1, "duplicate-header", facts))
        elif not name and any(any(row.cells[index : index + 1]) for row in rows[1:]):
            faults.append(_Fault(header.first + 1, "nameless-column", (("number", index + 1),)))
        seen.add(name)
    return faults


def _find_ragged_rows(rows: Sequence[_Row]) -> list[_Fault]:
    width = len(rows[0].cells)
    return [
        _Fault(
            row.first + 1,
            "too-few-cells" if len(row.cells) < width else "too-many-cells",
            (("found", len(row.cells)), ("expected", width)),
        )
        for row in rows[1:]
        if len(row.cells) != width
    ]


def _find_swallowed_rows(rows: Sequence[_Row], lines: Sequence[str]) -> list[_Fault]:
    """Rows inside another's quoted cell: two stray marks can hide all that is between them.

    A line of a cell counts as a row where it begins with an id of the same form as its
    row's own and has as many commas as a row.
    """
    commas = len(rows[0].cells) - 1
    faults = []
    for row in rows[1:]:
        if row.first == row.last or commas == 0:
            continue
        own = _ID.fullmatch(row.cells[0])
        if own is None:
            continue
        begin = re.compile(rf"{own[1]}[0-9]+,")
        for number in range(row.first + 1, row.last + 1):
            if begin.match(lines[number]) and lines[number].count(",") >= commas:
                facts = (("line", number + 1),)
                faults.append(_Fault(row.first + 1, "swallowed-row", facts))
                break
    return faults


def _fitted(cells: tuple[str, ...], width: int) -> tuple[str, ...]:
    if len(cells) == width:
        return cells
    return (cells + ("",) * width)[:width]
