"""The source texts for the reading view, cut at every end of a passage that is quoted."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import pairwise
from typing import Any

from kg.model import Mention, QuoteStatus
from kg.page.rows import Evidence
from kg.sources.spans import context_digest_of, digest_of, occurrences


def build_reading(evidence: Evidence, texts: Mapping[str, str]) -> list[dict[str, Any]]:
    """Each text by paragraphs, and these by pieces that know which quotes cover them.

    Parameters
    ----------
    evidence
        Every quote that the page knows, with what became of it.
    texts
        Whole texts by source id.

    Returns
    -------
    list of dict
        For each source `id` and `paragraphs`: lists of pieces, a piece being a text, or a
        text followed by the numbers of the spans that cover it. A quote that was not found,
        or was found in several places, covers nothing: the page lists it.
    """
    places: dict[str, list[tuple[int, int, int]]] = {}
    for number, mention in sorted(evidence.mentions.items()):
        place = place_of(mention, texts.get(mention.source), evidence.statuses.get(mention))
        if place is not None:
            places.setdefault(mention.source, []).append((*place, number))
    return [
        {"id": source, "paragraphs": cut_text(text, places.get(source, ()))}
        for source, text in sorted(texts.items())
    ]


def place_of(
    mention: Mention, text: str | None, status: QuoteStatus | None
) -> tuple[int, int] | None:
    """Where a quote stands in a text, `None` where that is not certain.

    Parameters
    ----------
    mention
        With its offsets and digests.
    text
        The source, `None` where it is not at hand.
    status
        What became of the quote there.
    """
    if text is None or status not in (QuoteStatus.EXACT, QuoteStatus.MOVED):
        return None
    length = mention.end - mention.start
    if status is QuoteStatus.EXACT:
        return mention.start, mention.end
    found = [
        at
        for at in occurrences(text, mention.quote)
        if digest_of(text, at, at + length) == mention.digest
    ]
    same = [
        at for at in found if context_digest_of(text, at, at + length) == mention.context_digest
    ]
    at = found[0] if len(found) == 1 else same[0]
    return at, at + length


def cut_text(text: str, places: Sequence[tuple[int, int, int]]) -> list[list[Any]]:
    """Paragraphs of pieces; empty lines are left out.

    Examples
    --------
    >>> cut_text("县里设立河长。", [(2, 6, 0), (4, 6, 1)])
    [['县里', ['设立', 0], ['河长', 0, 1], '。']]
    """
    starts: dict[int, list[int]] = {}
    ends: dict[int, list[int]] = {}
    for start, end, number in places:
        starts.setdefault(start, []).append(number)
        ends.setdefault(end, []).append(number)
    breaks = [at for at, char in enumerate(text) if char == "\n"]
    cuts = sorted({0, len(text), *starts, *ends, *breaks, *(at + 1 for at in breaks)})
    open_: set[int] = set()
    paragraphs: list[list[Any]] = [[]]
    for start, end in pairwise(cuts):
        open_ -= set(ends.get(start, ()))
        open_ |= set(starts.get(start, ()))
        piece = text[start:end]
        if piece == "\n":
            paragraphs.append([])
        elif piece:
            paragraphs[-1].append([piece, *sorted(open_)] if open_ else piece)
    return [paragraph for paragraph in paragraphs if any(_is_seen(piece) for piece in paragraph)]


def _is_seen(piece: Any) -> bool:
    return bool((piece if isinstance(piece, str) else piece[0]).strip())
