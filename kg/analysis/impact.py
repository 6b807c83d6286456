"""What is lost if one thing, one link or one passage falls away."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from kg.analysis.coverage import AtBasis, Coverage, Totals, find_coverage
from kg.analysis.removal import (
    Removal,
    Standing,
    fall_of_items,
    fall_of_mentions,
    find_standing,
    mentions_in,
    without,
)
from kg.analysis.rules import find_gaps
from kg.graph.build import build_graph
from kg.model import BASES, CONTEXT_KINDS, Basis, Dataset, Finding


@dataclass(frozen=True, slots=True)
class Change:
    """How a directive changes at one basis; `before` and `after` are its whole row there."""

    directive: str
    basis: Basis
    before: AtBasis
    after: AtBasis

    @property
    def rungs(self) -> int:
        """How many rungs it drops; negative where it rises."""
        return self.before.level.height - self.after.level.height


@dataclass(frozen=True, slots=True)
class Impact:
    """What is lost. Tuples are sorted.

    Attributes
    ----------
    removal
        What falls away itself: things, links, mentions.
    changes
        Each directive of which the level, the measures or the outcomes change at some basis,
        at all four; directives that fall themselves are in `removal`.
    stranded
        What stays but served a directive, by whatever basis, and now serves none.
    opened, closed
        Gaps that are new or gone, of things that stay: (code, id, basis), the basis `None`
        where the code depends on none.
    before, after
        The totals of the data set's choice of directives.
    """

    removal: Removal
    changes: tuple[Change, ...]
    stranded: tuple[str, ...]
    opened: tuple[tuple[str, str, Basis | None], ...]
    closed: tuple[tuple[str, str, Basis | None], ...]
    before: Mapping[Basis, Totals]
    after: Mapping[Basis, Totals]


def find_impact(dataset: Dataset, removal: Removal, *, as_of: str | None = None) -> Impact:
    """Compare a data set with what is left of it.

    Parameters
    ----------
    dataset
        The data set as it is.
    removal
        What falls away: `fall_of` finds it.
    as_of
        The day by which due dates are judged, as in `find_gaps`.

    Examples
    --------
    >>> from kg.model import Kind, Link, Node, Relation
    >>> nodes = (Node("d", Kind.DIRECTIVE), Node("m", Kind.MEASURE))
    >>> links = (Link("l1", "m", Relation.ADDRESSES, "d", Basis.ECHOED),)
    >>> dataset = Dataset(nodes, links)
    >>> impact = find_impact(dataset, fall_of(dataset, item="l1"))
    >>> [(change.basis.value, change.rungs) for change in impact.changes]
    [('stated', 0), ('echoed', 3), ('positional', 3), ('interpreted', 3)]
    >>> impact.stranded
    ('m',)
    """
    left = without(dataset, removal)
    graph, graph_left = build_graph(dataset), build_graph(left)
    before, after = find_coverage(graph), find_coverage(graph_left)
    kept = {node.id for node in left.nodes}
    gaps, gaps_left = (
        _keys(find_gaps(one, as_of=as_of or dataset.as_of), kept) for one in (graph, graph_left)
    )
    return Impact(
        removal=removal,
        changes=_changes(before, after),
        stranded=_stranded(left, before, after),
        opened=_sorted(gaps_left - gaps),
        closed=_sorted(gaps - gaps_left),
        before=before.summary,
        after=after.summary,
    )


def fall_of(
    dataset: Dataset,
    *,
    item: str | None = None,
    span: tuple[str, int, int] | None = None,
    texts: Mapping[str, str] | None = None,
) -> Removal:
    """What falls with a thing or a link, or with a span of a source.

    Parameters
    ----------
    dataset
        The data set.
    item
        The id of a thing or a link.
    span
        The id of a source, and the offsets of a span of it.
    texts
        The texts of the sources at hand: what is left of an echo is judged on them.
    """
    standing: Standing = find_standing(dataset, texts)
    if span is not None:
        return fall_of_mentions(standing, mentions_in(dataset, *span))
    return fall_of_items(standing, [item] if item else [])


def _changes(before: Coverage, after: Coverage) -> tuple[Change, ...]:
    later = {row.id: row for row in after.directives}
    return tuple(
        Change(row.id, basis, row.at[basis], later[row.id].at[basis])
        for row in before.directives
        if row.id in later
        and any(_differs(row.at[basis], later[row.id].at[basis]) for basis in BASES)
        for basis in BASES
    )


def _differs(before: AtBasis, after: AtBasis) -> bool:
    return (
        before.level is not after.level
        or before.with_measure != after.with_measure
        or before.measures != after.measures
        or before.outcomes != after.outcomes
    )


def _stranded(left: Dataset, before: Coverage, after: Coverage) -> tuple[str, ...]:
    served, serving = (
        {item for row in coverage.directives for item in row.at[Basis.INTERPRETED].items}
        for coverage in (before, after)
    )
    kept = {node.id for node in left.nodes if node.kind not in CONTEXT_KINDS}
    return tuple(sorted((served - serving) & kept))


def _keys(gaps: tuple[Finding, ...], kept: set[str]) -> set[tuple[str, str, Basis | None]]:
    return {
        (gap.code, gap.node, basis)
        for gap in gaps
        if gap.node in kept
        for basis in (gap.open if gap.open is not None else (None,))
    }


def _sorted(
    keys: set[tuple[str, str, Basis | None]],
) -> tuple[tuple[str, str, Basis | None], ...]:
    return tuple(sorted(keys, key=lambda key: (key[0], key[1], key[2].weakness if key[2] else -1)))
