"""Charts of a report as SVG: bars cut into levels, readable without colour, no script, no style."""

from __future__ import annotations

from collections.abc import Iterator
from html import escape
from typing import Final

from kg.model import RUNGS, Rung
from kg.report.blocks import FILLS, Bar, Chart
from kg.report.layout import width_of

_WIDTH: Final = 760
_ROW: Final = 20
_BAR: Final = 16
_LEGEND: Final = 22
_FONT: Final = 12
# Half of the width of a character that takes two columns on a terminal.
_COLUMN: Final = 6.2


def chart_svg(chart: Chart) -> str:
    """The chart as one `<svg>` element with a title for those who cannot see it.

    Every part of a bar is outlined and carries its count, and its level in words where there
    is room; the legend names all.
    """
    height = _ROW * len(chart.bars) + _LEGEND + 4
    names = dict(chart.legend)
    label = round(max(width_of(bar.label) for bar in chart.bars) * _COLUMN) + 10
    parts = [
        f'<svg class="chart" viewBox="0 0 {_WIDTH} {height}" role="img" '
        f'aria-label="{escape(_spoken(chart))}" xmlns="http://www.w3.org/2000/svg">'
    ]
    for place, bar in enumerate(chart.bars):
        parts += _bar(bar, place * _ROW, label, names)
    parts += _legend(chart, _ROW * len(chart.bars) + 6, label)
    return "".join([*parts, "</svg>"])


def _spoken(chart: Chart) -> str:
    """What the chart says, in one line of text."""
    names = dict(chart.legend)
    rows = (
        f"{bar.label}: "
        + ", ".join(f"{names[rung]} {count}" for rung, count in bar.counts if count)
        for bar in chart.bars
    )
    return f"{chart.caption}. {'; '.join(rows)}"


def _bar(bar: Bar, top: int, label: int, names: dict[Rung, str]) -> Iterator[str]:
    middle = top + _BAR // 2 + 4
    yield f'<text x="{label - 8}" y="{middle}" text-anchor="end">{escape(bar.label)}</text>'
    room = _WIDTH - label - 2
    before = 0
    for rung, count in bar.counts:
        if not count:
            continue
        left, right = (
            label + room * before / bar.total,
            label + room * (before + count) / bar.total,
        )
        before += count
        yield _part(rung, left, right, top)
        text = f"{names[rung]} {count}"
        if width_of(text) * _COLUMN > right - left - 6:
            text = str(count)
        if width_of(text) * _COLUMN <= right - left:
            yield (
                f'<text x="{(left + right) / 2:.1f}" y="{middle}" text-anchor="middle" '
                f'fill="{FILLS[rung].ink}">{escape(text)}</text>'
            )


def _part(rung: Rung, left: float, right: float, top: int) -> str:
    return (
        f'<rect x="{left:.1f}" y="{top}" width="{right - left:.1f}" height="{_BAR}" '
        f'fill="{FILLS[rung].colour}" stroke="#333333" stroke-width="0.8"/>'
    )


def _legend(chart: Chart, top: int, label: int) -> Iterator[str]:
    names = dict(chart.legend)
    left = float(label)
    for rung in RUNGS:
        if rung in names:
            yield _part(rung, left, left + 12, top)
            yield f'<text x="{left + 17:.1f}" y="{top + 12}">{escape(names[rung])}</text>'
            left += 17 + width_of(names[rung]) * _COLUMN + 18
