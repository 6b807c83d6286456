"""What a query means that is not there: unknown terms, and what the engine does not take."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from typing import TYPE_CHECKING, Final

from pyoxigraph import NamedNode

from kg import vocab
from kg.errors import QueryError
from kg.query.ontology import read_terms
from kg.query.parameters import find_bases
from kg.query.tokens import line_and_column
from kg.rdf.canonical import DATA_PREFIX

if TYPE_CHECKING:
    from pyoxigraph import Store

    from kg.query.guard import GuardedQuery

_PLACE: Final = re.compile(r"error at (\d+):(\d+): expected (.*)", re.DOTALL)
_FUNCTION: Final = re.compile(r"The custom (?:aggregate )?function <(.*)> is not supported")
# What the engine's parser says against a query that is grammatical, and our key for it.
_COMPLAINTS: Final = {
    "The SELECT contains a variable that is unbound": "query-not-grouped",
    "The SELECT contains an expression with a variable that is unbound": "query-not-grouped",
    "Duplicated variable name in SELECT": "query-selected-twice",
    "The SELECT overrides an existing variable using an expression": "query-named-again",
    "BIND is overriding an existing variable": "query-named-again",
    "SELECT * is not authorized with GROUP BY": "query-star-grouped",
    "The VALUES clause rows should have exactly the same number": "query-values-uneven",
    "Unexpected aggregate": "query-aggregate",
    "Already used blank node id": "query-blank-again",
    "IRI parsing failed": "query-iri",
    "language tag parsing failed": "query-language",
}
_SAID_CHARS: Final = 200


@dataclass(frozen=True, slots=True)
class Unknown:
    """A name that neither the ontology nor the data have: where, which, and what is near."""

    line: int
    column: int
    name: str
    near: str


def find_unknown(query: GuardedQuery, store: Store) -> tuple[Unknown, ...]:
    """Find the names of our vocabulary and of the data set that nothing answers to.

    Parameters
    ----------
    query
        A query that the guard let pass.
    store
        The store that is asked.

    Returns
    -------
    tuple
        Each name once, in the order of the query.

    Examples
    --------
    >>> from pyoxigraph import Store
    >>> from kg.query.guard import check_query
    >>> query = check_query("SELECT * { ?s a kg:Mesure }", prefixes=vocab.PREFIXES)
    >>> find_unknown(query, Store())
    (Unknown(line=1, column=17, name='kg:Mesure', near='kg:Measure'),)
    """
    bases = find_bases(store)
    found: dict[str, Unknown] = {}
    for token in query.tokens:
        iri = query.iri_of(token)
        if iri is None or iri in found:
            continue
        space = next((s for s in (vocab.KG, *bases) if iri.startswith(s) and iri != s), None)
        if space is None or _is_used(store, iri):
            continue
        known = _terms() if space == vocab.KG else _named_in(store, space)
        if iri not in known:
            line, column = line_and_column(query.text, token.start)
            near = _nearest(iri.removeprefix(space), (k.removeprefix(space) for k in known))
            prefix = "kg" if space == vocab.KG else DATA_PREFIX
            found[iri] = Unknown(line, column, token.text, f"{prefix}:{near}" if near else "")
    return tuple(found.values())


def _is_used(store: Store, iri: str) -> bool:
    node = NamedNode(iri)
    return (
        any(store.quads_for_pattern(node, None, None, None))
        or any(store.quads_for_pattern(None, node, None, None))
        or any(store.quads_for_pattern(None, None, node, None))
    )


def _terms() -> frozenset[str]:
    """Every term of our own that the ontology declares."""
    return frozenset(term for term in read_terms() if term.startswith(vocab.KG))


def _named_in(store: Store, base: str) -> frozenset[str]:
    """Everything of a data set that something is said of."""
    subjects = (quad.subject for quad in store)
    names = {subject.value for subject in subjects if isinstance(subject, NamedNode)}
    return frozenset(name for name in names if name.startswith(base))


def _nearest(name: str, known: Iterable[str]) -> str:
    """The known name that looks most like this one, whatever the case of its letters."""
    by_lower = {other.lower(): other for other in sorted(known) if "/" not in other}
    near = get_close_matches(name.lower(), by_lower, n=1, cutoff=0.7)
    return by_lower[near[0]] if near else ""


def explain_engine(
    said: str, query: GuardedQuery, grown: Sequence[tuple[int, int]], *, where: str
) -> QueryError:
    """What the engine said against a query, as a sentence of ours.

    Parameters
    ----------
    said
        The engine's own words.
    query
        The query.
    grown
        Places of the text, in order, and how many characters came in there before it ran.
    where
        What a complaint calls the query.
    """
    place = _PLACE.match(said)
    if place is None:
        function = _FUNCTION.search(said)
        if function:
            return QueryError("query-function", where=where, name=function[1])
        if "no term of RDF 1.1" in said:
            return QueryError("query-term", where=where)
        return QueryError("query-engine", where=where, said=" ".join(said.split())[:_SAID_CHARS])
    line, column = _original(query.text, grown, int(place[1]), int(place[2]))
    key = next((key for words, key in _COMPLAINTS.items() if words in place[3]), "query-refused")
    return QueryError(key, where=where, line=line, column=column)


def _original(
    text: str, grown: Sequence[tuple[int, int]], line: int, column: int
) -> tuple[int, int]:
    """A place in the text as it ran → the same place, or the end, in the text as it was."""
    came_in = 0
    for place, length in grown:
        at_line, at_column = line_and_column(text, place)
        if at_line == line and at_column + came_in < column:
            came_in += length
    last_line, last_column = line_and_column(text, len(text.rstrip()))
    return min((line, max(1, column - came_in)), (last_line, last_column))
