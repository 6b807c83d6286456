"""Thirty payloads in every text of a data set: no cell is a formula, no report runs or fetches."""

from __future__ import annotations

import csv
import io
import re
from dataclasses import replace
from html.parser import HTMLParser
from typing import Final
from xml.etree import ElementTree
from zipfile import ZipFile

import pytest

from kg.cells import safe_cell
from kg.cli.report import report_bytes
from kg.export.cells import csv_bytes
from kg.model import Dataset, Link, Mention, Node, Source
from kg.report.content import Document
from kg.report.plain import clean_text
from kg.report.rows import coverage_rows, gaps_rows, list_rows
from kg.report.things import list_document
from kg.words import load_words
from tests.unit.report.office import OFFICE, report_of

PAYLOADS: Final = (
    "=1+1",
    '=HYPERLINK("http://evil.example/","x")',
    "=cmd|' /C calc'!A0",
    "+1+1",
    "-1+1",
    "@SUM(1+1)",
    "＝1+1",
    "＋1",
    "－1+1",
    "＠SUM(1)",
    "\t=1+1",
    "\r=1+1",
    "\n=1+1",
    " =1+1",
    "\u3000=1+1",
    "\u200b=1+1",
    "\ufeff=1+1",
    '",=1+1,"',
    "a\n=1+1",
    "_x003D_1+1",
    "<script>hit()</script>",
    "</style><script>hit()</script>",
    "]]><img src=x onerror=hit()>",
    '" onmouseover="hit()',
    "&lt;script&gt;",
    "<w:instrText>DDEAUTO c:\\\\windows</w:instrText>",
    "<![CDATA[x]]>",
    "| x | [y](javascript:hit()) `z`",
    "nul\x00bell\x07esc\x1b[31m\x0b",
    "\u202egnp.exe\u2066\ud800\uffff",
)
STARTS: Final = tuple("=+-@\t\r\n＝＋－＠")
INVISIBLE: Final = " \u00a0\u3000\u200b\u200c\u200d\u2060\ufeff"
# The fields of a document: the number of the page, the contents.
FIELDS: Final = re.compile(r"(PAGE|TOC \\o \"1-2\" \\h \\z \\u)")


def hostile(payload: str) -> Dataset:
    """The county with one payload in every name, note, quote, title and date that is shown."""

    def mention(old: Mention) -> Mention:
        return replace(old, quote=payload[:40], note=payload)

    def node(old: Node) -> Node:
        figure = old.figure and replace(old.figure, verbatim=payload, period=payload, unit=payload)
        return replace(
            old,
            zh=payload,
            en=payload,
            note_zh=payload,
            note_en=payload,
            due=payload if old.due else old.due,
            figure=figure,
            mentions=tuple(map(mention, old.mentions)),
        )

    def link(old: Link) -> Link:
        return replace(
            old,
            rationale=payload,
            rationale_en=payload,
            reason=payload,
            mentions=tuple(map(mention, old.mentions)),
        )

    def source(old: Source) -> Source:
        sections = tuple(replace(s, zh=payload, en=payload) for s in old.sections)
        return replace(
            old,
            title_zh=payload,
            title_en=payload,
            publisher_zh=payload,
            publisher_en=payload,
            sections=sections,
        )

    return replace(
        OFFICE,
        nodes=tuple(map(node, OFFICE.nodes)),
        links=tuple(map(link, OFFICE.links)),
        sources=tuple(map(source, OFFICE.sources)),
        title_zh=payload,
        title_en=payload,
        basis_rules=payload,
    )


def made(document: Document, form: str) -> bytes:
    data = report_bytes(document, load_words("zh"), form)
    return data if isinstance(data, bytes) else data.encode("utf-8")


def is_formula(text: str) -> bool:
    """Whether a spreadsheet could take a text for a formula."""
    begin = text.lstrip(INVISIBLE)
    return begin.startswith(STARTS) and not re.fullmatch(r"-[0-9.]+%?", begin)


def test_there_are_thirty_payloads() -> None:
    assert len(set(PAYLOADS)) == len(PAYLOADS) == 30


@pytest.mark.parametrize("payload", PAYLOADS, ids=ascii)
def test_no_cell_of_a_csv_is_a_formula(payload: str) -> None:
    dataset = hostile(payload)
    words = load_words("zh")
    report = report_of(dataset)
    tables = [coverage_rows(report["coverage"], words), gaps_rows(report["gaps"], words)]
    tables += [list_rows(list_document(dataset, node.kind), words) for node in dataset.nodes[:1]]
    for table in tables:
        cells = [safe_cell(cell) for row in (table.head, *table.rows) for cell in row]
        assert not [cell for cell in cells if is_formula(cell)]
        data = csv_bytes(
            table.head,
            [[cell.replace("\ud800", "") for cell in row] for row in table.rows],
            bom=True,
        )
        text = data.decode("utf-8-sig")
        read = [cell for row in csv.reader(io.StringIO(text, newline="")) for cell in row]
        assert not [cell for cell in read if is_formula(cell)]


@pytest.mark.parametrize("payload", PAYLOADS, ids=ascii)
def test_no_cell_of_a_workbook_is_a_formula_and_nothing_is_linked(payload: str) -> None:
    data = made(report_of(hostile(payload)), "xlsx")
    with ZipFile(io.BytesIO(data)) as package:
        parts = {name: package.read(name) for name in package.namelist()}
    texts: list[str] = []
    for name, part in parts.items():
        root = ElementTree.fromstring(part)
        tags = [(element.tag.rpartition("}")[2], element) for element in root.iter()]
        if name.startswith("xl/worksheets/sheet"):
            assert "f" not in {tag for tag, _ in tags}
            assert "hyperlink" not in {tag for tag, _ in tags}
            texts += [element.text or "" for tag, element in tags if tag == "t"]
        if name.endswith(".rels"):
            assert "External" not in {element.get("TargetMode") for _, element in tags}
    assert texts
    assert not [text for text in texts if is_formula(text)]
    # A reader of the workbook finds the text itself, but for what a cell cannot hold.
    shown = {re.sub(r"_x005F_", "_", text) for text in texts}
    assert safe_cell(clean_text(payload)) in shown


class Elements(HTMLParser):
    """The elements of a page, their attributes, and its text."""

    def __init__(self) -> None:
        super().__init__()
        self.names: set[str] = set()
        self.attributes: set[str] = set()
        self.texts: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.names.add(tag)
        self.attributes |= {name for name, _ in attrs}

    def handle_data(self, data: str) -> None:
        self.texts.append(data)


def elements_of(page: bytes) -> Elements:
    parser = Elements()
    parser.feed(page.decode("utf-8"))
    return parser


HARMLESS: Final = elements_of(made(report_of(), "html"))


@pytest.mark.parametrize("payload", PAYLOADS, ids=ascii)
def test_a_page_has_no_other_element_or_attribute_than_a_harmless_one(payload: str) -> None:
    found = elements_of(made(report_of(hostile(payload)), "html"))
    assert found.names <= HARMLESS.names
    assert found.attributes <= HARMLESS.attributes
    text = "\n".join(found.texts)
    assert all(line in text for line in clean_text(payload).split("\n"))


@pytest.mark.parametrize("payload", PAYLOADS, ids=ascii)
def test_a_document_has_no_field_link_or_object_but_its_own(payload: str) -> None:
    data = made(report_of(hostile(payload)), "docx")
    with ZipFile(io.BytesIO(data)) as package:
        parts = {name: package.read(name) for name in package.namelist()}
    for name, part in parts.items():
        if not name.endswith((".xml", ".rels")):
            continue
        root = ElementTree.fromstring(part)
        assert "External" not in {element.get("TargetMode") for element in root.iter()}
        names = {element.tag.rpartition("}")[2] for element in root.iter()}
        assert names.isdisjoint({"object", "OLEObject", "altChunk", "fldSimple", "script"})
        for element in root.iter():
            tag = element.tag.rpartition("}")[2]
            if tag == "instrText":
                assert FIELDS.fullmatch((element.text or "").strip())
            if tag == "hyperlink":
                assert all(key.endswith(("anchor", "history")) for key in element.attrib)
    body = ElementTree.fromstring(parts["word/document.xml"])
    text = "\n".join(body.itertext())
    assert all(line.replace("\t", " ") in text for line in clean_text(payload).split("\n"))


@pytest.mark.parametrize("payload", PAYLOADS, ids=ascii)
def test_markdown_has_no_element_no_link_and_no_broken_table(payload: str) -> None:
    text = made(report_of(hostile(payload)), "md").decode("utf-8")
    assert "<" not in text
    assert not re.search(r"(?<!\\)\]\(", text)
    assert not [character for character in text if character < " " and character != "\n"]
    tables = re.findall(r"(?:^\|.*\n)+", text, re.MULTILINE)
    for table in tables:
        rows = [re.sub(r"\\.", "", line).count("|") for line in table.splitlines()]
        assert len(set(rows)) == 1
