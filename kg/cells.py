"""Text for a cell of a spreadsheet, so written that no program takes it for a formula."""

from __future__ import annotations

import re
from typing import Final

# Spreadsheets pass over these before they look at the first character.
_INVISIBLE: Final = " \u00a0\u3000\u200b\u200c\u200d\u2060\ufeff"
_FORMULA_STARTS: Final = tuple("=+-@\t\r\n＝＋－＠")
_NEGATIVE_NUMBER: Final = re.compile(r"-[0-9]+(?:\.[0-9]+)?%?")


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
