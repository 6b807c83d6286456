"""The store in memory."""

from __future__ import annotations

import pytest

from kg.errors import SourceError
from kg.rdf.canonical import to_nquads
from kg.rdf.convert import to_graphs
from kg.rdf.graphs import build_graphs, list_triples
from kg.store.oxigraph import open_memory_store
from tests.unit.rdf.full import FULL


def test_a_store_holds_what_was_loaded_graph_by_graph() -> None:
    store = open_memory_store(to_nquads(list_triples(FULL)))
    graphs = to_graphs(store)
    assert {name: len(graph) for name, graph in graphs.items()} == {
        name: len(graph) for name, graph in build_graphs(FULL).items()
    }


def test_two_stores_share_nothing() -> None:
    one = open_memory_store(b'<urn:x:a> <urn:x:b> "c" <urn:x:g> .\n')
    other = open_memory_store(b"")
    assert (len(one), len(other)) == (1, 0)


@pytest.mark.parametrize(
    ("data", "line"),
    [
        (b"<urn:x:a> <urn:x:b> 'c' <urn:x:g> .", 1),
        (b'<urn:x:a> <urn:x:b> "c" <urn:x:g> .\n<a> <urn:x:b> <urn:x:c> .', 2),
        (b'<urn:x:a> <urn:x:b> "\xff" <urn:x:g> .', 1),
    ],
)
def test_what_is_no_n_quads_is_refused_with_its_line(data: bytes, line: int) -> None:
    with pytest.raises(SourceError) as caught:
        open_memory_store(data)
    assert (caught.value.key, caught.value.facts) == ("nquads-syntax", {"line": line})
    assert str(caught.value)
