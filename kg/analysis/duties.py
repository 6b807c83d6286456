"""What is on whose plate: every measure with its actors, what it serves, what came of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from kg.analysis.coverage import Coverage
from kg.analysis.dates import ends_before, stated_date
from kg.analysis.ground import Ground
from kg.graph.strength import find_hops, sources_reaching
from kg.graph.structure import live_links
from kg.model import BASES, NOT_STATED, Basis, Kind, Node, Relation, Status


class Part(StrEnum):
    """How an organisation or a person has to do with a measure."""

    LEADS = "leads"
    ANSWERS = "answers"
    PERFORMS = "performs"


@dataclass(frozen=True, slots=True)
class Duty:
    """One measure that is no set with members.

    `parts` are the actors with their parts; `serves` the directives it reaches and
    `outcomes` those reported of it or of a part of it, each with the strongest basis, in the
    order of their ids; `overdue` where it is still planned after its due date, `None` where
    that cannot be judged.
    """

    measure: str
    parts: Mapping[str, tuple[Part, ...]]
    serves: tuple[tuple[str, Basis], ...]
    outcomes: tuple[tuple[str, Basis], ...]
    overdue: bool | None


def find_duties(ground: Ground, coverage: Coverage, *, as_of: str | None) -> tuple[Duty, ...]:
    """Every measure but the sets that have members, sorted by id.

    Parameters
    ----------
    ground
        The ground of a graph.
    coverage
        Its coverage: a measure serves the directives among whose items it is (§2.4).
    as_of
        The day by which due dates are judged.

    Examples
    --------
    >>> from kg.analysis.coverage import cover_ground
    >>> from kg.analysis.ground import lay_ground
    >>> from kg.graph.build import build_graph
    >>> from kg.model import Dataset, Link
    >>> nodes = (Node("d", Kind.DIRECTIVE), Node("m", Kind.MEASURE, responsible="o"))
    >>> links = (Link("l1", "m", Relation.ADDRESSES, "d", Basis.ECHOED),)
    >>> ground = lay_ground(build_graph(Dataset(nodes, links)))
    >>> [duty] = find_duties(ground, cover_ground(ground), as_of=None)
    >>> duty.parts["o"], duty.serves
    ((<Part.ANSWERS: 'answers'>,), (('d', <Basis.ECHOED: 'echoed'>),))
    """
    serves = _serves(coverage)
    performed = _performed(ground)
    results = find_hops(ground.graph, relations=(Relation.PART_OF, Relation.RESULT_OF))
    outcomes = {node.id for node in ground.nodes(Kind.OUTCOME)}
    today = as_of if stated_date(as_of) else None
    duties = []
    for node in ground.unfolded(Kind.MEASURE):
        of_it: dict[str, Basis] = {}
        for basis in reversed(BASES):
            reaching = sources_reaching(results, [node.id], basis) & outcomes
            of_it |= dict.fromkeys(reaching, basis)
        duties.append(
            Duty(
                measure=node.id,
                parts=_parts(node, performed.get(node.id, set())),
                serves=tuple(sorted(serves.get(node.id, {}).items())),
                outcomes=tuple(sorted(of_it.items())),
                overdue=_is_overdue(node, today),
            )
        )
    return tuple(sorted(duties, key=lambda duty: duty.measure))


def _serves(coverage: Coverage) -> dict[str, dict[str, Basis]]:
    """For every item the directives that it reaches, each with its strength."""
    found: dict[str, dict[str, Basis]] = {}
    for row in coverage.directives:
        for basis in reversed(BASES):
            for item in row.at[basis].items:
                found.setdefault(item, {})[row.id] = basis
    return found


def _performed(ground: Ground) -> dict[str, set[str]]:
    found: dict[str, set[str]] = {}
    for link in live_links(ground.graph, Relation.PERFORMED_BY):
        found.setdefault(link.source, set()).add(link.target)
    return found


def _parts(node: Node, performers: set[str]) -> dict[str, tuple[Part, ...]]:
    """Who has which part in a measure, by the id of the actor."""
    named = {
        Part.LEADS: set((node.lead or "").split()),
        Part.ANSWERS: set((node.responsible or "").split()),
        Part.PERFORMS: performers,
    }
    actors = set().union(*named.values()) - {NOT_STATED}
    return {
        actor: tuple(part for part, actors_of in named.items() if actor in actors_of)
        for actor in sorted(actors)
    }


def _is_overdue(node: Node, today: str | None) -> bool | None:
    """Whether it is planned and its due date is past; `None` without a date to judge by."""
    due, now = stated_date(node.due), stated_date(today)
    if due is None or now is None:
        return None
    return node.status is Status.PLANNED and ends_before(due, now)
