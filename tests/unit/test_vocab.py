"""The vocabulary and the ontology say the same, and the ontology says enough of each term."""

from __future__ import annotations

import ast
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from rdflib import OWL, RDF, RDFS, SKOS, BNode, Graph, Literal, URIRef
from rdflib import namespace as reused

from kg import vocab
from kg.files import bundled
from kg.model import CARRYING_RELATIONS, Relation
from kg.rdf.canonical import to_turtle
from kg.rdf.graphs import list_triples
from kg.sources.registry import read_source
from tests.questions.small import SMALL
from tests.unit.rdf.full import FULL

TURTLE = bundled("ontology", "kg.ttl").read_bytes()
ONTOLOGY = Graph().parse(data=TURTLE, format="turtle")
IRI = URIRef(vocab.ONTOLOGY)
TERMS = sorted({subject for subject in ONTOLOGY.subjects() if isinstance(subject, URIRef)} - {IRI})
ENTITIES = {
    OWL.Class,
    OWL.ObjectProperty,
    OWL.DatatypeProperty,
    OWL.AnnotationProperty,
    OWL.NamedIndividual,
}
# What RDF, RDFS and OWL define themselves needs no declaration.
BUILT_IN = (str(RDF), str(RDFS), str(OWL), str(reused.XSD))


def _iris_of_vocab() -> set[str]:
    found: set[str] = set()
    for name, value in vars(vocab).items():
        if name.isupper() and isinstance(value, str):
            found.add(value)
        elif name.isupper():
            found |= _leaves(value)
    namespaces = set(vocab.PREFIXES.values())
    return {iri for iri in found if iri.startswith(tuple(namespaces))} - namespaces


def _leaves(value: Any) -> set[str]:
    if isinstance(value, str):
        return {value}
    return (
        {leaf for one in value.values() for leaf in _leaves(one)}
        if hasattr(value, "values")
        else set()
    )


def test_the_vocabulary_needs_no_rdf_library() -> None:
    code = "import sys, kg.vocab; sys.exit(any(m in sys.modules for m in ('rdflib', 'pyoxigraph')))"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


def test_no_iri_of_the_vocabulary_is_written_anywhere_else_in_the_package() -> None:
    package = Path(vocab.__file__).parent
    namespaces = tuple(vocab.PREFIXES.values())
    found = [
        (path.name, node.value)
        for path in sorted(package.rglob("*.py"))
        if path.name != "vocab.py"
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Constant)
        and isinstance(node.value, str)
        and node.value.startswith(namespaces)
    ]
    assert found == []


def test_every_term_of_the_vocabulary_is_declared_in_the_ontology() -> None:
    declared = {str(term) for term in TERMS}
    iris = {iri for iri in _iris_of_vocab() if not iri.startswith(BUILT_IN)}
    assert sorted(iris - declared - {vocab.ONTOLOGY, vocab.ONTOLOGY_VERSION}) == []


def test_every_term_of_our_own_in_the_ontology_is_in_the_vocabulary() -> None:
    ours = {str(term) for term in TERMS if term.startswith(vocab.KG)}
    assert sorted(ours - _iris_of_vocab()) == []


@pytest.mark.parametrize("name", ["small", "full", "liling"])
def test_every_property_class_and_value_of_the_data_is_in_the_ontology(name: str) -> None:
    dataset = {"small": SMALL, "full": FULL}.get(name) or read_source().dataset
    used: set[str] = set()
    for triples in list_triples(dataset).values():
        for _, predicate, value in triples:
            used.add(str(predicate))
            if isinstance(value, URIRef):
                used.add(str(value))
    outside = (dataset.base_iri, *BUILT_IN, *vocab.LICENCE_OF.values())
    declared = {str(term) for term in TERMS}
    assert sorted(iri for iri in used - declared if not iri.startswith(outside)) == []


@pytest.mark.parametrize("term", TERMS, ids=str)
def test_a_term_is_declared_named_defined_sourced_and_exemplified(term: URIRef) -> None:
    assert set(ONTOLOGY.objects(term, RDF.type)) & (ENTITIES | {SKOS.ConceptScheme})
    for predicate in (RDFS.label, SKOS.definition):
        said = {
            value.language: str(value)
            for value in ONTOLOGY.objects(term, predicate)
            if isinstance(value, Literal)
        }
        assert set(said) == {"zh", "en"}
        assert said["zh"] != said["en"]
        assert all(said.values())
    for predicate in (URIRef(vocab.DCTERMS + "source"), RDFS.isDefinedBy, SKOS.example):
        assert set(ONTOLOGY.objects(term, predicate)), predicate
    own = term.startswith(vocab.KG)
    assert ((term, RDFS.isDefinedBy, IRI) in ONTOLOGY) is own


def test_a_definition_in_chinese_has_chinese_punctuation() -> None:
    wrong = [
        (str(term), str(value))
        for term in TERMS
        for predicate in (RDFS.label, SKOS.definition)
        for value in ONTOLOGY.objects(term, predicate)
        if isinstance(value, Literal)
        and value.language == "zh"
        and (set(value) & set(",;?!") or (predicate == SKOS.definition and value[-1] != "。"))
    ]
    assert wrong == []


def test_the_ontology_says_what_it_is() -> None:
    said = {
        (str(p), str(o), getattr(o, "language", None)) for p, o in ONTOLOGY.predicate_objects(IRI)
    }
    assert said >= {
        (str(RDF.type), str(OWL.Ontology), None),
        (str(OWL.versionIRI), vocab.ONTOLOGY_VERSION, None),
        (vocab.LICENSE, "https://creativecommons.org/licenses/by/4.0/", None),
        (vocab.VANN + "preferredNamespacePrefix", "kg", None),
        (vocab.VANN + "preferredNamespaceUri", vocab.KG, None),
    }
    for predicate in (vocab.TITLE, vocab.DCTERMS + "description"):
        assert {lang for p, _, lang in said if p == predicate} == {"zh", "en"}


def test_the_four_carrying_relations_and_no_other_are_sorts_of_contributing() -> None:
    parent = (RDFS.subPropertyOf, URIRef(vocab.CONTRIBUTES_TO))
    found = {
        relation
        for relation in Relation
        if (URIRef(vocab.RELATION_OF[relation]), *parent) in ONTOLOGY
    }
    assert found == CARRYING_RELATIONS
    definition = ONTOLOGY.objects(URIRef(vocab.CONTRIBUTES_TO), SKOS.definition)
    assert any("never causation" in str(words) for words in definition)


def test_every_value_of_a_closed_list_stands_in_its_scheme_with_its_notation() -> None:
    for scheme, concepts in vocab.CONCEPTS.items():
        for value, iri in concepts.items():
            assert (URIRef(iri), SKOS.inScheme, URIRef(vocab.SCHEME_OF[scheme])) in ONTOLOGY
            assert (URIRef(iri), SKOS.notation, Literal(value)) in ONTOLOGY
    for code, iri in vocab.GAP_OF.items():
        assert (URIRef(iri), SKOS.inScheme, URIRef(vocab.SCHEME_OF["gap"])) in ONTOLOGY
        assert (URIRef(iri), SKOS.notation, Literal(code)) in ONTOLOGY


def test_every_annotation_property_is_declared_as_owl_2_dl_asks() -> None:
    declared = {str(s) for entity in ENTITIES for s in ONTOLOGY.subjects(RDF.type, entity)}
    used = {str(predicate) for predicate in ONTOLOGY.predicates()}
    assert sorted(iri for iri in used - declared if not iri.startswith(BUILT_IN)) == []
    assert not [term for triple in ONTOLOGY for term in triple if isinstance(term, BNode)]


def test_reused_terms_are_those_of_the_published_vocabularies() -> None:
    copies: dict[str, Any] = {
        vocab.DCTERMS: reused.DCTERMS,
        vocab.FOAF: reused.FOAF,
        vocab.ODRL: reused.ODRL2,
        vocab.ORG: reused.ORG,
        vocab.PROV: reused.PROV,
        vocab.SCHEMA: reused.SDO,
        vocab.SKOS: reused.SKOS,
        vocab.SOSA: reused.SOSA,
        vocab.VANN: reused.VANN,
    }
    unknown = [
        str(term)
        for term in TERMS
        for namespace, copy in copies.items()
        if term.startswith(namespace) and term.removeprefix(namespace) not in copy
    ]
    assert unknown == []


def test_the_file_is_as_our_own_writer_writes_it() -> None:
    assert to_turtle(ONTOLOGY) == TURTLE
