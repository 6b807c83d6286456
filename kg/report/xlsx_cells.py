"""Cells of a workbook: texts that are never formulas, how high they stand, the paper."""

from __future__ import annotations

import re
from math import ceil
from typing import Any, Final

from kg.cells import safe_cell
from kg.report.layout import width_of
from kg.report.plain import clean_text
from kg.report.sheets import Value
from kg.words import Words

FONT: Final = {"zh": "等线", "en": "Calibri"}
# What a cell of Excel holds at most.
MOST_CHARACTERS: Final = 32_767
# How many figures wide a column of a terminal is, at ten points.
_SPREAD: Final = 0.95
# Excel reads `_x0041_` in a text as the letter A.
_ESCAPE: Final = re.compile(r"_(?=x[0-9A-Fa-f]{4}_)")


def put(page: Any, row: int, column: int, value: Value, words: Words) -> Any:
    """Write a value into a cell, a text always as a text."""
    cell = page.cell(row=row, column=column)
    if isinstance(value, str):
        cell.value = cell_text(value, words)
        cell.data_type = "s"
    else:
        cell.value = value
    return cell


def cell_text(text: str, words: Words) -> str:
    """A text as a cell holds it: inert, of allowed characters, cut where it is too long.

    >>> from kg.words import load_words
    >>> cell_text("=1+1", load_words("en")), cell_text("_x0041_", load_words("en"))
    ("'=1+1", '_x005F_x0041_')
    """
    safe = _ESCAPE.sub("_x005F_", safe_cell(clean_text(text)))
    if len(safe) <= MOST_CHARACTERS:
        return safe
    cut = words.say("report.cut")
    return safe[: MOST_CHARACTERS - len(cut)] + cut


def lines_of(text: str, width: float, size: float = 10) -> int:
    """How many lines a text takes in a cell as wide as so many figures.

    >>> lines_of("治理" * 10, 20), lines_of("", 20)
    (2, 1)
    """
    return max(1, ceil(_SPREAD * width_of(text) * size / 10 / width))


def set_paper(page: Any, *, landscape: bool, pages: int = 0, is_wide: bool = False) -> None:
    """As wide as one page, with page numbers; on so many pages, or as many as it takes.

    On A4, and on A3 what would be too small to read there.
    """
    page.page_setup.paperSize = page.PAPERSIZE_A3 if is_wide else page.PAPERSIZE_A4
    page.page_setup.orientation = "landscape" if landscape else "portrait"
    page.page_setup.fitToWidth, page.page_setup.fitToHeight = 1, pages
    page.sheet_properties.pageSetUpPr.fitToPage = True
    page.oddFooter.center.text = "&P / &N"
    margins = page.page_margins
    margins.left = margins.right = 0.5
    margins.top = margins.bottom = 0.6
    margins.header = margins.footer = 0.3
