"""Every control does what it says, by mouse and by keyboard, and keeps what was chosen."""

from __future__ import annotations

import pytest

from kg.document import dataset_digest
from kg.model import BANDED_KINDS, Basis, Dataset, Kind, Link, Node, Relation
from kg.version import VERSION
from tests.page.conftest import Open, find_touching, page_of
from tests.page.county import build_county, judge

pytestmark = pytest.mark.browser


def test_a_kind_that_is_switched_off_is_not_drawn(open_page: Open) -> None:
    opened = open_page()
    opened.page.uncheck("input[value=measure]")
    kinds = {node.id: node.kind for node in build_county().nodes}
    assert {kinds[item] for item in opened.drawing()["nodes"]} == set(BANDED_KINDS) - {"measure"}


def test_gaps_only_keeps_what_has_a_gap_and_what_is_above_it(open_page: Open) -> None:
    _, gaps = judge(build_county())
    opened = open_page(hash_="#basis=interpreted")
    opened.page.check("#gaps")
    found = {gap.node for gap in gaps if gap.open is None or "interpreted" in gap.open}
    above = set(found)
    links = [link for link in build_county().links if link.carries]
    while more := {link.target for link in links if link.source in above} - above:
        above |= more
    assert set(opened.drawing()["nodes"]) == above
    assert "o03" not in above  # neither has a gap nor stands above one
    assert opened.page.locator(".gaps details").count() == len(
        {gap.code for gap in gaps if gap.open is None or "interpreted" in gap.open}
    )


def test_a_cell_of_the_matrix_leads_into_the_drawing_at_its_basis(open_page: Open) -> None:
    opened = open_page()
    opened.page.click("[data-node=d03][data-basis=positional]")
    assert opened.page.locator("input[value=positional]").is_checked()
    assert opened.text("#panelname") == "建设法治示范区"
    opened.page.click("#back")
    assert opened.page.locator(".matrix").is_visible()


def test_a_node_that_is_clicked_shows_its_panel(open_page: Open) -> None:
    opened = open_page()
    place = opened.drawing()["at"]["b01"]
    box = opened.page.locator("#graph").bounding_box()
    assert box is not None
    opened.page.mouse.click(box["x"] + place["x"], box["y"] + place["y"])
    opened.page.wait_for_selector("#panelname")
    assert opened.text("#panelname") == "清河攻坚战"


def test_focus_draws_the_chain_of_the_node_and_nothing_else(open_page: Open) -> None:
    opened = open_page(hash_="#id=m02&basis=stated")
    opened.page.click("#focus")
    assert set(opened.drawing()["nodes"]) == {"m02", "b01", "t02", "t01", "d01", "o02"}


def test_the_toggle_keeps_what_is_selected_and_says_everything_in_english(
    open_page: Open,
) -> None:
    opened = open_page(hash_="#id=t02&basis=stated")
    opened.page.click("#lang")
    assert opened.text("#panelname") == "Building up rivers and lakes"
    assert opened.page.locator("html").get_attribute("lang") == "en"
    assert opened.text("#answer").startswith("The county congress: 4 directives.")


def test_search_finds_by_name_initials_english_and_id(open_page: Open) -> None:
    wanted = {
        "网格信息": "m06",
        "WGXX": "m06",
        "kfwgxxpt": "m06",
        "rivers and lakes": "t02",
        "o04": "o04",
        "ｍ０６": "m06",
    }
    opened = open_page()
    found = {}
    for query in wanted:
        opened.page.keyboard.press("/")
        opened.page.keyboard.type(query)
        opened.page.keyboard.press("Enter")
        found[query] = opened.text(".kindline code")
    assert found == wanted


def test_a_permalink_reopens_node_filters_basis_and_language(open_page: Open) -> None:
    opened = open_page(
        hash_="#id=d02&basis=echoed&lang=en&without=outcome+battle+organisation&view=table"
    )
    page = opened.page
    assert opened.text("#panelname") == "Deepen governance by neighbourhood grid"
    assert page.locator("input[value=echoed]").is_checked()
    assert not page.locator("input[value=outcome]").is_checked()
    assert page.locator("#table").is_visible()
    address = page.evaluate("() => location.hash")
    assert address == "#id=d02&basis=echoed&lang=en&view=table&without=battle+organisation+outcome"


def test_a_permalink_holds_chinese_ids_too(open_page: Open) -> None:
    dataset = Dataset(
        nodes=(Node("部署 一/甲&乙", Kind.DIRECTIVE), Node("举措#二", Kind.MEASURE)),
        links=(Link("联系", "举措#二", Relation.ADDRESSES, "部署 一/甲&乙", Basis.STATED),),
    )
    page = page_of(dataset)
    opened = open_page(page)
    for item in ("部署 一/甲&乙", "举措#二"):
        opened.page.evaluate("(id) => window.kgPage.change({ selected: id, focus: true })", item)
        again = open_page(page, hash_=opened.page.evaluate("() => location.hash"), apart=True)
        assert again.text(".kindline code") == item
        assert again.page.get_attribute("#focus", "aria-pressed") == "true"
        assert set(again.drawing()["nodes"]) == {"部署 一/甲&乙", "举措#二"}


def test_enter_in_the_drawing_leads_into_the_panel_and_escape_back(open_page: Open) -> None:
    opened = open_page()
    page = opened.page
    page.focus("#graph")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    assert page.evaluate("() => document.activeElement.id") == "panelname"
    page.keyboard.press("Escape")
    assert page.locator(".matrix").is_visible()


@pytest.mark.parametrize(
    "hash_", ["#id=nobody", "#basis=none&lang=xx&view=what&without=all", "#%%%", "#id=__proto__"]
)
def test_an_address_that_makes_no_sense_is_passed_over(open_page: Open, hash_: str) -> None:
    opened = open_page(hash_=hash_)
    assert opened.page.locator(".matrix").is_visible()
    assert opened.complaints == []


def test_by_keyboard_alone_one_walks_up_down_and_sideways_and_hears_it(open_page: Open) -> None:
    opened = open_page()
    page = opened.page
    page.focus("#graph")
    heard = []
    for key in ("ArrowDown", "ArrowDown", "ArrowUp", "ArrowRight", "ArrowUp"):
        page.keyboard.press(key)
        heard.append((key, page.evaluate("() => window.kgPage.state.selected")))
    assert heard == [
        ("ArrowDown", "d01"),
        ("ArrowDown", "m01"),
        ("ArrowUp", "d01"),
        ("ArrowRight", "d05"),
        ("ArrowUp", "d03"),
    ]
    assert page.locator("#live").text_content() == (
        "建设法治示范区，部署，未见回应，缺口：未见举措、未见成效、未见数据、部分内容未落实到举措"
    )
    page.keyboard.press("f")
    assert page.evaluate("() => window.kgPage.state.focus") is True
    page.keyboard.press("Escape")
    page.keyboard.press("g")
    assert page.locator("#gaps").is_checked()
    page.keyboard.press("e")
    assert page.evaluate("() => document.activeElement.id") == "export-csv"
    page.keyboard.press("Escape")
    assert page.evaluate("() => document.activeElement.id") == "export"


def test_the_focus_is_never_lost_when_something_is_chosen(open_page: Open) -> None:
    opened = open_page()
    page = opened.page
    page.focus("input[value=stated]")
    page.keyboard.press("ArrowRight")
    assert page.evaluate("() => document.activeElement.value") == "echoed"
    page.focus("[data-key=row-d02]")
    page.keyboard.press("Enter")
    assert page.evaluate("() => document.activeElement.id") == "panelname"
    page.focus("#back")
    page.keyboard.press("Enter")
    assert page.evaluate("() => document.activeElement.dataset.key") == "row-d02"


def test_every_control_has_a_name(open_page: Open) -> None:
    page = open_page(hash_="#id=m04&basis=interpreted").page
    nameless = page.evaluate(
        """() => [...document.querySelectorAll("button, input, summary, [tabindex='0']")]
        .filter((e) => !(e.textContent.trim() || e.getAttribute("aria-label")
            || e.closest("label")?.textContent.trim()))
        .map((e) => e.outerHTML)"""
    )
    assert nameless == []


def test_the_table_holds_every_visible_node(open_page: Open) -> None:
    opened = open_page(hash_="#view=table&without=outcome")
    listed = opened.page.locator("#table tr[data-node]").evaluate_all(
        "(rows) => rows.map((row) => row.dataset.node)"
    )
    assert sorted(listed) == sorted(opened.drawing()["nodes"])


def test_print_shows_the_answer_and_every_visible_node(open_page: Open) -> None:
    opened = open_page()
    page = opened.page
    page.evaluate("() => dispatchEvent(new Event('beforeprint'))")
    page.emulate_media(media="print")
    assert page.locator("#answer").is_visible()
    assert page.locator("#table tr[data-node]").count() == len(opened.drawing()["nodes"])
    assert page.locator("#table tr[data-node]").first.is_visible()
    assert not page.locator("#graph").is_visible()
    digest = dataset_digest(build_county())[:12]
    assert page.locator("#foot").is_visible()
    assert page.locator("#foot .fact").all_inner_texts() == [
        "数据集 示例县　部署—举措—成效图谱",
        f"校验值 {digest}…",
        f"kg {VERSION}",
        "截至 2021-12-31",
        "依据规则第 1 版",
    ]
    page.evaluate("() => window.kgPage.change({ theme: 'dark' })")
    assert page.evaluate(CONTRAST) == []


def test_the_hint_can_be_dismissed_and_stays_away(open_page: Open) -> None:
    opened = open_page()
    opened.page.click("#hint-close")
    opened.page.reload()
    opened.page.wait_for_function("() => document.documentElement.dataset.ready !== undefined")
    assert not opened.page.locator("#hint").is_visible()


def test_no_two_labels_touch_at_ten_zooms_and_directives_always_have_theirs(
    open_page: Open,
) -> None:
    opened = open_page(hash_="#basis=interpreted")
    assert find_touching(opened) == []
    drawing = opened.drawing()
    directives = {node.id for node in build_county().nodes if node.kind == "directive"}
    assert {box["id"] for box in drawing["boxes"]} == directives
    assert all(box["lines"][0] for box in drawing["boxes"])
    assert len(drawing["labels"]) == 31  # at the largest zoom every other node has its own


def test_text_stands_out_from_its_ground_in_light_and_dark(open_page: Open) -> None:
    for scheme in ("light", "dark"):
        page = open_page(hash_="#id=m04&basis=echoed", scheme=scheme).page
        faint = page.evaluate(CONTRAST)
        assert faint == [], scheme


CONTRAST = """() => {
  const parse = (text) => text.match(/[\\d.]+/g).map(Number);
  const light = ([r, g, b]) => [r, g, b]
    .map((c) => c / 255).map((c) => (c <= 0.03928 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4))
    .reduce((sum, c, at) => sum + c * [0.2126, 0.7152, 0.0722][at], 0);
  const ground = (element) => {
    for (let at = element; at; at = at.parentElement) {
      const color = parse(getComputedStyle(at).backgroundColor);
      if (color.length === 3 || color[3] > 0.99) return color;
    }
    return [255, 255, 255];
  };
  const found = new Set();
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const element = walker.currentNode.parentElement;
    if (!walker.currentNode.data.trim() || !element.checkVisibility()) continue;
    const style = getComputedStyle(element);
    if (["SCRIPT", "STYLE", "NOSCRIPT"].includes(element.tagName)) continue;
    const [a, b] = [light(parse(style.color)), light(ground(element))].sort((x, y) => y - x);
    const ratio = (a + 0.05) / (b + 0.05);
    if (ratio < 4.5) found.add(`${element.tagName} ${element.className} ${ratio.toFixed(2)}`);
  }
  return [...found];
}"""
