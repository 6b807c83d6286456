"""What one sees without a click: the answer, the matrix, the drawing; and nothing from outside."""

from __future__ import annotations

import pytest

from kg.model import BANDED_KINDS, BASES, Basis, Dataset, Kind, Link, Node, Relation
from kg.page.choice import choose_part
from kg.page.data import Opening, build_data, choose_layout
from kg.page.html import render_page
from kg.page.network import build_network
from tests.page.conftest import Open, page_of
from tests.page.county import build_county, judge

pytestmark = pytest.mark.browser


def test_the_only_request_is_the_file_itself_and_nothing_is_complained_of(open_page: Open) -> None:
    opened = open_page()
    page = opened.page
    page.locator("button.cell").first.click()
    page.click("#focus")
    page.click("#lang")
    page.click("#theme")
    page.click("#view-table")
    page.click("#help")
    page.click("#guide-close")
    opened.settle()
    assert (opened.requests, opened.complaints) == ([opened.address], [])


def test_the_policy_allows_nothing_unsafe_and_no_element_carries_a_style(
    county_page: bytes,
) -> None:
    html = county_page.decode("utf-8")
    policy = html.split('http-equiv="Content-Security-Policy" content="')[1].split('"')[0]
    assert "default-src &#39;none&#39;" in policy
    assert "unsafe" not in policy
    assert "style=" not in html.split('<script type="application/json"')[0].split("</style>")[1]


def test_the_answer_stands_above_everything_in_words(open_page: Open) -> None:
    opened = open_page()
    assert opened.text("#answer") == (
        "示例县党代会作出部署 4 项；有举措的：明示 1，含复述 1，含邻近 3，含解读 3。"
    )
    assert opened.text("#remainder").startswith("仅凭原文明示，示例县党代会的 4 项部署中有 3 项")


def test_the_basis_control_changes_the_emphasis_and_the_second_sentence(open_page: Open) -> None:
    opened = open_page()
    opened.page.check("input[value=positional]")
    assert opened.text("#answer .now") == "3"
    assert opened.text("#remainder").startswith("计入邻近，示例县党代会的 4 项部署中有 1 项")


def test_the_matrix_gives_the_level_of_every_chosen_directive_at_every_basis(
    open_page: Open,
) -> None:
    opened = open_page()
    rows = [
        row.inner_text().split() for row in opened.page.locator(".matrix > table tbody tr").all()
    ]
    assert rows[0] == ["全面推行河湖长制", "有数据", "有数据", "有数据", "有数据"]
    assert rows[1] == [
        "深化网格化治理",
        *("有思路", "无举措", "有思路", "无举措", "有数据", "有数据"),
    ]
    assert rows[2] == [
        *("建设法治示范区", "▸", "2", "部分，缺举措", "2"),
        *("!", "未见回应", "!", "未见回应", "有举措", "有数据"),
    ]
    assert [row[0] for row in rows[3:]] == ["办好老年食堂"]


def test_the_gap_count_is_that_of_the_gaps_at_each_basis(open_page: Open) -> None:
    _, gaps = judge(build_county())
    opened = open_page()
    counted = []
    for basis in BASES:
        opened.page.check(f"input[value={basis}]")
        counted.append(opened.text("#gapbox span"))
    assert counted == [
        f"只看缺口（{sum(gap.open is None or basis in gap.open for gap in gaps)}）"
        for basis in BASES
    ]


def test_the_drawing_has_every_banded_node_and_the_links_of_the_basis(open_page: Open) -> None:
    county = build_county()
    banded = {node.id for node in county.nodes if node.kind in BANDED_KINDS}
    drawing = open_page(hash_="#basis=echoed").drawing()
    assert set(drawing["nodes"]) == banded
    assert set(drawing["edges"]) == {
        link.id
        for link in county.links
        if link.carries and link.basis in (Basis.STATED, Basis.ECHOED) and link.source in banded
        if link.target in banded
    }


def test_what_is_taken_out_of_the_network_is_gone_from_the_page(open_page: Open) -> None:
    county = build_county()
    coverage, gaps = judge(county)
    part = choose_part(county)
    layout = choose_layout(county, part=part, lang="zh")
    network = build_network(county.nodes, county.links, layout.spots)
    data = build_data(
        county,
        coverage,
        gaps,
        layout=layout,
        part=part,
        opening=Opening("zh", Basis.INTERPRETED),
    )
    network.nodes = [node for node in network.nodes if node["id"] != "m01"]
    network.edges = [edge for edge in network.edges if edge["id"] != "l06"]
    drawing = open_page(render_page(data, network)).drawing()
    whole = open_page(hash_="#basis=interpreted").drawing()
    assert set(whole["nodes"]) - set(drawing["nodes"]) == {"m01"}
    assert set(whole["edges"]) - set(drawing["edges"]) == {"l06", "l13", "l29"}


def test_on_a_phone_the_answer_basis_matrix_and_list_come_first_and_the_graph_is_a_tap_away(
    open_page: Open,
) -> None:
    opened = open_page(size=(390, 844))
    page = opened.page
    assert page.evaluate("() => document.documentElement.scrollWidth") <= 390
    assert not page.locator("#graph canvas").is_visible()
    assert page.locator(".list tbody tr[data-node]").count() == 38
    assert page.get_attribute("#view-graph", "aria-pressed") == "false"
    page.click("#view-graph")
    assert page.get_attribute("#view-graph", "aria-pressed") == "true"
    box = page.locator("#stage").bounding_box()
    assert box is not None
    assert box["width"] == 390
    assert box["height"] > 600


def test_without_scripts_the_page_says_that_it_needs_them(county_page: bytes) -> None:
    assert "<noscript><p" in county_page.decode("utf-8")


def test_a_data_set_of_nothing_and_one_of_bare_ids_open_too(open_page: Open) -> None:
    bare = Dataset(
        nodes=(Node("d", Kind.DIRECTIVE), Node("m", Kind.MEASURE), Node("o", Kind.OUTCOME)),
        links=(
            Link("l1", "m", Relation.ADDRESSES, "d", Basis.STATED),
            Link("l2", "o", Relation.CITES, "d"),
        ),
    )
    for dataset, nodes in ((Dataset(), []), (bare, ["d", "m", "o"])):
        opened = open_page(page_of(dataset))
        assert sorted(opened.drawing()["nodes"]) == nodes
        for item in nodes:
            opened.page.evaluate("(id) => window.kgPage.change({ selected: id })", item)
        opened.page.click("#lang")
        opened.page.click("#view-table")
        assert opened.complaints == []
