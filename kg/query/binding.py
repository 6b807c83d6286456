"""A query and the values of its parameters: values are bound to variables, never pasted.

What a person writes becomes an RDF term. The query gets, at the head of each group that
speaks of the variable, ``BIND(<function>() AS ?variable)``; the function, which takes no
argument, returns the term. So only the name of a variable that the query itself has is ever
written into its text.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from rdflib import Literal, URIRef

from kg import vocab
from kg.errors import QueryError
from kg.query.guard import GuardedQuery
from kg.query.named import CHOICES
from kg.query.parameters import READERS, REFUSALS, find_item
from kg.query.tokens import Token, TokenKind, read_tokens
from kg.rdf.convert import to_oxigraph

if TYPE_CHECKING:
    from pyoxigraph import Store

    from kg.query.grammar import Span
    from kg.rdf.terms import Term

_FUNCTION: Final = "urn:kg:parameter:"
_ESCAPE: Final = re.compile(r"\\(u[0-9A-Fa-f]{4}|U[0-9A-Fa-f]{8}|.)", re.DOTALL)
_ESCAPED: Final = {"t": "\t", "b": "\b", "n": "\n", "r": "\r", "f": "\f"}
_SURROGATE: Final = re.compile("[\ud800-\udfff]")


@dataclass(frozen=True, slots=True)
class Bound:
    """A query with its parameters: the text to run, what it was given, and where it grew.

    `functions` are terms by the IRI of the function that returns each; `grown` are places
    of the original text, with how many characters came in there.
    """

    text: str
    functions: Mapping[str, Term]
    grown: tuple[tuple[int, int], ...]


def bind_parameters(
    query: GuardedQuery, store: Store, params: Mapping[str, str], *, where: str
) -> Bound:
    """Bind the values of parameters to the variables of a query.

    Parameters
    ----------
    query
        A query that the guard let pass.
    store
        The store that will be asked: a plain id must be the name of something in it.
    params
        Values by name; the name may carry a type, as in ``year:text``.
    where
        What a complaint calls the query.

    Raises
    ------
    QueryError
        Where the query has no such variable, a value is of no form or not of its type, or
        the query is of a form that cannot be given values.
    """
    terms: dict[str, Term] = {}
    for spelled, value in params.items():
        name, colon, kind = spelled.partition(":")
        if [token.text for token in read_tokens(f"?{name}")] != [f"?{name}"] or not name:
            raise QueryError("parameter-name", where=where, name=name)
        if colon and kind not in READERS:
            known = " ".join(sorted(READERS))
            raise QueryError("parameter-type", where=where, name=name, type=kind, known=known)
        variables = {token.text[1:] for token in query.tokens if token.kind is TokenKind.VARIABLE}
        variable = next((v for v in (f"_{name}", name) if v in variables), None)
        if variable is None:
            raise QueryError("parameter-unused", where=where, name=name)
        terms[variable] = _read_value(query, store, name, kind, value, where=where)
    if not terms:
        return Bound(query.text, {}, ())
    if any(span.rule == "ShortConstruct" for span in query.spans):
        raise QueryError("parameter-short-construct", where=where)
    return _grow(query, terms)


def _read_value(
    query: GuardedQuery, store: Store, name: str, kind: str, value: str, *, where: str
) -> Term:
    facts = {"where": where, "name": name, "value": value}
    if _SURROGATE.search(value):
        raise QueryError("parameter-text", where=where, name=name)
    if not kind:
        term = _read_form(query, store, value)
        if term is None:
            raise QueryError("parameter-form", **facts)
        return term
    choices = CHOICES.get(kind, ())
    if choices and value not in choices:
        raise QueryError("parameter-choice", choices=" ".join(choices), **facts)
    term = READERS[kind](store, value)
    if term is None:
        raise QueryError(REFUSALS[kind], **facts)
    return term


def _read_form(query: GuardedQuery, store: Store, value: str) -> Term | None:
    """A value by its form: a term as SPARQL writes it, else the id of something."""
    tokens = list(read_tokens(value))
    whole = bool(tokens) and tokens[0].start == 0 and tokens[-1].end == len(value)
    term = _read_term(query, tokens) if whole else None
    if term is None:
        return find_item(store, value)
    try:
        to_oxigraph(term)
    except ValueError:
        return None
    return term


def _read_term(query: GuardedQuery, tokens: list[Token]) -> Term | None:
    first, *rest = tokens
    kinds = [token.kind for token in tokens]
    if kinds in ([TokenKind.IRI], [TokenKind.NAME]):
        iri = query.iri_of(first)
        return None if iri is None else URIRef(_unescape(iri))
    if kinds[0] is TokenKind.STRING:
        return _read_literal(query, first, rest)
    if kinds == [TokenKind.WORD] and first.text in ("true", "false"):
        return _typed(first.text, "boolean")
    is_signed = kinds[0] is TokenKind.SIGN and first.text in "+-"
    if kinds[is_signed:] == [TokenKind.NUMBER]:
        number = "".join(token.text for token in tokens)
        has_exponent = "e" in number.lower()
        return _typed(
            number, "double" if has_exponent else "decimal" if "." in number else "integer"
        )
    return None


def _read_literal(query: GuardedQuery, string: Token, rest: list[Token]) -> Term | None:
    marks = 3 if string.text[:3] in ('"""', "'''") else 1
    text = _unescape(string.text[marks:-marks])
    if not rest:
        return Literal(text)
    if [token.kind for token in rest] == [TokenKind.LANGUAGE]:
        return Literal(text, lang=rest[0].text[1:])
    if len(rest) == 2 and rest[0].text == "^^":
        datatype = query.iri_of(rest[1])
        if datatype is not None:
            return Literal(text, datatype=URIRef(datatype), normalize=False)
    return None


def _typed(text: str, datatype: str) -> Literal:
    return Literal(text, datatype=URIRef(vocab.XSD + datatype), normalize=False)


def _unescape(text: str) -> str:
    return _ESCAPE.sub(_resolve, text)


def _resolve(match: re.Match[str]) -> str:
    escaped = match[1]
    if len(escaped) > 1:
        code = int(escaped[1:], 16)
        return chr(code) if code <= 0x10FFFF and not 0xD800 <= code <= 0xDFFF else "\ufffd"
    return _ESCAPED.get(escaped, escaped)


def _grow(query: GuardedQuery, terms: Mapping[str, Term]) -> Bound:
    """The text with a BIND in each group that speaks of a variable, and in the outermost."""
    pieces = sorted(_pieces(query, frozenset(terms)))
    parts, grown, last = [], [], 0
    for place, cut, piece in pieces:
        parts += [query.text[last:place], piece]
        grown.append((place, len(piece) - cut))
        last = place + cut
    text = "".join([*parts, query.text[last:]])
    return Bound(text, {_FUNCTION + name: term for name, term in terms.items()}, tuple(grown))


def _pieces(query: GuardedQuery, names: frozenset[str]) -> Iterator[tuple[int, int, str]]:
    """What comes in: where, how much of the old text goes, and the new text."""
    starts = {span.first: span for span in query.spans if span.rule != "SubSelect"}
    selects = {span.first for span in query.spans if span.rule == "SubSelect"}
    groups = sorted(span.first for span in query.spans if span.rule == "GroupGraphPattern")
    if not groups:
        yield len(query.text), 0, f"\nWHERE {{{_binds(names)} }}"
        return
    spoken: dict[int, set[str]] = {groups[0]: set(names)}
    around: list[Span] = []
    for number, token in enumerate(query.tokens):
        while around and number >= around[-1].after:
            around.pop()
        if number in starts:
            around.append(starts[number])
        name = token.text[1:]
        if token.kind is not TokenKind.VARIABLE or name not in names or not around:
            continue
        if around[-1].rule == "HavingClause":
            # What is not grouped has no value there; a function has.
            yield token.start, len(token.text), f"<{_FUNCTION}{name}>()"
        else:
            spoken.setdefault(around[-1].first, set()).add(name)
    inserted: dict[int, set[str]] = {}
    for first, own in spoken.items():
        inserted.setdefault(_where_of(first, groups, selects), set()).update(own)
    for first, own in inserted.items():
        yield query.tokens[first].end, 0, _binds(own)


def _where_of(first: int, groups: list[int], selects: set[int]) -> int:
    """The group itself, or where it holds a SELECT, the group of that SELECT's WHERE."""
    while first + 1 in selects:
        first = groups[bisect_right(groups, first)]
    return first


def _binds(names: Iterable[str]) -> str:
    return "".join(f" BIND(<{_FUNCTION}{name}>() AS ?{name})" for name in sorted(names))
