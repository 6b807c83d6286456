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

READERS: Final[tuple[tuple[Callable[[Path], bool], Callable[[Path], Reading]], ...]] = (
    (is_ledger, read_ledger),
    (lambda path: path.suffix.lower() == ".json", read_graph_json),
)


def read_source(spec: str | None = None) -> Reading:
    """Read a data set from whatever a SOURCE names.

    Parameters
    ----------
    spec
        A ledger folder or a graph JSON file; the bundled Liling ledger by default.

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
