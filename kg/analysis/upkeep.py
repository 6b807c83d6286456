"""Whether what people noted still stands: reviews of evidence, links confirmed for a wording.

A digest here covers what a person looked at, not where it stood: evidence that moved within
its source is the same evidence.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from kg.model import Dataset, Finding, Kind, Link, Node
from kg.sources.upkeep import Review, Upkeep, matches_digest


@dataclass(frozen=True, slots=True)
class ReviewStanding:
    """A review, and whether the link or its evidence has changed since."""

    review: Review
    stale: bool


@dataclass(frozen=True, slots=True)
class UpkeepStanding:
    """What stands of the upkeep of a data set.

    `reviews` are by link, oldest first; `findings` are KG001 for rows about a link that is
    not there, KG503 for links whose directive was reworded since they were confirmed, and
    KG504 for links of which the newest review is stale.
    """

    reviews: Mapping[str, tuple[ReviewStanding, ...]]
    findings: tuple[Finding, ...]

    @property
    def newest(self) -> Mapping[str, ReviewStanding]:
        """The newest review of every link that has any."""
        return {link: found[-1] for link, found in self.reviews.items()}


def evidence_digest(link: Link) -> str:
    """The SHA-256 of what a link claims and what it is claimed on, in hexadecimal.

    It covers both ends, relation, basis, scope, rationale, and the words, role and stance of
    every mention; not the offsets, the status, or who made the link.

    Examples
    --------
    >>> from dataclasses import replace
    >>> from kg.model import Basis, Relation
    >>> link = Link("l1", "m1", Relation.ADDRESSES, "d1", Basis.STATED)
    >>> evidence_digest(link) == evidence_digest(replace(link, curator="A"))
    True
    >>> evidence_digest(link) == evidence_digest(replace(link, basis=Basis.ECHOED))
    False
    """
    claim = [link.source, link.relation, link.target, link.basis, link.scope, link.rationale]
    shown = sorted(
        [mention.source, mention.digest or mention.quote, mention.role, mention.stance]
        for mention in link.mentions
    )
    return _digest([claim, shown])


def wording_digest(node: Node) -> str:
    """The SHA-256 of a directive's wording: its name, however it is spaced.

    The Chinese name, or the English one where there is none: a new translation is no
    rewording.

    Examples
    --------
    >>> one, other = Node("d", Kind.DIRECTIVE, "深化治理"), Node("d", Kind.DIRECTIVE, "深化 治理")
    >>> wording_digest(one) == wording_digest(other)
    True
    """
    return _digest("".join((node.zh or node.en).split()))


def _digest(value: object) -> str:
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def judge_upkeep(dataset: Dataset, upkeep: Upkeep) -> UpkeepStanding:
    """What stands of reviews and of confirmed links, judged against the data set as it is.

    Parameters
    ----------
    dataset
        As it is now.
    upkeep
        What was noted beside it, in the order of its rows.
    """
    links = {link.id: link for link in dataset.links}
    reviews: dict[str, list[ReviewStanding]] = {}
    for review in upkeep.reviews:
        if review.link in links:
            current = matches_digest(review.evidence, evidence_digest(links[review.link]))
            reviews.setdefault(review.link, []).append(ReviewStanding(review, not current))
    for found in reviews.values():
        found.sort(key=lambda standing: standing.review.date)
    nodes = {node.id: node for node in dataset.nodes}
    findings = [*_strays(links, upkeep.reviews)]
    findings += [
        Finding("KG503", link.id, facts=(("directives", link.target),))
        for link in dataset.links
        if is_outdated(link, nodes.get(link.target))
    ]
    for link, standings in sorted(reviews.items()):
        newest = standings[-1]
        if newest.stale:
            facts = (("date", newest.review.date), ("who", newest.review.who))
            findings.append(Finding("KG504", link, facts=facts))
    return UpkeepStanding(
        reviews={link: tuple(reviews[link]) for link in sorted(reviews)},
        findings=tuple(findings),
    )


def _strays(links: Mapping[str, Link], rows: Iterable[Review]) -> Iterable[Finding]:
    for row in rows:
        if row.link and row.link not in links:
            yield Finding("KG001", row.link, row.place, facts=(("id", row.link),))


def is_confirmed(link: Link, target: Node) -> bool:
    """Whether somebody confirmed a link for the wording that its target has now."""
    return matches_digest(link.confirmed, wording_digest(target))


def is_outdated(link: Link, target: Node | None) -> bool:
    """Whether a live link to a directive was confirmed for another wording than the present."""
    if target is None or target.kind is not Kind.DIRECTIVE:
        return False
    return bool(link.confirmed) and link.is_live and not is_confirmed(link, target)
