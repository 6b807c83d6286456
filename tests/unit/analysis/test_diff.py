"""The bundled ledger against a made-up second version of it, and small graphs."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from pathlib import Path

import pytest

from kg.analysis.diff import (
    Changes,
    Fate,
    FieldChange,
    GapChange,
    RungChange,
    Tally,
    find_changes,
)
from kg.analysis.upkeep import evidence_digest, judge_upkeep, wording_digest
from kg.graph.build import build_graph
from kg.model import (
    BASES,
    Basis,
    Dataset,
    Finding,
    Kind,
    Link,
    LinkStatus,
    Mention,
    Node,
    Relation,
    Role,
    Rung,
    Stance,
)
from kg.sources.ledger import read_ledger
from kg.sources.upkeep import Review, Upkeep, Verdict
from tests.versions import REWORDED, write_second

LINKS_TO_D09 = ("l0185", "l0186", "l0532", "l0587", "l0610", "l0611")


@pytest.fixture(scope="module")
def second(tmp_path_factory: pytest.TempPathFactory) -> Dataset:
    reading = read_ledger(write_second(tmp_path_factory.mktemp("second")))
    assert reading.faults == ()
    return reading.dataset


@pytest.fixture(scope="module")
def changes(liling: Dataset, second: Dataset) -> Changes:
    return find_changes(build_graph(liling), build_graph(second))


def test_nodes_that_came_went_and_changed_are_told_apart(changes: Changes) -> None:
    assert [node.id for node in changes.nodes_added] == ["m900"]
    assert [node.id for node in changes.nodes_removed] == ["o21"]
    (reworded,) = changes.nodes_changed
    assert reworded.fields == (FieldChange("zh", "以治理创新筑牢社会根基", REWORDED),)


def test_links_say_what_became_of_them(changes: Changes) -> None:
    assert [link.id for link in changes.links_added] == ["l0900"]
    assert [link.id for link in changes.links_removed] == ["l0556", "l0557", "l0628", "l0648"]
    assert {change.new.id: change.fate for change in changes.links_changed} == {
        "l0124": Fate.WITHDRAWN,
        "l0130": Fate.BASIS_UP,
        "l0185": Fate.BASIS_DOWN,
    }
    (down,) = [change for change in changes.links_changed if change.new.id == "l0185"]
    assert down.fields == (FieldChange("basis", Basis.ECHOED, Basis.POSITIONAL),)


def test_mentions_are_compared_place_by_place(changes: Changes) -> None:
    removed = [change for change in changes.mentions if change.new is None]
    added = [change for change in changes.mentions if change.old is None]
    (moved,) = [change for change in changes.mentions if change.old and change.new]
    gone = [change.old for change in removed if change.item == "d09"]
    assert [mention.start for mention in gone if mention] == [581]
    assert [(change.item, change.new.quote) for change in added if change.new] == [
        ("l0900", "为此"),
        ("m900", "设立法治政府建设办公室"),
    ]
    assert moved.item == "t37"
    assert moved.old and moved.new and moved.new.start == moved.old.start + 7


def test_rungs_gained_and_lost_are_given_per_directive_and_basis(changes: Changes) -> None:
    stated, echoed, positional, interpreted = BASES
    assert changes.rungs == (
        *(RungChange("d12", basis, Rung.NONE, Rung.MEASURE) for basis in BASES),
        RungChange("d14", echoed, Rung.MEASURE, Rung.NONE),
        RungChange("d14", positional, Rung.MEASURE, Rung.NONE),
        RungChange("d14", interpreted, Rung.OUTCOME, Rung.STRATEGY),
        RungChange("d15", stated, Rung.NONE, Rung.MEASURE),
        RungChange("d15", echoed, Rung.NONE, Rung.MEASURE),
        RungChange("d15", positional, Rung.STRATEGY, Rung.MEASURE),
    )


def test_gaps_are_new_closed_or_open_at_other_bases(changes: Changes) -> None:
    def keys(gaps: tuple[Finding, ...]) -> list[str]:
        return [f"{gap.code} {gap.node}" for gap in gaps]

    assert keys(changes.gaps_new) == [
        *("KG107 d12", "KG107 d15", "KG302 m165", "KG302 m900", "KG303 m900"),
    ]
    assert keys(changes.gaps_closed) == [
        *("KG101 d12", "KG101 d15", "KG107 d14", "KG301 m027", "KG402 o21"),
    ]
    (worse, *_) = changes.gaps_changed
    assert (worse.new.code, worse.new.node) == ("KG101", "d14")
    assert (worse.old.open, worse.new.open) == (BASES[:1], BASES)


def test_a_reworded_directive_makes_every_live_link_to_it_suspect(changes: Changes) -> None:
    (found,) = changes.rewordings
    assert (found.new.id, found.suspect, found.confirmed) == ("d09", LINKS_TO_D09, ())
    assert found.digest == wording_digest(found.new)


def test_a_link_is_suspect_until_it_is_confirmed_for_the_new_wording(
    liling: Dataset, second: Dataset
) -> None:
    new = {node.id: node for node in second.nodes}["d09"]
    old = {node.id: node for node in liling.nodes}["d09"]
    confirmed = {
        "l0185": wording_digest(new)[:12],
        "l0186": wording_digest(old),
        "l0610": wording_digest(new).upper(),
        "l0611": wording_digest(new)[:11],
    }
    links = tuple(replace(one, confirmed=confirmed.get(one.id, "")) for one in second.links)
    second = replace(second, links=links)
    (found,) = find_changes(build_graph(liling), build_graph(second)).rewordings
    assert found.confirmed == ("l0185", "l0610")
    assert found.suspect == ("l0186", "l0532", "l0587", "l0611")
    # Without the old version, those are known that were confirmed for another wording.
    standing = judge_upkeep(second, Upkeep())
    assert [(gap.code, gap.node) for gap in standing.findings] == [
        ("KG503", "l0186"),
        ("KG503", "l0611"),
    ]


def test_a_version_does_not_differ_from_itself(liling: Dataset) -> None:
    graph = build_graph(liling)
    assert find_changes(graph, graph) == Changes(*((),) * 12, Tally(), Tally())


def test_passages_and_decisions_that_came_went_and_changed_are_counted(
    liling: Dataset, changes: Changes
) -> None:
    assert (changes.passages, changes.decisions) == (Tally(changed=1), Tally())
    first, *passages = liling.passages
    one, other, *decisions = liling.decisions
    new = replace(
        liling,
        passages=(replace(first, end=first.end - 1), *passages[:-1]),
        decisions=(replace(one, why="另有理由"), *decisions),
    )
    found = find_changes(build_graph(liling), build_graph(new))
    assert (found.passages, found.decisions) == (Tally(1, 2, 0), Tally(0, 1, 1))
    assert other.id not in {decision.id for decision in new.decisions}
    # Where a row stands in its table is no part of what it says.
    moved = replace(liling, passages=tuple(replace(p, place="x") for p in liling.passages))
    assert find_changes(build_graph(liling), build_graph(moved)).passages == Tally()


def test_the_other_way_round_everything_is_undone(
    liling: Dataset, second: Dataset, changes: Changes
) -> None:
    back = find_changes(build_graph(second), build_graph(liling))
    assert (back.nodes_added, back.nodes_removed) == (changes.nodes_removed, changes.nodes_added)
    assert (back.gaps_new, back.gaps_closed) == (changes.gaps_closed, changes.gaps_new)
    assert {change.new.id: change.fate for change in back.links_changed} == {
        "l0124": Fate.RESTORED,
        "l0130": Fate.BASIS_DOWN,
        "l0185": Fate.BASIS_UP,
    }
    assert back.rungs == tuple(
        RungChange(change.directive, change.basis, change.new, change.old)
        for change in changes.rungs
    )


def link(status: LinkStatus = LinkStatus.CURRENT, **settings: object) -> Dataset:
    nodes = (Node("d", Kind.DIRECTIVE, "甲"), Node("m", Kind.MEASURE, "乙"))
    made = Link("l", "m", Relation.ADDRESSES, "d", Basis.STATED, status=status)
    return Dataset(nodes, (replace(made, **settings),))  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("old", "new", "fate"),
    [
        (LinkStatus.CURRENT, LinkStatus.DISPUTED, Fate.OTHER),
        (LinkStatus.CURRENT, LinkStatus.SUPERSEDED, Fate.WITHDRAWN),
        (LinkStatus.WITHDRAWN, LinkStatus.DISPUTED, Fate.RESTORED),
        (LinkStatus.WITHDRAWN, LinkStatus.SUPERSEDED, Fate.OTHER),
    ],
)
def test_a_link_is_withdrawn_where_it_carries_no_more(
    old: LinkStatus, new: LinkStatus, fate: Fate
) -> None:
    (change,) = find_changes(build_graph(link(old)), build_graph(link(new))).links_changed
    assert change.fate is fate


def test_a_withdrawn_link_is_not_suspect_and_a_translation_is_no_rewording() -> None:
    old, new = link(), link(LinkStatus.WITHDRAWN)
    translated = replace(new, nodes=(replace(new.nodes[0], en="A"), new.nodes[1]))
    assert find_changes(build_graph(old), build_graph(translated)).rewordings == ()
    reworded = replace(new, nodes=(replace(new.nodes[0], zh="丙"), new.nodes[1]))
    (found,) = find_changes(build_graph(old), build_graph(reworded)).rewordings
    assert found.suspect == ()


def test_two_like_mentions_are_two() -> None:
    one = Mention("l", "s1", 3, 5, "同样", "x")
    old, new = link(mentions=(one, one)), link(mentions=(one,))
    (change,) = find_changes(build_graph(old), build_graph(new)).mentions
    assert (change.old, change.new) == (one, None)


def test_a_mention_that_changes_sides_is_a_change() -> None:
    one = Mention("l", "s1", 3, 5, "同样", "x")
    other = replace(one, stance=Stance.AGAINST)
    old, new = link(mentions=(one,)), link(mentions=(other,))
    (change,) = find_changes(build_graph(old), build_graph(new)).mentions
    assert (change.old, change.new) == (one, other)


def test_a_gap_that_is_open_elsewhere_is_the_same_gap() -> None:
    old, new = link(), link(basis=Basis.ECHOED)
    changes = find_changes(build_graph(old), build_graph(new))
    assert [gap.code for gap in changes.gaps_new] == ["KG101", "KG301"]
    (found,) = [gap for gap in changes.gaps_changed if gap.new.code == "KG107"]
    assert found == GapChange(
        Finding("KG107", "d", open=BASES, facts=found.old.facts),
        Finding("KG107", "d", open=BASES[1:], facts=found.new.facts),
    )


def test_a_review_is_stale_when_what_was_reviewed_changes() -> None:
    mention = Mention("l", "s1", 3, 5, "同样", "x", role=Role.CUE)
    dataset = link(mentions=(mention,))
    digest = evidence_digest(dataset.links[0])
    upkeep = Upkeep((Review("l", "李某", "2026-03-01", Verdict.UPHELD, digest[:12]),))
    assert judge_upkeep(dataset, upkeep).findings == ()
    moved = link(mentions=(replace(mention, start=103, end=105),))
    assert judge_upkeep(moved, upkeep).findings == ()
    for changed in (
        link(mentions=(replace(mention, digest="y"),)),
        link(mentions=(replace(mention, stance=Stance.AGAINST),)),
        link(mentions=(mention,), basis=Basis.ECHOED),
        link(mentions=(mention,), rationale="因为"),
    ):
        (found,) = judge_upkeep(changed, upkeep).findings
        assert (found.code, found.node) == ("KG504", "l")


def test_the_newest_review_of_a_link_counts() -> None:
    dataset = link()
    digest = evidence_digest(dataset.links[0])
    reviews = (
        Review("l", "B", "2026-05", Verdict.REJECTED, digest),
        Review("l", "A", "2026-03", Verdict.UPHELD, "0" * 64),
    )
    standing = judge_upkeep(dataset, Upkeep(reviews))
    assert [found.review.who for found in standing.reviews["l"]] == ["A", "B"]
    assert [found.stale for found in standing.reviews["l"]] == [True, False]
    assert (standing.newest["l"].review.who, standing.findings) == ("B", ())


def test_a_row_about_a_link_that_is_not_there_is_a_fault() -> None:
    review = Review("l9", "A", "2026", Verdict.UPHELD, "0" * 64, place="reviews.csv:2")
    assert judge_upkeep(link(), Upkeep((review,))).findings == (
        Finding("KG001", "l9", "reviews.csv:2", facts=(("id", "l9"),)),
    )


def test_the_digest_of_a_wording_is_the_one_that_the_guide_describes() -> None:
    name = Node("d", Kind.DIRECTIVE, "深化“平安” 建设\n", "Safety")
    assert wording_digest(name) == hashlib.sha256('"深化“平安”建设"'.encode()).hexdigest()
    unnamed = Node("d", Kind.DIRECTIVE, "", 'So called "grid" work')
    assert wording_digest(unnamed) == hashlib.sha256(rb'"Socalled\"grid\"work"').hexdigest()


def test_only_live_links_to_directives_that_somebody_confirmed_are_judged() -> None:
    def outdated(dataset: Dataset) -> list[str]:
        return [finding.node for finding in judge_upkeep(dataset, Upkeep()).findings]

    assert outdated(link(confirmed="0" * 64)) == ["l"]
    assert outdated(link()) == []
    assert outdated(link(LinkStatus.WITHDRAWN, confirmed="0" * 64)) == []
    assert outdated(link(target="m", confirmed="0" * 64)) == []
    assert outdated(link(target="d9", confirmed="0" * 64)) == []


def test_the_second_version_is_made_of_edits_and_nothing_else(tmp_path: Path) -> None:
    from kg.document import dataset_digest
    from kg.files import bundled
    from tests.versions import write_version

    copy = read_ledger(write_version(tmp_path)).dataset
    assert dataset_digest(copy) == dataset_digest(read_ledger(bundled("data", "liling")).dataset)
