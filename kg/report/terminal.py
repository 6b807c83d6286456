"""Lines as text for a terminal: coloured by rich, or plain where nobody would see colour."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Final

from kg.report.layout import Line, Span, Style

# Colour is never the only sign: gaps carry "!" and a word, cues are underlined or bracketed.
_RICH_STYLES: Final = {
    Style.PLAIN: "",
    Style.ANSWER: "bold",
    Style.HEADING: "bold",
    Style.GAP: "yellow",
    Style.FAINT: "dim",
    Style.CUE: "underline",
    Style.GOOD: "green",
}
# Control characters could steer the terminal, direction marks show a text as another.
_STEERING: Final = re.compile("[\\x00-\\x08\\x0b-\\x1f\\x7f-\\x9f\\u202a-\\u202e\\u2066-\\u2069]")
CUE_OPENS: Final = "⟦"
CUE_CLOSES: Final = "⟧"


def format_lines(lines: Iterable[Line], *, colour: bool = False) -> str:
    r"""The lines as one text that ends with a line break.

    Parameters
    ----------
    lines
        What to show.
    colour
        Whether a terminal shows it: then rich sets colour and underlines cue words;
        else cue words stand between brackets.

    Examples
    --------
    >>> format_lines([(Span("紧扣", Style.CUE), Span("部署"))])
    '⟦紧扣⟧部署\n'
    """
    if colour:
        return _format_with_rich(lines)
    return "".join("".join(_plain(span) for span in line) + "\n" for line in lines)


def harmless(text: str) -> str:
    r"""The text with a sign in place of whatever could steer a terminal, on one line.

    >>> harmless("a\x1b[31mb\nc")
    'a�[31mb c'
    """
    return _STEERING.sub("\ufffd", text.replace("\r\n", " ").replace("\n", " ").replace("\t", " "))


def _plain(span: Span) -> str:
    text = harmless(span.text)
    return f"{CUE_OPENS}{text}{CUE_CLOSES}" if span.style is Style.CUE else text


def _format_with_rich(lines: Iterable[Line]) -> str:
    import io

    from rich.console import Console
    from rich.text import Text

    target = io.StringIO()
    console = Console(
        file=target, force_terminal=True, color_system="standard", highlight=False, width=1000
    )
    for line in lines:
        text = Text()
        for span in line:
            text.append(harmless(span.text), style=_RICH_STYLES[span.style])
        console.print(text, soft_wrap=True)
    return target.getvalue()
