"""Every term of others that ours are aligned with is in a copy of its vocabulary."""

from __future__ import annotations

import re
from typing import Any

import pytest
import rdflib
from rdflib import DCTERMS, OWL, RDF, RDFS, Graph, Literal, URIRef
from rdflib import namespace as copies

from kg import vocab
from kg.files import bundled

OURS = Graph().parse(bundled("ontology", "kg.ttl"), format="turtle")
ALIGNMENTS = Graph().parse(bundled("ontology", "alignments.ttl"), format="turtle")
RELATIONS = (RDFS.subClassOf, RDFS.subPropertyOf)
PAIRS = sorted(
    (subject, relation, value)
    for subject, relation, value in ALIGNMENTS
    if relation in RELATIONS and isinstance(value, URIRef)
)
ALIGNED = sorted({value for _, _, value in PAIRS})


def _copy(term: URIRef) -> tuple[str, Any]:
    """The name of the copy of a term's vocabulary, and the copy."""
    return next(
        (name, copy)
        for name in ("DC", "DCAT", "DCTERMS", "FOAF", "ORG", "PROV", "SDO", "SOSA", "VOID")
        for copy in [getattr(copies, name)]
        if str(term).startswith(str(copy))
    )


def _is_in_a_copy(term: URIRef) -> bool:
    _, copy = _copy(term)
    return str(term).removeprefix(str(copy)) in copy


@pytest.mark.parametrize("term", ALIGNED, ids=str)
def test_an_aligned_term_is_in_the_copy_that_is_named(term: URIRef) -> None:
    name, copy = _copy(term)
    about = str(copy.__doc__)
    url = re.search(r"Generated from: (\S+)", about)
    day = re.search(r"Date: (\d{4}-\d\d-\d\d)", about)
    assert url and day and _is_in_a_copy(term)
    said = f"rdflib {rdflib.__version__}, {name}: {url[1]}, {day[1]}"
    assert list(ALIGNMENTS.objects(term, DCTERMS.source)) == [Literal(said)]


def test_a_term_that_no_vocabulary_has_would_be_seen() -> None:
    assert not _is_in_a_copy(URIRef(vocab.PROV + "Curator"))


@pytest.mark.parametrize(("ours", "relation", "theirs"), PAIRS, ids=str)
def test_an_alignment_goes_from_a_term_of_ours_to_one_of_the_same_sort(
    ours: URIRef, relation: URIRef, theirs: URIRef
) -> None:
    assert ours.startswith(vocab.KG)
    sorts = set(OURS.objects(ours, RDF.type))
    assert sorts == set(ALIGNMENTS.objects(theirs, RDF.type))
    assert (OWL.Class in sorts) is (relation == RDFS.subClassOf)


def test_the_alignments_say_nothing_else_of_our_terms() -> None:
    about_ours = {
        (subject, said) for subject, said, _ in ALIGNMENTS if str(subject).startswith(vocab.KG)
    }
    assert about_ours == {(subject, relation) for subject, relation, _ in PAIRS}
    declared = {
        str(term)
        for term in ALIGNMENTS.subjects(RDF.type)
        if (term, RDF.type, OWL.Ontology) not in ALIGNMENTS
    }
    assert declared == {str(term) for term in ALIGNED}
