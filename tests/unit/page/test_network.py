"""What pyvis builds is what is handed on; the vis-network it carries is the one we know."""

from __future__ import annotations

from kg.model import Basis, Kind, Link, LinkStatus, Node, Relation, Scope
from kg.page.network import SHAPES, build_network, is_drawn, read_vis_source, to_drawing

NODES = (
    Node("d1", Kind.DIRECTIVE),
    Node("m1", Kind.MEASURE),
    Node("m2", Kind.MEASURE),
    Node("org1", Kind.ORGANISATION),
)
LINKS = (
    Link("l1", "m1", Relation.ADDRESSES, "d1", Basis.STATED),
    Link("l2", "m1", Relation.ADDRESSES, "d1", Basis.INTERPRETED, Scope.GENERAL),
    Link("l3", "m2", Relation.ADDRESSES, "d1", Basis.STATED, status=LinkStatus.WITHDRAWN),
    Link("l4", "m2", Relation.ECHOES, "d1", Basis.ECHOED),
    Link("l5", "m1", Relation.PERFORMED_BY, "org1", Basis.STATED),
)
SPOTS = {"d1": (50, 10), "m1": (20, 60), "m2": (80, 60)}
WITH_ORGANISATION = {**SPOTS, "org1": (50, 90)}


def test_nodes_with_a_spot_and_links_that_carry_are_drawn_two_between_two_nodes_too() -> None:
    drawing = to_drawing(build_network(NODES, LINKS, SPOTS))
    assert drawing["nodes"] == [["d1", 0, 50, 10], ["m1", 1, 20, 60], ["m2", 1, 80, 60]]
    assert drawing["edges"] == [["l1", 0, 1, 0], ["l2", 1, 1, 0]]
    assert drawing["node_styles"] == [
        {"group": "directive", "shape": "box"},
        {"group": "measure", "shape": "dot"},
    ]
    assert drawing["edge_styles"] == [
        {"arrows": "triangle", "dashes": False, "width": 2},
        {"arrows": "vee", "dashes": [5, 4], "width": 1},
    ]


def test_physics_is_off_and_edges_are_straight() -> None:
    options = to_drawing(build_network(NODES, LINKS, SPOTS))["options"]
    assert options["physics"] == {"enabled": False}
    assert options["edges"]["smooth"] is False


def test_links_to_organisations_are_drawn_where_these_are_and_other_context_is_not() -> None:
    drawing = to_drawing(build_network(NODES, LINKS, WITH_ORGANISATION))
    assert [edge[0] for edge in drawing["edges"]] == ["l1", "l2", "l5"]
    assert is_drawn(LINKS[4], WITH_ORGANISATION)
    assert not is_drawn(LINKS[3], WITH_ORGANISATION)


def test_each_drawn_kind_has_a_shape_of_its_own() -> None:
    assert len(set(SHAPES.values())) == len(SHAPES) == 6


def test_the_vis_network_source_is_the_known_one_and_cannot_end_its_script() -> None:
    source = read_vis_source()
    assert "\r" not in source
    assert "</script" not in source.lower()
    assert len(source.encode("utf-8")) == 468_813 - 26
