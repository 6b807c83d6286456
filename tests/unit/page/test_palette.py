"""Whatever is written on the canvas stands out from its ground, in light and dark."""

from __future__ import annotations

import re
from importlib.resources import files

import pytest

SOURCE = files("kg.page").joinpath("static", "shapes.mjs").read_text(encoding="utf-8")
STYLE = files("kg.page").joinpath("static", "style.css").read_text(encoding="utf-8")
OKABE_ITO = {
    "directive": "#0072B2",
    "strategy": "#56B4E9",
    "battle": "#CC79A7",
    "measure": "#009E73",
    "outcome": "#E69F00",
}


def palette(scheme: str) -> dict[str, str]:
    block = SOURCE.split(f"  {scheme}: {{")[1].split("},")[0]
    return dict(re.findall(r'(\w+): "(#[0-9A-Fa-f]{6})"', block))


def contrast(one: str, other: str) -> float:
    lighter, darker = sorted((_light(one), _light(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def _light(colour: str) -> float:
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.03928 else ((c + 0.055) / 1.055) ** 2.4 for c in parts]
    return sum(c * w for c, w in zip(linear, (0.2126, 0.7152, 0.0722), strict=True))


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_text_on_the_canvas_has_a_contrast_of_at_least_4_5(scheme: str) -> None:
    found = palette(scheme)
    pairs = [(word, "paper") for word in ("ink", "soft", "gap")]
    pairs += [("ink", "strip"), ("gap", "strip"), ("onfill", "directive"), ("paper", "gap")]
    faint = {pair: contrast(*(found[name] for name in pair)) for pair in pairs}
    assert {pair: ratio for pair, ratio in faint.items() if ratio < 4.5} == {}


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_lines_and_outlines_have_a_contrast_of_at_least_3(scheme: str) -> None:
    found = palette(scheme)
    names = ("line", "faint", "outline", "gapline", "chosen")
    assert [name for name in names if contrast(found[name], found["paper"]) < 3] == []


def test_the_kinds_have_the_colours_of_okabe_and_ito_on_the_canvas_and_in_the_legend() -> None:
    assert {kind: palette("light")[kind] for kind in OKABE_ITO} == OKABE_ITO
    for scheme in ("light", "dark"):
        for kind in OKABE_ITO:
            assert f"--{kind}: {palette(scheme)[kind].lower()};" in STYLE
