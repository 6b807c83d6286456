"""The page's document made small: what repeats stands once, what goes without saying is left out.

`static/unpack.mjs` undoes all of this, so that no other part of the page knows of it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Final

from kg.page.rows import FIGURE_FIELDS, Pool

# What stands at the end of a figure where nothing else is said.
_USUAL_FIGURE: Final = [
    False if name in ("computed", "presupposed") else None for name in FIGURE_FIELDS
]
_NODE_HEAD: Final = ("id", "kind", "zh", "en")
_LINK_MODE: Final = ("curator", "general")
_ROW_FIELDS: Final = (
    *("id", "levels", "with_measure", "counts", "items", "chains", "open_legs"),
    *("legs", "parent"),
)


def to_compact(document: Mapping[str, Any], drawing: Mapping[str, Any]) -> dict[str, Any]:
    """The document of `build_data` and the drawing of `to_drawing`, as small as is simple.

    Parameters
    ----------
    document
        A document of schema ``kg-page/1``.
    drawing
        What is drawn of it; nodes and links that the document does not have are left out.

    Returns
    -------
    dict
        The same facts; the page unpacks them into what both arguments were.
    """
    pools = {name: Pool() for name in ("voices", "measures", "modes")}
    initials = _initials_of(document["nodes"])
    number = {node["id"]: at for at, node in enumerate(document["nodes"])}
    return {
        **document,
        "words": _pair_words(document["words"]),
        "initials": _by_value(initials),
        "nodes": [_node(node, pools, initials) for node in document["nodes"]],
        "links": [_link(row, pools) for row in document["links"]],
        "findings": _group_findings(document["findings"]),
        "coverage": {
            **document["coverage"],
            "fields": _ROW_FIELDS,
            "rows": [_coverage_row(row, number) for row in document["coverage"]["rows"]],
        },
        "drawing": _drawing(drawing, number, document["links"]),
        "usual_figure": _USUAL_FIGURE,
        **{name: pool.rows() for name, pool in pools.items()},
    }


def _pair_words(words: Mapping[str, Mapping[str, str]]) -> dict[str, list[str]]:
    languages = list(words.values())
    return {key: [each[key] for each in languages] for key in languages[0]}


def _initials_of(nodes: Iterable[Mapping[str, Any]]) -> dict[str, str]:
    """For each Chinese character of the names, the initial that it has most often there."""
    seen: dict[str, Counter[str]] = {}
    for node in nodes:
        zh, pinyin = node.get("zh", ""), node.get("pinyin", "")
        if len(zh) == len(pinyin):
            for char, initial in zip(zh, pinyin, strict=True):
                if char != initial and not char.isascii():
                    seen.setdefault(char, Counter())[initial] += 1
    return {char: min(found, key=lambda one: (-found[one], one)) for char, found in seen.items()}


def _by_value(initials: Mapping[str, str]) -> dict[str, str]:
    """Initial → the characters that have it."""
    found: dict[str, list[str]] = {}
    for char, initial in sorted(initials.items()):
        found.setdefault(initial, []).append(char)
    return {initial: "".join(chars) for initial, chars in sorted(found.items())}


def _node(
    node: Mapping[str, Any], pools: Mapping[str, Pool], initials: Mapping[str, str]
) -> list[Any]:
    """``[id, kind, zh, en, mentions]``, and whatever else there is by name."""
    facts = {name: value for name, value in node.items() if name not in (*_NODE_HEAD, "mentions")}
    guessed = "".join(_initial(char, initials) for char in node.get("zh", ""))
    if facts.get("pinyin", "") == guessed:
        facts.pop("pinyin", None)
    elif "pinyin" not in facts:
        facts["pinyin"] = ""
    if "measure" in facts:
        *plain, group = facts["measure"]
        known = pools["measures"].number(tuple(plain))
        facts["measure"] = known if group is None else [known, group]
    if "figure" in facts:
        facts["figure"] = _without_usual(facts["figure"], _USUAL_FIGURE)
    head = [node["id"], node["kind"], node.get("zh", ""), node.get("en", "")]
    row = [*head, _mentions(node["mentions"], pools["voices"])]
    return [*row, facts] if facts else row


def _initial(char: str, initials: Mapping[str, str]) -> str:
    return char.lower() if char.isascii() else initials.get(char, char)


def _without_usual(row: Sequence[Any], usual: Sequence[Any]) -> list[Any]:
    end = len(row)
    while end and row[end - 1] is usual[end - 1]:
        end -= 1
    return list(row[:end])


def _mentions(rows: Iterable[Sequence[Any]], voices: Pool) -> list[Any]:
    """Each as the number of its span, or with how it is meant (and a note), where that is rare."""
    found: list[Any] = []
    for span, role, stance, status, *note in rows:
        meant = voices.number((role, stance, status))
        found.append([span, meant, *note] if meant or note else span)
    return found


def _link(row: Sequence[Any], pools: Mapping[str, Pool]) -> list[Any]:
    """``[id, source, target, mode, mentions, facts]``; the end is left out where it is empty."""
    item, source, target, relation, basis, *rest = row
    facts = dict(rest[0]) if rest else {}
    mode = pools["modes"].number((relation, basis, *(facts.pop(name, None) for name in _LINK_MODE)))
    mentions = _mentions(facts.pop("mentions", ()), pools["voices"])
    whole = [item, source, target, mode, mentions, facts]
    while not whole[-1] and isinstance(whole[-1], (list, dict)):
        whole.pop()
    return whole


def _group_findings(findings: Sequence[Sequence[Any]]) -> list[list[Any]]:
    """``[code, severity, open, sentences, nodes]``: those that say the same stand together."""
    groups: dict[tuple[Any, ...], list[int]] = {}
    for code, node, severity, open_, said in findings:
        key = (code, severity, None if open_ is None else tuple(open_), tuple(said))
        groups.setdefault(key, []).append(node)
    return [[*key, nodes] for key, nodes in groups.items()]


def _coverage_row(row: Mapping[str, Any], number: Mapping[str, int]) -> list[Any]:
    """By `_ROW_FIELDS`; flags as 0 and 1, ids as numbers, a chain that stays the same as 0."""
    chains: list[Any] = []
    for at, chain in enumerate(row["chains"]):
        same = at > 0 and chain is not None and chain == row["chains"][at - 1]
        chains.append(0 if same else chain and [number[item] for item in chain])
    counts = [0 if at and row["counts"][at - 1] == each else each
              for at, each in enumerate(row["counts"])]  # fmt: skip
    small = {
        **row,
        "id": number[row["id"]],
        "parent": None if row["parent"] is None else number[row["parent"]],
        "legs": [number[leg] for leg in row["legs"]],
        "with_measure": [int(flag) for flag in row["with_measure"]],
        "counts": counts,
        "chains": chains,
    }
    return [small[name] for name in _ROW_FIELDS]


def _drawing(
    drawing: Mapping[str, Any], number: Mapping[str, int], links: Sequence[Sequence[Any]]
) -> dict[str, Any]:
    """Nodes by style as number, x, y, number, x, y …; edges by style as numbers of links."""
    ids = [row[0] for row in drawing["nodes"]]
    link_number = {row[0]: at for at, row in enumerate(links)}
    nodes: list[list[int]] = [[] for _ in drawing["node_styles"]]
    for item, style, x, y in drawing["nodes"]:
        if item in number:
            nodes[style] += [number[item], x, y]
    edges: list[list[Any]] = [[] for _ in drawing["edge_styles"]]
    for item, style, start, end in drawing["edges"]:
        if item in link_number and ids[start] in number and ids[end] in number:
            at = link_number[item]
            ends = [number[ids[start]], number[ids[end]]]
            edges[style].append(at if ends == list(links[at][1:3]) else [at, *ends])
    return {**drawing, "nodes": nodes, "edges": edges}
