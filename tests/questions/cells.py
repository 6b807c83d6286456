"""Change one cell of a data set: of a node, a figure, a link or a mention."""

from __future__ import annotations

from dataclasses import replace
from typing import Any, TypeVar

from kg.model import Dataset, Link, Node

_Item = TypeVar("_Item", Node, Link)


def change_node(dataset: Dataset, item: str, **cells: Any) -> Dataset:
    """Change cells of one node."""
    return replace(dataset, nodes=_changed(dataset.nodes, item, **cells))


def change_figure(dataset: Dataset, item: str, **cells: Any) -> Dataset:
    """Change cells of what one outcome reports."""
    figure = {node.id: node.figure for node in dataset.nodes}[item]
    assert figure is not None
    return change_node(dataset, item, figure=replace(figure, **cells))


def change_link(dataset: Dataset, item: str, **cells: Any) -> Dataset:
    """Change cells of one link."""
    return replace(dataset, links=_changed(dataset.links, item, **cells))


def change_mention(dataset: Dataset, item: str, start: int, **cells: Any) -> Dataset:
    """Change cells of the mention of a node that begins at a place."""
    mentions = {node.id: node.mentions for node in dataset.nodes}[item]
    changed = tuple(
        replace(mention, **cells) if mention.start == start else mention for mention in mentions
    )
    assert changed != mentions
    return change_node(dataset, item, mentions=changed)


def _changed(items: tuple[_Item, ...], item: str, **cells: Any) -> tuple[_Item, ...]:
    assert item in {one.id for one in items}
    return tuple(replace(one, **cells) if one.id == item else one for one in items)
