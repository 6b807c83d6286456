"""A ledger folder: headers in two languages, and one clear fault for each bad cell."""

from __future__ import annotations

import csv
import json
import shutil
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from kg.document import dataset_digest
from kg.errors import SourceError
from kg.export.graph_json import to_json
from kg.export.ledger_csv import to_ledger
from kg.files import bundled
from kg.model import Dataset
from kg.sources.columns import TABLES
from kg.sources.graph_json import read_graph_document
from kg.sources.ledger import read_ledger
from kg.validate.faults import find_faults

MANIFEST = b'schema = "kg-ledger/1"\ntitle_zh = "\xe7\xa4\xba\xe4\xbe\x8b"\n'


@pytest.fixture
def ledger(tmp_path: Path) -> Path:
    """The bundled ledger, to be spoilt."""
    folder = tmp_path / "ledger"
    shutil.copytree(bundled("data", "liling"), folder, ignore=shutil.ignore_patterns("review"))
    return folder


def spoil(folder: Path, table: str, change: Callable[[bytes], bytes]) -> None:
    path = folder / f"{table}.csv"
    before = path.read_bytes()
    after = change(before)
    assert after != before
    path.write_bytes(after)


def problems(folder: Path) -> list[tuple[str, str]]:
    faults = read_ledger(folder).faults
    return [(fault.place, str(dict(fault.facts).get("problem", fault.code))) for fault in faults]


def test_writing_and_reading_the_tables_gives_the_same_graph(ledger: Path, liling: Dataset) -> None:
    for name, data in to_ledger(liling).items():
        (ledger / name).write_bytes(data)
    reading = read_ledger(ledger)
    assert reading.faults == ()
    assert to_json(reading.dataset) == to_json(liling)


def test_what_a_link_was_confirmed_for_is_kept_and_what_nobody_confirmed_says_nothing(
    ledger: Path, liling: Dataset
) -> None:
    first, *rest = liling.links
    confirmed = replace(liling, links=(replace(first, confirmed="a0824e0b1714"), *rest))
    for name, data in to_ledger(confirmed).items():
        (ledger / name).write_bytes(data)
    reading = read_ledger(ledger)
    assert reading.faults == ()
    assert to_json(reading.dataset) == to_json(confirmed)
    document = json.loads(to_json(confirmed))
    assert [link.get("confirmed") for link in document["links"][:2]] == ["a0824e0b1714", None]
    again = read_graph_document(document)
    assert (again.dataset.links[0].confirmed, again.notes) == ("a0824e0b1714", ())
    assert dataset_digest(again.dataset) == dataset_digest(confirmed) != dataset_digest(liling)


def test_what_imported_data_do_not_say_is_null_in_the_tables_and_read_back(ledger: Path) -> None:
    minimal = read_graph_document(
        {
            "schema": "kg-graph/1",
            "nodes": [
                {"id": "d1", "kind": "directive"},
                {"id": "m1", "kind": "measure"},
                {"id": "org1", "kind": "organisation"},
            ],
            "links": [
                {"source": "m1", "relation": "addresses", "target": "d1", "basis": "stated"},
                {"source": "m1", "relation": "performedBy", "target": "org1"},
            ],
        }
    ).dataset
    for name, data in to_ledger(minimal).items():
        (ledger / name).write_bytes(data)
    reading = read_ledger(ledger)
    assert reading.faults == ()
    assert to_json(reading.dataset) == to_json(minimal)
    assert [link.basis for link in reading.dataset.links] == ["stated", None]


def test_what_carries_has_a_basis_always(ledger: Path) -> None:
    links = ledger / "links.csv"
    links.write_bytes(
        links.read_bytes().replace(b",addresses,d14,echoed,", b",addresses,d14,null,")
    )
    assert [dict(fault.facts)["problem"] for fault in read_ledger(ledger).faults] == ["not-listed"]


def test_the_order_of_rows_changes_nothing(ledger: Path, liling: Dataset) -> None:
    for table in TABLES:
        with (ledger / f"{table}.csv").open(encoding="utf-8", newline="") as file:
            header, *rows = csv.reader(file)
        with (ledger / f"{table}.csv").open("w", encoding="utf-8", newline="") as file:
            csv.writer(file).writerows([header, *reversed(rows)])
    reading = read_ledger(ledger)
    assert reading.faults == ()
    assert to_json(reading.dataset) == to_json(liling)


def test_headers_and_words_are_read_in_chinese_too(ledger: Path, liling: Dataset) -> None:
    for table, columns in TABLES.items():
        path = ledger / f"{table}.csv"
        _, _, rest = path.read_bytes().partition(b"\n")
        names = path.read_bytes().split(b"\n", 1)[0].decode().split(",")
        by_name = {column.name: column.zh for column in columns}
        header = ",".join(by_name[name] for name in names).encode()
        path.write_bytes(header + b"\n" + rest)
    spoil(ledger, "links", lambda data: data.replace(b",stated,", ",明示,".encode()))
    spoil(ledger, "measures", lambda data: data.replace(b",ongoing,", ",进行中,".encode()))
    spoil(ledger, "outcomes", lambda data: data.replace(b",not-stated", ",未写明".encode()))
    spoil(ledger, "outcomes", lambda data: data.replace(b",null", ",不适用".encode()))
    spoil(ledger, "battles", lambda data: data.replace(b",true,", ",是,".encode()))
    reading = read_ledger(ledger)
    assert reading.faults == ()
    assert to_json(reading.dataset) == to_json(liling)


@pytest.mark.parametrize("encoding", ["utf-8-sig", "gb18030", "utf-16"])
def test_other_encodings_are_read_and_named(ledger: Path, liling: Dataset, encoding: str) -> None:
    spoil(ledger, "strategies", lambda data: data.decode().encode(encoding))
    reading = read_ledger(ledger)
    assert reading.faults == ()
    assert to_json(reading.dataset) == to_json(liling)
    ((key, facts),) = reading.notes
    assert (key, dict(facts)["file"]) == ("encoding", "strategies.csv")


@pytest.mark.parametrize(
    ("table", "change", "place", "problem"),
    [
        ("links", lambda d: d.replace(b",stated,", b",certain,", 1), "links.csv:", "not-listed"),
        ("links", lambda d: d.replace(b",stated,", b",,", 1), "links.csv:", "empty"),
        ("links", lambda d: d.replace(b"basis", b"bases", 1), "links.csv:1", "unknown-column"),
        ("links", lambda d: d.replace(b"scope", b"basis", 1), "links.csv:1", "duplicate-header"),
        ("measures", lambda d: d.replace(b"m001,", b",", 1), "measures.csv:2", "empty"),
        ("measures", lambda d: d.replace(b"m001,", b"m 1,", 1), "measures.csv:2", "bad-id"),
        ("outcomes", lambda d: d.replace(b",94,", b",,", 1), "outcomes.csv:", "empty-absent"),
        ("outcomes", lambda d: d.replace(b",94,", b",9_4,", 1), "outcomes.csv:", "number-form"),
        ("mentions", lambda d: d.replace(b"s1,0,", b"s1,zero,", 1) if b"s1,0," in d
         else d.replace(b",s1,", b",s1,x", 1), "mentions.csv:", "not-a-whole-number"),
        ("battles", lambda d: d.replace(b"true", b"maybe", 1), "battles.csv:", "not-a-flag"),
        ("battles", lambda _: b"", "battles.csv:1", "empty-table"),
    ],
)  # fmt: skip
def test_a_bad_cell_is_one_fault_with_file_and_line(
    ledger: Path, table: str, change: Callable[[bytes], bytes], place: str, problem: str
) -> None:
    spoil(ledger, table, change)
    found = problems(ledger)
    assert any(where.startswith(place) and what == problem for where, what in found), found[:3]


def test_a_table_under_a_strange_name_is_not_dropped_in_silence(ledger: Path) -> None:
    (ledger / "mesures.csv").write_bytes(b"id,zh\n")
    assert problems(ledger) == [("mesures.csv", "unknown-table")]


def test_a_mention_of_nothing_is_an_unknown_id(ledger: Path) -> None:
    spoil(ledger, "mentions", lambda data: data.replace(b"\nb01,", b"\nb99,", 1))
    assert ("KG001", "b99") in {(f.code, f.node) for f in read_ledger(ledger).faults}


def test_an_actor_may_be_named_in_words_but_an_id_must_be_known(ledger: Path) -> None:
    spoil(ledger, "directives", lambda data: data.replace(b",org01,", b",org99,", 1))
    (fault,) = [fault for fault in read_ledger(ledger).faults if fault.code == "KG001"]
    assert (fault.place, fault.facts) == ("directives.csv:2", (("id", "org99"),))
    spoil(ledger, "directives", lambda data: data.replace(b",org99,", ",市委办,".encode(), 1))
    assert read_ledger(ledger).faults == ()


def test_a_duplicate_id_names_both_places(ledger: Path) -> None:
    spoil(ledger, "battles", lambda data: data + data.splitlines()[1] + b"\n")
    (fault,) = [f for f in find_faults(read_ledger(ledger).dataset) if f.code == "KG002"]
    assert fault.place.startswith("battles.csv:")
    assert str(dict(fault.facts)["first"]).startswith("battles.csv:")


@pytest.mark.parametrize(
    ("name", "make"),
    [
        ("links.csv", lambda path: path.unlink()),
        ("measures.csv", lambda path: (path.unlink(), path.mkdir())),
        ("battles.csv", lambda path: path.write_bytes(b"\xff\xff\x81\x20\xfe\xff\xff")),
        ("dataset.toml", lambda path: path.write_bytes(b"title_zh = ")),
        ("dataset.toml", lambda path: path.write_bytes(b'title_zh = "x"')),
        ("dataset.toml", lambda path: path.write_bytes(MANIFEST + b'colour = "red"\n')),
        ("dataset.toml", lambda path: path.write_bytes(MANIFEST + b"licence = 4\n")),
        ("dataset.toml", lambda path: path.write_bytes(MANIFEST + b'base_iri = "x y"\n')),
        ("dataset.toml", lambda path: path.write_bytes(MANIFEST + b'date = "2021-13"\n')),
    ],
)
def test_a_file_that_cannot_be_read_is_refused_by_name(
    ledger: Path, name: str, make: Callable[[Path], object]
) -> None:
    make(ledger / name)
    with pytest.raises(SourceError) as caught:
        read_ledger(ledger)
    assert name in caught.value.where
    assert "\n" not in str(caught.value)
