"""What a person writes for a parameter → the RDF term that is bound to its variable."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import date
from functools import partial
from types import MappingProxyType
from typing import TYPE_CHECKING, Final

from pyoxigraph import NamedNode
from rdflib import Literal, URIRef

from kg import vocab
from kg.errors import QueryError
from kg.model import Dataset, Kind
from kg.rdf.convert import to_oxigraph

if TYPE_CHECKING:
    from pyoxigraph import Store

    from kg.query.named import Parameter, Question
    from kg.rdf.terms import Term

_INTEGER: Final = re.compile(r"[+-]?[0-9]{1,18}")
_DATE: Final = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_SURROGATE: Final = re.compile("[\ud800-\udfff]")


def read_parameters(store: Store, question: Question, params: Mapping[str, str]) -> dict[str, Term]:
    """Read the values of a question's parameters, defaults filled in.

    Parameters
    ----------
    store
        The store that will be asked: an id must be one of its nodes or links.
    question
        The question.
    params
        Values by the name of the parameter.

    Returns
    -------
    dict
        The terms; without an optional parameter that was not given.

    Raises
    ------
    QueryError
        Where a parameter is unknown, missing, or no value of its type.
    """
    known = {parameter.name: parameter for parameter in question.parameters}
    for name in sorted(params):
        if name not in known:
            raise QueryError(
                "parameter-unknown" if known else "parameter-none",
                where=question.name,
                name=name,
                known=" ".join(known),
            )
    terms: dict[str, Term] = {}
    for name, parameter in known.items():
        value = params.get(name, parameter.default)
        if value is not None:
            terms[name] = _read(store, question, parameter, value)
        elif parameter.required:
            raise QueryError(
                "parameter-missing", where=question.name, name=name, example=parameter.example
            )
    return terms


def _read(store: Store, question: Question, parameter: Parameter, value: str) -> Term:
    facts = {"where": question.name, "name": parameter.name, "value": value}
    if _SURROGATE.search(value):
        raise QueryError("parameter-text", where=question.name, name=parameter.name)
    if parameter.values and value not in parameter.values:
        raise QueryError("parameter-choice", choices=" ".join(parameter.values), **facts)
    term = READERS[parameter.type](store, value)
    if term is None:
        raise QueryError(REFUSALS[parameter.type], **facts)
    if parameter.kinds and not _is_of_kind(store, term, parameter.kinds):
        raise QueryError("parameter-id-kind", kinds=" ".join(parameter.kinds), **facts)
    return term


def _concept(store: Store, value: str, *, scheme: str) -> Term:
    return URIRef(vocab.CONCEPTS[scheme][value])


def _kind(store: Store, value: str) -> Term:
    return URIRef(vocab.CLASS_OF[Kind(value)])


def _iri(store: Store, value: str) -> Term | None:
    try:
        to_oxigraph(URIRef(value))
    except ValueError:
        return None
    return URIRef(value)


def _integer(store: Store, value: str) -> Term | None:
    if not _INTEGER.fullmatch(value):
        return None
    return Literal(str(int(value)), datatype=URIRef(vocab.XSD + "integer"), normalize=False)


def _date(store: Store, value: str) -> Term | None:
    if not _DATE.fullmatch(value):
        return None
    try:
        date.fromisoformat(value)
    except ValueError:  # no such day
        return None
    return Literal(value, datatype=URIRef(vocab.XSD + "date"), normalize=False)


def _text(store: Store, value: str) -> Term:
    return Literal(value)


def find_item(store: Store, value: str) -> Term | None:
    """Find the IRI of something in a data set of the store; `None` where nothing has that id."""
    for base in find_bases(store):
        iri = Dataset(base_iri=base).iri(value)
        if value and any(store.quads_for_pattern(NamedNode(iri), None, None, None)):
            return URIRef(iri)
    return None


def _is_of_kind(store: Store, term: Term, kinds: tuple[str, ...]) -> bool:
    rdf_type = NamedNode(vocab.TYPE)
    classes = (NamedNode(vocab.CLASS_OF[Kind(kind)]) for kind in kinds)
    node = NamedNode(str(term))
    return any(any(store.quads_for_pattern(node, rdf_type, one, None)) for one in classes)


def find_bases(store: Store) -> tuple[str, ...]:
    """The base IRIs of the data sets in a store, sorted."""
    found = store.quads_for_pattern(None, NamedNode(vocab.TYPE), NamedNode(vocab.DATASET), None)
    return tuple(
        sorted({quad.subject.value for quad in found if isinstance(quad.subject, NamedNode)})
    )


READERS: Final[Mapping[str, Callable[[Store, str], Term | None]]] = MappingProxyType(
    {
        "basis": partial(_concept, scheme="basis"),
        "concreteness": partial(_concept, scheme="concreteness"),
        "date": _date,
        "id": find_item,
        "integer": _integer,
        "iri": _iri,
        "kind": _kind,
        "text": _text,
        "voice": partial(_concept, scheme="voice"),
    }
)
REFUSALS: Final[Mapping[str, str]] = MappingProxyType(
    {
        "date": "parameter-date",
        "id": "parameter-id",
        "integer": "parameter-integer",
        "iri": "parameter-iri",
    }
)
