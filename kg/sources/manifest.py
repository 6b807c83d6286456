"""`dataset.toml`: what a data set is called, who made it, and which sources it reads."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final

from kg.errors import SourceError
from kg.files import read_bytes
from kg.limits import TOML_FILE_BYTES
from kg.model import NOT_STATED, Curator, Section, Source

MANIFEST: Final = "dataset.toml"
SCHEMA: Final = "kg-ledger/1"

_TEXTS: Final = ("title_zh", "title_en", "base_iri", "licence", "focus_issuer", "basis_rules")
_SOURCE_TEXTS: Final = (
    *("id", "title_zh", "title_en", "publisher_zh", "publisher_en", "date", "sha256"),
    *("language", "file"),
)


def read_manifest(path: Path) -> dict[str, Any]:
    """The fields of `Dataset` that a manifest gives.

    Raises
    ------
    SourceError
        Where the file is missing, is no TOML, or a field holds what it must not.
    """
    import tomllib

    where = path.name
    try:
        table = tomllib.loads(read_bytes(path, limit=TOML_FILE_BYTES).decode("utf-8-sig"))
    except UnicodeDecodeError as error:
        raise SourceError("manifest-not-utf8", where=where) from error
    except tomllib.TOMLDecodeError as error:
        raise SourceError("manifest-not-toml", where=where, problem=str(error)) from error
    if table.get("schema") != SCHEMA:
        raise SourceError("manifest-schema", where=where, schema=SCHEMA)
    header = to_header(table, where=where)
    _check_known(table, {*_TEXTS, "date", "schema", "curators", "sources"}, where=where)
    return header


def to_header(table: Mapping[str, Any], *, where: str) -> dict[str, Any]:
    """The fields of `Dataset` from the table of a manifest or the "dataset" of graph JSON.

    Raises
    ------
    SourceError
        Where a field holds what it must not, with its name.
    """
    header: dict[str, Any] = {
        name: _text(table, name, where=where) for name in _TEXTS if table.get(name) is not None
    }
    if "base_iri" in header:
        header["base_iri"] = _base_iri(header["base_iri"], where=where)
    stated = "date" if "date" in table else "as_of"
    if table.get(stated):
        header["date"] = _date(table, stated, where=where)
    header["curators"] = tuple(
        Curator(*(_text(found, name, where=where) for name in ("id", "name_zh", "name_en")))
        for found in _tables(table, "curators", where=where)
    )
    header["sources"] = tuple(
        _source(found, where=where) for found in _tables(table, "sources", where=where)
    )
    return header


def _source(table: Mapping[str, Any], *, where: str) -> Source:
    texts = {
        name: _text(table, name, where=where)
        for name in _SOURCE_TEXTS
        if table.get(name) is not None
    }
    if not texts.get("id"):
        raise SourceError("manifest-field", where=where, field="sources.id")
    texts["date"] = _date(table, "date", where=where) or NOT_STATED
    length = table.get("length", 0)
    if not isinstance(length, int) or isinstance(length, bool) or length < 0:
        raise SourceError("manifest-field", where=where, field="sources.length")
    sections = tuple(
        Section(*(_text(found, name, where=where) for name in ("id", "zh", "en")))
        for found in _tables(table, "sections", where=where)
    )
    return Source(length=length, sections=sections, **texts)


def _date(table: Mapping[str, Any], name: str, *, where: str) -> str:
    from kg.sources.values import Refused, parse_date

    date = _text(table, name, where=where)
    if date not in ("", NOT_STATED):
        try:
            parse_date(date)
        except Refused as error:
            raise SourceError("manifest-field", where=where, field=name) from error
    return date


def _base_iri(iri: str, *, where: str) -> str:
    from urllib.parse import urlsplit

    parts = urlsplit(iri)
    good = parts.scheme in ("http", "https", "urn") and iri[-1:] in "/#:" and iri.isprintable()
    if not good or set(iri) & set('<>"{}|^`\\ '):
        raise SourceError("manifest-field", where=where, field="base_iri")
    return iri


def _text(table: Mapping[str, Any], name: str, *, where: str) -> str:
    value = table.get(name, "")
    if not isinstance(value, str):
        raise SourceError("manifest-field", where=where, field=name)
    return value


def _tables(table: Mapping[str, Any], name: str, *, where: str) -> list[Mapping[str, Any]]:
    found = table.get(name) or []
    if not isinstance(found, list) or not all(isinstance(entry, Mapping) for entry in found):
        raise SourceError("manifest-field", where=where, field=name)
    return found


def _check_known(table: Mapping[str, Any], known: set[str], *, where: str) -> None:
    for name in table:
        if name not in known:
            raise SourceError("manifest-unknown", where=where, field=name)
