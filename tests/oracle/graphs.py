"""Random graph documents of at most eight nodes, dense in what §2 has rules for, and a shrinker."""

from __future__ import annotations

import copy
from collections.abc import Callable, Sequence
from random import Random
from typing import Final, TypeVar

from .chains import Json

T = TypeVar("T")

MOST_NODES: Final = 8
MOST_LINKS: Final = 16

# Names whose order by code point differs from their order by number or by letter alone.
NODE_IDS: Final = ("B1", "Z", "a1", "a10", "a2", "b", "c-1", "c.1", "c0", "d10", "d9", "n_1")
LEVELS: Final = ("central", "province", "city", "county")
ISSUERS: Final = ("congress", "province", "congress", "not-stated", None)
DIRECTIVE_DATES: Final = (
    *("2021-09", "2021", "2020-12-31", "2021-01-01", "2020-06/2021-03", "2022"),
    *("not-stated", None),
)
PERIODS: Final = (
    *("2020", "2021-08", "2021", "2019-01/2020-12", "2020-11/2021-01", "2021-09-01", "2020-02"),
    *("not-stated", None),
)
DUE_DATES: Final = ("2020", "2021-06", "2021-06-15", "2021-01/2021-05", "2022", "not-stated", None)

# From each kind: relation, kind of the target, how often beside the others (§2.2).
CARRYING_LINKS: Final[dict[str, tuple[tuple[str, str, int], ...]]] = {
    "strategy": (("addresses", "directive", 6), ("partOf", "strategy", 4)),
    "battle": (
        ("addresses", "directive", 3),
        ("implements", "strategy", 3),
        ("implements", "battle", 1),
        ("partOf", "battle", 4),
    ),
    "measure": (
        ("addresses", "directive", 4),
        ("implements", "strategy", 3),
        ("implements", "battle", 3),
        ("implements", "measure", 1),
        ("partOf", "measure", 4),
    ),
    "outcome": (
        ("resultOf", "measure", 5),
        ("resultOf", "battle", 2),
        ("resultOf", "strategy", 2),
        ("partOf", "outcome", 3),
    ),
}
# A set of the kind with a member, or a directive with two legs: what kinds must be there.
SCENES: Final = (None, None, None, "directive", "strategy", "battle", "measure", "outcome")
KINDS_OF_SCENE: Final = {
    None: ("directive",),
    "directive": ("directive", "directive", "directive", "measure", "measure"),
    "strategy": ("directive", "strategy", "strategy", "measure"),
    "battle": ("directive", "battle", "battle", "measure"),
    "measure": ("directive", "measure", "measure", "outcome"),
    "outcome": ("directive", "outcome", "outcome", "measure"),
}
CONTEXT_LINKS: Final = (
    ("performedBy", "measure"),
    ("awardedBy", "outcome"),
    ("issuedBy", "directive"),
)


def random_graph(rng: Random) -> Json:
    """Build a document in the least of the `kg-graph/1` shape; same generator, same document.

    Every link is one that §2.2 allows, and a directive addresses only one of a higher level. Fields
    that have a default are left out now and then. The order of rows says nothing.
    """
    scene = rng.choice(SCENES)
    nodes = _draw_nodes(rng, scene)
    planted = _draw_scene(rng, nodes, scene)
    drafts = _draw_legs(rng, nodes) + _draw_answers(rng, nodes, planted)
    drafts += _draw_way_back(rng, nodes, drafts)
    rng.shuffle(drafts)
    drafts = planted + drafts[:MOST_LINKS]
    drafts += [dict(draft) for draft in drafts if rng.random() < 0.12]
    drafts += _draw_context(rng, nodes)
    links = [_dress_link(rng, draft) for draft in drafts]
    for name, link in zip(rng.sample(range(2, 99), len(links)), links, strict=True):
        link["id"] = f"l{name}"
    _mark_sets(rng, nodes, links)
    rng.shuffle(nodes)
    return {
        "schema": "kg-graph/1",
        "dataset": rng.choice(({"focus_issuer": "congress"}, {"focus_issuer": "congress"}, {})),
        "nodes": nodes,
        "links": links,
    }


KIND_BY_LETTER: Final = {
    **dict.fromkeys("ABCDd", "directive"),
    **dict.fromkeys("st", "strategy"),
    "b": "battle",
    **dict.fromkeys("mn", "measure"),
    "o": "outcome",
}


def graph_of(text: str, **fields: Json) -> Json:
    """Read a graph that fits in the head: one link a line, ids `l1`, `l2`, … in that order.

    A line is `source relation target basis`, then `general` or a status of the link where it has
    one. The first letter of an id tells the kind of a node; `fields` adds what a node has besides,
    and nodes without links.

    >>> graph_of("m addresses d stated general")["links"]
    [{'id': 'l1', 'source': 'm', 'relation': 'addresses', 'target': 'd', 'basis': 'stated', \
'scope': 'general'}]
    """
    links = []
    for number, line in enumerate(text.strip().splitlines(), start=1):
        source, relation, target, basis, *more = line.split()
        link = {"id": f"l{number}", "source": source, "relation": relation}
        link |= {"target": target, "basis": basis}
        for word in more:
            link["scope" if word == "general" else "status"] = word
        links.append(link)
    names = {name for link in links for name in (link["source"], link["target"])} | set(fields)
    nodes = [
        {"id": name, "kind": KIND_BY_LETTER.get(name[0]), **fields.get(name, {})}
        for name in sorted(names)
    ]
    return {"schema": "kg-graph/1", "dataset": {}, "nodes": nodes, "links": links}


def smallest_graph(graph: Json, fails: Callable[[Json], bool]) -> Json:
    """Drop nodes, links and fields of a failing graph for as long as it still fails."""
    shrunk = True
    while shrunk:
        shrunk = False
        for smaller in _smaller_graphs(graph):
            if fails(smaller):
                graph, shrunk = smaller, True
                break
    return graph


def _smaller_graphs(graph: Json) -> list[Json]:
    found = []
    for node in graph["nodes"]:
        smaller = copy.deepcopy(graph)
        smaller["nodes"] = [each for each in smaller["nodes"] if each["id"] != node["id"]]
        smaller["links"] = [
            each for each in smaller["links"] if node["id"] not in (each["source"], each["target"])
        ]
        found.append(smaller)
    for place in range(len(graph["links"])):
        smaller = copy.deepcopy(graph)
        del smaller["links"][place]
        found.append(smaller)
    needed = {"id", "kind", "source", "relation", "target", "basis"}
    for rows in ("nodes", "links"):
        for place, row in enumerate(graph[rows]):
            for field in sorted(set(row) - needed):
                smaller = copy.deepcopy(graph)
                del smaller[rows][place][field]
                found.append(smaller)
    return found


# --- nodes ---------------------------------------------------------------------------------------


def _draw_nodes(rng: Random, scene: str | None) -> list[Json]:
    weights = {
        "directive": 4,
        "strategy": 4,
        "battle": 3,
        "measure": 7,
        "outcome": 5,
        "organisation": 1,
    }
    size = max(_weighted(rng, {4: 1, 6: 1, 7: 2, MOST_NODES: 6}), len(KINDS_OF_SCENE[scene]))
    kinds = list(KINDS_OF_SCENE[scene])
    kinds += [_weighted(rng, weights) for _ in range(size - len(kinds))]
    names = rng.sample(NODE_IDS, len(kinds))
    organisations = [
        name for name, kind in zip(names, kinds, strict=True) if kind == "organisation"
    ]
    return [
        {"id": name, "kind": kind, **_draw_fields(rng, kind, organisations)}
        for name, kind in zip(names, kinds, strict=True)
    ]


def _draw_fields(rng: Random, kind: str, actors: list[str]) -> Json:
    if kind == "directive":
        return _present(
            rng,
            issuer=rng.choice(ISSUERS),
            issuer_level=rng.choice(LEVELS),
            date=rng.choice(DIRECTIVE_DATES),
        )
    if kind == "measure":
        return _present(
            rng,
            status=_weighted(rng, {"done": 2, "ongoing": 2, "planned": 3, "undetermined": 1}),
            concreteness=_weighted(rng, {"checkable": 4, "generic": 2, "slogan": 2}),
            lead=rng.choice((None, "not-stated", *actors)),
            responsible=rng.choice((None, "not-stated", *actors)),
            due=rng.choice(DUE_DATES),
        )
    if kind == "outcome":
        is_award = rng.random() < 0.25
        return _present(
            rng,
            outcome_type="award" if is_award else rng.choice(("change", "count", "qualitative")),
            value=rng.choice((94, 0, 3.5, 12, "not-stated", None)),
            unit=rng.choice(("percent", "percent", "percent", "not-stated", None)),
            period=rng.choice(PERIODS),
            baseline=rng.choice(("90", "not-stated", None)),
            denominator=rng.choice(("households", "not-stated", None)),
            year=rng.choice(("2019", None)) if is_award else None,
            issuer=rng.choice(("congress", "not-stated", None)),
        )
    return {}


def _present(rng: Random, **fields: object) -> Json:
    """The fields, one in ten left out, as in a document somebody wrote by hand."""
    return {field: value for field, value in fields.items() if rng.random() < 0.9}


def _mark_sets(rng: Random, nodes: list[Json], links: list[Json]) -> None:
    wholes = {
        link["target"]
        for link in links
        if link["relation"] == "partOf" and link["source"] != link["target"]
    }
    for node in nodes:
        may_be = node["kind"] == "directive" or node["kind"] in CARRYING_LINKS
        if may_be and rng.random() < (0.75 if node["id"] in wholes else 0.06):
            node["set"] = True
            node["announced"] = rng.choice((1, 2, 3, 4, "not-stated", None))


# --- links ---------------------------------------------------------------------------------------


def _draw_scene(rng: Random, nodes: list[Json], scene: str | None) -> list[Json]:
    """The links of a scene, mostly sound: much of §2 shows only where all else is strong."""
    if scene is None:
        return []
    drafts = _draw_answered_legs(nodes) if scene == "directive" else _draw_set(rng, nodes, scene)
    sound = {"scope": "specific", "status": "current"}
    return [
        {**draft, **sound, "basis": rng.choice(("stated", "stated", "echoed", "positional"))}
        if rng.random() < 0.7
        else draft
        for draft in drafts
    ]


def _draw_answered_legs(nodes: list[Json]) -> list[Json]:
    whole, *legs = _of_kind(nodes, "directive")[:3]
    measures = _of_kind(nodes, "measure")[:2]
    drafts = [_draft(leg, "partOf", whole) for leg in legs]
    return drafts + [
        _draft(measure, "addresses", leg) for measure, leg in zip(measures, legs, strict=True)
    ]


def _draw_set(rng: Random, nodes: list[Json], kind: str) -> list[Json]:
    """A set that leads to a directive, a member of it, and what stands behind the member."""
    whole, member = _of_kind(nodes, kind)[:2]
    directive = rng.choice(_of_kind(nodes, "directive"))
    drafts = [_draft(member, "partOf", whole)]
    if kind == "outcome":
        measure = _of_kind(nodes, "measure")[0]
        return [
            *drafts,
            _draft(whole, "resultOf", measure),
            _draft(measure, "addresses", directive),
        ]
    behind = _of_kind(nodes, KINDS_OF_SCENE[kind][-1])[0]
    relation = "resultOf" if behind["kind"] == "outcome" else "implements"
    return [*drafts, _draft(whole, "addresses", directive), _draft(behind, relation, member)]


def _draw_legs(rng: Random, nodes: list[Json]) -> list[Json]:
    """Legs, mostly of an earlier directive, and directives that address a higher one."""
    directives = _of_kind(nodes, "directive")
    drafts = [
        _draft(low, "partOf", high)
        for place, low in enumerate(directives)
        for high in directives[:place]
        if rng.random() < 0.4
    ]
    drafts += [
        _draft(low, "addresses", high)
        for low in directives
        for high in directives
        if _may_address(low, high) and rng.random() < 0.5
    ]
    if rng.random() < 0.15:
        drafts.append(_draft(rng.choice(directives), "partOf", rng.choice(directives)))
    return drafts


def _may_address(low: Json, high: Json) -> bool:
    levels = low.get("issuer_level"), high.get("issuer_level")
    return None not in levels and LEVELS.index(levels[1]) < LEVELS.index(levels[0])


def _draw_answers(rng: Random, nodes: list[Json], planted: list[Json]) -> list[Json]:
    """One to three carrying links from each strategy, battle, measure and outcome.

    What has a part in a scene mostly has no other way up.
    """
    settled = {draft["source"] for draft in planted if rng.random() < 0.9}
    drafts = []
    for node in nodes:
        choices: dict[tuple[str, str], int] = {}
        for relation, kind, weight in CARRYING_LINKS.get(node["kind"], ()):
            for target in _of_kind(nodes, kind):
                if target is not node or rng.random() < 0.2:
                    choices[relation, target["id"]] = weight
        wanted = 0 if node["id"] in settled else _weighted(rng, {0: 1, 1: 5, 2: 6, 3: 2})
        for _ in range(min(wanted, len(choices))):
            relation, target_id = _weighted(rng, choices)
            del choices[relation, target_id]
            drafts.append({"source": node["id"], "relation": relation, "target": target_id})
    return drafts


def _draw_way_back(rng: Random, nodes: list[Json], drafts: list[Json]) -> list[Json]:
    """Now and then a link that closes a cycle with a link between two of the same kind."""
    kinds = {node["id"]: node["kind"] for node in nodes}
    turnable = [draft for draft in drafts if kinds[draft["source"]] == kinds[draft["target"]]]
    turnable = [draft for draft in turnable if draft["relation"] != "addresses"]
    if not turnable or rng.random() < 0.5:
        return []
    draft = rng.choice(turnable)
    relation = rng.choice(("partOf", draft["relation"]))
    return [{"source": draft["target"], "relation": relation, "target": draft["source"]}]


def _draw_context(rng: Random, nodes: list[Json]) -> list[Json]:
    drafts = []
    if rng.random() < 0.4:
        drafts.append(_draft(rng.choice(nodes), "echoes", rng.choice(nodes)))
    for organisation in _of_kind(nodes, "organisation"):
        for relation, kind in CONTEXT_LINKS:
            drafts += [
                _draft(node, relation, organisation)
                for node in _of_kind(nodes, kind)
                if rng.random() < 0.5
            ]
    return drafts


def _dress_link(rng: Random, draft: Json) -> Json:
    """Give a link what it has not: basis, scope, status; defaults are left out now and then."""
    drawn = {
        "basis": _weighted(rng, {"stated": 6, "echoed": 3, "positional": 3, "interpreted": 4}),
        "scope": _weighted(rng, {"specific": 4, "general": 1}),
        "status": _weighted(rng, {"current": 14, "disputed": 2, "withdrawn": 2, "superseded": 1}),
    }
    link = {"id": "", **drawn, **draft}
    for field, default in (("scope", "specific"), ("status", "current")):
        if link[field] == default and rng.random() < 0.5:
            del link[field]
    return link


def _draft(source: Json, relation: str, target: Json) -> Json:
    return {"source": source["id"], "relation": relation, "target": target["id"]}


def _of_kind(nodes: Sequence[Json], kind: str) -> list[Json]:
    return [node for node in nodes if node["kind"] == kind]


def _weighted(rng: Random, weights: dict[T, int]) -> T:
    return rng.choices(list(weights), weights=list(weights.values()))[0]
