"""A made-up second version of the Liling ledger: the bundled one and a short list of edits."""

from __future__ import annotations

import csv
import hashlib
import io
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path

from kg.files import bundled

Row = dict[str, str]
Table = list[Row]
Edit = tuple[str, Callable[[Table], Table]]

REWORDED = "以治理创新夯实社会根基"


def change(table: str, item: str, **cells: str) -> Edit:
    """Other cells in the row of an id."""

    def edit(rows: Table) -> Table:
        assert any(row["id"] == item for row in rows), (table, item)
        return [row | cells if row["id"] == item else row for row in rows]

    return table, edit


def drop(table: str, **where: str) -> Edit:
    """Without the rows that have these cells."""

    def edit(rows: Table) -> Table:
        kept = [row for row in rows if any(row[name] != cell for name, cell in where.items())]
        assert len(kept) < len(rows), (table, where)
        return kept

    return table, edit


def add(table: str, **cells: str) -> Edit:
    """One more row; what is not given is empty."""

    def edit(rows: Table) -> Table:
        return [*rows, {name: cells.get(name, "") for name in rows[0]}]

    return table, edit


def shift(table: str, by: int, **where: str) -> Edit:
    """The offsets of the rows that have these cells, moved."""

    def edit(rows: Table) -> Table:
        found = [row for row in rows if all(row[name] == cell for name, cell in where.items())]
        assert found, (table, where)
        for row in found:
            row["start"], row["end"] = str(int(row["start"]) + by), str(int(row["end"]) + by)
        return rows

    return table, edit


def mention(item: str, start: int, quote: str, role: str = "whole") -> Edit:
    """One more place of an item."""
    digest = hashlib.sha256(quote.encode()).hexdigest()
    cells = {"item": item, "source": "s1", "start": str(start), "end": str(start + len(quote))}
    cells |= {"quote": quote, "digest": digest, "context_digest": digest, "role": role}
    return add("mentions", **cells, voice="reporter", stance="supports")


_ABSENT = dict.fromkeys(
    ("lead", "responsible", "due", "target_group_zh", "target_group_en"), "null"
)

EDITS: tuple[Edit, ...] = (
    # d09 is reworded, and one of its two places is gone.
    change("directives", "d09", zh=REWORDED),
    drop("mentions", item="d09", start="581"),
    # The only echoed measure of d14 is withdrawn.
    change(
        "links", "l0124", status="withdrawn", reason="两处不是一回事", status_date="2026-05-01"
    ),
    # A basis goes up, another goes down.
    change("links", "l0130", basis="stated", rationale="", rationale_en=""),
    change("links", "l0185", basis="positional"),
    # A link is removed, and an outcome with all that hangs on it.
    *(drop("links", id=item) for item in ("l0628", "l0556", "l0557", "l0648")),
    *(drop("mentions", item=item) for item in ("l0628", "l0556", "l0557", "l0648", "o21")),
    drop("outcomes", id="o21"),
    ("passages", lambda rows: [row | {"items": row["items"].replace(" o21", "")} for row in rows]),
    # A measure comes in, for a directive that nothing answered.
    add(
        "measures",
        **_ABSENT,
        id="m900",
        zh="设立法治政府建设办公室",
        en="Set up an office for law-based government",
        status="done",
        concreteness="checkable",
        actor_known="unknown",
        announced="null",
    ),
    add("links", id="l0900", source="m900", relation="addresses", target="d12", basis="stated",
        scope="specific", status="current", curator="A"),
    mention("m900", 3000, "设立法治政府建设办公室"),
    mention("l0900", 2998, "为此", "cue"),
    # The same words of t37 stand elsewhere.
    shift("mentions", 7, item="t37"),
)  # fmt: skip


def write_version(
    folder: Path,
    *,
    edits: Iterable[Edit] = (),
    date: str = "",
    extra: Mapping[str, str] | None = None,
) -> Path:
    """Write the bundled ledger with edits to a folder; `extra` are files beside the tables."""
    folder.mkdir(parents=True, exist_ok=True)
    tables: dict[str, Table] = {}
    for path in sorted(bundled("data", "liling").glob("*.csv")):
        tables[path.stem] = list(csv.DictReader(io.StringIO(path.read_text(encoding="utf-8"))))
    heads = {name: list(rows[0]) for name, rows in tables.items()}
    for name, edit in edits:
        tables[name] = edit(tables[name])
    for name, rows in tables.items():
        # A column that only an edit has stands last, empty in all other rows.
        heads[name] = list(dict.fromkeys((*heads[name], *(head for row in rows for head in row))))
        with (folder / f"{name}.csv").open("w", encoding="utf-8", newline="") as stream:
            writer = csv.DictWriter(stream, heads[name], lineterminator="\n")
            writer.writeheader()
            writer.writerows(rows)
    manifest = bundled("data", "liling", "dataset.toml").read_text(encoding="utf-8")
    if date:
        manifest = manifest.replace("\n", f'\ndate = "{date}"\n', 1)
    (folder / "dataset.toml").write_text(manifest, encoding="utf-8")
    for name, text in (extra or {}).items():
        (folder / name).write_text(text, encoding="utf-8")
    return folder


def write_second(
    folder: Path, *, edits: Iterable[Edit] = (), extra: Mapping[str, str] | None = None
) -> Path:
    """Write the second version, with more edits."""
    return write_version(folder, edits=(*EDITS, *edits), date="2026-06-30", extra=extra)
