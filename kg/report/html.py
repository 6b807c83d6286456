"""A report as one HTML file: nothing outside it, no script, a policy that allows none."""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from hashlib import sha256
from html import escape
from importlib.resources import files
from typing import Final

from kg.report.blocks import (
    Block,
    Card,
    Cell,
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
from kg.report.charts import chart_svg
from kg.report.plain import clean_text
from kg.words import Words

_LANGS: Final = {"zh": "zh-Hans", "en": "en"}


def format_html(blocks: Sequence[Block], words: Words) -> bytes:
    """The blocks as an HTML file in UTF-8.

    Its policy allows no script, no request and no style but its own, which is named by its
    digest; every text is escaped, and nothing but its own headings is linked.
    """
    title = next((block.text for block in blocks if isinstance(block, Title)), "")
    style = _style()
    digest = b64encode(sha256(style.encode("utf-8")).digest()).decode("ascii")
    policy = f"default-src 'none'; style-src 'sha256-{digest}'; base-uri 'none'; form-action 'none'"
    head = (
        "<!DOCTYPE html>\n"
        f'<html lang="{_LANGS[words.lang]}">\n<head>\n<meta charset="utf-8">\n'
        f'<meta http-equiv="Content-Security-Policy" content="{policy}">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        '<meta name="referrer" content="no-referrer">\n'
        f"<title>{_text(title)}</title>\n<style>{style}</style>\n</head>\n<body>\n<main>\n"
    )
    chapters = [block for block in blocks if isinstance(block, Heading) and block.level]
    anchors = {id(block): f"h{number}" for number, block in enumerate(chapters, 1)}
    body = "\n".join(_write(block, chapters, anchors) for block in blocks)
    return f"{head}{body}\n</main>\n</body>\n</html>\n".encode()


@cache
def _style() -> str:
    """The style sheet, and a class for every width that a column can have."""
    text = (files("kg.report") / "report.css").read_text(encoding="utf-8")
    # A policy names the style by the digest of what a browser sees, which has no `\r`.
    widths = "".join(f".w{share}{{width:{share}%}}" for share in range(1, 101))
    return text.replace("\r\n", "\n") + widths


def _write(block: Block, chapters: list[Heading], anchors: dict[int, str]) -> str:
    match block:
        case Title():
            under = "".join(f"<span>{_text(part)}</span>" for part in block.under)
            html = f'<header><h1>{_text(block.text)}</h1>\n<p class="under">{under}</p></header>'
        case Heading():
            html = _heading(block, anchors)
        case Paragraph():
            html = f"<p{_class(block.tone)}>{_text(block.text)}</p>"
        case Facts():
            html = f"<dl>{_pairs(block.pairs)}</dl>"
        case Card():
            html = _card(block)
        case Group():
            cards = "".join(map(_card, block.cards))
            said = f"<h3>{_text(block.text)}</h3><dl>{_pairs(block.pairs)}</dl>"
            html = f'<div class="group">{said}{cards}</div>'
        case Table():
            html = "".join(_table(block))
        case Chart():
            caption = f"<figcaption>{_text(block.caption)}</figcaption>"
            html = f"<figure>{caption}{chart_svg(block)}</figure>"
        case Contents():
            html = _contents(block, chapters, anchors)
    return html


def _heading(block: Heading, anchors: dict[int, str]) -> str:
    if not block.level:
        return f'<h2 class="front">{_text(block.text)}</h2>'
    level = block.level + 1
    return f'<h{level} id="{anchors[id(block)]}">{_text(block.text)}</h{level}>'


def _contents(block: Contents, chapters: list[Heading], anchors: dict[int, str]) -> str:
    entries = "".join(
        f'<li class="l{chapter.level}">'
        f'<a href="#{anchors[id(chapter)]}">{_text(chapter.text)}</a></li>'
        for chapter in chapters
        if chapter.level <= 2
    )
    return f'<nav><h2 class="front">{_text(block.text)}</h2><ol>{entries}</ol></nav>'


def _card(card: Card) -> str:
    grave = ' class="grave"' if card.grave else ""
    return f"<section{grave}><h4>{_text(card.text)}</h4><dl>{_pairs(card.pairs)}</dl></section>"


def _table(table: Table) -> Iterator[str]:
    yield "<table>"
    if table.caption:
        yield f"<caption>{_text(table.caption)}</caption>"
    yield "<colgroup>" + "".join(f'<col class="w{width}">' for width in table.widths)
    yield "</colgroup>\n<thead><tr>"
    yield "".join(f'<th scope="col">{_text(name)}</th>' for name in table.head)
    yield "</tr></thead>\n<tbody>"
    for row in table.rows:
        yield f"\n<tr>{''.join(map(_cell, row))}</tr>"
    yield "\n</tbody></table>"


def _cell(cell: Cell) -> str:
    classes = [cell.tone.value] if cell.tone is not Tone.PLAIN else []
    classes += ["number"] if cell.number else []
    classes += [f"d{min(cell.depth, 3)}"] if cell.depth else []
    said = f' class="{" ".join(classes)}"' if classes else ""
    return f"<td{said}>{_text(cell.text)}</td>"


def _pairs(pairs: Iterable[tuple[str, str]]) -> str:
    return "".join(
        f"<div><dt>{_text(label)}</dt><dd>{_text(text)}</dd></div>" for label, text in pairs
    )


def _class(tone: Tone) -> str:
    return f' class="{tone.value}"' if tone is not Tone.PLAIN else ""


def _text(text: str) -> str:
    """A text that shows as it is; a line break stays one."""
    return escape(clean_text(text)).replace("\n", "<br>")
