"""Sets as SKOS collections: who belongs to each, and in which order where that is known.

A collection repeats what the live `partOf` links of a set say, so nothing is read from it.
Its list has nodes with IRIs, since data have no blank nodes.
"""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from kg import vocab
from kg.model import Relation
from kg.rdf.terms import iri

if TYPE_CHECKING:
    from collections.abc import Mapping

    from kg.model import Dataset
    from kg.rdf.names import Names
    from kg.rdf.terms import Triple


def list_collections(dataset: Dataset, names: Names) -> list[Triple]:
    """List the triples of a collection for every set that has members.

    It is an ordered one, with a list of its members, where every member has one position
    and no two have the same; else the order is not known, and it has members only.

    Parameters
    ----------
    dataset
        A data set whose ids are unique.
    names
        The IRIs of the data set.

    Examples
    --------
    >>> from kg.model import Dataset, Kind, Link, Node
    >>> from kg.rdf.names import names_of
    >>> nodes = (Node("b0", Kind.BATTLE, is_set=True), Node("b1", Kind.BATTLE))
    >>> links = (Link("l1", "b1", Relation.PART_OF, "b0", position=1),)
    >>> data = Dataset(nodes, links, base_iri="urn:x:")
    >>> for _, predicate, value in list_collections(data, names_of(data)):
    ...     print(predicate.split("#")[1], value.split("#")[-1])
    type OrderedCollection
    member urn:x:b1
    memberList urn:x:list/b0/1
    first urn:x:b1
    rest nil
    """
    triples: list[Triple] = []
    places = _places(dataset)
    for item in sorted(places):
        members = places[item]
        ordered = _in_order(members)
        said = vocab.ORDERED_COLLECTION if ordered else vocab.COLLECTION
        about = iri(names.item(item))
        triples.append((about, iri(vocab.TYPE), iri(said)))
        triples += [(about, iri(vocab.MEMBER), iri(names.item(m))) for m in sorted(members)]
        if ordered:
            steps = [names.place_in_list(item, place) for place, _ in enumerate(ordered, start=1)]
            triples.append((about, iri(vocab.MEMBER_LIST), iri(steps[0])))
            for step, member in zip(steps, ordered, strict=True):
                triples.append((iri(step), iri(vocab.FIRST), iri(names.item(member))))
            for step, following in pairwise((*steps, vocab.NIL)):
                triples.append((iri(step), iri(vocab.REST), iri(following)))
    return triples


def _places(dataset: Dataset) -> dict[str, dict[str, set[int | None]]]:
    """The members of every set that has any, each with its positions."""
    sets = {node.id for node in dataset.nodes if node.is_set}
    found: dict[str, dict[str, set[int | None]]] = {}
    for link in dataset.links:
        if link.is_live and link.relation is Relation.PART_OF and link.target in sets:
            found.setdefault(link.target, {}).setdefault(link.source, set()).add(link.position)
    return found


def _in_order(members: Mapping[str, set[int | None]]) -> list[str]:
    """The members in the order of their positions; none where that is not known."""
    order: dict[int, str] = {}
    for member, positions in members.items():
        place = next(iter(positions))
        if len(positions) > 1 or place is None or place in order:
            return []
        order[place] = member
    return [order[place] for place in sorted(order)]
