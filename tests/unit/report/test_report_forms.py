"""The forms of a report: golden texts, office styles, inert cells, the same bytes."""

from __future__ import annotations

import os
import re
from base64 import b64encode
from dataclasses import replace
from hashlib import sha256
from html.parser import HTMLParser
from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

import docx
import pytest
from docx.oxml.ns import qn
from openpyxl import load_workbook

from kg.cli.report import FORMS, report_bytes
from kg.model import Dataset, Kind, Node
from kg.report.blocks import Block, Card, Group, Heading, Paragraph, Table
from kg.report.html import format_html
from kg.report.phrases import BASIS_NAMES
from kg.report.report_view import report_blocks
from kg.report.sheets import report_sheets
from kg.report.xlsx_cells import MOST_CHARACTERS, cell_text
from kg.sources.policy import Waiver
from kg.words import LANGS, load_words
from tests.conftest import CHECKOUT
from tests.unit.report.office import OFFICE, report_of

GOLDEN = CHECKOUT / "tests" / "golden" / "report"
WRITE = os.environ.get("KG_GOLDEN") == "write"
WAIVED = Waiver("KG303", "m03", "正在核实", "督查室", "2022-06-30")


def form_of(
    form: str, lang: str = "zh", dataset: Dataset = OFFICE, *, unit: str | None = None
) -> bytes:
    """A report in one of its forms."""
    made = report_bytes(report_of(dataset, lang, unit=unit), load_words(lang), form)
    return made if isinstance(made, bytes) else made.encode("utf-8")


def compare(name: str, made: bytes) -> None:
    """What is made is what stands in a golden file; with KG_GOLDEN=write it is put there."""
    path = GOLDEN / name
    if WRITE:
        path.write_bytes(made)
    assert made.decode("utf-8") == path.read_bytes().decode("utf-8")


@pytest.mark.parametrize("lang", LANGS)
@pytest.mark.parametrize("form", ["md", "html"])
def test_golden_report_of_a_made_up_county(form: str, lang: str) -> None:
    words = load_words(lang)
    made = report_bytes(report_of(OFFICE, lang, waived=(WAIVED,)), words, form)
    compare(f"county.{lang}.{form}", made if isinstance(made, bytes) else made.encode("utf-8"))


@pytest.mark.parametrize("lang", LANGS)
def test_golden_report_of_one_unit(lang: str) -> None:
    compare(f"unit.{lang}.md", form_of("md", lang, unit="org2"))


@pytest.mark.parametrize(("form", "lang"), [("md", "zh"), ("html", "en")])
def test_golden_report_of_liling(liling: Dataset, form: str, lang: str) -> None:
    compare(f"liling.{lang}.{form}", form_of(form, lang, liling))


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("lang", LANGS)
def test_the_same_report_is_the_same_bytes(form: str, lang: str) -> None:
    assert form_of(form, lang) == form_of(form, lang)


@pytest.mark.parametrize("form", FORMS)
def test_a_report_of_nothing_is_written_in_every_form(form: str) -> None:
    for dataset in (Dataset(), Dataset((Node("m1", Kind.MEASURE, "举措"),))):
        for lang in LANGS:
            made = form_of(form, lang, dataset)
            assert made
            if form in ("md", "html"):
                text = made.decode("utf-8")
                assert "100%" not in text[text.find("</style>") + 1 :]


# The first page.


def first_page(blocks: list[Block]) -> list[Block]:
    """The blocks before the first chapter."""
    chapters = [i for i, b in enumerate(blocks) if isinstance(b, Heading) and b.level == 1]
    return blocks[: chapters[0]]


def test_the_first_page_answers_then_charts_then_lists_then_says_how() -> None:
    blocks = first_page(report_blocks(report_of(), load_words("zh")))
    assert [type(block).__name__ for block in blocks] == [
        *("Title", "Paragraph", "Paragraph", "Facts", "Chart", "Heading", "Table"),
        *("Heading", "Group", "Group", "Group", "Group"),
        *("Heading", "Paragraph", "Paragraph", "Paragraph", "Contents"),
    ]
    answers = [block.text for block in blocks if isinstance(block, Paragraph)][:2]
    assert answers == [
        "市党代会作出部署 4 项；有举措的：明示 1，含复述 1，含邻近 1，含解读 1。",
        "另有 3 项，计入解读仍未见举措。",
    ]


def test_each_serious_gap_says_what_was_looked_for_found_quoted_and_would_close_it() -> None:
    blocks = first_page(report_blocks(report_of(), load_words("zh")))
    groups = [block for block in blocks if isinstance(block, Group)]
    assert groups[0] == Group(
        "KG101 未见举措",
        (
            ("查找", "回应这项部署的举措，已完成、进行中或计划中，口号除外。"),
            ("可补", "原文点明这项部署的举措；如确有，请建立联系并引出表明联系的词语。"),
        ),
        (
            Card(
                "d03 建设法治示范区（程度高）",
                (
                    (
                        "查得",
                        "计入解读仍未见举措，计划中的也没有。"
                        "走得最远的是 m03 弘扬法治精神（口号，不计） → d032 法治社会（复述）。",
                    ),
                    ("原文", "「建设法治示范区」（s1 导语 0–7，记者，引文未核对）"),
                ),
                grave=True,
            ),
            Card(
                "d04 办好老年食堂（程度高）",
                (
                    (
                        "查得",
                        "计入解读仍未见举措，计划中的也没有。"
                        "走得最远的是 o01 水质达标率94% → t01 五大攻坚战（明示）。",
                    ),
                    ("原文", "「办好老年食堂」（s1 导语 0–6，记者，引文未核对）"),
                ),
                grave=True,
            ),
        ),
    )
    assert sum(len(group.cards) for group in groups) == 5


@pytest.mark.parametrize("lang", LANGS)
def test_every_table_has_a_cell_for_each_head(liling: Dataset, lang: str) -> None:
    words = load_words(lang)
    for document in (report_of(OFFICE, lang), report_of(liling, lang, unit="org03")):
        for block in report_blocks(document, words):
            if isinstance(block, Table):
                assert {len(row) for row in block.rows} <= {len(block.head)}
                assert (len(block.widths), sum(block.widths)) == (len(block.head), 100)


def test_the_numbers_of_the_tables_are_those_of_the_commands(liling: Dataset) -> None:
    document = report_of(liling)
    text = form_of("md", "zh", liling).decode("utf-8")
    for basis, name in zip(BASIS_NAMES, ("明示", "含复述", "含邻近", "含解读"), strict=True):
        totals = document["coverage"]["summary"][basis]
        shares = [
            f"{totals[kind]}/{totals['total']}"
            for kind in ("with_measure", "with_outcome", "with_figure")
        ]
        [row] = re.findall(rf"^\| {name} \| ({shares[0]}（.*)$", text, re.MULTILINE)[:1]
        assert re.findall(r"\d+/\d+", row) == shares
    for row in document["coverage"]["directives"]:
        counts = "/".join(str(row["measures"][basis]) for basis in BASIS_NAMES)
        assert re.search(
            rf"^\| 　*{row['id']} [^|]*(\|[^|]*){{4}}\| {counts} \|", text, re.MULTILINE
        )
    for code, count in document["gaps"]["counts"].items():
        assert (f"### {code} " in text) == bool(count)
        if count:
            assert re.search(rf"^### {code} .*（{count}）$", text, re.MULTILINE)


# HTML.


class Tags(HTMLParser):
    """Every start tag with its attributes, and the texts of styles."""

    def __init__(self) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.style = ""
        self._in_style = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        self._in_style = tag == "style"

    def handle_endtag(self, tag: str) -> None:
        self._in_style = False

    def handle_data(self, data: str) -> None:
        self.style += data if self._in_style else ""


def tags_of(page: bytes) -> Tags:
    parser = Tags()
    parser.feed(page.decode("utf-8"))
    return parser


@pytest.mark.parametrize("lang", LANGS)
def test_html_is_one_file_without_script_style_attribute_or_request(lang: str) -> None:
    found = tags_of(form_of("html", lang))
    names = {name for name, _ in found.tags}
    assert names.isdisjoint({"script", "img", "link", "iframe", "object", "form", "base"})
    attributes = {name for _, attrs in found.tags for name in attrs}
    assert attributes.isdisjoint({"style", "src", "onload", "srcset"})
    links = [attrs["href"] for name, attrs in found.tags if name == "a"]
    assert links and all(link and re.fullmatch(r"#h\d+", link) for link in links)
    digest = b64encode(sha256(found.style.encode()).digest()).decode()
    [policy] = [a["content"] for n, a in found.tags if n == "meta" and "http-equiv" in a]
    assert policy == (
        f"default-src 'none'; style-src 'sha256-{digest}'; base-uri 'none'; form-action 'none'"
    )
    assert "url(" not in found.style and "@import" not in found.style


def test_html_is_printed_on_a4_with_a_page_a_chapter_and_heads_that_repeat() -> None:
    style = tags_of(form_of("html")).style
    assert "@page{size:A4" in style
    assert "break-before:page" in style
    assert "thead{display:table-header-group}" in style


def test_the_contents_lead_to_every_chapter() -> None:
    found = tags_of(form_of("html"))
    anchors = {attrs["id"] for name, attrs in found.tags if name in ("h2", "h3") and "id" in attrs}
    links = {(attrs["href"] or "")[1:] for name, attrs in found.tags if name == "a"}
    assert links == anchors


def test_the_chart_has_four_bars_and_says_itself_in_words() -> None:
    page = form_of("html").decode("utf-8")
    chart = page[page.index("<svg") : page.index("</svg>")]
    assert 'role="img"' in chart
    assert "明示: 未见回应 2" in chart
    assert [
        name for name in ("明示", "含复述", "含邻近", "含解读") if f">{name}</text>" in chart
    ] == [
        *("明示", "含复述", "含邻近", "含解读"),
    ]


def test_every_width_of_a_column_has_its_class() -> None:
    words = load_words("zh")
    page = format_html([Table(("a", "b"), (), (1, 100))], words).decode("utf-8")
    assert ".w1{width:1%}" in page and ".w100{width:100%}" in page


# DOCX.


def test_docx_has_the_styles_of_a_chinese_office() -> None:
    document = docx.Document(BytesIO(form_of("docx")))
    fonts = {}
    for name in ("Normal", "Heading 1", "Heading 2", "Title"):
        element = document.styles[name].element.rPr.rFonts
        fonts[name] = element.get(qn("w:eastAsia"))
        assert element.get(qn("w:eastAsiaTheme")) is None
    assert fonts == {"Normal": "仿宋", "Heading 1": "黑体", "Heading 2": "黑体", "Title": "黑体"}
    section = document.sections[0]
    assert section.page_width is not None and section.page_height is not None
    assert (round(section.page_width.mm), round(section.page_height.mm)) == (210, 297)
    footer = section.footer._element.xml
    assert " PAGE " in footer and "instrText" in footer


def test_docx_headings_have_levels_and_heads_of_tables_repeat() -> None:
    document = docx.Document(BytesIO(form_of("docx")))
    headings = [
        (p.style.name, p.text)
        for p in document.paragraphs
        if p.style is not None and (p.style.name or "").startswith("Heading")
    ]
    assert ("Heading 1", "一、部署") in headings
    assert ("Heading 2", "KG101 未见举措（6）") in headings
    repeated = [t for t in document.tables if "<w:tblHeader/>" in t.rows[0]._tr.xml]
    # All tables but the bars of charts.
    assert len(repeated) == len(document.tables) - 2


def test_docx_is_named_by_title_and_day_and_has_no_other_time() -> None:
    properties = docx.Document(BytesIO(form_of("docx"))).core_properties
    assert properties.title == "部署落实情况报告"
    assert str(properties.created) == "2021-12-31 00:00:00+00:00"
    undated = docx.Document(BytesIO(form_of("docx", dataset=replace(OFFICE, date="", sources=()))))
    assert undated.core_properties.created is None


# XLSX.


def test_xlsx_has_the_six_sheets_with_frozen_heads_and_filters() -> None:
    book = load_workbook(BytesIO(form_of("xlsx")))
    assert book.sheetnames == ["概览", "部署回应表", "缺口", "各单位举措", "成效", "出处"]
    for sheet in book.worksheets[1:]:
        assert sheet.auto_filter.ref.startswith("A1:")
        assert str(sheet.freeze_panes).endswith("2")
        assert sheet.print_title_rows == "$1:$1"
        assert all(dimension.width >= 7 for dimension in sheet.column_dimensions.values())
    rules = {sheet.title: len(sheet.conditional_formatting) for sheet in book.worksheets}
    assert rules == {
        **{"概览": 0, "部署回应表": 4, "缺口": 1, "各单位举措": 2, "成效": 1, "出处": 1}
    }


def test_xlsx_prints_wide_sheets_on_larger_paper() -> None:
    book = load_workbook(BytesIO(form_of("xlsx")))
    papers = {sheet.title: sheet.page_setup.paperSize for sheet in book.worksheets}
    a4, a3 = 9, 8
    assert papers == {**dict.fromkeys(book.sheetnames, a4), "部署回应表": a3}


def test_xlsx_of_one_unit_has_no_sheet_of_coverage() -> None:
    book = load_workbook(BytesIO(form_of("xlsx", "en", unit="org2")))
    assert book.sheetnames == ["Overview", "Gaps", "Measures by unit", "Outcomes", "Evidence"]


def test_the_numbers_of_the_workbook_are_numbers_and_those_of_coverage(liling: Dataset) -> None:
    document = report_of(liling)
    workbook = report_sheets(document, load_words("zh"))
    [sheet] = [sheet for sheet in workbook.sheets if sheet.name == "部署回应表"]
    heads = [column.head for column in sheet.columns]
    start = heads.index("举措数（明示）")
    assert [(row[0], row[start : start + 4]) for row in sheet.rows] == [
        (row["id"], tuple(row["measures"][basis] for basis in BASIS_NAMES))
        for row in document["coverage"]["directives"]
    ]
    [gaps] = [sheet for sheet in workbook.sheets if sheet.name == "缺口"]
    assert len(gaps.rows) == sum(document["gaps"]["counts"].values())


def test_a_text_that_is_too_long_for_a_cell_is_cut_and_said_to_be_cut() -> None:
    words = load_words("zh")
    cut = cell_text("长" * 40_000, words)
    assert len(cut) == MOST_CHARACTERS
    assert cut.endswith("……（过长，已截断）")
    assert cell_text("长" * MOST_CHARACTERS, words) == "长" * MOST_CHARACTERS


@pytest.mark.parametrize("form", ["xlsx", "docx"])
def test_an_office_file_has_one_time_and_one_order(form: str) -> None:
    with ZipFile(BytesIO(form_of(form))) as package:
        entries = package.infolist()
    assert {entry.date_time for entry in entries} == {(1980, 1, 1, 0, 0, 0)}
    names = [entry.filename for entry in entries]
    assert names == sorted(names, key=lambda name: (name != "[Content_Types].xml", name))
    assert len(names) == len(set(names))


def test_no_form_names_a_path_or_a_moment_of_this_machine(tmp_path: Path) -> None:
    for form in FORMS:
        made = form_of(form)
        parts = [made]
        if form in ("xlsx", "docx"):
            with ZipFile(BytesIO(made)) as package:
                parts = [package.read(name) for name in package.namelist()]
        for part in parts:
            assert str(CHECKOUT).encode() not in part
            assert b"python-docx" not in part and b"openpyxl" not in part
