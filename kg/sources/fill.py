"""Fill a ledger's mentions: quote and digests from offsets, or offsets from a quote."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from kg.errors import SourceError
from kg.files import read_bytes
from kg.limits import CSV_FILE_BYTES
from kg.model import Dataset, Finding
from kg.sources.columns import TABLES
from kg.sources.decode import decode_csv
from kg.sources.manifest import MANIFEST, read_manifest
from kg.sources.rows import resolve_header
from kg.sources.spans import context_digest_of, digest_of, occurrences, quote_of, read_texts

TABLE: Final = "mentions.csv"
_COMPUTED: Final = ("quote", "digest", "context_digest")


@dataclass(frozen=True, slots=True)
class Candidate:
    """A row whose quote stands in several places, or in none: `starts` are its offsets."""

    line: int
    item: str
    quote: str
    starts: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Filling:
    """What filling would write: the new bytes of mentions.csv, and how many rows changed.

    Where there are `candidates`, nothing is to be written before a person has chosen.
    """

    data: bytes
    filled: int
    rows: int
    candidates: tuple[Candidate, ...]


def fill_mentions(folder: Path, texts_folder: Path) -> Filling:
    """Compute what is empty in the mentions of a ledger.

    A row with offsets gets its quote and digests; a row with a quote but no offsets gets
    them where the quote occurs once in its source. What is filled in already stays.

    Parameters
    ----------
    folder
        The ledger.
    texts_folder
        Where its sources lie.

    Raises
    ------
    SourceError
        Where mentions.csv cannot be read as a table of mentions, or a source that it
        names is not at hand.
    """
    texts = read_texts(Dataset(**read_manifest(folder / MANIFEST)), texts_folder)
    decoded = decode_csv(read_bytes(folder / TABLE, limit=CSV_FILE_BYTES), where=TABLE)
    faults: list[Finding] = list(decoded.faults)
    names = resolve_header(decoded.header, TABLES["mentions"], place=f"{TABLE}:1", faults=faults)
    if faults or not decoded.rows:
        raise SourceError("fill-faulty", where=faults[0].place if faults else TABLE)
    missing = [name for name in _COMPUTED if name not in names]
    rows = [[*decoded.header, *missing]]
    columns = {name: at for at, name in enumerate([*names, *missing]) if name}
    filled, candidates = 0, []
    for line, cells in decoded.records():
        row = [*cells, *("" for _ in missing)]
        found = _fill(row, columns, texts, where=f"{TABLE}:{line}")
        if isinstance(found, tuple):
            item, quote = row[columns["item"]], row[columns["quote"]]
            candidates.append(Candidate(line, item, quote, found))
        filled += found is True
        rows.append(row)
    return Filling(_to_csv(rows), filled, len(rows) - 1, tuple(candidates))


def _fill(
    row: list[str], columns: Mapping[str, int], texts: Mapping[str, str], *, where: str
) -> bool | tuple[int, ...]:
    """Fill one row in place: whether anything changed, or the places to choose from."""

    def cell(name: str) -> str:
        return row[columns[name]].strip()

    if cell("start") and cell("end") and all(cell(name) for name in _COMPUTED):
        return False
    text = texts.get(cell("source"))
    if text is None:
        raise SourceError("fill-no-source", where=where, source=cell("source"))
    if not cell("start") and not cell("end"):
        quote = row[columns["quote"]]
        starts = occurrences(text, quote)
        if len(starts) != 1:
            return starts
        row[columns["start"]], row[columns["end"]] = str(starts[0]), str(starts[0] + len(quote))
    if not (cell("start").isdecimal() and cell("end").isdecimal()):
        raise SourceError("fill-offsets", where=where)
    start, end = int(cell("start")), int(cell("end"))
    if not start < end <= len(text):
        raise SourceError("fill-offsets", where=where)
    computed = zip(_COMPUTED, (quote_of, digest_of, context_digest_of), strict=True)
    for name, compute in computed:
        if not cell(name):
            row[columns[name]] = compute(text, start, end)
    return True


def _to_csv(rows: list[list[str]]) -> bytes:
    text = io.StringIO(newline="")
    csv.writer(text, lineterminator="\n").writerows(rows)
    return text.getvalue().encode("utf-8")
