"""JSON-LD in pieces: a parser that keeps a whole document in memory is given a part at a time.

Whatever JSON-LD would fetch or leave out in silence is refused with its line: a context that
is only named, a key that no context explains, a `@context` behind the things it explains.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final

from kg.errors import SourceError
from kg.limits import (
    RDF_BYTES_PER_TOKEN,
    RDF_CONTEXT_BYTES,
    RDF_NESTING,
    RDF_PIECE_BYTES,
    RDF_PIECE_TOKENS,
)
from kg.sources.rdf_scan import place_of

if TYPE_CHECKING:
    from collections.abc import Iterator

_TOKEN: Final = re.compile(rb'"(?:[^"\\]++|\\.)*+"(\s*+:)?|[{}\[\]"]', re.DOTALL)
_KEYWORDS: Final = frozenset(
    b"@" + name
    for name in (
        *(b"context", b"graph", b"id", b"included", b"index", b"language", b"list", b"nest"),
        *(b"none", b"reverse", b"set", b"type", b"value", b"version", b"vocab", b"base"),
    )
)
_SEPARATOR: Final = re.compile(rb"\s*+,(?!\s*+\])|(?=\s*+\])")
_OBJECT_ENDS: Final = re.compile(rb"\s*+}")
_CLOSED_BY: Final = {b"{": b"}", b"[": b"]"}
# A piece is handed over once it is as large as this, or has as many tokens.
_ENOUGH_BYTES: Final = 200_000
_ENOUGH_TOKENS: Final = 20_000
_KEYS_KNOWN: Final = 1_000
# The densest file of this size is too small to hurt.
_SMALL_FILE_TOKENS: Final = 50_000


@dataclass(frozen=True, slots=True)
class Piece:
    """A part of a document that is a document; `first` is the file's line of its body."""

    data: bytes
    head: bytes
    body_at: int

    def line_in(self, whole: bytes, line: int) -> int:
        """The line of the file for a line of the piece."""
        beyond = line - 1 - self.head.count(b"\n")
        return max(whole.count(b"\n", 0, self.body_at) + 1 + beyond, 1)


@dataclass(slots=True)
class _Frame:
    """An object or an array that is open."""

    opened_by: bytes
    start: int
    key: bytes
    is_context: bool
    free_keys: bool
    pending: bytes = b""
    keys: int = 0
    was_cut: bool = False


@dataclass(slots=True)
class _List:
    """An array of things that is handed over in pieces: what stands before and after it."""

    depth: int
    head: bytes
    tail: bytes
    at: int  # where what is not yet handed over begins
    end: int = 0  # where the last whole thing ends
    tokens: int = 0


@dataclass(slots=True)
class _Contexts:
    """What the contexts so far explain."""

    size: int = 0
    terms: set[bytes] = field(default_factory=set)
    maps: set[bytes] = field(default_factory=set)  # terms whose values have keys of their own

    def add(self, text: bytes) -> None:
        try:
            self._learn(json.loads(text))
        except ValueError:  # the parser says what is wrong with it
            return

    def _learn(self, context: Any) -> None:
        if isinstance(context, list):
            for part in context:
                self._learn(part)
        elif isinstance(context, dict):
            for term, meaning in context.items():
                self.terms.add(term.encode("utf-8", "surrogatepass"))
                if isinstance(meaning, dict):
                    if "@container" in meaning:
                        self.maps.add(term.encode("utf-8", "surrogatepass"))
                    self._learn(meaning.get("@context"))


def read_pieces(data: bytes, *, where: str) -> Iterator[Piece]:
    """Cut a JSON-LD document into documents that say the same together.

    The things of a `@graph`, or of a top-level array, are handed over some at a time, each
    time with all that stands before them.

    Parameters
    ----------
    data
        The document, UTF-8.
    where
        The name of the file in messages.

    Raises
    ------
    SourceError
        With the line of what is too deep or too large, would be fetched, or would be lost.

    Examples
    --------
    >>> document = b'{"@graph": [{"@id": "urn:x:a"}, {"@id": "urn:x:b"}]}'
    >>> [piece.data for piece in read_pieces(document, where="x.jsonld")]
    [b'{"@graph": [{"@id": "urn:x:a"}, {"@id": "urn:x:b"}]}']
    """
    yield from _Cutter(data, where).cut()


class _Cutter:
    def __init__(self, data: bytes, where: str) -> None:
        self._data = data
        self._where = where
        self._frames: list[_Frame] = []
        self._lists: list[_List] = []
        self._contexts = _Contexts()
        self._explained: dict[bytes, bytes] = {}  # as it is written → the key
        self._was_cut = False

    def _refuse(self, key: str, position: int, **facts: str | int) -> SourceError:
        return SourceError(key, where=place_of(self._data, position, self._where), **facts)

    def cut(self) -> Iterator[Piece]:
        frames, lists, explained = self._frames, self._lists, self._explained
        tokens, at = 0, 0
        for match in _TOKEN.finditer(self._data):
            tokens += 1
            token, position = match[0], match.start()
            if not frames:
                self._check_empty(at, position if tokens == 1 else match.end())
            at = match.end()
            if tokens > at // RDF_BYTES_PER_TOKEN + _SMALL_FILE_TOKENS:
                raise self._refuse("rdf-dense", position)
            if token in _CLOSED_BY:
                yield from self._open(token, position)
            elif token in (b"}", b"]"):
                yield from self._close(token, at)
            elif token == b'"':
                raise self._refuse("rdf-unclosed", position)
            elif match[1] is None:
                self._meet_text(position)
            elif frames and not frames[-1].is_context and token in explained:
                frames[-1].pending = explained[token]
                frames[-1].keys += 1
            else:
                self._meet_key(token, token[: -len(match[1])], position)
            if lists:
                lists[-1].tokens += 1
        if self._frames:
            raise self._refuse("rdf-unclosed", self._frames[-1].start)
        self._check_empty(at, len(self._data))
        if not self._was_cut:
            self._check_piece(tokens, 0, len(self._data))
            yield Piece(self._data, b"", 0)

    def _check_empty(self, start: int, end: int) -> None:
        """Refuse what stands outside the one object or array that a document is."""
        if self._data[start:end].strip(b" \t\r\n"):
            raise self._refuse("rdf-syntax", end - 1, problem="more than one JSON value")

    def _open(self, token: bytes, position: int) -> Iterator[Piece]:
        frames = self._frames
        if len(frames) >= RDF_NESTING:
            raise self._refuse("rdf-deep", position, limit=RDF_NESTING)
        above = frames[-1] if frames else None
        key = above.pending if above else b""
        inside = above is not None and above.is_context
        free = key in self._contexts.maps or (
            above is not None and above.opened_by == b"[" and above.free_keys
        )
        frames.append(_Frame(token, position, key, inside or key == b"@context", free))
        if above is not None:
            above.pending = b"" if above.opened_by == b"{" else above.pending
        if token == b"[" and self._holds_things():
            yield from self._begin_list(position)

    def _holds_things(self) -> bool:
        """Whether the array just opened is the document, a `@graph` of it, or of a thing there."""
        frames, depth = self._frames, len(self._frames)
        if depth == 1:
            return True
        if frames[-1].key != b"@graph" or frames[-1].is_context:
            return False
        outer = self._lists[-1].depth if self._lists else 0
        return len(self._lists) < 2 and depth == outer + 2

    def _begin_list(self, position: int) -> Iterator[Piece]:
        owner = self._frames[-2] if len(self._frames) > 1 else None
        start = position if owner is None else owner.start
        head, tail = self._data[start : position + 1], b"]" if owner is None else b"]}"
        if self._lists:
            outer = self._lists[-1]
            if outer.end > outer.at:
                yield self._piece(outer)
            head, tail = outer.head + head, tail + outer.tail
        if len(head) > 2 * RDF_CONTEXT_BYTES:
            raise self._refuse("rdf-piece", position, limit=f"{2 * RDF_CONTEXT_BYTES:,}")
        self._was_cut = True
        self._lists.append(_List(len(self._frames), head, tail, position + 1, position + 1))

    def _close(self, token: bytes, end: int) -> Iterator[Piece]:
        if not self._frames or _CLOSED_BY[self._frames[-1].opened_by] != token:
            problem = f"{token.decode()} closes nothing"
            raise self._refuse("rdf-syntax", end - 1, problem=problem)
        frame = self._frames.pop()
        if frame.key == b"@context" and (not self._frames or not self._frames[-1].is_context):
            self._learn_context(frame, end)
        if not self._lists:
            return
        current = self._lists[-1]
        depth = len(self._frames)
        if depth == current.depth:
            yield from self._end_thing(current, frame, end)
        elif depth == current.depth - 1:
            yield from self._end_list(current, end)

    def _learn_context(self, frame: _Frame, end: int) -> None:
        self._contexts.size += end - frame.start
        if self._contexts.size > RDF_CONTEXT_BYTES:
            raise self._refuse("rdf-context-size", frame.start, limit=f"{RDF_CONTEXT_BYTES:,}")
        self._contexts.add(self._data[frame.start : end])

    def _end_thing(self, current: _List, frame: _Frame, end: int) -> Iterator[Piece]:
        if frame.was_cut:
            current.at = current.end = self._skip_comma(end)
            current.tokens = 0
            return
        self._check_piece(current.tokens, frame.start, end)
        current.end = end
        # What stands before them is parsed with every piece, so a long head waits for more.
        head = len(current.head)
        if end - current.at > _ENOUGH_BYTES + 10 * head or current.tokens > _ENOUGH_TOKENS + head:
            yield self._piece(current)
            current.at = current.end = self._skip_comma(end)
            current.tokens = 0

    def _skip_comma(self, position: int) -> int:
        """Behind the comma that follows, which no piece would miss."""
        match = _SEPARATOR.match(self._data, position)
        if match is None:
            raise self._refuse("rdf-syntax", position, problem="one comma belongs between things")
        return match.end()

    def _end_list(self, current: _List, end: int) -> Iterator[Piece]:
        self._check_piece(current.tokens, current.at, end)
        current.end = end - 1
        yield self._piece(current)
        self._lists.pop()
        if self._frames:  # the object around it ends here too, or something would be lost
            self._frames[-1].was_cut = True
            if _OBJECT_ENDS.match(self._data, end) is None:
                raise self._refuse("rdf-jsonld-order", end)

    def _piece(self, current: _List) -> Piece:
        body = self._data[current.at : current.end]
        return Piece(current.head + body + current.tail, current.head, current.at)

    def _check_piece(self, tokens: int, start: int, end: int) -> None:
        tokens += self._data.count(b",", start, end)
        if tokens > RDF_PIECE_TOKENS or end - start > RDF_PIECE_BYTES:
            raise self._refuse("rdf-piece", start, limit=f"{RDF_PIECE_BYTES:,}")

    def _meet_text(self, position: int) -> None:
        """A text that is a value."""
        if not self._frames:
            return
        frame = self._frames[-1]
        in_context_list = frame.opened_by == b"[" and frame.key == b"@context"
        if frame.pending == b"@context" or in_context_list:
            raise self._refuse("rdf-remote-context", position)
        frame.pending = b""

    def _meet_key(self, token: bytes, quoted: bytes, position: int) -> None:
        key = quoted[1:-1]
        if b"\\" in key:
            try:
                key = json.loads(quoted).encode("utf-8", "surrogatepass")
            except ValueError:
                return  # the parser says what is wrong with it
        if not self._frames:
            return
        frame = self._frames[-1]
        frame.pending = key
        frame.keys += 1
        if frame.is_context:
            if key == b"@import":
                raise self._refuse("rdf-remote-context", position)
        elif key == b"@context":
            if frame.keys > 1:
                raise self._refuse("rdf-jsonld-order", position)
        elif not (frame.free_keys or self._explains(key)):
            shown = key.decode("utf-8", "replace")[:80]
            raise self._refuse("rdf-jsonld-key", position, name=shown)
        elif not frame.free_keys and len(self._explained) < _KEYS_KNOWN:
            self._explained[token] = key

    def _explains(self, key: bytes) -> bool:
        if key.startswith(b"@"):
            return key in _KEYWORDS
        return b":" in key or key in self._contexts.terms or b"@vocab" in self._contexts.terms
