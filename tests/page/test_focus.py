"""Focus brings the chain of one thing together, in its bands and with its labels, and back."""

from __future__ import annotations

from itertools import pairwise
from typing import Any

import pytest

from kg.model import Dataset
from kg.page.choice import choose_part
from kg.page.html import build_page
from kg.sources.registry import read_source
from tests.page.conftest import Open, Opened, find_touching, page_of
from tests.page.county import build_county, judge
from tests.unit.page.wide import build_wide

pytestmark = pytest.mark.browser

CHAIN = {"m02", "b01", "t02", "t01", "d01", "o02"}


def width_of(opened: Opened, items: set[str]) -> float:
    """How far apart some things stand across, in the units of the drawing."""
    drawing = opened.drawing()
    columns = [float(drawing["at"][item]["x"]) for item in items]
    return (max(columns) - min(columns)) / float(drawing["scale"])


def rounded(places: dict[str, dict[str, float]]) -> dict[str, tuple[int, int]]:
    return {item: (round(at["x"]), round(at["y"])) for item, at in places.items()}


def test_the_chain_comes_together_in_its_bands_and_every_label_is_shown(open_page: Open) -> None:
    opened = open_page(hash_="#id=m02&basis=stated")
    apart = width_of(opened, CHAIN)
    opened.page.click("#focus")
    drawing = opened.drawing()
    assert set(drawing["nodes"]) == CHAIN
    assert width_of(opened, CHAIN) < apart / 2
    at = drawing["at"]
    column = [at[item]["y"] for item in ("d01", "t01", "t02", "b01", "m02", "o02")]
    assert all(above < below for above, below in pairwise(column))  # a set above its member
    assert {box["id"] for box in drawing["labels"]} == CHAIN - {"d01"}
    stage = opened.page.locator("#stage").bounding_box()
    assert stage is not None
    assert all(
        0 < place["x"] < stage["width"] and 0 < place["y"] < stage["height"]
        for place in at.values()
    )


def test_what_was_looked_at_before_comes_back(open_page: Open) -> None:
    opened = open_page(hash_="#id=m02&basis=stated")
    opened.page.focus("#graph")
    opened.page.keyboard.press("+")
    before = opened.drawing()
    opened.page.keyboard.press("f")
    assert set(opened.drawing()["nodes"]) == CHAIN
    opened.page.keyboard.press("f")
    after = opened.drawing()
    assert (rounded(after["at"]), after["scale"]) == (rounded(before["at"]), before["scale"])


def test_in_focus_one_walks_on_and_the_chain_follows(open_page: Open) -> None:
    opened = open_page(hash_="#id=m02&basis=stated&focus=1")
    assert set(opened.drawing()["nodes"]) == CHAIN
    opened.page.focus("#graph")
    opened.page.keyboard.press("ArrowUp")
    opened.page.keyboard.press("ArrowUp")
    assert opened.text(".kindline code") == "t02"
    opened.page.click("[data-key=link-l06-1]")
    assert opened.text(".kindline code") == "d01"
    assert set(opened.drawing()["nodes"]) >= CHAIN - {"t01"} | {"m01"}
    opened.page.keyboard.press("f")
    banded = {node.id for node in build_county().nodes if not node.id.startswith("org")}
    assert set(opened.drawing()["nodes"]) == banded
    assert opened.complaints == []


def test_the_button_is_worked_by_keyboard_keeps_the_focus_and_is_announced(
    open_page: Open,
) -> None:
    opened = open_page(hash_="#id=m02&basis=stated")
    opened.page.focus("#focus")
    opened.page.keyboard.press("Enter")
    assert opened.page.evaluate("() => document.activeElement.id") == "focus"
    assert opened.page.get_attribute("#focus", "aria-pressed") == "true"
    assert opened.page.text_content("#live") == "只显示“每月开展一次巡河”的上下链条，共 6 项"
    opened.page.keyboard.press("Enter")
    assert opened.page.get_attribute("#focus", "aria-pressed") == "false"
    assert opened.page.text_content("#live") == "显示全部"


def test_it_moves_by_itself_only_where_nobody_asked_for_calm(open_page: Open) -> None:
    def steps(opened: Opened) -> Any:
        return opened.page.evaluate(
            """() => new Promise((done) => {
              const seen = new Set();
              const nodes = window.kgPage.positions;
              window.kgPage.change({ focus: true });
              const begin = performance.now();
              const look = () => {
                seen.add(JSON.stringify(nodes().o02));
                if (performance.now() - begin < 600) requestAnimationFrame(look);
                else done([...seen]);
              };
              look();
            })"""
        )

    calm = open_page(hash_="#id=m02&basis=stated")
    assert len(steps(calm)) == 1
    lively = open_page(hash_="#id=m02&basis=stated", apart=True)
    lively.page.emulate_media(reduced_motion="no-preference")
    places = steps(lively)
    assert len(places) > 1
    assert places[-1] == steps(calm)[-1]
    lively.settle()
    assert len(lively.drawing()["labels"]) == len(CHAIN) - 1


@pytest.mark.parametrize("size", [(1280, 800), (390, 844)])
def test_no_two_labels_of_any_chain_touch(open_page: Open, size: tuple[int, int]) -> None:
    dataset: Dataset = read_source().dataset
    page = page_of(dataset)
    for lang, item in (("zh", "d09"), ("en", "d10"), ("zh", "m040"), ("en", "t05")):
        opened = open_page(
            page, hash_=f"#lang={lang}&basis=interpreted&focus=1&id={item}", size=size
        )
        if size[0] < 700:
            opened.page.click("#view-graph")
        assert find_touching(opened) == []
        assert opened.complaints == []


def test_on_a_phone_the_button_leads_to_the_chain_and_nothing_lies_over_it(
    open_page: Open,
) -> None:
    for lang in ("zh", "en"):
        opened = open_page(hash_=f"#lang={lang}&id=m02&basis=stated", size=(390, 844))
        opened.page.click("#focus")
        assert set(opened.drawing()["nodes"]) == CHAIN
        stage = opened.page.locator("#stage").bounding_box()
        bar = opened.page.locator("#viewbar").bounding_box()
        assert stage is not None and bar is not None
        assert stage["y"] + stage["height"] <= bar["y"]
        assert bar["y"] + bar["height"] <= 844


def test_a_chain_of_a_large_graph_comes_together_too(open_page: Open) -> None:
    wide = build_wide(20)
    page = build_page(wide, *judge(wide), part=choose_part(wide))
    opened = open_page(page, hash_="#id=m02x3&basis=stated&focus=1")
    drawing = opened.drawing()
    assert {"m02x3", "b01x3", "t02x3"} <= set(drawing["nodes"])
    assert {item[0] for item in drawing["nodes"]} <= set("dtbmo")
    assert find_touching(opened) == []
    opened.page.click("#focus")
    assert len(opened.drawing()["nodes"]) > len(drawing["nodes"])
