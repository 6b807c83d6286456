"""A report as Markdown: every block in its order, nothing that could break out of its place."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

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
from kg.report.markdown import escape_cell
from kg.words import Words

_INDENT = "\u3000"


def format_report(blocks: Iterable[Block], words: Words) -> str:
    r"""The blocks as Markdown; contents are left to whoever shows it.

    >>> from kg.words import load_words
    >>> print(format_report([Heading(1, "一、部署"), Paragraph("# 无")], load_words("zh")), end="")
    ## 一、部署
    <BLANKLINE>
    \# 无
    """
    return "\n\n".join("\n".join(_lines(block, words)) for block in _shown(blocks)) + "\n"


def _shown(blocks: Iterable[Block]) -> Iterator[Block]:
    return (block for block in blocks if not isinstance(block, Contents))


def _lines(block: Block, words: Words) -> Iterator[str]:
    match block:
        case Title():
            yield f"# {escape_line(block.text)}"
            yield ""
            yield escape_line(words.say("list.semicolon").join(block.under))
        case Heading():
            yield f"{'#' * (2 if block.level <= 1 else block.level + 1)} {escape_line(block.text)}"
        case Paragraph():
            text = escape_line(block.text)
            yield f"**{text}**" if block.tone is Tone.ANSWER else text
        case Facts():
            yield from (_pair(label, text, words) for label, text in block.pairs)
        case Card():
            yield from _card(block, words)
        case Group():
            yield from _card(Card(block.text, block.pairs), words)
            for card in block.cards:
                yield ""
                yield from _card(card, words)
        case Table():
            yield from _table(block)
        case Chart():
            yield from _chart(block, words)
        case Contents():
            return


def escape_line(text: str) -> str:
    r"""A text on a line of its own that is no heading, list, quotation or rule.

    >>> escape_line("# a"), escape_line("1. b"), escape_line("- c")
    ('\\# a', '1\\. b', '\\- c')
    """
    escaped = escape_cell(text)
    begin = escaped.lstrip("0123456789")
    if escaped[:1] in tuple("#-+=~>"):
        return f"\\{escaped}"
    if begin != escaped and begin[:1] in (".", ")"):
        return f"{escaped[: len(escaped) - len(begin)]}\\{begin}"
    return escaped


def _pair(label: str, text: str, words: Words) -> str:
    return "- " + words.say(
        "report.pair", label=f"**{escape_cell(label)}**", text=escape_cell(text)
    )


def _card(card: Card, words: Words) -> Iterator[str]:
    yield f"**{escape_line(card.text)}**"
    yield ""
    yield from (_pair(label, text, words) for label, text in card.pairs)


def _table(table: Table) -> Iterator[str]:
    if table.caption:
        yield escape_line(table.caption)
        yield ""
    yield _row(table.head)
    yield _row("---:" if cell.number else "---" for cell in _kinds(table))
    for row in table.rows:
        yield _row(_INDENT * cell.depth + escape_cell(cell.text) for cell in row)


def _kinds(table: Table) -> tuple[Cell, ...]:
    """A cell of each column, for which side it stands on."""
    return table.rows[0] if table.rows else tuple(Cell("") for _ in table.head)


def _chart(chart: Chart, words: Words) -> Iterator[str]:
    yield escape_line(chart.caption)
    yield ""
    yield _row([words.say("report.column.basis"), *(name for _, name in chart.legend)])
    yield _row(["---", *("---:" for _ in chart.legend)])
    for bar in chart.bars:
        counts = dict(bar.counts)
        yield _row([escape_cell(bar.label), *(str(counts[rung]) for rung, _ in chart.legend)])


def _row(cells: Iterable[str]) -> str:
    return f"| {' | '.join(cells)} |"
