"""Graph JSON (`kg-graph/1`, our own export or the minimal form) → a data set."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from kg.document import (
    CONFIRMED,
    FIGURE_FIELDS,
    LINK_FIELDS,
    NODE_FIELDS,
    SCHEMA,
)
from kg.errors import SourceError
from kg.files import read_bytes
from kg.limits import JSON_FILE_BYTES
from kg.model import (
    CARRYING_RELATIONS,
    NOT_STATED,
    ActorKnown,
    Basis,
    Concreteness,
    Dataset,
    Decision,
    Figure,
    Finding,
    Kind,
    Link,
    LinkStatus,
    Mention,
    Node,
    OutcomeType,
    Passage,
    Relation,
    Role,
    Scope,
    Stance,
    Status,
    Voice,
)
from kg.sources.columns import COMPARATORS, ISSUER_LEVELS
from kg.sources.entries import Entry
from kg.sources.manifest import to_header
from kg.sources.reading import Reading, attach_mentions

_NODE_KEYS = {"id", "iri", "kind", "zh", "en", "mentions", *FIGURE_FIELDS}.union(
    key for fields in NODE_FIELDS.values() for key, _ in fields
)


def read_graph_json(path: Path) -> Reading:
    """Read a graph JSON file.

    Raises
    ------
    SourceError
        Where it cannot be read, is no JSON, or is no `kg-graph/1` document.
    """
    import json

    where = path.name
    try:
        document = json.loads(
            read_bytes(path, limit=JSON_FILE_BYTES).decode("utf-8-sig"),
            parse_constant=_refuse_constant,
        )
    except UnicodeDecodeError as error:
        raise SourceError("json-not-utf8", where=where) from error
    except RecursionError as error:
        raise SourceError("json-too-deep", where=where) from error
    except json.JSONDecodeError as error:
        raise SourceError(
            "json-not-json", where=f"{where}:{error.lineno}:{error.colno}", problem=error.msg
        ) from error
    except ValueError as error:
        raise SourceError("json-not-json", where=where, problem=str(error)) from error
    return read_graph_document(document, where=where)


def _refuse_constant(name: str) -> object:
    raise ValueError(f"{name} is no JSON number")


def read_graph_document(document: object, *, where: str = "graph") -> Reading:
    """Read a `kg-graph/1` document that is already parsed.

    The least of it are nodes with `id` and `kind`, and links with `source`, `relation`,
    `target` and, where they carry, `basis`. Missing: a measure's status is `undetermined`,
    its concreteness `checkable`, a link's scope `specific`, its status `current`; any
    other missing key reads as null.

    Parameters
    ----------
    document
        Mapping with "nodes" and "links", both lists of mappings.
    where
        The name used in error messages.

    Raises
    ------
    SourceError
        Where it is no such document.
    """
    if not isinstance(document, Mapping) or document.get("schema", SCHEMA) != SCHEMA:
        raise SourceError("json-schema", where=where, schema=SCHEMA)
    faults: list[Finding] = []
    header = document.get("dataset") or {}
    if not isinstance(header, Mapping):
        raise SourceError("json-schema", where=where, schema=SCHEMA)
    read = {
        name: list(_entries(document, name, where=where, faults=faults))
        for name in ("nodes", "links", "passages", "decisions")
    }
    unknown = sorted({key for entry in read["nodes"] for key in entry.unknown(_NODE_KEYS)})
    unknown += sorted(
        {
            key
            for entry in read["links"]
            for key in entry.unknown({*LINK_FIELDS, CONFIRMED, "mentions"})
        }
    )
    nodes = [_node(entry) for entry in read["nodes"]]
    links = [_link(entry, number) for number, entry in enumerate(read["links"], 1)]
    ids = [*(node.id for node in nodes), *(link.id for link in links)]
    mentions = [
        _mention(found, item)
        for item, entry in zip(ids, [*read["nodes"], *read["links"]], strict=True)
        for found in entry.entries("mentions")
    ]
    placed_nodes, placed_links, _ = attach_mentions(nodes, links, mentions)
    dataset = Dataset(
        nodes=placed_nodes,
        links=placed_links,
        passages=tuple(sorted(map(_passage, read["passages"]), key=lambda p: (p.source, p.start))),
        decisions=tuple(sorted(map(_decision, read["decisions"]), key=lambda d: d.id)),
        **to_header(header, where=where),
    )
    notes = (("unknown-keys", (("keys", " ".join(unknown)), ("file", where))),) if unknown else ()
    return Reading(dataset, tuple(faults), notes)


def _entries(
    document: Mapping[str, Any], name: str, *, where: str, faults: list[Finding]
) -> Iterator[Entry]:
    found = document.get(name)
    if found is None and name in ("passages", "decisions"):
        return
    if not isinstance(found, list):
        raise SourceError("json-no-list", where=where, field=name)
    for number, entry in enumerate(found):
        place = f"{where}: {name}[{number}]"
        if not isinstance(entry, Mapping):
            raise SourceError("json-no-object", where=place)
        yield Entry(entry, place, faults)


def _node(entry: Entry) -> Node:
    kind = entry.word("kind", Kind)
    if kind is None:
        if not entry.keys.get("kind"):
            entry.refuse("kind", "empty")
        kind = Kind.EVENT
    fields: dict[str, Any] = {}
    if kind is Kind.DIRECTIVE:
        fields = {
            "issuer": entry.optional("issuer"),
            "issuer_level": entry.listed("issuer_level", ISSUER_LEVELS),
        }
    elif kind is Kind.MEASURE:
        fields = {
            "status": entry.word("status", Status) or Status.UNDETERMINED,
            "concreteness": entry.word("concreteness", Concreteness) or Concreteness.CHECKABLE,
            "programme": entry.flag("programme"),
            "actor_known": entry.word("actor_known", ActorKnown),
            "lead": entry.optional("lead"),
            "responsible": entry.optional("responsible"),
            "due": entry.date("due"),
            "target_group_zh": entry.optional("target_group_zh"),
            "target_group_en": entry.optional("target_group_en"),
        }
    elif kind is Kind.OUTCOME:
        fields = {"figure": _figure(entry)}
    announced = entry.keys.get("announced")
    return Node(
        id=entry.id("id"),
        kind=kind,
        zh=entry.text("zh"),
        en=entry.text("en"),
        type=entry.optional("type"),
        level=entry.optional("level"),
        date=entry.date("date"),
        is_set=entry.flag("set"),
        announced=NOT_STATED if announced == NOT_STATED else entry.whole("announced"),
        open_list=entry.flag("open_list"),
        note_zh=entry.text("note_zh"),
        note_en=entry.text("note_en"),
        place=entry.place,
        **fields,
    )


def _figure(entry: Entry) -> Figure:
    return Figure(
        outcome_type=entry.word("outcome_type", OutcomeType),
        value=entry.number("value"),
        comparator=entry.listed("comparator", COMPARATORS),
        change=entry.listed("change", ("rise", "fall")),
        good=entry.listed("good", ("higher", "lower")),
        period=entry.date("period"),
        year=entry.date("year"),
        computed=entry.flag("computed"),
        presupposed=entry.flag("presupposed"),
        **{
            name: entry.optional(name)
            for name in (
                *("unit", "verbatim", "target", "baseline", "denominator"),
                *("recipient", "issuer"),
            )
        },
    )


def _link(entry: Entry, number: int) -> Link:
    relation = entry.word("relation", Relation)
    if relation is None:
        if not entry.keys.get("relation"):
            entry.refuse("relation", "empty")
        relation = Relation.ECHOES
    basis = entry.word("basis", Basis)
    if basis is None and not entry.keys.get("basis") and relation in CARRYING_RELATIONS:
        entry.refuse("basis", "empty")
    return Link(
        id=entry.id("id", default=f"link-{number}"),
        source=entry.id("source"),
        relation=relation,
        target=entry.id("target"),
        basis=basis,
        scope=entry.word("scope", Scope) or Scope.SPECIFIC,
        status=entry.word("status", LinkStatus) or LinkStatus.CURRENT,
        reason=entry.text("reason"),
        status_date=entry.text("status_date"),
        successor=entry.text("successor"),
        position=entry.whole("position"),
        rationale=entry.text("rationale"),
        rationale_en=entry.text("rationale_en"),
        curator=entry.text("curator"),
        confirmed=entry.text("confirmed"),
        place=entry.place,
    )


def _mention(entry: Entry, item: str) -> Mention:
    return Mention(
        item=item,
        source=entry.id("source"),
        start=entry.whole("start") or 0,
        end=entry.whole("end") or 0,
        voice=entry.word("voice", Voice),
        role=entry.word("role", Role) or Role.WHOLE,
        stance=entry.word("stance", Stance) or Stance.SUPPORTS,
        position=entry.whole("position"),
        place=entry.place,
        **{name: entry.text(name) for name in ("quote", "digest", "context_digest", "note")},
    )


def _passage(entry: Entry) -> Passage:
    numbers = {name: entry.whole(name) or 0 for name in ("start", "end", "paragraph", "sentence")}
    return Passage(
        source=entry.id("source"),
        section=entry.id("section"),
        items=entry.ids("items"),
        none=entry.text("none"),
        place=entry.place,
        **numbers,
    )


def _decision(entry: Entry) -> Decision:
    return Decision(
        id=entry.id("id"),
        subject=entry.ids("subject"),
        start=entry.whole("start"),
        end=entry.whole("end"),
        **{name: entry.text(name) for name in ("what", "a", "b", "decision", "why", "why_en")},
    )
