"""The document `kg-agree/1`: how far two curations agree, and each point they do not."""

from __future__ import annotations

from collections import Counter
from typing import Any, Final

from kg.analysis.agree import Score
from kg.analysis.disagree import (
    LINK_OVERLAP,
    NOT_RELIABLE,
    RELIABLE,
    Comparison,
    Disagreement,
    Interval,
    LinkGroup,
    Matter,
)
from kg.document import dataset_digest
from kg.model import Dataset, Kind, Link
from kg.report.content import Document, Names, names_of
from kg.version import VERSION

AGREE_SCHEMA: Final = "kg-agree/1"
# The last digits of a float differ from machine to machine.
_DIGITS: Final = 6


def agree_document(
    first: tuple[str, Dataset], second: tuple[str, Dataset], comparison: Comparison
) -> Document:
    """Every score with its number of units, and the disagreements with names.

    Parameters
    ----------
    first, second
        The names the reader called them by, and the curations.
    comparison
        What `compare_curations` found.
    """
    names = names_of(first[1]), names_of(second[1])
    links = tuple({link.id: link for link in dataset.links} for _, dataset in (first, second))
    matters = Counter(point.matter for point in comparison.disagreements)
    return {
        "schema": AGREE_SCHEMA,
        "tool": {"name": "kg", "version": VERSION},
        "first": _side(*first),
        "second": _side(*second),
        "filters": {"link_overlap": LINK_OVERLAP},
        "bootstrap": {
            "resamples": comparison.resamples,
            "seed": comparison.seed,
            "level": 0.95,
        },
        "thresholds": {"not_reliable_below": NOT_RELIABLE, "reliable_from": RELIABLE},
        "nodes": [
            {
                "overlap": found.overlap,
                **_score(found.score),
                "f1_interval": _interval(found.f1_interval),
            }
            for found in comparison.nodes
        ],
        "links": [_group(group) for group in comparison.links],
        "levels": [
            {
                "basis": str(found.basis),
                "n": found.units,
                "same": found.same,
                "alpha": _number(found.alpha),
                "verdict": verdict_on(found.alpha),
            }
            for found in comparison.levels
        ],
        "counts": {str(matter): matters[matter] for matter in Matter},
        "disagreements": [_point(point, names, links) for point in comparison.disagreements],
    }


def verdict_on(alpha: float | None) -> str | None:
    """What Krippendorff's thresholds say of an alpha.

    >>> verdict_on(0.652), verdict_on(0.7), verdict_on(0.9)
    ('not-reliable', 'tentative', 'reliable')
    """
    if alpha is None:
        return None
    if alpha < NOT_RELIABLE:
        return "not-reliable"
    return "tentative" if alpha < RELIABLE else "reliable"


def _side(name: str, dataset: Dataset) -> Document:
    return {
        "name": name,
        "digest": dataset_digest(dataset),
        "nodes": len(dataset.nodes),
        "links": len(dataset.links),
        "directives": sum(node.kind is Kind.DIRECTIVE for node in dataset.nodes),
    }


def _number(value: float | None) -> float | None:
    return None if value is None else round(value, _DIGITS)


def _interval(found: Interval | None) -> list[float] | None:
    return [round(end, _DIGITS) for end in found] if found else None


def _score(score: Score) -> dict[str, Any]:
    return {
        "first": score.first,
        "second": score.second,
        "matched": score.matched,
        "precision": _number(score.precision),
        "recall": _number(score.recall),
        "f1": _number(score.f1),
    }


def _group(group: LinkGroup) -> Document:
    return {
        "group": group.name,
        **_score(group.score),
        "f1_interval": _interval(group.f1_interval),
        "n": group.units,
        "alpha": _number(group.alpha),
        "alpha_interval": _interval(group.alpha_interval),
        "verdict": verdict_on(group.alpha),
        "both": {
            "n": group.score.matched,
            "same_basis": group.same,
            "alpha": _number(group.both_alpha),
            "verdict": verdict_on(group.both_alpha),
        },
    }


def _point(
    point: Disagreement, names: tuple[Names, Names], links: tuple[dict[str, Link], ...]
) -> Document:
    return {
        "matter": str(point.matter),
        "relation": point.relation and str(point.relation),
        "first": {"ids": list(point.subject), "says": list(point.first)}
        | _named(point.subject, names[0], links[0]),
        "second": {"ids": list(point.of_second), "says": list(point.second)}
        | _named(point.of_second, names[1], links[1]),
    }


def _named(ids: tuple[str, ...], names: Names, links: dict[str, Link]) -> dict[str, Any]:
    """The nodes that ids name, or the ends of the link that they name."""
    ends = ids
    if len(ids) == 1 and ids[0] in links:
        ends = (links[ids[0]].source, links[ids[0]].target)
    return {"nodes": [names.entry(item) for item in ends]}
