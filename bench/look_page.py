"""Pictures of the page in every size and state a person meets, to be looked at by eye.

    .venv/bin/python bench/look_page.py [FOLDER]     # build/look unless given
    .venv/bin/python bench/look_page.py --readme     # docs/images/page-zh.png and page-en.png

The page is that of the bundled ledger; the reading view, which shows a source text, is that
of the made-up county of the tests. Needs the development dependencies and Chromium.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

ROOT = Path(__file__).resolve().parent.parent
CHROMIUM = "/usr/bin/chromium"
ARGUMENTS = ["--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run"]
DESK, WALL, PHONE = (1280, 800), (1920, 1080), (390, 844)
PICTURE_BYTES = 400 * 1024


@dataclass(frozen=True)
class View:
    """One picture: what the address says, and on what screen."""

    name: str
    size: tuple[int, int]
    address: str
    scheme: str = "light"
    click: str = ""


def views() -> Iterator[View]:
    for lang in ("zh", "en"):
        for size in (DESK, WALL, PHONE):
            for scheme in ("light", "dark"):
                at = f"{lang}-{size[0]}x{size[1]}-{scheme}"
                start = f"#lang={lang}"
                yield View(f"opening-{at}", size, start, scheme)
                yield View(f"gaps-{at}", size, f"{start}&gaps=1", scheme)
                yield View(f"selected-{at}", size, f"{start}&id=d10&basis=interpreted", scheme)
        yield View(f"table-{lang}", DESK, f"#lang={lang}&view=table")
        yield View(f"focus-{lang}", DESK, f"#lang={lang}&id=d09&basis=echoed&focus=1")
        yield View(f"organisations-{lang}", DESK, f"#lang={lang}&without=")
        yield View(f"guide-{lang}", DESK, f"#lang={lang}", click="#help")
        yield View(f"graph-{lang}-phone", PHONE, f"#lang={lang}", click="#view-graph")


def reading_views() -> Iterator[View]:
    for lang in ("zh", "en"):
        for size in (DESK, PHONE):
            for scheme in ("light", "dark"):
                at = f"{lang}-{size[0]}x{size[1]}-{scheme}"
                yield View(f"reading-{at}", size, f"#lang={lang}&side=text&id=m01", scheme)


def bundled_page() -> bytes:
    from kg.analysis.coverage import find_coverage
    from kg.analysis.rules import find_gaps
    from kg.graph.build import build_graph
    from kg.page.html import build_page
    from kg.sources.registry import read_source

    dataset = read_source().dataset
    graph = build_graph(dataset)
    return build_page(dataset, find_coverage(graph), find_gaps(graph))


def reading_page() -> bytes:
    from tests.page.text import build_reading_page

    return build_reading_page()


def take(page: bytes, wanted: list[View], folder: Path) -> list[Path]:
    from playwright.sync_api import sync_playwright

    folder.mkdir(parents=True, exist_ok=True)
    written = []
    with TemporaryDirectory() as place, sync_playwright() as playwright:
        file = Path(place) / "page.html"
        file.write_bytes(page)
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
        for view in wanted:
            context = browser.new_context(
                viewport={"width": view.size[0], "height": view.size[1]},
                color_scheme="dark" if view.scheme == "dark" else "light",
                reduced_motion="reduce",
            )
            tab = context.new_page()
            tab.goto(file.as_uri() + view.address)
            tab.wait_for_function("() => document.documentElement.dataset.ready !== undefined")
            if view.click:
                tab.click(view.click)
            tab.wait_for_timeout(200)
            target = folder / f"{view.name}.png"
            tab.screenshot(path=target)
            written.append(target)
            context.close()
        browser.close()
    return written


def take_for_readme() -> None:
    wanted = [View(f"page-{lang}", DESK, f"#lang={lang}") for lang in ("zh", "en")]
    for path in take(bundled_page(), wanted, ROOT / "docs" / "images"):
        size = path.stat().st_size
        print(f"{path.relative_to(ROOT)}  {size // 1024} KB")
        if size > PICTURE_BYTES:
            raise SystemExit(f"{path.name} is larger than {PICTURE_BYTES} bytes")


def main() -> None:
    sys.path.insert(0, str(ROOT))
    if "--readme" in sys.argv[1:]:
        take_for_readme()
        return
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else ROOT / "build" / "look"
    written = take(bundled_page(), list(views()), folder)
    written += take(reading_page(), list(reading_views()), folder)
    print(f"{len(written)} pictures in {folder}")


if __name__ == "__main__":
    main()
