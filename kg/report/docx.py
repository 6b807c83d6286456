"""A report as a DOCX file, in the styles that a Chinese office expects."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from io import BytesIO
from typing import TYPE_CHECKING, Final

from kg.report.blocks import (
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
from kg.report.docx_styles import prepare_styles
from kg.report.docx_xml import (
    GAP_INK,
    chart_xml,
    contents_xml,
    pairs_xml,
    paragraph_xml,
    table_xml,
)
from kg.report.office import CORE, core_properties, pack
from kg.words import Words

if TYPE_CHECKING:
    from docx.document import Document as DocxDocument

_LANGUAGES: Final = {"zh": "zh-CN", "en": "en-GB"}


def format_docx(blocks: Sequence[Block], words: Words, *, date: str | None) -> bytes:
    """The blocks as a DOCX file: A4, numbered pages, headings that Word can list.

    Parameters
    ----------
    blocks
        What to write.
    words
        The language.
    date
        The day of the report, for the properties of the file.
    """
    from docx import Document

    document = Document()
    prepare_styles(document, _LANGUAGES[words.lang])
    body = "".join(_xml(block, number, blocks) for number, block in enumerate(blocks))
    _fill(document, body)
    target = BytesIO()
    document.save(target)
    title = next((block.text for block in blocks if isinstance(block, Title)), "")
    core = core_properties(title=title, language=_LANGUAGES[words.lang], date=date)
    return pack(target.getvalue(), replaced={CORE: core})


def _fill(document: DocxDocument, body: str) -> None:
    """Put the body before the properties of the section."""
    from docx.oxml import parse_xml
    from docx.oxml.ns import nsdecls

    holder = parse_xml(f"<w:body {nsdecls('w')}>{body}</w:body>")
    section = document.element.body.sectPr
    for element in list(holder):
        section.addprevious(element)


def _xml(block: Block, number: int, blocks: Sequence[Block]) -> str:
    match block:
        case Title():
            xml = paragraph_xml(block.text, "Title")
            xml += paragraph_xml("　".join(block.under), "Subtitle")
        case Heading():
            xml = _heading(block, number)
        case Paragraph():
            xml = paragraph_xml(block.text, _STYLES[block.tone])
        case Facts():
            xml = pairs_xml(block.pairs, "KGPair")
        case Card():
            xml = _card(block)
        case Group():
            xml = paragraph_xml(block.text, "KGGroup")
            xml += pairs_xml(block.pairs, "KGCardPair")
            xml += "".join(map(_card, block.cards))
        case Table():
            xml = table_xml(block)
        case Chart():
            xml = chart_xml(block)
        case Contents():
            xml = contents_xml(block.text, list(_chapters(blocks)))
    return xml


def _heading(block: Heading, number: int) -> str:
    if not block.level:
        return paragraph_xml(block.text, "KGFront")
    return paragraph_xml(block.text, f"Heading{block.level}", bookmark=number)


def _chapters(blocks: Sequence[Block]) -> Iterator[tuple[int, int, str]]:
    """The headings for the contents: number of the block, level, text."""
    for number, block in enumerate(blocks):
        if isinstance(block, Heading) and block.level in (1, 2):
            yield number, block.level, block.text


def _card(card: Card) -> str:
    ink = GAP_INK if card.grave else ""
    head = paragraph_xml(card.text, "KGCard", ink=ink, bar=card.grave)
    return head + pairs_xml(card.pairs, "KGCardPair", bar=card.grave)


_STYLES: Final = {
    Tone.PLAIN: "Normal",
    Tone.ANSWER: "KGAnswer",
    Tone.FAINT: "KGFaint",
    Tone.GAP: "KGGap",
}
