"""What a SOURCE on the command line may be: one table, a line a kind of source."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Final

from kg.errors import SourceError
from kg.files import bundled
from kg.sources.graph_json import read_graph_json
from kg.sources.ledger import is_ledger, read_ledger
from kg.sources.reading import Reading

# Suffixes and files that tell RDF of ours; what reads them is imported when they are met.
_RDF_SUFFIXES: Final = frozenset({".jsonld", ".nq", ".nt", ".trig", ".ttl"})
_BUILD_FILES: Final = ("all.nq", "facts.ttl")
_STORE_FILES: Final = ("kg-store.json", "CURRENT", "LOCK")


def _is_rdf_file(path: Path) -> bool:
    return path.suffix.lower() in _RDF_SUFFIXES and not path.is_dir()


def _read_rdf_file(path: Path) -> Reading:
    from kg.sources.rdf_files import read_rdf_file

    return read_rdf_file(path)


def _is_build(path: Path) -> bool:
    return any((path / name).is_file() for name in _BUILD_FILES)


def _read_build(path: Path) -> Reading:
    from kg.sources.rdf_files import read_rdf_folder

    return read_rdf_folder(path)


def _is_store(path: Path) -> bool:
    return any((path / name).is_file() for name in _STORE_FILES)


def _read_store(path: Path) -> Reading:
    from kg.sources.rdf_store import read_store

    return read_store(path)


READERS: Final[tuple[tuple[Callable[[Path], bool], Callable[[Path], Reading]], ...]] = (
    (is_ledger, read_ledger),
    (lambda path: path.suffix.lower() == ".json", read_graph_json),
    (_is_rdf_file, _read_rdf_file),
    (_is_store, _read_store),
    (_is_build, _read_build),
)


def find_store(spec: str) -> Path | None:
    """The folder of the store on disk that a SOURCE names; `None` where it is something else.

    >>> find_store("graph.json")
    """
    path = Path(spec)
    reader = next((read for fits, read in READERS if fits(path)), None)
    return path if reader is _read_store else None


def read_source(spec: str | None = None) -> Reading:
    """Read a data set from whatever a SOURCE names.

    Parameters
    ----------
    spec
        A ledger folder, a graph JSON file, an RDF file of ours, a folder that `kg build`
        wrote, or a store that `kg build --store` wrote; the bundled Liling ledger by default.

    Raises
    ------
    SourceError
        Where there is nothing of that name, or nothing that can be read.
    """
    path = bundled("data", "liling") if spec is None else Path(spec)
    for fits, read in READERS:
        if fits(path):
            return read(path)
    if not path.exists():
        raise SourceError("source-missing", where=str(spec))
    if path.is_dir():
        raise SourceError("source-no-ledger", where=str(spec))
    raise SourceError("source-unknown", where=str(spec))
