"""A policy applied: how many directives it calls covered, which gaps it grades and waives."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from kg.analysis.coverage import AtBasis, Coverage, DirectiveCoverage
from kg.analysis.dates import ends_before, stated_date
from kg.model import Basis, Finding, Rung, Severity
from kg.sources.policy import Covered, Policy, Threshold, Waiver


@dataclass(frozen=True, slots=True)
class Measured:
    """A threshold with what was found: `covered` of `total` directives."""

    threshold: Threshold
    covered: int
    total: int

    @property
    def met(self) -> bool:
        """Whether the share is reached. Of no directive none is: nothing is never all."""
        return self.total > 0 and 100 * self.covered >= self.threshold.percent * self.total


@dataclass(frozen=True, slots=True)
class GradedGap:
    """A gap with the severity that the policy gives it."""

    finding: Finding
    severity: Severity


@dataclass(frozen=True, slots=True)
class WaivedGap:
    """A gap that is let pass, and by what."""

    gap: GradedGap
    waiver: Waiver


@dataclass(frozen=True, slots=True)
class Judgement:
    """The gaps under a policy, in the order they came.

    `gaps` are those that stand; `waived` are listed and counted apart; `findings` are about
    the waivers themselves: KG501 expired, KG502 for a gap that is not there. `not_judged`
    are waivers of which no date says whether they have expired: they hold.
    """

    gaps: tuple[GradedGap, ...]
    waived: tuple[WaivedGap, ...]
    findings: tuple[Finding, ...]
    not_judged: tuple[Waiver, ...]


def is_covered(at: AtBasis, covered: Covered) -> bool:
    """Whether a directive at a basis is covered as the policy means it.

    `measure`, `outcome` and `figure` ask what design §2.6 calls with measure, with outcome
    and with figure; `planned` takes planned measures too; `strategy` takes any answer.
    """
    reached = {
        Rung.STRATEGY: at.level is not Rung.NONE,
        Rung.PLANNED: at.with_measure or at.only_planned,
        Rung.MEASURE: at.with_measure,
        Rung.OUTCOME: at.with_outcome,
        Rung.FIGURE: at.with_figure,
    }
    return reached[covered.rung] and len(at.measures) >= covered.measures


def measure_thresholds(
    coverage: Coverage, thresholds: Iterable[Threshold], covered: Covered
) -> tuple[Measured, ...]:
    """Each threshold with how many directives are covered; a waiver changes nothing here.

    Parameters
    ----------
    coverage
        Of the data set. A threshold without an issuer asks of `coverage.chosen`; one with
        an issuer of that issuer's directives that are nobody's leg.
    thresholds
        What is asked for.
    covered
        When a directive counts; its own basis gives way to that of each threshold.
    """
    return tuple(
        Measured(
            threshold,
            sum(is_covered(row.at[threshold.basis], covered) for row in rows),
            len(rows),
        )
        for threshold in thresholds
        for rows in [_asked_of(coverage, threshold.issuer)]
    )


def _asked_of(coverage: Coverage, issuer: str | None) -> list[DirectiveCoverage]:
    if issuer is None:
        return [row for row in coverage.directives if row.id in coverage.chosen]
    return [row for row in coverage.directives if row.issuer == issuer and row.parent is None]


def severity_under(policy: Policy, finding: Finding) -> Severity:
    """The severity of a finding: the policy's word on its code, else its own."""
    return dict(policy.severities).get(finding.code, finding.severity)


def judge_gaps(
    gaps: Iterable[Finding], policy: Policy, *, basis: Basis | None, as_of: str | None
) -> Judgement:
    """The gaps under a policy: graded, the waived apart, and what is wrong with the waivers.

    Parameters
    ----------
    gaps
        Every gap, as `find_gaps` gives them.
    policy
        What holds.
    basis
        Gaps that are not open at it are left out; `None` keeps all.
    as_of
        The day by which waivers expire; `None`: none expires.

    Examples
    --------
    >>> gap = Finding("KG205", "t1")
    >>> policy = Policy(waivers=(Waiver("KG205", "t1", "kept as printed", "A", "2025"),))
    >>> judge_gaps([gap], policy, basis=None, as_of="2025-06-30").gaps
    ()
    >>> [found.code for found in judge_gaps([gap], policy, basis=None, as_of="2026").findings]
    ['KG501']
    """
    found = list(gaps)
    keys = {(gap.code, gap.node) for gap in found}
    today = stated_date(as_of)
    holding: dict[tuple[str, str], Waiver] = {}
    findings = []
    for waiver in policy.waivers:
        until = stated_date(waiver.until)
        if today is not None and until is not None and ends_before(until, today):
            findings.append(_about("KG501", waiver))
            continue
        holding[waiver.key] = waiver
        if waiver.key not in keys:
            findings.append(_about("KG502", waiver))
    graded = [
        GradedGap(gap, severity_under(policy, gap))
        for gap in found
        if basis is None or gap.open is None or basis in gap.open
    ]
    return Judgement(
        gaps=tuple(gap for gap in graded if _key(gap) not in holding),
        waived=tuple(WaivedGap(gap, holding[_key(gap)]) for gap in graded if _key(gap) in holding),
        findings=tuple(findings),
        not_judged=() if today else tuple(holding.values()),
    )


def _key(gap: GradedGap) -> tuple[str, str]:
    return gap.finding.code, gap.finding.node


def _about(code: str, waiver: Waiver) -> Finding:
    facts = (("until", waiver.until), ("who", waiver.who))
    return Finding(code, f"{waiver.code} {waiver.id}", facts=facts)
