"""Reviews as documents show them: beside a link, and counted over all links."""

from __future__ import annotations

from collections import Counter
from typing import Any

from kg.analysis.upkeep import UpkeepStanding, evidence_digest
from kg.model import Dataset, Link
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


def review_entries(link: Link, standing: UpkeepStanding | None) -> dict[str, Any]:
    """The digest of a link's evidence, who reviewed it, oldest first, and whether it is suspect."""
    suspects = standing.findings if standing else ()
    found = standing.reviews.get(link.id, ()) if standing else ()
    return {
        "evidence_digest": evidence_digest(link),
        "suspect": any(noted.code == "KG503" and noted.node == link.id for noted in suspects),
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
