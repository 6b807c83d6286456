"""The order of nodes within their bands that keeps crossings few (barycentre sweeps)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

_SWEEPS: Final = 12
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
        The same ids, band by band. Among all sweeps the order with the fewest crossings.

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
    near: dict[str, list[str]] = {item: [] for item in band_of}
    for a, b in pairs:
        near[a].append(b)
        near[b].append(a)
    best = [list(band) for band in order]
    fewest = count_crossings(order, pairs)
    for sweep in range(_SWEEPS):
        place = _places(order)
        numbers = range(len(order)) if sweep % 2 == 0 else range(len(order) - 1, -1, -1)
        for number in numbers:
            band = order[number]
            pull = {item: _pull(item, near[item], place, band_of) for item in band}
            band.sort(key=lambda item, pull=pull: pull[item])  # type: ignore[misc]
            place.update(_places([band]))
        crossings = count_crossings(order, pairs)
        if crossings < fewest:
            fewest, best = crossings, [list(band) for band in order]
    return tuple(tuple(band) for band in best)


def _places(bands: Sequence[Sequence[str]]) -> dict[str, float]:
    return {item: (at + 0.5) / len(band) for band in bands for at, item in enumerate(band)}


def _pull(
    item: str, near: Sequence[str], place: Mapping[str, float], band_of: Mapping[str, int]
) -> float:
    if not near:
        return place[item]
    weights = [_SAME_BAND_PULL if band_of[n] == band_of[item] else 1.0 for n in near]
    return sum(w * place[n] for w, n in zip(weights, near, strict=True)) / sum(weights)


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
