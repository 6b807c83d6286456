"""Where sentences and paragraphs of a text begin, so that "same sentence" can be judged."""

from __future__ import annotations

import bisect
import re
from collections.abc import Iterable
from dataclasses import dataclass

from kg.model import Passage

# A sentence ends at one of these, with the closing quotation marks after it, or at a line end.
_SENTENCE_END = re.compile(r"[。！？!?][”’」』）)]*|\n")


@dataclass(frozen=True, slots=True)
class Division:
    """Starts of the parts of one source, with the paragraph and sentence of each.

    `starts` is ascending, in code points; the three tuples are of one length.
    """

    starts: tuple[int, ...]
    paragraphs: tuple[int, ...]
    sentences: tuple[int, ...]

    def sentence_at(self, offset: int) -> int:
        """The number of the sentence at an offset."""
        return self.sentences[max(bisect.bisect_right(self.starts, offset) - 1, 0)]

    def paragraph_at(self, offset: int) -> int:
        """The number of the paragraph at an offset."""
        return self.paragraphs[max(bisect.bisect_right(self.starts, offset) - 1, 0)]


def divide_text(text: str) -> Division:
    r"""Divide a text: paragraphs are its non-empty lines, sentences end at 。！？ or a line end.

    Both are counted from 1; the blank lines before a paragraph belong to it.

    Examples
    --------
    >>> found = divide_text("甲。乙！\n丙")
    >>> found.starts, found.sentences, found.paragraphs
    ((0, 2, 5), (1, 2, 3), (1, 1, 2))
    """
    starts, paragraphs, sentences = [], [], []
    paragraph, begin, new_line = 0, 0, True
    for end in [*(match.end() for match in _SENTENCE_END.finditer(text)), len(text)]:
        piece = text[begin:end]
        if piece.strip():
            paragraph += new_line
            new_line = False
            starts.append(begin)
            paragraphs.append(paragraph)
            sentences.append(len(starts))
        if piece.endswith("\n"):
            new_line = True
        begin = end
    return Division(tuple(starts) or (0,), tuple(paragraphs) or (1,), tuple(sentences) or (1,))


def divide_passages(passages: Iterable[Passage]) -> dict[str, Division]:
    """The division of every source that has passages, as the passages give it."""
    by_source: dict[str, list[Passage]] = {}
    for passage in sorted(passages, key=lambda p: (p.source, p.start)):
        by_source.setdefault(passage.source, []).append(passage)
    return {
        source: Division(
            tuple(passage.start for passage in found),
            tuple(passage.paragraph for passage in found),
            tuple(passage.sentence for passage in found),
        )
        for source, found in by_source.items()
    }
