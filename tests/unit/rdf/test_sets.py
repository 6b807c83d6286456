"""A set is a SKOS collection too, an ordered one where the ledger gives the order."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

import pytest
from rdflib import RDF, SKOS, Graph, URIRef
from rdflib.collection import Collection

from kg.model import Basis, Dataset, Kind, Link, LinkStatus, Node, Relation
from kg.rdf.names import names_of
from kg.rdf.sets import list_collections
from kg.rdf.terms import Term, to_graph

BASE = "https://example.org/county/"
NODES = (
    Node("b/0", Kind.BATTLE, is_set=True, announced=3),
    *(Node(f"b{number}", Kind.BATTLE) for number in (1, 2, 3)),
)


def _link(member: str, position: int | None) -> Link:
    return Link(
        *(f"l-{member}-{position}", member, Relation.PART_OF, "b/0", Basis.STATED),
        position=position,
    )


IN_ORDER = (_link("b1", 2), _link("b2", 1), _link("b3", 3))


def _graph(*links: Link, nodes: tuple[Node, ...] = NODES) -> Graph:
    dataset = Dataset(nodes, links, base_iri=BASE)
    return to_graph("urn:x:g", list_collections(dataset, names_of(dataset)))


def _ids(terms: Iterable[Term]) -> list[str]:
    return [str(term).removeprefix(BASE) for term in terms]


def test_the_list_has_the_members_in_the_order_of_their_positions() -> None:
    graph = _graph(*IN_ORDER)
    (start,) = graph.objects(URIRef(BASE + "b/0"), SKOS.memberList)
    assert _ids(Collection(graph, start)) == ["b2", "b1", "b3"]
    assert sorted(_ids(graph.objects(None, SKOS.member))) == ["b1", "b2", "b3"]
    assert list(graph.subjects(RDF.type, SKOS.OrderedCollection)) == [URIRef(BASE + "b/0")]


def test_every_step_of_the_list_has_an_iri_of_its_own() -> None:
    graph = _graph(*IN_ORDER)
    assert sorted(_ids(graph.subjects(RDF.first))) == [
        "list/b%2F0/1",
        "list/b%2F0/2",
        "list/b%2F0/3",
    ]


@pytest.mark.parametrize(
    "links",
    [
        (_link("b1", 2), _link("b2", None), _link("b3", 3)),
        (_link("b1", 2), _link("b2", 2), _link("b3", 3)),
        (*IN_ORDER, _link("b1", 4)),
    ],
    ids=["no-position", "one-position-twice", "two-positions-of-one"],
)
def test_without_an_order_it_is_a_collection_that_has_members_only(
    links: tuple[Link, ...],
) -> None:
    graph = _graph(*links)
    assert sorted(_ids(graph.objects(None, SKOS.member))) == ["b1", "b2", "b3"]
    assert list(graph.objects(None, RDF.type)) == [SKOS.Collection]
    assert (None, SKOS.memberList, None) not in graph


def test_a_withdrawn_link_makes_no_member() -> None:
    gone = replace(IN_ORDER[2], status=LinkStatus.WITHDRAWN)
    assert sorted(_ids(_graph(*IN_ORDER[:2], gone).objects(None, SKOS.member))) == ["b1", "b2"]


def test_a_set_without_members_and_a_whole_that_is_no_set_are_no_collections() -> None:
    assert len(_graph()) == 0
    plain = (replace(NODES[0], is_set=False), *NODES[1:])
    assert len(_graph(*IN_ORDER, nodes=plain)) == 0


def test_the_order_of_rows_changes_nothing() -> None:
    assert set(_graph(*IN_ORDER)) == set(_graph(*IN_ORDER[::-1], nodes=NODES[::-1]))


def test_the_liling_sets_are_ordered_collections(liling: Dataset) -> None:
    triples = list_collections(liling, names_of(liling))
    kinds = [value for _, said, value in triples if said == RDF.type]
    with_members = {
        link.target for link in liling.links if link.relation is Relation.PART_OF and link.is_live
    } & {node.id for node in liling.nodes if node.is_set}
    assert set(kinds) == {SKOS.OrderedCollection}
    assert len(kinds) == len(with_members) == 14
