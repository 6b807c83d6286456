"""Tables as CSV: safe in a spreadsheet, and the same bytes each time."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final, TypeAlias

from kg.cells import safe_cell

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

Cell: TypeAlias = "str | int | float | bool | None"

__all__ = ["Cell", "csv_bytes", "safe_cell"]

_BOM: Final = b"\xef\xbb\xbf"
_NEEDS_QUOTES: Final = re.compile(r'[,"\r\n]')


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
