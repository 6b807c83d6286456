"""From the values of a data set to a networkx graph."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from kg.model import Dataset, KgGraph, Link, Node


def build_graph(dataset: Dataset) -> KgGraph:
    """Build the directed multigraph of a data set; edges run child → parent.

    Every node carries its `Node` as attribute "node", every edge its `Link` as "link"
    under the link's id as key; withdrawn links are in it too. `graph.graph["dataset"]`
    is the data set itself.

    Parameters
    ----------
    dataset
        A data set without KG001 or KG002: every end of a link is a node of it.

    Examples
    --------
    >>> from kg.model import Kind, Relation
    >>> nodes = (Node("d1", Kind.DIRECTIVE), Node("m1", Kind.MEASURE))
    >>> links = (Link("l1", "m1", Relation.ADDRESSES, "d1"),)
    >>> sorted(build_graph(Dataset(nodes, links)).edges(keys=True))
    [('m1', 'd1', 'l1')]
    """
    import networkx as nx

    graph: KgGraph = nx.MultiDiGraph(dataset=dataset)
    graph.add_nodes_from((node.id, {"node": node}) for node in dataset.nodes)
    for link in dataset.links:
        graph.add_edge(link.source, link.target, key=link.id, link=link)
    return graph


def nodes_of(graph: KgGraph) -> dict[str, Node]:
    """Every `Node` of a graph by its id, in the order of the ids."""
    nodes: dict[str, Node] = dict(graph.nodes(data="node"))  # type: ignore[arg-type]
    return {item: nodes[item] for item in sorted(nodes)}


def links_of(graph: KgGraph) -> Iterator[Link]:
    """Every `Link` of a graph, withdrawn ones too, in no order that means anything."""
    found: Iterable[tuple[str, str, Link]] = graph.edges(data="link")
    return (link for _, _, link in found)


def node_of(graph: KgGraph, item: str) -> Node:
    """The `Node` behind an id.

    Raises
    ------
    UnknownNodeError
        Where the graph has no such id.
    """
    try:
        node: Node = graph.nodes[item]["node"]
    except KeyError:
        from kg.errors import UnknownNodeError

        raise UnknownNodeError("unknown-node", id=item) from None
    return node


def dataset_of(graph: KgGraph) -> Dataset:
    """The data set a graph was built from."""
    dataset: Dataset = graph.graph["dataset"]
    return dataset
