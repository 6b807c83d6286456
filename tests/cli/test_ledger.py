"""Help for those who write ledgers: new, locate, ledger fill."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import pytest

from kg.cli.new import TEXT, example_dataset
from kg.files import bundled
from kg.model import QuoteStatus
from kg.sources.ledger import read_ledger
from kg.sources.spans import context_digest_of, digest_of
from kg.validate.basis import find_overclaims
from kg.validate.evidence import check_quotes
from kg.validate.faults import find_faults
from tests.cli.conftest import Kg


def test_new_makes_a_ledger_without_fault_in_which_every_quote_is_exact(
    kg: Kg, tmp_path: Path
) -> None:
    folder = tmp_path / "mine"
    outcome = kg("new", folder)
    assert (outcome.status, outcome.data) == (0, b"")
    assert str(folder) in outcome.notes
    reading = read_ledger(folder)
    texts = {"s1": TEXT}
    check = check_quotes(reading.dataset, texts)
    assert (reading.faults, reading.notes) == ((), ())
    assert find_faults(reading.dataset) == ()
    assert find_overclaims(reading.dataset, texts) == ()
    assert {status for _, status in check.statuses} == {QuoteStatus.EXACT}
    assert {node.id for node in reading.dataset.nodes} == {n.id for n in example_dataset().nodes}


def test_new_makes_the_same_bytes_each_time(kg: Kg, tmp_path: Path) -> None:
    kg("new", tmp_path / "one")
    kg("new", tmp_path / "two")
    for path in (tmp_path / "one").iterdir():
        assert path.read_bytes() == (tmp_path / "two" / path.name).read_bytes()


def test_new_leaves_what_is_there_alone(kg: Kg, tmp_path: Path) -> None:
    (tmp_path / "mine").mkdir()
    assert kg("new", tmp_path / "mine").status == 0
    refused = kg("new", tmp_path / "mine")
    assert (refused.status, refused.data) == (2, b"")
    (tmp_path / "file").write_text("x")
    assert kg("new", tmp_path / "file").status == 2
    assert (tmp_path / "file").read_text() == "x"


def test_locate_gives_offsets_and_digests_of_every_occurrence(kg: Kg, ledger: Path) -> None:
    outcome = kg(
        *("--data", ledger, "locate", "河长制", "--sources", ledger, "--format", "json"),
    )
    found = json.loads(outcome.out)["occurrences"]
    starts = [at for at in range(len(TEXT)) if TEXT.startswith("河长制", at)]
    assert found == [
        {
            "source": "s1",
            "section": "title" if start < 13 else "body",
            "start": start,
            "end": start + 3,
            "quote": "河长制",
            "digest": digest_of(TEXT, start, start + 3),
            "context_digest": context_digest_of(TEXT, start, start + 3),
        }
        for start in starts
    ]


@pytest.mark.parametrize(
    ("text", "answer"),
    [("没有这句话", "未找到"), ("老年食堂", "出现 1 处。"), ("网格", "出现 3 处。")],
)
def test_locate_says_how_often(kg: Kg, ledger: Path, text: str, answer: str) -> None:
    outcome = kg("--data", ledger, "locate", text, "--sources", ledger)
    assert outcome.status == 0
    assert outcome.out.startswith(answer)


def test_locate_looks_into_any_one_file(kg: Kg, ledger: Path, tmp_path: Path) -> None:
    other = tmp_path / "other.txt"
    other.write_text("另一篇文章", encoding="utf-8")
    outcome = kg("--data", ledger, "locate", "文章", "--sources", other, "--format", "csv")
    assert outcome.out.splitlines()[1].startswith("other.txt,,3,5,文章,")


def test_locate_refuses_a_folder_without_sources_and_a_file_that_is_no_text(
    kg: Kg, ledger: Path, tmp_path: Path
) -> None:
    (tmp_path / "empty").mkdir()
    assert kg("--data", ledger, "locate", "x", "--sources", tmp_path / "empty").status == 2
    (tmp_path / "odd.txt").write_bytes(b"ok\n\xff\xfe")
    outcome = kg("--data", ledger, "locate", "x", "--sources", tmp_path / "odd.txt")
    assert outcome.status == 2
    assert "odd.txt" in outcome.notes and "2" in outcome.notes


def empty_cells(ledger: Path, *columns: str, item: str = "") -> None:
    """Empty some cells of mentions.csv, of one item or of all."""
    path = ledger / "mentions.csv"
    with path.open(encoding="utf-8", newline="") as stream:
        rows = list(csv.DictReader(stream))
    for row in rows:
        if item in ("", row["item"]):
            row.update(dict.fromkeys(columns, ""))
    with path.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.DictWriter(stream, rows[0], lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)


def test_fill_computes_quotes_and_digests_from_offsets(kg: Kg, ledger: Path) -> None:
    before = (ledger / "mentions.csv").read_bytes()
    empty_cells(ledger, "quote", "digest", "context_digest")
    outcome = kg("ledger", "fill", ledger, "--sources", ledger)
    assert (outcome.status, outcome.data) == (0, b"")
    assert outcome.notes == "mentions.csv：20 行中补全 20 行。\n"
    assert (ledger / "mentions.csv").read_bytes() == before


def test_fill_finds_the_offsets_of_a_quote_that_occurs_once(kg: Kg, ledger: Path) -> None:
    before = (ledger / "mentions.csv").read_bytes()
    empty_cells(ledger, "start", "end", "digest", "context_digest", item="m003")
    assert kg("ledger", "fill", ledger, "--sources", ledger).status == 0
    assert (ledger / "mentions.csv").read_bytes() == before


def test_fill_lists_the_places_of_a_repeated_quote_and_writes_nothing(kg: Kg, ledger: Path) -> None:
    empty_cells(ledger, "start", "end", "digest", "context_digest", item="d01")
    before = (ledger / "mentions.csv").read_bytes()
    outcome = kg("ledger", "fill", ledger, "--sources", ledger)
    starts = [at for at in range(len(TEXT)) if TEXT.startswith("全面推行河湖长制", at)]
    assert outcome.status == 1
    assert outcome.out == (
        f"第 2 行，d01，「全面推行河湖长制」：可能起于 {starts[0]}、{starts[1]}\n"
    )
    assert outcome.notes.startswith("未写入")
    assert (ledger / "mentions.csv").read_bytes() == before


def test_fill_needs_sources_and_a_ledger(kg: Kg, ledger: Path, tmp_path: Path) -> None:
    assert kg("ledger", "fill", ledger).status == 2
    assert kg("ledger", "fill", tmp_path / "nowhere", "--sources", ledger).status == 2


@pytest.mark.skipif(not bundled("data", "liling", "links.csv").exists(), reason="no Liling ledger")
def test_without_data_the_liling_ledger_is_shown(kg: Kg) -> None:
    outcome = kg("coverage", "--format", "json")
    assert outcome.status == 0
    assert json.loads(outcome.out)["dataset"]["base_iri"].endswith("/liling/")
