"""What the page knows: the data set, its coverage and its gaps as one JSON document.

The page only filters and draws; everything that is computed is computed here.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from kg.analysis.coverage import Coverage
from kg.model import (
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
from kg.page.answers import coverage_rows, finding_rows, gap_sentences
from kg.page.choice import DRAWN_KINDS, Part, hold
from kg.page.layout import NARROW, WIDE, Layout, Shape, place_nodes
from kg.page.network import is_drawn
from kg.page.reading import build_reading
from kg.page.rows import FIGURE_FIELDS, MEASURE_FIELDS, Evidence, Pool, link_row, node_row
from kg.page.wrapping import box_size
from kg.words import LANGS, load_words

SCHEMA: Final = "kg-page/1"
# Of more things than these a page opens on directives and strategies, and packs what it shows.
LARGE: Final = 600
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


@dataclass(frozen=True, slots=True)
class Opening:
    """How the page opens: language, basis, and a title in place of the data set's own."""

    lang: str
    basis: Basis = Basis.STATED
    title: str | None = None


def build_data(
    dataset: Dataset,
    coverage: Coverage,
    gaps: Sequence[Finding],
    *,
    layout: Layout,
    part: Part,
    opening: Opening,
    quote_statuses: Mapping[Mention, QuoteStatus] | None = None,
    texts: Mapping[str, str] | None = None,
) -> dict[str, Any]:
    """Everything the page is made of but the network itself.

    Parameters
    ----------
    dataset, coverage, gaps
        A data set, its coverage, and its findings KG1xx to KG4xx.
    layout
        The wide layout of the opening language, by which the network was built; the others
        are added here.
    part
        What of the data set is drawn.
    opening
        How the page opens.
    quote_statuses
        What became of each quote; `None` where no source was at hand.
    texts
        The source texts that the page holds in full, by source id; none unless asked for.

    Returns
    -------
    dict
        A JSON document of schema ``kg-page/1``: `nodes` and `links` sorted by id, mentions
        and items by number to keep it small. `null` and "not-stated" stay what they are.
    """
    held = hold(dataset, part)
    number = {node.id: at for at, node in enumerate(held.nodes)}
    evidence = Evidence(held, quote_statuses or {})
    rationales, sentences = Pool(), Pool()
    parts = parts_of_directives(held)
    nodes = [node_row(node, evidence, is_part=node.id in parts) for node in held.nodes]
    links = [link_row(link, number, evidence, rationales) for link in held.links]
    ordered = sorted(gaps, key=lambda gap: (gap.code, gap.node))
    findings = finding_rows(ordered, dataset, number, sentences)
    return {
        "schema": SCHEMA,
        "dataset": _header(dataset, coverage, opening.title),
        "part": _part(part),
        "lang": opening.lang,
        "basis": opening.basis.value,
        "order": _orders(),
        "measure_fields": [*MEASURE_FIELDS, "target_group"],
        "figure_fields": list(FIGURE_FIELDS),
        "sources": [_source(held, at) for at in range(len(held.sources))],
        "spans": evidence.spans.rows(),
        "reading": None if texts is None else build_reading(evidence, texts),
        "rationales": rationales.rows(),
        "sentences": sentences.rows(),
        "nodes": nodes,
        "links": links,
        "coverage": coverage_rows(coverage, number),
        "gap_sentences": {lang: gap_sentences(dataset, coverage, lang) for lang in LANGS},
        "findings": findings,
        "gap_counts": {
            basis.value: sum(row[3] is None or basis.weakness in row[3] for row in findings)
            for basis in BASES
        },
        "drawn": sorted(number[item] for item in layout.spots),
        "layouts": _layouts(held, part, {f"wide-{opening.lang}": layout}),
        "words": {lang: _words(lang) for lang in LANGS},
    }


def parts_of_directives(dataset: Dataset) -> frozenset[str]:
    """The directives that are a part of another one, or answer it."""
    directives = {node.id for node in dataset.nodes if node.kind is Kind.DIRECTIVE}
    return frozenset(
        link.source
        for link in dataset.links
        if link.carries and link.source in directives and link.target in directives
    )


def choose_layout(dataset: Dataset, *, part: Part, lang: str, shape: Shape = WIDE) -> Layout:
    """The layout of what is drawn of a data set, for labels of a language."""
    nodes = [node for node in dataset.nodes if node.id in part.drawn]
    bands = [[node.id for node in nodes if node.kind is kind] for kind in DRAWN_KINDS]
    links = [(link.source, link.target) for link in dataset.links if is_drawn(link, part.drawn)]
    parts = parts_of_directives(dataset)
    sizes = {
        node.id: box_size(node.label(lang), is_part=node.id in parts)
        for node in nodes
        if node.kind is Kind.DIRECTIVE
    }
    return place_nodes(bands, links, sizes=sizes, shape=shape)


def _layouts(dataset: Dataset, part: Part, opening: Mapping[str, Layout]) -> dict[str, Any]:
    """Each layout by name, its spots as x, y, x, y … in the order of `drawn`.

    The opening one has none: its spots are the network's own. Of a large graph only that
    one is there: the page packs what is visible of it by its order.
    """
    order = [node.id for node in dataset.nodes if node.id in part.drawn]
    found = {}
    for lang in LANGS:
        for name, shape in (("wide", WIDE), ("narrow", NARROW)):
            key = f"{name}-{lang}"
            if key not in opening and part.shown > LARGE:
                continue
            layout = opening.get(key) or choose_layout(dataset, part=part, lang=lang, shape=shape)
            found[key] = {
                "width": layout.width,
                "bands": [list(band) for band in layout.bands],
                "boxes": {item: list(box) for item, box in sorted(layout.boxes.items())},
                "spots": []
                if key in opening
                else [n for item in order for n in layout.spots[item]],
            }
    return found


def _part(part: Part) -> dict[str, Any]:
    return {
        "total": part.total,
        "shown": part.shown,
        "focus": part.focus,
        "depth": part.depth,
        "kinds": [kind.value for kind in part.kinds],
        "is_cut": part.is_cut,
        "large": part.shown > LARGE,
    }


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


def _header(dataset: Dataset, coverage: Coverage, title: str | None) -> dict[str, Any]:
    from kg.document import dataset_digest
    from kg.version import VERSION

    names = {node.id: node for node in dataset.nodes}
    issuer = names.get(coverage.issuer or "")
    curators = [[c.id, c.name_zh, c.name_en] for c in dataset.curators]
    return {
        "title": [title, title] if title else [dataset.title_zh, dataset.title_en],
        "name": [dataset.title_zh, dataset.title_en],
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
