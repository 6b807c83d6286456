"""Two curations in full: against hand-worked graphs, and the README of the Liling data."""

from __future__ import annotations

import random
import re
import sys
from collections import Counter
from pathlib import Path

import pytest

from kg.analysis.agree import Score, find_agreement, ordinal_alpha
from kg.analysis.disagree import (
    Comparison,
    Disagreement,
    LevelAgreement,
    Matter,
    compare_curations,
    pair_alpha,
)
from kg.errors import SourceError, UsageError
from kg.files import bundled
from kg.model import (
    BASES,
    Basis,
    Concreteness,
    Dataset,
    Kind,
    Link,
    Mention,
    Node,
    Relation,
    Status,
)
from kg.report.agree_view import number
from kg.sources.curation import is_curation, read_curation

REVIEW = bundled("data", "liling", "review")
README = bundled("data", "liling", "README.md")


def node(name: str, kind: Kind, start: int, end: int) -> Node:
    return Node(name, kind, mentions=(Mention(name, "s1", start, end),))


def addresses(name: str, source: str, target: str, basis: Basis) -> Link:
    return Link(name, source, Relation.ADDRESSES, target, basis)


# B calls one thing a risk, lacks n, has an x of its own, gives m -> d another basis.
FIRST = Dataset(
    (
        node("d", Kind.DIRECTIVE, 0, 10),
        node("m", Kind.MEASURE, 20, 30),
        node("n", Kind.MEASURE, 40, 50),
        node("o", Kind.OUTCOME, 60, 70),
    ),
    (
        addresses("l1", "m", "d", Basis.STATED),
        addresses("l2", "n", "d", Basis.STATED),
        Link("l3", "o", Relation.RESULT_OF, "m", Basis.STATED),
    ),
)
SECOND = Dataset(
    (
        node("p", Kind.DIRECTIVE, 0, 9),
        node("q", Kind.MEASURE, 20, 30),
        node("r", Kind.RISK, 60, 70),
        node("x", Kind.MEASURE, 80, 90),
    ),
    (addresses("k1", "q", "p", Basis.ECHOED), addresses("k2", "x", "p", Basis.STATED)),
)


@pytest.fixture(scope="module")
def liling() -> Comparison:
    return compare_curations(
        read_curation(REVIEW / "a"), read_curation(REVIEW / "b"), resamples=200
    )


def test_every_disagreement_is_one_point_with_the_ids_of_both() -> None:
    points = compare_curations(FIRST, SECOND, resamples=0).disagreements
    assert points == (
        Disagreement(Matter.KIND, ("o",), ("r",), None, ("outcome",), ("risk",)),
        Disagreement(Matter.NODE_FIRST, ("n",), (), None, ("measure",), ()),
        Disagreement(Matter.NODE_SECOND, (), ("x",), None, (), ("measure",)),
        Disagreement(Matter.BASIS, ("l1",), ("k1",), Relation.ADDRESSES, ("stated",), ("echoed",)),
        Disagreement(
            Matter.LEVEL,
            ("d",),
            ("p",),
            None,
            ("outcome",) * 4,
            # x addresses p stated: only the outcome is missing.
            ("measure",) * 4,
        ),
    )


def test_a_link_that_only_one_of_them_made_between_shared_nodes_is_a_point() -> None:
    bare = Dataset(SECOND.nodes)
    one = compare_curations(FIRST, bare, resamples=0).disagreements
    other = compare_curations(bare, FIRST, resamples=0).disagreements
    link = [point for point in one if point.matter is Matter.LINK_FIRST]
    assert link == [
        Disagreement(Matter.LINK_FIRST, ("l1",), ("q", "p"), Relation.ADDRESSES, ("stated",), ())
    ]
    assert [(p.subject, p.of_second) for p in other if p.matter is Matter.LINK_SECOND] == [
        (("q", "p"), ("l1",))
    ]


def test_scores_and_levels_of_a_hand_worked_pair() -> None:
    found = compare_curations(FIRST, SECOND, resamples=0)
    assert [(row.overlap, row.score) for row in found.nodes] == [
        (0.0, Score(2, 4, 4)),
        (0.5, Score(2, 4, 4)),
        (0.9, Score(2, 4, 4)),
    ]
    every, carrying, addressing, results = found.links
    # Links of one end or the other: m-d 4/3, n-d 4/0, o-m 4/0, x-p 0/4.
    assert (every.score, every.units) == (Score(1, 3, 2), 4)
    assert every.alpha == pytest.approx(ordinal_alpha([[4, 4, 4, 0], [3, 0, 0, 4]]))
    assert every.same == 0
    assert every.both_alpha == pytest.approx(0.0)
    assert (carrying.score, carrying.alpha) == (every.score, every.alpha)
    assert [group.name for group in (addressing, results)] == ["addresses", "resultOf"]
    assert found.levels == tuple(LevelAgreement(basis, 1, 0, 0.0) for basis in BASES)


def test_a_curation_agrees_with_itself_without_a_point() -> None:
    found = compare_curations(FIRST, FIRST, resamples=20)
    assert {row.score.f1 for row in found.nodes} == {1.0}
    assert [row.f1_interval for row in found.nodes] == [(1.0, 1.0)] * 3
    assert found.disagreements == ()
    # All links stand on one level, so there is nothing to tell apart.
    assert (found.links[0].alpha, found.links[0].alpha_interval) == (None, None)


def test_ids_that_happen_to_be_the_same_do_not_match() -> None:
    other = Dataset(
        (node("d", Kind.DIRECTIVE, 500, 510), node("m", Kind.MEASURE, 520, 530)),
        (addresses("l1", "m", "d", Basis.STATED),),
    )
    assert compare_curations(FIRST, other, resamples=0).links[0].score == Score(0, 3, 1)


def test_nothing_against_nothing_has_no_figures() -> None:
    found = compare_curations(Dataset(), Dataset())
    assert [(row.score.f1, row.f1_interval) for row in found.nodes] == [(None, None)] * 3
    assert [(group.name, group.alpha) for group in found.links] == [
        ("all", None),
        ("carrying", None),
    ]


def test_alpha_of_pairs_is_that_of_the_library() -> None:
    chance = random.Random(7)
    for _ in range(50):
        pairs = [(chance.randrange(5), chance.randrange(5)) for _ in range(chance.randrange(2, 40))]
        library = ordinal_alpha(list(zip(*pairs, strict=True)))
        ours = pair_alpha(Counter(pairs))
        assert (library is None) == (ours is None)
        if library is not None:
            assert ours == pytest.approx(library, abs=1e-9)


def test_intervals_are_the_same_each_time_and_hold_the_figure(liling: Comparison) -> None:
    again = compare_curations(FIRST, SECOND, resamples=200)
    assert again == compare_curations(FIRST, SECOND, resamples=200)
    assert again != compare_curations(FIRST, SECOND, resamples=200, seed=2)
    every = liling.links[0]
    assert every.alpha is not None and every.alpha_interval is not None
    assert every.alpha_interval[0] < every.alpha < every.alpha_interval[1]
    assert every.alpha_interval[1] - every.alpha_interval[0] < 0.2


GROUPS = {
    "all": "all",
    "the four that carry coverage": "carrying",
    **{f"`{relation}`": str(relation) for relation in Relation},
}


def test_the_figures_of_the_readme_are_reproduced(liling: Comparison) -> None:
    text = README.read_text(encoding="utf-8")
    table = text[text.index("| Links | A | B |") :].split("\n\n")[0]
    wanted = {}
    for line in table.splitlines()[2:]:
        cells = [cell.strip() for cell in line.strip("|").split("|")]
        wanted[GROUPS[cells[0]]] = cells[1:]
    found = {
        group.name: [
            *map(str, (group.score.first, group.score.second, group.score.matched)),
            *map(number, (group.score.precision, group.score.recall, group.score.f1, group.alpha)),
            str(group.units),
        ]
        for group in liling.links
    }
    assert found == wanted
    at = {row.overlap: row.score for row in liling.nodes}
    said = re.findall(
        r"F1 (0\.\d{3}) at an overlap of 0\.5 \((\d+) matched, A (\d+), B (\d+)\)", text
    )
    score = at[0.5]
    assert said == [(number(score.f1), str(score.matched), str(score.first), str(score.second))]
    said = re.findall(r"and (0\.\d{3}) at 0\.9 \((\d+) matched\)", text)
    assert said == [(number(at[0.9].f1), str(at[0.9].matched))]
    every, carrying = liling.links[:2]
    said = re.findall(
        r"the (\d+) links that both made, (\d+) have the same basis, α (0\.\d{3})", text
    )
    assert said == [(str(every.score.matched), str(every.same), number(every.both_alpha))]
    said = re.findall(r"of the (\d+) of the four [^,]*, (\d+), α (0\.\d{3})", text)
    assert said == [(str(carrying.score.matched), str(carrying.same), number(carrying.both_alpha))]


def test_the_first_measure_of_agreement_is_the_same(liling: Comparison) -> None:
    found = find_agreement(
        read_curation(REVIEW / "a"),
        read_curation(REVIEW / "b"),
        overlaps=(0, 0.5, 0.9),
        link_overlap=0.5,
    )
    assert found.links == liling.links[0].score
    assert found.alpha == liling.links[0].alpha
    assert found.nodes == tuple((row.overlap, row.score) for row in liling.nodes)


def test_without_krippendorff_the_error_says_what_to_install(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setitem(sys.modules, "krippendorff", None)
    with pytest.raises(UsageError) as caught:
        ordinal_alpha([[1, 2], [1, 2]])
    assert "pip install 'kg-directives[agree]'" in str(caught.value)


def test_a_raw_curation_says_what_its_nodes_are_worth(tmp_path: Path) -> None:
    assert is_curation(REVIEW / "a")
    assert not is_curation(bundled("data", "liling"))
    found = {node.id: node for node in read_curation(REVIEW / "a").nodes}
    assert (found["b01"].is_set, found["b02"].is_set) == (True, False)
    worth = Counter((node.status, node.concreteness) for node in found.values())
    assert {status for status, _ in worth} == {None, *Status}
    assert {concreteness for _, concreteness in worth} == {None, *Concreteness}
    for name in ("links.csv", "mentions.csv"):
        (tmp_path / name).write_text((REVIEW / "a" / name).read_text(encoding="utf-8"))
    (tmp_path / "nodes.csv").write_text("id,kind,zh,status\nm1,measure,x,soon\n")
    with pytest.raises(SourceError) as caught:
        read_curation(tmp_path)
    assert caught.value.where == "nodes.csv:2"
