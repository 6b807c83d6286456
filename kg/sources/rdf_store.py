"""A store on disk that `kg build --store` wrote: opened to be read only, whole or not at all.

What is inferred stands in the store and is asked as it stands there. So a store is asked only
where not one byte of it has changed since this version of `kg` wrote it; whoever reads the
data set out of it has that computed anew.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from kg.errors import SourceError
from kg.files import read_bytes
from kg.limits import TOML_FILE_BYTES
from kg.sources.rdf_files import read_statements
from kg.sources.rdf_things import Faults
from kg.version import VERSION

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pyoxigraph import Quad, Store

    from kg.sources.reading import Reading

# Written last: where it is missing, or names a file that is not there, the store is not whole.
MARKER: Final = "kg-store.json"
SCHEMA: Final = "kg-store/1"


@dataclass(frozen=True, slots=True)
class Asked:
    """A store to be asked, and how many faults of each code its data have."""

    store: Store
    faults: Mapping[str, int]


def store_files(folder: Path) -> dict[str, int]:
    """The files of a store that never change once it is written, with their sizes."""
    return {
        path.name: path.stat().st_size
        for path in sorted(folder.iterdir())
        if path.name != MARKER and not path.name.startswith("LO")  # LOCK, LOG, LOG.old.…
    }


def store_digests(folder: Path, files: Iterable[str]) -> dict[str, str]:
    """The SHA-256 of files of a store, by name."""
    found = {}
    for name in files:
        with (folder / name).open("rb") as file:
            found[name] = hashlib.file_digest(file, "sha256").hexdigest()
    return found


def open_to_ask(folder: Path) -> Asked:
    """Open a store whose inferred graph is to be relied on.

    Parameters
    ----------
    folder
        A folder that `kg.store.bulk.write_store` wrote.

    Raises
    ------
    SourceError
        As `open_store`; and where a byte of it has changed, or another version of `kg` wrote
        it, which may have inferred otherwise.
    """
    where = str(folder)
    store = open_store(folder)
    try:
        marker = _read_marker(folder)
        version, digests = marker.get("version"), marker.get("digests")
        if version != VERSION:
            written = version if isinstance(version, str) and version.isprintable() else "?"
            raise SourceError("store-version", where=where, written=written[:40], version=VERSION)
        if digests != store_digests(folder, store_files(folder)):
            raise SourceError("store-incomplete", where=where)
    except (OSError, ValueError) as error:
        raise _unreadable(error, where) from error
    faults = marker.get("faults")
    counts = faults.items() if isinstance(faults, dict) else ()
    return Asked(store, {str(code): count for code, count in counts if isinstance(count, int)})


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
        is_there = (folder / MARKER).is_file()
        if not is_there or _read_marker(folder).get("files") != store_files(folder):
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
    is_ours = isinstance(marker, dict) and marker.get("schema") == SCHEMA
    return marker if is_ours else {}


def _unreadable(error: Exception, where: str) -> SourceError:
    reason = " ".join(str(error).split())[:160]
    return SourceError("store-unreadable", where=where, reason=reason)
