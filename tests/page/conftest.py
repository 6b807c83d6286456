"""A real Chromium, and a page in it that writes down whatever it asks for and complains of."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from kg.model import Dataset
from kg.page.html import build_page
from tests.page.county import build_county, judge

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

CHROMIUM = Path("/usr/bin/chromium")
ARGUMENTS = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


@dataclass
class Opened:
    """A page that is open, with every request and every complaint so far."""

    page: Page
    address: str
    requests: list[str] = field(default_factory=list)
    complaints: list[str] = field(default_factory=list)

    def drawing(self) -> Any:
        """What is drawn at this moment."""
        return self.page.evaluate("() => window.kgPage.inspectDrawing()")

    def text(self, selector: str) -> str:
        return self.page.locator(selector).first.inner_text()

    def settle(self) -> None:
        """Wait until the next picture is drawn."""
        self.page.evaluate(
            "() => new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))"
        )


def find_touching(opened: Opened) -> list[tuple[int, str, str]]:
    """The labels and boxes that overlap, at ten zooms: four ever smaller, then larger."""
    touching = []
    for step in range(10):
        opened.settle()
        drawing = opened.drawing()
        boxes = sorted(drawing["labels"] + drawing["boxes"], key=lambda box: float(box["left"]))
        for number, a in enumerate(boxes):
            for b in boxes[number + 1 :]:
                if b["left"] >= a["right"]:
                    break
                if a["top"] < b["bottom"] and b["top"] < a["bottom"]:
                    touching.append((step, str(a["id"]), str(b["id"])))
        opened.page.focus("#graph")
        for key in "-" if step < 4 else "+++":
            opened.page.keyboard.press(key)
    opened.settle()
    return touching


Open = Callable[..., Opened]


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    if not CHROMIUM.exists():
        if os.environ.get("CI") == "true":
            pytest.fail(f"{CHROMIUM} is missing, and under CI nothing may be")
        pytest.skip(f"{CHROMIUM} is not installed")
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(
            executable_path=str(CHROMIUM), args=ARGUMENTS, headless=True
        )
        yield chromium
        chromium.close()


@pytest.fixture(scope="session")
def county_page() -> bytes:
    return page_of(build_county())


def page_of(dataset: Dataset, lang: str = "zh") -> bytes:
    return build_page(dataset, *judge(dataset), lang=lang)


@pytest.fixture(scope="session")
def tab(browser: Browser) -> Iterator[Page]:
    """A page that tests share, one after the other: a new one costs four times its opening."""
    context = browser.new_context(accept_downloads=True)
    yield context.new_page()
    context.close()


@pytest.fixture
def open_page(browser: Browser, tab: Page, tmp_path: Path, county_page: bytes) -> Iterator[Open]:
    pages: list[Page] = []
    listeners: list[tuple[str, Callable[[Any], None]]] = []

    def listen(page: Page, opened: Opened) -> None:
        found: dict[str, Callable[[Any], None]] = {
            "request": lambda request: opened.requests.append(request.url),
            "console": lambda message: opened.complaints.append(message.text),
            "pageerror": lambda error: opened.complaints.append(str(error)),
            "dialog": lambda dialog: opened.complaints.append(f"dialog {dialog.message}"),
        }
        for event, listener in found.items():
            page.on(event, listener)  # type: ignore[call-overload]
        if page is tab:
            listeners.extend(found.items())

    def open_(
        content: bytes = county_page,
        *,
        hash_: str = "",
        size: tuple[int, int] = (1280, 800),
        scheme: str = "light",
        apart: bool = False,
    ) -> Opened:
        file = tmp_path / "page.html"
        file.write_bytes(content)
        # What was opened before in the same tab is gone; apart, both stay.
        page = browser.new_context(accept_downloads=True).new_page() if apart else tab
        pages.append(page)
        page.set_viewport_size({"width": size[0], "height": size[1]})
        page.emulate_media(
            media="null",
            color_scheme="dark" if scheme == "dark" else "light",
            reduced_motion="reduce",
        )
        page.mouse.move(0, 0)
        page.goto("about:blank")
        opened = Opened(page, file.as_uri())
        listen(page, opened)
        page.goto(opened.address + hash_)
        page.wait_for_function("() => document.documentElement.dataset.ready !== undefined")
        opened.settle()
        return opened

    yield open_
    for page in pages:
        if page is not tab:
            page.context.close()
    for event, listener in listeners:
        tab.remove_listener(event, listener)
    if pages:
        tab.evaluate("() => { localStorage.clear(); sessionStorage.clear(); }")
        tab.goto("about:blank")
