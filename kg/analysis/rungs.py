"""What an item is worth (design §2.5), before anybody asks for which directive."""

from __future__ import annotations

from collections.abc import Mapping

from kg.graph.build import nodes_of
from kg.graph.structure import live_links
from kg.model import Concreteness, KgGraph, Kind, Node, Relation, Rung, Status

Members = Mapping[str, tuple[str, ...]]


def rung_of(node: Node, members: Members) -> Rung:
    """The rung an item raises a directive to, if its chain holds.

    Parameters
    ----------
    node
        The item; a directive is a lower directive here.
    members
        The members of every set that has any: such a set counts as `strategy`, whatever
        its own status and concreteness, unless it is a set of outcomes.

    Raises
    ------
    ValueError
        For context, which raises nothing.
    """
    if node.kind is Kind.OUTCOME:
        return Rung.FIGURE if node.figure and node.figure.has_number else Rung.OUTCOME
    if node.kind is Kind.MEASURE and node.id not in members:
        if node.concreteness is Concreteness.SLOGAN:
            return Rung.STRATEGY
        return Rung.PLANNED if node.status is Status.PLANNED else Rung.MEASURE
    if node.kind in (Kind.DIRECTIVE, Kind.STRATEGY, Kind.BATTLE, Kind.MEASURE):
        return Rung.STRATEGY
    raise ValueError(f"{node.id}: a {node.kind.value} raises no directive")


def is_counting(node: Node, members: Members) -> bool:
    """Whether it is a measure that counts: done, ongoing or undetermined, and no slogan."""
    return node.kind is Kind.MEASURE and rung_of(node, members) is Rung.MEASURE


def is_slogan(node: Node, members: Members) -> bool:
    """Whether it is a measure in words only (a set with members never is)."""
    return (
        node.kind is Kind.MEASURE
        and node.id not in members
        and node.concreteness is Concreteness.SLOGAN
    )


def find_bad_exits(graph: KgGraph, members: Members) -> dict[str, tuple[str, str]]:
    """Links by which an outcome leaves the outcomes at a slogan or a planned measure.

    Returns
    -------
    dict
        Link id → (outcome, measure). Nothing such a link carries raises a level (KG405).
    """
    nodes = nodes_of(graph)
    exits = {}
    for link in live_links(graph, Relation.RESULT_OF):
        target = nodes[link.target]
        plain_measure = target.kind is Kind.MEASURE and target.id not in members
        if plain_measure and not is_counting(target, members):
            exits[link.id] = (link.source, link.target)
    return exits
