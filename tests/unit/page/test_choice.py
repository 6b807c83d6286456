"""Which things are on a page: all, a chain, some kinds, or as many as it holds."""

from __future__ import annotations

from typing import Any

import pytest

from kg.analysis.coverage import find_coverage
from kg.analysis.rules import find_gaps
from kg.graph.build import build_graph
from kg.model import BANDED_KINDS, Dataset, Kind
from kg.page import choice
from kg.page.choice import choose_part, hold
from kg.page.data import Opening, build_data, choose_layout
from tests.page.county import build_county

COUNTY = build_county()


def _ids(*kinds: Kind) -> set[str]:
    return {node.id for node in COUNTY.nodes if node.kind in kinds}


def test_without_a_choice_all_banded_things_and_organisations_are_drawn() -> None:
    part = choose_part(COUNTY)
    assert part.drawn == _ids(*BANDED_KINDS, Kind.ORGANISATION)
    assert (part.shown, part.total, part.is_cut) == (38, 38, False)


def test_focus_takes_the_chain_up_and_down_and_who_does_it() -> None:
    part = choose_part(COUNTY, focus="m04")
    assert part.drawn == {"m04", "t03", "t01", "d02", "o06", "org02"}
    assert (part.shown, part.total) == (5, 38)


@pytest.mark.parametrize(
    ("depth", "expected"),
    [(0, {"b02"}), (1, {"b02", "t03", "m12", "m13", "o03", "o04"})],
)
def test_depth_counts_steps_from_the_focus(depth: int, expected: set[str]) -> None:
    part = choose_part(COUNTY, focus="b02", depth=depth)
    assert {item for item in part.drawn if not item.startswith("org")} == expected


def test_depth_alone_counts_down_from_the_directives() -> None:
    assert choose_part(COUNTY, depth=0).drawn == _ids(Kind.DIRECTIVE)
    first = choose_part(COUNTY, depth=1).drawn
    assert "m01" in first and "b01" not in first


def test_the_focus_may_be_an_organisation() -> None:
    part = choose_part(COUNTY, focus="org02", depth=1)
    assert part.drawn == {"m04", "org02"}


def test_only_kinds_that_are_asked_for_are_drawn() -> None:
    part = choose_part(COUNTY, kinds=(Kind.DIRECTIVE, Kind.STRATEGY))
    assert part.drawn == _ids(Kind.DIRECTIVE, Kind.STRATEGY)
    assert part.kinds == (Kind.DIRECTIVE, Kind.STRATEGY)
    assert choose_part(COUNTY, kinds=(Kind.ORGANISATION,)).drawn == set()


def test_an_id_that_nothing_has_is_an_error() -> None:
    with pytest.raises(KeyError):
        choose_part(COUNTY, focus="nobody")


def test_what_is_too_much_is_cut_directives_first_in_the_order_of_ids() -> None:
    part = choose_part(COUNTY, most=9)
    assert {item for item in part.drawn if not item.startswith("org")} == {
        *(f"d0{n}" for n in range(1, 8)),
        *("t01", "t02"),
    }
    assert (part.shown, part.total, part.is_cut) == (9, 38, True)


def test_what_a_page_can_hold_it_holds_in_full() -> None:
    assert hold(COUNTY, choose_part(COUNTY, focus="m04")) is COUNTY


def test_a_data_set_that_is_too_large_is_held_as_far_as_it_is_drawn(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(choice, "MOST_NODES", 20)
    part = choose_part(COUNTY, focus="m04", most=20)
    held = hold(COUNTY, part)
    assert {node.id for node in held.nodes} == {"m04", "t03", "t01", "d02", "o06", "org02"}
    assert {link.id for link in held.links} == {"l02", "l07", "l16", "l34", "l92"}
    data = _data(COUNTY, held, part)
    assert [row["id"] for row in data["coverage"]["rows"]] == ["d02"]
    assert data["coverage"]["summary"]["stated"] == [4, 1]  # of the whole data set
    assert {data["nodes"][row[1]]["id"] for row in data["findings"]} <= part.drawn
    assert data["part"]["shown"] == 5


def _data(whole: Dataset, held: Dataset, part: choice.Part) -> dict[str, Any]:
    graph = build_graph(whole)
    assert held is not whole
    return build_data(
        whole,
        find_coverage(graph),
        find_gaps(graph),
        layout=choose_layout(whole, part=part, lang="zh"),
        part=part,
        opening=Opening("zh"),
    )
