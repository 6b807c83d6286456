"""Spans of a text and what becomes of quotes: exact or not, and nothing between."""

from __future__ import annotations

import os
import random
from collections import Counter
from dataclasses import replace
from hashlib import sha256
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg import limits
from kg.errors import SourceError
from kg.model import Dataset, Mention, QuoteStatus, Source
from kg.sources.spans import (
    context_digest_of,
    digest_of,
    occurrences,
    quote_of,
    quote_status,
    read_texts,
)

TEXT = "甲乙丙。平安建设，平安创建。平安建设！" + "长" * 50 + "尾"
PIECES = 200


def mention_of(text: str, start: int, end: int) -> Mention:
    return Mention(
        item="m001",
        source="s1",
        start=start,
        end=end,
        quote=quote_of(text, start, end),
        digest=digest_of(text, start, end),
        context_digest=context_digest_of(text, start, end),
    )


# The definitions, by hand


def test_a_quote_is_at_most_forty_code_points_and_a_digest_covers_the_whole_span() -> None:
    text = "𠮷" * 60
    assert quote_of(text, 5, 55) == "𠮷" * 40
    assert quote_of(text, 5, 8) == "𠮷" * 3
    assert digest_of(text, 5, 55) == sha256(("𠮷" * 50).encode()).hexdigest()


@pytest.mark.parametrize(
    ("start", "end", "context"),
    [
        (0, 3, "\n|\n3456789abc"),
        (2, 4, "01\n|\n456789abcd"),
        (12, 14, "23456789ab\n|\nefgh"),
        (17, 18, "789abcdefg\n|\n"),
    ],
)
def test_a_context_is_ten_code_points_on_either_side_and_less_at_the_ends(
    start: int, end: int, context: str
) -> None:
    expected = sha256(context.encode()).hexdigest()
    assert context_digest_of("0123456789abcdefgh", start, end) == expected


def test_occurrences_may_overlap() -> None:
    assert [occurrences("天天天地", needle) for needle in ("天天", "天", "地", "人", "")] == [
        (0, 1),
        (0, 1, 2),
        (3,),
        (),
        (),
    ]


# The five statuses


@pytest.mark.parametrize(("start", "end"), [(0, 3), (4, 8), (14, 18), (19, 60), (69, 70)])
def test_a_quote_at_its_place_is_exact(start: int, end: int) -> None:
    assert quote_status(mention_of(TEXT, start, end), TEXT) is QuoteStatus.EXACT


def test_without_a_text_a_quote_is_unverified() -> None:
    assert quote_status(mention_of(TEXT, 0, 3), None) is QuoteStatus.UNVERIFIED


def test_a_quote_that_stands_elsewhere_once_has_moved() -> None:
    mention = mention_of(TEXT, 9, 13)
    assert quote_status(mention, "新" + TEXT) is QuoteStatus.MOVED
    assert quote_status(mention, "平安创建") is QuoteStatus.MOVED


def test_of_a_repeated_quote_the_context_tells_which_one_has_moved() -> None:
    text = "序言在此，不少于十个字。" + TEXT
    assert quote_status(mention_of(text, 16, 20), "新" + text) is QuoteStatus.MOVED
    assert len(occurrences(text, "平安建设")) == 2


def test_a_repeated_quote_without_its_context_is_ambiguous() -> None:
    mention = mention_of(TEXT, 4, 8)
    assert quote_status(mention, "平安建设、平安建设") is QuoteStatus.AMBIGUOUS
    assert quote_status(mention, f"新{TEXT}{TEXT}") is QuoteStatus.AMBIGUOUS


def test_a_quote_of_which_only_the_beginning_is_there_is_missing() -> None:
    mention = mention_of(TEXT, 19, 69)
    changed = TEXT[:65] + "短" + TEXT[66:]
    assert changed[19:59] == mention.quote
    assert quote_status(mention, changed) is QuoteStatus.MISSING


@pytest.mark.parametrize(
    "changed",
    [
        {"quote": "甲乙丁"},
        {"quote": "甲乙"},
        {"quote": ""},
        {"digest": "0" * 64},
        {"digest": ""},
        {"context_digest": "0" * 64},
        {"context_digest": ""},
        {"start": 3},
        {"end": 2},
        {"end": 0},
        {"end": 10_000},
    ],
    ids=str,
)
def test_a_mention_that_does_not_agree_with_the_text_in_everything_is_missing(
    changed: dict[str, str | int],
) -> None:
    mention = replace(mention_of(TEXT, 0, 3), **changed)  # type: ignore[arg-type] # by field name
    assert quote_status(mention, TEXT) is QuoteStatus.MISSING


def test_an_offset_outside_the_text_is_a_moved_quote_where_the_span_is_in_it() -> None:
    for start in (-5, 10_000):
        mention = replace(mention_of(TEXT, 9, 13), start=start, end=start + 4)
        assert quote_status(mention, TEXT) is QuoteStatus.MOVED


def test_a_search_that_would_take_minutes_leaves_the_quote_unverified() -> None:
    text = "长" * 40_000
    mention = replace(mention_of(text, 0, 20_000), digest="0" * 64)
    assert 20_000 * len(occurrences(text, mention.quote)) > limits.QUOTE_SEARCH_CHARS
    assert quote_status(mention, text) is QuoteStatus.UNVERIFIED


# Any text


spans = st.tuples(st.text("甲乙。1\n𠮷", min_size=1, max_size=60), st.data())


@given(spans)
def test_any_span_is_exact_and_no_other_text_at_its_place_is(
    case: tuple[str, st.DataObject],
) -> None:
    text, data = case
    start = data.draw(st.integers(0, len(text) - 1))
    end = data.draw(st.integers(start + 1, len(text)))
    mention = mention_of(text, start, end)
    assert quote_status(mention, text) is QuoteStatus.EXACT
    other = data.draw(st.text("甲乙。1\n𠮷", min_size=len(text), max_size=len(text)))
    status = quote_status(mention, other)
    near = slice(max(0, start - 10), end + 10)
    assert (status is QuoteStatus.EXACT) is (other[near] == text[near])
    places = [at for at in range(len(other)) if other[at : at + end - start] == text[start:end]]
    elsewhere = [at for at in places if at != start]
    if status is not QuoteStatus.EXACT:
        assert (status is QuoteStatus.MISSING) is (not elsewhere)
        assert status is not QuoteStatus.AMBIGUOUS or len(elsewhere) > 1


# The article


@pytest.fixture(scope="module")
def article() -> str:
    root = Path(__file__).resolve().parents[3]
    folder = Path(os.environ.get("KG_SOURCES") or root.parent / "shared" / "sources")
    paths = sorted(folder.glob("000_*.txt")) if folder.is_dir() else []
    if not paths:
        pytest.skip(f"the source article is not in {folder} (set KG_SOURCES to its folder)")
    with paths[0].open(encoding="utf-8", newline="") as stream:
        return stream.read()


def random_spans(text: str, seed: int) -> list[tuple[int, int]]:
    numbers = random.Random(seed)
    starts = [numbers.randrange(len(text) - 60) for _ in range(PIECES)]
    return [(start, start + numbers.randint(4, 60)) for start in starts]


@pytest.mark.article
def test_of_200_verbatim_pieces_of_the_article_all_are_exact(article: str) -> None:
    found = Counter(
        quote_status(mention_of(article, *span), article) for span in random_spans(article, 1)
    )
    assert found == {QuoteStatus.EXACT: PIECES}


def altered(piece: str, numbers: random.Random) -> str:
    """The piece with one character inserted or dropped, or a digit of it changed."""
    at = numbers.randrange(len(piece))
    digits = [index for index, char in enumerate(piece) if char in "0123456789"]
    if digits and numbers.random() < 0.8:
        at = numbers.choice(digits)
        return piece[:at] + str((int(piece[at]) + numbers.randint(1, 9)) % 10) + piece[at + 1 :]
    if numbers.random() < 0.5:
        return piece[:at] + numbers.choice("的了和，0") + piece[at:]
    return piece[:at] + piece[at + 1 :]


@pytest.mark.article
def test_of_200_altered_pieces_of_the_article_none_is_exact(article: str) -> None:
    numbers = random.Random(2)
    found: Counter[QuoteStatus] = Counter()
    by_alteration: Counter[int] = Counter()
    digits = [at for at, char in enumerate(article) if char.isdigit()]
    around_digits = [(max(0, at - 8), at + 8) for at in digits[: PIECES // 2]]
    for start, end in (around_digits + random_spans(article, 3))[:PIECES]:
        piece = altered(article[start:end], numbers)
        by_alteration[len(piece) - (end - start)] += 1
        true = mention_of(article, start, end)
        mention = replace(
            true,
            end=start + len(piece),
            quote=quote_of(piece, 0, len(piece)),
            digest=digest_of(piece, 0, len(piece)),
        )
        found[quote_status(mention, article)] += 1
        if mention.quote != true.quote:  # the quote is altered, the digests are the true ones
            found[quote_status(replace(mention, digest=true.digest), article)] += 1
    assert found[QuoteStatus.EXACT] == 0
    assert by_alteration.total() == PIECES
    assert min(by_alteration[change] for change in (-1, 0, 1)) >= 20


# Finding the texts


def dataset_of(*sources: tuple[str, str, str]) -> Dataset:
    return Dataset(
        sources=tuple(Source(id=name, file=file, sha256=digest) for name, file, digest in sources)
    )


def digest(data: bytes) -> str:
    return sha256(data).hexdigest()


def test_texts_are_read_as_they_are(tmp_path: Path) -> None:
    data = "\ufeff\n一\r\n二\r三\u2028".encode()
    (tmp_path / "a.txt").write_bytes(data)
    texts = read_texts(dataset_of(("s1", "a.txt", "")), tmp_path)
    assert texts == {"s1": "\ufeff\n一\r\n二\r三\u2028"}
    with (tmp_path / "a.txt").open(encoding="utf-8", newline="") as stream:
        assert texts["s1"] == stream.read()


def test_a_text_is_found_by_its_name_then_by_its_digest_and_else_left_out(tmp_path: Path) -> None:
    for name, text in (("a.txt", "甲"), ("renamed.txt", "乙"), ("same.txt", "乙")):
        (tmp_path / name).write_text(text, encoding="utf-8")
    (tmp_path / "folder").mkdir()
    sources = dataset_of(
        ("s1", "a.txt", digest("别的".encode())),
        ("s2", "b.txt", digest("乙".encode()).upper()),
        ("s3", "c.txt", digest("丙".encode())),
        ("s4", "", ""),
        ("s5", "folder", ""),
    )
    assert read_texts(sources, tmp_path) == {"s1": "甲", "s2": "乙"}


def test_one_text_may_be_given_instead_of_a_folder(tmp_path: Path) -> None:
    for name, text in (("a.txt", "甲"), ("b.txt", "乙")):
        (tmp_path / name).write_text(text, encoding="utf-8")
    sources = dataset_of(
        ("s1", "a.txt", ""), ("s2", "b.txt", ""), ("s3", "", digest("甲".encode()))
    )
    assert read_texts(sources, tmp_path / "a.txt") == {"s1": "甲", "s3": "甲"}


@pytest.mark.parametrize("name", ["../secret.txt", "/etc/hostname", "x/../../secret.txt", "a\0b"])
def test_a_data_set_cannot_name_a_file_outside_the_folder(tmp_path: Path, name: str) -> None:
    (tmp_path / "secret.txt").write_text("secret", encoding="utf-8")
    (tmp_path / "sources").mkdir()
    assert read_texts(dataset_of(("s1", name, "")), tmp_path / "sources") == {}


def test_a_folder_that_is_not_there_and_a_text_that_is_not_utf_8_are_named(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_bytes("一\n".encode() + "二".encode("gbk"))
    told = []
    for folder in (tmp_path / "none", tmp_path):
        with pytest.raises(SourceError) as caught:
            read_texts(dataset_of(("s1", "a.txt", "")), folder)
        told.append((caught.value.key, caught.value.where, caught.value.facts))
    assert told == [
        ("source-missing", str(tmp_path / "none"), {}),
        ("text-not-utf-8", str(tmp_path / "a.txt"), {"line": 2}),
    ]


def test_an_enormous_file_beside_the_texts_is_not_hashed(tmp_path: Path) -> None:
    with (tmp_path / "film.bin").open("wb") as stream:
        stream.truncate(limits.TEXT_FILE_BYTES + 1)
    (tmp_path / "a.txt").write_text("甲", encoding="utf-8")
    sources = dataset_of(("s1", "", digest("甲".encode())))
    assert read_texts(sources, tmp_path) == {"s1": "甲"}
