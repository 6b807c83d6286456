"""The made-up county with what a report of an office needs: due dates, a doubt, a source."""

from __future__ import annotations

from dataclasses import replace

from kg.analysis.coverage import Coverage, cover_ground
from kg.analysis.ground import Ground, lay_ground
from kg.analysis.rules import find_gaps, find_not_judged
from kg.graph.build import build_graph
from kg.model import (
    Basis,
    Dataset,
    Link,
    LinkStatus,
    Mention,
    Node,
    Passage,
    QuoteStatus,
    Relation,
    Section,
    Source,
    Stance,
    Status,
    Voice,
)
from kg.report.content import Document
from kg.report.report_document import report_document
from kg.sources.policy import Policy, Waiver
from kg.words import load_words
from tests.unit.report.county import COUNTY, mention


def _dated(node: Node) -> Node:
    """The node with the dates of an office, where it has any."""
    if node.id == "m02":
        return replace(node, status=Status.PLANNED, due="2021-06", lead="org2")
    return replace(node, due="2022") if node.id == "m01" else node


OFFICE = replace(
    COUNTY,
    nodes=tuple(map(_dated, COUNTY.nodes)),
    links=(
        *COUNTY.links,
        Link(
            "l10",
            "m03",
            Relation.ADDRESSES,
            "d04",
            Basis.INTERPRETED,
            status=LinkStatus.DISPUTED,
            reason="两人所见不同",
            mentions=(
                replace(
                    mention("l10", 70, "并非老年食堂"), stance=Stance.AGAINST, voice=Voice.SIGNED
                ),
            ),
        ),
    ),
    date="2021-12-31",
    sources=(
        Source(
            "s1",
            "示例县推行河湖长制见闻",
            "River chiefs in Example County",
            "示例日报",
            "Example Daily",
            "2021-11",
            100,
            sections=(Section("lead", "导语", "Lead"), Section("body", "正文", "Body")),
        ),
    ),
    passages=(
        Passage("s1", 0, 40, "lead", 1, 1, ("d01",), ""),
        Passage("s1", 40, 100, "body", 2, 1, ("m01",), ""),
    ),
)


def laid(dataset: Dataset) -> tuple[Ground, Coverage]:
    """The ground of a data set, and its coverage."""
    ground = lay_ground(build_graph(dataset))
    return ground, cover_ground(ground)


def report_of(
    dataset: Dataset = OFFICE,
    lang: str = "zh",
    *,
    unit: str | None = None,
    waived: tuple[Waiver, ...] = (),
    statuses: dict[Mention, QuoteStatus] | None = None,
) -> Document:
    """The document of a report, made as `kg report` makes it."""
    ground, coverage = laid(dataset)
    return report_document(
        ground,
        coverage,
        find_gaps(ground.graph),
        load_words(lang),
        statuses=statuses or {},
        unit=unit,
        not_judged=find_not_judged(ground.graph),
        policy=Policy(waivers=waived) if waived else None,
    )
