"""From a data set to a store that can be asked."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from kg.errors import SourceError

if TYPE_CHECKING:
    from pathlib import Path

    from pyoxigraph import Store

    from kg.model import Dataset


@dataclass(frozen=True, slots=True)
class OpenedStore:
    """A store on disk, the base IRI of its data set, and how many faults of each code it has."""

    store: Store
    base: str
    faults: Mapping[str, int]


def open_folder(folder: Path) -> OpenedStore:
    """Open a store on disk to be asked as it stands: read only, its data set not read out.

    Parameters
    ----------
    folder
        A folder that `kg build --store` wrote.

    Raises
    ------
    SourceError
        Where it is not whole, has been changed, was written by another version
        (`kg.sources.rdf_store.open_to_ask`), or holds no data set of ours.
    """
    from kg.query.parameters import find_bases
    from kg.sources.rdf_store import open_to_ask

    asked = open_to_ask(folder)
    bases = find_bases(asked.store)
    if len(bases) != 1:
        raise SourceError("rdf-foreign", where=str(folder))
    return OpenedStore(asked.store, bases[0], asked.faults)


def open_dataset(dataset: Dataset) -> Store:
    """Put the three graphs of a data set into a store in memory.

    Parameters
    ----------
    dataset
        A data set without KG001 or KG002.

    Examples
    --------
    >>> from kg.model import Kind, Node
    >>> from kg.query.named import ask, find_question
    >>> from kg.model import Dataset
    >>> store = open_dataset(Dataset((Node("d1", Kind.DIRECTIVE, zh="部署"),)))
    >>> answer = ask(store, find_question("directives-without-measures"), {})
    >>> [str(term) for term in answer.rows[0][:2]]
    ['https://w3id.org/kg-directives/data/d1', '部署']
    """
    from kg.rdf.canonical import to_nquads
    from kg.rdf.graphs import list_triples
    from kg.store.oxigraph import open_memory_store

    return open_memory_store(to_nquads(list_triples(dataset)))
