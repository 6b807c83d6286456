"""Table cells as text: safe in a spreadsheet, and the same bytes each time."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

Cell: TypeAlias = "str | int | float | bool | None"

_BOM: Final = b"\xef\xbb\xbf"
# Spreadsheets pass over these before they look at the first character.
_INVISIBLE: Final = " \u00a0\u3000\u200b\u200c\u200d\u2060\ufeff"
_FORMULA_STARTS: Final = tuple("=+-@\t\r\n＝＋－＠")
_NEGATIVE_NUMBER: Final = re.compile(r"-[0-9]+(?:\.[0-9]+)?%?")
_NEEDS_QUOTES: Final = re.compile(r'[,"\r\n]')


def safe_cell(text: str) -> str:
    """The text, so written that no spreadsheet takes it for a formula.

    A text that begins with `=`, `+`, `-`, `@`, their full-width forms, a tab or a line end
    gets an apostrophe in front. A plain negative number stays as it is.

    Notes
    -----
    Done twice it changes nothing more.

    Examples
    --------
    >>> safe_cell("=1+1"), safe_cell("－1"), safe_cell("-1.5"), safe_cell("治理")
    ("'=1+1", "'－1", '-1.5', '治理')
    """
    begin = text.lstrip(_INVISIBLE)
    if not begin.startswith(_FORMULA_STARTS) or _NEGATIVE_NUMBER.fullmatch(begin):
        return text
    return f"'{text}"


def csv_bytes(header: Sequence[str], rows: Iterable[Sequence[Cell]], *, bom: bool = False) -> bytes:
    r"""A table as CSV: UTF-8, line feeds, quoted only where needed.

    Parameters
    ----------
    header, rows
        The cells; `None` is an empty one, a truth value `true` or `false`.
    bom
        For spreadsheet programs: a byte order mark in front, without which Excel misreads
        Chinese, and every text made safe by `safe_cell`. A ledger is written without.

    Examples
    --------
    >>> csv_bytes(("id", "zh"), [("m1", "甲,乙"), ("m2", None)]).decode()
    'id,zh\nm1,"甲,乙"\nm2,\n'
    """
    lines = [_line(header, safe=bom)]
    lines.extend(_line(row, safe=bom) for row in rows)
    return (_BOM if bom else b"") + "".join(lines).encode()


def _line(row: Sequence[Cell], *, safe: bool) -> str:
    texts = [_text(cell, safe=safe) for cell in row]
    if texts == [""]:  # else the row would be an empty line, which readers skip
        return '""\n'
    return ",".join(map(_quoted, texts)) + "\n"


def _text(cell: Cell, *, safe: bool) -> str:
    if cell is None:
        return ""
    if isinstance(cell, bool):
        return "true" if cell else "false"
    if isinstance(cell, str):
        return safe_cell(cell) if safe else cell
    return str(cell)


def _quoted(text: str) -> str:
    if not _NEEDS_QUOTES.search(text):
        return text
    return '"' + text.replace('"', '""') + '"'
