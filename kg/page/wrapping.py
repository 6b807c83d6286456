"""Labels broken into short lines, Chinese by characters and English by words."""

from __future__ import annotations

import unicodedata
from typing import Final

# No line begins with one of these, none ends with one of those.
_NEVER_FIRST: Final = frozenset("、，。；：！？）》〉”’」』】…—·,.;:!?)]}%")
_NEVER_LAST: Final = frozenset("（《〈“‘「『【([{")

# A directive's box, by whether its label is Chinese and whether it is a part of another
# directive: width of the box, columns a line, height of a line; below is a line for its level.
_BOXES: Final = {
    (True, False): (122, 18, 16),
    (True, True): (77, 10, 16),
    (False, False): (122, 19, 14),
    (False, True): (122, 19, 14),
}
_BOX_REST: Final = 24


def width_of(text: str) -> int:
    """How many half-width columns a text takes: a Chinese character takes two.

    >>> width_of("法治 OK")
    7
    """
    return sum(2 if unicodedata.east_asian_width(char) in "WF" else 1 for char in text)


def wrap_label(text: str, *, width: int = 20) -> tuple[str, ...]:
    """A label in lines of at most `width` half-width columns; nothing is ever cut off.

    Chinese text of several lines is spread evenly over them, but no line is made shorter
    than eight characters for that.

    >>> wrap_label("全面推行河湖长制和网格化治理")
    ('全面推行河湖长制', '和网格化治理')
    >>> wrap_label("Build a province that is ruled by law")
    ('Build a province', 'that is ruled by law')
    """
    tidy = " ".join(text.split())
    if width_of(tidy) <= width:
        return (tidy,)
    needed = -(-width_of(tidy) // width)
    even = min(width, max(16, -(-width_of(tidy) // needed)))
    lines: list[str] = []
    line = ""
    for piece in _pieces(tidy, width):
        limit = even if width_of(piece) == 2 else width
        if line and width_of((line + piece).rstrip()) > limit and piece not in _NEVER_FIRST:
            carried = line[-1] if line[-1] in _NEVER_LAST and len(line) > 1 else ""
            lines.append(line.removesuffix(carried).rstrip() if carried else line.rstrip())
            line = carried + piece.lstrip()
        else:
            line += piece
    return (*lines, line.rstrip())


def _pieces(text: str, width: int) -> list[str]:
    """What may stand on a line of its own: a wide character, or a word with its space."""
    pieces: list[str] = []
    word = ""
    for char in text:
        wide = width_of(char) == 2
        if wide and word:
            pieces.append(word)
            word = ""
        if wide:
            pieces.append(char)
            continue
        word += char
        if char == " " or width_of(word) >= width:
            pieces.append(word)
            word = ""
    return [*pieces, word] if word else pieces


def _box(label: str, is_part: bool) -> tuple[int, int, int]:
    return _BOXES[width_of(label) > len(label), is_part]


def lines_in_box(label: str, *, is_part: bool = False) -> tuple[str, ...]:
    """The label of a directive as it stands in its box.

    >>> lines_in_box("全面推行河湖长制")
    ('全面推行河湖长制',)
    """
    return wrap_label(label, width=_box(label, is_part)[1])


def box_size(label: str, *, is_part: bool = False) -> tuple[int, int]:
    """How large the box of a directive is that holds its label in full and its level below.

    >>> box_size("全面推行河湖长制")
    (122, 40)
    """
    width, _, line = _box(label, is_part)
    return width, _BOX_REST + len(lines_in_box(label, is_part=is_part)) * line
