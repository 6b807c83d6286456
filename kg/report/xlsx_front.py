"""The first sheet of a workbook: what the first page of the report says, to be read."""

from __future__ import annotations

from typing import Any, Final

from kg.model import Rung
from kg.report.blocks import (
    FILLS,
    Block,
    Card,
    Chart,
    Contents,
    Facts,
    Group,
    Heading,
    Paragraph,
    Table,
    Title,
    Tone,
)
from kg.report.sheets import Workbook
from kg.report.xlsx_cells import FONT, lines_of, put, set_paper
from kg.words import Words

_COLUMNS: Final = 6
_FIRST: Final = 46
_OTHERS: Final = 13
_LINE: Final = _FIRST + _OTHERS * (_COLUMNS - 1)
_ROW: Final = 15.0
_CHART_ROWS: Final = 9


def write_front(page: Any, workbook: Workbook, words: Words) -> None:
    """Write the blocks one below the other, each line over the width of the sheet."""
    for place in range(_COLUMNS):
        page.column_dimensions["ABCDEF"[place]].width = _OTHERS if place else _FIRST
    page.sheet_view.showGridLines = False
    writer = _Writer(page, words)
    for block in workbook.front:
        writer.write(block)
    set_paper(page, landscape=False, pages=0 if workbook.of_unit else 1)


class _Writer:
    """A sheet with the row that comes next."""

    def __init__(self, page: Any, words: Words) -> None:
        self._page = page
        self._words = words
        self._row = 1

    def write(self, block: Block) -> None:
        match block:
            case Title():
                self._line(block.text, size=18, bold=True)
                self._line("　".join(block.under), ink="595959")
            case Heading():
                self._row += 1
                self._line(block.text, size=12, bold=True)
            case Paragraph():
                answer, faint = block.tone is Tone.ANSWER, block.tone is Tone.FAINT
                ink = "595959" if faint else "000000"
                self._line(block.text, size=12 if answer else 10 - faint, bold=answer, ink=ink)
            case Facts():
                self._pairs(block.pairs)
            case Card():
                self._card(block)
            case Group():
                self._line(block.text, bold=True)
                self._pairs(block.pairs)
                for card in block.cards:
                    self._card(card)
            case Table():
                self._table(block)
            case Chart():
                self._chart(block)
            case Contents():
                pass

    def _put(self, column: int, value: str | int, **look: Any) -> Any:
        from openpyxl.styles import Alignment, Font

        cell = put(self._page, self._row, column, value, self._words)
        name = FONT[self._words.lang]
        settings = {"size": 10, "bold": False, "ink": "000000", **look}
        cell.font = Font(
            name=name, size=settings["size"], bold=settings["bold"], color=settings["ink"]
        )
        cell.alignment = Alignment(horizontal="left", vertical="top", wrap_text=True)
        return cell

    def _line(self, text: str, **look: Any) -> None:
        """A text over the whole width, as high as it needs."""
        self._put(1, text, **look)
        self._page.merge_cells(
            start_row=self._row, end_row=self._row, start_column=1, end_column=_COLUMNS
        )
        size = look.get("size", 10)
        lines = lines_of(text, _LINE, size)
        self._page.row_dimensions[self._row].height = lines * _ROW * max(1.0, size / 10)
        self._row += 1

    def _pairs(self, pairs: tuple[tuple[str, str], ...]) -> None:
        for label, text in pairs:
            self._line(self._words.say("report.pair", label=label, text=text))

    def _card(self, card: Card) -> None:
        self._line(card.text, bold=True, ink="A34700" if card.grave else "000000")
        self._pairs(card.pairs)

    def _table(self, table: Table) -> None:
        if table.caption:
            self._row += 1
            self._line(table.caption, ink="595959", size=9)
        self._head(table.head)
        for row in table.rows:
            for place, cell in enumerate(row, 1):
                ink = "A34700" if cell.tone is Tone.GAP else "000000"
                self._put(place, "　" * cell.depth + cell.text, ink=ink)
            lines = max(
                lines_of("　" * cell.depth + cell.text, _OTHERS if place else _FIRST)
                for place, cell in enumerate(row)
            )
            self._page.row_dimensions[self._row].height = lines * _ROW
            self._row += 1

    def _head(self, names: tuple[str, ...]) -> None:
        from openpyxl.styles import Border, PatternFill, Side

        for place, name in enumerate(names, 1):
            cell = self._put(place, name, bold=True)
            cell.fill = PatternFill("solid", fgColor="F2F2F2")
            cell.border = Border(bottom=Side("thin", color="222222"))
        widths = [_OTHERS if place else _FIRST for place in range(len(names))]
        lines = max(lines_of(name, width) for name, width in zip(names, widths, strict=True))
        self._page.row_dimensions[self._row].height = lines * _ROW
        self._row += 1

    def _chart(self, chart: Chart) -> None:
        """The counts as a table, and a chart that is drawn from it."""
        self._row += 1
        self._line(chart.caption, ink="595959", size=9)
        names = tuple(name for _, name in chart.legend)
        self._head((self._words.say("report.column.basis"), *names))
        first = self._row
        for bar in chart.bars:
            counts = dict(bar.counts)
            self._put(1, bar.label)
            for place, (rung, _) in enumerate(chart.legend, 2):
                self._put(place, counts[rung])
            self._row += 1
        self._draw(chart, first - 1, [rung for rung, _ in chart.legend])
        self._row += _CHART_ROWS

    def _draw(self, chart: Chart, head: int, rungs: list[Rung]) -> None:
        from openpyxl.chart import BarChart, Reference
        from openpyxl.chart.label import DataLabel, DataLabelList

        names = ("showSerName", "showCatName", "showLegendKey", "showPercent")
        hidden = dict.fromkeys(names, False)
        drawing = BarChart()
        drawing.type, drawing.grouping, drawing.overlap = "bar", "stacked", 100
        drawing.gapWidth = 40
        drawing.add_data(
            Reference(
                self._page,
                min_col=2,
                max_col=1 + len(rungs),
                min_row=head,
                max_row=head + len(chart.bars),
            ),
            titles_from_data=True,
        )
        drawing.set_categories(
            Reference(self._page, min_col=1, min_row=head + 1, max_row=head + len(chart.bars))
        )
        for series, rung in zip(drawing.series, rungs, strict=True):
            series.graphicalProperties.solidFill = FILLS[rung].colour[1:]
            series.graphicalProperties.line.solidFill = "333333"
            counts = [dict(bar.counts)[rung] for bar in chart.bars]
            series.dLbls = DataLabelList(showVal=True, **hidden)
            # Nought is no bar and needs no label.
            series.dLbls.dLbl = [
                DataLabel(idx=bar, showVal=False, **hidden)
                for bar, count in enumerate(counts)
                if not count
            ]
        drawing.x_axis.scaling.orientation = "maxMin"
        drawing.x_axis.delete, drawing.y_axis.delete = False, True
        drawing.y_axis.majorGridlines = None
        drawing.legend.position = "b"
        drawing.anchor = self._anchor()
        self._page.add_chart(drawing)

    def _anchor(self) -> Any:
        """Where the chart lies: over the width of the sheet, on rows of its own."""
        from openpyxl.drawing.spreadsheet_drawing import AnchorMarker, TwoCellAnchor

        return TwoCellAnchor(
            editAs="oneCell",
            _from=AnchorMarker(col=0, row=self._row - 1),
            to=AnchorMarker(col=_COLUMNS, row=self._row - 1 + _CHART_ROWS),
        )
