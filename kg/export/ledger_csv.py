"""A data set → the tables of a ledger, in the columns that the ledger reader knows."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable, Mapping
from typing import Any

from kg.document import (
    CURATOR_FIELDS,
    DATASET_FIELDS,
    SECTION_FIELDS,
    SOURCE_FIELDS,
    link_document,
    mention_document,
    node_document,
)
from kg.model import CONTEXT_KINDS, Dataset, Kind
from kg.sources.columns import TABLES, Column, Holds
from kg.sources.manifest import MANIFEST, SCHEMA

_KINDS: Mapping[str, tuple[Kind, ...]] = {
    "directives": (Kind.DIRECTIVE,),
    "strategies": (Kind.STRATEGY,),
    "battles": (Kind.BATTLE,),
    "measures": (Kind.MEASURE,),
    "outcomes": (Kind.OUTCOME,),
    "context": CONTEXT_KINDS,
}
_STATED = (
    *(
        Holds.NULL_WORD,
        Holds.STATED,
        Holds.STATED_WHOLE,
        Holds.STATED_NUMBER,
        Holds.STATED_WORD,
        Holds.STATED_DATE,
    ),
)


def to_ledger(dataset: Dataset) -> dict[str, bytes]:
    """Every file of a ledger by its name: the tables with English headers, and dataset.toml.

    All in UTF-8. What does not apply is written `null`, what the source is silent about
    `not-stated`.
    """
    rows: dict[str, Iterable[Mapping[str, Any]]] = {
        table: [node_document(node, iri="") for node in dataset.nodes if node.kind in kinds]
        for table, kinds in _KINDS.items()
    }
    rows["links"] = [link_document(link) for link in dataset.links]
    rows["mentions"] = [
        {"item": mention.item, **mention_document(mention)}
        for mention in sorted(dataset.mentions, key=lambda m: (m.item, m.source, m.start, m.end))
    ]
    for table, found in (("passages", dataset.passages), ("decisions", dataset.decisions)):
        names = [column.name for column in TABLES[table]]
        rows[table] = [{name: getattr(entry, name) for name in names} for entry in found]
    tables = {f"{table}.csv": _table(TABLES[table], rows[table]) for table in TABLES}
    return {MANIFEST: _manifest(dataset), **tables}


def _manifest(dataset: Dataset) -> bytes:
    lines = [_pair("schema", SCHEMA)]
    lines += [_pair(name, getattr(dataset, name)) for name in DATASET_FIELDS]
    for curator in dataset.curators:
        lines += ["", "[[curators]]"]
        lines += [_pair(name, getattr(curator, name)) for name in CURATOR_FIELDS]
    for source in dataset.sources:
        lines += ["", "[[sources]]"]
        lines += [_pair(name, getattr(source, name)) for name in SOURCE_FIELDS]
        for section in source.sections:
            lines += ["", "[[sources.sections]]"]
            lines += [_pair(name, getattr(section, name)) for name in SECTION_FIELDS]
    return "".join(f"{line}\n" for line in lines if line is not None).encode("utf-8")


def _pair(name: str, value: str | int | None) -> str | None:
    """A line of TOML; a JSON string is a basic string of TOML but for the DEL character."""
    if value is None:
        return None
    return f"{name} = " + json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")


def _table(columns: tuple[Column, ...], rows: Iterable[Mapping[str, Any]]) -> bytes:
    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow([column.name for column in columns])
    writer.writerows([_cell(column, row.get(column.name)) for column in columns] for row in rows)
    return text.getvalue().encode("utf-8")


def _cell(column: Column, value: object) -> str:
    if value is None:
        return "null" if column.holds in _STATED else ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, tuple | list):
        return " ".join(str(item) for item in value)
    return str(value)
