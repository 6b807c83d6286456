"""A ledger folder (CSV tables and dataset.toml) → a data set, with a fault for each bad cell."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from kg.files import read_bytes
from kg.limits import CSV_FILE_BYTES
from kg.model import (
    CARRYING_RELATIONS,
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
from kg.sources.columns import OPTIONAL_TABLES, SIDE_TABLES, TABLES
from kg.sources.decode import decode_csv
from kg.sources.manifest import MANIFEST, read_manifest
from kg.sources.reading import Reading, attach_mentions
from kg.sources.rows import Row, resolve_header

_LIKE_AN_ID = re.compile(r"[A-Za-z]+[0-9]+")


def read_ledger(folder: Path) -> Reading:
    """Read a ledger folder as design §3 describes it.

    Parameters
    ----------
    folder
        A folder with `dataset.toml` and the tables of `kg.sources.columns.TABLES`.

    Returns
    -------
    Reading
        What could be read, and a fault with file, line and column for each thing that could
        not. A cell with a fault has the model's default in the data set.

    Raises
    ------
    SourceError
        Where a file is missing, too large, no text, or a folder.
    """
    header = read_manifest(folder / MANIFEST)
    faults: list[Finding] = []
    notes: list[tuple[str, tuple[tuple[str, str | int], ...]]] = []
    faults += _find_stray_tables(folder)
    rows: dict[str, list[Row]] = {}
    for table in TABLES:
        path = folder / f"{table}.csv"
        if table in OPTIONAL_TABLES and not path.exists():
            rows[table] = []
            continue
        rows[table] = list(_read_table(path, table, faults, notes))
    nodes = [build(row) for table, build in _NODE_BUILDERS.items() for row in rows[table]]
    mentions = [_mention(row) for row in rows["mentions"]]
    placed_nodes, placed_links, stray = attach_mentions(
        nodes, [_link(row) for row in rows["links"]], mentions
    )
    faults += [
        Finding("KG001", mention.item, mention.place, facts=(("id", mention.item),))
        for mention in stray
    ]
    faults += _find_unknown_actors(placed_nodes)
    dataset = Dataset(
        nodes=placed_nodes,
        links=placed_links,
        passages=tuple(
            sorted((_passage(row) for row in rows["passages"]), key=lambda p: (p.source, p.start))
        ),
        decisions=tuple(sorted(map(_decision, rows["decisions"]), key=lambda d: d.id)),
        **header,
    )
    return Reading(dataset, tuple(faults), tuple(notes))


def _find_unknown_actors(nodes: tuple[Node, ...]) -> Iterator[Finding]:
    """Who issues, leads, answers for or receives something may be named in words.

    Only what reads like an id must be one.
    """
    known = {node.id for node in nodes}
    for node in nodes:
        figure = node.figure
        named = {node.issuer, *node.actors, *((figure.recipient, figure.issuer) if figure else ())}
        for actor in sorted(name for name in named if name):
            if _LIKE_AN_ID.fullmatch(actor) and actor not in known:
                yield Finding("KG001", node.id, node.place, facts=(("id", actor),))


def _find_stray_tables(folder: Path) -> Iterator[Finding]:
    """A table under a name that no table has would be dropped in silence."""
    for path in sorted(folder.glob("*.csv")):
        if path.stem not in (*TABLES, *SIDE_TABLES):
            facts = (("column", ""), ("problem", "unknown-table"), ("value", path.name))
            yield Finding("KG009", place=path.name, facts=facts)


def _read_table(
    path: Path,
    table: str,
    faults: list[Finding],
    notes: list[tuple[str, tuple[tuple[str, str | int], ...]]],
) -> Iterator[Row]:
    decoded = decode_csv(read_bytes(path, limit=CSV_FILE_BYTES), where=path.name)
    faults.extend(decoded.faults)
    if decoded.encoding != "utf-8":
        notes.append(("encoding", (("encoding", decoded.encoding), ("file", path.name))))
    if not decoded.rows:
        return
    columns = TABLES[table]
    by_name = {column.name: column for column in columns}
    names = resolve_header(decoded.header, columns, place=f"{path.name}:1", faults=faults)
    for line, cells in decoded.records():
        found = {name: cell for name, cell in zip(names, cells, strict=True) if name}
        yield Row(f"{path.name}:{line}", by_name, found, faults)


def _common(row: Row) -> dict[str, Any]:
    return {
        "id": row.id("id"),
        "zh": row.text("zh"),
        "en": row.text("en"),
        "note_zh": row.text("note_zh"),
        "note_en": row.text("note_en"),
        "place": row.place,
    }


def _set_fields(row: Row) -> dict[str, Any]:
    return {
        "is_set": row.flag("set"),
        "announced": row.stated_whole("announced"),
        "open_list": row.flag("open_list"),
    }


def _directive(row: Row) -> Node:
    return Node(
        kind=Kind.DIRECTIVE,
        **_common(row),
        **_set_fields(row),
        type=row.text("type") or None,
        issuer=row.stated("issuer"),
        issuer_level=row.stated_word("issuer_level"),
        date=row.stated_date("date"),
    )


def _strategy(row: Row) -> Node:
    return Node(
        kind=Kind.STRATEGY, **_common(row), **_set_fields(row), type=row.text("type") or None
    )


def _battle(row: Row) -> Node:
    return Node(kind=Kind.BATTLE, **_common(row), **_set_fields(row))


def _measure(row: Row) -> Node:
    actor_known = row.has("actor_known") and row.word_or_null(
        "actor_known", ActorKnown, ActorKnown.UNKNOWN
    )
    return Node(
        kind=Kind.MEASURE,
        **_common(row),
        **_set_fields(row),
        status=row.word("status", Status, Status.UNDETERMINED),
        concreteness=row.word("concreteness", Concreteness, Concreteness.CHECKABLE),
        programme=row.flag("programme"),
        actor_known=actor_known or None,
        lead=row.stated("lead"),
        responsible=row.stated("responsible"),
        due=row.stated_date("due"),
        target_group_zh=row.stated("target_group_zh"),
        target_group_en=row.stated("target_group_en"),
    )


def _outcome(row: Row) -> Node:
    figure = Figure(
        outcome_type=row.word("outcome_type", OutcomeType, OutcomeType.QUALITATIVE),
        value=row.stated_number("value"),
        comparator=row.stated_word("comparator"),
        unit=row.stated("unit"),
        verbatim=row.stated("verbatim"),
        change=row.stated_word("change"),
        good=row.stated_word("good"),
        target=row.stated("target"),
        baseline=row.stated("baseline"),
        denominator=row.stated("denominator"),
        period=row.stated_date("period"),
        recipient=row.stated("recipient"),
        issuer=row.stated("issuer"),
        year=row.stated_date("year"),
        computed=row.flag("computed"),
        presupposed=row.flag("presupposed"),
    )
    return Node(kind=Kind.OUTCOME, **_common(row), **_set_fields(row), figure=figure)


def _context(row: Row) -> Node:
    return Node(
        kind=row.word("kind", Kind, Kind.ORGANISATION),
        **_common(row),
        type=row.text("type") or None,
        level=row.stated_word("level"),
        date=row.stated_date("date"),
    )


_NODE_BUILDERS: dict[str, Callable[[Row], Node]] = {
    "directives": _directive,
    "strategies": _strategy,
    "battles": _battle,
    "measures": _measure,
    "outcomes": _outcome,
    "context": _context,
}


def _link(row: Row) -> Link:
    relation = row.word("relation", Relation, Relation.ECHOES)
    # What carries coverage has a basis, always.
    read_basis = row.word if relation in CARRYING_RELATIONS else row.word_or_null
    return Link(
        id=row.id("id"),
        source=row.id("source"),
        relation=relation,
        target=row.id("target"),
        basis=read_basis("basis", Basis, Basis.INTERPRETED),
        scope=row.word("scope", Scope, Scope.SPECIFIC),
        status=row.word("status", LinkStatus, LinkStatus.CURRENT),
        reason=row.text("reason"),
        status_date=row.text("status_date"),
        successor=row.text("successor"),
        position=row.whole("position"),
        rationale=row.text("rationale"),
        rationale_en=row.text("rationale_en"),
        curator=row.text("curator"),
        confirmed=row.text("confirmed").strip(),
        place=row.place,
    )


def _mention(row: Row) -> Mention:
    return Mention(
        item=row.id("item"),
        source=row.id("source"),
        start=row.needed_whole("start"),
        end=row.needed_whole("end"),
        quote=row.text("quote"),
        digest=row.text("digest"),
        context_digest=row.text("context_digest"),
        voice=row.word("voice", Voice, Voice.REPORTER) if row.text("voice") else None,
        role=row.word("role", Role, Role.WHOLE),
        stance=row.word("stance", Stance, Stance.SUPPORTS),
        position=row.whole("position"),
        note=row.text("note"),
        place=row.place,
    )


def _passage(row: Row) -> Passage:
    return Passage(
        source=row.id("source"),
        start=row.needed_whole("start"),
        end=row.needed_whole("end"),
        section=row.id("section"),
        paragraph=row.needed_whole("paragraph"),
        sentence=row.needed_whole("sentence"),
        items=row.ids("items"),
        none=row.text("none"),
        place=row.place,
    )


def _decision(row: Row) -> Decision:
    return Decision(
        id=row.id("id"),
        subject=row.ids("subject"),
        start=row.whole("start"),
        end=row.whole("end"),
        what=row.text("what"),
        a=row.text("a"),
        b=row.text("b"),
        decision=row.text("decision"),
        why=row.text("why"),
        why_en=row.text("why_en"),
    )


def is_ledger(path: Path) -> bool:
    """Whether a folder is a ledger: it has a dataset.toml."""
    return path.is_dir() and (path / MANIFEST).exists()
