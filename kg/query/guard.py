"""What a query may be: read-only, about the graph at hand, and of a size one can be sure of.

The guard reads the text by SPARQL's lexical grammar and its tokens by the grammar of
queries, in which FROM and SERVICE have no place. So a word inside a literal, an IRI, a
comment, a prefix or the name of a variable is innocent, and what is not surely SPARQL 1.1 is
refused. That matters: Oxigraph's own parser has no tokens, and takes ``?o SERVICE:x {`` for
a request to a service even where a prefix ``SERVICE:`` is declared.

The guard gives clear words; the wall is `kg.query.child`.
"""

from __future__ import annotations

import re
import time
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field
from difflib import get_close_matches
from itertools import pairwise
from typing import TYPE_CHECKING, Final

from kg.errors import QueryError
from kg.limits import QUERY_BYTES, QUERY_DEPTH
from kg.query.grammar import END, Misfit, Span, load_grammar, parse
from kg.query.tokens import Token, TokenKind, line_and_column, read_tokens

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

_OF_UPDATES: Final = (
    "INSERT DELETE LOAD CLEAR DROP CREATE ADD MOVE COPY WITH USING DATA INTO TO ALL DEFAULT SILENT"
)
_REFUSED: Final = {
    "SERVICE": "query-service",
    "FROM": "query-from",
    "NAMED": "query-from",
    **dict.fromkeys(_OF_UPDATES.split(), "query-update"),
}
_SETS: Final = ("DISTINCT", "REDUCED")
FORMS: Final = ("SELECT", "CONSTRUCT", "DESCRIBE", "ASK")
WANTED_RULES: Final = frozenset(
    {"GroupGraphPattern", "HavingClause", "ShortConstruct", "SubSelect"}
)
_OPENING: Final = {"(": 1, "{": 1, "[": 1, ")": -1, "}": -1, "]": -1}
_PAIRS: Final = {"()": "NIL", "[]": "ANON"}
_CODEPOINT: Final = re.compile(r"\\u([0-9A-Fa-f]{4})|\\U([0-9A-Fa-f]{8})")
_NEWLINES: Final = "\r\n"
_ENDS_A_STRING: Final = "\"'\\\r\n"
_NO_IRI: Final = frozenset('<>"{}|^`\\') | {chr(code) for code in range(0x21)}
_EXPECTED_SHOWN: Final = 8
_FOUND_CHARS: Final = 40
# How the terminals that are no words are shown.
_TERMINALS: Final = {
    "VARIABLE": "?x",
    "IRI": "<…>",
    "NAME": "kg:…",
    "NAMESPACE": "kg:",
    "STRING": '"…"',
    "LANGUAGE": "@zh",
    "INTEGER": "1",
    "DECIMAL": "1.0",
    "SIGNED": "-1",
    "BLANK": "_:x",
    "ANON": "[]",
    "NIL": "()",
}
# What SPARQL 1.2 and Oxigraph's extensions would read otherwise than SPARQL 1.1 does.
_NEWER: Final = frozenset({("<", "<"), (">", ">"), ("{", "|"), ("|", "}")})


@dataclass(frozen=True, slots=True)
class GuardedQuery:
    """A query that may run.

    `tokens` are without comments, one a terminal of the grammar; `spans` say where the
    `WANTED_RULES` hold, in numbers of tokens; `prefixes` are all, `predeclared` those that
    the query does not declare itself; reading it took `spent` seconds of its time.
    """

    text: str
    tokens: tuple[Token, ...]
    spans: tuple[Span, ...]
    form: str
    prefixes: Mapping[str, str]
    predeclared: Mapping[str, str]
    spent: float = field(default=0.0, compare=False)

    @property
    def is_ordered(self) -> bool:
        """Whether it orders its rows anywhere."""
        return any(token.upper == "ORDER" for token in self.tokens)

    @property
    def variables(self) -> tuple[str, ...] | None:
        """Every variable as it first comes, where the query selects all of them by `*`."""
        head = next(place for place, token in enumerate(self.tokens) if token.upper in FORMS)
        words = [token.upper or token.text for token in self.tokens[head : head + 3]]
        if words[0] != "SELECT" or "*" not in words[1 : 3 if words[1] in _SETS else 2]:
            return None
        kept = (token for token in self.tokens if token.kind is TokenKind.VARIABLE)
        return tuple(dict.fromkeys(token.text[1:] for token in kept))

    def iri_of(self, token: Token) -> str | None:
        """The IRI that a prefixed name or an IRI stands for."""
        if token.kind is TokenKind.NAME and token.prefix in self.prefixes:
            return self.prefixes[token.prefix] + unescape_name(token.text.partition(":")[2])
        return token.text[1:-1] if token.kind is TokenKind.IRI else None


def check_query(text: str, *, prefixes: Mapping[str, str], where: str = "") -> GuardedQuery:
    """Let a query pass, or say why not.

    Parameters
    ----------
    text
        The query.
    prefixes
        The prefixes that are declared without being written.
    where
        What a complaint calls the query: the name of its file.

    Raises
    ------
    QueryError
        Where it asks another service (`query-service`), names graphs to load
        (`query-from`), changes something (`query-update`), is too large (`query-large`) or
        nested too deeply (`query-deep`), or is not surely SPARQL 1.1; with line and column.

    Examples
    --------
    >>> check_query("ASK { ?service ?p 'LOAD' }", prefixes={}).form
    'ASK'
    >>> check_query("ASK { SERVICE <urn:x:a> { ?s ?p ?o } }", prefixes={})
    Traceback (most recent call last):
        ...
    kg.errors.QueryError: ...
    """
    began = time.monotonic()
    try:
        size = len(text.encode())
    except UnicodeEncodeError as error:
        raise _error(text, "query-surrogate", where, error.start) from error
    if size > QUERY_BYTES:
        raise QueryError("query-large", where=where, limit=f"{QUERY_BYTES:,}")
    tokens = []
    for token in read_tokens(text):
        _check_token(text, token, where)
        if token.kind is not TokenKind.COMMENT:
            tokens.append(token)
    if not tokens:
        raise QueryError("query-empty", where=where)
    _check_depth(text, tokens, where)
    for first, second in pairwise(tokens):
        if (first.text, second.text) in _NEWER and first.end == second.start:
            raise _error(text, "query-newer", where, first.start, found=first.text + second.text)
    tokens = list(_join(text, tokens))
    spans, misfit = parse([terminal_of(token) for token in tokens], WANTED_RULES)
    if misfit is not None:
        raise _misfit(text, tokens, misfit, where)
    known = {**prefixes, **_read_prefixes(tokens)}
    _check_names(text, tokens, known, where)
    form = next(token.upper for token in tokens if token.upper in FORMS)
    spent = time.monotonic() - began
    return GuardedQuery(text, tuple(tokens), tuple(spans), form, known, prefixes, spent)


def terminal_of(token: Token) -> str:
    """The terminal of the grammar that a token is.

    >>> terminal_of(Token(TokenKind.WORD, "select", 0))
    "'SELECT'"
    """
    kind, text = token.kind, token.text
    if kind is TokenKind.WORD:
        return "'a'" if text == "a" else f"'{token.upper}'"
    if kind is TokenKind.NAME:
        return "NAMESPACE" if text.index(":") == len(text) - 1 else "NAME"
    if kind is TokenKind.NUMBER:
        if text[0] in "+-":
            return "SIGNED"
        return "INTEGER" if text.isdigit() else "DECIMAL"
    if kind is not TokenKind.SIGN:
        return kind.name
    return _PAIRS.get(text[0] + text[-1], f"'{text}'") if len(text) > 1 else f"'{text}'"


def _join(text: str, tokens: Sequence[Token]) -> Iterable[Token]:
    """The tokens with two signs made one, where the grammar has one terminal for them."""
    place = 0
    while place < len(tokens):
        token = tokens[place]
        if token.kind is TokenKind.SIGN and place + 1 < len(tokens):
            after = tokens[place + 1]
            if token.text in "+-" and after.kind is TokenKind.NUMBER and token.end == after.start:
                token = Token(TokenKind.NUMBER, token.text + after.text, token.start)
                place += 1
            elif token.text + after.text in _PAIRS and after.kind is TokenKind.SIGN:
                token = Token(TokenKind.SIGN, text[token.start : after.end], token.start)
                place += 1
        yield token
        place += 1


def unescape_name(local: str) -> str:
    r"""The local part of a prefixed name without its backslashes.

    >>> unescape_name(r"a\,b")
    'a,b'
    """
    return re.sub(r"\\(.)", r"\1", local)


def _error(text: str, key: str, where: str, place: int, **facts: str | int) -> QueryError:
    line, column = line_and_column(text, place)
    return QueryError(key, where=where, line=line, column=column, **facts)


def _check_token(text: str, token: Token, where: str) -> None:
    if token.kind is TokenKind.UNKNOWN:
        raise _unknown(text, token, where)
    if token.kind in (TokenKind.STRING, TokenKind.IRI, TokenKind.COMMENT):
        for escape in _CODEPOINT.finditer(token.text):
            if not _is_harmless(int(escape[1] or escape[2], 16), token.kind):
                place = token.start + escape.start()
                raise _error(text, "query-escape", where, place, found=escape[0])
    if (
        token.kind is TokenKind.WORD
        and token.text != "a"
        and token.upper not in load_grammar().keywords
    ):
        raise _strange_word(text, token, where)


def _is_harmless(code: int, kind: TokenKind) -> bool:
    """Whether an escape means the same before and after it is resolved.

    SPARQL resolves it before the text is divided into tokens, Oxigraph afterwards.
    """
    if code > 0x10FFFF or 0xD800 <= code <= 0xDFFF:
        return kind is TokenKind.COMMENT
    if kind is TokenKind.IRI:
        return chr(code) not in _NO_IRI
    return chr(code) not in (_NEWLINES if kind is TokenKind.COMMENT else _ENDS_A_STRING)


def _unknown(text: str, token: Token, where: str) -> QueryError:
    found = token.text
    if found[0] in "\"'":
        return _error(text, "query-unclosed", where, token.start, found=found)
    escape = _CODEPOINT.match(text, token.start)
    if escape:
        return _error(text, "query-escape", where, token.start, found=escape[0])
    plain = unicodedata.normalize("NFKC", found)
    if plain != found and plain.isascii() and plain.strip():
        return _error(text, "query-wide", where, token.start, found=found, plain=plain)
    said = found if found.isprintable() and not found.isspace() else f"U+{ord(found):04X}"
    return _error(text, "query-character", where, token.start, found=said)


def _strange_word(text: str, token: Token, where: str) -> QueryError:
    place, word = token.start, token.upper
    if word in _REFUSED:
        return _error(text, _REFUSED[word], where, place, word=word)
    near = get_close_matches(word, load_grammar().keywords, n=1, cutoff=0.8)
    if near:
        return _error(text, "query-word-near", where, place, found=token.text, near=near[0])
    return _error(text, "query-word", where, place, found=token.text)


def _check_depth(text: str, tokens: Sequence[Token], where: str) -> None:
    """Brackets within brackets, at most so many; no sign of the grammar nests without them."""
    depth = 0
    for token in tokens:
        depth += _OPENING.get(token.text, 0) if token.kind is TokenKind.SIGN else 0
        if depth > QUERY_DEPTH:
            raise _error(text, "query-deep", where, token.start, limit=QUERY_DEPTH)


def _misfit(text: str, tokens: Sequence[Token], misfit: Misfit, where: str) -> QueryError:
    """One sentence for the place where a query leaves the grammar."""
    shown = [_say_terminal(terminal) for terminal in misfit.expected if terminal != END]
    expected = " ".join(shown) if 0 < len(shown) <= _EXPECTED_SHOWN else ""
    if misfit.place < len(tokens):
        token = tokens[misfit.place]
        key = "query-syntax-expected" if expected else "query-syntax"
        found = token.text if len(token.text) <= _FOUND_CHARS else token.text[:_FOUND_CHARS] + "…"
        return _error(text, key, where, token.start, found=found, expected=expected)
    key = "query-ends-expected" if expected else "query-ends"
    open_ = _find_open(tokens)
    if open_ is not None:
        return _error(text, "query-open", where, open_.start, found=open_.text)
    return _error(text, key, where, tokens[-1].end, expected=expected)


def _find_open(tokens: Sequence[Token]) -> Token | None:
    """The innermost bracket that is not closed."""
    waiting = []
    for token in tokens:
        change = _OPENING.get(token.text, 0) if token.kind is TokenKind.SIGN else 0
        if change > 0:
            waiting.append(token)
        elif change < 0 and waiting:
            waiting.pop()
    return waiting[-1] if waiting else None


def _say_terminal(terminal: str) -> str:
    return _TERMINALS.get(terminal, terminal.strip("'"))


def _read_prefixes(tokens: Sequence[Token]) -> dict[str, str]:
    """The prefixes that a query declares."""
    return {
        name.prefix: iri.text[1:-1]
        for word, name, iri in zip(tokens, tokens[1:], tokens[2:], strict=False)
        if word.upper == "PREFIX"
    }


def _check_names(text: str, tokens: Sequence[Token], known: Mapping[str, str], where: str) -> None:
    for token in tokens:
        if token.kind is TokenKind.NAME and token.prefix not in known:
            near = get_close_matches(token.prefix, known, n=1, cutoff=0.5)
            key = "query-prefix-near" if near else "query-prefix"
            facts = {"found": token.prefix, "near": "".join(near)}
            raise _error(text, key, where, token.start, **facts)
