"""An Oxigraph store on disk: written whole or not at all, then only read."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Final

from kg.errors import SourceError, WriteError
from kg.files import build_atomic_dir, sync_file
from kg.sources.rdf_store import MARKER, SCHEMA, open_store, store_digests, store_files
from kg.version import VERSION

__all__ = ["open_store", "write_store"]

# What RocksDB, which keeps the store, calls its files.
_STORE_FILE: Final = re.compile(
    r"\d+\.(?:sst|log|blob)|CURRENT|IDENTITY|LOCK|LOG|LOG\.old\.\d+|MANIFEST-\d+|OPTIONS-\d+"
)


def write_store(path: Path, quads: bytes, *, faults: Mapping[str, int] | None = None) -> None:
    """Write N-Quads into a store on disk, which takes the place of an older one as a whole.

    It is loaded in a temporary folder beside its place; a marker that names every file is
    written last. `kg.sources.rdf_store.open_store` refuses a folder that has no such marker.

    Parameters
    ----------
    path
        The folder of the store. One that is there already is replaced only if it is a whole
        store that was written here, or empty.
    quads
        N-Quads, UTF-8, as `kg.rdf.canonical.to_nquads` writes them.
    faults
        How many faults of each code the data have, for those who ask the store to be told.

    Raises
    ------
    SourceError
        Where the bytes are no N-Quads; the line is named.
    WriteError
        The store could not be written, or something else stands there; it is as it was.

    Examples
    --------
    >>> from tempfile import TemporaryDirectory
    >>> with TemporaryDirectory() as folder:
    ...     place = Path(folder, "store")
    ...     write_store(place, b'<urn:x:a> <urn:x:b> "c" <urn:x:g> .')
    ...     len(open_store(place))
    1
    """
    is_whole = (path / MARKER).is_file()

    def is_ours(name: str) -> bool:
        return is_whole and (name == MARKER or _STORE_FILE.fullmatch(name) is not None)

    def fill(folder: Path) -> None:
        count = _load(folder, quads)
        for name in store_files(folder):
            sync_file(folder / name)
        files = store_files(folder)
        marker = {
            "schema": SCHEMA,
            "version": VERSION,
            "quads": count,
            "faults": dict(faults or {}),
            "files": files,
            "digests": store_digests(folder, files),
        }
        text = json.dumps(marker, indent=2, sort_keys=True) + "\n"
        (folder / MARKER).write_bytes(text.encode())
        sync_file(folder / MARKER)

    try:
        build_atomic_dir(path, fill, is_ours=is_ours)
    except RuntimeError as error:  # what RocksDB says is in no errno
        raise WriteError("write-failed", where=str(path), reason=str(error)) from error


def _load(folder: Path, quads: bytes) -> int:
    """Load a store and close it; how many quads it has."""
    from pyoxigraph import RdfFormat, Store

    store = Store(str(folder))
    try:
        store.bulk_load(quads, format=RdfFormat.N_QUADS)
    except SyntaxError as error:
        raise SourceError("nquads-syntax", line=error.lineno or 0) from error
    store.flush()
    store.optimize()
    return len(store)
