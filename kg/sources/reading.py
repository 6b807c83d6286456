"""What every reader returns, and the order that it puts things in."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from kg.document import mention_order
from kg.model import Dataset, Finding, Link, Mention, Node


@dataclass(frozen=True, slots=True)
class Reading:
    """A data set as far as it could be read, the faults met, and notes for the reader.

    `notes` are (key, facts) of sentences under `note.` in the word catalogue. `inferred` are
    the triples of IRIs that RDF says follow from the rest; `None` where it says nothing of it.
    """

    dataset: Dataset
    faults: tuple[Finding, ...] = ()
    notes: tuple[tuple[str, tuple[tuple[str, str | int], ...]], ...] = ()
    inferred: frozenset[tuple[str, str, str]] | None = None


def attach_mentions(
    nodes: Iterable[Node], links: Iterable[Link], mentions: Iterable[Mention]
) -> tuple[tuple[Node, ...], tuple[Link, ...], tuple[Mention, ...]]:
    """Give every mention to its node or link.

    Returns
    -------
    tuple
        Nodes sorted by id, links sorted by id, and the mentions whose item is neither.
    """
    by_item: dict[str, list[Mention]] = {}
    for mention in mentions:
        by_item.setdefault(mention.item, []).append(mention)
    for found in by_item.values():
        found.sort(key=mention_order)

    def take(item: str) -> tuple[Mention, ...]:
        return tuple(by_item.get(item, ()))

    placed_nodes = tuple(
        replace(node, mentions=take(node.id)) for node in sorted(nodes, key=lambda n: n.id)
    )
    placed_links = tuple(
        replace(link, mentions=take(link.id)) for link in sorted(links, key=lambda n: n.id)
    )
    known = {node.id for node in placed_nodes} | {link.id for link in placed_links}
    stray = tuple(m for item, found in by_item.items() if item not in known for m in found)
    return placed_nodes, placed_links, stray
