"""Filling the mentions of a ledger from offsets, or from a quote that occurs once."""

from __future__ import annotations

from pathlib import Path

import pytest

from kg.errors import SourceError
from kg.sources.fill import fill_mentions
from kg.sources.spans import context_digest_of, digest_of

TEXT = "县里推行网格化管理。县里评比。\n"
HEADER = "item,source,start,end,role,quote,digest,context_digest\n"
FULL = f"m1,s1,2,9,whole,推行网格化管理,{digest_of(TEXT, 2, 9)},{context_digest_of(TEXT, 2, 9)}\n"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "text.txt").write_text(TEXT, encoding="utf-8", newline="")
    manifest = 'schema = "kg-ledger/1"\n[[sources]]\nid = "s1"\nfile = "text.txt"\n'
    (tmp_path / "dataset.toml").write_text(manifest, encoding="utf-8")
    return tmp_path


def filled(folder: Path, rows: str) -> tuple[str, int]:
    (folder / "mentions.csv").write_text(HEADER + rows, encoding="utf-8", newline="")
    filling = fill_mentions(folder, folder)
    assert filling.candidates == ()
    return filling.data.decode().removeprefix(HEADER), filling.filled


def test_offsets_give_quote_and_digests(folder: Path) -> None:
    assert filled(folder, "m1,s1,2,9,whole,,,\n") == (FULL, 1)


def test_a_quote_that_occurs_once_gives_offsets_and_digests(folder: Path) -> None:
    assert filled(folder, "m1,s1,,,whole,推行网格化管理,,\n") == (FULL, 1)


def test_what_is_filled_in_stays(folder: Path) -> None:
    assert filled(folder, FULL) == (FULL, 0)


def test_a_quote_that_occurs_twice_lists_its_places(folder: Path) -> None:
    (folder / "mentions.csv").write_text(HEADER + "m1,s1,,,whole,县里,,\n", encoding="utf-8")
    (candidate,) = fill_mentions(folder, folder).candidates
    assert (candidate.line, candidate.item, candidate.starts) == (2, "m1", (0, 10))


def test_a_quote_that_does_not_occur_has_no_place(folder: Path) -> None:
    (folder / "mentions.csv").write_text(HEADER + "m1,s1,,,whole,市里,,\n", encoding="utf-8")
    (candidate,) = fill_mentions(folder, folder).candidates
    assert candidate.starts == ()


@pytest.mark.parametrize(
    ("row", "key"),
    [
        ("m1,s2,2,9,whole,,,\n", "fill-no-source"),
        ("m1,s1,2,99,whole,,,\n", "fill-offsets"),
        ("m1,s1,9,2,whole,,,\n", "fill-offsets"),
        ("m1,s1,2,,whole,,,\n", "fill-offsets"),
        ("m1,s1,2,9\n", "fill-faulty"),
    ],
)
def test_a_row_that_cannot_be_filled_is_refused(folder: Path, row: str, key: str) -> None:
    (folder / "mentions.csv").write_text(HEADER + row, encoding="utf-8")
    with pytest.raises(SourceError) as caught:
        fill_mentions(folder, folder)
    assert caught.value.key == key
    assert caught.value.where.startswith("mentions.csv:")
