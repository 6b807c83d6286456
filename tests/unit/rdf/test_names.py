"""What things are called, and how a name gives the id back."""

from __future__ import annotations

from dataclasses import replace

import pytest

from kg.errors import SourceError
from kg.model import Dataset, Figure, Kind, Link, Mention, Node, OutcomeType, Relation
from kg.rdf.names import RESERVED, id_of, names_of
from tests.unit.rdf.full import FULL

BASE = "https://example.org/county/"


def test_a_node_is_called_by_its_id_and_the_rest_below_a_reserved_word() -> None:
    names = names_of(FULL)
    mention = Mention("m1", "s1", 10, 16)
    found = [
        names.item("m1"),
        names.graph("facts"),
        names.source("s1"),
        names.section("s1", "title"),
        names.passage("s1", 0, 10),
        names.curator("A"),
        names.decision("x001"),
        names.figure("o1"),
        names.place_in_list("b1", 2),
        names.mention("m1", mention),
        names.concept("type", "court"),
    ]
    assert [name.removeprefix(BASE) for name in found] == [
        "m1",
        "graph/facts",
        "source/s1",
        "source/s1/section/title",
        "source/s1/passage/0-10",
        "curator/A",
        "decision/x001",
        "figure/o1",
        "list/b1/2",
        "mention/m1/s1/10-16/whole",
        "term/type/court",
    ]
    assert {name.removeprefix(BASE).split("/")[0] for name in found[1:]} == RESERVED


@pytest.mark.parametrize("item", ["m1", "部署一", "a b", "a/b", "a%2Fb", "a#b?c", '<>"', "ａ"])
def test_an_id_is_read_back_from_its_iri(item: str) -> None:
    iri = names_of(FULL).item(item)
    assert iri == FULL.iri(item)
    assert id_of(iri, base=BASE) == item


@pytest.mark.parametrize("iri", [BASE, "https://example.org/other/m1", "urn:x:m1"])
def test_an_iri_of_another_data_set_has_no_id(iri: str) -> None:
    assert id_of(iri, base=BASE) is None


def test_a_source_a_curator_and_a_node_of_one_id_are_three_things() -> None:
    names = names_of(FULL)
    assert len({names.source("A"), names.curator("A"), names.item("A")}) == 3


@pytest.mark.parametrize("word", sorted(RESERVED))
def test_an_id_below_a_reserved_word_is_refused_and_the_word_alone_is_not(word: str) -> None:
    names_of(Dataset((Node(word, Kind.MEASURE),)))
    for dataset in (
        Dataset((Node(f"{word}/A", Kind.MEASURE, place="measures.csv:2"),)),
        Dataset(links=(Link(f"{word}/A", "m", Relation.CITES, "d", place="measures.csv:2"),)),
        Dataset((Node("m", Kind.MEASURE, lead=f"org1 {word}/A", place="measures.csv:2"),)),
        Dataset(
            (
                Node(
                    *("o", Kind.OUTCOME),
                    figure=Figure(OutcomeType.AWARD, issuer=f"{word}/A"),
                    place="measures.csv:2",
                ),
            )
        ),
    ):
        with pytest.raises(SourceError) as caught:
            names_of(dataset)
        assert (caught.value.key, caught.value.where) == ("id-reserved", "measures.csv:2")
        assert f"{word}/A" in str(caught.value)


@pytest.mark.parametrize(
    "base",
    ["", "county/", "https://a b/", "https://a/<", "https://a/#b#", "http://a/%zz", "http://a/\n"],
)
def test_a_base_that_is_no_iri_is_refused(base: str) -> None:
    with pytest.raises(SourceError) as caught:
        names_of(replace(FULL, base_iri=base))
    assert caught.value.key == "base-iri"


@pytest.mark.parametrize(
    "base", ["https://a/b/", "http://a/b#", "urn:x:", "https://例/名/", "http://a/%E4%BE%8B/"]
)
def test_a_base_that_is_an_iri_is_accepted(base: str) -> None:
    assert names_of(replace(FULL, base_iri=base)).item("m1") == base + "m1"
