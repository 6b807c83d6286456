"""`docs/ontology.md` lists every term of the ontology in Chinese and in English."""

from __future__ import annotations

import os
import re

import pytest
from rdflib import OWL, RDF, RDFS, SKOS, Graph, Literal, URIRef

from kg import vocab
from kg.files import bundled
from kg.words import LANGS
from tests.conftest import CHECKOUT
from tests.ontology.guide import ontology_guide

GUIDE = CHECKOUT / "docs" / "ontology.md"
ONTOLOGY, ALIGNMENTS, SHAPES = (
    Graph().parse(bundled("ontology", f"{name}.ttl"), format="turtle")
    for name in ("kg", "alignments", "shapes")
)
SECTION = r"(<!-- generated: {lang} -->\n).*?(<!-- end -->)"


def _section(lang: str) -> str:
    text = GUIDE.read_text(encoding="utf-8")
    found = re.search(SECTION.format(lang=lang), text, re.DOTALL)
    assert found
    return found[0]


def test_golden_ontology_guide_is_made_from_the_ontology() -> None:
    text = GUIDE.read_text(encoding="utf-8")
    fresh = text
    for lang in LANGS:
        guide = ontology_guide(ONTOLOGY, ALIGNMENTS, SHAPES, lang)
        before, after = re.split(SECTION.format(lang=lang), fresh, flags=re.DOTALL)[::3]
        fresh = f"{before}<!-- generated: {lang} -->\n\n{guide}\n<!-- end -->{after}"
    if os.environ.get("KG_GOLDEN") == "write":
        GUIDE.write_text(fresh, encoding="utf-8", newline="")
        return
    assert fresh == text


@pytest.mark.parametrize("lang", LANGS)
def test_every_term_stands_in_the_guide_with_its_definition(lang: str) -> None:
    section = _section(lang)
    terms = {t for t in ONTOLOGY.subjects(RDF.type) if isinstance(t, URIRef)}
    for term in terms - set(ONTOLOGY.subjects(RDF.type, OWL.Ontology)):
        prefix, namespace = next(
            (prefix, iri) for prefix, iri in vocab.PREFIXES.items() if term.startswith(iri)
        )
        assert f"`{prefix}:{term.removeprefix(namespace)}`" in section
        for said in (RDFS.label, SKOS.definition):
            words = [
                str(word).replace("|", "\\|")
                for word in ONTOLOGY.objects(term, said)
                if isinstance(word, Literal) and word.language == lang
            ]
            # a value is called by its preferred label
            if said == SKOS.definition or (term, SKOS.inScheme, None) not in ONTOLOGY:
                assert words
                assert words[0] in section
