"""A policy applied to a made-up county: shares, grades, waivers."""

from __future__ import annotations

import pytest

from kg.analysis.coverage import find_coverage
from kg.analysis.policy import (
    GradedGap,
    Judgement,
    Measured,
    WaivedGap,
    judge_gaps,
    measure_thresholds,
)
from kg.analysis.rules import find_gaps
from kg.graph.build import build_graph
from kg.model import BASES, Basis, Finding, Rung, Severity
from kg.sources.policy import Covered, Policy, Threshold, Waiver
from tests.unit.report.county import COUNTY

COVERAGE = find_coverage(build_graph(COUNTY))
GAPS = find_gaps(build_graph(COUNTY))


def covered_at(covered: Covered, issuer: str | None = None) -> list[tuple[int, int]]:
    thresholds = [Threshold(basis, 50, issuer) for basis in BASES]
    found = measure_thresholds(COVERAGE, thresholds, covered)
    return [(measured.covered, measured.total) for measured in found]


def test_the_default_calls_covered_what_coverage_calls_with_measure() -> None:
    wanted = [(COVERAGE.summary[b].with_measure, COVERAGE.summary[b].total) for b in BASES]
    assert covered_at(Covered()) == wanted


@pytest.mark.parametrize("rung", [Rung.OUTCOME, Rung.FIGURE])
def test_outcomes_and_figures_are_counted_as_coverage_counts_them(rung: Rung) -> None:
    name = f"with_{rung}"
    wanted = [(getattr(COVERAGE.summary[b], name), COVERAGE.summary[b].total) for b in BASES]
    assert covered_at(Covered(rung, measures=0)) == wanted


def test_a_strategy_alone_covers_where_the_policy_says_so() -> None:
    # d04 has the strategy t01, stated, and no measure at all.
    assert covered_at(Covered(Rung.STRATEGY, measures=0))[0] == (2, 4)
    assert covered_at(Covered(Rung.STRATEGY, measures=1))[0] == (1, 4)


def test_more_measures_than_there_are_cover_nothing() -> None:
    assert covered_at(Covered(measures=2)) == [(0, 4)] * 4


def test_a_threshold_of_an_issuer_asks_of_its_directives_only() -> None:
    assert [total for _, total in covered_at(Covered(), "org1")] == [4] * 4
    assert [total for _, total in covered_at(Covered(), "not-stated")] == [1] * 4


def test_of_no_directive_no_share_is_reached() -> None:
    assert not Measured(Threshold(Basis.STATED, 0), 0, 0).met
    assert Measured(Threshold(Basis.STATED, 0), 0, 3).met
    assert Measured(Threshold(Basis.STATED, 33.3), 1, 3).met
    assert not Measured(Threshold(Basis.STATED, 33.4), 1, 3).met


def waiver(code: str, item: str, until: str = "2026") -> Waiver:
    return Waiver(code, item, "why", "A", until)


def test_waived_gaps_stand_apart_and_the_others_keep_their_order() -> None:
    policy = Policy(waivers=(waiver("KG101", "d02"),))
    judged = judge_gaps(GAPS, policy, basis=Basis.STATED, as_of="2026-06")
    here = [gap for gap in GAPS if gap.open is None or Basis.STATED in gap.open]
    assert [gap.finding for gap in judged.gaps] == [
        gap for gap in here if (gap.code, gap.node) != ("KG101", "d02")
    ]
    (found,) = judged.waived
    assert (found.gap.finding.node, found.waiver.id) == ("d02", "d02")
    assert (judged.findings, judged.not_judged) == ((), ())


def test_an_expired_waiver_is_a_finding_and_its_gap_counts_again() -> None:
    gap = Finding("KG204", "t1")
    policy = Policy(waivers=(waiver("KG204", "t1", "2026-03"),))
    last_day = judge_gaps([gap], policy, basis=None, as_of="2026-03-31")
    assert last_day == Judgement(
        (), (WaivedGap(GradedGap(gap, Severity.LOW), policy.waivers[0]),), (), ()
    )
    assert judge_gaps([gap], policy, basis=None, as_of="2026-04-01") == Judgement(
        (GradedGap(gap, Severity.LOW),),
        (),
        (Finding("KG501", "KG204 t1", facts=(("until", "2026-03"), ("who", "A"))),),
        (),
    )


def test_a_waiver_of_a_gap_that_is_not_there_is_a_finding() -> None:
    judged = judge_gaps([], Policy(waivers=(waiver("KG101", "d9"),)), basis=None, as_of="2026")
    assert [(found.code, found.node) for found in judged.findings] == [("KG502", "KG101 d9")]


def test_a_waiver_of_a_gap_of_another_basis_is_not_of_nothing() -> None:
    gap = Finding("KG102", "d1", open=(Basis.INTERPRETED,))
    policy = Policy(waivers=(waiver("KG102", "d1"),))
    judged = judge_gaps([gap], policy, basis=Basis.STATED, as_of="2026")
    assert (judged.gaps, judged.waived, judged.findings) == ((), (), ())


def test_without_a_day_no_waiver_expires_and_that_is_said() -> None:
    policy = Policy(waivers=(waiver("KG204", "t1", "1999"),))
    judged = judge_gaps([Finding("KG204", "t1")], policy, basis=None, as_of=None)
    assert (judged.gaps, judged.findings, judged.not_judged) == ((), (), policy.waivers)


def test_a_policy_grades_by_code() -> None:
    policy = Policy(severities=(("KG204", Severity.ERROR),))
    gaps = [Finding("KG204", "t1"), Finding("KG205", "t2")]
    judged = judge_gaps(gaps, policy, basis=None, as_of=None)
    assert [gap.severity for gap in judged.gaps] == [Severity.ERROR, Severity.LOW]
