"""A data set as files of linked data."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from itertools import chain
from typing import TYPE_CHECKING, Final, TypeAlias

if TYPE_CHECKING:
    from rdflib import Dataset as Quads

    from kg.model import Dataset
    from kg.rdf.terms import Triple

Graphs: TypeAlias = "Mapping[str, Iterable[Triple]]"


def to_rdf(dataset: Dataset, syntax: str) -> bytes:
    """Write the three graphs of a data set: one file, the same bytes every time.

    Parameters
    ----------
    dataset
        A data set without KG001 or KG002.
    syntax
        A key of `FORMATS`: "turtle" (the union), "trig", "nquads" or "jsonld".

    Examples
    --------
    >>> from kg.model import Dataset
    >>> to_rdf(Dataset(base_iri="urn:x:"), "nquads").decode().splitlines()[0][:50]
    '<urn:x:> <http://www.w3.org/1999/02/22-rdf-syntax-'
    """
    from kg.rdf.graphs import list_triples

    return FORMATS[syntax](list_triples(dataset), dataset.base_iri)


def rdf_files(dataset: Dataset) -> dict[str, bytes]:
    """The files that `kg build` writes, by name: a Turtle file a graph, and all as N-Quads.

    Parameters
    ----------
    dataset
        A data set without KG001 or KG002.

    Examples
    --------
    >>> from kg.model import Dataset
    >>> sorted(rdf_files(Dataset()))
    ['all.nq', 'evidence.ttl', 'facts.ttl', 'inferred.ttl']
    """
    from kg.rdf.canonical import to_nquads, to_turtle
    from kg.rdf.graphs import list_triples

    graphs = list_triples(dataset)
    files = {
        f"{name.rsplit('/', 1)[-1]}.ttl": to_turtle(triples, base=dataset.base_iri)
        for name, triples in graphs.items()
    }
    return {**files, "all.nq": to_nquads(graphs)}


def to_rdflib(dataset: Dataset) -> Quads:
    """The three graphs of a data set as an `rdflib.Dataset` whose default graph is their union.

    Examples
    --------
    >>> from kg.model import Dataset
    >>> len(to_rdflib(Dataset(base_iri="urn:x:", title_zh="示例")))
    2
    """
    from rdflib import Dataset as Quads
    from rdflib import URIRef

    from kg.rdf.graphs import list_triples
    from kg.vocab import PREFIXES

    quads = Quads(default_union=True)
    for prefix, namespace in PREFIXES.items():
        quads.bind(prefix, namespace)
    for name, triples in list_triples(dataset).items():
        graph = quads.graph(URIRef(name))
        for triple in triples:
            graph.add(triple)
    return quads


def _turtle(graphs: Graphs, base: str) -> bytes:
    from kg.rdf.canonical import to_turtle

    return to_turtle(chain.from_iterable(graphs.values()), base=base)


def _trig(graphs: Graphs, base: str) -> bytes:
    from kg.rdf.canonical import to_trig

    return to_trig(graphs, base=base)


def _nquads(graphs: Graphs, base: str) -> bytes:
    from kg.rdf.canonical import to_nquads

    return to_nquads(graphs)


def _jsonld(graphs: Graphs, base: str) -> bytes:
    from kg.rdf.jsonld import to_jsonld

    return to_jsonld(graphs)


FORMATS: Final[Mapping[str, Callable[[Graphs, str], bytes]]] = {
    "jsonld": _jsonld,
    "nquads": _nquads,
    "trig": _trig,
    "turtle": _turtle,
}
