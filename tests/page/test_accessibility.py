"""axe-core finds nothing on any screen, in light and dark, on a desk and on a phone."""

from __future__ import annotations

from importlib.resources import files
from typing import Any

import pytest

from tests.page.conftest import Open
from tests.page.text import build_reading_page

pytestmark = pytest.mark.browser

SCREENS = {
    "opening": "#lang=zh",
    "panel": "#lang=zh&id=d03&basis=interpreted",
    "gaps": "#lang=zh&gaps=1",
    "table": "#lang=en&view=table",
    "reading": "#lang=zh&side=text&id=m01",
}
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]


@pytest.fixture(scope="module")
def page_with_text() -> bytes:
    return build_reading_page()


@pytest.fixture(scope="module")
def axe() -> str:
    return files("axe_playwright_python").joinpath("axe.min.js").read_text(encoding="utf-8")


def find_violations(page: Any, axe: str) -> list[tuple[str, list[str]]]:
    """Each rule that is broken, with the elements; by `evaluate`, past the page's own policy."""
    page.evaluate(f"() => {{ {axe}; }}")
    found = page.evaluate(
        "(tags) => axe.run(document, { runOnly: tags, resultTypes: ['violations'] })", RULES
    )
    return [
        (broken["id"], [node["html"][:120] for node in broken["nodes"]])
        for broken in found["violations"]
    ]


@pytest.mark.parametrize("size", [(1280, 800), (390, 844)])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_no_violation_on_any_screen(
    open_page: Open, page_with_text: bytes, axe: str, scheme: str, size: tuple[int, int]
) -> None:
    found = {}
    for name, address in SCREENS.items():
        opened = open_page(page_with_text, hash_=address, size=size, scheme=scheme)
        assert opened.page.locator("html").get_attribute("data-theme") == scheme
        found[name] = find_violations(opened.page, axe)
    opened = open_page(page_with_text, size=size, scheme=scheme)
    opened.page.click("#help")
    found["guide"] = find_violations(opened.page, axe)
    assert found == {name: [] for name in [*SCREENS, "guide"]}


def test_axe_does_find_what_is_wrong(open_page: Open, axe: str) -> None:
    page = open_page().page
    page.evaluate("() => document.getElementById('search').removeAttribute('aria-label')")
    page.evaluate("() => document.getElementById('search').removeAttribute('placeholder')")
    page.evaluate("() => { document.getElementById('basisline').style.color = '#aaaaaa'; }")
    assert {name for name, _ in find_violations(page, axe)} >= {"label", "color-contrast"}
