"""`context.jsonld` has a short name for every class and property; what it names reads back."""

from __future__ import annotations

import json
import os
from typing import Any

import pyoxigraph
import pytest
from rdflib import OWL, RDF, Graph, URIRef
from rdflib import Dataset as Quads

from kg import vocab
from kg.files import bundled
from kg.model import Dataset
from kg.rdf.canonical import to_nquads
from kg.rdf.convert import to_graphs
from kg.rdf.graphs import list_triples
from kg.rdf.jsonld import to_jsonld
from tests.ontology.context import PROPERTIES, build_context, compact, format_context
from tests.unit.rdf.full import FULL

pytestmark = pytest.mark.filterwarnings("ignore:.*is deprecated, use:DeprecationWarning")

FILE = bundled("ontology", "context.jsonld")
ONTOLOGY = Graph().parse(bundled("ontology", "kg.ttl"), format="turtle")


def _context() -> dict[str, Any]:
    context: dict[str, Any] = json.loads(FILE.read_text(encoding="utf-8"))["@context"]
    return context


def _read_by_oxigraph(document: bytes) -> bytes:
    quads = pyoxigraph.parse(document, pyoxigraph.RdfFormat.JSON_LD)
    return to_nquads(to_graphs(quads))


def _read_by_rdflib(document: bytes) -> bytes:
    quads = Quads()
    quads.parse(data=document, format="json-ld")
    graphs = {str(graph.identifier): graph for graph in quads.graphs() if len(graph)}
    return to_nquads(graphs)


def test_golden_context_is_what_the_ontology_gives() -> None:
    fresh = format_context(build_context(ONTOLOGY))
    if os.environ.get("KG_GOLDEN") == "write":
        FILE.write_text(fresh, encoding="utf-8", newline="")
        return
    assert FILE.read_text(encoding="utf-8") == fresh


def test_every_class_and_property_of_ours_has_its_own_name() -> None:
    context = _context()
    for sort in (OWL.Class, *PROPERTIES):
        for term in ONTOLOGY.subjects(RDF.type, sort):
            if isinstance(term, URIRef) and term.startswith(vocab.KG):
                meaning = context[term.removeprefix(vocab.KG)]
                named = meaning if isinstance(meaning, str) else meaning["@id"]
                assert named == "kg:" + term.removeprefix(vocab.KG)


@pytest.mark.parametrize("read", [_read_by_oxigraph, _read_by_rdflib])
def test_a_data_set_in_short_names_reads_back_to_the_same_triples(read: Any) -> None:
    graphs = list_triples(FULL)
    document = json.dumps(compact(_context(), graphs), ensure_ascii=False).encode()
    assert b'"addresses": ["' in document
    assert read(document) == to_nquads(graphs)


def test_the_liling_data_in_short_names_read_back_to_the_same_triples(liling: Dataset) -> None:
    graphs = list_triples(liling)
    document = json.dumps(compact(_context(), graphs), ensure_ascii=False).encode()
    assert _read_by_oxigraph(document) == to_nquads(graphs)


@pytest.mark.parametrize("read", [_read_by_oxigraph, _read_by_rdflib])
def test_an_export_reads_the_same_with_this_context_in_the_place_of_its_own(read: Any) -> None:
    graphs = list_triples(FULL)
    export = json.loads(to_jsonld(graphs))
    plain = {(name, said) for name, said in _context().items() if isinstance(said, str)}
    assert set(export["@context"].items()) <= plain
    export["@context"] = _context()
    assert read(json.dumps(export).encode()) == to_nquads(graphs)


def test_numbers_and_flags_may_be_written_as_json_has_them() -> None:
    written: dict[str, Any] = {"@context": _context(), "@id": "urn:x:b", "@type": "Battle"}
    written |= {"isSet": True, "level": "kg:level-city", "order": 5}
    document = json.dumps(written).encode()
    facts = {
        (q.predicate.value, str(q.object))
        for q in pyoxigraph.parse(document, pyoxigraph.RdfFormat.JSON_LD)
    }
    assert facts == {
        (vocab.TYPE, f"<{vocab.KG}Battle>"),
        (vocab.IS_SET, f'"true"^^<{vocab.XSD}boolean>'),
        (vocab.LEVEL, f"<{vocab.CONCEPTS['level']['city']}>"),
        (vocab.ORDER, f'"5"^^<{vocab.XSD}integer>'),
    }
