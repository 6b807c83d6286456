"""SPARQL text to tokens, by the lexical grammar of SPARQL 1.1 (§19.8).

What the grammar does not know is no token: reading stops there, and whoever asked is told
where. Nothing here knows what a query may do; `kg.query.guard` does.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import Final


class TokenKind(StrEnum):
    """What a token is."""

    COMMENT = "comment"
    IRI = "iri"
    STRING = "string"
    VARIABLE = "variable"
    BLANK = "blank"
    NAME = "name"
    LANGUAGE = "language"
    NUMBER = "number"
    WORD = "word"
    SIGN = "sign"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Token:
    """A piece of a query: what it is, what it says, and where it begins."""

    kind: TokenKind
    text: str
    start: int

    @property
    def end(self) -> int:
        """Where it ends."""
        return self.start + len(self.text)

    @property
    def upper(self) -> str:
        """The word of a keyword, which may be written in any case."""
        return self.text.upper() if self.kind is TokenKind.WORD else ""

    @property
    def prefix(self) -> str:
        """What stands before the colon of a prefixed name."""
        return self.text.partition(":")[0]


_BASE: Final = (
    "A-Za-zÀ-ÖØ-öø-\u02ff\u0370-\u037d\u037f-\u1fff\u200c\u200d\u2070-\u218f"
    "\u2c00-\u2fef\u3001-\ud7ff\uf900-\ufdcf\ufdf0-\ufffd\U00010000-\U000effff"
)
_START: Final = _BASE + "_"
_INSIDE: Final = _START + "0-9\u00b7\u0300-\u036f\u203f\u2040"
_CHARS: Final = _INSIDE + r"\-"
_ESCAPED: Final = r"%[0-9A-Fa-f]{2}|\\[_~.\-!$&'()*+,;=/?#@%]"
_CODEPOINT: Final = r"\\u[0-9A-Fa-f]{4}|\\U[0-9A-Fa-f]{8}"
_ECHAR: Final = rf"\\[tbnrf\\\"']|{_CODEPOINT}"
# No prefix is longer: where none is, the search for its colon ends early.
_PREFIX: Final = rf"(?:[{_BASE}](?:[{_CHARS}.]{{0,254}}[{_CHARS}])?)?:"
_LOCAL: Final = (
    rf"(?:[{_START}:0-9]|{_ESCAPED})"
    rf"(?:(?:[{_CHARS}.:]|{_ESCAPED})*(?:[{_CHARS}:]|{_ESCAPED}))?"
)
# In this order, the first that fits is taken. What could run back over what it took is
# possessive, atomic or of bounded length, so that reading is linear.
_PATTERNS: Final = (
    (TokenKind.COMMENT, r"#[^\r\n]*+"),
    (TokenKind.IRI, rf"<(?>[^<>\"{{}}|^`\\\x00-\x20]|{_CODEPOINT})*+>"),
    (
        TokenKind.STRING,
        rf"\"\"\"(?>\"{{0,2}}+(?>[^\"\\]|{_ECHAR}))*+\"\"\""
        rf"|'''(?>'{{0,2}}+(?>[^'\\]|{_ECHAR}))*+'''"
        rf"|\"(?!\"\")(?>[^\"\\\r\n]|{_ECHAR})*+\"|'(?!'')(?>[^'\\\r\n]|{_ECHAR})*+'",
    ),
    (TokenKind.VARIABLE, rf"[?$][{_START}0-9][{_INSIDE}]*+"),
    (TokenKind.BLANK, rf"_:[{_START}0-9](?:[{_CHARS}.]*[{_CHARS}])?"),
    (TokenKind.NAME, rf"{_PREFIX}(?:{_LOCAL})?"),
    (TokenKind.LANGUAGE, r"@[A-Za-z]++(?:-[A-Za-z0-9]++)*+"),
    (
        TokenKind.NUMBER,
        r"(?:[0-9]++\.[0-9]*+|\.?[0-9]++)[eE][+-]?[0-9]++|[0-9]*+\.[0-9]++|[0-9]++",
    ),
    (TokenKind.WORD, r"[A-Za-z][A-Za-z0-9_]*+"),
    (TokenKind.SIGN, r"&&|\|\||!=|<=|>=|\^\^|[{}()\[\];,.|^/?*+!=<>\-]"),
)
_TOKEN: Final = re.compile("|".join(f"(?P<{kind}>{pattern})" for kind, pattern in _PATTERNS))
_SPACE: Final = re.compile(r"[ \t\r\n]++")
_NAME_CHARACTER: Final = re.compile(f"[{_INSIDE}]")


def read_tokens(text: str) -> Iterator[Token]:
    """Read the tokens of a query, comments too.

    Parameters
    ----------
    text
        A query.

    Yields
    ------
    Token
        Token by token. Where the text is none of SPARQL 1.1, one of kind `UNKNOWN`, a
        character long (a quotation mark that opens a text which is not closed, with its
        repetitions), is the last.

    Examples
    --------
    >>> [(token.kind.value, token.text) for token in read_tokens("SELECT ?x#y")]
    [('word', 'SELECT'), ('variable', '?x'), ('comment', '#y')]
    """
    place, end = 0, len(text)
    while place < end:
        space = _SPACE.match(text, place)
        if space:
            place = space.end()
            continue
        found = _TOKEN.match(text, place)
        if found is None or _goes_on(text, found):
            mark = text[place]
            known = text.startswith(mark * 3, place) and mark in "\"'"
            yield Token(TokenKind.UNKNOWN, mark * 3 if known else mark, place)
            return
        yield Token(TokenKind(str(found.lastgroup)), found[0], place)
        place = found.end()


def _goes_on(text: str, found: re.Match[str]) -> bool:
    """Whether a word runs on in letters that no word of SPARQL has."""
    return (
        found.lastgroup == TokenKind.WORD and _NAME_CHARACTER.match(text, found.end()) is not None
    )


def line_and_column(text: str, place: int) -> tuple[int, int]:
    r"""Count the line and the column of a place in a text, both from 1.

    >>> line_and_column("a\r\nbc", 4)
    (2, 2)
    """
    before = text[:place].replace("\r\n", "\n").replace("\r", "\n")
    return before.count("\n") + 1, len(before) - before.rfind("\n")
