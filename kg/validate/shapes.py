"""KG010: where the RDF of a data set has not the form that `ontology/shapes.ttl` asks."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Final

import pyoxigraph
from rdflib import Graph, Literal, URIRef
from rdflib.collection import Collection

from kg import vocab
from kg.files import bundled
from kg.model import Dataset, Finding
from kg.rdf.convert import to_rdflib
from kg.rdf.evidence import list_evidence
from kg.rdf.facts import list_facts
from kg.rdf.names import RESERVED, id_of, names_of
from kg.rdf.terms import iri, to_graph

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from rdflib.term import Node as Term

# Below these words stands an item that the thing belongs to.
_OWNED: Final = frozenset({"figure", "list", "mention"})


@dataclass(frozen=True, slots=True, order=True)
class Violation:
    """What one shape found wrong with one thing, and what the shape asks, in each language."""

    focus: str
    shape: str
    path: str
    messages: tuple[tuple[str, str], ...]


def find_violations(dataset: Dataset) -> tuple[Finding, ...]:
    """KG010 for every shape that the facts or the evidence of a data set do not fit.

    What is inferred is left out: it comes from no row, and nobody could mend it there.

    Parameters
    ----------
    dataset
        A data set without a fault that would drop or misread a row.

    Raises
    ------
    SourceError
        Where the data set's IRIs could not be told apart (`kg.rdf.names.names_of`).

    Examples
    --------
    >>> from kg.model import Link, LinkStatus, Relation
    >>> link = Link("l1", "m", Relation.CITES, "doc", status=LinkStatus.WITHDRAWN)
    >>> [(fault.node, dict(fault.facts)["path"]) for fault in find_violations(Dataset((), (link,)))]
    [('l1', 'kg:reason')]
    """
    triples = [*list_facts(dataset), *list_evidence(dataset)]
    found = list_violations(to_graph(names_of(dataset).graph("facts"), triples))
    places = {item.id: item.place for item in dataset.items}
    return tuple(dict.fromkeys(_finding(violation, dataset, places) for violation in found))


def list_violations(graph: Graph) -> list[Violation]:
    """List what the shapes find wrong in a graph, sorted.

    Notes
    -----
    Each shape has targets of its own, so that pySHACL sets it up once and not once a thing:
    eight times as quick.
    """
    import pyshacl

    shapes = _read_shapes()
    _, report, _ = pyshacl.validate(graph, shacl_graph=shapes, inplace=True)
    if not isinstance(report, Graph):
        raise TypeError(f"no report of SHACL: {report!r}")
    found = set()
    for result in report.subjects(iri(vocab.TYPE), iri(vocab.SHAPE_RESULT)):
        shape = report.value(result, iri(vocab.RESULT_SHAPE))
        path = shapes.value(shape, iri(vocab.SHAPE_PATH))
        found.add(
            Violation(
                str(report.value(result, iri(vocab.RESULT_FOCUS))),
                str(shape).removeprefix(vocab.SHAPES),
                "" if path is None else _write_path(shapes, path),
                _messages(shapes, shape),
            )
        )
    return sorted(found)


@cache
def _read_shapes() -> Graph:
    graph = Graph()
    file = bundled("ontology", "shapes.ttl")
    for quad in pyoxigraph.parse(path=file, format=pyoxigraph.RdfFormat.TURTLE):
        graph.add((to_rdflib(quad.subject), to_rdflib(quad.predicate), to_rdflib(quad.object)))
    return graph


def _messages(shapes: Graph, shape: Term | None) -> tuple[tuple[str, str], ...]:
    said = shapes.objects(shape, iri(vocab.SHAPE_MESSAGE))
    return tuple(
        sorted((word.language or "", str(word)) for word in said if isinstance(word, Literal))
    )


def _write_path(shapes: Graph, path: Term) -> str:
    """A path as SPARQL writes it, with prefixes."""
    if isinstance(path, URIRef):
        return _shorten(str(path))
    inverse = shapes.value(path, iri(vocab.INVERSE_PATH))
    if inverse is not None:
        return "^" + _write_path(shapes, inverse)
    choices: Iterable[Term] = Collection(
        shapes, shapes.value(path, iri(vocab.ALTERNATIVE_PATH)) or path
    )
    return "|".join(_write_path(shapes, choice) for choice in choices)


def _shorten(term: str) -> str:
    for prefix, namespace in vocab.PREFIXES.items():
        if term.startswith(namespace):
            return f"{prefix}:{term.removeprefix(namespace)}"
    return term


def _finding(violation: Violation, dataset: Dataset, places: Mapping[str, str]) -> Finding:
    node = _owner(violation.focus, dataset)
    facts = (
        ("path", violation.path),
        *((f"problem_{lang}", words) for lang, words in violation.messages),
        ("shape", violation.shape),
    )
    return Finding("KG010", node, places.get(node, ""), facts=facts)


def _owner(focus: str, dataset: Dataset) -> str:
    """The id of the node or link that a thing is, or belongs to; else what it is called."""
    local = focus.removeprefix(dataset.base_iri)
    first, _, rest = local.partition("/")
    if first in _OWNED and rest:
        local = rest.split("/", 1)[0]
    elif first in RESERVED and rest:
        return local
    return id_of(dataset.base_iri + local, base=dataset.base_iri) or ""
