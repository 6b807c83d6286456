"""The document `kg-critical/1`: what the coverage depends on."""

from __future__ import annotations

from typing import Final

from kg.analysis.critical import Critical, CriticalAt, CriticalDirective, Load
from kg.analysis.keepers import Keepers
from kg.model import BASES, Dataset
from kg.report.content import (
    Document,
    Names,
    coverage_document,
    document_head,
    names_of,
)
from kg.report.impacts import link_brief
from kg.report.traces import span_entry

CRITICAL_SCHEMA: Final = "kg-critical/1"


def critical_document(dataset: Dataset, critical: Critical) -> Document:
    """Every directive with what alone would lower it and with its cut; measures; keepers."""
    names = names_of(dataset)
    covered = coverage_document(dataset, critical.coverage)
    rows = {row["id"]: row for row in covered["directives"]}
    used = {
        link
        for row in critical.directives
        for at in row.at.values()
        for link in (*at.links, *(at.cut.links if at.cut else ()))
    }
    return {
        **document_head(CRITICAL_SCHEMA, dataset, covered["filters"]),
        "issuer": covered["issuer"],
        "chosen": covered["chosen"],
        "chosen_legs": covered["chosen_legs"],
        "directives": [
            {
                **(names.entry(row.id) or {}),
                "parent": rows[row.id]["parent"],
                "level": rows[row.id]["level"],
                "with_measure": rows[row.id]["with_measure"],
                **_directive(row),
            }
            for row in critical.directives
        ],
        "links": {link.id: link_brief(link, names) for link in dataset.links if link.id in used},
        "measures": [_load(load, names) for load in critical.loads],
        "keepers": {str(basis): _keepers(critical.keepers[basis], names) for basis in BASES},
    }


def _directive(row: CriticalDirective) -> Document:
    own = [span_entry(passage) for passage in row.own]
    return {
        "links": {str(basis): list(row.at[basis].links) for basis in BASES},
        "passages": {str(basis): list(map(span_entry, row.at[basis].passages)) for basis in BASES},
        "own_passages": own,
        "cut": {str(basis): _cut(row.at[basis]) for basis in BASES},
    }


def _cut(at: CriticalAt) -> Document | None:
    return {"size": at.cut.size, "links": list(at.cut.links)} if at.cut else None


def _load(load: Load, names: Names) -> Document:
    return {
        **(names.entry(load.measure) or {}),
        "lowers": [{"id": item, "basis": str(basis)} for item, basis in load.lowers],
        "bares": [{"id": item, "basis": str(basis)} for item, basis in load.bares],
        "serves": {str(basis): len(load.serves[basis]) for basis in BASES},
    }


def _keepers(keepers: Keepers, names: Names) -> Document:
    return {
        "size": len(keepers.measures),
        "measures": [names.entry(measure) for measure in keepers.measures],
        "exact": keepers.exact,
        "among": keepers.among,
        "directives": list(keepers.directives),
    }
