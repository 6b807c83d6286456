"""Two curations of one source in full: how reliable each part is, and what to decide on."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from kg.analysis.agree import (
    NO_LINK,
    LinkKey,
    Score,
    link_levels,
    match_nodes,
    ordinal_alpha,
    span_overlap,
)
from kg.analysis.coverage import find_coverage
from kg.graph.build import build_graph
from kg.model import BASES, CARRYING_RELATIONS, Basis, Dataset, Kind, Link, Node, Relation

OVERLAPS: Final = (0.0, 0.5, 0.9)
# Links and levels are compared over the nodes that match at this overlap.
LINK_OVERLAP: Final = 0.5
# Below it data are not reliable, from the other on they are (Krippendorff 2018, ch. 12).
NOT_RELIABLE: Final = 0.667
RELIABLE: Final = 0.8

Interval = tuple[float, float]
Pair = tuple[int, int]


@dataclass(frozen=True, slots=True)
class NodeScore:
    """The nodes that match at a least overlap, and the interval of F1."""

    overlap: float
    score: Score
    f1_interval: Interval | None


@dataclass(frozen=True, slots=True)
class LinkGroup:
    """The links of some relations: the first curator's as reference, *no link* the lowest level.

    `name` is "all", "carrying" or a relation; `units` are the links at least one made.
    `both` of them both made, `same` of these on the same basis; `both_alpha` is of these alone.
    """

    name: str
    score: Score
    units: int
    alpha: float | None
    alpha_interval: Interval | None
    f1_interval: Interval | None
    same: int
    both_alpha: float | None


@dataclass(frozen=True, slots=True)
class LevelAgreement:
    """The levels of the directives that both have, at a basis."""

    basis: Basis
    units: int
    same: int
    alpha: float | None


class Matter(StrEnum):
    """What two curators disagree on."""

    KIND = "kind"
    NODE_FIRST = "node-first"
    NODE_SECOND = "node-second"
    LINK_FIRST = "link-first"
    LINK_SECOND = "link-second"
    BASIS = "basis"
    LEVEL = "level"


@dataclass(frozen=True, slots=True)
class Disagreement:
    """One point to decide on.

    `subject` are ids of the first curator where it has them, `of_second` those of the second;
    `first` and `second` are what each says: a kind, a basis, rungs by basis, or nothing.
    """

    matter: Matter
    subject: tuple[str, ...]
    of_second: tuple[str, ...]
    relation: Relation | None
    first: tuple[str, ...]
    second: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Comparison:
    """The agreement of two curations, with intervals at 95 % from `resamples` and `seed`."""

    nodes: tuple[NodeScore, ...]
    links: tuple[LinkGroup, ...]
    levels: tuple[LevelAgreement, ...]
    disagreements: tuple[Disagreement, ...]
    resamples: int
    seed: int


def compare_curations(
    first: Dataset, second: Dataset, *, resamples: int = 1000, seed: int = 1
) -> Comparison:
    """Compare two curations of one source, before anybody adjusts anything.

    Parameters
    ----------
    first, second
        The two; the first is the reference of precision and recall.
    resamples
        How often the units are drawn anew, with replacement, for an interval.
    seed
        Where drawing begins; the same seed gives the same intervals.

    Notes
    -----
    Intervals are percentiles of the bootstrap over nodes or links. Links hang together by
    their nodes, so they are rather too narrow than too wide.
    """
    matches = {least: match_nodes(first.nodes, second.nodes, least) for least in OVERLAPS}
    ours = matches[LINK_OVERLAP]
    theirs = {other: one for one, other in ours.items()}
    mine, other = link_levels(first.links), link_levels(second.links, theirs)
    pairs = {key: (mine.get(key, NO_LINK), other.get(key, NO_LINK)) for key in mine | other}
    draw = _Bootstrap(resamples, seed)
    return Comparison(
        nodes=tuple(
            _node_score(least, Score(len(found), len(first.nodes), len(second.nodes)), draw)
            for least, found in sorted(matches.items())
        ),
        links=tuple(_groups(pairs, draw)),
        levels=tuple(_levels(first, second, ours)),
        disagreements=tuple(_disagreements(first, second, ours, pairs)),
        resamples=resamples,
        seed=seed,
    )


def pair_alpha(pairs: Mapping[Pair, int]) -> float | None:
    """Krippendorff's ordinal alpha of two curators from how often each pair of levels occurs.

    The same as `ordinal_alpha`, in closed form for two curators who both judged every unit:
    fast enough to be drawn a thousand times.

    Examples
    --------
    >>> round(pair_alpha({(1, 1): 1, (2, 2): 1, (3, 3): 1, (1, 2): 1}), 2)
    0.79
    """
    counts: Counter[int] = Counter()
    for (one, other), times in pairs.items():
        counts[one] += times
        counts[other] += times
    levels = sorted(counts)
    total = counts.total()
    if len(levels) < 2:
        return None

    def distance(low: int, high: int) -> float:
        between = sum(counts[level] for level in levels if low <= level <= high)
        return (between - (counts[low] + counts[high]) / 2) ** 2

    apart = {(a, b): distance(a, b) for a in levels for b in levels if a < b}
    observed = sum(
        2 * times * apart[min(pair), max(pair)]
        for pair, times in pairs.items()
        if pair[0] != pair[1] and times
    )
    expected = sum(2 * counts[a] * counts[b] * far for (a, b), far in apart.items())
    return 1 - (total - 1) * observed / expected


class _Bootstrap:
    """Draws units anew and gives the middle 95 % of what is computed of each draw."""

    def __init__(self, resamples: int, seed: int) -> None:
        self._resamples = resamples
        self._seed = seed

    def intervals(
        self,
        pairs: Mapping[Pair, int],
        statistics: Sequence[Callable[[Mapping[Pair, int]], float | None]],
    ) -> list[Interval | None]:
        """An interval for each statistic; `None` where some draws have no value."""
        units = sum(pairs.values())
        if not units or not self._resamples:
            return [None] * len(statistics)
        source = random.Random(self._seed)
        kinds, weights = list(pairs), list(pairs.values())
        values: list[list[float]] = [[] for _ in statistics]
        for _ in range(self._resamples):
            drawn = Counter(source.choices(kinds, weights, k=units))
            for found, statistic in zip(values, statistics, strict=True):
                value = statistic(drawn)
                if value is not None:
                    found.append(value)
        return [self._middle(found) for found in values]

    def _middle(self, values: list[float]) -> Interval | None:
        if len(values) < self._resamples:
            return None
        values.sort()
        last = len(values) - 1
        return values[round(0.025 * last)], values[round(0.975 * last)]


def _f1(pairs: Mapping[Pair, int]) -> float | None:
    """F1 of two lists whose units are in the one, the other, or both."""
    both = sum(times for (one, other), times in pairs.items() if one and other)
    either = sum(times for pair, times in pairs.items() if any(pair))
    return 2 * both / (both + either) if either else None


def _node_score(overlap: float, score: Score, draw: _Bootstrap) -> NodeScore:
    pairs = {
        (1, 1): score.matched,
        (1, 0): score.first - score.matched,
        (0, 1): score.second - score.matched,
    }
    (interval,) = draw.intervals(pairs, [_f1])
    return NodeScore(overlap, score, interval)


def _groups(pairs: Mapping[LinkKey, Pair], draw: _Bootstrap) -> Iterator[LinkGroup]:
    """All links, those that carry coverage, then relation by relation as far as any has links."""
    yield _group("all", list(pairs.values()), draw)
    carrying = [pair for key, pair in pairs.items() if Relation(key[1]) in CARRYING_RELATIONS]
    yield _group("carrying", carrying, draw)
    for relation in Relation:
        found = [pair for key, pair in pairs.items() if key[1] == relation]
        if found:
            yield _group(str(relation), found, draw)


def _group(name: str, pairs: list[Pair], draw: _Bootstrap) -> LinkGroup:
    both = [pair for pair in pairs if all(pair)]
    score = Score(len(both), sum(bool(one) for one, _ in pairs), sum(bool(two) for _, two in pairs))
    alpha, f1 = draw.intervals(dict(sorted(Counter(pairs).items())), [pair_alpha, _f1])
    return LinkGroup(
        name=name,
        score=score,
        units=len(pairs),
        alpha=ordinal_alpha(list(zip(*pairs, strict=True))),
        alpha_interval=alpha,
        f1_interval=f1,
        same=sum(one == two for one, two in both),
        both_alpha=ordinal_alpha(list(zip(*both, strict=True))),
    )


def _levels_of(dataset: Dataset) -> dict[str, dict[Basis, int]]:
    rows = find_coverage(build_graph(dataset)).directives
    return {row.id: {basis: row.at[basis].level.height for basis in BASES} for row in rows}


def _levels(first: Dataset, second: Dataset, ours: Mapping[str, str]) -> Iterator[LevelAgreement]:
    mine, other = _levels_of(first), _levels_of(second)
    shared = [(mine[one], other[two]) for one, two in ours.items() if one in mine]
    for basis in BASES:
        pairs = [(one[basis], two[basis]) for one, two in shared]
        alpha = ordinal_alpha(list(zip(*pairs, strict=True)))
        yield LevelAgreement(basis, len(pairs), sum(one == two for one, two in pairs), alpha)


def _disagreements(
    first: Dataset, second: Dataset, ours: Mapping[str, str], pairs: Mapping[LinkKey, Pair]
) -> Iterator[Disagreement]:
    yield from _node_disagreements(first, second, ours)
    yield from _link_disagreements(first, second, ours, pairs)
    yield from _level_disagreements(first, second, ours)


def _node_disagreements(
    first: Dataset, second: Dataset, ours: Mapping[str, str]
) -> Iterator[Disagreement]:
    """Nodes that only one has; one of each kind over the same words is one point, of kind."""
    left = [node for node in first.nodes if node.id not in ours]
    right = [node for node in second.nodes if node.id not in set(ours.values())]
    kinds = _same_words(left, right)
    for one, two in kinds:
        said = ((str(one.kind),), (str(two.kind),))
        yield Disagreement(Matter.KIND, (one.id,), (two.id,), None, *said)
    known = {node.id for node, _ in kinds}, {node.id for _, node in kinds}
    for node in left:
        if node.id not in known[0]:
            yield Disagreement(Matter.NODE_FIRST, (node.id,), (), None, (str(node.kind),), ())
    for node in right:
        if node.id not in known[1]:
            yield Disagreement(Matter.NODE_SECOND, (), (node.id,), None, (), (str(node.kind),))


def _same_words(left: Iterable[Node], right: Iterable[Node]) -> list[tuple[Node, Node]]:
    """Pairs of nodes of other kinds that overlap as much as nodes that match, each once."""
    candidates = sorted(
        (
            (-span_overlap(one, two), one.id, two.id, one, two)
            for one in left
            for two in right
            if one.kind is not two.kind and span_overlap(one, two) >= LINK_OVERLAP
        ),
        key=lambda found: found[:3],
    )
    used: set[tuple[int, str]] = set()
    pairs = []
    for _, mine, other, one, two in candidates:
        if not used & {(0, mine), (1, other)}:
            used |= {(0, mine), (1, other)}
            pairs.append((one, two))
    return sorted(pairs, key=lambda pair: pair[0].id)


def _link_disagreements(
    first: Dataset, second: Dataset, ours: Mapping[str, str], pairs: Mapping[LinkKey, Pair]
) -> Iterator[Disagreement]:
    """Links of only one, and links of both on another basis.

    A link with an end that the other does not have hangs on that node and is no point of
    its own.
    """
    theirs = {other: one for one, other in ours.items()}
    mine, other = _ids(first.links), _ids(second.links, theirs)
    matters = {(True, False): Matter.LINK_FIRST, (False, True): Matter.LINK_SECOND}
    found = []
    for key, (one, two) in sorted(pairs.items()):
        source, relation, target = key
        shared = {source, target} <= ours.keys()
        if one == two or not shared:
            continue
        matter = matters.get((bool(one), bool(two)), Matter.BASIS)
        found.append(
            Disagreement(
                matter,
                (mine[key],) if key in mine else (source, target),
                (other[key],) if key in other else (ours[source], ours[target]),
                Relation(relation),
                _basis_of(one),
                _basis_of(two),
            )
        )
    order = list(Matter)
    yield from sorted(found, key=lambda point: (order.index(point.matter), point.subject))


def _ids(links: Iterable[Link], names: Mapping[str, str] | None = None) -> dict[LinkKey, str]:
    """The id behind each key; of two like links that of the stronger."""
    found: dict[LinkKey, str] = {}
    for link in sorted(
        links, key=lambda link: (-(link.basis.weakness if link.basis else 9), link.id)
    ):
        for key in link_levels([link], names):
            found[key] = link.id
    return found


def _basis_of(level: int) -> tuple[str, ...]:
    return (str(BASES[len(BASES) - level]),) if level else ()


def _level_disagreements(
    first: Dataset, second: Dataset, ours: Mapping[str, str]
) -> Iterator[Disagreement]:
    from kg.model import RUNGS

    mine, other = _levels_of(first), _levels_of(second)
    kinds = {node.id: node.kind for node in first.nodes}
    for one, two in sorted(ours.items()):
        if kinds[one] is Kind.DIRECTIVE and mine[one] != other[two]:
            said = (
                tuple(str(RUNGS[levels[basis]]) for basis in BASES)
                for levels in (mine[one], other[two])
            )
            yield Disagreement(Matter.LEVEL, (one,), (two,), None, *said)
