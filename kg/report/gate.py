"""The gate of `kg check`: what it asks, whether it is passed, and the findings it judges.

Adds to the document `kg-check/1`: `basis`, `gaps`, `waived`, `upkeep`, and where something is
asked for `gate` and `closed`.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, Final

from kg.analysis.coverage import Coverage
from kg.analysis.policy import Judgement, Measured, measure_thresholds, severity_under
from kg.codes import UPKEEP_CODES
from kg.model import Basis, Dataset, Finding, Severity
from kg.report.content import Document, Names, graded_entry, names_of, waived_entry
from kg.sources.baseline import Baseline
from kg.sources.policy import Policy, Threshold
from kg.words import Words
from kg.words.sentences import finding_sentence

_SEVERITIES: Final = tuple(Severity)


@dataclass(frozen=True, slots=True)
class Demands:
    """What a gate asks: which findings fail it, which share must be covered, what was known.

    `severity`: findings at least so serious fail; `codes`: those of these codes fail. With
    a `baseline` only new ones do, and all new ones where neither is given.
    """

    codes: frozenset[str] = frozenset()
    severity: Severity | None = None
    thresholds: tuple[Threshold, ...] = ()
    baseline: Baseline | None = None
    baseline_name: str = ""
    report_only: bool = False

    def asks_for(self, code: str, severity: Severity) -> bool:
        """Whether a finding of that code and severity is one that fails the gate."""
        least = Severity.ERROR if self.severity is None else self.severity
        return code in self.codes or _SEVERITIES.index(severity) <= _SEVERITIES.index(least)

    @property
    def asks_for_any_new(self) -> bool:
        """Whether every new finding fails: there is a baseline, and nothing else was said."""
        return self.baseline is not None and not self.codes and self.severity is None


def gate_document(
    dataset: Dataset,
    coverage: Coverage,
    judgement: Judgement,
    upkeep: Iterable[Finding],
    words: Words,
    *,
    policy: Policy,
    demands: Demands,
    asked: bool,
) -> Document:
    """What the gate finds, to stand beside the faults in `kg-check/1`.

    Parameters
    ----------
    dataset, coverage
        What is judged.
    judgement
        Its gaps under the policy.
    upkeep
        Findings about waivers, reviews and confirmed links.
    words
        The language of the sentences.
    policy, demands
        What holds, and what is asked.
    asked
        Whether anything is asked at all; without it there is no `gate` to be passed.
    """
    names = names_of(dataset)
    baseline = demands.baseline
    gaps = [
        _judged(graded_entry(gap, names, words), gap.severity, demands, comparable=True)
        for gap in judgement.gaps
    ]
    waived = [waived_entry(pair, names, words) for pair in judgement.waived]
    notes = upkeep_entries(dataset, (*judgement.findings, *upkeep), words, policy, demands)
    document: Document = {
        "basis": str(policy.covered.basis),
        "gaps": gaps,
        "waived": waived,
        "waivers_not_judged": [f"{w.code} {w.id}" for w in judgement.not_judged],
        "upkeep": notes,
    }
    if not asked:
        return document
    measured = measure_thresholds(coverage, demands.thresholds, policy.covered)
    here = {(row["code"], row["id"]) for row in (*gaps, *waived, *notes)}
    failing = sum(row["fails"] for row in (*gaps, *notes))
    unmet = sum(not found.met for found in measured)
    return {
        **document,
        "closed": [
            {"code": gap.code, "id": gap.id, "zh": gap.zh, "en": gap.en}
            for gap in (baseline.gaps if baseline else ())
            if gap.key not in here
        ],
        "gate": {
            "passed": not failing and not unmet,
            "failing": failing,
            "unmet": unmet,
            "thresholds": [_threshold(found, names) for found in measured],
            **_asked(policy, demands),
        },
    }


def unjudged_document(policy: Policy, demands: Demands, *, asked: bool) -> Document:
    """The same where faults make the data unreliable: a gate that is not passed."""
    nothing: Document = {"basis": None, "gaps": [], "waived": [], "waivers_not_judged": []}
    document = {**nothing, "upkeep": []}
    if not asked:
        return document
    gate = {"passed": False, "failing": 0, "unmet": 0, "thresholds": []}
    return {**document, "closed": [], "gate": {**gate, **_asked(policy, demands)}}


def _asked(policy: Policy, demands: Demands) -> Document:
    return {
        "report_only": demands.report_only,
        "fail_on": {
            "codes": sorted(demands.codes),
            "severity": demands.severity and str(demands.severity),
        },
        "covered": {"rung": str(policy.covered.rung), "measures": policy.covered.measures},
        "baseline": demands.baseline_name if demands.baseline else None,
    }


def upkeep_entries(
    dataset: Dataset,
    findings: Iterable[Finding],
    words: Words,
    policy: Policy,
    demands: Demands,
) -> list[Document]:
    """Findings about waivers, reviews and confirmed links, as they stand in `upkeep`.

    A baseline that has none of them cannot say which are new: then only those that are
    asked for fail.
    """
    names = names_of(dataset)
    comparable = demands.baseline is not None and demands.baseline.has_upkeep
    return [
        _judged(
            _note(finding, names, words),
            severity_under(policy, finding),
            demands,
            comparable=comparable,
        )
        for finding in sorted(findings, key=lambda found: (found.code, found.node))
        if finding.code in UPKEEP_CODES
    ]


def _judged(row: Document, severity: Severity, demands: Demands, *, comparable: bool) -> Document:
    """A finding with its severity, whether it is new, and whether it fails the gate."""
    new = None
    if demands.baseline and comparable:
        new = (row["code"], row["id"]) not in demands.baseline.keys
    asked_for = demands.asks_for(row["code"], severity)
    fails = new is not False and (asked_for or bool(new and demands.asks_for_any_new))
    return {**row, "severity": str(severity), "new": new, "fails": fails}


def _note(finding: Finding, names: Names, words: Words) -> Document:
    return {
        "code": finding.code,
        "severity": str(finding.severity),
        "id": finding.node,
        "kind": None,
        "zh": names.of(finding.node, "zh"),
        "en": names.of(finding.node, "en"),
        "basis": None,
        "open": None,
        "message": finding_sentence(words, finding, lambda item: names.of(item, words.lang)),
    }


def _threshold(found: Measured, names: Names) -> dict[str, Any]:
    asked = found.threshold
    return {
        "issuer": asked.issuer and (names.entry(asked.issuer)),
        "basis": str(asked.basis),
        "covered": found.covered,
        "total": found.total,
        "percent": round(100 * found.covered / found.total, 1) if found.total else None,
        "least": asked.percent,
        "met": found.met,
    }


def merged_thresholds(
    policy: Iterable[Threshold], wanted: Iterable[tuple[Basis, float]]
) -> tuple[Threshold, ...]:
    """The thresholds of the policy, those of the command line in place of the same ones."""
    found = {(asked.issuer or "", asked.basis.weakness): asked for asked in policy}
    found |= {("", basis.weakness): Threshold(basis, percent) for basis, percent in wanted}
    return tuple(found[key] for key in sorted(found))
