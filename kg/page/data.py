"""What the page knows: the data set, its coverage and its gaps as one JSON document.

The page only filters and draws; everything that is computed is computed here.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final

from kg.analysis.coverage import Coverage, DirectiveCoverage
from kg.model import (
    BANDED_KINDS,
    BASES,
    Basis,
    Dataset,
    Finding,
    Kind,
    Mention,
    QuoteStatus,
    Relation,
    Role,
    Rung,
    Severity,
    Stance,
    Voice,
)
from kg.page.layout import NARROW, WIDE, Layout, Shape, place_nodes
from kg.page.rows import FIGURE_FIELDS, MEASURE_FIELDS, Evidence, Pool, link_row, node_row
from kg.page.wrapping import box_height
from kg.words import LANGS, Words, load_words
from kg.words.sentences import finding_sentence, gaps_sentence

SCHEMA: Final = "kg-page/1"
# The shared tables of the catalogue that the page shows.
WORD_TABLES: Final = (
    "page",
    "kind",
    "kinds",
    "kind_def",
    "relation",
    "basis",
    "basis_def",
    "basis_upto",
    "scope",
    "scope_def",
    "link_status",
    "status",
    "concreteness",
    "concreteness_def",
    "rung",
    "rung_def",
    "stance",
    "voice",
    "role",
    "quote_status",
    "quote_status_def",
    "outcome_type",
    "level",
    "unit",
    "comparator",
    "change",
    "good",
    "absent",
    "severity",
    "actor_known",
    "answer",
    "list",
)


def build_data(
    dataset: Dataset,
    coverage: Coverage,
    gaps: Sequence[Finding],
    *,
    layout: Layout,
    lang: str,
    basis: Basis,
    quote_statuses: Mapping[Mention, QuoteStatus] | None,
) -> dict[str, Any]:
    """Everything the page is made of but the network itself.

    Parameters
    ----------
    dataset, coverage, gaps
        A data set, its coverage, and its findings KG1xx to KG4xx.
    layout
        The wide layout of the opening language, by which the network was built; the others
        are added here.
    lang, basis
        The language and the basis the page opens with.
    quote_statuses
        What became of each quote; `None` where no source was at hand.

    Returns
    -------
    dict
        A JSON document of schema ``kg-page/1``: `nodes` and `links` sorted by id, mentions
        and items by number to keep it small. `null` and "not-stated" stay what they are.
    """
    number = {node.id: at for at, node in enumerate(dataset.nodes)}
    evidence = Evidence(dataset, quote_statuses or {})
    rationales, sentences = Pool(), Pool()
    nodes = [node_row(node, evidence) for node in dataset.nodes]
    links = [link_row(link, number, evidence, rationales) for link in dataset.links]
    findings = _findings(
        sorted(gaps, key=lambda gap: (gap.code, gap.node)), dataset, number, sentences
    )
    return {
        "schema": SCHEMA,
        "dataset": _header(dataset, coverage),
        "lang": lang,
        "basis": basis.value,
        "order": _orders(),
        "measure_fields": [*MEASURE_FIELDS, "target_group"],
        "figure_fields": list(FIGURE_FIELDS),
        "sources": [_source(dataset, at) for at in range(len(dataset.sources))],
        "spans": evidence.spans.rows(),
        "rationales": rationales.rows(),
        "sentences": sentences.rows(),
        "nodes": nodes,
        "links": links,
        "coverage": _coverage(coverage, number),
        "gap_sentences": {lang: _gap_sentences(dataset, coverage, lang) for lang in LANGS},
        "findings": findings,
        "gap_counts": {
            basis.value: sum(gap.open is None or basis in gap.open for gap in gaps)
            for basis in BASES
        },
        "layouts": _layouts(dataset, number, {f"wide-{lang}": layout}),
        "words": {lang: _words(lang) for lang in LANGS},
    }


def choose_layout(dataset: Dataset, *, lang: str, shape: Shape = WIDE) -> Layout:
    """The layout of the five banded kinds of a data set, for labels of a language."""
    bands = [[node.id for node in dataset.nodes if node.kind is kind] for kind in BANDED_KINDS]
    drawn = {item for band in bands for item in band}
    links = [
        (link.source, link.target)
        for link in dataset.links
        if link.carries and link.source in drawn and link.target in drawn
    ]
    heights = {
        node.id: box_height(node.label(lang))
        for node in dataset.nodes
        if node.kind is Kind.DIRECTIVE
    }
    return place_nodes(bands, links, heights=heights, shape=shape)


def _layouts(
    dataset: Dataset, number: Mapping[str, int], opening: Mapping[str, Layout]
) -> dict[str, Any]:
    """Each layout by name, its spots as x, y, x, y … in the order of the banded nodes.

    The opening one has none: its spots are the network's own.
    """
    found = {}
    for lang in LANGS:
        for name, shape in (("wide", WIDE), ("narrow", NARROW)):
            key = f"{name}-{lang}"
            layout = opening.get(key) or choose_layout(dataset, lang=lang, shape=shape)
            spots = [[number[item], *spot] for item, spot in layout.spots.items()]
            found[key] = {
                "width": layout.width,
                "height": layout.height,
                "bands": [list(band) for band in layout.bands],
                "boxes": dict(sorted(layout.box_heights.items())),
                "spots": [] if key in opening else [n for spot in sorted(spots) for n in spot[1:]],
            }
    return found


def _orders() -> dict[str, list[str]]:
    """The words that small numbers in the document stand for."""
    enums = {
        "kind": Kind,
        "basis": Basis,
        "rung": Rung,
        "voice": Voice,
        "role": Role,
        "stance": Stance,
        "quote_status": QuoteStatus,
        "relation": Relation,
        "severity": Severity,
    }
    return {name: [member.value for member in enum] for name, enum in sorted(enums.items())}


def _header(dataset: Dataset, coverage: Coverage) -> dict[str, Any]:
    from kg.document import dataset_digest
    from kg.version import VERSION

    names = {node.id: node for node in dataset.nodes}
    issuer = names.get(coverage.issuer or "")
    curators = [[c.id, c.name_zh, c.name_en] for c in dataset.curators]
    return {
        "title": [dataset.title_zh, dataset.title_en],
        "base_iri": dataset.base_iri,
        "licence": dataset.licence,
        "focus_issuer": dataset.focus_issuer,
        "issuer": [issuer.label(lang) for lang in LANGS] if issuer else coverage.issuer,
        "basis_rules": dataset.basis_rules,
        "as_of": dataset.as_of,
        "digest": dataset_digest(dataset),
        "version": VERSION,
        "include_prior": coverage.include_prior,
        "curators": curators,
    }


def _source(dataset: Dataset, at: int) -> dict[str, Any]:
    source = dataset.sources[at]
    return {
        "id": source.id,
        "title": [source.title_zh, source.title_en],
        "publisher": [source.publisher_zh, source.publisher_en],
        "date": source.date,
        "sections": [[section.id, section.zh, section.en] for section in source.sections],
    }


def _coverage(coverage: Coverage, number: Mapping[str, int]) -> dict[str, Any]:
    return {
        "chosen": list(coverage.chosen),
        "chosen_legs": list(coverage.chosen_legs),
        "summary": {
            basis.value: [totals.total, totals.with_measure]
            for basis, totals in coverage.summary.items()
        },
        "legs": {
            basis.value: [totals.total, totals.with_measure]
            for basis, totals in coverage.legs.items()
        },
        "rows": [_row(row, number) for row in coverage.directives],
    }


def _row(row: DirectiveCoverage, number: Mapping[str, int]) -> dict[str, Any]:
    """One directive: at each basis level, flags and counts; `items` new at each basis."""
    seen: set[str] = set()
    items = []
    for basis in BASES:
        new = [item for item in row.at[basis].items if item not in seen]
        seen.update(new)
        items.append([number[item] for item in new])
    return {
        "id": row.id,
        "parent": row.parent,
        "legs": list(row.legs),
        "levels": [row.at[basis].level.height for basis in BASES],
        "with_measure": [row.at[basis].with_measure for basis in BASES],
        "counts": [
            [
                len(row.at[basis].measures),
                len(row.at[basis].planned),
                len(row.at[basis].outcomes),
                len(row.at[basis].figures),
            ]
            for basis in BASES
        ],
        "open_legs": [len(row.at[basis].open_legs) for basis in BASES],
        "items": items,
        "chains": [list(chain.ids) if (chain := row.at[basis].chain) else None for basis in BASES],
    }


def _gap_sentences(dataset: Dataset, coverage: Coverage, lang: str) -> list[str]:
    """At each basis, how many directives lack measures and what helps: as `kg gaps` says it."""
    names = {node.id: node.label(lang) for node in dataset.nodes}
    issuer = coverage.issuer and names.get(coverage.issuer, coverage.issuer)
    totals = coverage.summary
    return [
        gaps_sentence(
            load_words(lang),
            issuer=issuer,
            total=totals[basis].total,
            with_measure={other: totals[other].with_measure for other in BASES},
            basis=basis,
        )
        for basis in BASES
    ]


def _findings(
    gaps: Sequence[Finding], dataset: Dataset, number: Mapping[str, int], sentences: Pool
) -> list[list[Any]]:
    """``[code, node, severity, open, sentences]``, the last two as lists of numbers."""
    names = {lang: {node.id: node.label(lang) for node in dataset.nodes} for lang in LANGS}

    def say(gap: Finding, words: Words) -> str:
        return finding_sentence(words, gap, lambda item: names[words.lang].get(item, ""))

    return [
        [
            gap.code,
            number[gap.node],
            list(Severity).index(gap.severity),
            None if gap.open is None else [basis.weakness for basis in gap.open],
            [sentences.number(say(gap, load_words(lang))) for lang in LANGS],
        ]
        for gap in gaps
    ]


def _words(lang: str) -> dict[str, str]:
    words = load_words(lang)
    tables = {
        f"{table}.{key}": sentence
        for table in WORD_TABLES
        for key, sentence in words.table(table).items()
    }
    codes = {
        f"code.{key}": sentence
        for key, sentence in words.table("code").items()
        if key[2] != "0" and key.split(".")[1] in ("title", "todo")
    }
    return dict(sorted((tables | codes).items()))
