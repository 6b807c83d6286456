"""How fully outcomes are reported: each proportion by itself, never a score that mixes them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from kg.graph.build import nodes_of
from kg.graph.structure import live_links
from kg.model import NOT_STATED, Figure, KgGraph, Kind, Node, Relation

# What an outcome can come with, in the order in which it is told.
QUALITIES: Final = (
    *("figure", "unit", "target", "baseline", "denominator", "period", "issuer", "recipient"),
)
# Who gave and who received may also be told by a link.
_BY_LINK: Final = {"issuer": Relation.AWARDED_BY, "recipient": Relation.AWARDED_TO}


class Turn(StrEnum):
    """Whether a rise or a fall is for the better; `unknown` where nobody says what is good."""

    BETTER = "better"
    WORSE = "worse"
    UNKNOWN = "unknown"


_TURNS: Final[Mapping[tuple[str, str], Turn]] = {
    ("rise", "higher"): Turn.BETTER,
    ("fall", "lower"): Turn.BETTER,
    ("rise", "lower"): Turn.WORSE,
    ("fall", "higher"): Turn.WORSE,
}


@dataclass(frozen=True, slots=True)
class Share:
    """Of how many outcomes a quality is told (`told` of `of`), and to how many it does not apply.

    An outcome with a figure is counted among all; everything else among those to which it
    applies (§2.9: `null` does not apply, "not-stated" applies and is not told).
    """

    quality: str
    told: int
    of: int
    not_applicable: int


@dataclass(frozen=True, slots=True)
class ReportedOutcome:
    """One outcome: what is told of it, what is not though it applies, and how it turns."""

    id: str
    told: tuple[str, ...]
    lacking: tuple[str, ...]
    turn: Turn | None


@dataclass(frozen=True, slots=True)
class Quality:
    """How fully the outcomes of a graph are reported.

    `turns` counts those that report a rise or a fall, by whether it is for the better;
    `computed` figures are somebody's reckoning, not the source's.
    """

    outcomes: tuple[ReportedOutcome, ...]
    shares: tuple[Share, ...]
    turns: Mapping[Turn, int]
    computed: int


def find_quality(graph: KgGraph) -> Quality:
    """How fully outcomes are reported.

    Examples
    --------
    >>> from kg.graph.build import build_graph
    >>> from kg.model import Dataset
    >>> figure = Figure(value=23, unit="percent", change="fall", good="lower", period="not-stated")
    >>> nodes = (Node("o1", Kind.OUTCOME, figure=figure), Node("o2", Kind.OUTCOME))
    >>> quality = find_quality(build_graph(Dataset(nodes)))
    >>> quality.shares[0], quality.outcomes[0].lacking
    (Share(quality='figure', told=1, of=2, not_applicable=0), ('period',))
    >>> quality.turns[Turn.BETTER]
    1
    """
    outcomes = [node for node in nodes_of(graph).values() if node.kind is Kind.OUTCOME]
    linked = {
        quality: {link.source for link in live_links(graph, relation)}
        for quality, relation in _BY_LINK.items()
    }
    told = {
        node.id: {quality: _is_told(node, quality, linked) for quality in QUALITIES}
        for node in outcomes
    }
    turns = {node.id: _turn(node.figure) for node in outcomes}
    return Quality(
        outcomes=tuple(
            ReportedOutcome(
                item,
                told=tuple(quality for quality in QUALITIES if answers[quality]),
                lacking=tuple(
                    quality
                    for quality in QUALITIES
                    if answers[quality] is False and quality != "figure"
                ),
                turn=turns[item],
            )
            for item, answers in told.items()
        ),
        shares=tuple(_share(quality, told) for quality in QUALITIES),
        turns={turn: list(turns.values()).count(turn) for turn in Turn},
        computed=sum(bool(node.figure and node.figure.computed) for node in outcomes),
    )


def _is_told(node: Node, quality: str, linked: Mapping[str, set[str]]) -> bool | None:
    """Whether a quality is told; `None` where it does not apply."""
    figure = node.figure or Figure()
    if quality == "figure":
        return figure.has_number
    if node.id in linked.get(quality, ()):
        return True
    value = getattr(figure, quality)
    return None if value is None else value != NOT_STATED


def _share(quality: str, told: Mapping[str, Mapping[str, bool | None]]) -> Share:
    answers = [answer[quality] for answer in told.values()]
    none = answers.count(None)
    return Share(quality, answers.count(True), len(answers) - none, none)


def _turn(figure: Figure | None) -> Turn | None:
    if figure is None or figure.change not in ("rise", "fall"):
        return None
    return _TURNS.get((figure.change, figure.good or ""), Turn.UNKNOWN)
