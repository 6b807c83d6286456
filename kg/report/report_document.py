"""The document `kg-report/1`: what every form of a report is made of, counted once.

Coverage and gaps in it are the documents of `kg coverage` and `kg gaps` themselves.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any, Final

from kg.analysis.coverage import Coverage
from kg.analysis.duties import Duty, find_duties
from kg.analysis.ground import Ground
from kg.document import node_document
from kg.graph.build import dataset_of
from kg.graph.structure import live_links
from kg.model import (
    BASES,
    RUNGS,
    Dataset,
    Finding,
    Kind,
    Mention,
    Node,
    QuoteStatus,
    Relation,
)
from kg.report.content import (
    Document,
    Names,
    Selection,
    coverage_document,
    document_head,
    gaps_document,
    names_of,
)
from kg.report.report_evidence import evidence_entries, source_entries
from kg.report.serious import most_serious
from kg.words import Words

if TYPE_CHECKING:
    from kg.sources.policy import Policy

REPORT_SCHEMA: Final = "kg-report/1"
# The group of measures of which nobody is named.
NOBODY: Final = ""

_FIGURE: Final = (
    *("outcome_type", "value", "comparator", "unit", "verbatim", "change", "good", "target"),
    *("baseline", "denominator", "period", "recipient", "issuer", "year"),
    *("computed", "presupposed"),
)


def report_document(
    ground: Ground,
    coverage: Coverage,
    gaps: Sequence[Finding],
    words: Words,
    *,
    statuses: Mapping[Mention, QuoteStatus],
    unit: str | None = None,
    as_of: str | None = None,
    not_judged: tuple[str, ...] = (),
    policy: Policy | None = None,
) -> Document:
    """Everything a report tells, in numbers and entries.

    Parameters
    ----------
    ground, coverage
        A graph with its nodes by id, and its coverage for the choice of issuer.
    gaps
        Every gap, as `find_gaps` gives them.
    words
        The language of the findings.
    statuses
        What became of each quote; those not in it are `unverified`.
    unit
        An organisation or person: then only what it leads, answers for or performs.
    as_of
        The day by which due dates were judged, if not the data set's own.
    not_judged
        Codes that could not be judged.
    policy
        What `kg.toml` says: it grades gaps, and those it waives stand apart in `waived`.

    Raises
    ------
    UnknownNodeError
        Where no node has the id of the unit.
    """
    dataset = dataset_of(ground.graph)
    names = names_of(dataset)
    day = as_of or dataset.as_of
    filters = {
        "issuer": coverage.issuer,
        "all": coverage.issuer is None,
        "include_prior": coverage.include_prior,
        "unit": unit,
        "as_of": day,
    }
    covered = coverage_document(dataset, coverage)
    lacking = gaps_document(
        dataset,
        coverage,
        gaps,
        words,
        selection=Selection(unit=unit),
        as_of=as_of,
        not_judged=not_judged,
        policy=policy,
    )
    duties = [
        duty
        for duty in find_duties(ground, coverage, as_of=day)
        if unit is None or unit in duty.parts
    ]
    measures = {duty.measure: _measure_entry(names, duty) for duty in duties}
    outcomes = _outcome_entries(ground, dataset, gaps)
    evidence = evidence_entries(dataset, statuses)
    if unit is not None:
        of_unit = {o["id"] for entry in measures.values() for o in entry["outcomes"]}
        outcomes = [entry for entry in outcomes if entry["id"] in of_unit]
        evidence = [entry for entry in evidence if _is_of(entry, of_unit | measures.keys())]
    return {
        **document_head(REPORT_SCHEMA, dataset, filters),
        "unit": names.entry(names.node(unit).id) if unit is not None else None,
        "coverage": covered,
        "gaps": lacking,
        "levels": _levels(covered),
        "serious": [
            _serious_entry(gap, coverage, covered)
            for gap in most_serious(lacking["findings"], covered)
        ],
        "waived": lacking["waived"],
        "measures": measures,
        "units": _units(duties, names, unit),
        "outcomes": outcomes,
        "evidence": evidence,
        "quotes": _quotes(evidence),
        "sources": source_entries(dataset),
        "links": {
            link.id: {"rationale": link.rationale, "rationale_en": link.rationale_en}
            for link in dataset.links
            if not link.mentions
        },
        "names": {
            node.id: {"zh": node.zh, "en": node.en, "kind": str(node.kind)}
            for node in dataset.nodes
        },
    }


def _levels(covered: Document) -> dict[str, dict[str, int]]:
    """How many of the directives that the summary counts stand on each level, at each basis."""
    by_id = {row["id"]: row for row in covered["directives"]}
    found = {str(basis): {str(rung): 0 for rung in RUNGS} for basis in BASES}
    for item in covered["chosen"]:
        for basis, level in by_id[item]["level"].items():
            found[basis][level] += 1
    return found


def _serious_entry(gap: Document, coverage: Coverage, covered: Document) -> Document:
    """A gap of the first page; of a directive also how far it got, and by which chain."""
    if gap["kind"] != Kind.DIRECTIVE:
        return {**gap, "level": None, "chain": None}
    at = coverage.row(gap["id"]).at
    row = next(row for row in covered["directives"] if row["id"] == gap["id"])
    chain = at[BASES[-1]].chain
    return {
        **gap,
        "level": row["level"],
        "chain": {"ids": list(chain.ids), "strength": str(chain.strength)} if chain else None,
    }


def _measure_entry(names: Names, duty: Duty) -> Document:
    node = names.node(duty.measure)
    return {
        "id": node.id,
        "zh": node.zh,
        "en": node.en,
        "status": node.status,
        "concreteness": node.concreteness,
        "programme": node.programme,
        "lead": node.lead,
        "responsible": node.responsible,
        "actor_known": node.actor_known,
        "due": node.due,
        "overdue": duty.overdue,
        "parts": {actor: [str(part) for part in parts] for actor, parts in duty.parts.items()},
        "serves": _with_basis(duty.serves),
        "outcomes": _with_basis(duty.outcomes),
    }


def _with_basis(entries: Iterable[tuple[str, Any]]) -> list[Document]:
    return [{"id": item, "basis": str(basis)} for item, basis in entries]


def _units(duties: list[Duty], names: Names, unit: str | None) -> list[Document]:
    """Every unit with its measures, by id; those of nobody come last, under `NOBODY`."""
    of: dict[str, list[Duty]] = {}
    for duty in duties:
        for actor in duty.parts or {NOBODY: ()}:
            if unit in (None, actor):
                of.setdefault(actor, []).append(duty)
    return [
        {
            **(names.entry(actor) or {}),
            "id": actor,
            "measures": [duty.measure for duty in of[actor]],
            "counts": _unit_counts(of[actor], names),
        }
        for actor in sorted(of, key=lambda actor: (actor == NOBODY, actor))
    ]


def _unit_counts(duties: list[Duty], names: Names) -> dict[str, int]:
    nodes = [names.node(duty.measure) for duty in duties]
    statuses = ("done", "ongoing", "planned", "undetermined")
    return {
        "total": len(duties),
        **{status: sum(node.status == status for node in nodes) for status in statuses},
        "dated": sum(duty.overdue is not None or _is_dated(names, duty) for duty in duties),
        "overdue": sum(duty.overdue is True for duty in duties),
        "with_outcome": sum(bool(duty.outcomes) for duty in duties),
        "serving": sum(bool(duty.serves) for duty in duties),
    }


def _is_dated(names: Names, duty: Duty) -> bool:
    return names.node(duty.measure).due not in (None, "not-stated", "")


def _outcome_entries(ground: Ground, dataset: Dataset, gaps: Sequence[Finding]) -> list[Document]:
    """Every outcome with its figure, what it is the result of, and the codes of its gaps."""
    results: dict[str, list[tuple[str, str]]] = {}
    for link in live_links(ground.graph, Relation.RESULT_OF):
        results.setdefault(link.source, []).append((link.target, str(link.basis or "")))
    codes: dict[str, list[str]] = {}
    for gap in gaps:
        codes.setdefault(gap.node, []).append(gap.code)
    return [
        {
            **_figure_of(node, dataset),
            "of": [
                {"id": item, "basis": basis} for item, basis in sorted(results.get(node.id, []))
            ],
            "gaps": sorted(codes.get(node.id, [])),
        }
        for node in ground.nodes(Kind.OUTCOME)
    ]


def _figure_of(node: Node, dataset: Dataset) -> Document:
    document = node_document(node, iri=dataset.iri(node.id))
    return {name: document.get(name) for name in ("id", "zh", "en", *_FIGURE)}


def _is_of(entry: Document, items: set[str]) -> bool:
    """Whether a mention speaks of one of the items, or of a link from one."""
    return entry["item"] in items or bool(entry["link"] and entry["link"]["source"] in items)


def _quotes(evidence: Iterable[Document]) -> dict[str, int]:
    counts = {str(status): 0 for status in QuoteStatus}
    for entry in evidence:
        counts[entry["status"]] += 1
    return counts
