"""What a query of one's own found, as a person reads it and in the forms that fit its kind."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping
from types import MappingProxyType
from typing import TYPE_CHECKING, Final

from pyoxigraph import Literal as OxLiteral
from pyoxigraph import NamedNode
from rdflib import BNode, Literal, URIRef

from kg import vocab
from kg.query.ontology import read_terms
from kg.query.results import FORMATS, Table, format_term
from kg.rdf.canonical import DATA_PREFIX, to_turtle
from kg.rdf.jsonld import triples_to_jsonld
from kg.rdf.names import id_of
from kg.words import LANGS

if TYPE_CHECKING:
    from pyoxigraph import Store

    from kg.query.named import Answer
    from kg.query.own import Found
    from kg.rdf.terms import Term, Triple
    from kg.words import Words

GRAPH_FORMATS: Final = ("turtle", "jsonld")
_RESULTS: Final = "http://www.w3.org/2005/sparql-results#"


def formats_of(form: str) -> tuple[str, ...]:
    """The formats in which the answer to a form of query can be written.

    >>> formats_of("DESCRIBE")
    ('turtle', 'jsonld')
    """
    if form in ("CONSTRUCT", "DESCRIBE"):
        return GRAPH_FORMATS
    return ("table", *sorted(FORMATS), "md")


def truth_bytes(truth: bool, syntax: str) -> bytes:
    r"""The answer of an ASK as data: json and xml as the W3C has them, else the bare word.

    >>> truth_bytes(True, "json")
    b'{"head": {}, "boolean": true}\n'
    """
    word = "true" if truth else "false"
    if syntax == "json":
        return (json.dumps({"head": {}, "boolean": truth}) + "\n").encode()
    if syntax == "xml":
        head = '<?xml version="1.0" encoding="UTF-8"?>\n'
        body = f'<sparql xmlns="{_RESULTS}">\n<head/>\n<boolean>{word}</boolean>\n</sparql>\n'
        return (head + body).encode()
    return (word + "\n").encode()


def graph_bytes(found: Found, syntax: str, *, base: str) -> bytes:
    """The triples of a CONSTRUCT or a DESCRIBE, in one of `GRAPH_FORMATS`.

    Parameters
    ----------
    found
        What was found.
    syntax
        "turtle" or "jsonld".
    base
        The base IRI of the data set, for which the prefix `data:` stands.
    """
    triples: list[Triple] = [
        (subject, predicate, value)
        for subject, predicate, value in found.answer.rows
        if subject is not None and predicate is not None and value is not None
    ]
    return _GRAPH_WRITERS[syntax](triples, base)


def _turtle(triples: Iterable[Triple], base: str) -> bytes:
    head, _, body = to_turtle(triples, base=base, blank=True).decode().partition("\n\n")
    used = [line for line in head.splitlines() if f"{line.split()[1]}" in body]
    return ("\n".join([*used, "", body]) if used else body).encode()


def _jsonld(triples: Iterable[Triple], base: str) -> bytes:
    return triples_to_jsonld(triples)


_GRAPH_WRITERS: Final[Mapping[str, Callable[[Iterable[Triple], str], bytes]]] = MappingProxyType(
    {"turtle": _turtle, "jsonld": _jsonld}
)


def to_own_table(answer: Answer, store: Store, words: Words, *, base: str) -> Table:
    """The rows of a SELECT with short names for IRIs, and beside them what they are called.

    Parameters
    ----------
    answer
        What was found.
    store
        The store that was asked: it has the names of the things of the data set.
    words
        The reader's language.
    base
        The base IRI of the data set, whose IRIs become ids.

    Returns
    -------
    Table
        A column a variable; after it a column of names, where any of its terms has one.
    """
    called = _Names(answer, store, words, base)
    headings: list[str] = []
    columns: list[list[str]] = []
    for place, variable in enumerate(answer.variables):
        cells = [row[place] for row in answer.rows]
        headings.append(variable)
        columns.append([shorten(cell, base=base) for cell in cells])
        beside = [called.name(cell) for cell in cells]
        if any(beside) and not _has_companion(answer, variable):
            headings.append(words.say("column.name"))
            columns.append(beside)
    if not columns:  # SELECT * of a pattern without variables
        return Table(("",), (("",),) * len(answer.rows))
    return Table(tuple(headings), tuple(zip(*columns, strict=True)))


def _has_companion(answer: Answer, variable: str) -> bool:
    """Whether the query itself asks for the name of what a variable holds."""
    return any(f"{variable}_{lang}" in answer.variables for lang in LANGS)


def shorten(term: Term | None, *, base: str) -> str:
    """One term for a person: an id, a prefixed name, the text, or the IRI as it is.

    >>> shorten(URIRef(vocab.KG + "Measure"), base="https://example.org/")
    'kg:Measure'
    >>> shorten(URIRef("https://example.org/m1"), base="https://example.org/")
    'm1'
    """
    if term is None or isinstance(term, Literal):
        return "" if term is None else str(term)
    if isinstance(term, BNode):
        return f"_:{term}"
    iri = str(term)
    if iri == base:
        return f"{DATA_PREFIX}:"
    known = id_of(iri, base=base)
    if known is not None:
        return known
    for prefix, space in vocab.PREFIXES.items():
        if iri.startswith(space) and iri != space:
            return f"{prefix}:{iri.removeprefix(space)}"
    return iri


class _Names:
    """What IRIs are called in the reader's language, else in the other."""

    def __init__(self, answer: Answer, store: Store, words: Words, base: str) -> None:
        self._store, self._words, self._base = store, words, base
        self._langs = (words.lang, *(lang for lang in LANGS if lang != words.lang))
        self._known: dict[Term, str] = {}
        terms = (term for row in answer.rows for term in row)
        has_terms = any(isinstance(term, URIRef) and term.startswith(vocab.KG) for term in terms)
        self._ontology = read_terms() if has_terms else {}

    def name(self, term: Term | None) -> str:
        """The name of a term; nothing where it is no IRI or has none."""
        if not isinstance(term, URIRef):
            return ""
        known = self._known.get(term)
        if known is None:
            known = self._known[term] = self._find(term)
        return known

    def _find(self, iri: URIRef) -> str:
        said = format_term(iri, self._words, base=self._base)
        if not iri.startswith(self._base) and said != str(iri):
            return said
        labels = self._ontology.get(str(iri), {})
        for quad in self._store.quads_for_pattern(
            NamedNode(str(iri)), NamedNode(vocab.LABEL), None, None
        ):
            if isinstance(quad.object, OxLiteral):
                labels = {**labels, quad.object.language or "": quad.object.value}
        return next((labels[lang] for lang in (*self._langs, "") if lang in labels), "")
