"""The source beside the graph: every passage marked, each side leading to the other."""

from __future__ import annotations

from typing import Any

import pytest

from tests.page.conftest import Open, Opened
from tests.page.text import build_read_county, build_reading_page, build_text

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def reading() -> bytes:
    return build_reading_page()


def marked(opened: Opened, *classes: str) -> str:
    """The text of all marks of some classes, put together."""
    selector = "mark[data-spans]" + "".join(f".{name}" for name in classes)
    return "".join(opened.page.locator(selector).all_text_contents())


def quote(item: str, at: int = 0) -> str:
    dataset, texts = build_read_county()
    mention = next(node for node in dataset.nodes if node.id == item).mentions[at]
    return texts["s1"][mention.start : mention.end].replace("\n", "")


def state(opened: Opened, name: str) -> Any:
    return opened.page.evaluate(f"() => window.kgPage.state.{name}")


def test_without_a_text_there_is_no_reading_view(open_page: Open) -> None:
    opened = open_page(hash_="#side=text")
    assert opened.page.locator("#side-text").count() == 0
    assert opened.page.locator(".matrix").is_visible()


def test_the_whole_text_stands_there_and_nothing_else(open_page: Open, reading: bytes) -> None:
    opened = open_page(reading, hash_="#side=text")
    paragraphs = opened.page.locator(".source p").all_text_contents()
    assert paragraphs == build_text().strip().split("\n")
    assert opened.page.locator("#graph canvas").is_visible()
    assert (opened.requests, opened.complaints) == ([opened.address + "#side=text"], []) or (
        len(opened.requests) == 1 and opened.complaints == []
    )


def test_marks_are_coloured_by_kind_and_overlaps_show_every_layer(
    open_page: Open, reading: bytes
) -> None:
    page = open_page(reading, hash_="#side=text").page
    kinds = page.evaluate(
        "() => [...new Set([...document.querySelectorAll('mark[data-spans]')]"
        ".map(m => m.className.split(' ')[0]))].sort()"
    )
    assert kinds == [
        *("quoted-battle", "quoted-directive", "quoted-link"),
        *("quoted-measure", "quoted-outcome", "quoted-strategy"),
    ]
    layers = page.evaluate(
        "() => [...document.querySelectorAll('mark[data-spans]')].every(m => "
        "m.style.boxShadow.split('var(--under').length - 1 "
        "=== Math.min(4, m.dataset.spans.split(' ').length))"
    )
    assert layers
    assert page.locator("mark[data-spans*=' ']").count() > 10


def test_a_mark_that_is_clicked_selects_what_quotes_it_and_again_the_next_one(
    open_page: Open, reading: bytes
) -> None:
    opened = open_page(reading, hash_="#side=text")
    page = opened.page
    piece = page.locator("mark[data-spans*=' ']").nth(20)
    spans = [int(n) for n in (piece.get_attribute("data-spans") or "").split(" ")]
    piece.click()
    first = state(opened, "selected")
    assert state(opened, "span") == spans[0]
    assert page.locator("#read-here button").count() >= len(spans)
    page.locator("mark[data-spans*=' ']").nth(20).click()
    assert (state(opened, "selected"), state(opened, "span")) != (first, spans[0])
    assert first in opened.drawing()["nodes"]


def test_what_is_selected_in_the_graph_is_found_in_the_text(
    open_page: Open, reading: bytes
) -> None:
    opened = open_page(reading, hash_="#side=text")
    place = opened.drawing()["at"]["m01"]
    box = opened.page.locator("#graph").bounding_box()
    assert box is not None
    opened.page.mouse.click(box["x"] + place["x"], box["y"] + place["y"])
    opened.page.wait_for_selector("mark.now")
    assert marked(opened, "now") == quote("m01")
    assert opened.page.locator("mark.now").first.evaluate(
        "(mark) => { const r = mark.getBoundingClientRect(); "
        "return r.top > 150 && r.bottom < innerHeight; }"
    )
    assert quote("m01", 1) in marked(opened, "own")


def test_next_and_previous_go_round_the_passages_of_what_is_selected(
    open_page: Open, reading: bytes
) -> None:
    opened = open_page(reading, hash_="#side=text&id=t05")
    page = opened.page
    seen = []
    for _ in range(3):
        seen.append(marked(opened, "now"))
        page.click("#read-after")
    assert seen[:2] == [quote("t05"), quote("t05", 1)]
    page.click("#back") if page.locator("#back").count() else page.keyboard.press("Escape")
    page.keyboard.press("n")
    first = state(opened, "span")
    page.keyboard.press("n")
    page.keyboard.press("p")
    assert state(opened, "span") == first


def test_what_moved_is_marked_where_it_stands_now(open_page: Open, reading: bytes) -> None:
    opened = open_page(reading, hash_="#side=text&id=m03")
    dataset, texts = build_read_county()
    moved = next(node for node in dataset.nodes if node.id == "m03").mentions[0]
    assert marked(opened, "now") == texts["s1"][moved.start + 3 : moved.end + 3].replace("\n", "")


def test_what_could_not_be_located_is_listed_with_its_status(
    open_page: Open, reading: bytes
) -> None:
    page = open_page(reading, hash_="#side=text").page
    assert page.locator("#read-lost").inner_text() == "未能定位的引文 2 处"
    page.click("#read-lost")
    rows = [row.inner_text().split("\n") for row in page.locator("#lost li").all()]
    assert [(row[0], row[-1].rsplit(" · ", 1)[-1]) for row in rows] == [
        ("划定八百个网格", "引文未找到"),
        ("配齐专职网格员", "引文多处出现"),
    ]
    assert page.evaluate("() => document.activeElement.id") == "lost"


def test_the_panel_leads_into_the_text_and_back(open_page: Open, reading: bytes) -> None:
    opened = open_page(reading, hash_="#id=m02")
    page = opened.page
    page.locator(".panel section .mention button").nth(1).click()
    assert marked(opened, "now") == quote("m02", 1)
    page.click("#read-details")
    assert opened.text("#panelname") == "每月开展一次巡河"
    assert "引文完全一致" in page.locator(".panel .mention").first.inner_text()


def test_a_permalink_reopens_the_passage(open_page: Open, reading: bytes) -> None:
    opened = open_page(reading, hash_="#side=text&id=m02")
    opened.page.click("#read-after")
    address = opened.page.evaluate("() => location.hash")
    again = open_page(reading, hash_=address)
    assert marked(again, "now") == marked(opened, "now") != ""
