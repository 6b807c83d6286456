"""What a report on paper is made of. Each form (HTML, Markdown, DOCX) writes every block."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TypeAlias

from kg.model import Rung


class Tone(StrEnum):
    """What a piece of text is."""

    PLAIN = "plain"
    ANSWER = "answer"
    FAINT = "faint"
    GAP = "gap"


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell of a table; `depth` is how far it is set in."""

    text: str
    tone: Tone = Tone.PLAIN
    depth: int = 0
    number: bool = False


@dataclass(frozen=True, slots=True)
class Title:
    """The title of the report and what stands under it."""

    text: str
    under: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading: 1 a chapter, which begins a page; 2 and 3 within it; 0 one of the first page."""

    level: int
    text: str


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph."""

    text: str
    tone: Tone = Tone.PLAIN


@dataclass(frozen=True, slots=True)
class Facts:
    """Labels with what they say, a line each."""

    pairs: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Card:
    """One thing that stays together on a page: a heading, then labels with what they say."""

    text: str
    pairs: tuple[tuple[str, str], ...]
    grave: bool = False


@dataclass(frozen=True, slots=True)
class Group:
    """Cards of one kind, with what holds for each of them said once."""

    text: str
    pairs: tuple[tuple[str, str], ...]
    cards: tuple[Card, ...]


@dataclass(frozen=True, slots=True)
class Table:
    """Rows under a head that is repeated on every page; `widths` are shares of the line."""

    head: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]
    widths: tuple[int, ...]
    caption: str = ""


@dataclass(frozen=True, slots=True)
class Bar:
    """One bar of a chart: its label, and how many stand on each level, lowest first."""

    label: str
    counts: tuple[tuple[Rung, int], ...]

    @property
    def total(self) -> int:
        """How many there are."""
        return sum(count for _, count in self.counts)


@dataclass(frozen=True, slots=True)
class Chart:
    """Bars of the same length, each cut into levels; `legend` says each level in words."""

    caption: str
    bars: tuple[Bar, ...]
    legend: tuple[tuple[Rung, str], ...]


@dataclass(frozen=True, slots=True)
class Contents:
    """The place of the contents."""

    text: str


Block: TypeAlias = Title | Heading | Paragraph | Facts | Card | Group | Table | Chart | Contents


@dataclass(frozen=True, slots=True)
class Fill:
    """How a level is drawn, on the screen and in black and white: every one is outlined."""

    colour: str
    ink: str


# Okabe and Ito; the lowest is a tint with the ink of gaps, so that it reads without colour.
FILLS: dict[Rung, Fill] = {
    Rung.NONE: Fill("#FCE8DC", "#A34700"),
    Rung.STRATEGY: Fill("#BCE0F5", "#1A1A1A"),
    Rung.PLANNED: Fill("#CDEBE0", "#1A1A1A"),
    Rung.MEASURE: Fill("#2FB58C", "#1A1A1A"),
    Rung.OUTCOME: Fill("#E69F00", "#1A1A1A"),
    Rung.FIGURE: Fill("#7A4B00", "#FFFFFF"),
}
