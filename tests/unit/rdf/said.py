"""What a list of triples says of one thing, in the short names of Turtle."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg.rdf.canonical import to_turtle

if TYPE_CHECKING:
    from collections.abc import Iterable

    from kg.rdf.terms import Triple


def said_of(subject: str, triples: Iterable[Triple], *, base: str) -> list[str]:
    """The lines "predicate values" about the IRI after the base, as `kg` writes Turtle."""
    about = [triple for triple in triples if str(triple[0]) == base + subject]
    block = to_turtle(about, base=base).decode().split("\n\n", 1)[1]
    first, *rest = block.rstrip(" .\n").split(" ;\n    ")
    return [first.split(" ", 1)[1], *rest]
