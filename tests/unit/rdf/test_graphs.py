"""The three graphs together, and the files that are written of them."""

from __future__ import annotations

import hashlib
import os
import random
import subprocess
import sys
from dataclasses import replace
from itertools import combinations
from typing import TypeVar

import pyoxigraph
import pytest
from rdflib import BNode, Graph

from kg.export.linked_data import FORMATS, rdf_files, to_rdf, to_rdflib
from kg.model import Dataset
from kg.rdf.graphs import build_graphs, list_triples
from kg.sources.registry import read_source
from tests.unit.rdf.full import FULL

# rdflib's own Dataset warns about what rdflib itself calls
pytestmark = pytest.mark.filterwarnings("ignore:.*is deprecated, use:DeprecationWarning")


_T = TypeVar("_T")


@pytest.fixture(params=["full", "liling"])
def dataset(request: pytest.FixtureRequest) -> Dataset:
    return FULL if request.param == "full" else read_source().dataset


def test_no_triple_stands_in_two_graphs(dataset: Dataset) -> None:
    graphs = [set(triples) for triples in list_triples(dataset).values()]
    assert [one & other for one, other in combinations(graphs, 2)] == [set(), set(), set()]


def test_there_is_no_blank_node(dataset: Dataset) -> None:
    terms = {t for triples in list_triples(dataset).values() for triple in triples for t in triple}
    assert not [term for term in terms if isinstance(term, BNode)]


def test_no_triple_is_listed_that_the_graph_does_not_have(dataset: Dataset) -> None:
    graphs = build_graphs(dataset)
    assert {name: set(graph) for name, graph in graphs.items()} == {
        name: set(triples) for name, triples in list_triples(dataset).items()
    }


def test_the_files_hold_the_graphs(dataset: Dataset) -> None:
    files = rdf_files(dataset)
    assert sorted(files) == ["all.nq", "evidence.ttl", "facts.ttl", "inferred.ttl"]
    quads = {
        (quad.graph_name.value.rsplit("/", 1)[-1], quad.triple)
        for quad in pyoxigraph.parse(files["all.nq"], pyoxigraph.RdfFormat.N_QUADS)
        if isinstance(quad.graph_name, pyoxigraph.NamedNode)
    }
    turtle = {
        (name.removesuffix(".ttl"), quad.triple)
        for name, data in files.items()
        if name.endswith(".ttl")
        for quad in pyoxigraph.parse(data, pyoxigraph.RdfFormat.TURTLE)
    }
    assert quads == turtle


def test_the_order_of_rows_changes_no_byte() -> None:
    chance = random.Random(3)

    def shuffled(things: tuple[_T, ...]) -> tuple[_T, ...]:
        return tuple(chance.sample(things, len(things)))

    nodes = tuple(
        replace(node, mentions=tuple(reversed(node.mentions))) for node in reversed(FULL.nodes)
    )
    other = replace(
        FULL,
        nodes=nodes,
        links=shuffled(FULL.links),
        passages=shuffled(FULL.passages),
        decisions=shuffled(FULL.decisions),
    )
    for syntax in FORMATS:
        assert to_rdf(other, syntax) == to_rdf(FULL, syntax)
    assert rdf_files(other) == rdf_files(FULL)


def test_the_same_bytes_come_out_under_any_hash_seed_and_locale() -> None:
    code = (
        "import hashlib\n"
        "from kg.export.linked_data import FORMATS, rdf_files, to_rdf\n"
        "from tests.unit.rdf.full import FULL\n"
        "files = rdf_files(FULL)\n"
        "data = [to_rdf(FULL, s) for s in sorted(FORMATS)] + [files[n] for n in sorted(files)]\n"
        "print(hashlib.sha256(b''.join(data)).hexdigest())\n"
    )
    found = set()
    for seed, locale in (("0", "C"), ("1", "C.UTF-8"), ("42", "zh_CN.GBK")):
        environment = {**os.environ, "PYTHONHASHSEED": seed, "LC_ALL": locale}
        done = subprocess.run(
            [sys.executable, "-c", code], env=environment, capture_output=True, check=True
        )
        found.add(done.stdout.decode().strip())
    files = rdf_files(FULL)
    data = [to_rdf(FULL, syntax) for syntax in sorted(FORMATS)]
    data += [files[name] for name in sorted(files)]
    assert found == {hashlib.sha256(b"".join(data)).hexdigest()}


def test_turtle_is_the_union_of_the_three() -> None:
    graph = Graph().parse(data=to_rdf(FULL, "turtle"), format="turtle")
    union = {triple for triples in list_triples(FULL).values() for triple in triples}
    assert set(graph) == union


def test_a_python_user_gets_the_three_graphs_and_their_union() -> None:
    quads = to_rdflib(FULL)
    named = {str(graph.identifier): set(graph) for graph in quads.graphs() if len(graph)}
    expected = {name: set(triples) for name, triples in list_triples(FULL).items()}
    assert {name: triples for name, triples in named.items() if name in expected} == expected
    assert set(quads.triples((None, None, None))) == set.union(*expected.values())
