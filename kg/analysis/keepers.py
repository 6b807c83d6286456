"""The smallest set of measures that keeps every directive with measure that is so today."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from heapq import heapify, heappop, heappush
from typing import Final

from kg.analysis.coverage import DirectiveCoverage
from kg.analysis.ground import Ground
from kg.analysis.rungs import is_counting
from kg.model import Basis

# Among so many measures, none of which stands in for another, every choice is tried.
MOST_TRIED: Final = 25


@dataclass(frozen=True, slots=True)
class Keepers:
    """Measures that together leave no directive without measure that is with one today.

    `exact`: nobody can do with fewer. Else each was taken for the most directives that were
    still open, and fewer might do. `among` is how many measures there were to choose from,
    `directives` those that they keep.
    """

    measures: tuple[str, ...]
    exact: bool
    among: int
    directives: tuple[str, ...]


def find_keepers(
    ground: Ground,
    rows: Mapping[str, DirectiveCoverage],
    basis: Basis,
    *,
    chosen: Collection[str] | None = None,
) -> Keepers:
    """The smallest set of measures that keeps today's coverage at a basis.

    "Coverage" is being with measure (§2.6). The other measures stop counting, as if they
    were only planned; what chains run through stays. A composite directive whose legs are
    all with measure is so by them, and asks for none of its own.

    Parameters
    ----------
    ground
        The graph.
    rows
        Its coverage, by directive.
    basis
        The basis at which coverage is kept.
    chosen
        The directives whose coverage is kept, all by default; the legs by which one of them
        is with measure are kept with it.

    Notes
    -----
    A minimum set cover. A measure that serves no directive beside those of another one is
    left out. Exact, by trying every choice from the smallest on, where at most 25 measures
    are then left; above that greedy (Chvátal 1979).
    """
    needs: dict[str, frozenset[str]] = {}
    kept: set[str] = set()
    left = [*(rows if chosen is None else chosen)]
    while left:
        directive = left.pop()
        row, at = rows[directive], rows[directive].at[basis]
        if directive in kept or not at.with_measure:
            continue
        kept.add(directive)
        if row.legs and all(rows[leg].at[basis].with_measure for leg in row.legs):
            left += row.legs
        else:
            own = (m for m in at.items if is_counting(ground.by_id[m], ground.members))
            needs[directive] = frozenset(own)
    serving = set().union(*needs.values())
    meets = {m: frozenset(d for d, accepted in needs.items() if m in accepted) for m in serving}
    worth_trying = _undominated(meets)
    exact = len(worth_trying) <= MOST_TRIED
    found = _smallest(frozenset(needs), worth_trying) if exact else _greedy(worth_trying)
    return Keepers(tuple(sorted(found)), exact, len(serving), tuple(sorted(kept)))


def _undominated(meets: Mapping[str, frozenset[str]]) -> dict[str, frozenset[str]]:
    """The measures that serve what no other one serves with more; of equals the smallest id."""
    acceptors: dict[str, list[str]] = {}
    for measure, own in meets.items():
        for need in own:
            acceptors.setdefault(need, []).append(measure)
    return {
        measure: own
        for measure, own in sorted(meets.items())
        # What serves all that this one serves is among those that serve the rarest of it.
        if not any(
            own < meets[m] or (own == meets[m] and m < measure)
            for m in min((acceptors[need] for need in own), key=len)
        )
    }


def _greedy(meets: Mapping[str, frozenset[str]]) -> list[str]:
    """Again and again the measure that meets most open needs; the smallest id of several."""
    open_needs = set().union(*meets.values())
    queue = [(-len(met), measure) for measure, met in meets.items()]
    heapify(queue)
    chosen = []
    while open_needs:
        _, measure = heappop(queue)
        left = meets[measure] & open_needs
        # Nobody behind it can meet more than is noted there, for needs are only ever closed.
        if left and queue and (-len(left), measure) > queue[0]:
            heappush(queue, (-len(left), measure))
        elif left:
            chosen.append(measure)
            open_needs -= left
    return chosen


def _smallest(needs: frozenset[str], meets: Mapping[str, frozenset[str]]) -> tuple[str, ...]:
    """The smallest choice that meets every need: every choice of a size before a larger one."""
    for size in range(len(meets) + 1):
        found = _choose(needs, meets, size)
        if found is not None:
            return found
    raise ValueError("a need that no measure meets")


def _choose(
    needs: frozenset[str], meets: Mapping[str, frozenset[str]], size: int
) -> tuple[str, ...] | None:
    """A choice of at most so many measures: one must be among those that meet the rarest need."""
    if not needs:
        return ()
    if size == 0:
        return None
    acceptors = {need: [m for m, met in meets.items() if need in met] for need in sorted(needs)}
    rarest = min(acceptors, key=lambda need: len(acceptors[need]))
    for measure in acceptors[rarest]:
        rest = _choose(needs - meets[measure], meets, size - 1)
        if rest is not None:
            return (measure, *rest)
    return None
