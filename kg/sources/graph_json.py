"""Graph JSON (`kg-graph/1`, our own export or the minimal form) → a data set."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from enum import StrEnum
from pathlib import Path
from typing import Any, TypeVar

from kg.document import (
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
from kg.sources.manifest import to_header
from kg.sources.reading import Reading, attach_mentions

Word = TypeVar("Word", bound=StrEnum)

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
        {key for entry in read["links"] for key in entry.unknown({*LINK_FIELDS, "mentions"})}
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
) -> Iterator[_Entry]:
    found = document.get(name)
    if found is None and name in ("passages", "decisions"):
        return
    if not isinstance(found, list):
        raise SourceError("json-no-list", where=where, field=name)
    for number, entry in enumerate(found):
        place = f"{where}: {name}[{number}]"
        if not isinstance(entry, Mapping):
            raise SourceError("json-no-object", where=place)
        yield _Entry(entry, place, faults)


class _Entry:
    """One object of the document, key by key; a value that will not do leaves a KG009."""

    def __init__(self, keys: Mapping[str, Any], place: str, faults: list[Finding]) -> None:
        self.keys = keys
        self.place = place
        self._faults = faults

    def unknown(self, known: set[str]) -> set[str]:
        return set(self.keys) - known

    def refuse(self, key: str, problem: str) -> None:
        value = str(self.keys.get(key, ""))[:80]
        facts = (("column", key), ("problem", problem), ("value", value))
        self._faults.append(Finding("KG009", place=self.place, facts=facts))

    def id(self, key: str, default: str = "") -> str:
        value = self.keys.get(key, default)
        if not isinstance(value, str) or not value:
            self.refuse(key, "empty")
            return default
        if not value.isprintable() or any(character.isspace() for character in value):
            self.refuse(key, "bad-id")
        return value

    def text(self, key: str) -> str:
        value = self.keys.get(key)
        if value is None:
            return ""
        if not isinstance(value, str):
            self.refuse(key, "not-a-text")
            return ""
        if any("\ud800" <= character <= "\udfff" for character in value):
            self.refuse(key, "not-a-text")
            return ""
        return value

    def optional(self, key: str) -> str | None:
        return self.text(key) or None

    def flag(self, key: str) -> bool:
        value = self.keys.get(key)
        if value is not None and not isinstance(value, bool):
            self.refuse(key, "not-a-flag")
        return value is True

    def whole(self, key: str) -> int | None:
        value = self.keys.get(key)
        if value is None:
            return None
        if isinstance(value, bool) or not isinstance(value, int) or value < 0:
            self.refuse(key, "not-a-whole-number")
            return None
        return value

    def number(self, key: str) -> int | float | str | None:
        value = self.keys.get(key)
        if value is None or value == NOT_STATED:
            return value
        if isinstance(value, str):
            from kg.sources.values import Refused, parse_number

            try:
                return parse_number(value)
            except Refused as refused:
                self.refuse(key, refused.reason)
                return None
        if isinstance(value, bool) or not isinstance(value, int | float):
            self.refuse(key, "not-a-number")
            return None
        return value

    def date(self, key: str) -> str | None:
        from kg.sources.values import Refused, parse_date

        value = self.keys.get(key)
        if isinstance(value, int) and not isinstance(value, bool) and 0 < value < 10_000:
            return f"{value:04}"
        text = self.optional(key)
        if text is None or text == NOT_STATED:
            return text
        try:
            parse_date(text)
        except Refused as refused:
            self.refuse(key, refused.reason)
            return None
        return text

    def listed(self, key: str, words: tuple[str, ...]) -> str | None:
        text = self.optional(key)
        if text is not None and text not in (*words, NOT_STATED):
            self.refuse(key, "not-listed")
            return None
        return text

    def word(self, key: str, words: type[Word]) -> Word | None:
        text = self.listed(key, tuple(word.value for word in words))
        if text == NOT_STATED and text not in {word.value for word in words}:
            self.refuse(key, "not-listed")
            return None
        return words(text) if text is not None else None

    def ids(self, key: str) -> tuple[str, ...]:
        value = self.keys.get(key) or []
        if not isinstance(value, list) or not all(isinstance(item, str) for item in value):
            self.refuse(key, "not-a-list")
            return ()
        return tuple(value)

    def entries(self, key: str) -> Iterator[_Entry]:
        value = self.keys.get(key) or []
        if not isinstance(value, list) or not all(isinstance(item, Mapping) for item in value):
            self.refuse(key, "not-a-list")
            return
        for number, entry in enumerate(value):
            yield _Entry(entry, f"{self.place}.{key}[{number}]", self._faults)


def _node(entry: _Entry) -> Node:
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


def _figure(entry: _Entry) -> Figure:
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


def _link(entry: _Entry, number: int) -> Link:
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
        place=entry.place,
    )


def _mention(entry: _Entry, item: str) -> Mention:
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


def _passage(entry: _Entry) -> Passage:
    numbers = {name: entry.whole(name) or 0 for name in ("start", "end", "paragraph", "sentence")}
    return Passage(
        source=entry.id("source"),
        section=entry.id("section"),
        items=entry.ids("items"),
        none=entry.text("none"),
        place=entry.place,
        **numbers,
    )


def _decision(entry: _Entry) -> Decision:
    return Decision(
        id=entry.id("id"),
        subject=entry.ids("subject"),
        start=entry.whole("start"),
        end=entry.whole("end"),
        **{name: entry.text(name) for name in ("what", "a", "b", "decision", "why", "why_en")},
    )
