"""Whatever a data set says, nothing of it runs, is requested, or becomes a formula."""

from __future__ import annotations

import csv
import io
import json

import pytest

from kg.model import QuoteStatus
from kg.page.html import build_page
from tests.page.conftest import Open, Opened, page_of
from tests.page.county import judge
from tests.page.hostile import PAYLOADS, build_hostile

pytestmark = pytest.mark.browser

FORMULA_STARTS = tuple("=+-@\t\r＝＋－＠")


@pytest.fixture(scope="module")
def hostile_page() -> bytes:
    return page_of(build_hostile())


def test_there_are_forty_payloads() -> None:
    assert len(set(PAYLOADS)) == 40


def test_hostile_words_stay_words_whatever_one_does(open_page: Open, hostile_page: bytes) -> None:
    opened = open_page(hostile_page, hash_="#basis=interpreted")
    page = opened.page
    page.evaluate("() => { window.hits = 0; window.hit = () => { window.hits += 1; }; }")
    ids = [node.id for node in build_hostile().nodes]
    for lang in ("zh", "en"):
        for item in ids:
            page.evaluate("(id) => window.kgPage.change({ selected: id })", item)
            assert page.locator(".kindline code").inner_text().strip() != ""
            page.evaluate("() => document.querySelectorAll('details').forEach(d => d.open = true)")
        page.click("#view-graph")
        _hover_everything(opened)
        page.keyboard.press("Escape")
        page.click(f"#view-{'table' if lang == 'zh' else 'graph'}")
        page.click("#lang")
    page.click("#view-table")
    page.click("#view-graph")
    page.check("#gaps")
    page.uncheck("input[value=measure]")
    page.click("#export")
    page.click("#help")
    page.click("#guide-close")
    assert page.evaluate("() => window.hits") == 0
    assert (opened.requests, opened.complaints) == ([opened.address], [])
    assert page.evaluate("() => document.scripts.length") == 3
    assert (
        page.evaluate(
            "() => document.querySelectorAll('iframe, img, object, embed, form, base').length"
        )
        == 0
    )


def test_a_hostile_text_is_read_as_it_is(open_page: Open) -> None:
    hostile = build_hostile()
    text = "\n".join(PAYLOADS) + "\n" + "文" * 3000
    texts = {"s1": text}
    statuses = dict.fromkeys(
        (one for node in hostile.nodes for one in node.mentions), QuoteStatus.EXACT
    )
    page = build_page(hostile, *judge(hostile), quote_statuses=statuses, texts=texts)
    opened = open_page(page, hash_="#side=text")
    opened.page.evaluate("() => { window.hits = 0; window.hit = () => { window.hits += 1; }; }")
    read = opened.page.locator(".source p").all_text_contents()
    assert read == [line for line in text.split("\n") if line.strip()]
    for _ in range(20):
        opened.page.click("#read-after")
    opened.page.locator("mark[data-spans]").first.click()
    assert opened.page.evaluate("() => window.hits") == 0
    assert (len(opened.requests), opened.complaints) == (1, [])


def _hover_everything(opened: Opened) -> None:
    opened.page.locator("#zoom-fit").click()
    opened.settle()
    box = opened.page.locator("#graph").bounding_box()
    assert box is not None
    for place in opened.drawing()["at"].values():
        opened.page.mouse.move(box["x"] + place["x"], box["y"] + place["y"])


def test_a_hostile_query_finds_and_does_nothing_else(open_page: Open, hostile_page: bytes) -> None:
    opened = open_page(hostile_page)
    page = opened.page
    page.evaluate("() => { window.hits = 0; window.hit = () => { window.hits += 1; }; }")
    for each in PAYLOADS:
        page.fill("#search", each)
        page.focus("#search")
        assert page.locator("#hits li").count() >= 1
    page.keyboard.press("Enter")
    assert page.evaluate("() => window.hits") == 0
    assert (opened.requests, opened.complaints) == ([opened.address], [])


def test_the_exported_table_starts_no_formula(open_page: Open, hostile_page: bytes) -> None:
    opened = open_page(hostile_page)
    opened.page.click("#export")
    with opened.page.expect_download() as waiting:
        opened.page.click("#export-csv")
    text = waiting.value.path().read_bytes().decode("utf-8-sig")
    rows = list(csv.reader(io.StringIO(text, newline="")))
    assert len(rows) == 39
    assert {len(row) for row in rows} == {11}
    cells = [cell for row in rows for cell in row]
    assert [cell for cell in cells if cell.startswith(FORMULA_STARTS)] == []
    assert [cell for cell in cells if cell.lstrip("\u200b\u202e\ufeff ").startswith("=")] == []
    assert [cell for cell in cells if cell.startswith("'")] != []


def test_the_exported_data_hold_every_word_as_it_is(open_page: Open, hostile_page: bytes) -> None:
    opened = open_page(hostile_page)
    opened.page.click("#export")
    with opened.page.expect_download() as waiting:
        opened.page.click("#export-json")
    document = json.loads(waiting.value.path().read_bytes())
    hostile = build_hostile()
    assert [(node["id"], node["zh"], node["kind"]) for node in document["nodes"]] == [
        (node.id, node.zh, node.kind) for node in hostile.nodes
    ]


def test_the_exported_data_can_be_read_back(open_page: Open) -> None:
    from kg.sources.graph_json import read_graph_document
    from tests.page.county import build_county

    opened = open_page()
    opened.page.click("#export")
    with opened.page.expect_download() as waiting:
        opened.page.click("#export-json")
    reading = read_graph_document(json.loads(waiting.value.path().read_bytes()))
    assert reading.faults == ()
    county = build_county()
    assert [(node.id, node.kind, node.figure) for node in reading.dataset.nodes] == [
        (node.id, node.kind, node.figure) for node in county.nodes
    ]
    assert [(link.id, link.basis, link.scope, link.status) for link in reading.dataset.links] == [
        (link.id, link.basis, link.scope, link.status) for link in county.links
    ]


def test_the_picture_is_a_png_as_large_as_the_drawing(open_page: Open) -> None:
    opened = open_page()
    opened.page.click("#export")
    with opened.page.expect_download() as waiting:
        opened.page.click("#export-png")
    picture = waiting.value.path().read_bytes()
    assert picture.startswith(b"\x89PNG\r\n\x1a\n")
    width = int.from_bytes(picture[16:20], "big")
    assert width == opened.page.evaluate("() => document.querySelector('#graph canvas').width")
