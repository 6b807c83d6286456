"""Graphs of awkward shapes: each is analysed to the end, is right, and its cycles are named."""

from __future__ import annotations

from collections.abc import Callable, Iterable

import pytest

from kg.analysis.coverage import Coverage, find_coverage
from kg.analysis.rules import find_gaps
from kg.graph.build import build_graph
from kg.model import BASES, Basis, Dataset, Kind, Link, Node, Relation, Rung, Status
from kg.validate.faults import find_faults

Edges = Iterable[tuple[str, Relation, str]]

LETTERS = {"d": Kind.DIRECTIVE, "t": Kind.STRATEGY, "b": Kind.BATTLE, "m": Kind.MEASURE}
LETTERS |= {"o": Kind.OUTCOME}
ADDRESSES, IMPLEMENTS, PART_OF = Relation.ADDRESSES, Relation.IMPLEMENTS, Relation.PART_OF
RESULT_OF = Relation.RESULT_OF


def drawn(edges: Edges, *, sets: Iterable[str] = (), alone: Iterable[str] = ()) -> Dataset:
    rows = list(edges)
    names = {end for source, _, target in rows for end in (source, target)} | set(alone)
    done = {Kind.MEASURE: Status.DONE}
    nodes = (
        Node(name, LETTERS[name[0]], is_set=name in set(sets), status=done.get(LETTERS[name[0]]))
        for name in sorted(names)
    )
    links = (
        Link(f"l{number:06}", source, relation, target, Basis.STATED)
        for number, (source, relation, target) in enumerate(rows)
    )
    return Dataset(tuple(nodes), tuple(links))


def read(dataset: Dataset) -> tuple[Coverage, list[tuple[str, str]], list[str]]:
    """Its coverage, its gaps, and the ids of each cycle."""
    graph = build_graph(dataset)
    coverage = find_coverage(graph)
    gaps = [(gap.code, gap.node) for gap in find_gaps(graph, coverage)]
    cycles = [dict(f.facts)["ids"] for f in find_faults(dataset) if f.code == "KG008"]
    return coverage, gaps, [str(ids) for ids in cycles]


def stated(coverage: Coverage, directive: str) -> tuple[Rung, int]:
    at = coverage.row(directive).at[Basis.STATED]
    return at.level, len(at.measures)


def chain(size: int) -> Edges:
    yield from ((f"m{i:06}", IMPLEMENTS, f"m{i + 1:06}") for i in range(size - 1))
    yield f"m{size - 1:06}", ADDRESSES, "d"


def diamonds(depth: int) -> Edges:
    """2 to the power of `depth` chains in 3 × `depth` nodes."""
    for i in range(depth):
        for side in "xy":
            yield f"m{i}", IMPLEMENTS, f"m{i}{side}"
            yield f"m{i}{side}", IMPLEMENTS, f"m{i + 1}"
    yield f"m{depth}", ADDRESSES, "d"


def star(size: int) -> Edges:
    yield from ((f"m{i:06}", ADDRESSES, "d") for i in range(size))


def ring(size: int) -> Edges:
    yield from ((f"m{i}", IMPLEMENTS, f"m{(i + 1) % size}") for i in range(size))
    yield "m0", ADDRESSES, "d"


# name → edges, sets, and level, measures and cycles of the directive "d" at `stated`
SHAPES: dict[str, tuple[Callable[[], Edges], tuple[str, ...], tuple[Rung, int, int]]] = {
    "nothing but a directive": (lambda: [], (), (Rung.NONE, 0, 0)),
    "one measure": (lambda: star(1), (), (Rung.MEASURE, 1, 0)),
    "a measure that implements itself": (
        lambda: [("m", IMPLEMENTS, "m"), ("m", ADDRESSES, "d")],
        (),
        (Rung.MEASURE, 1, 1),
    ),
    "a strategy that is part of itself": (
        lambda: [("t", PART_OF, "t"), ("t", ADDRESSES, "d")],
        (),
        (Rung.STRATEGY, 0, 1),
    ),
    "a set whose only member is itself": (
        lambda: [("t", PART_OF, "t"), ("t", ADDRESSES, "d")],
        ("t",),
        (Rung.STRATEGY, 0, 1),
    ),
    "a directive that is its own leg": (
        lambda: [("d", PART_OF, "d"), ("m", ADDRESSES, "d")],
        (),
        (Rung.MEASURE, 1, 1),
    ),
    "two directives, each a leg of the other": (
        lambda: [("d", PART_OF, "d1"), ("d1", PART_OF, "d"), ("m", ADDRESSES, "d1")],
        (),
        (Rung.NONE, 0, 1),
    ),
    "a circle of legs with a leg of its own": (
        lambda: [
            ("d", PART_OF, "d1"),
            ("d1", PART_OF, "d"),
            ("d2", PART_OF, "d"),
            ("m", ADDRESSES, "d2"),
        ],
        (),
        (Rung.MEASURE, 1, 1),
    ),
    "two directives that address each other": (
        lambda: [("d", ADDRESSES, "d1"), ("d1", ADDRESSES, "d"), ("m", ADDRESSES, "d1")],
        (),
        (Rung.MEASURE, 1, 1),
    ),
    "a ring of two": (lambda: ring(2), (), (Rung.MEASURE, 2, 1)),
    "a ring of a thousand": (lambda: ring(1000), (), (Rung.MEASURE, 1000, 1)),
    "two rings that share a measure": (
        lambda: [*ring(3), ("m0", IMPLEMENTS, "m7"), ("m7", IMPLEMENTS, "m0")],
        (),
        (Rung.MEASURE, 4, 1),
    ),
    "two rings apart": (
        lambda: [*ring(3), ("m7", IMPLEMENTS, "m8"), ("m8", IMPLEMENTS, "m7")],
        (),
        (Rung.MEASURE, 3, 2),
    ),
    "outcomes that are part of each other": (
        lambda: [
            ("o1", PART_OF, "o2"),
            ("o2", PART_OF, "o1"),
            ("o1", RESULT_OF, "m"),
            ("m", ADDRESSES, "d"),
        ],
        (),
        (Rung.OUTCOME, 1, 1),
    ),
    "two sets that are members of each other": (
        lambda: [("t", PART_OF, "t1"), ("t1", PART_OF, "t"), ("t", ADDRESSES, "d")],
        ("t", "t1"),
        (Rung.STRATEGY, 0, 1),
    ),
    "a chain of a hundred thousand": (lambda: chain(100_000), (), (Rung.MEASURE, 100_000, 0)),
    "a star of a hundred thousand": (lambda: star(100_000), (), (Rung.MEASURE, 100_000, 0)),
    "thirty diamonds in a row": (lambda: diamonds(30), (), (Rung.MEASURE, 91, 0)),
    "a thousand diamonds in a row": (lambda: diamonds(1000), (), (Rung.MEASURE, 3001, 0)),
    "a thousand parallel links": (
        lambda: [("m", ADDRESSES, "d")] * 1000,
        (),
        (Rung.MEASURE, 1, 0),
    ),
    "everything tied to everything": (
        lambda: [
            *((f"m{i}", IMPLEMENTS, f"m{j}") for i in range(60) for j in range(60) if i != j),
            ("m0", ADDRESSES, "d"),
        ],
        (),
        (Rung.MEASURE, 60, 1),
    ),
    "a chain of ten thousand parts": (
        lambda: [
            *((f"m{i}", PART_OF, f"m{i + 1}") for i in range(10_000)),
            ("m10000", ADDRESSES, "d"),
        ],
        (),
        (Rung.MEASURE, 10_001, 0),
    ),
    "legs three hundred deep": (
        lambda: [
            *((f"d{i}", PART_OF, f"d{i + 1}") for i in range(300)),
            ("d300", PART_OF, "d"),
            ("m", ADDRESSES, "d0"),
        ],
        (),
        (Rung.MEASURE, 1, 0),
    ),
    "a thousand legs, one of them open": (
        lambda: [
            *((f"d{i}", PART_OF, "d") for i in range(1000)),
            *((f"m{i}", ADDRESSES, f"d{i}") for i in range(999)),
        ],
        (),
        (Rung.NONE, 999, 0),
    ),
    "a set of ten thousand": (
        lambda: [
            *((f"t{i}", PART_OF, "tset") for i in range(10_000)),
            ("tset", ADDRESSES, "d"),
            ("m", IMPLEMENTS, "t7"),
        ],
        ("tset",),
        (Rung.STRATEGY, 0, 0),
    ),
}


def test_there_are_twenty_five_shapes() -> None:
    assert len(SHAPES) == 25


@pytest.mark.timeout(60)
@pytest.mark.parametrize("name", SHAPES)
def test_an_awkward_shape_is_read_right_and_its_cycles_are_named(name: str) -> None:
    edges, sets, (level, measures, cycles) = SHAPES[name]
    coverage, gaps, named = read(drawn(edges(), sets=sets, alone=["d"]))
    assert stated(coverage, "d") == (level, measures)
    assert len(named) == cycles
    assert (("KG101", "d") in gaps) == any(
        not coverage.row("d").at[basis].with_measure for basis in BASES
    )
    assert all(coverage.row("d").at[basis].level is level for basis in BASES[:3])
