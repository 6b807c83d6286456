"""The W3C's test suites: where they lie, which are run, and what each of their tests is."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path
from typing import Final
from urllib.parse import unquote

import pytest
from pyoxigraph import BlankNode, NamedNode, RdfFormat, Store

from tests.conftest import CHECKOUT

MF: Final = "http://www.w3.org/2001/sw/DataAccess/tests/test-manifest#"
QT: Final = "http://www.w3.org/2001/sw/DataAccess/tests/test-query#"
_RDF: Final = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"

# Update, service, entailment and the graph store protocol are not what kg does.
SPARQL: Final = (
    "aggregates",
    "bind",
    "bindings",
    "cast",
    "construct",
    "csv-tsv-res",
    "exists",
    "functions",
    "grouping",
    "json-res",
    "negation",
    "project-expression",
    "property-path",
    "subquery",
    "syntax-query",
)
RDF: Final = ("rdf-n-triples", "rdf-turtle")


@dataclass(frozen=True)
class Case:
    """One test: its suite and name, its kind, and the files it is made of.

    `base` is the address the W3C gives the file of the action, which relative IRIs follow.
    """

    suite: str
    name: str
    kind: str
    action: Path
    base: str
    data: tuple[Path, ...] = ()
    graphs: tuple[Path, ...] = ()
    result: Path | None = None

    @property
    def is_there(self) -> bool:
        """Whether this copy of the suites has all its files."""
        files = (self.action, *self.data, *self.graphs, *filter(None, [self.result]))
        return all(file.is_file() for file in files)

    @property
    def key(self) -> str:
        """How it is called in the document."""
        return f"{self.suite}/{self.name}"


def w3c_folder() -> Path:
    """Where the suites lie; tests that need them are skipped, saying why, where they are not."""
    folder = CHECKOUT.parent / "shared" / "data" / "w3c"
    if not folder.is_dir():
        reason = f"the W3C test suites are not in {folder}"
        if os.environ.get("CI") == "true":
            pytest.fail(reason)
        pytest.skip(reason)
    return folder


def sparql_cases() -> list[Case]:
    """The tests of SPARQL 1.1 queries and result formats, in the order of their suites."""
    folder = w3c_folder() / "sparql" / "sparql11"
    return [case for suite in SPARQL for case in read_manifest(folder / suite)]


def rdf_cases() -> list[Case]:
    """The tests of the RDF 1.1 syntaxes that are at hand."""
    folder = w3c_folder() / "rdf" / "rdf11"
    return [case for suite in RDF for case in read_manifest(folder / suite)]


def read_manifest(folder: Path) -> list[Case]:
    """The tests of a suite in the order of its manifest."""
    manifest = folder / "manifest.ttl"
    store = Store()
    store.load(path=str(manifest), format=RdfFormat.TURTLE, base_iri=manifest.as_uri())
    base = _one(store, NamedNode(manifest.as_uri()), MF + "assumedTestBase")
    assumed = base.value if isinstance(base, NamedNode) else f"http://example.org/{folder.name}/"
    (entries,) = (q.object for q in store.quads_for_pattern(None, NamedNode(MF + "entries"), None))
    return [_case(store, folder, assumed, entry) for entry in _list(store, entries)]


def _case(store: Store, folder: Path, assumed: str, entry: object) -> Case:
    kind = _one(store, entry, _RDF + "type")
    action = _one(store, entry, MF + "action")
    query = _one(store, action, QT + "query") if isinstance(action, BlankNode) else action
    file = _path(query)
    result = _one(store, entry, MF + "result")
    name = _one(store, entry, MF + "name")
    return Case(
        suite=folder.name,
        name=str(getattr(name, "value", name)),
        kind=str(getattr(kind, "value", kind)).rpartition("#")[2],
        action=file,
        base=assumed + file.name,
        data=tuple(_path(node) for node in _all(store, action, QT + "data")),
        graphs=tuple(_path(node) for node in _all(store, action, QT + "graphData")),
        result=None if result is None else _path(result),
    )


def _path(node: object) -> Path:
    assert isinstance(node, NamedNode), node
    return Path(unquote(node.value.removeprefix("file://")))


def _all(store: Store, subject: object, predicate: str) -> list[object]:
    assert isinstance(subject, NamedNode | BlankNode)
    quads = store.quads_for_pattern(subject, NamedNode(predicate), None)
    return sorted((quad.object for quad in quads), key=str)


def _one(store: Store, subject: object, predicate: str) -> object:
    found = _all(store, subject, predicate)
    return found[0] if found else None


def _list(store: Store, node: object) -> list[object]:
    members = []
    while node != NamedNode(_RDF + "nil"):
        members.append(_one(store, node, _RDF + "first"))
        node = _one(store, node, _RDF + "rest")
    return members
