"""The order of nodes within their bands that keeps crossings few (barycentre sweeps)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

_SWEEPS: Final = 12
# Of so many links crossings are counted only after every fourth sweep: that takes the time.
_MANY_LINKS: Final = 10_000
_COUNT_EVERY: Final = 4
# A neighbour in the same band (a member beside its set) pulls less than one in another.
_SAME_BAND_PULL: Final = 0.5


def order_bands(
    bands: Sequence[Sequence[str]], links: Sequence[tuple[str, str]]
) -> tuple[tuple[str, ...], ...]:
    """Each band in an order in which few links cross.

    Parameters
    ----------
    bands
        The ids of each band, in an order to begin with.
    links
        Pairs of ids; ends that stand in no band are passed over.

    Returns
    -------
    tuple of tuple of str
        The same ids, band by band. Among the orders counted the one with the fewest crossings.

    Notes
    -----
    Every node goes to the mean place of its neighbours, upwards and downwards in turn;
    ties keep their order, so the same input always gives the same answer.

    References
    ----------
    Sugiyama, Tagawa, Toda: Methods for visual understanding of hierarchical system
    structures, 1981.

    Examples
    --------
    >>> order_bands([["d1", "d2"], ["m1", "m2"]], [("m1", "d2"), ("m2", "d1")])
    (('d2', 'd1'), ('m1', 'm2'))
    """
    order = [list(band) for band in bands]
    band_of = {item: number for number, band in enumerate(order) for item in band}
    pairs = [(a, b) for a, b in links if a in band_of and b in band_of and a != b]
    near = _neighbours(band_of, pairs)
    best = [list(band) for band in order]
    fewest = count_crossings(order, pairs)
    place = _places(order)
    every = 1 if len(pairs) <= _MANY_LINKS else _COUNT_EVERY
    for sweep in range(_SWEEPS):
        numbers = range(len(order)) if sweep % 2 == 0 else range(len(order) - 1, -1, -1)
        for number in numbers:
            band = order[number]
            pull = {item: _pull(near[item], place) if near[item] else place[item] for item in band}
            band.sort(key=pull.__getitem__)
            place.update(_places([band]))
        if (sweep + 1) % every:
            continue
        crossings = count_crossings(order, pairs)
        if crossings < fewest:
            fewest, best = crossings, [list(band) for band in order]
    return tuple(tuple(band) for band in best)


def _places(bands: Sequence[Sequence[str]]) -> dict[str, float]:
    return {item: (at + 0.5) / len(band) for band in bands for at, item in enumerate(band)}


def _neighbours(
    band_of: Mapping[str, int], pairs: Sequence[tuple[str, str]]
) -> dict[str, list[tuple[str, float]]]:
    """Of each node its neighbours, and how much of the whole pull each of them has."""
    ends: dict[str, list[tuple[str, float]]] = {item: [] for item in band_of}
    for a, b in pairs:
        weight = _SAME_BAND_PULL if band_of[a] == band_of[b] else 1.0
        ends[a].append((b, weight))
        ends[b].append((a, weight))
    near = {}
    for item, found in ends.items():
        total = sum(weight for _, weight in found)
        near[item] = [(other, weight / total) for other, weight in found]
    return near


def _pull(near: Sequence[tuple[str, float]], place: Mapping[str, float]) -> float:
    return sum([share * place[other] for other, share in near])


def count_crossings(bands: Sequence[Sequence[str]], links: Sequence[tuple[str, str]]) -> int:
    """How many pairs of links between the same two bands cross.

    >>> count_crossings([["d1", "d2"], ["m1", "m2"]], [("m1", "d2"), ("m2", "d1")])
    1
    """
    at = {item: (number, n) for number, band in enumerate(bands) for n, item in enumerate(band)}
    between: dict[tuple[int, int], list[tuple[int, int]]] = {}
    for a, b in links:
        (upper, x), (lower, y) = sorted((at[a], at[b]))
        if upper != lower:
            between.setdefault((upper, lower), []).append((x, y))
    return sum(
        _inversions([y for _, y in sorted(ends)], len(bands[lower]))
        for (_, lower), ends in sorted(between.items())
    )


def _inversions(values: Sequence[int], size: int) -> int:
    """Pairs that stand in the wrong order, counted with a Fenwick tree."""
    tree = [0] * (size + 1)
    found = 0
    for seen, value in enumerate(values):
        found += seen
        at = value + 1
        while at > 0:  # those seen that are at most `value`
            found -= tree[at]
            at -= at & -at
        at = value + 1
        while at <= size:
            tree[at] += 1
            at += at & -at
    return found
