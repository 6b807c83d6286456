"""Reviews as documents show them: beside a link, and counted over all links."""

from __future__ import annotations

from collections import Counter
from typing import Any

from kg.analysis.upkeep import UpkeepStanding, evidence_digest, is_outdated, wording_digest
from kg.model import Dataset, Kind, Link, Node
from kg.sources.upkeep import Verdict


def review_counts(dataset: Dataset, standing: UpkeepStanding) -> dict[str, dict[str, int]]:
    """How many links were reviewed, by the verdict of the newest review of each.

    A stale one counts as `stale`, whatever its verdict; `unreviewed` links have none.
    """
    newest = standing.newest
    verdicts = Counter(str(found.review.verdict) for found in newest.values() if not found.stale)
    return {
        "reviews": {
            "links": len(dataset.links),
            "reviewed": len(newest),
            **{str(verdict): verdicts[str(verdict)] for verdict in Verdict},
            "stale": sum(found.stale for found in newest.values()),
            "unreviewed": len(dataset.links) - len(newest),
        }
    }


def notes_of(link: Link, target: Node | None, standing: UpkeepStanding | None) -> dict[str, Any]:
    """What stands of a link: of its confirmation, and of the reviews of its evidence.

    Parameters
    ----------
    link
        The link.
    target
        What it points at, where that is known.
    standing
        The reviews, if anybody made any.

    Returns
    -------
    dict
        The digests that a confirmation (links to a directive only) and a review are noted
        with, whether the link is to be confirmed again, and its reviews, oldest first.
    """
    directive = target if target is not None and target.kind is Kind.DIRECTIVE else None
    found = standing.reviews.get(link.id, ()) if standing else ()
    return {
        "wording_digest": wording_digest(directive) if directive else None,
        "suspect": is_outdated(link, directive),
        "evidence_digest": evidence_digest(link),
        "reviews": [
            {
                "who": entry.review.who,
                "date": entry.review.date,
                "verdict": str(entry.review.verdict),
                "stale": entry.stale,
                "note": entry.review.note,
            }
            for entry in found
        ],
    }
