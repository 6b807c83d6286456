"""The crossing between rdflib and pyoxigraph."""

from __future__ import annotations

import pyoxigraph
import pytest
from rdflib import BNode, Graph, Literal, URIRef, Variable

from kg.rdf.convert import to_graphs, to_oxigraph, to_quads, to_rdflib
from kg.rdf.graphs import build_graphs
from tests.unit.rdf.full import FULL

XSD = "http://www.w3.org/2001/XMLSchema#"
TERMS = [
    URIRef("https://example.org/部署"),
    BNode("b1"),
    Literal("部署"),
    Literal("部署", lang="zh"),
    Literal("01.50", datatype=URIRef(XSD + "decimal"), normalize=False),
    Literal("abc", datatype=URIRef("https://example.org/type")),
]


@pytest.mark.parametrize("term", TERMS, ids=repr)
def test_a_term_comes_back_as_it_was(term: URIRef | BNode | Literal) -> None:
    again = to_rdflib(to_oxigraph(term))
    assert (type(again), str(again), again) == (type(term), str(term), term)


@pytest.mark.parametrize("term", ["text", 3, None, Variable("x"), Graph()])
def test_what_is_no_term_is_refused_on_the_way_there(term: object) -> None:
    with pytest.raises(TypeError):
        to_oxigraph(term)  # type: ignore[arg-type]


A = pyoxigraph.NamedNode("urn:x:a")


@pytest.mark.parametrize(
    "term",
    [
        "text",
        None,
        pyoxigraph.Variable("x"),
        pyoxigraph.Triple(A, A, A),
        pyoxigraph.DefaultGraph(),
        pyoxigraph.Literal("a", language="ar", direction=pyoxigraph.BaseDirection.RTL),
    ],
    ids=repr,
)
def test_what_rdf_1_1_does_not_have_is_refused_on_the_way_back(term: object) -> None:
    with pytest.raises(TypeError):
        to_rdflib(term)


def test_the_graphs_of_a_data_set_come_back_as_they_were() -> None:
    graphs = build_graphs(FULL)
    again = to_graphs(to_quads(graphs.values()))
    assert {name: set(graph) for name, graph in again.items()} == {
        name: set(graph) for name, graph in graphs.items()
    }


def test_a_quad_without_a_named_graph_is_refused() -> None:
    with pytest.raises(TypeError):
        to_graphs([pyoxigraph.Quad(A, A, A)])


@pytest.mark.parametrize(
    "triple",
    [(Literal("a"), URIRef("urn:x:p"), BNode()), (BNode(), BNode(), BNode())],
    ids=["a literal as subject", "a blank node as predicate"],
)
def test_a_triple_that_rdf_does_not_have_is_refused(triple: tuple[Literal, URIRef, BNode]) -> None:
    graph = Graph(identifier=URIRef("urn:x:g"))
    graph.add(triple)
    with pytest.raises(TypeError):
        list(to_quads([graph]))


def test_a_graph_cannot_be_named_by_a_literal() -> None:
    graph = Graph(identifier="urn:x:g")
    graph.__dict__["_Graph__identifier"] = Literal("g")
    graph.add((URIRef("urn:x:a"), URIRef("urn:x:a"), URIRef("urn:x:a")))
    with pytest.raises(TypeError):
        list(to_quads([graph]))
