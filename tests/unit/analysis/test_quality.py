"""How fully outcomes are reported: numerators, denominators, and what does not apply."""

from __future__ import annotations

from kg.analysis.quality import Share, Turn, find_quality
from kg.graph.build import build_graph
from kg.model import Dataset, Figure, Kind, Link, Node, Relation
from kg.report.qualities import quality_document, quality_rows, quality_sentences
from kg.words import load_words

FIGURES = {
    "o1": Figure(value=94, unit="percent", target="not-stated", baseline="90", period="2021"),
    "o2": Figure(value=23, unit="percent", change="fall", good="lower", period="not-stated"),
    "o3": Figure(value=5, unit="case", change="rise", good="lower", computed=True),
    "o4": Figure(change="rise", issuer="not-stated", recipient="not-stated"),
    "o5": None,
}
DATASET = Dataset(
    (
        *(Node(item, Kind.OUTCOME, figure=figure) for item, figure in FIGURES.items()),
        Node("org", Kind.ORGANISATION),
    ),
    (Link("l1", "o4", Relation.AWARDED_BY, "org"),),
)
QUALITY = find_quality(build_graph(DATASET))


def test_each_share_has_its_own_denominator() -> None:
    assert QUALITY.shares == (
        Share("figure", 3, 5, 0),
        Share("unit", 3, 3, 2),
        Share("target", 0, 1, 4),
        Share("baseline", 1, 1, 4),
        Share("denominator", 0, 0, 5),
        Share("period", 1, 2, 3),
        Share("issuer", 1, 1, 4),
        Share("recipient", 0, 1, 4),
    )


def test_a_rise_or_fall_is_judged_only_where_it_is_said_what_is_good() -> None:
    assert QUALITY.turns == {Turn.BETTER: 1, Turn.WORSE: 1, Turn.UNKNOWN: 1}
    assert [row.turn for row in QUALITY.outcomes] == [
        *(None, Turn.BETTER, Turn.WORSE, Turn.UNKNOWN, None),
    ]


def test_what_applies_but_is_not_stated_is_told_of_each_outcome() -> None:
    assert {row.id: row.lacking for row in QUALITY.outcomes} == {
        "o1": ("target",),
        "o2": ("period",),
        "o3": (),
        "o4": ("recipient",),
        "o5": (),
    }


def test_an_empty_denominator_reads_n_a_and_there_is_no_score() -> None:
    words = load_words("en")
    document = quality_document(DATASET, QUALITY)
    rows = quality_rows(document, words).rows
    assert rows[4] == ("denominator", "0", "0", "n/a", "5")
    assert rows[-3:] == (
        ("change for the better", "1", "3", "33%", ""),
        ("change for the worse", "1", "3", "33%", ""),
        ("change, good not stated", "1", "3", "33%", ""),
    )
    assert quality_sentences(document, words)[0] == "5 outcomes; with a figure: 3/5 (60%)."
    assert set(document) == {
        *("schema", "tool", "dataset", "filters", "total", "shares", "turns", "computed"),
        "outcomes",
    }


def test_without_outcomes_nothing_is_counted() -> None:
    empty = find_quality(build_graph(Dataset()))
    assert {(share.told, share.of, share.not_applicable) for share in empty.shares} == {(0, 0, 0)}
    sentences = quality_sentences(quality_document(Dataset(), empty), load_words("zh"))
    assert sentences[0] == "成效 0 项，其中有数值的 n/a。"
