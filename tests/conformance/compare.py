"""Whether two answers or two graphs say the same, whatever their blank nodes are called."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from functools import cache
from typing import TypeAlias

from pyoxigraph import (
    BlankNode,
    CanonicalizationAlgorithm,
    Dataset,
    Literal,
    NamedNode,
    Quad,
    Store,
    Triple,
)

OxTerm: TypeAlias = "NamedNode | BlankNode | Literal | Triple"
Row: TypeAlias = "tuple[OxTerm | None, ...]"


@cache
def as_stored(term: OxTerm) -> OxTerm:
    """A term as a store gives it back, so that two spellings of a number are one."""
    store = Store()
    store.add(Quad(NamedNode("urn:x:s"), NamedNode("urn:x:p"), term))
    stored: OxTerm = next(iter(store)).object
    return stored


def same_rows(found: Sequence[Row], expected: Sequence[Row]) -> bool:
    """Whether the rows are the same, as often each, in any order."""
    if len(found) != len(expected):
        return False
    left, right = ([_stored(row) for row in rows] for rows in (found, expected))
    if Counter(map(_shape, left)) != Counter(map(_shape, right)):
        return False
    return _match(left, right, {})


def _stored(row: Row) -> Row:
    return tuple(None if term is None else as_stored(term) for term in row)


def _shape(row: Row) -> tuple[str, ...]:
    return tuple("_" if isinstance(term, BlankNode) else str(term) for term in row)


def _match(left: list[Row], right: list[Row], names: dict[OxTerm, OxTerm]) -> bool:
    """Whether the blank nodes of one side can be named as those of the other."""
    left = [row for row in left if any(isinstance(term, BlankNode) for term in row)]
    if not left:
        return True
    first, rest = left[0], left[1:]
    for place, row in enumerate(right):
        if _shape(row) != _shape(first):
            continue
        tried = dict(names)
        pairs = [(a, b) for a, b in zip(first, row, strict=True) if isinstance(a, BlankNode)]
        if all(b is not None and tried.setdefault(a, b) == b for a, b in pairs):
            distinct = len(set(tried.values())) == len(tried)
            if distinct and _match(rest, right[:place] + right[place + 1 :], tried):
                return True
    return False


def same_graph(found: Sequence[Triple], expected: Sequence[Triple]) -> bool:
    """Whether two graphs are isomorphic, their literals as a store gives them back."""
    return _canonical(found) == _canonical(expected)


def _canonical(triples: Sequence[Triple]) -> set[str]:
    graph = Dataset(Quad(t.subject, t.predicate, as_stored(t.object)) for t in triples)
    graph.canonicalize(CanonicalizationAlgorithm.UNSTABLE)
    return {str(quad) for quad in graph}
