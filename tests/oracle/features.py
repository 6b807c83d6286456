"""What a graph would be without one feature of §2, to see in how many graphs the feature matters.

Each function returns a new document in which one feature is neutralised, or `None` where the graph
does not have it. A feature *changes the result* where the totals, levels, counts, legs or chains
of coverage differ with and without it; the lists `prior` and `undated` alone are no difference.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Final, TypeAlias

from .chains import BASES, CARRYING, LIVE, Json, Link, read_world
from .reading import coverage
from .standing import RUNGS, find_standings, item_rung

CARRIERS: Final = ("strategy", "battle", "measure", "outcome")

Neutralise: TypeAlias = Callable[[Json], Json | None]


def changes_result(graph: Json, result: Json, neutralise: Neutralise) -> bool:
    """Whether the graph has the feature and its coverage, `result`, would be another without it."""
    other = neutralise(graph)
    return other is not None and _outline(coverage(other)) != _outline(result)


def _outline(result: Json) -> Json:
    """Coverage without the two lists that name outcomes for their dates."""
    rows = [
        {field: value for field, value in row.items() if field not in ("prior", "undated")}
        for row in result["directives"]
    ]
    return {**result, "directives": rows}


# --- ways to neutralise --------------------------------------------------------------------------


def without_rung(rung: str) -> Neutralise:
    """Take away what is worth the rung; it must be the level of some directive at some basis.

    For `none`, every directive that nothing answers gets a strategy of its own instead.
    """

    def neutralise(graph: Json) -> Json | None:
        world = read_world(graph)
        standings = find_standings(world, include_prior=False)
        reached = [
            directive
            for directive, own in standings.items()
            if any(RUNGS[standing.level] == rung for standing in own)
        ]
        if not reached:
            return None
        if rung == "none":
            return _with_strategies(graph, reached)
        return _without_nodes(
            graph,
            {
                name
                for name in world.of_kind("strategy", "battle", "measure", "outcome")
                if RUNGS[item_rung(world, name)] == rung
            },
        )

    return neutralise


def without_basis(basis: str) -> Neutralise:
    """Drop every link of the basis."""
    return lambda graph: _without_links(graph, lambda link: link["basis"] == basis)


def without_general(graph: Json) -> Json | None:
    """Make every general link specific."""
    return _with_fields(graph, "links", {"scope": "specific"}, where={"scope": "general"})


def without_sets(graph: Json) -> Json | None:
    """Let no node be a set."""
    return _with_fields(graph, "nodes", {"set": False}, where={"set": True})


def without_sets_of(kind: str) -> Neutralise:
    """Let no node of the kind be a set."""
    return lambda graph: _with_fields(
        graph, "nodes", {"set": False}, where={"set": True, "kind": kind}
    )


def without_legs(graph: Json) -> Json | None:
    """Drop `partOf` between directives."""
    directives = {node["id"] for node in graph["nodes"] if node["kind"] == "directive"}
    return _without_links(
        graph, lambda link: link["relation"] == "partOf" and link["source"] in directives
    )


def without_one_link_of_a_cycle(graph: Json) -> Json | None:
    """Drop the first live carrying link that lies on a cycle of such links, and its parallels."""
    live = [
        link
        for link in sorted(graph["links"], key=lambda link: str(link["id"]))
        if link["relation"] in CARRYING and link.get("status", "current") in LIVE
    ]
    return _without_ends(graph, next((each for each in live if _lies_on_cycle(each, live)), None))


def without_one_link_of_a_leg_circle(graph: Json) -> Json | None:
    """The same for a circle of legs only."""
    kinds = {node["id"]: node["kind"] for node in graph["nodes"]}
    live = [
        link
        for link in sorted(graph["links"], key=lambda link: str(link["id"]))
        if link["relation"] == "partOf"
        and kinds[link["source"]] == "directive"
        and link["source"] != link["target"]
        and link.get("status", "current") in LIVE
    ]
    return _without_ends(graph, next((each for each in live if _lies_on_cycle(each, live)), None))


def without_prior(graph: Json) -> Json | None:
    """Take the period from every outcome that is older than a directive it would raise."""
    prior = {name for row in coverage(graph)["directives"] for name in row["prior"]}
    if not prior:
        return None
    nodes = [{**node, "period": None} if node["id"] in prior else node for node in graph["nodes"]]
    return {**graph, "nodes": nodes}


def without_status(status: str, instead: str) -> Neutralise:
    """Give every link of the status another one."""
    return lambda graph: _with_fields(graph, "links", {"status": instead}, where={"status": status})


def without_slogans(graph: Json) -> Json | None:
    """Make every slogan checkable."""
    return _with_fields(
        graph, "nodes", {"concreteness": "checkable"}, where={"concreteness": "slogan"}
    )


def without_plans(graph: Json) -> Json | None:
    """Let every planned measure be done."""
    return _with_fields(graph, "nodes", {"status": "done"}, where={"status": "planned"})


def without_lower_directives(graph: Json) -> Json | None:
    """Let no directive address another."""
    directives = {node["id"] for node in graph["nodes"] if node["kind"] == "directive"}
    return _without_links(
        graph, lambda link: link["relation"] == "addresses" and link["source"] in directives
    )


def without_parts_of_outcomes(graph: Json) -> Json | None:
    """Drop `partOf` between outcomes."""
    outcomes = {node["id"] for node in graph["nodes"] if node["kind"] == "outcome"}
    return _without_links(
        graph, lambda link: link["relation"] == "partOf" and link["source"] in outcomes
    )


def without_parallel_links(graph: Json) -> Json | None:
    """Keep only the first of the links of one relation between the same two nodes."""
    first: dict[tuple[str, str, str], str] = {}
    for link in graph["links"]:
        first.setdefault((link["source"], link["relation"], link["target"]), link["id"])
    return _without_links(graph, lambda link: link["id"] not in first.values())


def with_echoes_that_count(graph: Json) -> Json | None:
    """Let every `echoes` from an answer to a directive be an `addresses` of basis `echoed`."""
    kinds = {node["id"]: node["kind"] for node in graph["nodes"]}
    changed = {
        link["id"]
        for link in graph["links"]
        if link["relation"] == "echoes"
        and kinds[link["source"]] in ("strategy", "battle", "measure")
        and kinds[link["target"]] == "directive"
    }
    links = [
        {**link, "relation": "addresses", "basis": "echoed"} if link["id"] in changed else link
        for link in graph["links"]
    ]
    return {**graph, "links": links} if changed else None


# --- parts of the above --------------------------------------------------------------------------


def _with_fields(graph: Json, rows: str, fields: Json, *, where: Json) -> Json | None:
    """Set fields of the nodes or links that match; `None` where none does."""

    def is_meant(row: Json) -> bool:
        return all(row.get(field) == value for field, value in where.items())

    if not any(is_meant(row) for row in graph[rows]):
        return None
    return {**graph, rows: [{**row, **fields} if is_meant(row) else row for row in graph[rows]]}


def _without_links(graph: Json, is_dropped: Callable[[Link], bool]) -> Json | None:
    kept = [link for link in graph["links"] if not is_dropped(link)]
    return {**graph, "links": kept} if len(kept) < len(graph["links"]) else None


def _without_ends(graph: Json, gone: Link | None) -> Json | None:
    """Drop the link and all others between its two ends in the same direction."""
    if gone is None:
        return None
    ends = gone["source"], gone["target"]
    return _without_links(graph, lambda link: (link["source"], link["target"]) == ends)


def _without_nodes(graph: Json, gone: set[str]) -> Json:
    return {
        **graph,
        "nodes": [node for node in graph["nodes"] if node["id"] not in gone],
        "links": [link for link in graph["links"] if not gone & {link["source"], link["target"]}],
    }


def _with_strategies(graph: Json, directives: list[str]) -> Json:
    return {
        **graph,
        "nodes": [
            *graph["nodes"],
            *({"id": f"answer-{name}", "kind": "strategy"} for name in directives),
        ],
        "links": [
            *graph["links"],
            *(
                {
                    "id": f"answer-{name}-link",
                    "source": f"answer-{name}",
                    "relation": "addresses",
                    "target": name,
                    "basis": "stated",
                }
                for name in directives
            ),
        ],
    }


def _lies_on_cycle(link: Link, links: list[Link]) -> bool:
    """Whether the links lead from the link's target back to its source."""
    reached = {link["target"]}
    for _ in links:
        reached |= {each["target"] for each in links if each["source"] in reached}
    return link["source"] in reached


FEATURES: Final[Mapping[str, Neutralise]] = MappingProxyType(
    {
        **{f"rung {rung}": without_rung(rung) for rung in RUNGS},
        **{f"basis {basis}": without_basis(basis) for basis in BASES},
        "general link": without_general,
        "set": without_sets,
        **{f"set, {kind}": without_sets_of(kind) for kind in CARRIERS},
        "leg": without_legs,
        "cycle": without_one_link_of_a_cycle,
        "circle of legs": without_one_link_of_a_leg_circle,
        "prior outcome": without_prior,
        "withdrawn link": without_status("withdrawn", "current"),
        "superseded link": without_status("superseded", "current"),
        "disputed link": without_status("disputed", "withdrawn"),
        "slogan": without_slogans,
        "planned measure": without_plans,
        "lower directive": without_lower_directives,
        "outcome of an outcome's measure": without_parts_of_outcomes,
        "parallel links": without_parallel_links,
        "echo": with_echoes_that_count,
    }
)
