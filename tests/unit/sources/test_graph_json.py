"""Graph JSON: the minimal form, our own export, and what is refused with its place."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from kg.document import dataset_document
from kg.errors import SourceError
from kg.export.graph_json import to_json
from kg.model import Basis, Concreteness, Dataset, LinkStatus, Scope, Status
from kg.sources.graph_json import read_graph_document, read_graph_json
from kg.sources.registry import read_source

MINIMAL = {
    "nodes": [{"id": "d", "kind": "directive"}, {"id": "m", "kind": "measure"}],
    "links": [{"source": "m", "relation": "addresses", "target": "d", "basis": "echoed"}],
}


def problems(document: dict[str, Any]) -> list[tuple[str, str, str]]:
    faults = read_graph_document(document).faults
    return [(f.place, str(dict(f.facts)["column"]), str(dict(f.facts)["problem"])) for f in faults]


def test_the_minimal_form_takes_the_defaults_of_the_contract() -> None:
    dataset = read_graph_document(MINIMAL).dataset
    measure, link = dataset.nodes[1], dataset.links[0]
    assert (measure.status, measure.concreteness) == (Status.UNDETERMINED, Concreteness.CHECKABLE)
    assert (link.scope, link.status) == (Scope.SPECIFIC, LinkStatus.CURRENT)
    assert link.basis is Basis.ECHOED
    assert dataset.focus_issuer is None


def test_the_export_of_the_bundled_ledger_reads_back_to_the_same_bytes(
    liling: Dataset, tmp_path: Path
) -> None:
    path = tmp_path / "graph.json"
    path.write_bytes(to_json(liling))
    reading = read_source(str(path))
    assert reading.faults == ()
    assert reading.notes == ()
    assert to_json(reading.dataset) == to_json(liling)
    assert dataset_document(reading.dataset) == dataset_document(liling)


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        ({"status": "finished"}, ("graph: nodes[1]", "status", "not-listed")),
        ({"kind": "metric"}, ("graph: nodes[1]", "kind", "not-listed")),
        ({"kind": None}, ("graph: nodes[1]", "kind", "empty")),
        ({"id": "m 1"}, ("graph: nodes[1]", "id", "bad-id")),
        ({"id": "m\u200b1"}, ("graph: nodes[1]", "id", "bad-id")),
        ({"id": 7}, ("graph: nodes[1]", "id", "empty")),
        ({"set": "yes"}, ("graph: nodes[1]", "set", "not-a-flag")),
        ({"zh": ["名"]}, ("graph: nodes[1]", "zh", "not-a-text")),
        ({"zh": "\ud800"}, ("graph: nodes[1]", "zh", "not-a-text")),
        ({"due": "2021-02-30"}, ("graph: nodes[1]", "due", "date-not-real")),
        ({"announced": -1}, ("graph: nodes[1]", "announced", "not-a-whole-number")),
        ({"mentions": "s1"}, ("graph: nodes[1]", "mentions", "not-a-list")),
    ],
)
def test_a_value_that_will_not_do_is_named_with_its_place(
    change: dict[str, Any], expected: tuple[str, str, str]
) -> None:
    first, second = MINIMAL["nodes"]
    assert isinstance(second, dict)
    document = {**MINIMAL, "nodes": [first, {**second, **change}], "links": []}
    assert problems(document) == [expected]


@pytest.mark.parametrize("value", [True, "nan", "12k", [1]])
def test_a_value_that_is_no_number_is_refused(value: Any) -> None:
    node = {"id": "o", "kind": "outcome", "value": value, "unit": "percent"}
    (fault,) = problems({"nodes": [node], "links": []})
    assert fault[:2] == ("graph: nodes[0]", "value")


def test_a_carrying_link_without_a_basis_is_refused_and_an_echo_without_one_is_not() -> None:
    link = {"source": "m", "relation": "addresses", "target": "d"}
    document = {**MINIMAL, "links": [link, {**link, "relation": "echoes"}]}
    assert problems(document) == [("graph: links[0]", "basis", "empty")]


def test_keys_that_nobody_reads_are_named_in_a_note() -> None:
    first, second = MINIMAL["nodes"]
    assert isinstance(first, dict)
    reading = read_graph_document({**MINIMAL, "nodes": [{**first, "colour": "red"}, second]})
    assert reading.notes == (("unknown-keys", (("keys", "colour"), ("file", "graph"))),)


@pytest.mark.parametrize(
    ("data", "key"),
    [
        (b"", "json-not-json"),
        (b"{", "json-not-json"),
        (b'{"nodes": [NaN], "links": []}', "json-not-json"),
        (b"\xff\xfe\x00", "json-not-utf8"),
        (b"[]", "json-schema"),
        (b'{"schema": "kg-graph/9", "nodes": [], "links": []}', "json-schema"),
        (b'{"nodes": {}, "links": []}', "json-no-list"),
        (b'{"nodes": []}', "json-no-list"),
        (b'{"nodes": [7], "links": []}', "json-no-object"),
        (b"[" * 100_000, "json-too-deep"),
    ],
)
def test_a_file_that_is_no_graph_is_refused_in_one_sentence(
    tmp_path: Path, data: bytes, key: str
) -> None:
    path = tmp_path / "graph.json"
    path.write_bytes(data)
    with pytest.raises(SourceError) as caught:
        read_graph_json(path)
    assert caught.value.key == key
    assert "graph.json" in caught.value.where
    assert "\n" not in str(caught.value)


def test_a_byte_order_mark_is_read(tmp_path: Path) -> None:
    path = tmp_path / "graph.json"
    path.write_bytes(b"\xef\xbb\xbf" + json.dumps(MINIMAL).encode())
    assert read_graph_json(path).faults == ()


@pytest.mark.parametrize("name", ["missing", "missing.json", "folder"])
def test_a_source_that_is_not_there_or_no_ledger_is_refused(tmp_path: Path, name: str) -> None:
    (tmp_path / "folder").mkdir()
    with pytest.raises(SourceError) as caught:
        read_source(str(tmp_path / name))
    assert name in caught.value.where
