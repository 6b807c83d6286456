"""How far two curators of one source agree: nodes, links, and the basis of each link."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from kg.errors import UsageError
from kg.model import BASES, Dataset, Kind, Link, Mention, Node, Role

# Ordinal levels of a link, weakest first; no link is the lowest, so that a miss counts.
NO_LINK = 0

LinkKey = tuple[str, str, str]


@dataclass(frozen=True, slots=True)
class Score:
    """Matches between two lists. `precision` and `recall` take the first list as reference."""

    matched: int
    first: int
    second: int

    @property
    def precision(self) -> float | None:
        """Share of the second list that is matched; `None` where it is empty."""
        return self.matched / self.second if self.second else None

    @property
    def recall(self) -> float | None:
        """Share of the first list that is matched; `None` where it is empty."""
        return self.matched / self.first if self.first else None

    @property
    def f1(self) -> float | None:
        """Harmonic mean of both; `None` where both lists are empty."""
        both = self.first + self.second
        return 2 * self.matched / both if both else None


@dataclass(frozen=True, slots=True)
class Agreement:
    """The agreement of two curations of one source.

    `nodes` maps a least Jaccard overlap to its score; links are compared over the nodes
    matched at the smallest of them. `alpha` is Krippendorff's, ordinal, over `units` links
    that at least one curator made.
    """

    nodes: tuple[tuple[float, Score], ...]
    links: Score
    alpha: float | None
    units: int


def find_agreement(
    first: Dataset,
    second: Dataset,
    *,
    overlaps: Sequence[float] = (0.5, 0.9),
    link_overlap: float | None = None,
) -> Agreement:
    """Compare two curations before anybody adjusts anything.

    Nodes of one kind match one to one, by the best overlap of a `whole` mention of each
    (maximum weight matching). A link of the one matches that of the other with the same
    relation between matched ends. A link that only one of them made stands against
    *no link*.

    Parameters
    ----------
    first, second
        The two curations; only ids, kinds, mentions, links and bases are read.
    overlaps
        The least Jaccard overlaps to score nodes at, ascending; 0 means any overlap.
    link_overlap
        The one of them over whose matches links are compared; the smallest by default.

    References
    ----------
    K. Krippendorff, Content Analysis, 4th ed. (2018), ch. 12; computed by the library
    `krippendorff`.
    """
    matches = {least: match_nodes(first.nodes, second.nodes, least) for least in overlaps}
    at = min(overlaps) if link_overlap is None else link_overlap
    names = {theirs: ours for ours, theirs in matches[at].items()}
    mine = link_levels(first.links)
    other = link_levels(second.links, names)
    keys = sorted(mine.keys() | other.keys())
    levels = [[found.get(key, NO_LINK) for key in keys] for found in (mine, other)]
    return Agreement(
        nodes=tuple(
            (least, Score(len(found), len(first.nodes), len(second.nodes)))
            for least, found in sorted(matches.items())
        ),
        links=Score(len(mine.keys() & other.keys()), len(mine), len(other)),
        alpha=ordinal_alpha(levels),
        units=len(keys),
    )


def match_nodes(first: Iterable[Node], second: Iterable[Node], least: float) -> dict[str, str]:
    """Match the nodes of two curations one to one; ids of the first → ids of the second."""
    import networkx as nx

    candidates: nx.Graph[tuple[int, str]] = nx.Graph()
    theirs: dict[Kind, list[Node]] = {}
    for other in sorted(second, key=lambda node: node.id):
        theirs.setdefault(other.kind, []).append(other)
    for node in sorted(first, key=lambda node: node.id):
        for other in theirs.get(node.kind, ()):
            overlap = node_overlap(node, other)
            if overlap >= least and overlap > 0:
                candidates.add_edge((0, node.id), (1, other.id), weight=overlap)
    pairs = (sorted(pair) for pair in nx.max_weight_matching(candidates))
    return {one[1]: other[1] for one, other in sorted(pairs)}


def node_overlap(one: Node, other: Node) -> float:
    """Jaccard overlap, in code points, of the best pair of `whole` mentions; 0 across kinds."""
    return span_overlap(one, other) if one.kind is other.kind else 0.0


def span_overlap(one: Node, other: Node) -> float:
    """The same, whatever their kinds."""
    return max(
        (_jaccard(a, b) for a in _wholes(one) for b in _wholes(other) if a.source == b.source),
        default=0.0,
    )


def ordinal_alpha(levels: Sequence[Sequence[int]]) -> float | None:
    """Krippendorff's ordinal alpha of levels, one row a curator, one column a link.

    Returns
    -------
    float or None
        `None` where there is nothing to tell apart: no unit, or one level only.

    Raises
    ------
    UsageError
        Where the library is not installed.
    """
    if len({level for row in levels for level in row}) < 2:
        return None
    try:
        import krippendorff
    except ModuleNotFoundError as error:
        raise UsageError("krippendorff-missing", where="kg agree") from error

    return float(
        krippendorff.alpha(
            reliability_data=[list(row) for row in levels], level_of_measurement="ordinal"
        )
    )


def _wholes(node: Node) -> list[Mention]:
    return [mention for mention in node.mentions if mention.role is Role.WHOLE]


def _jaccard(one: Mention, other: Mention) -> float:
    shared = min(one.end, other.end) - max(one.start, other.start)
    if shared <= 0:
        return 0.0
    return shared / (max(one.end, other.end) - min(one.start, other.start))


def link_levels(
    links: Iterable[Link], names: Mapping[str, str] | None = None
) -> dict[LinkKey, int]:
    """The level of each link, 1 (interpreted) to 4 (stated), by its ends and relation.

    Parameters
    ----------
    links
        One curator's; those without a basis are left out, of two like ones the stronger stays.
    names
        The ids of this curator's nodes → those of the first curator; an end that has none
        keeps a name that cannot be one of theirs. `None`: these are the first curator's.
    """
    levels: dict[LinkKey, int] = {}
    for link in links:
        if link.basis is None:
            continue
        ends = (link.source, link.target)
        if names is not None:
            ends = (names.get(ends[0], f"?{ends[0]}"), names.get(ends[1], f"?{ends[1]}"))
        key = (ends[0], link.relation.value, ends[1])
        levels[key] = max(levels.get(key, NO_LINK), len(BASES) - link.basis.weakness)
    return levels
