"""The parts of a DOCX body as WordprocessingML: every text escaped, nothing but text from data."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Final
from xml.sax.saxutils import escape

from kg.model import Rung
from kg.report.blocks import FILLS, Bar, Cell, Chart, Table, Tone
from kg.report.layout import width_of
from kg.report.plain import clean_text

GAP_INK: Final = "A34700"
FAINT_INK: Final = "595959"
# Twentieths of a point between the margins of the page (A4 less 2 cm on either side).
LINE: Final = 9638
_INKS: Final = {Tone.GAP: GAP_INK, Tone.FAINT: FAINT_INK}
_INDENT: Final = 240
# Word takes no more than 63 columns in a table.
_UNITS: Final = 60
_CHART_LABEL: Final = 1500
# About how wide a column of a terminal is in a cell of a chart.
_COLUMN: Final = 96


def run_xml(text: str, *, ink: str = "", bold: bool = False) -> str:
    """A run of text; a line break stays one. Chinese quotation marks take the Chinese font."""
    properties = '<w:rFonts w:hint="eastAsia"/>'
    properties += "<w:b/>" if bold else ""
    properties += f'<w:color w:val="{ink}"/>' if ink else ""
    pieces = "<w:br/>".join(
        f'<w:t xml:space="preserve">{escape(piece)}</w:t>' for piece in clean_text(text).split("\n")
    )
    return f"<w:r><w:rPr>{properties}</w:rPr>{pieces}</w:r>".replace("\t", " ")


def paragraph_xml(
    text: str, style: str, *, ink: str = "", bar: bool = False, bookmark: int | None = None
) -> str:
    """A paragraph of a style.

    Parameters
    ----------
    text, style
        What it says, and the id of its style.
    ink
        A colour, if not that of the style.
    bar
        Whether a bar of the colour of gaps stands at its side.
    bookmark
        A number by which the contents find it.
    """
    run = run_xml(text, ink=ink)
    if bookmark is not None:
        name = bookmark_name(bookmark)
        run = (
            f'<w:bookmarkStart w:id="{bookmark}" w:name="{name}"/>{run}'
            f'<w:bookmarkEnd w:id="{bookmark}"/>'
        )
    return f"<w:p>{_paragraph_properties(style, bar=bar)}{run}</w:p>"


def bookmark_name(number: int) -> str:
    """The name of the bookmark of a heading."""
    return f"_Toc{number:08d}"


def _paragraph_properties(style: str, *, bar: bool = False) -> str:
    border = (
        f'<w:pBdr><w:left w:val="single" w:sz="18" w:space="6" w:color="{GAP_INK}"/></w:pBdr>'
        if bar
        else ""
    )
    return f'<w:pPr><w:pStyle w:val="{style}"/>{border}</w:pPr>'


def pairs_xml(pairs: Iterable[tuple[str, str]], style: str, *, bar: bool = False) -> str:
    """Labels with what they say, a paragraph each."""
    return "".join(
        f"<w:p>{_paragraph_properties(style, bar=bar)}"
        f"{run_xml(label + '　', ink=FAINT_INK)}{run_xml(text)}</w:p>"
        for label, text in pairs
    )


def table_xml(table: Table) -> str:
    """A table whose head is repeated on every page, and whose rows stay whole."""
    widths = _shares(table.widths, LINE)
    caption = paragraph_xml(table.caption, "KGCaption") if table.caption else ""
    head = _row(
        [
            _cell(width, f"<w:p>{_paragraph_properties('KGHead')}{run_xml(name)}</w:p>", "F2F2F2")
            for width, name in zip(widths, table.head, strict=True)
        ],
        "<w:tblHeader/>",
    )
    rows = "".join(
        _row([_text_cell(width, cell) for width, cell in zip(widths, row, strict=True)])
        for row in table.rows
    )
    return f"{caption}{_table(widths, head + rows, _HAIRLINES)}{_after()}"


def _after() -> str:
    """A low paragraph: without one, tables that follow each other would become one."""
    return f"<w:p>{_paragraph_properties('KGAfter')}</w:p>"


_HAIRLINES: Final = (
    "<w:tblBorders>"
    '<w:top w:val="single" w:sz="8" w:space="0" w:color="222222"/>'
    '<w:bottom w:val="single" w:sz="8" w:space="0" w:color="222222"/>'
    '<w:insideH w:val="single" w:sz="4" w:space="0" w:color="BFBFBF"/>'
    "</w:tblBorders>"
)


def _table(widths: Sequence[int], rows: str, borders: str) -> str:
    grid = "".join(f'<w:gridCol w:w="{width}"/>' for width in widths)
    return (
        f'<w:tbl><w:tblPr><w:tblW w:w="{sum(widths)}" w:type="dxa"/>{borders}'
        '<w:tblLayout w:type="fixed"/><w:tblCellMar>'
        '<w:left w:w="40" w:type="dxa"/><w:right w:w="40" w:type="dxa"/></w:tblCellMar></w:tblPr>'
        f"<w:tblGrid>{grid}</w:tblGrid>{rows}</w:tbl>"
    )


def _row(cells: Iterable[str], properties: str = "") -> str:
    return f"<w:tr><w:trPr><w:cantSplit/>{properties}</w:trPr>{''.join(cells)}</w:tr>"


def _cell(
    width: int, content: str, fill: str = "", *, span: int = 1, extra: str = "", after: str = ""
) -> str:
    spans = f'<w:gridSpan w:val="{span}"/>' if span > 1 else ""
    shade = f'<w:shd w:val="clear" w:color="auto" w:fill="{fill}"/>' if fill else ""
    return (
        f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/>{spans}{extra}{shade}{after}</w:tcPr>'
        f"{content}</w:tc>"
    )


def _text_cell(width: int, cell: Cell) -> str:
    indent = f'<w:ind w:left="{cell.depth * _INDENT}"/>' if cell.depth else ""
    properties = f'<w:pPr><w:pStyle w:val="KGCell"/>{indent}</w:pPr>'
    return _cell(
        width, f"<w:p>{properties}{run_xml(cell.text, ink=_INKS.get(cell.tone, ''))}</w:p>"
    )


def _shares(shares: Sequence[int], total: int) -> list[int]:
    """Widths in the ratio of shares that add up to a total."""
    whole = sum(shares)
    ends = [total * sum(shares[: place + 1]) // whole for place in range(len(shares))]
    return [end - begin for begin, end in zip([0, *ends], ends, strict=False)]


def chart_xml(chart: Chart) -> str:
    """The bars as a table, a cell a level: it prints, and can be corrected by hand."""
    names = dict(chart.legend)
    columns = _shares([1] * _UNITS, LINE - _CHART_LABEL)
    rows = "".join(_bar_row(bar, columns, names) for bar in chart.bars)
    grid = [_CHART_LABEL, *columns]
    legend = "".join(_legend_run(rung, name) for rung, name in chart.legend)
    return (
        paragraph_xml(chart.caption, "KGCaption")
        + _table(grid, rows, "")
        + f"<w:p>{_paragraph_properties('KGLegend')}{legend}</w:p>"
    )


def _bar_row(bar: Bar, columns: Sequence[int], names: dict[Rung, str]) -> str:
    label = f"<w:p>{_paragraph_properties('KGBarLabel')}{run_xml(bar.label)}</w:p>"
    cells = [_cell(_CHART_LABEL, label, after=_IN_BAR)]
    begin = 0
    for rung, count, units in units_of(bar):
        width = sum(columns[begin : begin + units])
        begin += units
        text = f"{names[rung]} {count}"
        if width_of(text) * _COLUMN > width:
            text = str(count)
        content = (
            f"<w:p>{_paragraph_properties('KGBar')}{run_xml(text, ink=FILLS[rung].ink[1:])}</w:p>"
        )
        cells.append(
            _cell(width, content, FILLS[rung].colour[1:], span=units, extra=_OUTLINE, after=_IN_BAR)
        )
    height = '<w:trHeight w:val="280" w:hRule="atLeast"/>'
    return _row(cells, height)


_IN_BAR: Final = '<w:noWrap/><w:vAlign w:val="center"/>'
_OUTLINE: Final = (
    "<w:tcBorders>"
    + "".join(
        f'<w:{side} w:val="single" w:sz="4" w:space="0" w:color="333333"/>'
        for side in ("top", "left", "bottom", "right")
    )
    + "</w:tcBorders>"
)


def units_of(bar: Bar) -> list[tuple[Rung, int, int]]:
    """The levels that have any, each with its count and its part of `_UNITS`, at least one.

    >>> from kg.report.blocks import Bar
    >>> units_of(Bar("", ((Rung.NONE, 1), (Rung.STRATEGY, 0), (Rung.MEASURE, 2))))
    [(<Rung.NONE: 'none'>, 1, 20), (<Rung.MEASURE: 'measure'>, 2, 40)]
    """
    found = [(rung, count) for rung, count in bar.counts if count]
    ends = [
        round(_UNITS * sum(count for _, count in found[: place + 1]) / bar.total)
        for place in range(len(found))
    ]
    units = [end - begin for begin, end in zip([0, *ends], ends, strict=False)]
    while units and min(units) < 1:
        units[units.index(min(units))] += 1
        units[units.index(max(units))] -= 1
    return [(rung, count, part) for (rung, count), part in zip(found, units, strict=True)]


def _legend_run(rung: Rung, name: str) -> str:
    fill = FILLS[rung].colour[1:]
    box = (
        '<w:r><w:rPr><w:bdr w:val="single" w:sz="4" w:space="0" w:color="333333"/>'
        f'<w:shd w:val="clear" w:color="auto" w:fill="{fill}"/></w:rPr><w:t>　</w:t></w:r>'
    )
    return f"{box}{run_xml(f' {name}　　')}"


def contents_xml(title: str, chapters: Sequence[tuple[int, int, str]]) -> str:
    """A table of contents: links, to which Word adds the page numbers by F9."""
    begin = (
        '<w:r><w:fldChar w:fldCharType="begin"/></w:r>'
        '<w:r><w:instrText xml:space="preserve"> TOC \\o "1-2" \\h \\z \\u </w:instrText></w:r>'
        '<w:r><w:fldChar w:fldCharType="separate"/></w:r>'
    )
    end = '<w:r><w:fldChar w:fldCharType="end"/></w:r>'
    heading = paragraph_xml(title, "KGContents")
    if not chapters:
        return ""
    entries = []
    for place, (number, level, text) in enumerate(chapters):
        first = begin if place == 0 else ""
        last = end if place == len(chapters) - 1 else ""
        entries.append(
            f"<w:p>{_paragraph_properties(f'TOC{level}')}{first}"
            f'<w:hyperlink w:anchor="{bookmark_name(number)}" w:history="1">{run_xml(text)}'
            f"</w:hyperlink>{last}</w:p>"
        )
    return heading + "".join(entries)
