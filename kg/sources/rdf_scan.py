"""A look at the text of an RDF file before a parser sees it: nothing in it may be endless.

Parsers keep a stack for what is nested and a copy of what is long, so that a small file can
take a thousand times its size. What is nested too deeply, too long or of RDF 1.2 is refused
here, with its line.
"""

from __future__ import annotations

import re
from itertools import islice
from typing import Final

from kg.errors import SourceError
from kg.limits import (
    RDF_BASES,
    RDF_BYTES_PER_TOKEN,
    RDF_IRI_BYTES,
    RDF_LITERAL_CHARS,
    RDF_NESTING,
    RDF_PREFIXES,
)

# Possessive, so that no match is tried twice and none takes memory for the way back.
_TOKEN: Final = re.compile(
    rb'"""(?:[^"\\]++|\\.|"(?!""))*+"""'
    rb"|'''(?:[^'\\]++|\\.|'(?!''))*+'''"
    rb'|"(?:[^"\\\r\n]++|\\.)*+"'
    rb"|'(?:[^'\\\r\n]++|\\.)*+'"
    rb"|<(?:[^\x00-\x20<>\"{}|^`\\]++|\\[uU][0-9A-Fa-f]{4})*+>"
    rb"|<<"
    rb"|\#[^\r\n]*+"
    rb"|\\."
    rb"|[\"'<\[({\])}]",
    re.DOTALL,
)
# The densest file of this size is too small to hurt.
_SMALL_FILE_TOKENS: Final = 50_000
_OPENING: Final = frozenset((b"[", b"(", b"{"))
_CLOSING: Final = frozenset((b"]", b")", b"}"))
_PREFIX: Final = re.compile(rb"(?<![\w:.-])@?prefix\s", re.IGNORECASE)
_BASE: Final = re.compile(rb"(?<![\w:.-])@?base\s*+<", re.IGNORECASE)


def check_text(data: bytes, *, where: str, nests: bool) -> None:
    """Refuse Turtle, TriG, N-Triples or N-Quads that would take a parser too far.

    Parameters
    ----------
    data
        The text, UTF-8.
    where
        The name of the file in messages.
    nests
        Whether brackets nest in this syntax, and names can be shortened.

    Raises
    ------
    SourceError
        With the line of what is too deep, too long, unclosed or of RDF 1.2.

    Notes
    -----
    What it lets through is not yet valid: the parser decides that.
    """
    if nests:
        # Each can be the length of all that came before, so that many make a square.
        _check_count(_PREFIX, RDF_PREFIXES, data, where, "prefix")
        _check_count(_BASE, RDF_BASES, data, where, "base")
    elif b"<<" not in data:
        return
    depth = 0
    for tokens, match in enumerate(_TOKEN.finditer(data)):
        if tokens > match.start() // RDF_BYTES_PER_TOKEN + _SMALL_FILE_TOKENS:
            raise SourceError("rdf-dense", where=place_of(data, match.start(), where))
        token = match[0]
        first = token[:1]
        if token in _OPENING:
            depth += 1
            if depth > RDF_NESTING:
                where = place_of(data, match.start(), where)
                raise SourceError("rdf-deep", where=where, limit=RDF_NESTING)
        elif token in _CLOSING:
            depth -= 1
        elif first == b"<":
            _check_iri(token, data, match.start(), where)
        elif first in (b'"', b"'"):
            if len(token) == 1:
                raise SourceError("rdf-unclosed", where=place_of(data, match.start(), where))
            if len(token) > 4 * RDF_LITERAL_CHARS:
                where = place_of(data, match.start(), where)
                raise SourceError("rdf-long-literal", where=where, limit=f"{RDF_LITERAL_CHARS:,}")


def place_of(data: bytes, position: int, where: str) -> str:
    r"""The file and line of a byte.

    >>> place_of(b"a\nb", 2, "x.ttl")
    'x.ttl:2'
    """
    line = data.count(b"\n", 0, position) + 1
    return f"{where}:{line}"


def _check_iri(token: bytes, data: bytes, position: int, where: str) -> None:
    if token == b"<<":
        raise SourceError("rdf-12", where=place_of(data, position, where))
    if token == b"<":
        raise SourceError("rdf-no-iri", where=place_of(data, position, where))
    if len(token) > RDF_IRI_BYTES + 2:
        where = place_of(data, position, where)
        raise SourceError("rdf-long-iri", where=where, limit=f"{RDF_IRI_BYTES:,}")


def _check_count(
    pattern: re.Pattern[bytes], limit: int, data: bytes, where: str, what: str
) -> None:
    beyond = next(islice(pattern.finditer(data), limit, None), None)
    if beyond is not None:
        where = place_of(data, beyond.start(), where)
        raise SourceError("rdf-directives", where=where, what=what, limit=limit)
