"""The only crossing between rdflib and pyoxigraph. What one side does not know is refused."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Final, TypeAlias

import pyoxigraph
from rdflib import BNode, Graph, Literal, URIRef

from kg.vocab import XSD

if TYPE_CHECKING:
    from kg.rdf.terms import Term

_STRING: Final = XSD + "string"

OxTerm: TypeAlias = pyoxigraph.NamedNode | pyoxigraph.BlankNode | pyoxigraph.Literal


def to_oxigraph(term: Term) -> OxTerm:
    """Make a pyoxigraph term of an rdflib term; the lexical form of a literal is kept.

    Raises
    ------
    TypeError
        Where it is neither an IRI, a blank node nor a literal.
    ValueError
        Where it is no valid IRI or language tag.

    Examples
    --------
    >>> to_oxigraph(Literal("部署", lang="zh"))
    <Literal value=部署 language=zh>
    """
    if isinstance(term, URIRef):
        return pyoxigraph.NamedNode(str(term))
    if isinstance(term, BNode):
        return pyoxigraph.BlankNode(str(term))
    if isinstance(term, Literal):
        if term.language:
            return pyoxigraph.Literal(str(term), language=term.language)
        if term.datatype is None:
            return pyoxigraph.Literal(str(term))
        return pyoxigraph.Literal(str(term), datatype=pyoxigraph.NamedNode(str(term.datatype)))
    raise TypeError(f"no term of RDF 1.1: {term!r}")


def to_rdflib(term: object) -> URIRef | BNode | Literal:
    """Make an rdflib term of a pyoxigraph term; the lexical form of a literal is kept.

    Raises
    ------
    TypeError
        Where RDF 1.1 has no such term: a triple term, a literal with a base direction.

    Examples
    --------
    >>> to_rdflib(pyoxigraph.NamedNode("urn:x:a"))
    rdflib.term.URIRef('urn:x:a')
    """
    if isinstance(term, pyoxigraph.NamedNode):
        return URIRef(term.value)
    if isinstance(term, pyoxigraph.BlankNode):
        return BNode(term.value)
    if isinstance(term, pyoxigraph.Literal) and term.direction is None:
        if term.language:
            return Literal(term.value, lang=term.language)
        datatype = term.datatype.value
        if datatype == _STRING:
            return Literal(term.value)
        return Literal(term.value, datatype=URIRef(datatype), normalize=False)
    raise TypeError(f"no term of RDF 1.1: {term!r}")


def to_quads(graphs: Iterable[Graph]) -> Iterator[pyoxigraph.Quad]:
    """Make pyoxigraph quads of named rdflib graphs."""
    for graph in graphs:
        name = to_oxigraph(graph.identifier)
        if isinstance(name, pyoxigraph.Literal):
            raise TypeError(f"no name of a graph: {name!r}")
        for triple in graph:
            subject, predicate, value = (to_oxigraph(term) for term in triple)
            if isinstance(subject, pyoxigraph.Literal) or not isinstance(
                predicate, pyoxigraph.NamedNode
            ):
                raise TypeError(f"no triple of RDF 1.1: {triple!r}")
            yield pyoxigraph.Quad(subject, predicate, value, name)


def to_graphs(quads: Iterable[pyoxigraph.Quad]) -> dict[str, Graph]:
    """Make rdflib graphs, by the IRI of their name, of pyoxigraph quads.

    Raises
    ------
    TypeError
        Where a quad stands in no named graph, or holds what RDF 1.1 does not have.
    """
    graphs: dict[str, Graph] = {}
    for quad in quads:
        if not isinstance(quad.graph_name, pyoxigraph.NamedNode):
            raise TypeError(f"in no named graph: {quad!r}")
        name = quad.graph_name.value
        if name not in graphs:
            graphs[name] = Graph(identifier=URIRef(name))
        graphs[name].add(
            (to_rdflib(quad.subject), to_rdflib(quad.predicate), to_rdflib(quad.object))
        )
    return graphs
