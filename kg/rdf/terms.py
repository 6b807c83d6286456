"""Small RDF terms: how a value of the model becomes an rdflib term."""

from __future__ import annotations

import math
from decimal import Decimal
from functools import lru_cache
from typing import TYPE_CHECKING, Final, TypeAlias

from rdflib import Graph, Literal, URIRef
from rdflib.term import Node

from kg.vocab import XSD

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

Term: TypeAlias = Node
Triple: TypeAlias = tuple[Term, Term, Term]

_BOOLEAN: Final = URIRef(XSD + "boolean")
_INTEGER: Final = URIRef(XSD + "integer")
_DECIMAL: Final = URIRef(XSD + "decimal")
_DOUBLE: Final = URIRef(XSD + "double")
_DATE: Final = URIRef(XSD + "date")


@lru_cache(maxsize=65536)
def iri(text: str) -> URIRef:
    """Make an IRI of an absolute, already quoted string."""
    return URIRef(text)


def text(words: str, lang: str | None = None) -> Literal:
    """Make a literal of words, in a language where one is given."""
    return Literal(words, lang=lang)


def boolean(flag: bool) -> Literal:
    """Make an `xsd:boolean`."""
    return Literal("true" if flag else "false", datatype=_BOOLEAN, normalize=False)


def integer(number: int) -> Literal:
    """Make an `xsd:integer`."""
    return Literal(str(number), datatype=_INTEGER, normalize=False)


def number(value: float) -> Literal:
    """Make an `xsd:integer` of a whole number, an `xsd:decimal` of any other.

    The decimal reads back as the very same float; what is not finite is an `xsd:double`.

    >>> number(0.1).n3()
    '"0.1"^^<http://www.w3.org/2001/XMLSchema#decimal>'
    """
    if isinstance(value, int):
        return integer(value)
    if not math.isfinite(value):
        lexical = "NaN" if math.isnan(value) else "INF" if value > 0 else "-INF"
        return Literal(lexical, datatype=_DOUBLE, normalize=False)
    # No negative zero: a store has only one.
    return Literal(format(Decimal(repr(value + 0.0)), "f"), datatype=_DECIMAL, normalize=False)


def day(moment: date) -> Literal:
    """Make an `xsd:date`."""
    return Literal(moment.isoformat(), datatype=_DATE, normalize=False)


def to_graph(name: str, triples: Iterable[Triple]) -> Graph:
    """Make a graph of triples, under the IRI of its name."""
    graph = Graph(identifier=iri(name))
    for triple in triples:
        graph.add(triple)
    return graph
