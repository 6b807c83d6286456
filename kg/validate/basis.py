"""KG011: a basis stronger than its mentions permit (design §2.3)."""

from __future__ import annotations

from collections.abc import Mapping

from kg.analysis.permitted import find_lacking, places_of, supporting
from kg.model import Dataset, Finding, Link


def find_overclaims(
    dataset: Dataset, texts: Mapping[str, str] | None = None
) -> tuple[Finding, ...]:
    """Links whose mentions do not earn their basis, sorted by link.

    Sentences and paragraphs are those of the source where it is at hand, else of
    `passages.csv`; where there is neither, mentions are only asked to be there. A link
    without any mention is KG004, not KG011.

    Parameters
    ----------
    dataset
        The data set.
    texts
        The text of each source by its id, as far as it is at hand.
    """
    places = places_of(dataset, texts)
    nodes = {node.id: node for node in dataset.nodes}
    found = []
    for link in dataset.links:
        mentions = supporting(link.mentions)
        if not mentions or link.basis is None:
            continue
        target = nodes.get(link.target)
        lacking = find_lacking(link.basis, mentions, target.mentions if target else (), places)
        if lacking:
            found.append(_overclaim(link, lacking))
    return tuple(found)


def _overclaim(link: Link, lacking: str) -> Finding:
    basis = link.basis.value if link.basis else ""
    return Finding("KG011", link.id, link.place, facts=(("basis", basis), ("lacking", lacking)))
