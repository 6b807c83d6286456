"""The drawn network, built with `pyvis.Network`: the only place that knows pyvis.

Of pyvis only the builder is used (nodes, edges, options) and the vis-network source that
its package carries; never its template, writer, CDN modes or physics.
"""

from __future__ import annotations

import json
from collections.abc import Container, Iterable, Mapping
from hashlib import sha256
from importlib.resources import files
from typing import TYPE_CHECKING, Any, Final

from kg.errors import SourceError
from kg.model import BASES, Basis, Kind, Link, Node, Relation, Scope

if TYPE_CHECKING:
    from pyvis.network import Network

_VIS_PATH: Final = ("lib", "vis-9.1.2", "vis-network.min.js")
_VIS_SHA256: Final = "1f20f0736f32cb9bedf8f6383b25cfea2f839e1abe80d6e8040b4d5bea378c69"
# HTML parsing turns CRLF into LF, and a hash over the bytes as shipped would block the script.
_VIS_SHA256_LF: Final = "f3c1229464749a6f5a80c80867189edfdc0198be0d015c3d770aff196cb6c0a1"

SHAPES: Final[Mapping[Kind, str]] = {
    Kind.DIRECTIVE: "box",
    Kind.STRATEGY: "diamond",
    Kind.BATTLE: "hexagon",
    Kind.MEASURE: "dot",
    Kind.OUTCOME: "star",
    Kind.ORGANISATION: "triangle",
}
# Links to organisations are drawn beside those along which coverage runs.
_TO_ORGANISATIONS: Final = (
    Relation.PERFORMED_BY,
    Relation.ISSUED_BY,
    Relation.AWARDED_BY,
    Relation.AWARDED_TO,
    Relation.TARGETS,
)
_LINES: Final[Mapping[Basis, tuple[list[int] | bool, float]]] = {
    Basis.STATED: (False, 2),
    Basis.ECHOED: ([12, 5], 1.5),
    Basis.POSITIONAL: ([2, 4], 1.5),
    Basis.INTERPRETED: ([5, 4], 1),
}
_OPTIONS: Final = {
    "autoResize": True,
    "physics": {"enabled": False},
    "layout": {"improvedLayout": False, "randomSeed": 1},
    "interaction": {
        "hover": True,
        "dragNodes": False,
        "multiselect": False,
        "selectConnectedEdges": False,
        "hoverConnectedEdges": False,
        "tooltipDelay": 100000,
        "zoomSpeed": 0.6,
    },
    "nodes": {"physics": False, "fixed": True, "chosen": False},
    "edges": {"smooth": False, "physics": False, "chosen": False, "selectionWidth": 0},
}


def build_network(
    nodes: Iterable[Node], links: Iterable[Link], spots: Mapping[str, tuple[int, int]]
) -> Network:
    """Build the network of the nodes that have a spot, and of the links between them.

    Parameters
    ----------
    nodes
        Any nodes; those without a spot are not drawn.
    links
        Any links; of those between drawn nodes, those that carry and those that lead to an
        organisation are drawn.
    spots
        Where the middle of each drawn node stands.
    """
    from pyvis.network import Network

    network = Network(directed=True)
    network.node_ids = _KnownIds()
    network.set_options(json.dumps(_OPTIONS))
    for node in nodes:
        if node.id in spots:
            x, y = spots[node.id]
            network.add_node(
                node.id, label=node.id, shape=SHAPES[node.kind], group=node.kind.value, x=x, y=y
            )
    for link in links:
        if is_drawn(link, spots):
            dashes, width = _LINES[link.basis or BASES[-1]]
            arrow = "vee" if link.scope is Scope.GENERAL else "triangle"
            network.add_edge(
                link.source, link.target, id=link.id, dashes=dashes, width=width, arrows=arrow
            )
    return network


def is_drawn(link: Link, drawn: Container[str]) -> bool:
    """Whether a link is an edge of the network of some nodes."""
    wanted = link.carries or (link.is_live and link.relation in _TO_ORGANISATIONS)
    return wanted and link.source in drawn and link.target in drawn


class _KnownIds(list[str]):
    """The ids pyvis keeps, found at once: it looks both ends of every edge up in its list."""

    def __init__(self) -> None:
        super().__init__()
        self.known: set[object] = set()

    def append(self, item: str) -> None:
        super().append(item)
        self.known.add(item)

    def __contains__(self, item: object) -> bool:
        return item in self.known


def to_drawing(network: Network) -> dict[str, Any]:
    """What a network draws, compactly: each style once, nodes and edges by its number.

    Returns
    -------
    dict
        `options`; `node_styles` and `edge_styles`; `nodes` as ``[id, style, x, y]``;
        `edges` as ``[id, style, from, to]``, both ends by their place in `nodes`. An edge
        whose end was taken out is not drawn.
    """
    place = {node["id"]: at for at, node in enumerate(network.nodes)}
    node_styles: list[dict[str, Any]] = []
    edge_styles: list[dict[str, Any]] = []
    nodes = [
        [
            node["id"],
            _number(node_styles, _without(node, "id", "label", "x", "y")),
            node["x"],
            node["y"],
        ]
        for node in network.nodes
    ]
    edges = [
        [
            edge["id"],
            _number(edge_styles, _without(edge, "id", "from", "to")),
            place[edge["from"]],
            place[edge["to"]],
        ]
        for edge in network.edges
        if edge["from"] in place and edge["to"] in place
    ]
    return {
        "options": network.options,
        "node_styles": node_styles,
        "edge_styles": edge_styles,
        "nodes": nodes,
        "edges": edges,
    }


def _without(options: Mapping[str, Any], *names: str) -> dict[str, Any]:
    return {name: value for name, value in sorted(options.items()) if name not in names}


def _number(styles: list[dict[str, Any]], style: dict[str, Any]) -> int:
    if style not in styles:
        styles.append(style)
    return styles.index(style)


def read_vis_source() -> str:
    """The vis-network source of the installed pyvis, checked, with line ends as HTML has them.

    Raises
    ------
    SourceError
        Where it is not the release that this page was built and tested with.
    """
    path = files("pyvis").joinpath(*_VIS_PATH)
    raw = path.read_bytes()
    text = raw.replace(b"\r\n", b"\n")
    known = sha256(raw).hexdigest() == _VIS_SHA256 and sha256(text).hexdigest() == _VIS_SHA256_LF
    source = text.decode("utf-8")
    if not known or "<!--" in source or "</script" in source.lower():
        raise SourceError("vis-source", where="/".join(_VIS_PATH))
    return source
