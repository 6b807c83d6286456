"""Positions: every node once, no two on top of each other, the same every time."""

from __future__ import annotations

from itertools import pairwise
from random import Random

import pytest

from kg.page.layout import NARROW, WIDE, Layout, Shape, place_nodes
from kg.page.ordering import count_crossings, order_bands


def _case(size: int) -> tuple[list[list[str]], list[tuple[str, str]], dict[str, tuple[int, int]]]:
    chance = Random(size)
    counts = [max(1, size // share) for share in (12, 6, 30, 2, 8)]
    bands = [
        [f"{name}{n}" for n in range(count)] for name, count in zip("dtbmo", counts, strict=True)
    ]
    links = [
        (item, chance.choice(bands[chance.randrange(number + 1)]))
        for number, band in enumerate(bands)
        for item in band
        for _ in range(2)
    ]
    sizes = {item: (chance.choice((77, 122)), 42 + 16 * chance.randrange(4)) for item in bands[0]}
    return bands, links, sizes


@pytest.mark.parametrize("size", [1, 40, 300, 1000])
@pytest.mark.parametrize("shape", [WIDE, NARROW])
def test_every_node_has_a_place_inside_and_no_two_touch(size: int, shape: Shape) -> None:
    bands, links, sizes = _case(size)
    layout = place_nodes(bands, links, sizes=sizes, shape=shape)
    assert set(layout.spots) == {item for band in bands for item in band}
    boxes = sorted(_box(layout, item) for item in layout.spots)
    assert all(left >= 0 and right <= layout.width for left, right, _, _ in boxes)
    touching = [
        (a, b)
        for n, a in enumerate(boxes)
        for b in boxes[n + 1 : n + 60]
        if a[0] < b[1] and b[0] < a[1] and a[2] < b[3] and b[2] < a[3]
    ]
    assert touching == []
    assert all(
        layout.boxes[item][0] >= wide and layout.boxes[item][1] >= high
        for item, (wide, high) in sizes.items()
    )


def _box(layout: Layout, item: str) -> tuple[float, float, float, float]:
    x, y = layout.spots[item]
    across, down = layout.boxes.get(item, (15, 15))
    return x - across / 2, x + across / 2, y - down / 2, y + down / 2


def test_bands_stand_below_each_other_in_the_order_given() -> None:
    bands, links, sizes = _case(300)
    layout = place_nodes(bands, links, sizes=sizes)
    assert all(bottom < top for (_, bottom), (top, _) in pairwise(layout.bands))
    for band, (top, bottom) in zip(bands, layout.bands, strict=True):
        assert all(top <= layout.spots[item][1] <= bottom for item in band)


def test_a_set_stands_above_its_members_and_a_circle_ends() -> None:
    bands = [["d1", "d2", "d3"], ["set", "a", "b", "x", "y"]]
    links = [("a", "set"), ("b", "set"), ("x", "y"), ("y", "x")]
    layout = place_nodes(bands, links, sizes={})
    assert layout.spots["set"][1] < min(layout.spots["a"][1], layout.spots["b"][1])
    assert set(layout.spots) == {"d1", "d2", "d3", "set", "a", "b", "x", "y"}


def test_ordering_never_makes_more_crossings_than_there_were() -> None:
    for size in (20, 80, 200):
        bands, links, _ = _case(size)
        ordered = order_bands(bands, links)
        assert [sorted(band) for band in ordered] == [sorted(band) for band in bands]
        assert count_crossings(ordered, links) <= count_crossings(bands, links)


def test_crossings_are_counted_as_by_hand() -> None:
    bands = [["d1", "d2", "d3"], ["m1", "m2", "m3"]]
    links = [("m1", "d3"), ("m2", "d2"), ("m3", "d1"), ("m1", "d1")]
    assert count_crossings(bands, links) == 3


def test_the_same_input_gives_the_same_places() -> None:
    bands, links, sizes = _case(120)
    assert place_nodes(bands, links, sizes=sizes) == place_nodes(bands, links, sizes=sizes)
