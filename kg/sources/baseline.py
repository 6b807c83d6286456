"""A saved answer of `kg gaps` or `kg check` → the gaps that were known then."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any, Final

from kg.errors import SourceError
from kg.files import read_bytes
from kg.limits import JSON_FILE_BYTES

# The lists of each document that hold gaps, waived ones too: they were known as well.
_LISTS: Final = {"kg-gaps/1": ("findings", "waived"), "kg-check/1": ("gaps", "waived", "upkeep")}
# Choices of `kg gaps` that leave gaps out: such a list would make all others look new.
_PARTIAL: Final = ("rule", "kind", "issuer", "unit")

GapKey = tuple[str, str]


@dataclass(frozen=True, slots=True)
class KnownGap:
    """A gap of a baseline, with the names it had then."""

    code: str
    id: str
    zh: str = ""
    en: str = ""

    @property
    def key(self) -> GapKey:
        """(code, id): what is compared."""
        return self.code, self.id


@dataclass(frozen=True)
class Baseline:
    """The gaps of a saved answer, sorted by code and id, and the basis they were judged at.

    `has_upkeep`: whether findings about waivers, reviews and confirmed links are among them.
    """

    basis: str
    gaps: tuple[KnownGap, ...]
    has_upkeep: bool

    @cached_property
    def keys(self) -> frozenset[GapKey]:
        """The keys of all its gaps."""
        return frozenset(gap.key for gap in self.gaps)


def read_baseline(path: Path) -> Baseline:
    """Read a saved `kg gaps --format json` or `kg check --format json`.

    Raises
    ------
    SourceError
        Where it is neither, was cut to a part of the gaps, or its gaps could not be judged.
    """
    import json

    where = str(path)
    try:
        document = json.loads(read_bytes(path, limit=JSON_FILE_BYTES).decode("utf-8-sig"))
    except UnicodeDecodeError as error:
        raise SourceError("json-not-utf8", where=where) from error
    except RecursionError as error:
        raise SourceError("json-too-deep", where=where) from error
    except ValueError as error:
        raise SourceError("json-not-json", where=where, problem=str(error)) from error
    schema = document.get("schema") if isinstance(document, Mapping) else None
    if schema not in _LISTS:
        raise SourceError("baseline-schema", where=where)
    filters = document.get("filters")
    cut = [name for name in _PARTIAL if isinstance(filters, Mapping) and filters.get(name)]
    if cut:
        raise SourceError("baseline-partial", where=where, option=f"--{cut[0]}")
    basis = document.get("basis")
    if not isinstance(basis, str):
        raise SourceError("baseline-not-judged", where=where)
    gaps = {gap.key: gap for name in _LISTS[schema] for gap in _gaps(document, name, where)}
    return Baseline(basis, tuple(gaps[key] for key in sorted(gaps)), schema == "kg-check/1")


def _gaps(document: Mapping[str, Any], name: str, where: str) -> Iterator[KnownGap]:
    entries = document.get(name, [])
    if not isinstance(entries, list):
        raise SourceError("json-no-list", where=where, field=name)
    for number, entry in enumerate(entries):
        if not isinstance(entry, Mapping):
            raise SourceError("json-no-object", where=f"{where} {name}[{number}]")
        texts = [entry.get(field) or "" for field in ("code", "id", "zh", "en")]
        if not all(isinstance(text, str) for text in texts) or not texts[0]:
            raise SourceError("baseline-schema", where=f"{where} {name}[{number}]")
        yield KnownGap(*texts)
