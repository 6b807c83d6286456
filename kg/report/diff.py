"""The documents `kg-diff/1` and `kg-trend/1`: two versions compared, many in a row."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Final

from kg.analysis.coverage import Coverage
from kg.analysis.diff import (
    Changes,
    Fate,
    FieldChange,
    LinkChange,
    MentionChange,
    Rewording,
    Tally,
)
from kg.analysis.diff_policy import PolicyChanges, TermChange
from kg.document import (
    DATASET_FIELDS,
    dataset_header,
    link_document,
    mention_document,
    node_document,
)
from kg.model import BASES, Basis, Dataset, Finding, Link, Mention, Node, Severity
from kg.report.content import Document, Names, document_head, gap_entry, names_of
from kg.sources.policy import Waiver
from kg.version import VERSION
from kg.words import Words

DIFF_SCHEMA: Final = "kg-diff/1"
TREND_SCHEMA: Final = "kg-trend/1"
_WAIVER_FIELDS: Final = ("reason", "who", "until")
WAYS: Final = ("added", "removed", "changed")


@dataclass(frozen=True, slots=True)
class Version:
    """A version of a data set and the name that the reader called it by."""

    name: str
    dataset: Dataset


def diff_document(
    old: Version, new: Version, changes: Changes, policy: PolicyChanges, words: Words
) -> Document:
    """Everything that differs, with the numbers first.

    Parameters
    ----------
    old, new
        The versions.
    changes, policy
        What `find_changes` and `find_policy_changes` found between them.
    words
        The language of the gaps' sentences.
    """
    before, after = names_of(old.dataset), names_of(new.dataset)
    removed = {node.id for node in changes.nodes_removed}
    added = {node.id for node in changes.nodes_added}
    return {
        **document_head(DIFF_SCHEMA, new.dataset, {"old": old.name, "new": new.name}),
        "old": {"name": old.name, **dataset_header(old.dataset)},
        "new": {"name": new.name},
        "counts": _counts(changes, policy),
        "header": _header_changes(old.dataset, new.dataset),
        "rungs": [
            {
                **_named(after, change.directive),
                "basis": str(change.basis),
                "old": str(change.old),
                "new": str(change.new),
                "gained": change.gained,
            }
            for change in changes.rungs
        ],
        "gaps": {
            "new": [_gap(gap, after, words, added) for gap in changes.gaps_new],
            "closed": [_gap(gap, before, words, removed) for gap in changes.gaps_closed],
            "changed": [
                {
                    **gap_entry(change.new, after, words),
                    "open_before": [str(basis) for basis in change.old.open or ()],
                }
                for change in changes.gaps_changed
            ],
        },
        "suspect": [_rewording(found, new.dataset, after) for found in changes.rewordings],
        "policy": {
            "terms": [_term(change, after) for change in policy.terms],
            "waivers": {
                "added": [_waiver(waiver, after) for waiver in policy.waivers_added],
                "removed": [_waiver(waiver, before) for waiver in policy.waivers_removed],
                "changed": [_waiver_change(*pair, after) for pair in policy.waivers_changed],
            },
        },
        "nodes": {
            "added": [_node(node, new.dataset) for node in changes.nodes_added],
            "removed": [_node(node, old.dataset) for node in changes.nodes_removed],
            "changed": [
                {**_named(after, change.new.id), "kind": str(change.new.kind)}
                | {"fields": _fields(change.fields)}
                for change in changes.nodes_changed
            ],
        },
        "links": {
            "added": [_link(link, after) for link in changes.links_added],
            "removed": [_link(link, before) for link in changes.links_removed],
            "changed": [_link_change(change, after) for change in changes.links_changed],
        },
        "mentions": [_mention_change(change) for change in changes.mentions],
    }


def _counts(changes: Changes, policy: PolicyChanges) -> dict[str, Any]:
    fates = Counter(change.fate for change in changes.links_changed)
    mentions = Counter(_way(change) for change in changes.mentions)
    return {
        "rungs": {
            "gained": sum(change.gained for change in changes.rungs),
            "lost": sum(not change.gained for change in changes.rungs),
        },
        "gaps": {
            "new": len(changes.gaps_new),
            "closed": len(changes.gaps_closed),
            "changed": len(changes.gaps_changed),
        },
        "suspect": sum(len(found.suspect) for found in changes.rewordings),
        "nodes": {
            "added": len(changes.nodes_added),
            "removed": len(changes.nodes_removed),
            "changed": len(changes.nodes_changed),
        },
        "links": {
            "added": len(changes.links_added),
            "removed": len(changes.links_removed),
            **{str(fate): fates[fate] for fate in Fate},
        },
        "mentions": {way: mentions[way] for way in WAYS},
        "passages": _tally(changes.passages),
        "decisions": _tally(changes.decisions),
        "terms": len(policy.terms),
        "waivers": {
            "added": len(policy.waivers_added),
            "removed": len(policy.waivers_removed),
            "changed": len(policy.waivers_changed),
        },
    }


def _tally(tally: Tally) -> dict[str, int]:
    return {way: getattr(tally, way) for way in WAYS}


def _way(change: MentionChange) -> str:
    if change.old is None:
        return "added"
    return "removed" if change.new is None else "changed"


def _header_changes(old: Dataset, new: Dataset) -> list[dict[str, Any]]:
    """Fields of the data set that differ, and sources of which the text does."""
    changes = [
        FieldChange(field, getattr(old, field), getattr(new, field))
        for field in DATASET_FIELDS
        if getattr(old, field) != getattr(new, field)
    ]
    before = {source.id: source.sha256 for source in old.sources}
    after = {source.id: source.sha256 for source in new.sources}
    changes += [
        FieldChange(f"source {source}", before.get(source), after.get(source))
        for source in sorted(before.keys() | after.keys())
        if before.get(source) != after.get(source)
    ]
    return _fields(changes)


def _fields(changes: Iterable[FieldChange]) -> list[dict[str, Any]]:
    return [{"field": one.field, "old": one.old, "new": one.new} for one in changes]


def _named(names: Names, item: str) -> dict[str, Any]:
    return {"id": item, "zh": names.of(item, "zh"), "en": names.of(item, "en")}


def _term(change: TermChange, names: Names) -> Document:
    """A term of the policy; a threshold with its basis, and its issuer where it is of one."""
    issuer = change.of if change.basis else ""
    return {
        "term": str(change.term),
        "code": None if change.basis else change.of or None,
        "issuer": names.entry(issuer or None),
        "basis": change.basis and str(change.basis),
        "old": change.old,
        "new": change.new,
    }


def _waiver(waiver: Waiver, names: Names) -> Document:
    said = {name: getattr(waiver, name) for name in _WAIVER_FIELDS}
    return {"code": waiver.code, **_named(names, waiver.id), **said}


def _waiver_change(old: Waiver, new: Waiver, names: Names) -> Document:
    fields = [FieldChange(name, getattr(old, name), getattr(new, name)) for name in _WAIVER_FIELDS]
    return {
        **_waiver(new, names),
        "fields": _fields(change for change in fields if change.old != change.new),
    }


def _gap(gap: Finding, names: Names, words: Words, other: Iterable[str]) -> Document:
    """A gap; `with_node`: it came or went only because its node did."""
    return {**gap_entry(gap, names, words), "with_node": gap.node in other}


def _node(node: Node, dataset: Dataset) -> Document:
    return node_document(node, iri=dataset.iri(node.id))


def _link(link: Link, names: Names) -> Document:
    return {
        **link_document(link),
        "source_name": names.entry(link.source),
        "target_name": names.entry(link.target),
    }


def _link_change(change: LinkChange, names: Names) -> Document:
    entry = _link(change.new, names)
    del entry["mentions"]
    return {**entry, "fate": str(change.fate), "fields": _fields(change.fields)}


def _mention_change(change: MentionChange) -> Document:
    def said(mention: Mention | None) -> Document | None:
        return mention_document(mention) if mention else None

    return {
        "item": change.item,
        "way": _way(change),
        "old": said(change.old),
        "new": said(change.new),
    }


def _rewording(found: Rewording, dataset: Dataset, names: Names) -> Document:
    links = {link.id: link for link in dataset.links}

    def listed(ids: Iterable[str]) -> list[Document]:
        return [
            {"id": item, "source_name": names.entry(links[item].source)}
            | {"relation": str(links[item].relation)}
            for item in ids
        ]

    return {
        **_named(names, found.new.id),
        "old_zh": found.old.zh,
        "old_en": found.old.en,
        "digest": found.digest,
        "links": listed(found.suspect),
        "confirmed": listed(found.confirmed),
    }


def trend_document(
    versions: Iterable[tuple[Version, Coverage, Iterable[Finding]]], *, basis: Basis
) -> Document:
    """A row a version: how many directives are answered, how many gaps there are.

    Parameters
    ----------
    versions
        Each with its coverage and its gaps. Where all have a date they are put in its
        order, else they stay in that of the reader.
    basis
        The basis at which gaps are counted.
    """
    rows = [_trend_row(*version, basis=basis) for version in versions]
    dated = all(row["as_of"] for row in rows)
    if dated:
        rows.sort(key=lambda row: row["as_of"])
    return {
        "schema": TREND_SCHEMA,
        "tool": {"name": "kg", "version": VERSION},
        "basis": str(basis),
        "by_date": dated,
        "versions": rows,
    }


def _trend_row(
    version: Version, coverage: Coverage, gaps: Iterable[Finding], *, basis: Basis
) -> dict[str, Any]:
    header: Mapping[str, Any] = dataset_header(version.dataset)
    counted = [gap for gap in gaps if gap.open is None or basis in gap.open]
    severities = Counter(gap.severity for gap in counted)
    return {
        "name": version.name,
        "as_of": header["as_of"],
        "title_zh": header["title_zh"],
        "title_en": header["title_en"],
        "digest": header["digest"],
        "summary": {
            str(at): {
                "with_measure": coverage.summary[at].with_measure,
                "with_outcome": coverage.summary[at].with_outcome,
                "with_figure": coverage.summary[at].with_figure,
                "total": coverage.summary[at].total,
            }
            for at in BASES
        },
        "gaps": {
            "total": len(counted),
            **{str(s): severities[s] for s in Severity if s is not Severity.ERROR},
        },
    }
