"""What the page knows is what the data set says: nothing guessed, nothing lost, each word once."""

from __future__ import annotations

from typing import Any

from kg.model import BASES, Basis, QuoteStatus
from kg.page.choice import choose_part
from kg.page.data import Opening, build_data, choose_layout
from kg.page.rows import FIGURE_FIELDS, MEASURE_FIELDS
from tests.page.county import build_county, judge


def _data(lang: str = "zh", **statuses: Any) -> dict[str, Any]:
    county = build_county()
    part = choose_part(county)
    return build_data(
        county,
        *judge(county),
        layout=choose_layout(county, part=part, lang=lang),
        part=part,
        opening=Opening(lang, Basis.STATED),
        quote_statuses=statuses.get("quote_statuses"),
    )


def _node(data: dict[str, Any], item: str) -> dict[str, Any]:
    found: dict[str, Any] = next(node for node in data["nodes"] if node["id"] == item)
    return found


def test_null_stays_null_and_not_stated_stays_not_stated() -> None:
    data = _data()
    figure = dict(zip(FIGURE_FIELDS, _node(data, "o04")["figure"], strict=True))
    assert (figure["target"], figure["baseline"], figure["issuer"]) == (
        None,
        "not-stated",
        "not-stated",
    )
    measure = _node(data, "m04")["measure"]
    assert dict(zip([*MEASURE_FIELDS, "target_group"], measure, strict=True)) == {
        "status": "done",
        "concreteness": "checkable",
        "programme": False,
        "actor_known": "stated",
        "lead": "org02",
        "responsible": "not-stated",
        "due": None,
        "target_group": "not-stated",
    }


def test_a_mention_knows_its_section_paragraph_and_quote_status() -> None:
    county = build_county()
    first, second = next(node for node in county.nodes if node.id == "d02").mentions
    data = _data(quote_statuses={first: QuoteStatus.EXACT})
    order = data["order"]["quote_status"]
    rows = _node(data, "d02")["mentions"]
    assert [order[row[3]] for row in rows] == ["exact", "unverified"]
    assert [data["spans"][row[0]] for row in rows] == [
        ("s1", first.start, first.end, first.quote, 1, "lead", 1),
        ("s1", second.start, second.end, second.quote, 0, "s1", 4),
    ]


def test_items_are_given_once_at_the_strongest_basis_at_which_they_count() -> None:
    county = build_county()
    coverage, _ = judge(county)
    ids = [node.id for node in county.nodes]
    for row in _data()["coverage"]["rows"]:
        cumulative: set[str] = set()
        for basis in BASES:
            cumulative |= {ids[item] for item in row["items"][basis.weakness]}
            assert sorted(cumulative) == list(coverage.row(row["id"]).at[basis].items)


def test_there_is_a_layout_for_each_shape_and_language_and_the_opening_one_is_the_networks() -> (
    None
):
    layouts = _data("en")["layouts"]
    assert {name: bool(layout["spots"]) for name, layout in layouts.items()} == {
        "wide-zh": True,
        "narrow-zh": True,
        "wide-en": False,
        "narrow-en": True,
    }


def test_both_languages_are_in_the_page_with_the_same_keys() -> None:
    words = _data()["words"]
    assert list(words["zh"]) == list(words["en"])
