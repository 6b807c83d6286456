"""Queries for what an ontology must not have: none finds anything, each finds a planted fault."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import pyoxigraph
import pytest

from kg import vocab
from kg.files import bundled

QUALITY = bundled("ontology", "quality")
NAMES = sorted(path.stem for path in QUALITY.glob("*.rq"))
PREFIXES = "".join(f"PREFIX {prefix}: <{iri}>\n" for prefix, iri in vocab.PREFIXES.items())
ONTOLOGY = f"<{vocab.ONTOLOGY}>"
BATTLE = f"<{vocab.KG}Battle>"


def _without(term: str, predicate: str, *, lang: str = "") -> str:
    only = f' FILTER(LANG(?said) = "{lang}")' if lang else ""
    return f"DELETE {{ {term} {predicate} ?said }} WHERE {{ {term} {predicate} ?said{only} }}"


def _with(triples: str) -> str:
    return f"INSERT DATA {{ {triples} }}"


# query → a change that plants one fault, and the term in which it must be found
FAULTS: dict[str, tuple[str, str]] = {
    "blank-node": (_with("kg:Battle rdfs:subClassOf [ a owl:Class ]"), BATTLE),
    "class-name": (_with("kg:battle_two a owl:Class"), f"<{vocab.KG}battle_two>"),
    "definition-not-unique": (
        "INSERT { kg:Battle skos:definition ?said } WHERE { kg:Measure skos:definition ?said }",
        BATTLE,
    ),
    "definition-repeats-label": (_with('kg:Battle skos:definition "A battle."@en'), BATTLE),
    "definition-style": (_with('kg:Battle skos:definition "a campaign"@en'), BATTLE),
    "label-not-unique": (_with('kg:Battle rdfs:label "Measure"@en'), BATTLE),
    "label-style": (_with('kg:Battle rdfs:label "攻坚。"@zh'), BATTLE),
    "missing-defined-by": (_without(BATTLE, "rdfs:isDefinedBy"), BATTLE),
    "missing-definition": (_without(BATTLE, "skos:definition", lang="zh"), BATTLE),
    "missing-example": (_without(BATTLE, "skos:example"), BATTLE),
    "missing-label": (_without(BATTLE, "rdfs:label", lang="en"), BATTLE),
    "missing-source": (_without(BATTLE, "dcterms:source"), BATTLE),
    "notation-not-unique": (
        _with('kg:basis-stated skos:notation "echoed"'),
        f"<{vocab.KG}basis-stated>",
    ),
    "ontology-without-licence": (_without(ONTOLOGY, "dcterms:license"), ONTOLOGY),
    "ontology-without-prefix": (_without(ONTOLOGY, "vann:preferredNamespaceUri"), ONTOLOGY),
    "ontology-without-title": (_without(ONTOLOGY, "dcterms:title", lang="zh"), ONTOLOGY),
    "ontology-without-version": (_without(ONTOLOGY, "owl:versionIRI"), ONTOLOGY),
    "other-language": (_with('kg:Battle rdfs:label "bataille"@fr'), BATTLE),
    "property-name": (
        _with("kg:Has_part a owl:ObjectProperty"),
        f"<{vocab.KG}Has_part>",
    ),
    "scheme-without-value": (
        "DELETE { ?value skos:inScheme kg:scheme-good } WHERE { ?value skos:inScheme ?scheme }",
        f"<{vocab.KG}scheme-good>",
    ),
    "several-definitions": (_with('kg:Battle skos:definition "Something else."@en'), BATTLE),
    "several-labels": (_with('kg:Battle rdfs:label "campaign"@en'), BATTLE),
    "two-sorts-of-property": (
        _with("kg:cites a owl:DatatypeProperty"),
        f"<{vocab.KG}cites>",
    ),
    "undeclared-term": (
        _with("kg:Battle rdfs:subClassOf prov:Activity"),
        f"<{vocab.PROV}Activity>",
    ),
    "untidy-words": (_with('kg:Battle skos:example "清河  行动"@zh'), BATTLE),
    "value-name": (
        _with('kg:stated a skos:Concept ; skos:inScheme kg:scheme-basis ; skos:notation "said"'),
        f"<{vocab.KG}stated>",
    ),
    "value-without-name": (
        _without("kg:basis-stated", "skos:prefLabel", lang="zh"),
        f"<{vocab.KG}basis-stated>",
    ),
    "value-without-scheme": (
        _without("kg:basis-stated", "skos:inScheme"),
        f"<{vocab.KG}basis-stated>",
    ),
    "wrong-defined-by": (_with("kg:Battle rdfs:isDefinedBy <http://www.w3.org/ns/org#>"), BATTLE),
}


@cache
def _query(name: str) -> str:
    return (QUALITY / f"{name}.rq").read_text(encoding="utf-8")


def _ontology() -> pyoxigraph.Store:
    store = pyoxigraph.Store()
    store.load(path=bundled("ontology", "kg.ttl"), format=pyoxigraph.RdfFormat.TURTLE)
    return store


def _find(store: pyoxigraph.Store, name: str) -> list[str]:
    rows = store.query(_query(name))
    assert isinstance(rows, pyoxigraph.QuerySolutions)
    return sorted({str(row["term"]) for row in rows})


def test_every_query_has_a_planted_fault() -> None:
    assert sorted(FAULTS) == NAMES


@pytest.mark.parametrize("name", NAMES)
def test_the_query_says_in_both_languages_what_it_asks(name: str) -> None:
    head = [line for line in _query(name).splitlines() if line.startswith("#+")]
    assert [line.split(":")[0] for line in head] == ["#+ title_zh", "#+ title_en"]


@pytest.mark.parametrize("name", NAMES)
def test_the_ontology_is_free_of_what_the_query_looks_for(name: str) -> None:
    assert _find(_ontology(), name) == []


@pytest.mark.parametrize("name", NAMES)
def test_the_query_finds_the_planted_fault(name: str) -> None:
    change, term = FAULTS[name]
    store = _ontology()
    store.update(PREFIXES + change)
    assert term in _find(store, name)


def test_no_two_queries_are_the_same_file_under_two_names() -> None:
    paths: list[Path] = sorted(QUALITY.iterdir())
    assert len({path.read_bytes() for path in paths}) == len(paths) == len(NAMES)
