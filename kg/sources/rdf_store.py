"""A store on disk that `kg build --store` wrote: opened to be read only, whole or not at all."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from kg.errors import SourceError
from kg.files import read_bytes
from kg.limits import TOML_FILE_BYTES
from kg.sources.rdf_files import read_statements
from kg.sources.rdf_things import Faults

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pyoxigraph import Quad, Store

    from kg.sources.reading import Reading

# Written last: where it is missing, or names a file that is not there, the store is not whole.
MARKER: Final = "kg-store.json"
SCHEMA: Final = "kg-store/1"


def store_files(folder: Path) -> dict[str, int]:
    """The files of a store that never change once it is written, with their sizes."""
    return {
        path.name: path.stat().st_size
        for path in sorted(folder.iterdir())
        if path.name != MARKER and not path.name.startswith("LO")  # LOCK, LOG, LOG.old.…
    }


def open_store(folder: Path) -> Store:
    """Open a store to be read, as many processes at once as there are.

    Parameters
    ----------
    folder
        A folder that `kg.store.bulk.write_store` wrote.

    Raises
    ------
    SourceError
        Where it was not written to its end, has been changed since, or is damaged.
    """
    from pyoxigraph import Store

    where = str(folder)
    try:
        if not (folder / MARKER).is_file() or _read_marker(folder) != store_files(folder):
            raise SourceError("store-incomplete", where=where)
        return Store.read_only(where)
    except (OSError, RuntimeError, ValueError) as error:
        raise _unreadable(error, where) from error


def read_store(folder: Path) -> Reading:
    """Read the data set in a store.

    Raises
    ------
    SourceError
        As `open_store`, and where what is in it is not ours.
    """
    store = open_store(folder)

    def quads() -> Iterator[Quad]:
        try:
            yield from store
        except (OSError, RuntimeError) as error:
            raise _unreadable(error, str(folder)) from error

    return read_statements(quads(), Faults(folder.name), size=None)


def _read_marker(folder: Path) -> dict[str, Any]:
    marker = json.loads(read_bytes(folder / MARKER, limit=TOML_FILE_BYTES))
    if not isinstance(marker, dict) or marker.get("schema") != SCHEMA:
        return {}
    files = marker.get("files")
    return files if isinstance(files, dict) else {}


def _unreadable(error: Exception, where: str) -> SourceError:
    reason = " ".join(str(error).split())[:160]
    return SourceError("store-unreadable", where=where, reason=reason)
