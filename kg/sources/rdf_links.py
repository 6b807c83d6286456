"""The links of RDF data, the mentions of links and nodes, and what facts must say of both."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Final

from kg import vocab
from kg.model import (
    CARRYING_RELATIONS,
    Basis,
    Link,
    LinkStatus,
    Mention,
    Node,
    Relation,
    Role,
    Scope,
    Stance,
    Voice,
)

if TYPE_CHECKING:
    from kg.sources.rdf_nodes import ReadNodes
    from kg.sources.rdf_terms import Statements, Thing

_RELATIONS: Final = {iri: relation for relation, iri in vocab.RELATION_OF.items()}


def read_link(thing: Thing, item: str) -> tuple[Link, set[str]] | None:
    """Read the statement of a link, and the IRIs of the mentions it names.

    `None`, and a fault, where it does not even say what it links.
    """
    if thing.main_class() != vocab.LINK:
        return None
    said = thing.iri_of(vocab.STATEMENT_PREDICATE)
    relation = _RELATIONS.get(said or "")
    source = thing.id_of(vocab.STATEMENT_SUBJECT, needed=True)
    target = thing.id_of(vocab.STATEMENT_OBJECT, needed=True)
    if relation is None:
        thing.refuse("not-listed" if said else "rdf-missing", vocab.STATEMENT_PREDICATE, said or "")
        return None
    if source is None or target is None:
        return None
    basis = thing.word(vocab.BASIS, "basis", Basis, needed=relation in CARRYING_RELATIONS)
    scope = thing.word(vocab.SCOPE, "scope", Scope, needed=True)
    status = thing.word(vocab.LINK_STATUS, "link-status", LinkStatus, needed=True)
    rationale, rationale_en = thing.both(vocab.RATIONALE)
    targets = set(thing.iris(vocab.HAS_TARGET))
    link = Link(
        id=item,
        source=source,
        relation=relation,
        target=target,
        basis=basis,
        scope=scope or Scope.SPECIFIC,
        status=status or LinkStatus.CURRENT,
        reason=thing.text(vocab.REASON, absent=""),
        status_date=thing.text(vocab.STATUS_DATE, absent=""),
        successor=thing.id_of(vocab.SUCCESSOR) or "",
        position=thing.whole(vocab.POSITION),
        rationale=rationale or "",
        rationale_en=rationale_en or "",
        curator=thing.id_of(vocab.ATTRIBUTED_TO, "curator/") or "",
        confirmed=thing.text(vocab.CONFIRMED, absent=""),
        place=thing.place,
    )
    thing.finish()
    return link, targets


def read_mention(thing: Thing, statements: Statements) -> Mention | None:
    """Read one place that speaks of a node or a link; `None`, and a fault, where it cannot be."""
    if thing.main_class() != vocab.MENTION:
        return None
    item = thing.id_of(vocab.MENTION_OF, needed=True)
    source = thing.id_of(vocab.HAS_SOURCE, "source/", needed=True)
    role = thing.word(vocab.ROLE, "role", Role, needed=True)
    stance = thing.word(vocab.STANCE, "stance", Stance, needed=True)
    start, end, quote = read_selectors(thing, statements)
    mention = Mention(
        item=item or "",
        source=source or "",
        start=start,
        end=end,
        quote=quote,
        digest=thing.text(vocab.DIGEST, absent=""),
        context_digest=thing.text(vocab.CONTEXT_DIGEST, absent=""),
        voice=thing.word(vocab.VOICE, "voice", Voice),
        role=role or Role.WHOLE,
        stance=stance or Stance.SUPPORTS,
        position=thing.whole(vocab.POSITION),
        note=thing.text(vocab.EDITORIAL_NOTE, absent=""),
        place=thing.place,
    )
    thing.finish()
    return mention if item and source else None


def read_selectors(thing: Thing, statements: Statements) -> tuple[int, int, str]:
    """The offsets that a mention or a passage has, and the quote, empty where there is none."""
    start = end = 0
    quote, has_position, has_quote, cut = "", False, False, None
    for iri in thing.iris(vocab.HAS_SELECTOR):
        selector = statements.take_as(iri, vocab.POSITION_SELECTOR, vocab.QUOTE_SELECTOR)
        if selector is None:
            thing.refuse("rdf-missing", vocab.HAS_SELECTOR, iri)
            continue
        if vocab.POSITION_SELECTOR in selector.types:
            if has_position:
                thing.refuse("rdf-several", vocab.HAS_SELECTOR)
            has_position = True
            start = selector.whole(vocab.START, needed=True) or 0
            end = selector.whole(vocab.END, needed=True) or 0
        else:
            if has_quote:
                thing.refuse("rdf-several", vocab.HAS_SELECTOR)
            has_quote = True
            quote = selector.text(vocab.EXACT, absent="")
            if selector.has(vocab.QUOTE_CUT):
                cut = selector.flag(vocab.QUOTE_CUT)
        selector.finish()
    if not has_position:
        thing.refuse("rdf-missing", vocab.HAS_SELECTOR)
    elif cut not in (None, len(quote) < end - start):
        thing.refuse("rdf-derived", vocab.QUOTE_CUT, quote)
    return start, end, quote


def check_links(
    links: Iterable[Link],
    targets: Mapping[str, set[str]],
    mentioned: Mapping[str, set[str]],
    read: ReadNodes,
    statements: Statements,
) -> None:
    """Refuse where facts and evidence do not say the same of the links.

    Parameters
    ----------
    links
        Every link.
    targets
        The mentions that each link names, by IRI.
    mentioned
        The mentions that name each item, by IRI.
    read
        What facts assert.
    statements
        Gets the faults.
    """
    faults, base = statements.faults, statements.base
    live: set[tuple[str, Relation, str]] = set()
    for link in links:
        triple = (link.source, link.relation, link.target)
        if link.is_live:
            live.add(triple)
            if triple not in read.asserted:
                predicate = vocab.RELATION_OF[link.relation]
                faults.add("rdf-not-asserted", subject=base + link.id, predicate=predicate)
        if targets[link.id] != mentioned.get(link.id, set()):
            faults.add("rdf-targets", subject=base + link.id, predicate=vocab.HAS_TARGET)
    for source, relation, target in sorted(read.asserted - live):
        predicate = vocab.RELATION_OF[relation]
        faults.add("rdf-no-statement", subject=base + source, predicate=predicate, value=target)


def check_collections(
    nodes: Iterable[Node], links: Iterable[Link], read: ReadNodes, statements: Statements
) -> None:
    """Refuse a SKOS collection that is not what the live `partOf` links of a set make of it."""
    sets = {node.id for node in nodes if node.is_set}
    places: dict[str, dict[str, set[int | None]]] = {}
    for link in links:
        if link.is_live and link.relation is Relation.PART_OF and link.target in sets:
            places.setdefault(link.target, {}).setdefault(link.source, set()).add(link.position)
    for item, found in sorted(read.collections.items()):
        members = places.get(item, {})
        order = {
            next(iter(positions)): member
            for member, positions in members.items()
            if len(positions) == 1 and None not in positions
        }
        is_ordered = bool(members) and len(order) == len(members)
        in_order = sorted(order.items(), key=lambda step: step[0] or 0)
        expected = [member for _, member in in_order] if is_ordered else []
        right = vocab.ORDERED_COLLECTION if is_ordered else vocab.COLLECTION
        listed = _read_list(found.begins, statements)
        if (
            not members
            or found.classes != {right}
            or found.members != sorted(members)
            or listed != expected
        ):
            subject = statements.base + item
            statements.faults.add("rdf-derived", subject=subject, predicate=vocab.MEMBER)


def _read_list(begins: str | None, statements: Statements) -> list[str]:
    """The ids on a list, up to its end or to the first step that is none."""
    found: list[str] = []
    step = begins
    while step is not None and step != vocab.NIL:
        cell = statements.take(step)
        if cell is None:
            return []
        member = cell.id_of(vocab.FIRST, needed=True)
        found.append(member or "")
        step = cell.iri_of(vocab.REST)
        cell.finish()
    return found if step else []
