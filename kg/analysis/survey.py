"""What every finder of gaps looks at, and how it says at which bases one is open."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass

from kg.analysis.coverage import Coverage
from kg.analysis.ground import Ground
from kg.model import BASES, Basis, Finding


@dataclass(frozen=True, slots=True)
class Survey:
    """The ground of a graph, its coverage, and the day by which dates are judged.

    Where `as_of` is `None`, dates are not judged.
    """

    ground: Ground
    coverage: Coverage
    as_of: str | None


def open_at(
    code: str, node: str, is_open: Callable[[Basis], bool], **facts: str | int
) -> Iterator[Finding]:
    """One finding for a node at all the bases at which it is open, or none."""
    bases = tuple(basis for basis in BASES if is_open(basis))
    if bases:
        yield Finding(code, node, open=bases, facts=tuple(sorted(facts.items())))


def open_where_missing(
    code: str, node: str, answered: Mapping[Basis, Collection[str]]
) -> Iterator[Finding]:
    """One finding for a node at all the bases at which it is not among the answered, or none."""
    return open_at(code, node, lambda basis: node not in answered[basis])
