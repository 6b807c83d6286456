"""The page unpacks its document into exactly what was put in, however small it was made."""

from __future__ import annotations

import json
from collections.abc import Callable
from importlib.resources import files
from typing import Any

import pytest
from playwright.sync_api import Browser

from kg.model import Basis, Dataset
from kg.page.choice import choose_part
from kg.page.compact import to_compact
from kg.page.data import Opening, build_data, choose_layout
from kg.page.html import to_script_json
from kg.page.network import build_network, to_drawing
from kg.sources.registry import read_source
from tests.page.county import build_county, judge
from tests.page.hostile import build_hostile
from tests.unit.page.wide import build_wide

pytestmark = pytest.mark.browser

UNPACK = files("kg.page").joinpath("static", "unpack.mjs").read_text(encoding="utf-8")


def _whole(dataset: Dataset) -> tuple[dict[str, Any], dict[str, Any]]:
    part = choose_part(dataset)
    layout = choose_layout(dataset, part=part, lang="zh")
    network = build_network(dataset.nodes, dataset.links, layout.spots)
    network.nodes = [node for node in network.nodes if not str(node["id"]).startswith("m02")]
    opening = Opening("zh", Basis.STATED)
    data = build_data(dataset, *judge(dataset), layout=layout, part=part, opening=opening)
    return data, to_drawing(network)


@pytest.mark.parametrize("name", ["county", "hostile", "wide", "ledger"])
def test_what_is_unpacked_is_what_was_packed(browser: Browser, name: str) -> None:
    datasets: dict[str, Callable[[], Dataset]] = {
        "county": build_county,
        "hostile": build_hostile,
        "wide": lambda: build_wide(4),
        "ledger": lambda: read_source().dataset,
    }
    data, drawing = _whole(datasets[name]())
    packed = to_script_json(to_compact(data, drawing))
    page = browser.new_page()
    page.add_script_tag(content=UNPACK.replace("export ", ""))
    unpacked = page.evaluate("(text) => unpackDocument(JSON.parse(text))", packed)
    page.close()
    plain = json.loads(to_script_json({**data, "drawing": drawing}))
    assert sorted(unpacked) == sorted(plain)
    for key, wanted in plain.items():
        assert unpacked[key] == wanted, key
    assert len(packed) < len(to_script_json(plain)) * 0.9
