"""What falls away with a thing, a link or a passage, and what is left without it."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace

from kg.analysis.ground import Ground, lay_ground
from kg.analysis.permitted import Places, find_lacking, places_of, supporting
from kg.graph.strength import drop_links
from kg.graph.structure import is_leg_link, legs_among
from kg.model import NOT_STATED, Dataset, KgGraph, Link, Mention, Node, Relation, Role


@dataclass(frozen=True, slots=True)
class Removal:
    """What falls away. Tuples are sorted; `mentions` are those that fall with a passage."""

    nodes: tuple[str, ...] = ()
    links: tuple[str, ...] = ()
    mentions: tuple[Mention, ...] = ()


@dataclass(frozen=True, slots=True)
class Standing:
    """What each thing and link of a data set stands on, gathered once."""

    nodes: Mapping[str, Node]
    links: Mapping[str, Link]
    at: Mapping[str, tuple[Link, ...]]
    places: Places


def find_standing(dataset: Dataset, texts: Mapping[str, str] | None = None) -> Standing:
    """Gather what things and links stand on; `at` maps a node to the links at either end."""
    at: dict[str, dict[str, Link]] = {}
    for link in dataset.links:
        for end in (link.source, link.target):
            at.setdefault(end, {})[link.id] = link
    return Standing(
        nodes={node.id: node for node in dataset.nodes},
        links={link.id: link for link in dataset.links},
        at={item: tuple(links.values()) for item, links in at.items()},
        places=places_of(dataset, texts),
    )


def fall_of_items(standing: Standing, items: Iterable[str]) -> Removal:
    """Some things and links fall: with a thing, every link at either end of it.

    Examples
    --------
    >>> from kg.model import Kind
    >>> nodes = (Node("d", Kind.DIRECTIVE), Node("m", Kind.MEASURE))
    >>> links = (Link("l1", "m", Relation.ADDRESSES, "d"),)
    >>> fall_of_items(find_standing(Dataset(nodes, links)), ["m"])
    Removal(nodes=('m',), links=('l1',), mentions=())
    """
    wanted = set(items)
    nodes = wanted & standing.nodes.keys()
    links = wanted & standing.links.keys()
    links |= {link.id for item in nodes for link in standing.at.get(item, ())}
    return Removal(tuple(sorted(nodes)), tuple(sorted(links)))


def mentions_in(dataset: Dataset, source: str, start: int, end: int) -> tuple[Mention, ...]:
    """The mentions that a span of a source touches: none of them could be read whole without it."""
    return tuple(
        mention
        for mention in dataset.mentions
        if mention.source == source and mention.start < end and start < mention.end
    )


def fall_of_mentions(standing: Standing, mentions: Collection[Mention]) -> Removal:
    """Some mentions fall, and with them what does not stand without them.

    - A thing falls with the last of its supporting mentions.
    - A link falls with a thing at its end, with the last of its own supporting mentions, or
      when those that are left no longer permit its basis (it is not moved to a weaker one:
      that is a curator's decision). One whose mentions never permitted its basis (KG011)
      falls with the last of them.
    - What has no mention at all, such as a record of an imported table, stands.
    """
    gone = frozenset(mentions)
    hit = {mention.item for mention in gone}
    nodes = {item for item in hit & standing.nodes.keys() if _loses_all(standing.nodes[item], gone)}
    links = {link.id for item in nodes for link in standing.at.get(item, ())}
    for link in _touched(standing, hit):
        if link.id not in links and not _stands_without(standing, link, gone):
            links.add(link.id)
    order = sorted(gone, key=lambda m: (m.source, m.start, m.end, m.item, m.role, m.stance))
    return Removal(tuple(sorted(nodes)), tuple(sorted(links)), tuple(order))


def _loses_all(item: Node | Link, gone: frozenset[Mention]) -> bool:
    own = supporting(item.mentions)
    return bool(own) and gone.issuperset(own)


def _touched(standing: Standing, hit: set[str]) -> list[Link]:
    """The links of which a mention falls, and those under a heading of which one does."""
    found = [standing.links[item] for item in sorted(hit & standing.links.keys())]
    for item in sorted(hit & standing.nodes.keys()):
        found.extend(
            link
            for link in standing.at.get(item, ())
            if link.target == item and any(m.role is Role.HEADING for m in link.mentions)
        )
    return found


def _stands_without(standing: Standing, link: Link, gone: frozenset[Mention]) -> bool:
    own = supporting(link.mentions)
    if not own or link.basis is None:
        return not _loses_all(link, gone)
    left = [mention for mention in own if mention not in gone]
    if not left:
        return False
    target = standing.nodes[link.target].mentions
    if find_lacking(link.basis, own, target, standing.places):
        return True
    target_left = [mention for mention in target if mention not in gone]
    return not find_lacking(link.basis, left, target_left, standing.places)


def without(dataset: Dataset, removal: Removal) -> Dataset:
    """The data set without what falls; nobody is said to lead by an id that is gone."""
    nodes, links = set(removal.nodes), set(removal.links)
    gone = frozenset(removal.mentions)
    return replace(
        dataset,
        nodes=tuple(
            replace(
                node,
                mentions=tuple(m for m in node.mentions if m not in gone),
                lead=_without_ids(node.lead, nodes),
                responsible=_without_ids(node.responsible, nodes),
            )
            for node in dataset.nodes
            if node.id not in nodes
        ),
        links=tuple(
            replace(link, mentions=tuple(m for m in link.mentions if m not in gone))
            for link in dataset.links
            if link.id not in links
        ),
    )


def _without_ids(ids: str | None, gone: set[str]) -> str | None:
    if not ids or not gone.intersection(ids.split()):
        return ids
    return " ".join(item for item in ids.split() if item not in gone) or NOT_STATED


def without_links(ground: Ground, links: Collection[Link]) -> Ground:
    """The ground without some links; laid anew only where a set becomes the one thing it is.

    What is not about chains (who issued a directive) is still read off the whole graph.
    """
    if any(_empties_set(ground, link, links) for link in links):
        graph: KgGraph = ground.graph.copy()
        for link in links:
            graph.remove_edge(link.source, link.target, key=link.id)
        return lay_ground(graph)
    gone = {link.id for link in links}
    hops = drop_links(ground.hops, links)
    same = ground.raising is ground.hops
    legs = [link for link in ground.legs.links if link.id not in gone]
    return replace(
        ground,
        hops=hops,
        raising=hops if same else drop_links(ground.raising, links),
        legs=ground.legs if len(legs) == len(ground.legs.links) else legs_among(legs),
    )


def changes_shape(ground: Ground, links: Collection[Link]) -> bool:
    """Whether with some links a leg goes, or the last member of a set: then levels may rise too."""
    return any(
        (link.is_live and is_leg_link(link, ground.by_id)) or _empties_set(ground, link, links)
        for link in links
    )


def _empties_set(ground: Ground, link: Link, gone: Collection[Link]) -> bool:
    """Whether with a link goes, together with others, the last member of a set."""
    if not link.is_live or link.relation is not Relation.PART_OF:
        return False
    if link.target not in ground.members:
        return False
    ids = {other.id for other in gone}
    return not any(
        other.is_live and other.relation is Relation.PART_OF and other.id not in ids
        for source, between in ground.graph.pred[link.target].items()
        if source != link.target
        for other in (attributes["link"] for attributes in between.values())
    )
