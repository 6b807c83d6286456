"""Spans of a source text: their digests, where they stand, and what became of a quote.

Offsets count Unicode code points of the file as it is, 0-based, end-exclusive. Nothing is
stripped or normalised first, and nothing that differs in one character ever counts.
"""

from __future__ import annotations

from hashlib import sha256
from typing import TYPE_CHECKING, Final

from kg import limits
from kg.errors import SourceError
from kg.files import read_bytes
from kg.model import QuoteStatus

if TYPE_CHECKING:
    from pathlib import Path

    from kg.model import Dataset, Mention

QUOTE_LENGTH: Final = 40
CONTEXT_LENGTH: Final = 10


def quote_of(text: str, start: int, end: int) -> str:
    """The first 40 code points of a span at most.

    Examples
    --------
    >>> quote_of("平安建设", 2, 4)
    '建设'
    """
    return text[start : min(end, start + QUOTE_LENGTH)]


def digest_of(text: str, start: int, end: int) -> str:
    """The SHA-256 of a whole span in UTF-8, in hexadecimal.

    Examples
    --------
    >>> digest_of("abc", 0, 3)[:8]
    'ba7816bf'
    """
    return sha256(text[start:end].encode()).hexdigest()


def context_digest_of(text: str, start: int, end: int) -> str:
    r"""The SHA-256 of the 10 code points on either side of a span, `\n|\n` between them.

    It tells repeated quotes apart without printing what stands around them.

    Examples
    --------
    >>> context_digest_of("x法治y", 1, 3) == sha256(b"x\n|\ny").hexdigest()
    True
    """
    before = text[max(0, start - CONTEXT_LENGTH) : start]
    after = text[end : end + CONTEXT_LENGTH]
    return sha256(f"{before}\n|\n{after}".encode()).hexdigest()


def occurrences(text: str, needle: str) -> tuple[int, ...]:
    """Every offset at which a needle stands in a text, overlapping ones too.

    Examples
    --------
    >>> occurrences("天天天", "天天"), occurrences("天", "")
    ((0, 1), ())
    """
    found = []
    at = text.find(needle) if needle else -1
    while at >= 0:
        found.append(at)
        at = text.find(needle, at + 1)
    return tuple(found)


def quote_status(mention: Mention, text: str | None) -> QuoteStatus:
    """What became of a mention's quote in the text of its source.

    `exact`: the text at its offsets equals the quote, and both digests agree. `moved`: the
    whole span (by its digest) stands elsewhere, once; or several times, once of them with
    the same context. `ambiguous`: elsewhere several times. `missing`: nowhere else.
    `unverified`: the text is not at hand.

    Parameters
    ----------
    mention
        With its offsets, quote and both digests.
    text
        The source as it is, or `None` where it is not at hand.

    Notes
    -----
    A span of which the quote begins at so many places that checking them all would take
    minutes stays `unverified`.
    """
    if text is None:
        return QuoteStatus.UNVERIFIED
    start, length = mention.start, mention.end - mention.start
    if length <= 0 or not mention.quote:
        return QuoteStatus.MISSING
    if start >= 0 and _is_span(mention, text, start) and _has_context(mention, text, start):
        return QuoteStatus.EXACT
    elsewhere = [at for at in occurrences(text, mention.quote) if at != start]
    if len(elsewhere) * length > limits.QUOTE_SEARCH_CHARS:
        return QuoteStatus.UNVERIFIED
    return _status_elsewhere(mention, text, elsewhere)


def read_texts(dataset: Dataset, folder: Path) -> dict[str, str]:
    """The texts of a data set's sources that are at hand, by source id.

    A source is found by its file name, else by its SHA-256 among the files of the folder.
    A source that is not there is left out.

    Parameters
    ----------
    dataset
        Its sources name their files.
    folder
        Where the texts lie; or one of them itself.

    Raises
    ------
    SourceError
        The folder is missing, or a text is not readable or not UTF-8.
    """
    candidates = _list_files(folder)
    root = folder.parent if folder.is_file() else folder
    texts = {}
    digests: dict[str, Path] | None = None
    for source in sorted(dataset.sources, key=lambda source: source.id):
        path = _find_named(root, source.file, candidates)
        if path is None and source.sha256:
            if digests is None:
                digests = _hash_files(candidates)
            path = digests.get(source.sha256.lower())
        if path is not None:
            texts[source.id] = _read_text(path)
    return texts


def _is_span(mention: Mention, text: str, at: int) -> bool:
    """Whether the quote, and the whole span by its digest, stand at this place."""
    end = at + mention.end - mention.start
    return (
        end <= len(text)
        and quote_of(text, at, end) == mention.quote
        and digest_of(text, at, end) == mention.digest
    )


def _has_context(mention: Mention, text: str, at: int) -> bool:
    end = at + mention.end - mention.start
    return context_digest_of(text, at, end) == mention.context_digest


def _status_elsewhere(mention: Mention, text: str, places: list[int]) -> QuoteStatus:
    spans = [at for at in places if _is_span(mention, text, at)]
    if not spans:
        return QuoteStatus.MISSING
    if len(spans) == 1 or sum(_has_context(mention, text, at) for at in spans) == 1:
        return QuoteStatus.MOVED
    return QuoteStatus.AMBIGUOUS


def _list_files(folder: Path) -> list[Path]:
    if folder.is_file():
        return [folder]
    try:
        return sorted(path for path in folder.iterdir() if path.is_file())
    except FileNotFoundError as error:
        raise SourceError("source-missing", where=str(folder)) from error
    except OSError as error:
        raise SourceError("source-permission", where=str(folder)) from error


def _find_named(root: Path, name: str, candidates: list[Path]) -> Path | None:
    """The candidate of this name; a data set cannot name files outside the folder."""
    return next((path for path in candidates if name and path == root / name), None)


def _hash_files(paths: list[Path]) -> dict[str, Path]:
    """The files by SHA-256; of equal ones the first, the larger ones left out."""
    found: dict[str, Path] = {}
    for path in paths:
        if path.stat().st_size <= limits.TEXT_FILE_BYTES:
            data = read_bytes(path, limit=limits.TEXT_FILE_BYTES)
            found.setdefault(sha256(data).hexdigest(), path)
    return found


def _read_text(path: Path) -> str:
    data = read_bytes(path, limit=limits.TEXT_FILE_BYTES)
    try:
        return data.decode()
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise SourceError("text-not-utf-8", where=str(path), line=line) from error
