"""A raw curation (nodes.csv, mentions.csv, links.csv of one reader) → a data set to compare."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Final, TypeVar

from kg.errors import SourceError
from kg.files import read_bytes
from kg.limits import CSV_FILE_BYTES
from kg.model import (
    Basis,
    Concreteness,
    Dataset,
    Kind,
    Link,
    Mention,
    Node,
    Relation,
    Role,
    Scope,
    Status,
)
from kg.sources.manifest import MANIFEST
from kg.sources.reading import attach_mentions

Row = TypeVar("Row", Node, Link, Mention)

_SOURCE: Final = "s1"  # a raw curation reads one text


def read_curation(folder: Path) -> Dataset:
    """Read what one curator gave: nodes and what they are worth, spans, links and bases.

    Raises
    ------
    SourceError
        Where a table is missing, or a cell holds what it must not, with its line.
    """
    nodes = _read(folder / "nodes.csv", _node)
    links = _read(folder / "links.csv", _link)
    mentions = _read(folder / "mentions.csv", _mention)
    placed_nodes, placed_links, _ = attach_mentions(nodes, links, mentions)
    return Dataset(nodes=placed_nodes, links=placed_links)


def _node(row: Mapping[str, str]) -> Node:
    status, concreteness = row.get("status"), row.get("concreteness")
    return Node(
        row["id"],
        Kind(row["kind"]),
        zh=row["zh"],
        en=row.get("en", ""),
        is_set=row.get("set") == "true",
        status=Status(status) if status else None,
        concreteness=Concreteness(concreteness) if concreteness else None,
    )


def is_curation(path: Path) -> bool:
    """Whether a folder is a raw curation: it has a nodes.csv and is no ledger."""
    return (path / "nodes.csv").is_file() and not (path / MANIFEST).exists()


def _link(row: Mapping[str, str]) -> Link:
    return Link(
        id=row["id"],
        source=row["source"],
        relation=Relation(row["relation"]),
        target=row["target"],
        basis=Basis(row["basis"]),
        scope=Scope(row["scope"]),
    )


def _mention(row: Mapping[str, str]) -> Mention:
    start, end = int(row["start"]), int(row["end"])
    return Mention(row["item"], _SOURCE, start, end, role=Role(row["role"]))


def _read(path: Path, build: Callable[[Mapping[str, str]], Row]) -> list[Row]:
    text = read_bytes(path, limit=CSV_FILE_BYTES).decode("utf-8-sig")
    reader = csv.DictReader(io.StringIO(text, newline=""))
    built = []
    for row in reader:
        try:
            built.append(build(row))
        except (KeyError, TypeError, ValueError) as error:
            where = f"{path.name}:{reader.line_num}"
            raise SourceError("curation-cell", where=where, problem=str(error)) from error
    return built
