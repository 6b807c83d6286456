"""A report as an XLSX workbook: no cell is a formula, and the same report is the same bytes."""

from __future__ import annotations

from collections.abc import Sequence
from io import BytesIO
from typing import TYPE_CHECKING, Any, Final

from kg.report.blocks import FILLS
from kg.report.layout import width_of
from kg.report.office import CORE, core_properties, pack
from kg.report.sheets import Column, Kind, Sheet, Value, Workbook
from kg.report.xlsx_cells import FONT, lines_of, put, set_paper
from kg.report.xlsx_front import write_front
from kg.words import Words

if TYPE_CHECKING:
    from openpyxl.worksheet.worksheet import Worksheet

_LANGUAGES: Final = {"zh": "zh-CN", "en": "en-GB"}
_HEAD, _BODY = "kg head", "kg row"
_WIDEST, _NARROWEST = 34, 7
_ROW: Final = 14.5
# Columns as wide as this together still print on A4 at half their size; wider ones go on A3.
_A4_WIDTH: Final = 240
_GAP_FILL, _GAP_INK, _GOOD_FILL = "FCE8DC", "A34700", "CDEBE0"


def format_xlsx(workbook: Workbook, words: Words) -> bytes:
    """The workbook as a file.

    Every text goes through `safe_cell` and is stored as a text; numbers are numbers; heads
    are frozen and have filters; colours follow from the values by rules of the workbook, so
    that they stay right when somebody corrects a cell.
    """
    from openpyxl import Workbook as Book

    book = Book()
    front = book.active
    assert front is not None
    front.title = workbook.overview
    write_front(front, workbook, words)
    _name_styles(book, FONT[words.lang])
    for sheet in workbook.sheets:
        _write_sheet(book.create_sheet(sheet.name), sheet, workbook, words)
    target = BytesIO()
    book.save(target)
    core = core_properties(
        title=workbook.title, language=_LANGUAGES[words.lang], date=workbook.date
    )
    return pack(target.getvalue(), replaced={CORE: core})


def _name_styles(book: Any, font: str) -> None:
    """The styles of heads and of rows; to name them once is also ten times as fast."""
    from openpyxl.styles import Alignment, Border, Font, NamedStyle, PatternFill, Side

    book.add_named_style(
        NamedStyle(
            _HEAD,
            font=Font(name=font, size=10, bold=True),
            fill=PatternFill("solid", fgColor="F2F2F2"),
            border=Border(bottom=Side("thin", color="222222")),
            alignment=Alignment(vertical="center", wrap_text=True),
        )
    )
    book.add_named_style(
        NamedStyle(
            _BODY,
            font=Font(name=font, size=10),
            border=Border(bottom=Side("hair", color="999999")),
            alignment=Alignment(vertical="top", wrap_text=True),
        )
    )


def _write_sheet(page: Worksheet, sheet: Sheet, workbook: Workbook, words: Words) -> None:
    from openpyxl.utils import get_column_letter

    for place, column in enumerate(sheet.columns, 1):
        put(page, 1, place, column.head, words).style = _HEAD
    widths = [
        _width(column, [row[place] for row in sheet.rows])
        for place, column in enumerate(sheet.columns)
    ]
    page.row_dimensions[1].height = _height([column.head for column in sheet.columns], widths)
    for number, row in enumerate(sheet.rows, 2):
        for place, value in enumerate(row, 1):
            put(page, number, place, value, words).style = _BODY
        page.row_dimensions[number].height = _height(row, widths)
    for place, column in enumerate(sheet.columns, 1):
        letter = get_column_letter(place)
        page.column_dimensions[letter].width = widths[place - 1]
        _colour(page, column, letter, len(sheet.rows) + 1, workbook)
    last = f"{get_column_letter(len(sheet.columns))}{len(sheet.rows) + 1}"
    page.auto_filter.ref = f"A1:{last}"
    page.freeze_panes = f"{get_column_letter(sheet.frozen + 1)}2"
    set_paper(page, landscape=True, is_wide=sum(widths) > _A4_WIDTH)
    page.print_title_rows = "1:1"


def _width(column: Column, values: list[Value]) -> float:
    """Wide enough for what stands there, within reason; a head may take two lines."""
    longest = max((width_of(str(value)) for value in values if value is not None), default=0)
    wanted = max(longest, width_of(column.head) / 2) + 2
    return float(round(min(_WIDEST, max(_NARROWEST, wanted))))


def _height(values: Sequence[Value], widths: Sequence[float]) -> float:
    """High enough for the cell that takes most lines: not every program measures by itself."""
    return _ROW * max(
        lines_of(str(value), width)
        for value, width in zip(values, widths, strict=True)
        if value is not None
    )


def _colour(page: Any, column: Column, letter: str, last: int, workbook: Workbook) -> None:
    """The rules by which cells of a column take a colour; each also says it in words."""
    if last < 2:
        return
    area = f"{letter}2:{letter}{last}"
    for word, fill, ink in _colours(column.kind, workbook):
        page.conditional_formatting.add(area, _equal(word, fill, ink))


def _colours(kind: Kind, workbook: Workbook) -> list[tuple[str, str, str]]:
    if kind is Kind.LEVEL:
        names = dict(workbook.levels)
        return [
            (names[rung], look.colour[1:], look.ink[1:])
            for rung, look in FILLS.items()
            if rung in names
        ]
    if kind is Kind.SEVERITY:
        return [(workbook.grave, _GAP_FILL, _GAP_INK)]
    if kind is Kind.STATUS:
        return [(workbook.good, _GOOD_FILL, "1A1A1A")]
    return [(workbook.mark, "", _GAP_INK)] if kind is Kind.MARK else []


def _equal(word: str, fill: str, ink: str) -> Any:
    from openpyxl.formatting.rule import CellIsRule
    from openpyxl.styles import Font, PatternFill

    quoted = word.replace('"', '""')
    return CellIsRule(  # type: ignore[no-untyped-call]
        operator="equal",
        formula=[f'"{quoted}"'],
        font=Font(color=ink),
        fill=PatternFill("solid", bgColor=fill, fgColor=fill) if fill else None,
    )
