"""What became of a data set from one version to the next: its parts, its rungs, its gaps.

Nodes and links are the same where their ids are. A link that is withdrawn or superseded is
still there; one that is removed is not.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Any, TypeVar

from kg.analysis.coverage import cover_ground
from kg.analysis.ground import lay_ground
from kg.analysis.rules import find_gaps
from kg.analysis.upkeep import is_confirmed, wording_digest
from kg.document import link_document, node_document
from kg.graph.build import dataset_of
from kg.model import (
    BASES,
    Basis,
    Dataset,
    Decision,
    Finding,
    KgGraph,
    Kind,
    Link,
    Mention,
    Node,
    Passage,
    Rung,
)


@dataclass(frozen=True, slots=True)
class FieldChange:
    """One field of a node, link or mention, as it was and as it is."""

    field: str
    old: Any
    new: Any


@dataclass(frozen=True, slots=True)
class NodeChange:
    """A node that both versions have, and what differs beside its mentions."""

    old: Node
    new: Node
    fields: tuple[FieldChange, ...]


class Fate(StrEnum):
    """What a change does to a link that both versions have."""

    WITHDRAWN = "withdrawn"  # it carried before, and carries no more
    RESTORED = "restored"
    BASIS_UP = "basis-up"
    BASIS_DOWN = "basis-down"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class LinkChange:
    """A link that both versions have, and what differs beside its mentions."""

    old: Link
    new: Link
    fields: tuple[FieldChange, ...]

    @property
    def fate(self) -> Fate:
        """Its status first, then its basis."""
        if self.old.is_live != self.new.is_live:
            return Fate.RESTORED if self.new.is_live else Fate.WITHDRAWN
        if self.old.basis is None or self.new.basis is None or self.old.basis is self.new.basis:
            return Fate.OTHER
        stronger = self.new.basis.weakness < self.old.basis.weakness
        return Fate.BASIS_UP if stronger else Fate.BASIS_DOWN


@dataclass(frozen=True, slots=True)
class MentionChange:
    """A place of an item: `old` is `None` where it was added, `new` where it was removed.

    Both are there where the same place reads otherwise, or the same words stand elsewhere.
    """

    item: str
    old: Mention | None
    new: Mention | None


@dataclass(frozen=True, slots=True)
class RungChange:
    """A directive that both versions have, and its rung at a basis in each."""

    directive: str
    basis: Basis
    old: Rung
    new: Rung

    @property
    def gained(self) -> bool:
        """Whether it is higher now."""
        return self.new.height > self.old.height


@dataclass(frozen=True, slots=True)
class GapChange:
    """A gap that both versions have, open at other bases than before."""

    old: Finding
    new: Finding


@dataclass(frozen=True, slots=True)
class Rewording:
    """A directive whose wording changed: `suspect` links to it nobody has confirmed since.

    `digest` is what the links that hold for the wording as it is now are to be confirmed
    with; `confirmed` are those for which somebody has.
    """

    old: Node
    new: Node
    digest: str
    suspect: tuple[str, ...]
    confirmed: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Tally:
    """How many parts of one sort were added, removed and changed."""

    added: int = 0
    removed: int = 0
    changed: int = 0


@dataclass(frozen=True, slots=True)
class Changes:
    """Everything that differs between two versions, sorted by id."""

    nodes_added: tuple[Node, ...]
    nodes_removed: tuple[Node, ...]
    nodes_changed: tuple[NodeChange, ...]
    links_added: tuple[Link, ...]
    links_removed: tuple[Link, ...]
    links_changed: tuple[LinkChange, ...]
    mentions: tuple[MentionChange, ...]
    rungs: tuple[RungChange, ...]
    gaps_new: tuple[Finding, ...]
    gaps_closed: tuple[Finding, ...]
    gaps_changed: tuple[GapChange, ...]
    rewordings: tuple[Rewording, ...]
    passages: Tally
    decisions: Tally


def find_changes(old: KgGraph, new: KgGraph) -> Changes:
    """Everything that differs between two versions of a data set.

    Parameters
    ----------
    old, new
        The graphs of both versions.

    Examples
    --------
    >>> from kg.graph.build import build_graph
    >>> one = Dataset((Node("d", Kind.DIRECTIVE, "深化治理"),))
    >>> other = Dataset((Node("d", Kind.DIRECTIVE, "创新治理"),))
    >>> changes = find_changes(build_graph(one), build_graph(other))
    >>> changes.nodes_changed[0].fields
    (FieldChange(field='zh', old='深化治理', new='创新治理'),)
    >>> find_changes(build_graph(one), build_graph(one)).nodes_changed
    ()
    """
    before: Dataset = dataset_of(old)
    after: Dataset = dataset_of(new)
    nodes_added, nodes_removed, nodes_kept = _matched(before.nodes, after.nodes)
    links_added, links_removed, links_kept = _matched(before.links, after.links)
    gaps_new, gaps_closed, gaps_changed = _compare_gaps(find_gaps(old), find_gaps(new))
    return Changes(
        nodes_added=nodes_added,
        nodes_removed=nodes_removed,
        nodes_changed=tuple(
            NodeChange(one, other, fields)
            for one, other in nodes_kept
            if (fields := _fields(one, other, lambda node: node_document(node, iri="")))
        ),
        links_added=links_added,
        links_removed=links_removed,
        links_changed=tuple(
            LinkChange(one, other, fields)
            for one, other in links_kept
            if (fields := _fields(one, other, link_document))
        ),
        mentions=tuple(_compare_mentions(before, after)),
        rungs=tuple(_compare_rungs(old, new)),
        gaps_new=gaps_new,
        gaps_closed=gaps_closed,
        gaps_changed=gaps_changed,
        rewordings=tuple(_rewordings(nodes_kept, after)),
        passages=_tally(_unplaced(before.passages), _unplaced(after.passages), key=_span),
        decisions=_tally(before.decisions, after.decisions, key=lambda decision: decision.id),
    )


Item = TypeVar("Item", Node, Link)
Part = TypeVar("Part", Passage, Decision)


def _matched(
    old: Iterable[Item], new: Iterable[Item]
) -> tuple[tuple[Item, ...], tuple[Item, ...], list[tuple[Item, Item]]]:
    """What was added, what was removed, and what both have, by id."""
    before = {item.id: item for item in old}
    after = {item.id: item for item in new}
    return (
        tuple(after[item] for item in sorted(after.keys() - before.keys())),
        tuple(before[item] for item in sorted(before.keys() - after.keys())),
        [(before[item], after[item]) for item in sorted(before.keys() & after.keys())],
    )


def _fields(
    old: Item, new: Item, to_document: Callable[[Item], Mapping[str, Any]]
) -> tuple[FieldChange, ...]:
    """The fields that differ, in their order; mentions are compared apart."""
    before: Mapping[str, Any] = to_document(old)
    after: Mapping[str, Any] = to_document(new)
    return tuple(
        FieldChange(field, before.get(field), after.get(field))
        for field in dict.fromkeys((*before, *after))
        if field not in ("id", "iri", "mentions") and before.get(field) != after.get(field)
    )


def _compare_mentions(old: Dataset, new: Dataset) -> Iterable[MentionChange]:
    """The places that differ: first what stands at the same place, then the same words."""
    before = {item.id: item.mentions for item in old.items}
    after = {item.id: item.mentions for item in new.items}
    for item in sorted(before.keys() | after.keys()):
        ours, theirs = list(before.get(item, ())), list(after.get(item, ()))
        changes: list[tuple[Mention, Mention]] = []
        for key in (_whole, _place, _words):
            ours, theirs, pairs = _pair(ours, theirs, key)
            changes += [pair for pair in pairs if _whole(pair[0]) != _whole(pair[1])]
        found = [
            *(MentionChange(item, one, other) for one, other in changes),
            *(MentionChange(item, one, None) for one in ours),
            *(MentionChange(item, None, other) for other in theirs),
        ]
        yield from sorted(found, key=_mention_order)


def _whole(mention: Mention) -> tuple[object, ...]:
    """Everything a mention says, wherever its row stands."""
    said = (mention.quote, mention.digest, mention.context_digest, mention.voice, mention.stance)
    return (*_place(mention), *said, mention.position, mention.note)


def _place(mention: Mention) -> tuple[object, ...]:
    return mention.source, mention.start, mention.end, mention.role


def _words(mention: Mention) -> tuple[object, ...]:
    return mention.source, mention.digest or mention.quote, mention.role


def _pair(
    ours: list[Mention], theirs: list[Mention], key: Callable[[Mention], tuple[object, ...]]
) -> tuple[list[Mention], list[Mention], list[tuple[Mention, Mention]]]:
    """Pair mentions that agree in a key, each once; what is left of both, and the pairs."""
    waiting: dict[tuple[object, ...], list[Mention]] = {}
    for mention in theirs:
        waiting.setdefault(key(mention), []).append(mention)
    left, pairs = [], []
    for mention in ours:
        match = waiting.get(key(mention))
        if match:
            pairs.append((mention, match.pop(0)))
        else:
            left.append(mention)
    return left, [mention for found in waiting.values() for mention in found], pairs


def _mention_order(change: MentionChange) -> tuple[str, int, int, str]:
    mention = change.new or change.old
    assert mention is not None
    return mention.source, mention.start, mention.end, mention.role


def _compare_rungs(old: KgGraph, new: KgGraph) -> Iterable[RungChange]:
    before = {row.id: row for row in cover_ground(lay_ground(old)).directives}
    after = {row.id: row for row in cover_ground(lay_ground(new)).directives}
    for directive in sorted(before.keys() & after.keys()):
        for basis in BASES:
            was, now = before[directive].at[basis].level, after[directive].at[basis].level
            if was is not now:
                yield RungChange(directive, basis, was, now)


def _compare_gaps(
    old: Iterable[Finding], new: Iterable[Finding]
) -> tuple[tuple[Finding, ...], tuple[Finding, ...], tuple[GapChange, ...]]:
    before = {(gap.code, gap.node): gap for gap in old}
    after = {(gap.code, gap.node): gap for gap in new}
    return (
        tuple(after[key] for key in sorted(after.keys() - before.keys())),
        tuple(before[key] for key in sorted(before.keys() - after.keys())),
        tuple(
            GapChange(before[key], after[key])
            for key in sorted(before.keys() & after.keys())
            if before[key].open != after[key].open
        ),
    )


def _rewordings(kept: Iterable[tuple[Node, Node]], new: Dataset) -> Iterable[Rewording]:
    """Directives of another wording than before, with every live link to them."""
    for old, now in kept:
        digest = wording_digest(now)
        if now.kind is not Kind.DIRECTIVE or digest == wording_digest(old):
            continue
        links = [link for link in new.links if link.target == now.id and link.is_live]
        yield Rewording(
            old,
            now,
            digest,
            suspect=tuple(link.id for link in links if not is_confirmed(link, now)),
            confirmed=tuple(link.id for link in links if is_confirmed(link, now)),
        )


def _span(passage: Passage) -> tuple[str, int, int]:
    return passage.source, passage.start, passage.end


def _unplaced(passages: Iterable[Passage]) -> list[Passage]:
    """Without the rows they stand in: a row that moved is no change."""
    return [replace(passage, place="") for passage in passages]


def _tally(old: Iterable[Part], new: Iterable[Part], *, key: Callable[[Part], Hashable]) -> Tally:
    """How many parts came, went and changed; those of one key are the same part."""
    before = {key(part): part for part in old}
    after = {key(part): part for part in new}
    kept = before.keys() & after.keys()
    return Tally(
        added=len(after.keys() - kept),
        removed=len(before.keys() - kept),
        changed=sum(before[part] != after[part] for part in kept),
    )
