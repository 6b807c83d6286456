"""Answers, rows and reports as Markdown: GitHub tables, nothing that could break out of them."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from kg.report.plain import clean_text
from kg.report.rows import Rows

_ESCAPES: Final = str.maketrans(
    {"|": "\\|", "\\": "\\\\", "`": "\\`", "*": "\\*", "_": "\\_", "[": "\\[", "]": "\\]"}
)


def format_markdown(answers: Iterable[str], rows: Rows) -> str:
    r"""The answer sentences, then the rows as a table.

    >>> print(format_markdown(["一项部署。"], Rows(("编号",), (("d|1",),))), end="")
    一项部署。
    <BLANKLINE>
    | 编号 |
    | --- |
    | d\|1 |
    """
    paragraphs = [escape_cell(answer) for answer in answers]
    lines = [_row(rows.head), _row_of_plain(["---"] * len(rows.head)), *map(_row, rows.rows)]
    return "\n\n".join([*paragraphs, "\n".join(lines)]) + "\n"


def escape_cell(text: str) -> str:
    r"""A text that shows as it is: no markup, no HTML, no line break.

    >>> escape_cell("a*b\n<img>")
    'a\\*b &lt;img&gt;'
    """
    plain = " ".join(clean_text(text).split()).translate(_ESCAPES)
    return plain.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def _row(cells: Iterable[str]) -> str:
    return _row_of_plain([escape_cell(cell) for cell in cells])


def _row_of_plain(cells: Iterable[str]) -> str:
    return f"| {' | '.join(cells)} |"
