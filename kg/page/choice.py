"""Which things of a data set are on a page: all of them, or a part that was asked for."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Final

from kg.model import BANDED_KINDS, Dataset, Kind, Link

# The kinds that can be drawn, a band each; organisations only where they are switched on.
DRAWN_KINDS: Final = (*BANDED_KINDS, Kind.ORGANISATION)
MOST_NODES: Final = 20_000


@dataclass(frozen=True, slots=True)
class Part:
    """What of a data set is drawn.

    Attributes
    ----------
    drawn
        The ids that are drawn, organisations among them.
    total
        How many things of the five banded kinds the data set has.
    shown
        How many of these are drawn.
    focus, depth, kinds
        What was asked for; `None` and empty where nothing was.
    is_cut
        Whether more were asked for than a page holds, so that some were left out.
    """

    drawn: frozenset[str]
    total: int
    shown: int
    focus: str | None = None
    depth: int | None = None
    kinds: tuple[Kind, ...] = ()
    is_cut: bool = False


def choose_part(
    dataset: Dataset,
    *,
    focus: str | None = None,
    depth: int | None = None,
    kinds: Collection[Kind] = (),
    most: int = MOST_NODES,
) -> Part:
    """Choose what of a data set is drawn.

    Parameters
    ----------
    dataset
        A data set.
    focus
        The id of the one thing of which only the chain is drawn, upwards and downwards.
    depth
        How many steps from there, or, without one, down from the directives.
    kinds
        Only things of these kinds; all where it is empty.
    most
        How many things of the banded kinds a page holds: directives before strategies
        before battles, measures and outcomes, each kind in the order of ids.

    Raises
    ------
    KeyError
        Where the data set has no thing of the id of `focus`.
    """
    kind_of = {node.id: node.kind for node in dataset.nodes}
    banded = [item for item, kind in kind_of.items() if kind in BANDED_KINDS]
    asked = set(banded)
    if focus is not None or depth is not None:
        asked &= _reached(dataset, kind_of, focus, depth)
    if kinds:
        asked = {item for item in asked if kind_of[item] in kinds}
    order = sorted(asked, key=lambda item: (BANDED_KINDS.index(kind_of[item]), item))
    kept = set(order[:most])
    is_part = focus is not None or depth is not None or bool(kinds)
    beside = _organisations(dataset.links, kind_of, kept, focus) if is_part else None
    for item, kind in kind_of.items():
        wanted = kind is Kind.ORGANISATION and (not kinds or kind in kinds)
        if wanted and (beside is None or item in beside):
            kept.add(item)
    shown = sum(item in kept for item in banded)
    return Part(
        drawn=frozenset(kept),
        total=len(banded),
        shown=shown,
        focus=focus,
        depth=depth,
        kinds=tuple(kind for kind in DRAWN_KINDS if kind in kinds),
        is_cut=shown < len(order),
    )


def _reached(
    dataset: Dataset, kind_of: Mapping[str, Kind], focus: str | None, depth: int | None
) -> set[str]:
    """What can be reached in so many steps: up and down from one thing, down from directives."""
    up: dict[str, list[str]] = {}
    down: dict[str, list[str]] = {}
    for link in dataset.links:
        if link.carries:
            up.setdefault(link.source, []).append(link.target)
            down.setdefault(link.target, []).append(link.source)
    if focus is None:
        roots = [item for item, kind in kind_of.items() if kind is Kind.DIRECTIVE]
        return _walk(roots, down, depth)
    kind_of[focus]  # an id that nothing has is a KeyError
    if kind_of[focus] not in BANDED_KINDS:  # of an organisation, what it does
        ends = [
            (link.source, link.target)
            for link in dataset.links
            if link.is_live and focus in (link.source, link.target)
        ]
        return _walk({end for pair in ends for end in pair}, down, depth and depth - 1)
    return _walk([focus], up, depth) | _walk([focus], down, depth)


def _walk(roots: Iterable[str], ways: Mapping[str, Iterable[str]], depth: int | None) -> set[str]:
    seen = set(roots)
    border = set(roots)
    steps = 0
    while border and (depth is None or steps < depth):
        border = {item for at in border for item in ways.get(at, ())} - seen
        seen |= border
        steps += 1
    return seen


def _organisations(
    links: Iterable[Link], kind_of: Mapping[str, Kind], kept: Collection[str], focus: str | None
) -> set[str]:
    """The organisations that something drawn is linked to."""
    found = {focus} if focus else set()
    for link in links:
        for end, other in ((link.source, link.target), (link.target, link.source)):
            if end in kept and link.is_live and kind_of.get(other) is Kind.ORGANISATION:
                found.add(other)
    return found


def hold(dataset: Dataset, part: Part) -> Dataset:
    """The data set as the page holds it: whole, unless it is larger than a page can hold.

    A larger one is cut to what is drawn, to what is drawn's context (people, places,
    documents that it is linked to) and to the links between them.
    """
    if part.total <= MOST_NODES:
        return dataset
    kind_of = {node.id: node.kind for node in dataset.nodes}
    kept = set(part.drawn)
    for link in dataset.links:
        for end, other in ((link.source, link.target), (link.target, link.source)):
            if end in part.drawn and kind_of.get(other) not in DRAWN_KINDS:
                kept.add(other)
    return replace(
        dataset,
        nodes=tuple(node for node in dataset.nodes if node.id in kept),
        links=tuple(link for link in dataset.links if link.source in kept and link.target in kept),
    )
