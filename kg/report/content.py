"""The documents `kg-coverage/1` and `kg-gaps/1`: the one computation behind every report.

Terminal, Markdown, CSV and JSON show what stands in these documents; none counts anew.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final, TypeAlias

from kg.analysis.coverage import AtBasis, Coverage, DirectiveCoverage, Totals
from kg.codes import CODES, GAP_CODES
from kg.document import dataset_header
from kg.errors import UnknownNodeError
from kg.model import BASES, Basis, Dataset, Finding, Kind, Node, Relation
from kg.report.standing import standing_entry
from kg.version import VERSION
from kg.words import Words
from kg.words.sentences import finding_sentence

if TYPE_CHECKING:
    from kg.analysis.policy import GradedGap, WaivedGap
    from kg.sources.policy import Policy

Document: TypeAlias = dict[str, Any]

COVERAGE_SCHEMA: Final = "kg-coverage/1"
GAPS_SCHEMA: Final = "kg-gaps/1"


@dataclass(frozen=True, slots=True)
class Names:
    """Every node of a data set by id."""

    nodes: Mapping[str, Node]

    def of(self, item: str, lang: str) -> str:
        """The name of an id in a language; nothing where no node has that id."""
        node = self.nodes.get(item)
        if node is None:
            return ""
        label = node.label(lang)
        return "" if label == node.id else label

    def node(self, item: str) -> Node:
        """The node of an id; `UnknownNodeError` where there is none."""
        try:
            return self.nodes[item]
        except KeyError:
            raise UnknownNodeError("unknown-node", id=item) from None

    def entry(self, item: str | None) -> dict[str, str] | None:
        """An id with its names in both languages, or `None` for none."""
        if item is None:
            return None
        node = self.nodes.get(item)
        return {"id": item, "zh": node.zh if node else "", "en": node.en if node else ""}


def names_of(dataset: Dataset) -> Names:
    """The names of a data set."""
    return Names({node.id: node for node in dataset.nodes})


def document_head(schema: str, dataset: Dataset, filters: Mapping[str, Any]) -> Document:
    """What every document begins with: its form, who made it, of what, by which choice."""
    return {
        "schema": schema,
        "tool": {"name": "kg", "version": VERSION},
        "dataset": dataset_header(dataset),
        "filters": dict(filters),
    }


def _by_basis(value: Callable[[Basis], Any]) -> dict[str, Any]:
    return {str(basis): value(basis) for basis in BASES}


def coverage_document(dataset: Dataset, coverage: Coverage) -> Document:
    """Every directive at every basis, and the totals of the directives that were chosen."""
    names = names_of(dataset)
    filters = {
        "issuer": coverage.issuer,
        "all": coverage.issuer is None,
        "include_prior": coverage.include_prior,
    }
    return {
        **document_head(COVERAGE_SCHEMA, dataset, filters),
        "issuer": _issuer_entry(names, coverage.issuer),
        "issuers": {
            issuer: names.entry(issuer)
            for issuer in sorted({row.issuer for row in coverage.directives if row.issuer})
            if issuer in names.nodes
        },
        "chosen": list(coverage.chosen),
        "chosen_legs": list(coverage.chosen_legs),
        "directives": [directive_entry(names, row) for row in coverage.directives],
        "summary": _by_basis(lambda basis: totals_entry(coverage.summary[basis])),
        "legs": _by_basis(lambda basis: totals_entry(coverage.legs[basis])),
        "standing": standing_entry(dataset),
    }


def _issuer_entry(names: Names, issuer: str | None) -> dict[str, str] | None:
    """The chosen issuer; one that is given by its name stands for itself."""
    if issuer is None or issuer in names.nodes:
        return names.entry(issuer)
    for item, node in sorted(names.nodes.items()):
        if issuer in (node.zh, node.en):
            return names.entry(item)
    return {"id": issuer, "zh": issuer, "en": issuer}


def directive_entry(names: Names, row: DirectiveCoverage) -> Document:
    """One directive at every basis, as it stands in `directives`."""
    node = names.node(row.id)

    def count(value: Callable[[AtBasis], tuple[str, ...]]) -> dict[str, int]:
        return _by_basis(lambda basis: len(value(row.at[basis])))

    def each(value: Callable[[AtBasis], Any]) -> dict[str, Any]:
        return _by_basis(lambda basis: value(row.at[basis]))

    return {
        "id": row.id,
        "zh": node.zh,
        "en": node.en,
        "issuer": row.issuer,
        "parent": row.parent,
        "legs": {
            "total": len(row.legs),
            "open": count(lambda at: at.open_legs),
            "ids": list(row.legs),
        },
        "level": each(lambda at: str(at.level)),
        "with_measure": each(lambda at: at.with_measure),
        "only_planned": each(lambda at: at.only_planned),
        "with_outcome": each(lambda at: at.with_outcome),
        "with_figure": each(lambda at: at.with_figure),
        "direct_measures": count(lambda at: at.direct_measures),
        "measures": count(lambda at: at.measures),
        "planned": count(lambda at: at.planned),
        "outcomes": count(lambda at: at.outcomes),
        "figures": count(lambda at: at.figures),
        "chain": each(_chain),
        "prior": list(row.prior),
        "undated": list(row.undated),
    }


def _chain(at: AtBasis) -> Document | None:
    if at.chain is None:
        return None
    return {"ids": list(at.chain.ids), "links": list(at.chain.links)}


def totals_entry(totals: Totals) -> dict[str, int]:
    """Totals as they stand in `summary`."""
    return {
        "with_measure": totals.with_measure,
        "with_outcome": totals.with_outcome,
        "with_figure": totals.with_figure,
        "total": totals.total,
    }


@dataclass(frozen=True, slots=True)
class Selection:
    """Which gaps are asked for. Gaps that depend on no basis are in every selection.

    `unit` is an organisation or person: gaps of what it leads, answers for or performs.
    """

    basis: Basis = Basis.STATED
    rules: tuple[str, ...] = ()
    kind: Kind | None = None
    issuer: str | None = None
    unit: str | None = None


def gaps_document(
    dataset: Dataset,
    coverage: Coverage,
    gaps: Iterable[Finding],
    words: Words,
    *,
    selection: Selection | None = None,
    as_of: str | None = None,
    not_judged: tuple[str, ...] = (),
    policy: Policy | None = None,
) -> Document:
    """The gaps of a selection, each with its sentence, and how many there are of each code.

    Parameters
    ----------
    dataset
        The data set the gaps were found in.
    coverage
        Its coverage; the choice of issuer made there is the one that the summary counts.
    gaps
        Every gap, as `find_gaps` gives them.
    words
        The language of the sentences.
    selection
        Which gaps are wanted; by default those open at `stated`.
    as_of
        The day by which due dates were judged, if not the data set's own.
    not_judged
        Codes that could not be judged.
    policy
        What `kg.toml` says: it grades gaps, and those it waives stand apart in `waived`.
    """
    wanted = selection or Selection()
    names = names_of(dataset)
    keep = _keeper(dataset, coverage, names, wanted)
    chosen = sorted((gap for gap in gaps if keep(gap)), key=lambda gap: (gap.code, gap.node))
    findings, waived = _under(policy, chosen, names, words, as_of=as_of or dataset.as_of)
    counts = dict.fromkeys(GAP_CODES, 0)
    for row in findings:
        counts[row["code"]] += 1
    filters = {
        "basis": str(wanted.basis),
        "rule": list(wanted.rules),
        "kind": wanted.kind,
        "issuer": wanted.issuer,
        "unit": wanted.unit,
        "as_of": as_of or dataset.as_of,
        "include_prior": coverage.include_prior,
    }
    return {
        **document_head(GAPS_SCHEMA, dataset, filters),
        "basis": str(wanted.basis),
        "issuer": _issuer_entry(names, coverage.issuer),
        "chosen": list(coverage.chosen),
        "chosen_legs": list(coverage.chosen_legs),
        "summary": _by_basis(lambda basis: totals_entry(coverage.summary[basis])),
        "findings": findings,
        "counts": counts,
        "waived": waived,
        "not_judged": [code for code in not_judged if not wanted.rules or code in wanted.rules],
    }


def _under(
    policy: Policy | None, gaps: list[Finding], names: Names, words: Words, *, as_of: str | None
) -> tuple[list[Document], list[Document]]:
    """The entries of the gaps that stand, and of those that are waived."""
    if policy is None:
        return [gap_entry(gap, names, words) for gap in gaps], []
    from kg.analysis.policy import judge_gaps

    judged = judge_gaps(gaps, policy, basis=None, as_of=as_of)
    return (
        [graded_entry(gap, names, words) for gap in judged.gaps],
        [waived_entry(pair, names, words) for pair in judged.waived],
    )


def graded_entry(gap: GradedGap, names: Names, words: Words) -> Document:
    """One gap with the severity that a policy gives it."""
    return {**gap_entry(gap.finding, names, words), "severity": str(gap.severity)}


def waived_entry(pair: WaivedGap, names: Names, words: Words) -> Document:
    """One waived gap with why, by whom and until when, as it stands in `waived`."""
    return {
        **graded_entry(pair.gap, names, words),
        "reason": pair.waiver.reason,
        "who": pair.waiver.who,
        "until": pair.waiver.until,
    }


def gap_entry(gap: Finding, names: Names, words: Words) -> Document:
    """One gap, as it stands in `findings`."""
    node = names.node(gap.node)
    return {
        "code": gap.code,
        "severity": str(gap.severity),
        "id": gap.node,
        "kind": str(node.kind),
        "zh": node.zh,
        "en": node.en,
        "basis": str(gap.basis) if gap.basis else None,
        "open": [str(basis) for basis in gap.open] if gap.open is not None else None,
        "message": finding_sentence(words, gap, lambda item: names.of(item, words.lang)),
    }


def _keeper(
    dataset: Dataset, coverage: Coverage, names: Names, wanted: Selection
) -> Callable[[Finding], bool]:
    """Whether a gap belongs to the selection."""
    of_issuer = _directives_of(coverage, names, wanted.issuer)
    of_unit = _work_of(dataset, names, wanted.unit)

    def keep(gap: Finding) -> bool:
        return (
            (gap.open is None or wanted.basis in gap.open)
            and (not wanted.rules or gap.code in wanted.rules)
            and (wanted.kind is None or names.node(gap.node).kind is wanted.kind)
            and (of_issuer is None or gap.node in of_issuer)
            and (of_unit is None or gap.node in of_unit)
        )

    return keep


def _directives_of(coverage: Coverage, names: Names, issuer: str | None) -> frozenset[str] | None:
    if issuer is None:
        return None
    entry = _issuer_entry(names, issuer)
    wanted = {issuer, entry["id"] if entry else issuer}
    return frozenset(row.id for row in coverage.directives if row.issuer in wanted)


def _work_of(dataset: Dataset, names: Names, unit: str | None) -> frozenset[str] | None:
    """What a unit leads, answers for or performs; `UnknownNodeError` where it is not known."""
    if unit is None:
        return None
    actor = names.node(unit).id
    led = {node.id for node in dataset.nodes if actor in node.actors}
    performed = {
        link.source
        for link in dataset.links
        if link.is_live and link.relation is Relation.PERFORMED_BY and link.target == actor
    }
    return frozenset(led | performed)


def concerns_basis(code: str) -> bool:
    """Whether a gap of that code is judged at each basis."""
    return CODES[code].by_basis
