"""The styles of a DOCX report: 仿宋 for text, 黑体 for headings, A4, numbered pages."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from docx.document import Document as DocxDocument

TEXT_FONT: Final = "仿宋"
HEADING_FONT: Final = "黑体"
SOFT_FONT: Final = "楷体"
_LATIN: Final = {TEXT_FONT: "Times New Roman", HEADING_FONT: "Arial", SOFT_FONT: "Times New Roman"}


@dataclass(frozen=True, slots=True)
class Look:
    """How a style looks: font, size, space before and after in points, and what else it does.

    `line` is the height of a line in sizes of the font. It is set exactly, as offices do, so
    that pages break alike whichever font stands in.
    """

    font: str
    size: float
    before: float = 0
    after: float = 0
    line: float = 1.5
    bold: bool = False
    ink: str = "000000"
    centred: bool = False
    right: bool = False
    keep_next: bool = False
    keep_lines: bool = False
    new_page: bool = False
    left: int = 0


# Styles that Word knows by these names.
_KNOWN: Final = {
    "Normal": Look(TEXT_FONT, 10.5, after=2),
    "Title": Look(HEADING_FONT, 18, after=0, centred=True, keep_next=True),
    "Subtitle": Look(SOFT_FONT, 10, after=3, ink="595959", centred=True),
    "Heading 1": Look(HEADING_FONT, 16, after=6, new_page=True, keep_next=True),
    "Heading 2": Look(HEADING_FONT, 12, before=12, after=3, keep_next=True),
    "Heading 3": Look(TEXT_FONT, 10.5, before=6, after=2, bold=True, keep_next=True),
}
# Our own: id and look.
_OWN: Final = {
    "KGAnswer": Look(HEADING_FONT, 11.5, after=0),
    "KGFaint": Look(TEXT_FONT, 8, after=0, ink="595959", line=1.3),
    "KGGap": Look(TEXT_FONT, 10.5, ink="A34700"),
    "KGFront": Look(HEADING_FONT, 11, before=3, after=1, keep_next=True),
    "KGPair": Look(TEXT_FONT, 9.5, line=1.35),
    "KGGroup": Look(TEXT_FONT, 9, before=2, bold=True, keep_next=True, line=1.3),
    "KGCard": Look(TEXT_FONT, 8.5, before=1.5, bold=True, keep_next=True, line=1.3, left=160),
    "KGCardPair": Look(TEXT_FONT, 8, keep_lines=True, line=1.3, left=160),
    "KGCaption": Look(SOFT_FONT, 9, before=3, after=2, ink="595959", keep_next=True),
    "KGHead": Look(HEADING_FONT, 8.5, line=1.3, before=1, after=1, keep_next=True),
    "KGCell": Look(TEXT_FONT, 8.5, line=1.3, before=0.5, after=0.5),
    "KGAfter": Look(TEXT_FONT, 4, line=1.3),
    "KGBar": Look(TEXT_FONT, 8.5, line=1.3, centred=True, keep_next=True),
    "KGBarLabel": Look(TEXT_FONT, 8.5, line=1.3, right=True, keep_next=True),
    "KGLegend": Look(TEXT_FONT, 8.5, before=3, after=2, line=1.3, left=1500),
    "KGContents": Look(HEADING_FONT, 16, after=6, new_page=True, keep_next=True),
    "TOC1": Look(HEADING_FONT, 10, before=3, line=1.3),
    "TOC2": Look(TEXT_FONT, 9.5, left=240, line=1.3),
}
_NAMES: Final = {"TOC1": "toc 1", "TOC2": "toc 2"}


def prepare_styles(document: DocxDocument, language: str) -> None:
    """Set page, styles and footer of a new document.

    Parameters
    ----------
    document
        A document of python-docx's own template.
    language
        The tag of its language, such as `zh-CN`.
    """
    from docx.enum.style import WD_STYLE_TYPE

    for name, look in _KNOWN.items():
        _dress(document.styles[name], look)
    for identity, look in _OWN.items():
        style = document.styles.add_style(_NAMES.get(identity, identity), WD_STYLE_TYPE.PARAGRAPH)
        style.element.set(_word("styleId"), identity)
        style.base_style = document.styles["Normal"]
        _dress(style, look)
    _set_language(document, language)
    _set_page(document)
    _drop_thumbnail(document)


def _word(name: str) -> str:
    from docx.oxml.ns import qn

    return qn(f"w:{name}")


def _dress(style: Any, look: Look) -> None:
    from docx.enum.text import WD_ALIGN_PARAGRAPH
    from docx.shared import Pt, RGBColor, Twips

    style.font.name = _LATIN[look.font]
    style.font.size = Pt(look.size)
    style.font.bold = look.bold
    style.font.italic = False
    style.font.color.rgb = RGBColor.from_string(look.ink)
    fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
    # The fonts of the theme would win over those that are named here.
    for theme in ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme"):
        fonts.attrib.pop(_word(theme), None)
    for script in ("ascii", "hAnsi", "cs"):
        fonts.set(_word(script), _LATIN[look.font])
    fonts.set(_word("eastAsia"), look.font)
    form = style.paragraph_format
    form.space_before, form.space_after = Pt(look.before), Pt(look.after)
    form.line_spacing = Pt(round(look.size * look.line * 2) / 2)
    form.keep_with_next, form.keep_together = look.keep_next, look.keep_lines
    form.page_break_before = look.new_page
    form.left_indent = Twips(look.left)
    if look.centred:
        form.alignment = WD_ALIGN_PARAGRAPH.CENTER
    if look.right:
        form.alignment = WD_ALIGN_PARAGRAPH.RIGHT
    run = style.element.rPr
    for odd in [*run.findall(_word("spacing")), *run.findall(_word("kern"))]:
        run.remove(odd)
    properties = style.element.pPr
    for border in properties.findall(_word("pBdr")):
        properties.remove(border)


def _set_language(document: DocxDocument, language: str) -> None:
    """The language that a spelling checker takes the text for."""
    for lang in document.styles.element.iter(_word("lang")):
        lang.set(_word("val"), "en-GB" if language.startswith("zh") else language)
        lang.set(_word("eastAsia"), "zh-CN")


def _set_page(document: DocxDocument) -> None:
    """A4 with margins, and the number of the page in the middle below."""
    from docx.enum.text import WD_ALIGN_PARAGRAPH
    from docx.oxml import parse_xml
    from docx.oxml.ns import nsdecls
    from docx.shared import Mm, Pt

    section = document.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.top_margin, section.bottom_margin = Mm(16), Mm(16)
    section.left_margin = section.right_margin = Mm(20)
    section.header_distance = section.footer_distance = Mm(8)
    footer = section.footer.paragraphs[0]
    footer.alignment = WD_ALIGN_PARAGRAPH.CENTER
    footer.paragraph_format.space_after = Pt(0)
    for xml in (
        "<w:t xml:space='preserve'>— </w:t>",
        '<w:fldChar w:fldCharType="begin"/>',
        '<w:instrText xml:space="preserve"> PAGE </w:instrText>',
        '<w:fldChar w:fldCharType="separate"/>',
        "<w:t>1</w:t>",
        '<w:fldChar w:fldCharType="end"/>',
        "<w:t xml:space='preserve'> —</w:t>",
    ):
        footer._p.append(parse_xml(f"<w:r {nsdecls('w')}>{xml}</w:r>"))


def _drop_thumbnail(document: DocxDocument) -> None:
    """Take the picture of the template's own first page out of the package."""
    relations = document.part.package.rels
    for identity in [key for key, found in relations.items() if "thumbnail" in found.reltype]:
        relations.pop(identity)
