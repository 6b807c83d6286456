"""From a data set to a store that can be asked."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pyoxigraph import Store

    from kg.model import Dataset


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
