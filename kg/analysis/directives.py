"""Gaps of directives, KG101 to KG107: read off the coverage."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

from kg.analysis.coverage import AtBasis, DirectiveCoverage
from kg.analysis.survey import Survey, open_at
from kg.model import BASES, Finding


def find_without_measure(survey: Survey) -> Iterator[Finding]:
    """KG101 where not even a planned measure answers it, KG102 where only planned ones do."""
    for row in survey.coverage.directives:
        counts = {basis.value: len(row.at[basis].measures) for basis in BASES}
        yield from _where("KG101", row, lambda at: not (at.with_measure or at.only_planned), counts)
        yield from _where("KG102", row, lambda at: at.only_planned, counts)


def find_without_result(survey: Survey) -> Iterator[Finding]:
    """KG103 without outcome, KG104 without figure; both also beside KG101."""
    for row in survey.coverage.directives:
        yield from _where("KG103", row, lambda at: not at.with_outcome)
        yield from _where("KG104", row, lambda at: not at.with_figure)


def find_open_legs(survey: Survey) -> Iterator[Finding]:
    """KG106 on a composite directive of which a leg is not with measure."""
    for row in survey.coverage.directives:
        widest = next((row.at[b].open_legs for b in BASES if row.at[b].open_legs), ())
        facts: dict[str, str | int] = {"legs": " ".join(widest), "total": len(row.legs)}
        yield from _where("KG106", row, lambda at: bool(at.open_legs), facts)


def find_thin_directives(survey: Survey) -> Iterator[Finding]:
    """KG107 where a directive is with measure, and by exactly one."""
    for row in survey.coverage.directives:
        single = {row.at[b].measures[0] for b in BASES if _has_exactly_one(row.at[b])}
        facts = {"measure": " ".join(sorted(single))}
        yield from _where("KG107", row, _has_exactly_one, facts)


def _has_exactly_one(at: AtBasis) -> bool:
    return at.with_measure and len(at.measures) == 1


def _where(
    code: str,
    row: DirectiveCoverage,
    is_open: Callable[[AtBasis], bool],
    facts: Mapping[str, str | int] | None = None,
) -> Iterator[Finding]:
    yield from open_at(code, row.id, lambda basis: is_open(row.at[basis]), **(facts or {}))
