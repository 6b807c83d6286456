"""What falls with a passage, and what an impact says of it."""

from __future__ import annotations

from dataclasses import replace

import pytest

from kg.analysis.impact import fall_of, find_impact
from kg.analysis.named import find_named
from kg.analysis.removal import (
    Removal,
    fall_of_mentions,
    find_standing,
    mentions_in,
    without,
)
from kg.model import (
    BASES,
    NOT_STATED,
    Basis,
    Dataset,
    Kind,
    Link,
    Mention,
    Node,
    Relation,
    Role,
    Stance,
)

S, E, P, R = BASES


def said(item: str, start: int, role: Role = Role.WHOLE) -> Mention:
    return Mention(item, "s1", start, start + 4, "四字相同", role=role)


def dataset(basis: Basis, *own: Mention, measure: tuple[Mention, ...] = ()) -> Dataset:
    """m → d by one link with its mentions; d stands at 0."""
    return Dataset(
        (
            Node("d", Kind.DIRECTIVE, mentions=(said("d", 0),)),
            Node("m", Kind.MEASURE, mentions=measure),
        ),
        (Link("l", "m", Relation.ADDRESSES, "d", basis, mentions=own),),
    )


def fallen(data: Dataset, start: int, end: int) -> tuple[tuple[str, ...], tuple[str, ...]]:
    removal = fall_of(data, span=("s1", start, end))
    return removal.nodes, removal.links


STATED = (said("l", 10, Role.SOURCE), said("l", 20, Role.CUE), said("l", 30, Role.TARGET))
ECHOED = (said("l", 10, Role.SOURCE), said("l", 30, Role.TARGET), said("l", 50, Role.TARGET))


def test_a_thing_falls_with_its_last_mention_and_its_links_with_it() -> None:
    both = (said("m", 100), said("m", 200))
    assert fallen(dataset(S, *STATED, measure=both), 100, 104) == ((), ())
    assert fallen(dataset(S, *STATED, measure=both[:1]), 100, 104) == (("m",), ("l",))


@pytest.mark.parametrize(("start", "falls"), [(10, True), (20, True), (30, True), (40, False)])
def test_a_stated_link_falls_with_its_only_cue_or_end(start: int, falls: bool) -> None:
    assert fallen(dataset(S, *STATED), start, start + 4) == ((), ("l",) if falls else ())


def test_an_echo_stands_while_two_places_still_share_a_run() -> None:
    assert fallen(dataset(E, *ECHOED), 30, 34) == ((), ())
    assert fallen(dataset(E, *ECHOED), 30, 54) == ((), ("l",))


def test_a_reading_stands_while_any_of_its_mentions_does() -> None:
    assert fallen(dataset(R, *ECHOED), 30, 54) == ((), ())
    assert fallen(dataset(R, *ECHOED), 10, 54) == ((), ("l",))


def test_a_link_that_claimed_too_much_falls_with_its_last_mention() -> None:
    own = (STATED[0], STATED[2])
    assert fallen(dataset(S, *own), 30, 34) == ((), ())
    assert fallen(dataset(S, *own), 10, 34) == ((), ("l",))


def test_what_never_had_a_mention_stands() -> None:
    assert fallen(dataset(S), 0, 4) == (("d",), ("l",))
    bare = Dataset((Node("d", Kind.DIRECTIVE), Node("m", Kind.MEASURE)), dataset(S).links)
    assert fallen(bare, 0, 1000) == ((), ())


def test_counter_evidence_supports_nothing() -> None:
    against = replace(said("m", 200), stance=Stance.AGAINST)
    assert fallen(dataset(S, *STATED, measure=(said("m", 100), against)), 100, 104) == (
        ("m",),
        ("l",),
    )


def test_a_link_under_a_heading_falls_when_the_target_is_no_longer_in_it() -> None:
    target = (said("t", 0), said("t", 90))
    heading = Mention("l", "s1", 0, 12, role=Role.HEADING)
    nodes = (Node("m", Kind.MEASURE), Node("t", Kind.STRATEGY, mentions=target))
    own = (heading, said("l", 30, Role.SOURCE))
    data = Dataset(nodes, (Link("l", "m", Relation.IMPLEMENTS, "t", S, mentions=own),))
    standing = find_standing(data)
    assert fall_of_mentions(standing, [target[0]]).links == ("l",)
    assert fall_of_mentions(standing, [target[1]]).links == ()


def test_a_span_takes_the_mentions_it_touches() -> None:
    data = dataset(S, *STATED)
    assert mentions_in(data, "s1", 13, 14) == (STATED[0],)
    assert mentions_in(data, "s1", 14, 20) == ()
    assert mentions_in(data, "s2", 0, 99) == ()


def test_nobody_is_said_to_lead_by_an_id_that_is_gone() -> None:
    node = Node("m", Kind.MEASURE, lead="org1 org2", responsible="org1")
    data = Dataset((node, Node("org1", Kind.ORGANISATION), Node("org2", Kind.ORGANISATION)))
    left = without(data, Removal(nodes=("org1",)))
    assert (left.nodes[0].lead, left.nodes[0].responsible) == ("org2", NOT_STATED)


def test_an_impact_tells_levels_gaps_and_what_serves_nothing_any_more() -> None:
    nodes = (
        Node("d", Kind.DIRECTIVE),
        Node("m", Kind.MEASURE),
        Node("o", Kind.OUTCOME),
    )
    links = (
        Link("l1", "m", Relation.ADDRESSES, "d", E),
        Link("l2", "o", Relation.RESULT_OF, "m", S),
    )
    data = Dataset(nodes, links)
    impact = find_impact(data, fall_of(data, item="m"))
    assert impact.removal == Removal(("m",), ("l1", "l2"))
    assert [(c.directive, c.basis, c.rungs) for c in impact.changes] == [
        *(("d", S, 0), ("d", E, 4), ("d", P, 4), ("d", R, 4)),
    ]
    assert impact.stranded == ("o",)
    assert impact.opened == (
        *(("KG101", "d", basis) for basis in (E, P, R)),
        *(("KG103", "d", basis) for basis in (E, P, R)),
        ("KG401", "o", None),
    )
    assert impact.closed == tuple(("KG107", "d", basis) for basis in (E, P, R))
    assert [impact.before[basis].with_measure for basis in BASES] == [0, 1, 1, 1]
    assert [impact.after[basis].with_measure for basis in BASES] == [0, 0, 0, 0]


def test_what_carries_nothing_has_no_impact() -> None:
    data = dataset(S, *STATED)
    impact = find_impact(data, fall_of(data, span=("s1", 60, 70)))
    assert (impact.removal, impact.changes, impact.opened) == (Removal(), (), ())


def test_a_name_may_be_given_in_full_in_part_or_in_another_width() -> None:
    nodes = (
        Node("m1", Kind.MEASURE, "“三高四新”战略", "Three highs"),
        Node("m2", Kind.MEASURE, "“三高四新”战略的落实", "Carry out the three highs"),
    )
    data = Dataset(nodes)
    assert find_named(data, "“三高四新”战略") == ("m1",)
    assert find_named(data, "三高四新") == ("m1", "m2")
    assert find_named(data, "THREE  carry") == ("m2",)
    assert find_named(data, "ｔhree highs") == ("m1",)
    assert find_named(data, "三高\u200b四新 落实") == ("m2",)
    assert find_named(data, data.iri("m2")) == ("m2",)
    assert find_named(data, data.base_iri + "x") == find_named(data, " ") == ()
