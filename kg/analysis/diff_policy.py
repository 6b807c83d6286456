"""What became of the policy of a data set (`kg.toml`) from one version to the next."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from kg.model import Basis
from kg.sources.policy import Policy, Waiver

Setting = str | int | float


class Term(StrEnum):
    """What a policy lays down beside its waivers."""

    RUNG = "rung"
    BASIS = "basis"
    MEASURES = "measures"
    THRESHOLD = "threshold"
    SEVERITY = "severity"


@dataclass(frozen=True, slots=True)
class TermChange:
    """A term as it was and as it is; `None` where that version does not lay it down.

    `of` is the issuer of a threshold or the code of a severity, and `basis` that of a
    threshold.
    """

    term: Term
    old: Setting | None
    new: Setting | None
    of: str = ""
    basis: Basis | None = None


@dataclass(frozen=True, slots=True)
class PolicyChanges:
    """Everything that differs between two policies; waivers are the same by code and id."""

    terms: tuple[TermChange, ...] = ()
    waivers_added: tuple[Waiver, ...] = ()
    waivers_removed: tuple[Waiver, ...] = ()
    waivers_changed: tuple[tuple[Waiver, Waiver], ...] = ()


def find_policy_changes(old: Policy, new: Policy) -> PolicyChanges:
    """Everything that differs between two policies; that of no `kg.toml` is the default one.

    Examples
    --------
    >>> from kg.sources.policy import Threshold
    >>> stricter = Policy(thresholds=(Threshold(Basis.STATED, 40),))
    >>> (change,) = find_policy_changes(Policy(), stricter).terms
    >>> change.term.value, change.old, change.new
    ('threshold', None, 40)
    >>> find_policy_changes(stricter, stricter)
    PolicyChanges(terms=(), waivers_added=(), waivers_removed=(), waivers_changed=())
    """
    before = {waiver.key: waiver for waiver in old.waivers}
    after = {waiver.key: waiver for waiver in new.waivers}
    return PolicyChanges(
        terms=tuple(_compare_terms(old, new)),
        waivers_added=tuple(after[key] for key in sorted(after.keys() - before.keys())),
        waivers_removed=tuple(before[key] for key in sorted(before.keys() - after.keys())),
        waivers_changed=tuple(
            (before[key], after[key])
            for key in sorted(before.keys() & after.keys())
            if before[key] != after[key]
        ),
    )


def _compare_terms(old: Policy, new: Policy) -> Iterator[TermChange]:
    before, after = _terms(old), _terms(new)
    # Those of the new version first, in its order, then those that it no longer has.
    for term, of, basis in dict.fromkeys((*after, *before)):
        was, now = before.get((term, of, basis)), after.get((term, of, basis))
        if was != now:
            yield TermChange(term, was, now, of, basis)


def _terms(policy: Policy) -> dict[tuple[Term, str, Basis | None], Setting]:
    covered = policy.covered
    return {
        (Term.RUNG, "", None): covered.rung,
        (Term.BASIS, "", None): covered.basis,
        (Term.MEASURES, "", None): covered.measures,
        **{
            (Term.THRESHOLD, asked.issuer or "", asked.basis): asked.percent
            for asked in policy.thresholds
        },
        **{(Term.SEVERITY, code, None): severity for code, severity in policy.severities},
    }
