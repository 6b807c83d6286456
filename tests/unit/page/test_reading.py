"""The text is cut at every end of a quote, and nothing of it is lost or guessed."""

from __future__ import annotations

from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from kg.model import Mention, QuoteStatus
from kg.page.reading import build_reading, cut_text, place_of
from kg.page.rows import Evidence, node_row
from kg.sources.spans import context_digest_of, digest_of
from kg.validate.evidence import check_quotes
from tests.page.text import build_read_county

TEXT = "甲乙丙。甲乙丁。\n\n甲乙丙！"


def _mention(start: int, end: int, text: str = TEXT) -> Mention:
    return Mention(
        "m1",
        "s1",
        start,
        end,
        text[start:end],
        digest=digest_of(text, start, end),
        context_digest=context_digest_of(text, start, end),
    )


def _text_of(paragraphs: list[list[Any]]) -> list[str]:
    return ["".join(p if isinstance(p, str) else p[0] for p in pieces) for pieces in paragraphs]


def test_overlapping_quotes_cut_the_text_into_pieces_that_know_them_all() -> None:
    assert cut_text("一二三四五\n六", [(0, 3, 7), (2, 6, 8), (6, 7, 9)]) == [
        [["一二", 7], ["三", 7, 8], ["四五", 8]],
        [["六", 9]],
    ]


@given(
    text=st.text(alphabet="甲乙 \n\U0001f600", max_size=40),
    ends=st.lists(st.tuples(st.integers(0, 40), st.integers(0, 40)), max_size=6),
)
def test_every_character_is_kept_and_covered_by_exactly_its_quotes(
    text: str, ends: list[tuple[int, int]]
) -> None:
    places = [
        (min(a, b), max(a, b), n)
        for n, (a, b) in enumerate(ends)
        if a != b and max(a, b) <= len(text)
    ]
    paragraphs = cut_text(text, places)
    kept = [line for line in text.split("\n") if line.strip()]
    assert _text_of(paragraphs) == kept
    covered: dict[int, str] = {}
    for piece in (piece for pieces in paragraphs for piece in pieces):
        for number in [] if isinstance(piece, str) else piece[1:]:
            covered[number] = covered.get(number, "") + piece[0]
    for start, end, number in places:
        lines = [line for line in text[start:end].split("\n") if line.strip()]
        assert "".join(lines).strip() in covered.get(number, "") or not lines


def test_a_quote_that_moved_is_found_where_it_stands_now() -> None:
    once = _mention(4, 8)
    assert place_of(once, "多一句。" + TEXT, QuoteStatus.MOVED) == (8, 12)
    twice = _mention(10, 13)
    assert TEXT[10:13] == "甲乙丙"
    assert place_of(twice, TEXT, QuoteStatus.MOVED) == (10, 13)


def test_what_is_not_certain_has_no_place() -> None:
    mention = _mention(0, 3)
    for status in (QuoteStatus.MISSING, QuoteStatus.AMBIGUOUS, QuoteStatus.UNVERIFIED, None):
        assert place_of(mention, TEXT, status) is None
    assert place_of(mention, None, QuoteStatus.EXACT) is None


def test_the_reading_view_holds_the_whole_text_and_lists_what_it_could_not_place() -> None:
    dataset, texts = build_read_county()
    statuses = dict(check_quotes(dataset, texts).statuses)
    evidence = Evidence(dataset, statuses)
    for node in dataset.nodes:
        node_row(node, evidence)
    (source,) = build_reading(evidence, texts)
    assert source["id"] == "s1"
    assert _text_of(source["paragraphs"]) == texts["s1"].strip().split("\n")
    pieces = [p for pieces in source["paragraphs"] for p in pieces if not isinstance(p, str)]
    placed = {number for piece in pieces for number in piece[1:]}
    lost = [mention for number, mention in evidence.mentions.items() if number not in placed]
    assert [(mention.item, str(statuses[mention])) for mention in lost] == [
        ("m04", "missing"),
        ("m05", "ambiguous"),
    ]
