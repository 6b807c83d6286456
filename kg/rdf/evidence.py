"""The graph `evidence`: why each link and node is believed, and the texts it rests on.

Withdrawn and superseded links stand here only. A link is an `rdf:Statement` under its own
IRI; its mentions, and those of nodes, are `oa:SpecificResource`s with two selectors.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

from kg import vocab
from kg.rdf.description import Description
from kg.rdf.names import Names, names_of
from kg.rdf.terms import to_graph

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from rdflib import Graph

    from kg.model import Dataset, Decision, Link, Mention, Passage, Source
    from kg.rdf.terms import Triple

_T = TypeVar("_T")


def build_evidence(dataset: Dataset) -> Graph:
    """The statement of every link, every mention, and the sources they point into.

    Parameters
    ----------
    dataset
        A data set whose ids are unique.

    Raises
    ------
    SourceError
        Where the data set's IRIs could not be told apart (`kg.rdf.names.names_of`).

    Examples
    --------
    >>> from kg.model import Dataset, Kind, Link, LinkStatus, Node, Relation
    >>> nodes = (Node("d", Kind.DIRECTIVE), Node("m", Kind.MEASURE))
    >>> link = Link("l", "m", Relation.ADDRESSES, "d", status=LinkStatus.WITHDRAWN)
    >>> evidence = build_evidence(Dataset(nodes, (link,)))
    >>> [str(status) for _, said, status in evidence if str(said) == vocab.LINK_STATUS]
    ['https://w3id.org/kg-directives/ns#link-status-withdrawn']
    """
    return to_graph(names_of(dataset).graph("evidence"), list_evidence(dataset))


def list_evidence(dataset: Dataset) -> list[Triple]:
    """List the triples of `build_evidence`, without the cost of a graph; some may come twice."""
    triples: list[Triple] = []
    for about in _descriptions(dataset, names_of(dataset)):
        triples += about.triples
    return triples


def _descriptions(dataset: Dataset, names: Names) -> Iterator[Description]:
    for link in dataset.links:
        yield _describe_link(link, names)
        yield from _describe_mentions(link.id, link.mentions, names)
    for node in dataset.nodes:
        yield from _describe_mentions(node.id, node.mentions, names)
    for order, curator in enumerate(dataset.curators, start=1):
        about = Description(names, names.curator(curator.id))
        about.say(vocab.TYPE, vocab.CURATOR)
        about.say(vocab.TYPE, vocab.AGENT)
        about.count(vocab.ORDER, order)
        about.write_both(vocab.LABEL, zh=curator.name_zh, en=curator.name_en)
        yield about
    for order, source in enumerate(dataset.sources, start=1):
        yield from _describe_source(source, order, names)
    for number, passage in _numbered(dataset.passages, key=_span):
        yield from _describe_passage(passage, number, names)
    for decision in dataset.decisions:
        yield _describe_decision(decision, names)


def _describe_link(link: Link, names: Names) -> Description:
    about = Description(names, names.item(link.id))
    about.say(vocab.TYPE, vocab.LINK)
    about.say(vocab.TYPE, vocab.STATEMENT)
    about.say(vocab.STATEMENT_SUBJECT, names.item(link.source))
    about.say(vocab.STATEMENT_PREDICATE, vocab.RELATION_OF[link.relation])
    about.say(vocab.STATEMENT_OBJECT, names.item(link.target))
    about.coded(vocab.BASIS, "basis", link.basis, belongs=False)
    about.coded(vocab.SCOPE, "scope", link.scope)
    about.coded(vocab.LINK_STATUS, "link-status", link.status)
    about.write(vocab.REASON, link.reason)
    about.write(vocab.STATUS_DATE, link.status_date)
    if link.successor:
        about.say(vocab.SUCCESSOR, names.item(link.successor))
    about.count(vocab.POSITION, link.position)
    about.write_both(vocab.RATIONALE, zh=link.rationale, en=link.rationale_en)
    if link.curator:
        about.say(vocab.ATTRIBUTED_TO, names.curator(link.curator))
    about.write(vocab.CONFIRMED, link.confirmed)
    for number, mention in _numbered(link.mentions, key=_place):
        about.say(vocab.HAS_TARGET, _suffixed(names.mention(link.id, mention), number))
    return about


def _describe_mentions(
    item: str, mentions: tuple[Mention, ...], names: Names
) -> Iterator[Description]:
    for number, mention in _numbered(mentions, key=_place):
        about = Description(names, _suffixed(names.mention(item, mention), number))
        about.say(vocab.TYPE, vocab.MENTION)
        about.say(vocab.TYPE, vocab.SPECIFIC_RESOURCE)
        about.say(vocab.MENTION_OF, names.item(item))
        about.say(vocab.HAS_SOURCE, names.source(mention.source))
        about.coded(vocab.ROLE, "role", mention.role)
        about.coded(vocab.STANCE, "stance", mention.stance)
        about.coded(vocab.VOICE, "voice", mention.voice, belongs=False)
        about.write(vocab.DIGEST, mention.digest)
        about.write(vocab.CONTEXT_DIGEST, mention.context_digest)
        about.count(vocab.POSITION, mention.position)
        about.write(vocab.EDITORIAL_NOTE, mention.note)
        yield _select_span(about, mention.start, mention.end)
        if mention.quote:
            quote = Description(names, about.subject + "/quote")
            quote.say(vocab.TYPE, vocab.QUOTE_SELECTOR)
            quote.write(vocab.EXACT, mention.quote)
            quote.flag(vocab.QUOTE_CUT, len(mention.quote) < mention.end - mention.start)
            about.say(vocab.HAS_SELECTOR, quote.subject)
            yield quote
        yield about


def _select_span(about: Description, start: int, end: int) -> Description:
    """The selector that gives the offsets of a mention or a passage."""
    selector = Description(about.names, about.subject + "/position")
    selector.say(vocab.TYPE, vocab.POSITION_SELECTOR)
    selector.count(vocab.START, start)
    selector.count(vocab.END, end)
    about.say(vocab.HAS_SELECTOR, selector.subject)
    return selector


def _describe_source(source: Source, order: int, names: Names) -> Iterator[Description]:
    about = Description(names, names.source(source.id))
    about.say(vocab.TYPE, vocab.SOURCE)
    about.count(vocab.ORDER, order)
    about.write_both(vocab.TITLE, zh=source.title_zh, en=source.title_en)
    about.write_both(vocab.PUBLISHER_NAME, zh=source.publisher_zh, en=source.publisher_en)
    about.words(vocab.DATE, source.date)
    about.count(vocab.LENGTH, source.length)
    about.write(vocab.DIGEST, source.sha256)
    about.write(vocab.IN_LANGUAGE, source.language)
    about.write(vocab.FILE_NAME, source.file)
    yield about
    for place, section in enumerate(source.sections, start=1):
        part = Description(names, names.section(source.id, section.id))
        part.say(vocab.TYPE, vocab.SECTION)
        part.say(vocab.IS_PART_OF, about.subject)
        part.count(vocab.ORDER, place)
        part.write_both(vocab.LABEL, zh=section.zh, en=section.en)
        yield part


def _describe_passage(passage: Passage, number: int, names: Names) -> Iterator[Description]:
    subject = names.passage(passage.source, passage.start, passage.end)
    about = Description(names, _suffixed(subject, number))
    about.say(vocab.TYPE, vocab.PASSAGE)
    about.say(vocab.TYPE, vocab.SPECIFIC_RESOURCE)
    about.say(vocab.HAS_SOURCE, names.source(passage.source))
    if passage.section:
        about.say(vocab.IN_SECTION, names.section(passage.source, passage.section))
    about.count(vocab.PARAGRAPH, passage.paragraph)
    about.count(vocab.SENTENCE, passage.sentence)
    if passage.items:
        about.items(vocab.ITEM_FOUND, vocab.ITEMS_AS_LISTED, " ".join(passage.items))
    if passage.none:
        about.coded(vocab.NONE_REASON, "none-reason", passage.none)
    yield _select_span(about, passage.start, passage.end)
    yield about


def _describe_decision(decision: Decision, names: Names) -> Description:
    about = Description(names, names.decision(decision.id))
    about.say(vocab.TYPE, vocab.DECISION)
    if decision.subject:
        about.items(vocab.SUBJECT, vocab.SUBJECTS_AS_LISTED, " ".join(decision.subject))
    about.count(vocab.SPAN_START, decision.start)
    about.count(vocab.SPAN_END, decision.end)
    about.write(vocab.QUESTION, decision.what, lang="zh")
    about.write(vocab.READING_A, decision.a, lang="zh")
    about.write(vocab.READING_B, decision.b, lang="zh")
    about.write(vocab.DECIDED, decision.decision, lang="zh")
    about.write_both(vocab.WHY, zh=decision.why, en=decision.why_en)
    return about


def _place(mention: Mention) -> tuple[object, ...]:
    return mention.source, mention.start, mention.end, mention.role


def _span(passage: Passage) -> tuple[object, ...]:
    return passage.source, passage.start, passage.end


def _numbered(
    things: Iterable[_T], *, key: Callable[[_T], tuple[object, ...]]
) -> Iterator[tuple[int, _T]]:
    """Number those that would be called the same, in an order that rows cannot change."""
    groups: dict[tuple[object, ...], list[_T]] = {}
    for thing in things:
        groups.setdefault(key(thing), []).append(thing)
    for group in groups.values():
        yield from enumerate(sorted(group, key=repr), start=1)


def _suffixed(subject: str, number: int) -> str:
    return subject if number == 1 else f"{subject}/{number}"
