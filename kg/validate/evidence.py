"""Quotes against their sources: which are exact, and KG005, KG006 for the others."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass

from kg.model import Dataset, Finding, Mention, QuoteStatus
from kg.sources.spans import quote_of, quote_status


@dataclass(frozen=True, slots=True)
class QuoteCheck:
    """The status of every mention, how many have each, and what was found wrong."""

    statuses: tuple[tuple[Mention, QuoteStatus], ...]
    counts: Mapping[QuoteStatus, int]
    findings: tuple[Finding, ...]


def check_quotes(dataset: Dataset, texts: Mapping[str, str] | None) -> QuoteCheck:
    """Look every quote up in its source; without sources all are `unverified`.

    Parameters
    ----------
    dataset
        The data set.
    texts
        The text of each source by its id, as `open(path, encoding="utf-8", newline="")`
        reads it; `None` or a missing source leaves its quotes unverified.

    Returns
    -------
    QuoteCheck
        KG005 where the text at the offsets is not the quote, KG006 where a digest, or the
        digest of a whole source, differs.
    """
    at_hand = texts or {}
    statuses = tuple((m, quote_status(m, at_hand.get(m.source))) for m in dataset.mentions)
    counts = dict.fromkeys(QuoteStatus, 0)
    findings: list[Finding] = []
    for mention, status in statuses:
        counts[status] += 1
        if status not in (QuoteStatus.EXACT, QuoteStatus.UNVERIFIED):
            findings.append(_fault(mention, status, at_hand[mention.source]))
    for source in dataset.sources:
        if source.id in at_hand and source.sha256:
            digest = hashlib.sha256(at_hand[source.id].encode("utf-8")).hexdigest()
            if digest != source.sha256:
                facts = (("source", source.id),)
                findings.append(Finding("KG006", "", "dataset.toml", facts=facts))
    ordered = sorted(findings, key=lambda fault: (fault.code, fault.node, fault.place))
    return QuoteCheck(statuses, counts, tuple(ordered))


def _fault(mention: Mention, status: QuoteStatus, text: str) -> Finding:
    there = quote_of(text, mention.start, mention.end) == mention.quote
    facts = (
        ("end", mention.end),
        ("source", mention.source),
        ("start", mention.start),
        ("status", status.value),
    )
    return Finding("KG006" if there else "KG005", mention.item, mention.place, facts=facts)
