"""The corners of §2.6 and §2.8 as small graphs, so that the oracle is itself held to the text."""

from __future__ import annotations

from .chains import BASES, Json
from .graphs import graph_of
from .reading import coverage, gaps

ALL = list(BASES)


def row(graph: Json, directive: str, *, include_prior: bool = False) -> Json:
    rows: list[Json] = coverage(graph, include_prior=include_prior)["directives"]
    return next(each for each in rows if each["id"] == directive)


def found(graph: Json, code: str, *, as_of: str | None = None) -> list[tuple[str, object]]:
    return [(gap["id"], gap["open"]) for gap in gaps(graph, as_of=as_of) if gap["code"] == code]


def test_a_set_of_measures_counts_as_a_measure_for_the_general_rule() -> None:
    graph = graph_of(
        """
        m partOf ms stated
        ms addresses d stated general
        s addresses D stated general
        t partOf s stated
        """,
        ms={"set": True, "status": "planned"},
        s={"set": True},
    )
    assert row(graph, "d")["level"]["positional"] == "none"
    assert row(graph, "d")["level"]["interpreted"] == "measure"
    assert row(graph, "D")["level"]["stated"] == "strategy"
    assert row(graph, "D")["chain"]["interpreted"]["ids"] == ["s", "D"]


def test_a_set_reached_as_the_target_of_implements_keeps_its_basis_also_in_mid_chain() -> None:
    graph = graph_of(
        """
        b partOf bs stated
        m implements bs stated
        bs partOf b2 stated
        b2 addresses d stated
        """,
        bs={"set": True},
        b2={"set": True},
    )
    assert row(graph, "d")["measures"]["stated"] == 0
    assert row(graph, "d")["measures"]["interpreted"] == 1
    assert row(graph, "d")["level"]["stated"] == "strategy"


def test_a_set_that_is_never_unfolded_counts_as_the_one_thing_it_is() -> None:
    graph = graph_of(
        """
        ms addresses d stated
        n partOf ms stated superseded
        """,
        ms={"set": True, "announced": 4},
    )
    assert row(graph, "d")["measures"]["stated"] == 1
    assert found(graph, "KG205") == [("ms", None)]
    assert found(graph, "KG204") == []


def test_only_the_links_inside_a_circle_of_legs_are_dropped() -> None:
    graph = graph_of(
        """
        A partOf B stated
        B partOf A stated
        C partOf B stated
        B partOf D stated
        m addresses C stated
        """
    )
    assert {each: row(graph, each)["parent"] for each in "ABCD"} == {
        "A": None,
        "B": "D",
        "C": "B",
        "D": None,
    }
    assert row(graph, "D")["level"]["stated"] == "measure"
    assert row(graph, "D")["chain"]["stated"] == {"ids": ["m", "C"], "links": ["l5"]}
    assert row(graph, "A")["level"]["interpreted"] == "none"


def test_a_circle_of_legs_leaves_membership_of_a_set_as_it_is() -> None:
    graph = graph_of(
        """
        A partOf D stated
        D partOf A stated
        A partOf A stated
        """,
        A={"set": True, "announced": 2},
        D={"set": True, "announced": 1},
    )
    assert row(graph, "D")["legs"]["total"] == 0
    assert found(graph, "KG204") == [("A", None)]
    assert found(graph, "KG205") == []


def test_an_outcome_reached_through_a_leg_is_judged_against_the_date_of_the_leg() -> None:
    graph = graph_of(
        """
        A partOf D stated
        o resultOf m stated
        m addresses A stated
        """,
        o={"period": "2020"},
        A={"date": "2020-06"},
        D={"date": "2021"},
    )
    assert row(graph, "D")["level"]["stated"] == "outcome"
    assert row(graph, "D")["outcomes"]["stated"] == 1
    assert row(graph, "D")["prior"] == []
    assert found(graph, "KG404") == []


def test_a_prior_outcome_counts_where_it_is_asked_for_and_stays_a_finding() -> None:
    graph = graph_of(
        """
        o resultOf t stated
        t addresses d stated
        """,
        o={"period": "2020/2021-08", "value": 0, "unit": "case"},
        d={"date": "2021-09"},
    )
    assert row(graph, "d")["level"]["stated"] == "strategy"
    assert row(graph, "d", include_prior=True)["level"]["stated"] == "figure"
    assert row(graph, "d", include_prior=True)["prior"] == ["o"]
    assert found(graph, "KG404") == [("o", None)]


def test_an_interval_that_only_touches_the_beginning_of_a_directive_is_not_prior() -> None:
    graph = graph_of(
        """
        o resultOf t stated
        t addresses d stated
        """,
        o={"period": "2021-08/2021-09"},
        d={"date": "2021-09-30"},
    )
    assert row(graph, "d")["prior"] == []


def test_the_chain_is_the_strongest_then_the_shortest_then_of_the_smallest_ids() -> None:
    graph = graph_of(
        """
        m9 addresses d echoed
        m10 implements t stated
        t addresses d stated
        m10 addresses d interpreted
        m2 implements t stated
        m10 implements t stated
        """
    )
    assert row(graph, "d")["chain"]["interpreted"] == {
        "ids": ["m10", "t", "d"],
        "links": ["l2", "l3"],
    }


def test_the_chain_of_a_whole_is_that_of_the_best_of_its_least_covered_legs() -> None:
    graph = graph_of(
        """
        A partOf D stated
        B partOf D stated
        C partOf D stated
        m1 addresses A interpreted
        m2 addresses B stated
        m3 addresses C stated
        o resultOf m3 stated
        """
    )
    assert row(graph, "D")["level"]["interpreted"] == "measure"
    assert row(graph, "D")["chain"]["interpreted"]["ids"] == ["m2", "B"]
    assert row(graph, "D")["chain"]["stated"] is None


def test_a_lower_directive_is_an_item_and_passes_on_its_measures_but_not_its_legs() -> None:
    graph = graph_of(
        """
        B addresses D stated
        m addresses B echoed
        A partOf B stated
        n addresses A stated
        """
    )
    assert row(graph, "D")["level"] == dict(
        zip(BASES, ("strategy", "measure", "measure", "measure"), strict=True)
    )
    assert row(graph, "D")["measures"]["interpreted"] == 1
    assert row(graph, "B")["measures"]["interpreted"] == 2


def test_every_leg_planned_at_least_makes_the_whole_only_planned() -> None:
    graph = graph_of(
        """
        A partOf D stated
        B partOf D stated
        m addresses A stated
        n addresses B stated
        """,
        n={"status": "planned"},
    )
    assert found(graph, "KG102") == [("B", ALL), ("D", ALL)]
    assert found(graph, "KG101") == []
    assert found(graph, "KG106") == [("D", ALL)]


def test_one_measure_under_every_leg_alone_is_a_whole_by_exactly_one() -> None:
    graph = graph_of(
        """
        A partOf D stated
        m addresses A stated
        n addresses A positional
        """
    )
    assert found(graph, "KG107") == [("A", ["stated", "echoed"]), ("D", ["stated", "echoed"])]


def test_a_measure_has_the_outcomes_of_its_parts_and_of_nothing_that_implements_it() -> None:
    graph = graph_of(
        """
        m2 partOf m stated
        o resultOf m2 echoed
        n implements m1 stated
        o1 resultOf n stated
        """,
        m2={"status": "planned"},
    )
    assert found(graph, "KG302") == [
        ("m", ["stated"]),
        ("m1", ALL),
        ("m2", ["stated"]),
    ]
    assert found(graph, "KG405") == [("o", None)]


def test_a_battle_needs_an_outcome_that_would_raise_a_level() -> None:
    graph = graph_of(
        """
        o resultOf m stated
        m implements b stated
        """,
        m={"status": "planned"},
    )
    assert found(graph, "KG202") == [("b", ALL)]
    assert found(graph, "KG203") == [("b", ALL)]
    assert found(graph, "KG302") == []


def test_an_actor_is_a_live_link_or_a_name() -> None:
    graph = graph_of(
        """
        m1 performedBy x stated withdrawn
        m2 performedBy x stated
        """,
        x={"kind": "organisation"},
        m3={"lead": "x"},
        m4={"lead": "not-stated", "responsible": None, "concreteness": "slogan"},
    )
    assert found(graph, "KG303") == [("m1", None), ("m4", None)]
    assert found(graph, "KG304") == [("m4", None)]


def test_a_plan_is_overdue_when_its_interval_has_ended_before_the_day() -> None:
    graph = graph_of(
        "m addresses d stated",
        m={"status": "planned", "due": "2021-06"},
        m1={"status": "done", "due": "2020"},
        m2={"status": "planned", "due": "not-stated"},
    )
    assert found(graph, "KG305") == []
    assert found(graph, "KG305", as_of="2021-06-30") == []
    assert found(graph, "KG305", as_of="2021-07-01") == [("m", None)]


def test_what_an_outcome_leaves_open_is_told_apart() -> None:
    graph = graph_of(
        "o4 partOf o4 stated",
        o1={"value": 94, "unit": "percent", "period": "not-stated"},
        o2={"value": 94, "unit": "not-stated", "period": "not-stated"},
        o3={"outcome_type": "award", "issuer": "not-stated"},
        o4={"set": True, "announced": 1},
    )
    assert found(graph, "KG401") == [("o1", None), ("o2", None), ("o3", None), ("o4", None)]
    assert found(graph, "KG402") == [("o1", None)]
    assert found(graph, "KG403") == [("o3", None)]
    assert found(graph, "KG205") == [("o4", None)]
