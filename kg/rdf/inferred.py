"""The graph `inferred`: what follows from coverage and gaps, for plain SPARQL to ask.

It says at each basis, cumulatively, which item contributes to which directive (§2.4), how
far each directive is answered, and which gaps are open; gaps that depend on no basis are
open always. "Contributes" is alignment with a directive, never its effect.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg import vocab
from kg.rdf.names import names_of
from kg.rdf.terms import iri, to_graph

if TYPE_CHECKING:
    from collections.abc import Iterable

    from rdflib import Graph

    from kg.analysis.coverage import Coverage
    from kg.model import Dataset, Finding
    from kg.rdf.terms import Triple


def build_inferred(dataset: Dataset, coverage: Coverage, gaps: Iterable[Finding]) -> Graph:
    """Say what coverage and gaps found, in the terms of the ontology.

    Parameters
    ----------
    dataset
        The data set that was analysed.
    coverage
        Its coverage; the choice of an issuer makes no difference here.
    gaps
        Its gaps. A fault among them is left out: it is no fact about the world.

    Examples
    --------
    >>> from kg.analysis.coverage import find_coverage
    >>> from kg.graph.build import build_graph
    >>> from kg.model import Basis, Dataset, Kind, Link, Node, Relation
    >>> nodes = (Node("d", Kind.DIRECTIVE), Node("m", Kind.MEASURE))
    >>> data = Dataset(nodes, (Link("l", "m", Relation.ADDRESSES, "d", Basis.ECHOED),))
    >>> inferred = build_inferred(data, find_coverage(build_graph(data)), ())
    >>> sorted(p.removeprefix(vocab.KG) for p in inferred.predicates(iri(data.iri("m"))))
    ['contributesEchoed', 'contributesInterpreted', 'contributesPositional']
    """
    triples = list_inferred(dataset, coverage, gaps)
    return to_graph(names_of(dataset).graph("inferred"), triples)


def infer(dataset: Dataset) -> list[Triple]:
    """Everything that follows from a data set: its coverage and gaps, as `list_inferred` has it."""
    from kg.analysis.coverage import find_coverage
    from kg.analysis.rules import find_gaps
    from kg.graph.build import build_graph

    graph = build_graph(dataset)
    coverage = find_coverage(graph)
    return list_inferred(dataset, coverage, find_gaps(graph, coverage))


def find_stale(dataset: Dataset, said: frozenset[tuple[str, str, str]]) -> tuple[int, int]:
    """Count in how far RDF does not say what follows from the data set in it.

    Parameters
    ----------
    dataset
        A data set without KG001 or KG002.
    said
        Subject, predicate and object of what is said to follow.

    Returns
    -------
    tuple
        How many triples are missing, and how many are there that do not follow.

    Examples
    --------
    >>> from kg.model import Dataset, Kind, Node
    >>> data = Dataset((Node("d", Kind.DIRECTIVE),), base_iri="urn:x:")
    >>> find_stale(data, frozenset({("urn:x:d", vocab.OPEN_ALWAYS, vocab.GAP_OF["KG205"])}))
    (16, 1)
    """
    follows = {(str(one), str(two), str(three)) for one, two, three in infer(dataset)}
    return len(follows - said), len(said - follows)


def list_inferred(dataset: Dataset, coverage: Coverage, gaps: Iterable[Finding]) -> list[Triple]:
    """List the triples of `build_inferred`, without the cost of a graph."""
    names = names_of(dataset)
    triples: list[Triple] = []
    rungs = vocab.CONCEPTS["rung"]
    for row in coverage.directives:
        directive = iri(names.item(row.id))
        for basis, at in row.at.items():
            level, contributes = iri(vocab.LEVEL_AT[basis]), iri(vocab.CONTRIBUTES_AT[basis])
            triples.append((directive, level, iri(rungs[at.level])))
            triples += [(iri(names.item(item)), contributes, directive) for item in at.items]
    for gap in gaps:
        if gap.code in vocab.GAP_OF:
            node, code = iri(names.item(gap.node)), iri(vocab.GAP_OF[gap.code])
            said = [vocab.OPEN_AT[basis] for basis in gap.open or ()]
            open_at = [vocab.OPEN_ALWAYS] if gap.open is None else said
            triples += [(node, iri(predicate), code) for predicate in open_at]
    return triples
