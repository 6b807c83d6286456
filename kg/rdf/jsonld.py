"""Named graphs as JSON-LD with the context inside: nothing is fetched to read it."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from functools import lru_cache
from typing import TYPE_CHECKING, Any, Final

from rdflib import BNode, Literal, URIRef

from kg.vocab import PREFIXES, RDF, XSD

if TYPE_CHECKING:
    from kg.rdf.terms import Term, Triple

_RDF_TYPE: Final = URIRef(RDF + "type")
_STRING: Final = URIRef(XSD + "string")


def to_jsonld(graphs: Mapping[str, Iterable[Triple]]) -> bytes:
    """Write graphs, by the IRI of their name, as JSON-LD 1.1: a thing a line, sorted.

    Terms of a vocabulary are shortened by its prefix; what is named in the data keeps its
    whole IRI; a number is a string with its datatype, so that it stays as it is written.

    Examples
    --------
    >>> graphs = {"urn:x:g": [(URIRef("urn:x:b"), _RDF_TYPE, URIRef("urn:x:c"))]}
    >>> json.loads(to_jsonld(graphs))["@graph"]
    [{'@id': 'urn:x:g', '@graph': [{'@id': 'urn:x:b', '@type': ['urn:x:c']}]}]
    """
    parts = []
    for name, triples in sorted(graphs.items()):
        nodes = ",\n".join(_dump(node) for node in _nodes(triples))
        parts.append(f'{{"@id": {_dump(name)}, "@graph": [\n{nodes}\n]}}')
    context, body = _dump(dict(PREFIXES)), ",\n".join(parts)
    return f'{{"@context": {context},\n"@graph": [\n{body}\n]}}\n'.encode()


def triples_to_jsonld(triples: Iterable[Triple]) -> bytes:
    """Write triples of no named graph, such as the answer to a query; blank nodes too.

    Examples
    --------
    >>> triple = (BNode("b1"), _RDF_TYPE, URIRef("urn:x:c"))
    >>> json.loads(triples_to_jsonld([triple]))["@graph"]
    [{'@id': '_:b1', '@type': ['urn:x:c']}]
    """
    nodes = ",\n".join(_dump(node) for node in _nodes(triples, blank=True))
    return f'{{"@context": {_dump(dict(PREFIXES))},\n"@graph": [\n{nodes}\n]}}\n'.encode()


def _dump(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, sort_keys=True)


def _nodes(triples: Iterable[Triple], *, blank: bool = False) -> list[dict[str, Any]]:
    found: dict[str, dict[str, dict[str, Any]]] = {}
    for subject, predicate, value in triples:
        if not isinstance(subject, URIRef) and not (blank and isinstance(subject, BNode)):
            raise TypeError(f"no IRI: {subject!r}")
        about = found.setdefault(_name_of(subject), {})
        is_type = predicate == _RDF_TYPE
        if blank and isinstance(value, BNode):
            label = _name_of(value)
            said: str | Mapping[str, str] = label if is_type else {"@id": label}
        else:
            said = _compact(str(value)) if is_type else _value(value)
        key = "@type" if is_type else _compact(str(predicate))
        about.setdefault(key, {})[_dump(said)] = said
    return [
        {
            "@id": subject,
            **{key: [said for _, said in sorted(values.items())] for key, values in about.items()},
        }
        for subject, about in sorted(found.items())
    ]


def _name_of(term: Term) -> str:
    return f"_:{term}" if isinstance(term, BNode) else str(term)


def _value(term: Term) -> str | Mapping[str, str]:
    if isinstance(term, URIRef):
        return {"@id": _compact(str(term))}
    if not isinstance(term, Literal):
        raise TypeError(f"neither an IRI nor a literal: {term!r}")
    if term.language:
        return {"@value": str(term), "@language": term.language}
    if term.datatype is None or term.datatype == _STRING:
        return str(term)
    return {"@value": str(term), "@type": _compact(str(term.datatype))}


@lru_cache(maxsize=4096)
def _compact(iri: str) -> str:
    for prefix, namespace in PREFIXES.items():
        if iri.startswith(namespace) and not iri.startswith("//", len(namespace)):
            return f"{prefix}:{iri.removeprefix(namespace)}"
    return iri
