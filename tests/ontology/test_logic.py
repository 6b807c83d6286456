"""The ontology is OWL 2 DL, agrees with the data, and contradicts what is wrong."""

from __future__ import annotations

from typing import Any
from urllib.parse import quote

import pyoxigraph
import pytest
from rdflib import OWL, RDF, RDFS, Graph, Literal, URIRef

from kg import vocab
from kg.files import bundled
from kg.model import Dataset, Kind
from kg.rdf.graphs import list_triples
from tests.unit.rdf.full import FULL

FILES = ("kg.ttl", "alignments.ttl")


def _ontology() -> Graph:
    graph = Graph()
    for name in FILES:
        graph.parse(bundled("ontology", name), format="turtle")
    return graph


def _with_data(dataset: Dataset) -> Graph:
    graph = _ontology()
    for triples in list_triples(dataset).values():
        for triple in triples:
            graph.add(triple)
    return graph


def _merged(graph: Graph, dataset: Dataset, *, apart: str = "") -> Graph:
    """A graph with one thing for all things of a data set that have the same classes.

    Every rule of OWL RL, those that find contradictions too, asks for triples that are there
    and for none that are not. So what contradicts itself apart does so merged: where the
    merged graph is consistent, the graph is, and most of it is gone. Sound literals become
    one for each datatype and language; the rules only ask whether they are sound. What is
    said for people to read is left out. The thing `apart` keeps its name.
    """
    for_people = set(graph.subjects(RDF.type, OWL.AnnotationProperty))
    classes: dict[Any, set[Any]] = {}
    literals: dict[tuple[Any, Any], Literal] = {}
    for thing, kind in graph.subject_objects(RDF.type):
        classes.setdefault(thing, set()).add(kind)

    def merge(term: Any) -> Any:
        if isinstance(term, Literal):
            kind = (term.datatype, term.language)
            return term if term.ill_typed else literals.setdefault(kind, term)
        if not term.startswith(dataset.base_iri) or str(term) == apart:
            return term
        name = "|".join(sorted(str(kind) for kind in classes.get(term, ())))
        return URIRef(dataset.base_iri + quote(name, safe=""))

    merged = Graph()
    for subject, predicate, value in graph:
        if predicate not in for_people or not isinstance(value, Literal) or value.ill_typed:
            merged.add((merge(subject), predicate, merge(value)))
    return merged


def _find_contradictions(graph: Graph) -> list[str]:
    from owlrl import OWLRL_Semantics

    reasoner: Any = OWLRL_Semantics(graph, axioms=False, daxioms=False)
    reasoner.closure()
    return sorted(reasoner.error_messages)


def _profile(*extra: str) -> dict[str, int]:
    """What keeps the ontology, and whatever is added to it, from being OWL 2 DL."""
    from pyowl2_profiles import detect_profiles

    store = pyoxigraph.Store()
    for name in FILES:
        store.load(path=bundled("ontology", name), format=pyoxigraph.RdfFormat.TURTLE)
    prefixes = "".join(f"PREFIX {prefix}: <{iri}>\n" for prefix, iri in vocab.PREFIXES.items())
    for triples in extra:
        store.update(f"{prefixes} INSERT DATA {{ {triples} }}")
    found = detect_profiles(store)["dl"]
    assert found["in_profile"] is not bool(found["violations_by_axiom_type"])
    return dict(found["violations_by_axiom_type"])


def test_the_ontology_is_in_the_owl_2_dl_profile() -> None:
    assert _profile() == {}


@pytest.mark.parametrize(
    ("planted", "sort"),
    [
        ("kg:Battle dcterms:creator kg:Curator", "undeclared-property"),
        ("kg:cites a owl:DatatypeProperty", "punning"),
        ("rdfs:label a owl:Class", "reserved-vocab"),
    ],
)
def test_what_is_not_owl_2_dl_is_reported(planted: str, sort: str) -> None:
    assert list(_profile(planted)) == [sort]


def test_the_kinds_are_disjoint_and_so_are_the_records() -> None:
    graph = _ontology()
    records = (vocab.DECISION, vocab.FIGURE, vocab.LINK, vocab.MENTION, vocab.PASSAGE)
    for group in (tuple(vocab.CLASS_OF.values()), (*records, vocab.SECTION)):
        for one in group:
            for other in group:
                pair = {(URIRef(one), URIRef(other)), (URIRef(other), URIRef(one))}
                said = pair & set(graph.subject_objects(OWL.disjointWith))
                assert len(said) == (one != other)


def test_a_small_data_set_does_not_contradict_the_ontology() -> None:
    assert _find_contradictions(_with_data(FULL)) == []


@pytest.mark.parametrize(
    ("subject", "predicate", "value"),
    [
        ("m1", RDF.type, vocab.CLASS_OF[Kind.OUTCOME]),  # of two kinds
        ("m1", RDF.type, vocab.LINK),  # a node and the record of a link
        ("m1", URIRef(vocab.OUTCOME_TYPE), vocab.CONCEPTS["outcome-type"]["award"]),  # by domain
        ("b1", URIRef(vocab.KG + "addresses"), "m1"),  # by range: a measure as a directive
    ],
)
def test_one_planted_contradiction_is_reported(subject: str, predicate: URIRef, value: str) -> None:
    graph = _with_data(FULL)
    target = value if ":" in value else FULL.iri(value)
    graph.add((URIRef(FULL.iri(subject)), predicate, URIRef(target)))
    found = _find_contradictions(_merged(graph, FULL, apart=FULL.iri("m1")))
    assert any(FULL.iri("m1") in message for message in found)


def test_without_the_disjoint_classes_the_contradiction_would_go_unseen() -> None:
    graph = _with_data(FULL)
    graph.add((URIRef(FULL.iri("m1")), RDF.type, URIRef(vocab.CLASS_OF[Kind.OUTCOME])))
    graph.remove((None, OWL.disjointWith, None))
    assert _find_contradictions(_merged(graph, FULL)) == []
    assert (None, RDFS.subClassOf, None) in graph


def test_the_liling_data_do_not_contradict_the_ontology(liling: Dataset) -> None:
    sound = _merged(_with_data(liling), liling)
    planted = Graph() + sound
    assert _find_contradictions(sound) == []
    measure = next(planted.subjects(RDF.type, URIRef(vocab.CLASS_OF[Kind.MEASURE])))
    award = URIRef(vocab.CONCEPTS["outcome-type"]["award"])
    planted.add((measure, URIRef(vocab.OUTCOME_TYPE), award))
    assert len(_find_contradictions(planted)) == 1
