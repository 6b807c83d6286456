"""The JSON-LD context of the ontology: short names for its terms, made from the ontology."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from rdflib import OWL, RDF, RDFS, XSD, Literal, URIRef

from kg import vocab

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from rdflib import Graph
    from rdflib.term import Node

# What a value of a datatype is called where a property has only such values.
COERCED = {XSD.boolean: "xsd:boolean", XSD.integer: "xsd:integer"}
PROPERTIES = (OWL.ObjectProperty, OWL.DatatypeProperty, OWL.AnnotationProperty)
# Of RDF itself, as the data use them.
OF_RDF = ("subject", "predicate", "object", "first", "rest")


def build_context(ontology: Graph) -> dict[str, Any]:
    """Our classes and properties, and those we reuse, by the name behind their prefix.

    Where two would be called the same, ours is, and the other keeps its prefix. The value of
    a property that points at something is an IRI; words have a language, or none.
    """
    named: dict[str, Any] = {}
    for term in sorted(_terms(ontology), key=lambda term: (not term.startswith(vocab.KG), term)):
        named.setdefault(_local(term), _define(ontology, term))
    named |= {name: {"@id": f"rdf:{name}", "@type": "@id"} for name in OF_RDF}
    named["label"] = "rdfs:label"
    return {"@version": 1.1, **vocab.PREFIXES, **dict(sorted(named.items()))}


def format_context(context: Mapping[str, Any]) -> str:
    """A term a line, in the order given."""
    lines = [f"  {_dump(name)}: {_dump(meaning)}" for name, meaning in context.items()]
    return '{"@context": {\n' + ",\n".join(lines) + "\n}}\n"


def compact(
    context: Mapping[str, Any], graphs: Mapping[str, Iterable[tuple[Node, Node, Node]]]
) -> dict[str, Any]:
    """Write graphs with the short names of a context."""
    short = {
        _expand(meaning if isinstance(meaning, str) else meaning["@id"]): (name, meaning)
        for name, meaning in context.items()
        if name != "@version" and name not in vocab.PREFIXES
    }
    parts = []
    for graph, triples in graphs.items():
        about: dict[str, dict[str, Any]] = {}
        for subject, predicate, value in triples:
            node = about.setdefault(str(subject), {"@id": str(subject)})
            if predicate == RDF.type:
                node.setdefault("@type", []).append(
                    short[str(value)][0] if str(value) in short else str(value)
                )
                continue
            name, meaning = short[str(predicate)]
            sort = meaning.get("@type") if isinstance(meaning, dict) else None
            node.setdefault(name, []).append(_value(value, sort))
        parts.append({"@id": graph, "@graph": list(about.values())})
    return {"@context": dict(context), "@graph": parts}


def _value(value: Node, sort: str | None) -> Any:
    if isinstance(value, URIRef):
        return str(value) if sort == "@id" else {"@id": str(value)}
    assert isinstance(value, Literal)
    if value.language:
        return {"@value": str(value), "@language": value.language}
    if value.datatype in COERCED and sort == COERCED[value.datatype]:
        return value.toPython() if value.datatype == XSD.boolean else str(value)
    if value.datatype is None:
        return str(value) if sort is None else {"@value": str(value)}
    return {"@value": str(value), "@type": str(value.datatype)}


def _terms(ontology: Graph) -> set[URIRef]:
    found = {
        term for sort in (OWL.Class, *PROPERTIES) for term in ontology.subjects(RDF.type, sort)
    }
    return {term for term in found if isinstance(term, URIRef)}


def _define(ontology: Graph, term: URIRef) -> Any:
    compacted = _compact(term)
    if (term, RDF.type, OWL.ObjectProperty) in ontology:
        return {"@id": compacted, "@type": "@id"}
    values = set(ontology.objects(term, RDFS.range))
    coerced = [name for datatype, name in COERCED.items() if values == {datatype}]
    return {"@id": compacted, "@type": coerced[0]} if coerced else compacted


def _local(term: URIRef) -> str:
    return _compact(term).split(":", 1)[1]


def _compact(term: str) -> str:
    for prefix, namespace in vocab.PREFIXES.items():
        if term.startswith(namespace):
            return f"{prefix}:{term.removeprefix(namespace)}"
    raise ValueError(term)


def _expand(name: str) -> str:
    prefix, local = name.split(":", 1)
    return vocab.PREFIXES[prefix] + local


def _dump(value: object) -> str:
    return json.dumps(value, ensure_ascii=False)
