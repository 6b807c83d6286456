"""The panel says what a thing is, what it lacks, and where the source says so."""

from __future__ import annotations

import pytest

from kg.model import QuoteStatus
from kg.page.html import build_page
from kg.words import load_words
from tests.page.conftest import Open
from tests.page.county import build_county, judge

pytestmark = pytest.mark.browser

say = load_words("zh").say


def test_the_supervision_officer_reads_the_answer_before_any_click(open_page: Open) -> None:
    opened = open_page()
    lacking = opened.page.locator(".matrix > table tr:has(td:nth-of-type(1) .lacking) th button")
    assert lacking.all_inner_texts() == [
        "深化网格化治理",
        "建设法治示范区",
        "▸ 2 部分，缺举措 2",
        "办好老年食堂",
    ]


def test_the_researcher_needs_one_control_for_the_text_alone(open_page: Open) -> None:
    opened = open_page(hash_="#basis=interpreted")
    opened.page.check("input[value=stated]")
    assert opened.text("#remainder").startswith("仅凭原文明示")
    assert {edge for edge in opened.drawing()["edges"] if edge == "l08"} == set()


def test_the_journalist_needs_two_clicks_to_the_words_that_make_the_link(open_page: Open) -> None:
    opened = open_page()
    opened.page.click("[data-key=row-d01]")
    opened.page.click("[data-key=evidence-l06]") if not opened.page.locator(
        ".role-cue mark"
    ).first.is_visible() else None
    evidence = opened.page.locator("details[data-keep=evidence-l06] .mention")
    assert [one.inner_text().split("\n")[0] for one in evidence.all()] == [
        f"{say('role.cue')}「为了落实」",
        f"{say('role.source')}「县里成立了队伍来」",
        f"{say('role.target')}「这项重要的部署中」",
    ]
    assert evidence.first.locator("mark").inner_text() == "为了落实"
    assert "示例县平安建设纪实" in evidence.first.inner_text()
    assert "第 286 至 290 字" in evidence.first.inner_text()


def test_a_figure_shows_every_absent_value_in_words(open_page: Open) -> None:
    opened = open_page(hash_="#id=o01")
    names = opened.page.locator(".panel dt").all_inner_texts()
    values = opened.page.locator(".panel dd").all_inner_texts()
    assert dict(zip(names, values, strict=True)) == {
        "类型": say("outcome_type.attained"),
        "原文写法": "「率94%以上」",
        "数值": f"{say('comparator.>=')}94%",
        "单位": say("unit.percent"),
        "方向": "越高越好",
        "基数": "原文未写明",
        "时期": "2021",
        "不适用": "升降、目标、分母、获得者、授予者、年份",
    }


def test_counter_evidence_scope_status_and_rationale_are_shown(open_page: Open) -> None:
    page = open_page(hash_="#id=d03&basis=interpreted").page
    page.evaluate("() => document.querySelectorAll('.panel details').forEach(d => d.open = true)")
    text = page.locator(".panel").inner_text()
    assert "相反的说法" in text
    assert "此事与部署无关" in text
    assert "理由：两处说的是同一件事。 · 甲" in text
    assert "概指" in text
    page.evaluate("() => window.kgPage.change({ selected: 'd04' })")
    assert (
        "此联系已撤回 · 原文只说宣传，未说食堂 · 2022-01-05" in page.locator(".panel").inner_text()
    )


def test_links_stand_by_basis_strongest_first(open_page: Open) -> None:
    page = open_page(hash_="#id=d05&basis=interpreted").page
    headings = page.locator(".panel .links h5").all_inner_texts()
    assert [heading.split()[0] for heading in headings] == ["明示", "邻近", "解读"]


def test_a_quote_says_what_became_of_it(open_page: Open) -> None:
    county = build_county()
    first = next(node for node in county.nodes if node.id == "d01").mentions
    statuses = dict(zip(first, (QuoteStatus.EXACT, QuoteStatus.MISSING), strict=True))
    page = open_page(
        build_page(county, *judge(county), quote_statuses=statuses), hash_="#id=d01"
    ).page
    said = page.locator(".panel > section .status").all_inner_texts()[:2]
    assert said == [f"引文{say('quote_status.exact')}", f"引文{say('quote_status.missing')}"]


def test_context_lives_in_the_panel_and_is_one_click_away(open_page: Open) -> None:
    opened = open_page(hash_="#id=m04")
    opened.page.click("dd button:has-text('县委政法委')")
    assert opened.text("#panelname") == "县委政法委"
    assert "org02" in opened.drawing()["nodes"]  # while it is selected
    opened.page.click("#back")
    assert "org02" not in opened.drawing()["nodes"]


def test_a_directive_shows_the_chain_behind_its_level_and_all_that_answers_it(
    open_page: Open,
) -> None:
    page = open_page(hash_="#id=d02&basis=positional").page
    assert page.locator(".chain button").all_inner_texts() == [
        "纠纷化解率98.5%",
        "设立人民调解室",
        "矛盾纠纷化解攻坚战",
        "网格建设",
        "深化网格化治理",
    ]
    page.click("[data-key=items]")
    said = page.locator("details[data-keep=items] h5").all_inner_texts()
    assert said == ["思路 2", "攻坚战 1", "举措 2", "成效 2"]


def test_a_line_that_is_clicked_shows_the_words_that_make_the_link(open_page: Open) -> None:
    opened = open_page()
    places = opened.drawing()["at"]
    box = opened.page.locator("#graph").bounding_box()
    assert box is not None
    ends = places["m02"], places["b01"]
    x, y = (sum(end[axis] for end in ends) / 2 for axis in ("x", "y"))
    opened.page.mouse.click(box["x"] + x, box["y"] + y)
    opened.page.wait_for_selector("#panelname")
    assert opened.text("#panelname") == "每月开展一次巡河"
    assert opened.page.locator("[data-keep=evidence-l14] mark").inner_text() == "为了落实"
