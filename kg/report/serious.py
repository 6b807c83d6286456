"""Which gaps stand on the first page: the written rule, and nothing else."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, Final

from kg.model import Severity
from kg.report.content import Document

HOW_MANY: Final = 5
_SEVERITIES: Final = tuple(str(severity) for severity in Severity)


def most_serious(
    findings: Iterable[Document], coverage: Mapping[str, Any], *, limit: int = HOW_MANY
) -> list[Document]:
    """The most serious gaps, each of another thing.

    They are taken in the order of severity; then the directives that the summary counts,
    their legs, everything else; then code; then id. Of one thing only its first is taken,
    for a directive without a measure lacks outcome and figure as well.

    Parameters
    ----------
    findings
        Entries of a `kg-gaps/1` document.
    coverage
        The `kg-coverage/1` document: which directives the summary counts.
    limit
        How many at most.

    Examples
    --------
    >>> gaps = [
    ...     {"code": "KG101", "id": "d2", "severity": "medium"},
    ...     {"code": "KG103", "id": "d1", "severity": "high"},
    ...     {"code": "KG101", "id": "d9", "severity": "high"},
    ...     {"code": "KG104", "id": "d1", "severity": "high"},
    ... ]
    >>> chosen = {"chosen": ["d1", "d2"], "chosen_legs": []}
    >>> [(gap["code"], gap["id"]) for gap in most_serious(gaps, chosen)]
    [('KG103', 'd1'), ('KG101', 'd9'), ('KG101', 'd2')]
    """
    groups = dict.fromkeys(coverage["chosen_legs"], 1) | dict.fromkeys(coverage["chosen"], 0)

    def order(gap: Document) -> tuple[int, int, str, str]:
        severity = _SEVERITIES.index(gap["severity"])
        return severity, groups.get(gap["id"], 2), gap["code"], gap["id"]

    first: dict[str, Document] = {}
    for gap in sorted(findings, key=order):
        first.setdefault(gap["id"], gap)
    return list(first.values())[:limit]
