"""The document `kg-impact/1`: what is lost if one thing, one link or one passage falls away."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any, Final

from kg.analysis.impact import Change, Impact
from kg.model import BASES, Basis, Dataset, Link
from kg.report.content import Document, Names, document_head, names_of, totals_entry

IMPACT_SCHEMA: Final = "kg-impact/1"


def impact_document(
    dataset: Dataset,
    impact: Impact,
    *,
    item: str | None = None,
    span: tuple[str, int, int] | None = None,
) -> Document:
    """What is lost, which directives drop how far at which basis, and what opens.

    Parameters
    ----------
    dataset
        The data set as it is.
    impact
        What was found.
    item, span
        What was asked about: the id of a thing or link, or a source and its offsets.
    """
    names = names_of(dataset)
    links = {link.id: link for link in dataset.links}
    return {
        **document_head(IMPACT_SCHEMA, dataset, {"id": item, "span": span and list(span)}),
        "removed": _removed(names, links, item, span),
        "lost": {
            "nodes": [_node(names, node) for node in impact.removal.nodes],
            "links": [link_brief(links[link], names) for link in impact.removal.links],
            "mentions": len(impact.removal.mentions),
        },
        "changes": _changes(names, impact.changes),
        "stranded": [_node(names, node) for node in impact.stranded],
        "opened": _gaps(names, impact.opened),
        "closed": _gaps(names, impact.closed),
        "summary": {
            moment: {str(basis): totals_entry(totals[basis]) for basis in BASES}
            for moment, totals in (("before", impact.before), ("after", impact.after))
        },
    }


def _removed(
    names: Names,
    links: dict[str, Link],
    item: str | None,
    span: tuple[str, int, int] | None,
) -> Document:
    if span is not None:
        source, start, end = span
        return {"what": "span", "source": source, "start": start, "end": end}
    if item in links:
        return {"what": "link", **link_brief(links[item], names)}
    return {"what": "node", **_node(names, item or "")}


def _node(names: Names, item: str) -> Document:
    return {**(names.entry(item) or {}), "kind": str(names.node(item).kind)}


def link_brief(link: Link, names: Names) -> Document:
    """A link with the names of its ends, without its evidence."""
    return {
        "id": link.id,
        "source": names.entry(link.source),
        "relation": str(link.relation),
        "target": names.entry(link.target),
        "basis": link.basis and str(link.basis),
        "scope": str(link.scope),
        "status": str(link.status),
    }


def _changes(names: Names, changes: Iterable[Change]) -> list[Document]:
    rows: dict[str, Document] = {}
    for change in changes:
        row = rows.setdefault(change.directive, {**(names.entry(change.directive) or {}), "at": {}})
        before, after = change.before, change.after
        row["at"][str(change.basis)] = {
            "level": [str(before.level), str(after.level)],
            "rungs": change.rungs,
            "with_measure": [before.with_measure, after.with_measure],
            "measures": [len(before.measures), len(after.measures)],
            "outcomes": [len(before.outcomes), len(after.outcomes)],
        }
    return list(rows.values())


def _gaps(names: Names, keys: Sequence[tuple[str, str, Basis | None]]) -> list[Document]:
    rows: dict[tuple[str, str], dict[str, Any]] = {}
    for code, item, basis in keys:
        row = rows.setdefault(
            (code, item), {"code": code, **(names.entry(item) or {}), "open": None}
        )
        if basis is not None:
            row["open"] = [*(row["open"] or []), str(basis)]
    return list(rows.values())
