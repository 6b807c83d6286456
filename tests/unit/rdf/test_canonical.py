"""The same triples give the same bytes, and every format gives the triples back."""

from __future__ import annotations

import random
import string
from typing import Any

import pyoxigraph
import pytest
from hypothesis import given
from hypothesis import strategies as st
from rdflib import XSD, BNode, Graph, Literal, URIRef
from rdflib import Dataset as Quads

from kg import vocab
from kg.rdf.canonical import to_nquads, to_trig, to_turtle
from kg.rdf.convert import to_graphs, to_oxigraph
from kg.rdf.graphs import list_triples
from kg.rdf.jsonld import to_jsonld
from kg.rdf.terms import Triple, number
from tests.unit.rdf.full import FULL

# rdflib's own Dataset warns about what rdflib itself calls
pytestmark = pytest.mark.filterwarnings("ignore:.*is deprecated, use:DeprecationWarning")

A, B, C = (URIRef(f"https://example.org/{name}") for name in "abc")
NAME = "https://example.org/graph"
GRAPHS = list_triples(FULL)
ODD_TEXTS = [
    "",
    '"',
    "'''\"\"\"",
    "\\",
    "\\u0041",
    "\n\r\t\b\f\x00\x1b\x7f",
    "，。《》“”",
    "\u2028\u2029\ufeff\u200b",
    "😀𠀀",
    "</script><!--",
    "@prefix kg: <urn:x> .",
]
TEXTS = st.text(st.characters(exclude_categories=["Cs"]))
FORMATS = {
    "trig": (to_trig, pyoxigraph.RdfFormat.TRIG),
    "nquads": (to_nquads, pyoxigraph.RdfFormat.N_QUADS),
    "jsonld": (to_jsonld, pyoxigraph.RdfFormat.JSON_LD),
}


def _quads(graphs: dict[str, list[Triple]]) -> set[tuple[str, ...]]:
    return {
        (name, *(str(to_oxigraph(term)) for term in triple))
        for name, triples in graphs.items()
        for triple in triples
    }


def _read(data: bytes, syntax: pyoxigraph.RdfFormat) -> set[tuple[str, ...]]:
    return {
        (
            quad.graph_name.value if isinstance(quad.graph_name, pyoxigraph.NamedNode) else "",
            str(quad.subject),
            str(quad.predicate),
            str(quad.object),
        )
        for quad in pyoxigraph.parse(data, syntax)
    }


@pytest.mark.parametrize("name", sorted(FORMATS))
def test_a_whole_data_set_is_read_back_by_both_libraries(name: str) -> None:
    write, syntax = FORMATS[name]
    data = write(GRAPHS)
    assert _read(data, syntax) == _quads(GRAPHS)
    quads = Quads()
    quads.parse(data=data, format={"jsonld": "json-ld"}.get(name, name))
    again = {str(graph.identifier): list(graph) for graph in quads.graphs() if len(graph)}
    assert to_nquads(again) == to_nquads(GRAPHS)


def test_turtle_is_read_back_by_both_libraries() -> None:
    for name, triples in GRAPHS.items():
        data = to_turtle(triples, base=FULL.base_iri)
        assert _read(data, pyoxigraph.RdfFormat.TURTLE) == {
            ("", *quad[1:]) for quad in _quads({name: triples})
        }
        again = Graph().parse(data=data, format="turtle")
        assert to_turtle(again, base=FULL.base_iri) == data


@pytest.mark.parametrize("name", [*sorted(FORMATS), "turtle"])
def test_the_order_of_triples_and_their_repetition_change_no_byte(name: str) -> None:
    write: Any = FORMATS[name][0] if name in FORMATS else lambda graphs: to_turtle(graphs[NAME])
    triples = [triple for triples in GRAPHS.values() for triple in triples]
    shuffled = [*triples, *triples[:50]]
    random.Random(7).shuffle(shuffled)
    assert write({NAME: triples}) == write({NAME: shuffled})


@given(TEXTS, st.sampled_from([None, "zh", "en"]))
def test_any_text_is_read_back_from_any_format(text: str, lang: str | None) -> None:
    graphs: dict[str, list[Triple]] = {NAME: [(A, B, Literal(text, lang=lang))]}
    for write, syntax in FORMATS.values():
        assert _read(write(graphs), syntax) == _quads(graphs)
    turtle = to_turtle(graphs[NAME])
    assert _read(turtle, pyoxigraph.RdfFormat.TURTLE) == {("", *q[1:]) for q in _quads(graphs)}


@pytest.mark.parametrize("text", ODD_TEXTS)
def test_odd_texts_are_read_back_by_rdflib_too(text: str) -> None:
    graphs: dict[str, list[Triple]] = {NAME: [(A, B, Literal(text))]}
    assert list(Graph().parse(data=to_turtle(graphs[NAME]), format="turtle")) == graphs[NAME]
    quads = Quads()
    quads.parse(data=to_jsonld(graphs), format="json-ld")
    assert [list(graph) for graph in quads.graphs() if len(graph)] == [graphs[NAME]]


@given(st.floats(allow_nan=False, allow_infinity=False) | st.integers())
def test_a_number_is_read_back_as_the_very_same_number(value: float) -> None:
    data = to_turtle([(A, B, number(value))])
    (triple,) = pyoxigraph.parse(data, pyoxigraph.RdfFormat.TURTLE)
    assert isinstance(triple.object, pyoxigraph.Literal)
    kind = type(value)
    assert kind(triple.object.value) == value
    is_whole = triple.object.datatype.value == str(XSD.integer)
    assert is_whole is isinstance(value, int)


@pytest.mark.parametrize(
    ("value", "lexical"), [(float("inf"), "INF"), (float("-inf"), "-INF"), (float("nan"), "NaN")]
)
def test_a_number_that_is_not_finite_is_a_double(value: float, lexical: str) -> None:
    assert number(value) == Literal(lexical, datatype=XSD.double, normalize=False)


def test_turtle_is_laid_out_for_people() -> None:
    base = "https://example.org/"
    triples: list[Triple] = [
        (A, B, Literal("丙", lang="zh")),
        (A, URIRef(vocab.KG + "length"), number(3)),
        (A, URIRef(vocab.TYPE), URIRef(vocab.SOURCE)),
        (A, B, C),
        (URIRef(base + "x/y"), B, Literal(True)),
        (URIRef(base + "1"), B, number(0.5)),
    ]
    lines = to_turtle(triples, base=base).decode().splitlines()
    assert lines[0] == "@prefix data: <https://example.org/> ."
    assert lines[len(vocab.PREFIXES) + 1 :] == [
        "",
        "<https://example.org/1> data:b 0.5 .",
        "",
        "data:a a kg:Source ;",
        '    data:b "丙"@zh, data:c ;',
        "    kg:length 3 .",
        "",
        "<https://example.org/x/y> data:b true .",
    ]


@pytest.mark.parametrize("write", [to_trig, to_nquads, to_jsonld])
def test_a_blank_node_is_refused(write: Any) -> None:
    for triple in ((BNode(), B, C), (A, B, BNode())):
        with pytest.raises(TypeError):
            write({NAME: [triple]})


@pytest.mark.parametrize("character", [*' <>"{}|\\^`\n\x00'])
def test_what_is_no_iri_is_refused(character: str) -> None:
    with pytest.raises(ValueError, match="no IRI"):
        to_nquads({NAME: [(URIRef(f"urn:x:{character}"), B, C)]})


def test_every_printable_ascii_id_is_a_valid_name_in_every_format() -> None:
    iris = [URIRef(FULL.iri(character)) for character in string.printable]
    graphs: dict[str, list[Triple]] = {NAME: [(iri, B, C) for iri in iris]}
    for write, syntax in FORMATS.values():
        assert _read(write(graphs), syntax) == _quads(graphs)


def test_no_graph_is_an_empty_document() -> None:
    assert to_nquads({}) == b""
    assert list(pyoxigraph.parse(to_trig({}), pyoxigraph.RdfFormat.TRIG)) == []
    assert list(pyoxigraph.parse(to_jsonld({}), pyoxigraph.RdfFormat.JSON_LD)) == []
    assert to_graphs(pyoxigraph.parse(to_nquads({}), pyoxigraph.RdfFormat.N_QUADS)) == {}
