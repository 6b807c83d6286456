"""Where each drawn node stands: one band a layer, each band wrapped into rows."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from kg.page.ordering import order_bands

# One unit is one pixel at zoom 1.
_BOX_GAP: Final = 8
_STEP: Final = 17  # between two neighbours in a row of symbols
_ROW: Final = 20
_INSET: Final = 10  # so that no symbol stands out at the rim
_BAND_GAP: Final = 30
_GROUP_GAP: Final = 6  # between what has no parent in its band, and what has
_EDGE: Final = 10
_DEEPEST: Final = 3


@dataclass(frozen=True, slots=True)
class Shape:
    """How wide the drawing is; wider only where it would be `tallest` times as high."""

    width: int
    tallest: float


WIDE: Final = Shape(width=772, tallest=4)
NARROW: Final = Shape(width=388, tallest=8)


@dataclass(frozen=True, slots=True)
class Layout:
    """Positions of the middles of nodes, sizes of boxes, and the extent of each band."""

    spots: Mapping[str, tuple[int, int]]
    boxes: Mapping[str, tuple[int, int]]
    bands: tuple[tuple[int, int], ...]
    width: int


def place_nodes(
    bands: Sequence[Sequence[str]],
    links: Sequence[tuple[str, str]],
    *,
    sizes: Mapping[str, tuple[int, int]],
    shape: Shape = WIDE,
) -> Layout:
    """Give every node a place that depends on nothing but the arguments.

    Parameters
    ----------
    bands
        The ids of each layer, top layer first.
    links
        Pairs of ids that are drawn as edges.
    sizes
        For the nodes drawn as boxes (whose labels stand inside, in full), how wide and how
        high each must be; nodes that it does not name are drawn as symbols.
    shape
        How wide the drawing is.

    Returns
    -------
    Layout
        Whole numbers; no box touches another, no symbol another symbol.
    """
    groups = [split_band(band, links) for band in order_bands(bands, links)]
    width = shape.width
    layout = _place(groups, sizes, width)
    while layout.bands and layout.bands[-1][1] > width * shape.tallest:
        width = width * 11 // 10
        layout = _place(groups, sizes, width)
    return layout


def split_band(band: Sequence[str], links: Sequence[tuple[str, str]]) -> list[list[str]]:
    """Groups of a band, parents above what has them for a parent: a set above its members.

    Else a link between two of a row would run through whatever stands between them.
    """
    depth = dict.fromkeys(band, 0)
    inner = [(a, b) for a, b in links if a in depth and b in depth and a != b]
    for _ in range(_DEEPEST):  # as often as groups may stand below each other: circles end too
        for child, parent in inner:
            depth[child] = min(_DEEPEST, max(depth[child], depth[parent] + 1))
    levels = sorted(set(depth.values()))
    return [[item for item in band if depth[item] == level] for level in levels]


def _place(
    groups: Sequence[Sequence[Sequence[str]]], sizes: Mapping[str, tuple[int, int]], width: int
) -> Layout:
    spots: dict[str, tuple[int, int]] = {}
    boxes: dict[str, tuple[int, int]] = {}
    extents: list[tuple[int, int]] = []
    top = _EDGE
    for band in groups:
        bottom = top
        for at, group in enumerate(band):
            begin = bottom + (_GROUP_GAP if at else 0)
            if all(item in sizes for item in group):
                across = max(sizes[item][0] for item in group)
                rows = _rows_of_boxes([sizes[item][1] for item in group], across, width)
                boxes |= {item: (across, rows[at % len(rows)]) for at, item in enumerate(group)}
                spots |= _place_boxes(group, rows, width, begin)
                bottom = begin + sum(rows) + (len(rows) - 1) * _BOX_GAP
            else:
                rows_needed = -(-len(group) * _STEP // (width - 2 * _INSET))
                spots |= _place_symbols(group, rows_needed, width, begin)
                bottom = begin + rows_needed * _ROW
        extents.append((top, bottom))
        top = bottom + (_BAND_GAP if band else 0)
    return Layout(spots, boxes, tuple(extents), width)


def _rows_of_boxes(heights: Sequence[int], across: int, width: int) -> list[int]:
    """How high each row of a grid is that is filled column by column."""
    most = max(1, (width + _BOX_GAP) // (across + _BOX_GAP))
    rows = -(-len(heights) // most)
    return [max(heights[row::rows]) for row in range(rows)]


def _place_boxes(
    group: Sequence[str], rows: Sequence[int], width: int, top: int
) -> dict[str, tuple[int, int]]:
    """Column by column, so that what follows in order stands close."""
    columns = -(-len(group) // len(rows))
    spots = {}
    for at, item in enumerate(group):
        column, row = divmod(at, len(rows))
        x = (2 * column + 1) * width // (2 * columns)
        spots[item] = (x, top + sum(rows[:row]) + row * _BOX_GAP + rows[row] // 2)
    return spots


def _place_symbols(
    group: Sequence[str], rows: int, width: int, top: int
) -> dict[str, tuple[int, int]]:
    """Evenly from left to right, each in another row than the one before.

    So no two stand above each other, and straight edges pass beside what lies between.
    """
    return {
        item: (
            _INSET + (2 * at + 1) * (width - 2 * _INSET) // (2 * len(group)),
            top + _ROW // 2 + _row_of(at, rows) * _ROW,
        )
        for at, item in enumerate(group)
    }


def _row_of(at: int, rows: int) -> int:
    """Down every other row, then back up the rows between: no staircase to the eye."""
    down = list(range(0, rows, 2))
    up = list(range(1, rows, 2))[::-1]
    return (down + up)[at % rows]
