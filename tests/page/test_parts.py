"""Organisations, unfolding and folding, pages of a part, and graphs too large to see at once."""

from __future__ import annotations

import pytest

from kg.analysis.coverage import find_coverage
from kg.analysis.rules import find_gaps
from kg.graph.build import build_graph
from kg.model import Dataset, Kind
from kg.page.choice import Part, choose_part
from kg.page.html import build_page
from tests.page.conftest import Open, Opened, find_touching
from tests.page.county import build_county, judge
from tests.unit.page.wide import build_wide

pytestmark = pytest.mark.browser


def page_of_part(dataset: Dataset, part: Part) -> bytes:
    graph = build_graph(dataset)
    return build_page(dataset, find_coverage(graph), find_gaps(graph), part=part)


def drawn(opened: Opened) -> set[str]:
    return set(opened.drawing()["nodes"])


def test_organisations_are_a_sixth_band_that_is_switched_on(open_page: Open) -> None:
    opened = open_page()
    assert {"org01", "org02"} & drawn(opened) == set()
    opened.page.check("input[value=organisation]")
    assert {"org01", "org02"} <= drawn(opened)
    assert "l92" in opened.drawing()["edges"]
    places = opened.drawing()["at"]
    lowest = max(place["y"] for item, place in places.items() if not item.startswith("org"))
    assert places["org02"]["y"] > lowest
    address = opened.page.evaluate("() => location.hash")
    assert {"org01", "org02"} <= drawn(open_page(hash_=address))


def test_neighbours_that_are_filtered_out_are_unfolded_at_one_node_and_folded_again(
    open_page: Open,
) -> None:
    opened = open_page(hash_="#id=t02&without=battle+measure+organisation+outcome")
    before = drawn(opened)
    assert "b01" not in before
    assert opened.text("#unfold") == "展开相邻 1 项"
    opened.page.click("#unfold")
    assert drawn(opened) - before == {"b01"}
    opened.page.click("#back")
    assert "b01" in drawn(opened)
    again = open_page(hash_=opened.page.evaluate("() => location.hash"))
    assert "b01" in drawn(again)
    again.page.evaluate("() => window.kgPage.change({ selected: 't02' })")
    again.page.click("#fold_up")
    assert drawn(again) == before


def test_what_hangs_below_a_node_alone_is_folded_and_counted(open_page: Open) -> None:
    opened = open_page(hash_="#id=b02&basis=positional")
    before = drawn(opened)
    opened.page.click("#fold")
    assert before - drawn(opened) == {"m12", "m13", "o03", "o05"}
    assert opened.text("#fold_back") == "展开其下 3 项"
    opened.page.keyboard.press("x")
    assert drawn(opened) == before


def test_a_double_click_folds_and_unfolds(open_page: Open) -> None:
    opened = open_page(hash_="#basis=positional")
    box = opened.page.locator("#graph").bounding_box()
    place = opened.drawing()["at"]["b02"]
    assert box is not None
    opened.page.mouse.dblclick(box["x"] + place["x"], box["y"] + place["y"])
    opened.page.wait_for_selector("#fold_back")
    assert "m12" not in drawn(opened)


def test_gaps_only_keeps_ancestors_faded_and_marks_the_gaps(open_page: Open) -> None:
    opened = open_page(hash_="#basis=positional&gaps=1")
    _, gaps = judge(build_county())
    open_gaps = {gap.node for gap in gaps if gap.open is None or "positional" in gap.open}
    faded = set(opened.drawing()["faded"])
    assert faded == drawn(opened) - open_gaps
    assert faded  # ancestors without a gap of their own
    assert all(item.startswith(("d", "t", "b", "m")) for item in faded)


def test_a_page_of_a_chain_says_so_and_draws_nothing_else(open_page: Open) -> None:
    county = build_county()
    opened = open_page(page_of_part(county, choose_part(county, focus="m04")))
    assert drawn(opened) == {"m04", "t03", "t01", "d02", "o06"}
    assert opened.text("#basisline").startswith("本页只取 38 项中的 5 项。")
    assert "本页 5 项，全部 38 项" in opened.text("#foot")
    opened.page.click("[data-key=row-d01]")  # what is not drawn is in the panel all the same
    assert opened.text("#panelname") == "全面推行河湖长制"
    assert opened.complaints == []


def test_a_page_that_was_cut_says_what_is_missing_and_how_to_narrow_it(open_page: Open) -> None:
    county = build_county()
    opened = open_page(page_of_part(county, choose_part(county, most=9)))
    assert opened.text("#basisline").startswith("超过上限：只收入 38 项中的 9 项；可用 kg page 的")


@pytest.fixture(scope="module")
def large() -> bytes:
    wide = build_wide(40)
    return page_of_part(wide, choose_part(wide))


def test_a_large_graph_opens_on_directives_and_strategies_with_counts(
    open_page: Open, large: bytes
) -> None:
    opened = open_page(large)
    kinds = {node.id: node.kind for node in build_wide(40).nodes}
    assert {kinds[item] for item in drawn(opened)} == {Kind.DIRECTIVE, Kind.STRATEGY}
    assert len(drawn(opened)) == 400
    assert "共 1520 项" in opened.text("#basisline")
    assert "其中 80 项暂未画出" in opened.text("#basisline")
    counts = opened.drawing()["counts"]
    assert counts["t04x3"] == 6  # m09 and m14 at "stated", each from three counties
    assert find_touching(opened) == []


def test_a_large_graph_unfolds_where_one_clicks_and_finds_what_is_not_drawn(
    open_page: Open, large: bytes
) -> None:
    opened = open_page(large)
    before = drawn(opened)
    opened.page.keyboard.press("/")
    opened.page.keyboard.type("m12x39")
    opened.page.keyboard.press("Enter")
    assert opened.text(".kindline code") == "m12x39"
    after = drawn(opened)
    assert {"m12x39", "b02x39"} <= after - before
    at = opened.drawing()["at"]["m12x39"]
    box = opened.page.locator("#stage").bounding_box()
    assert box is not None and 0 <= at["x"] <= box["width"] and 0 <= at["y"] <= box["height"]


INK = """() => {
  const canvas = document.querySelector("#graph canvas");
  const { data } = canvas.getContext("2d").getImageData(0, 0, canvas.width, canvas.height);
  let inked = 0;
  for (let at = 3; at < data.length; at += 4) inked += data[at] > 0;
  return inked;
}"""


def test_the_lines_of_a_large_graph_wait_until_it_stands_still(
    open_page: Open, large: bytes
) -> None:
    page = open_page(large).page
    page.wait_for_timeout(500)
    at_rest = page.evaluate(INK)
    page.evaluate("() => { window.kgPage.panBy(0, 8); window.kgPage.panBy(0, -8); }")
    assert page.evaluate(INK) < at_rest
    page.wait_for_function(f"(ink) => ({INK})() >= ink", arg=at_rest, timeout=5000)


def test_long_lists_of_a_large_graph_begin_with_a_hundred(open_page: Open, large: bytes) -> None:
    opened = open_page(large)
    rows = opened.page.locator(".matrix > table tbody tr")
    assert rows.count() == 100
    opened.page.click("[data-key=more-chosen]")
    assert rows.count() == 200
    opened.page.check("#gaps")
    opened.page.click("#view-table")
    assert opened.complaints == []
