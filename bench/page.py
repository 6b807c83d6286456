"""How soon the page is there and how smoothly it moves, next to stock pyvis, in one run.

    .venv/bin/python bench/page.py [--write] [NODES ...]     # 100 1000 5000 20000 unless given

Synthetic graphs: each thing with two mentions and three links. Both pages hold the same
nodes and links, are opened from disk in the same headless Chromium without a graphics card,
in turn, and all network is refused. Stock pyvis is what `Network.generate_html` gives, with
its physics; it counts as there when its layout has settled, and is given 120 seconds.
--write puts the table into docs/page-bench.md.
"""

from __future__ import annotations

import os
import platform
import statistics
import sys
import time
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from kg.analysis.coverage import find_coverage  # noqa: E402
from kg.analysis.rules import find_gaps  # noqa: E402
from kg.graph.build import build_graph  # noqa: E402
from kg.model import BANDED_KINDS, Dataset  # noqa: E402
from kg.page.html import build_page  # noqa: E402
from kg.sources.registry import read_source  # noqa: E402
from tests.unit.page.wide import build_wide  # noqa: E402

CHROMIUM = "/usr/bin/chromium"
ARGUMENTS = [
    *("--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run"),
    *("--disable-background-networking", "--disable-component-update", "--disable-sync"),
]
SIZES = (100, 1_000, 5_000, 20_000)
BANDED_IN_COUNTY = 38
RUNS = 5
STOCK_SECONDS = 120
STOCK_MOST = 5_000  # beyond that it does not settle within the time either

# The time of the first complete drawing: two frames after the page says that it is ready.
OURS_THERE = """
const watch = new MutationObserver(() => {
  if (document.documentElement?.dataset.ready === undefined) return;
  watch.disconnect();
  requestAnimationFrame(() => requestAnimationFrame(() => { window.there = performance.now(); }));
});
watch.observe(document, { subtree: true, attributes: true, childList: true });
"""
STOCK_THERE = """
const look = setInterval(() => {
  if (typeof network === "undefined" || !network?.once) return;
  clearInterval(look);
  const twoFramesLater = (run) => requestAnimationFrame(() => requestAnimationFrame(run));
  const arrive = () => twoFramesLater(() => { window.there = performance.now(); });
  network.once("stabilizationIterationsDone", arrive);
}, 5);
"""
FRAMES = """(move) => new Promise((done) => {
  const times = [];
  let last = 0;
  let step = 0;
  const frame = (now) => {
    if (last) times.push(now - last);
    last = now;
    step += 1;
    if (step > 180) { done(times); return; }
    if (step % 3) move(step % 60 < 30 ? 6 : -6, 4, 1);
    else move(0, 0, step % 60 < 30 ? 1.02 : 1 / 1.02);
    requestAnimationFrame(frame);
  };
  requestAnimationFrame(frame);
})"""
OURS_MOVE = """(x, y, factor) => {
  if (factor === 1) window.kgPage.panBy(x, y); else window.kgPage.zoomBy(factor, false);
}"""
STOCK_MOVE = """(x, y, factor) => {
  const at = network.getViewPosition();
  network.moveTo({ position: { x: at.x + x, y: at.y + y }, scale: network.getScale() * factor });
}"""


@dataclass
class Measured:
    """What was found for one size; times in milliseconds, `None` where it was not reached."""

    nodes: int
    size: int
    ours: float
    frame: float
    stock: float | None = None
    stock_frame: float | None = None
    build: float = 0.0


def page_of(dataset: Dataset) -> bytes:
    graph = build_graph(dataset)
    return build_page(dataset, find_coverage(graph), find_gaps(graph))


def stock_page_of(dataset: Dataset) -> str:
    from pyvis.network import Network

    network = Network(directed=True, cdn_resources="in_line")
    drawn = {node.id for node in dataset.nodes if node.kind in BANDED_KINDS}
    for node in dataset.nodes:
        if node.id in drawn:
            network.add_node(node.id, label=node.zh)
    for link in dataset.links:
        if link.source in drawn and link.target in drawn:
            network.add_edge(link.source, link.target)
    html: str = network.generate_html()
    return html


def open_page(browser: Any, file: Path, script: str, seconds: float) -> tuple[Any, float | None]:
    from playwright.sync_api import TimeoutError as NotThere

    context = browser.new_context(viewport={"width": 1280, "height": 800})
    page = context.new_page()
    page.route("http*://**/*", lambda route: route.abort())
    page.add_init_script(script)
    page.goto(file.as_uri(), wait_until="commit")
    try:
        page.wait_for_function("() => window.there !== undefined", timeout=seconds * 1000)
    except NotThere:
        return page, None
    return page, float(page.evaluate("() => window.there"))


def worst_frames(page: Any, move: str) -> float:
    times = page.evaluate(f"() => ({FRAMES})({move})")
    return float(statistics.quantiles(times, n=20)[-1])


def measure(browser: Any, folder: Path, size: int) -> Measured:
    dataset = build_wide(max(1, round(size / BANDED_IN_COUNTY)))
    begin = time.perf_counter()
    content = page_of(dataset)
    built = time.perf_counter() - begin
    ours_file, stock_file = folder / f"ours-{size}.html", folder / f"stock-{size}.html"
    ours_file.write_bytes(content)
    ours, frames = [], []
    stock = stock_frame = None
    if size <= STOCK_MOST:
        stock_file.write_text(stock_page_of(dataset), encoding="utf-8")
    for run in range(RUNS):
        page, there = open_page(browser, ours_file, OURS_THERE, 60)
        if there is None:
            raise SystemExit(f"the page of {size} nodes was not there within a minute")
        ours.append(there)
        frames.append(worst_frames(page, OURS_MOVE))
        page.context.close()
        if run == 0 and size <= STOCK_MOST:  # once, in between: it takes long
            page, stock = open_page(browser, stock_file, STOCK_THERE, STOCK_SECONDS)
            stock_frame = None if stock is None else worst_frames(page, STOCK_MOVE)
            page.context.close()
    count = sum(node.kind in BANDED_KINDS for node in dataset.nodes)
    return Measured(
        count,
        len(content),
        statistics.median(ours),
        statistics.median(frames),
        stock,
        stock_frame,
        built,
    )


def seconds_while_network_hangs(browser: Any, folder: Path) -> float:
    """The page of the bundled ledger, every http request held open until it is usable."""
    file = folder / "bundled.html"
    file.write_bytes(page_of(read_source().dataset))
    context = browser.new_context(viewport={"width": 1280, "height": 800})
    page = context.new_page()
    held: list[Any] = []

    def hold(route: Any) -> None:
        held.append(route)

    page.route("http*://**/*", hold)
    begin = time.perf_counter()
    page.goto(file.as_uri(), wait_until="commit")
    page.wait_for_function("() => document.documentElement.dataset.ready !== undefined")
    page.locator("button.cell").first.click()
    page.wait_for_selector("#panelname")
    taken = time.perf_counter() - begin
    for route in held:
        route.abort()
    context.close()
    return taken


def milliseconds(found: float | None) -> str:
    return f"over {STOCK_SECONDS},000" if found is None else f"{found:,.0f}"


def table(found: list[Measured], usable: float) -> str:
    rows = [
        "| nodes | page, ms | stock pyvis, ms | ratio | page, frame ms (p95) "
        "| stock, frame ms (p95) | size, KB | built in s |",
        "|---:|---:|---:|---:|---:|---:|---:|---:|",
    ]
    for each in found:
        tried = each.nodes <= STOCK_MOST * 1.1
        stock = milliseconds(each.stock) if tried else "not tried"
        ratio = f"1/{each.stock / each.ours:,.0f}" if each.stock else ("below" if tried else "")
        frame = "" if each.stock_frame is None else f"{each.stock_frame:.1f}"
        if ratio == "below":
            ratio = f"below 1/{STOCK_SECONDS * 1000 / each.ours:,.0f}"
        rows.append(
            f"| {each.nodes:,} | {each.ours:,.0f} | {stock} | {ratio} | {each.frame:.1f} "
            f"| {frame} | {each.size / 1024:,.0f} | {each.build:.1f} |"
        )
    by_size = {round(each.nodes, -3): each for each in found}
    notes = [f"A1: the page of the bundled ledger is usable after {usable:.2f} s while every "]
    notes[0] += "http request hangs (at most 2 s)."
    if 1_000 in by_size and 20_000 in by_size:
        growth = by_size[20_000].ours / by_size[1_000].ours
        notes.append(f"A5: 20,000 nodes take {growth:.1f} times as long as 1,000 (at most 3).")
    if 1_000 in by_size:
        one = by_size[1_000]
        if one.stock:
            share = f"1/{one.stock / one.ours:,.0f}"
            notes.append(f"A5: 1,000 nodes take {share} of stock pyvis (at most 1/20).")
        notes.append(
            f"A6: 95 % of frames at 1,000 nodes take at most {one.frame:.1f} ms "
            "(two refreshes of the screen, 33.3)."
        )
    return "\n".join(rows) + "\n\n" + "\n".join(f"- {note}" for note in notes) + "\n"


def machine() -> str:
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    return (
        f"{os.cpu_count()} processor cores ({platform.machine()}), {memory:.0f} GB of memory, "
        f"{platform.system()}, no graphics card; load before the run {os.getloadavg()[0]:.1f}"
    )


def main() -> None:
    from playwright.sync_api import sync_playwright

    sizes = [int(word) for word in sys.argv[1:] if word.isdigit()] or list(SIZES)
    where = machine()
    with TemporaryDirectory() as name, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
        version = browser.version
        usable = seconds_while_network_hangs(browser, Path(name))
        found = []
        for size in sizes:
            found.append(measure(browser, Path(name), size))
            print(found[-1], flush=True)
        browser.close()
    text = table(found, usable)
    print(text)
    if "--write" in sys.argv[1:]:
        head = (
            "# The page, measured\n\n"
            "Made by `python bench/page.py --write`: the time from opening the file to the "
            "first complete drawing (median of five), and the 95th percentile of the time "
            "between frames while the drawing is moved and zoomed; stock pyvis with its own "
            "physics and template in the same run, once. Each thing has two mentions and "
            "three links. Of a large graph the page opens with at most 400 things.\n\n"
            f"Machine: {where}, after it {os.getloadavg()[0]:.1f}. Chromium {version}, "
            "headless.\n\n"
        )
        (ROOT / "docs" / "page-bench.md").write_text(head + text, encoding="utf-8")


if __name__ == "__main__":
    main()
