"""An Oxigraph store in memory."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pyoxigraph import Store


def open_memory_store(quads: bytes) -> Store:
    """Load N-Quads into a new store that lives in memory only.

    Parameters
    ----------
    quads
        N-Quads, UTF-8, as `kg.rdf.canonical.to_nquads` writes them.

    Raises
    ------
    SourceError
        Where the bytes are no N-Quads; the line is named.

    Examples
    --------
    >>> len(open_memory_store(b"<urn:x:a> <urn:x:b> 'c' <urn:x:g> ."))
    Traceback (most recent call last):
        ...
    kg.errors.SourceError: ...
    >>> len(open_memory_store(b'<urn:x:a> <urn:x:b> "c" <urn:x:g> .'))
    1
    """
    from pyoxigraph import RdfFormat, Store

    from kg.errors import SourceError

    store = Store()
    try:
        store.bulk_load(quads, format=RdfFormat.N_QUADS)
    except SyntaxError as error:
        raise SourceError("nquads-syntax", line=error.lineno or 0) from error
    return store
