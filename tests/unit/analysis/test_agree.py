"""Agreement of two curators, against matrices worked by hand."""

from __future__ import annotations

from pathlib import Path

import pytest

from kg.analysis.agree import Score, find_agreement, match_nodes, node_overlap, ordinal_alpha
from kg.files import bundled
from kg.model import Basis, Dataset, Kind, Link, Mention, Node, Relation
from kg.sources.curation import read_curation


def node(name: str, kind: Kind, *spans: tuple[int, int]) -> Node:
    return Node(name, kind, mentions=tuple(Mention(name, "s1", *span) for span in spans))


def link(name: str, source: str, target: str, basis: Basis) -> Link:
    return Link(name, source, Relation.ADDRESSES, target, basis)


def test_alpha_of_a_hand_worked_matrix_with_a_one_sided_miss() -> None:
    # Levels 0 (no link) and 4 (stated): pairs (4,4), (4,4), (4,0). With two levels the ordinal
    # metric is the nominal one. Coincidences: o44 = 4, o04 = o40 = 1; n0 = 1, n4 = 5, n = 6.
    # Observed disagreement 2/6; expected 2*1*5 / (6*5) = 1/3; alpha = 1 - (1/3)/(1/3) = 0.
    assert ordinal_alpha([[4, 4, 4], [4, 4, 0]]) == pytest.approx(0.0)


def test_alpha_of_a_hand_worked_matrix_of_three_levels() -> None:
    # Pairs (1,1), (2,2), (3,3), (1,2). n1 = 3, n2 = 3, n3 = 2, n = 8.
    # Ordinal distances squared: d12 = (3/2 + 3/2)^2 = 9, d23 = (3/2 + 2/2)^2 = 6.25,
    # d13 = (3/2 + 3 + 2/2)^2 = 30.25.
    # Observed: 2 * 9 = 18, over n = 8. Expected: 2 * (3*3*9 + 3*2*6.25 + 3*2*30.25) = 600,
    # over n (n - 1) = 56. alpha = 1 - (18 / 8) / (600 / 56) = 1 - 0.21.
    assert ordinal_alpha([[1, 2, 3, 1], [1, 2, 3, 2]]) == pytest.approx(0.79)


def test_alpha_is_not_defined_where_there_is_nothing_to_tell_apart() -> None:
    assert ordinal_alpha([[], []]) is None
    assert ordinal_alpha([[4, 4], [4, 4]]) is None


def test_nodes_match_one_to_one_by_their_best_overlap_within_a_kind() -> None:
    first = [node("m1", Kind.MEASURE, (0, 10)), node("m2", Kind.MEASURE, (0, 6), (30, 40))]
    second = [
        node("x1", Kind.MEASURE, (30, 40)),
        node("x2", Kind.MEASURE, (1, 10)),
        node("x3", Kind.BATTLE, (0, 10)),
    ]
    assert node_overlap(first[0], second[1]) == pytest.approx(0.9)
    assert node_overlap(first[0], second[2]) == 0
    assert match_nodes(first, second, 0.5) == {"m1": "x2", "m2": "x1"}
    assert match_nodes(first, second, 0.95) == {"m2": "x1"}


def test_a_link_that_one_of_them_missed_stands_against_no_link() -> None:
    first = Dataset(
        nodes=(node("d", Kind.DIRECTIVE, (0, 9)), node("m", Kind.MEASURE, (20, 29))),
        links=(link("l1", "m", "d", Basis.STATED),),
    )
    second = Dataset(
        nodes=(
            node("p", Kind.DIRECTIVE, (0, 9)),
            node("q", Kind.MEASURE, (20, 29)),
            node("r", Kind.MEASURE, (50, 59)),
        ),
        links=(link("k1", "q", "p", Basis.ECHOED), link("k2", "r", "p", Basis.STATED)),
    )
    agreement = find_agreement(first, second)
    assert agreement.nodes == ((0.5, Score(2, 2, 3)), (0.9, Score(2, 2, 3)))
    assert agreement.nodes[0][1].f1 == pytest.approx(0.8)
    assert agreement.links == Score(1, 1, 2)
    assert (agreement.links.precision, agreement.links.recall) == (0.5, 1.0)
    assert agreement.units == 2
    assert agreement.alpha == pytest.approx(ordinal_alpha([[4, 0], [3, 4]]))


def test_a_curation_agrees_with_itself() -> None:
    review = Path(bundled("data", "liling", "review"))
    mine = read_curation(review / "a")
    agreement = find_agreement(mine, mine)
    assert agreement.alpha == pytest.approx(1.0)
    assert {score.f1 for _, score in agreement.nodes} == {1.0}
    assert agreement.links.f1 == 1.0
