"""Lines of text with their meaning, laid out by East Asian width; no colour yet, no file."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

WIDTH: Final = 80

# A last line narrower than this is drawn out where it can be.
_WIDOW: Final = 8

_WIDE: Final = ("W", "F")
# Control, format and combining characters take no room of their own.
_NO_ROOM: Final = ("Mn", "Me", "Cf", "Cc")
# A line neither begins with these nor ends with those (the common rules of line breaking).
_NOT_FIRST: Final = frozenset("，。、；：？！）」』】》〉”’…—,.;:?!)]}%⟧")
_NOT_LAST: Final = frozenset("（「『【《〈“‘([{⟦")


class Style(StrEnum):
    """What a piece of text is, so that a terminal can show it."""

    PLAIN = "plain"
    ANSWER = "answer"
    HEADING = "heading"
    GAP = "gap"
    FAINT = "faint"
    CUE = "cue"
    GOOD = "good"


@dataclass(frozen=True, slots=True)
class Span:
    """A piece of a line."""

    text: str
    style: Style = Style.PLAIN


Line = tuple[Span, ...]


def line(*pieces: str | Span) -> Line:
    """A line of pieces, plain unless they say otherwise."""
    return tuple(piece if isinstance(piece, Span) else Span(piece) for piece in pieces)


def width_of(text: str) -> int:
    """How many columns a text takes on a terminal; full-width characters take two.

    >>> width_of("d01 部署")
    8
    """
    return sum(_width_of_character(character) for character in text)


def _width_of_character(character: str) -> int:
    if " " <= character <= "~":
        return 1
    if unicodedata.category(character) in _NO_ROOM:
        return 0
    return 2 if unicodedata.east_asian_width(character) in _WIDE else 1


def pad(text: str, width: int, *, right: bool = False) -> str:
    """The text filled with spaces to a width; left as it is where it is wider.

    >>> pad("部署", 6) + "|"
    '部署  |'
    """
    room = " " * max(0, width - width_of(text))
    return room + text if right else text + room


def wrap(text: str, width: int) -> list[str]:
    """The text in lines of at most a width, never cut inside a word of Latin letters.

    A line neither begins with a closing nor ends with an opening mark; a word longer than
    the width is cut.

    >>> wrap("全面推行河湖长制", 8)
    ['全面推行', '河湖长制']
    >>> wrap("rests on one measure", 10)
    ['rests on', 'one', 'measure']
    """
    lines: list[str] = []
    current = ""
    for unit in _units(text):
        if width_of((current + unit).rstrip()) <= width:
            current += unit
            continue
        if current.strip():
            lines.append(current.rstrip())
        rest = unit.lstrip()
        while width_of(rest) > width:
            head = _cut(rest, width)
            lines.append(head)
            rest = rest[len(head) :]
        current = rest
    if current.strip() or not lines:
        lines.append(current.rstrip())
    return lines


def _cut(text: str, width: int) -> str:
    """The longest beginning that fits, at least one character."""
    taken = 0
    for position, character in enumerate(text):
        taken += _width_of_character(character)
        if taken > width:
            return text[: max(1, position)]
    return text


def _units(text: str) -> list[str]:
    """The pieces between which a line may break."""
    units: list[str] = []
    for character in text:
        if units and _sticks(units[-1], character):
            units[-1] += character
        else:
            units.append(character)
    return units


def _sticks(before: str, character: str) -> bool:
    last = before[-1]
    if character in _NOT_FIRST or last in _NOT_LAST:
        return True
    if last == " " or character == " ":
        # A space belongs to the word before it.
        return character == " "
    return width_of(last) == 1 and width_of(character) == 1


def fold(
    text: str, width: int = WIDTH, *, indent: str = "", style: Style = Style.PLAIN
) -> list[Line]:
    """A text as lines of at most a width; every line but the first begins with the indent."""
    first, *rest = wrap(text, width)
    if rest:
        rest = wrap(text[len(first) :].lstrip(), width - width_of(indent))
    if rest and not indent and width_of(rest[-1]) < _WIDOW:
        # Two or three characters alone on the last line: the others give way.
        narrower = wrap(text, width - _WIDOW)
        if len(narrower) == len(rest) + 1:
            first, *rest = narrower
    return [line(Span(first, style)), *(line(indent, Span(piece, style)) for piece in rest)]


def fill(
    parts: Iterable[str],
    separator: str,
    width: int = WIDTH,
    *,
    style: Style = Style.PLAIN,
) -> list[Line]:
    """Parts in lines of at most a width, broken after a separator wherever that is possible.

    >>> [span.text for (span,) in fill(["甲 1", "乙 2", "丙 3"], "；", 12)]
    ['甲 1；乙 2；', '丙 3']
    """
    lines: list[str] = []
    current = ""
    pieces = list(parts)
    for number, part in enumerate(pieces):
        unit = part + (separator if number < len(pieces) - 1 else "")
        if current and width_of((current + unit).rstrip()) > width:
            lines.append(current)
            current = ""
        current += unit
    lines.append(current)
    return [piece for text in lines for piece in fold(text.rstrip(), width, style=style)]


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a table: its head, its width in terminal columns, its side."""

    head: str
    width: int
    right: bool = False


Cell = Span | str


def table(columns: Sequence[Column], rows: Iterable[Sequence[Cell]], *, gap: int = 2) -> list[Line]:
    """Rows under their heads; a cell wider than its column continues on the next line."""
    heads = [Span(column.head, Style.HEADING) for column in columns]
    rule = "-" * (sum(column.width for column in columns) + gap * (len(columns) - 1))
    lines = [*row_lines(columns, heads, gap=gap), line(" ", Span(rule, Style.FAINT))]
    for row in rows:
        lines += row_lines(columns, row, gap=gap)
    return lines


def row_lines(columns: Sequence[Column], cells: Sequence[Cell], *, gap: int = 2) -> list[Line]:
    """One row of a table, on as many lines as its longest cell needs."""
    spans = [cell if isinstance(cell, Span) else Span(cell) for cell in cells]
    folded = [
        [piece for part in span.text.split("\n") for piece in wrap(part, column.width)]
        for span, column in zip(spans, columns, strict=True)
    ]
    lines: list[Line] = []
    for level in range(max(len(pieces) for pieces in folded)):
        pieces: list[Span] = [Span(" ")]
        for span, parts, column in zip(spans, folded, columns, strict=True):
            text = parts[level] if level < len(parts) else ""
            if column is not columns[0]:
                pieces.append(Span(" " * gap))
            pieces.append(Span(pad(text, column.width, right=column.right), span.style))
        lines.append(_without_trailing_space(pieces))
    return lines


def _without_trailing_space(pieces: list[Span]) -> Line:
    kept = list(pieces)
    while kept and not kept[-1].text.strip():
        kept.pop()
    if kept:
        kept[-1] = Span(kept[-1].text.rstrip(), kept[-1].style)
    return tuple(kept)


def columns_for(
    heads: Sequence[str], rows: Iterable[Sequence[str]], width: int = WIDTH
) -> list[Column]:
    """Columns as wide as what stands in them; the widest gives way where they do not fit."""
    widths = [width_of(head) for head in heads]
    for row in rows:
        widths = [
            max(known, *(width_of(part) for part in cell.split("\n")))
            for known, cell in zip(widths, row, strict=True)
        ]
    room = width - 1 - 2 * (len(heads) - 1)
    while sum(widths) > room and max(widths) > 8:
        widest = widths.index(max(widths))
        second = max([width for place, width in enumerate(widths) if place != widest], default=0)
        surplus = sum(widths) - room
        widths[widest] -= max(1, min(surplus, widths[widest] - max(second, 8)))
    return [Column(head, width) for head, width in zip(heads, widths, strict=True)]
