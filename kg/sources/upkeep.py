"""What people note beside a ledger: who reviewed a link's evidence.

`reviews.csv` is no part of the data set: it changes neither its digest nor its coverage.
Each row carries the digest of what was looked at, so that it is known when that has changed
since.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Final

from kg.files import read_bytes
from kg.limits import CSV_FILE_BYTES
from kg.model import Finding
from kg.sources.columns import SIDE_TABLES, Column, Holds
from kg.sources.decode import decode_csv
from kg.sources.rows import Row, resolve_header

# A digest may be cut to its first characters, as reports show it.
DIGEST_SHOWN: Final = 12


class Verdict(StrEnum):
    """What somebody found who looked at a link's evidence."""

    UPHELD = "upheld"
    DOUBTED = "doubted"
    REJECTED = "rejected"


@dataclass(frozen=True, slots=True)
class Review:
    """Somebody's verdict on a link whose evidence then had the digest `evidence`."""

    link: str
    who: str
    date: str
    verdict: Verdict
    evidence: str
    note: str = ""
    place: str = ""


@dataclass(frozen=True, slots=True)
class Upkeep:
    """All reviews, in the order of their rows, and what could not be read."""

    reviews: tuple[Review, ...] = ()
    faults: tuple[Finding, ...] = ()


REVIEW_COLUMNS: Final = (
    Column("link", "联系", Holds.ID, needed=True),
    Column("who", "复核人", needed=True),
    Column("date", "日期", Holds.STATED_DATE, needed=True),
    Column(
        "verdict",
        "结论",
        Holds.WORD,
        needed=True,
        words=tuple(verdict.value for verdict in Verdict),
        labels="verdict",
    ),
    Column("evidence", "出处校验值", needed=True),
    Column("note", "备注"),
)


def read_upkeep(folder: Path) -> Upkeep:
    """Read the reviews of a folder; a table that is not there has no rows.

    Raises
    ------
    SourceError
        Where the table is too large, no text, or a folder.
    """
    (table,) = SIDE_TABLES
    path = folder / f"{table}.csv"
    if not path.exists():
        return Upkeep()
    decoded = decode_csv(read_bytes(path, limit=CSV_FILE_BYTES), where=path.name)
    faults = list(decoded.faults)
    by_name = {column.name: column for column in REVIEW_COLUMNS}
    place = f"{path.name}:1"
    names = resolve_header(decoded.header, REVIEW_COLUMNS, place=place, faults=faults)
    reviews = []
    for line, cells in decoded.records():
        found = {name: cell for name, cell in zip(names, cells, strict=True) if name}
        reviews.append(_review(Row(f"{path.name}:{line}", by_name, found, faults), faults))
    return Upkeep(tuple(reviews), tuple(faults))


def matches_digest(noted: str, digest: str) -> bool:
    """Whether a noted digest is this one, or its first characters, at least twelve.

    >>> matches_digest("abcdef012345", "abcdef0123456789"), matches_digest("abc", "abcdef")
    (True, False)
    """
    return len(noted) >= DIGEST_SHOWN and digest.startswith(noted.lower())


def _review(row: Row, faults: list[Finding]) -> Review:
    return Review(
        link=row.id("link"),
        who=_needed(row, "who", faults),
        date=row.stated_date("date") or "",
        verdict=row.word("verdict", Verdict, Verdict.DOUBTED),
        evidence=_needed(row, "evidence", faults),
        note=row.text("note"),
        place=row.place,
    )


def _needed(row: Row, name: str, faults: list[Finding]) -> str:
    """A text; a fault where the cell is empty."""
    cell = row.text(name).strip()
    if not cell and row.has(name):
        facts = (("column", name), ("problem", "empty"), ("value", ""))
        faults.append(Finding("KG009", place=row.place, facts=facts))
    return cell
