"""The `kg-graph/1` document of a data set: its fields, in their order, and its digest.

Whoever writes it (the JSON export) and whoever reads it (the graph JSON source) take the
fields from the tables here.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import cache
from operator import attrgetter
from typing import Any, Final

from kg.model import CONTEXT_KINDS, Dataset, Kind, Link, Mention, Node

SCHEMA: Final = "kg-graph/1"

_SET_FIELDS: Final = (("set", "is_set"), ("announced", "announced"), ("open_list", "open_list"))
_NOTE_FIELDS: Final = (("note_zh", "note_zh"), ("note_en", "note_en"))
_TYPED: Final = (("type", "type"),)


def _same(*names: str) -> tuple[tuple[str, str], ...]:
    return tuple((name, name) for name in names)


# Key in the document, attribute of the Node.
NODE_FIELDS: Final[dict[Kind, tuple[tuple[str, str], ...]]] = {
    Kind.DIRECTIVE: (
        *_SET_FIELDS,
        *_same("type", "issuer", "issuer_level", "date"),
        *_NOTE_FIELDS,
    ),
    Kind.STRATEGY: (*_SET_FIELDS, *_TYPED, *_NOTE_FIELDS),
    Kind.BATTLE: (*_SET_FIELDS, *_NOTE_FIELDS),
    Kind.MEASURE: (
        *_SET_FIELDS,
        *_same("status", "concreteness", "programme", "actor_known", "lead", "responsible"),
        *_same("due", "target_group_zh", "target_group_en"),
        *_NOTE_FIELDS,
    ),
    Kind.OUTCOME: (*_SET_FIELDS, *_NOTE_FIELDS),
    **{kind: (*_same("type", "level", "date"), *_NOTE_FIELDS) for kind in CONTEXT_KINDS},
}
FIGURE_FIELDS: Final = (
    *("outcome_type", "value", "comparator", "unit", "verbatim", "change", "good", "target"),
    *("baseline", "denominator", "period", "recipient", "issuer", "year"),
    *("computed", "presupposed"),
)
LINK_FIELDS: Final = (
    *("id", "source", "relation", "target", "basis", "scope", "status", "reason", "status_date"),
    *("successor", "position", "rationale", "rationale_en", "curator"),
)
# Only of links that somebody confirmed: data without any keep the digest that they have.
CONFIRMED: Final = "confirmed"
MENTION_FIELDS: Final = (
    *("source", "start", "end", "quote", "digest", "context_digest", "voice", "role", "stance"),
    *("position", "note"),
)
SOURCE_FIELDS: Final = (
    *("id", "title_zh", "title_en", "publisher_zh", "publisher_en", "date", "length", "sha256"),
    *("language", "file"),
)
SECTION_FIELDS: Final = ("id", "zh", "en")
CURATOR_FIELDS: Final = ("id", "name_zh", "name_en")
PASSAGE_FIELDS: Final = ("source", "start", "end", "section", "paragraph", "sentence")
DECISION_FIELDS: Final = (*("id", "start", "end", "what", "a", "b", "decision", "why", "why_en"),)
DATASET_FIELDS: Final = (
    *("title_zh", "title_en", "base_iri", "licence", "focus_issuer", "basis_rules", "date"),
)


@cache
def _getter(fields: tuple[str, ...]) -> Callable[[object], tuple[Any, ...]]:
    return attrgetter(*fields)


def _pick(value: object, fields: tuple[str, ...]) -> dict[str, Any]:
    return dict(zip(fields, _getter(fields)(value), strict=True))


def mention_order(mention: Mention) -> tuple[str, int, int, str, str]:
    """The order of the mentions of one item."""
    return (mention.source, mention.start, mention.end, mention.role, mention.stance)


def mention_document(mention: Mention) -> dict[str, Any]:
    """One mention, without the item it belongs to."""
    return _pick(mention, MENTION_FIELDS)


def _mentions(mentions: Iterable[Mention]) -> list[dict[str, Any]]:
    return [mention_document(mention) for mention in sorted(mentions, key=mention_order)]


def node_document(node: Node, *, iri: str) -> dict[str, Any]:
    """One node with the fields of its kind and its mentions."""
    document: dict[str, Any] = {
        "id": node.id,
        "iri": iri,
        "kind": node.kind,
        "zh": node.zh,
        "en": node.en,
    }
    document.update({key: getattr(node, name) for key, name in NODE_FIELDS[node.kind]})
    if node.figure is not None:
        document.update(_pick(node.figure, FIGURE_FIELDS))
    document["mentions"] = _mentions(node.mentions)
    return document


def link_document(link: Link) -> dict[str, Any]:
    """One link with its mentions."""
    confirmed = {CONFIRMED: link.confirmed} if link.confirmed else {}
    return {**_pick(link, LINK_FIELDS), **confirmed, "mentions": _mentions(link.mentions)}


def _sources(dataset: Dataset) -> list[dict[str, Any]]:
    return [
        {
            **_pick(source, SOURCE_FIELDS),
            "sections": [_pick(section, SECTION_FIELDS) for section in source.sections],
        }
        for source in dataset.sources
    ]


def _content(dataset: Dataset) -> dict[str, Any]:
    return {
        "schema": SCHEMA,
        "dataset": {
            **_pick(dataset, DATASET_FIELDS),
            "as_of": dataset.as_of,
            "curators": [_pick(curator, CURATOR_FIELDS) for curator in dataset.curators],
            "sources": _sources(dataset),
        },
        "nodes": [node_document(node, iri=dataset.iri(node.id)) for node in dataset.nodes],
        "links": [link_document(link) for link in dataset.links],
        "passages": [
            {**_pick(passage, PASSAGE_FIELDS), "items": list(passage.items), "none": passage.none}
            for passage in dataset.passages
        ],
        "decisions": [
            {**_pick(decision, DECISION_FIELDS), "subject": list(decision.subject)}
            for decision in dataset.decisions
        ],
    }


def _digest(content: dict[str, Any]) -> str:
    import hashlib
    import json

    # The fields stand in one order already: sorting them again would only take time.
    canonical = json.dumps(content, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(canonical.encode("utf-8", "surrogatepass")).hexdigest()


def dataset_digest(dataset: Dataset) -> str:
    """The SHA-256 of everything a data set says, in hexadecimal.

    The same whichever source it was read from, whatever the order of its rows.
    """
    return _digest(_content(dataset))


def dataset_document(dataset: Dataset) -> dict[str, Any]:
    """The whole `kg-graph/1` document; nodes, links and mentions are in the order of their ids."""
    content = _content(dataset)
    content["dataset"]["digest"] = _digest(content)  # of what stands there before it does
    return content


def dataset_header(dataset: Dataset) -> dict[str, Any]:
    """The object "dataset" that every JSON answer carries: what was asked, and its digest."""
    return {
        **_pick(dataset, DATASET_FIELDS),
        "as_of": dataset.as_of,
        "digest": dataset_digest(dataset),
    }
