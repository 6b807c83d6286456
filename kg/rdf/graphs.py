"""The three named graphs of a data set, built together."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg.rdf.evidence import list_evidence
from kg.rdf.facts import list_facts
from kg.rdf.inferred import infer
from kg.rdf.names import names_of
from kg.rdf.terms import to_graph

if TYPE_CHECKING:
    from rdflib import Graph

    from kg.model import Dataset
    from kg.rdf.terms import Triple


def list_triples(dataset: Dataset) -> dict[str, list[Triple]]:
    """List the triples of `facts`, `evidence` and `inferred` under the IRIs of the graphs.

    What is inferred is computed with the defaults: no setting of a report changes it.

    Parameters
    ----------
    dataset
        A data set without KG001 or KG002.

    Raises
    ------
    SourceError
        Where the data set's IRIs could not be told apart (`kg.rdf.names.names_of`).

    Examples
    --------
    >>> from kg.model import Dataset
    >>> list(list_triples(Dataset(base_iri="urn:x:")))
    ['urn:x:graph/facts', 'urn:x:graph/evidence', 'urn:x:graph/inferred']
    """
    names = names_of(dataset)
    return {
        names.graph("facts"): list_facts(dataset),
        names.graph("evidence"): list_evidence(dataset),
        names.graph("inferred"): infer(dataset),
    }


def build_graphs(dataset: Dataset) -> dict[str, Graph]:
    """Build the same as rdflib graphs, each under the IRI that is its identifier too."""
    return {name: to_graph(name, triples) for name, triples in list_triples(dataset).items()}
