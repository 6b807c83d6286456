"""Coverage and gaps as the page gets them: by number, and only of what the page holds."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from kg.analysis.coverage import Coverage, DirectiveCoverage
from kg.model import BASES, Basis, Dataset, Finding, Severity
from kg.page.rows import Pool
from kg.words import LANGS, Words, load_words
from kg.words.sentences import finding_sentence, gaps_sentence


def coverage_rows(coverage: Coverage, number: Mapping[str, int]) -> dict[str, Any]:
    """The totals of the whole data set, and a row for every directive that has a number."""
    return {
        "chosen": [item for item in coverage.chosen if item in number],
        "chosen_legs": [item for item in coverage.chosen_legs if item in number],
        "summary": {
            basis.value: [totals.total, totals.with_measure]
            for basis, totals in coverage.summary.items()
        },
        "legs": {
            basis.value: [totals.total, totals.with_measure]
            for basis, totals in coverage.legs.items()
        },
        "rows": [_row(row, number) for row in coverage.directives if row.id in number],
    }


def _row(row: DirectiveCoverage, number: Mapping[str, int]) -> dict[str, Any]:
    """One directive: at each basis level, flags and counts; `items` new at each basis."""
    seen: set[str] = set()
    items = []
    for basis in BASES:
        new = [item for item in row.at[basis].items if item not in seen]
        seen.update(new)
        items.append([number[item] for item in new if item in number])
    return {
        "id": row.id,
        "parent": row.parent if row.parent in number else None,
        "legs": [leg for leg in row.legs if leg in number],
        "levels": [row.at[basis].level.height for basis in BASES],
        "with_measure": [row.at[basis].with_measure for basis in BASES],
        "counts": [
            [
                len(row.at[basis].measures),
                len(row.at[basis].planned),
                len(row.at[basis].outcomes),
                len(row.at[basis].figures),
            ]
            for basis in BASES
        ],
        "open_legs": [len(row.at[basis].open_legs) for basis in BASES],
        "items": items,
        "chains": [_chain(row, basis, number) for basis in BASES],
    }


def _chain(row: DirectiveCoverage, basis: Basis, number: Mapping[str, int]) -> list[str] | None:
    chain = row.at[basis].chain
    return list(chain.ids) if chain and all(item in number for item in chain.ids) else None


def gap_sentences(dataset: Dataset, coverage: Coverage, lang: str) -> list[str]:
    """At each basis, how many directives lack measures and what helps: as `kg gaps` says it."""
    names = {node.id: node.label(lang) for node in dataset.nodes}
    issuer = coverage.issuer and names.get(coverage.issuer, coverage.issuer)
    totals = coverage.summary
    return [
        gaps_sentence(
            load_words(lang),
            issuer=issuer,
            total=totals[basis].total,
            with_measure={other: totals[other].with_measure for other in BASES},
            basis=basis,
        )
        for basis in BASES
    ]


def finding_rows(
    gaps: Sequence[Finding], dataset: Dataset, number: Mapping[str, int], sentences: Pool
) -> list[list[Any]]:
    """``[code, node, severity, open, sentences]``, the last two as lists of numbers."""
    names = {lang: {node.id: node.label(lang) for node in dataset.nodes} for lang in LANGS}

    def say(gap: Finding, words: Words) -> str:
        return finding_sentence(words, gap, lambda item: names[words.lang].get(item, ""))

    return [
        [
            gap.code,
            number[gap.node],
            list(Severity).index(gap.severity),
            None if gap.open is None else [basis.weakness for basis in gap.open],
            [sentences.number(say(gap, load_words(lang))) for lang in LANGS],
        ]
        for gap in gaps
        if gap.node in number
    ]
