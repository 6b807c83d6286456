"""The ontology that comes with kg: its terms and what they are called."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import Final

from pyoxigraph import Literal, NamedNode, RdfFormat, parse

from kg import vocab
from kg.files import bundled, read_bytes
from kg.limits import RDF_FILE_BYTES

_LABEL: Final = NamedNode(vocab.LABEL)


@cache
def read_terms() -> Mapping[str, Mapping[str, str]]:
    """Read every term that the ontology speaks of, with its labels by language.

    >>> read_terms()[vocab.KG + "Measure"]["en"]
    'measure'
    """
    data = read_bytes(bundled("ontology", "kg.ttl"), limit=RDF_FILE_BYTES)
    terms: dict[str, dict[str, str]] = {}
    for quad in parse(data, format=RdfFormat.TURTLE):
        if isinstance(quad.subject, NamedNode):
            labels = terms.setdefault(quad.subject.value, {})
            if quad.predicate == _LABEL and isinstance(quad.object, Literal):
                labels[quad.object.language or ""] = quad.object.value
    return terms
