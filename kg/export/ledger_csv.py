"""A data set → the tables of a ledger, in the columns that the ledger reader knows."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Mapping
from typing import Any

from kg.document import link_document, mention_document, node_document
from kg.model import CONTEXT_KINDS, Dataset, Kind
from kg.sources.columns import TABLES, Column, Holds

_KINDS: Mapping[str, tuple[Kind, ...]] = {
    "directives": (Kind.DIRECTIVE,),
    "strategies": (Kind.STRATEGY,),
    "battles": (Kind.BATTLE,),
    "measures": (Kind.MEASURE,),
    "outcomes": (Kind.OUTCOME,),
    "context": CONTEXT_KINDS,
}
_STATED = (
    *(Holds.STATED, Holds.STATED_WHOLE, Holds.STATED_NUMBER, Holds.STATED_WORD, Holds.STATED_DATE),
)


def to_ledger(dataset: Dataset) -> dict[str, bytes]:
    """Every table of a ledger by file name, with the English headers, in UTF-8.

    What does not apply is written `null`, what the source is silent about `not-stated`.
    `dataset.toml` is not among them: it is written by hand.
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
    return {f"{table}.csv": _table(TABLES[table], rows[table]) for table in TABLES}


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
