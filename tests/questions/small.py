"""A data set of a made-up county, small enough to answer every question by eye."""

from __future__ import annotations

from typing import Any

from kg.model import (
    NOT_STATED,
    ActorKnown,
    Basis,
    Concreteness,
    Dataset,
    Figure,
    Kind,
    Link,
    Node,
    OutcomeType,
    Relation,
    Status,
)
from tests.questions.cells import change_figure, change_link, change_node


def _directive(item: str, zh: str, en: str) -> Node:
    return Node(item, Kind.DIRECTIVE, zh, en, type="deployment", issuer="org1", issuer_level="city")


def _measure(item: str, zh: str, en: str, status: Status, **fields: Any) -> Node:
    return Node(
        item, Kind.MEASURE, zh, en, status=status, concreteness=Concreteness.CHECKABLE, **fields
    )


def _outcome(item: str, zh: str, en: str, outcome_type: OutcomeType, **fields: Any) -> Node:
    return Node(item, Kind.OUTCOME, zh, en, figure=Figure(outcome_type, **fields))


SMALL = Dataset(
    title_zh="示例县台账",
    title_en="Ledger of a made-up county",
    base_iri="https://example.org/county/",
    licence="CC-BY-4.0",
    focus_issuer="org1",
    basis_rules="1",
    nodes=(
        Node("b1", Kind.BATTLE, "清河行动攻坚战", "Battle for clean rivers"),
        Node("b2", Kind.BATTLE, "平安夜巡攻坚战", "Battle for safe nights"),
        _directive("d1", "全面推行河湖长制", "Introduce river chiefs everywhere"),
        _directive("d2", "深化网格化治理", "Deepen grid governance"),
        _directive("d3", "建设法治示范区", "Build a model zone of the rule of law"),
        _directive("d4", "办好老年食堂", "Run canteens for the elderly"),
        _measure(
            "m1",
            "每周巡河一次",
            "Patrol the rivers every week",
            Status.DONE,
            actor_known=ActorKnown.STATED,
            lead="org2",
            responsible="org4",
        ),
        _measure(
            "m2",
            "组建网格员队伍",
            "Recruit grid workers",
            Status.ONGOING,
            actor_known=ActorKnown.INHERITED,
            lead=NOT_STATED,
            responsible=NOT_STATED,
        ),
        _measure(
            "m3",
            "开设法治公园",
            "Open a park of the rule of law",
            Status.PLANNED,
            actor_known=ActorKnown.UNKNOWN,
            lead=NOT_STATED,
            responsible=NOT_STATED,
            due="2030",
        ),
        _outcome("o1", "河水变清", "The rivers run clear", OutcomeType.QUALITATIVE),
        _outcome(
            "o2",
            "平安建设先进县",
            "Award for a safe county",
            OutcomeType.AWARD,
            recipient="org2",
            issuer=NOT_STATED,
            year="2020",
        ),
        _outcome("o3", "群众满意", "People are content", OutcomeType.QUALITATIVE),
        _outcome(
            "o4",
            "全省河长制先进",
            "Award for river chiefs",
            OutcomeType.AWARD,
            recipient="org2",
            issuer="org3",
            year="2020",
        ),
        _outcome("o5", "放养鱼苗", "Fry were released", OutcomeType.EVENT),
        _outcome(
            "o6",
            "断面水质达标率94%",
            "Water quality met at 94 %",
            OutcomeType.ATTAINED,
            value=94,
            comparator="=",
            unit="percent",
            verbatim="94%",
            good="higher",
            baseline=NOT_STATED,
            period="2020",
        ),
        Node("org1", Kind.ORGANISATION, "示例市党代会", "City congress", level="city"),
        Node("org2", Kind.ORGANISATION, "示例县水务局", "County water office", level="county"),
        Node("org3", Kind.ORGANISATION, "示例省水利厅", "Provincial water office"),
        Node("org4", Kind.ORGANISATION, "示例县政法委", "County law commission"),
    ),
    links=(
        Link("l01", "m1", Relation.ADDRESSES, "d1", Basis.STATED),
        Link("l02", "m2", Relation.ADDRESSES, "d2", Basis.INTERPRETED, rationale="同一队伍"),
        Link("l03", "m3", Relation.ADDRESSES, "d3", Basis.STATED),
        Link("l04", "b1", Relation.ADDRESSES, "d1", Basis.STATED),
        Link("l05", "m1", Relation.IMPLEMENTS, "b1", Basis.STATED),
        Link("l06", "m2", Relation.IMPLEMENTS, "b2", Basis.POSITIONAL),
        Link("l07", "o1", Relation.RESULT_OF, "m1", Basis.STATED),
        Link("l08", "o2", Relation.RESULT_OF, "m2", Basis.INTERPRETED, rationale="同一队伍"),
        Link("l09", "o4", Relation.RESULT_OF, "m1", Basis.STATED),
        Link("l10", "o5", Relation.PART_OF, "o1", Basis.STATED),
        Link("l11", "o6", Relation.RESULT_OF, "m1", Basis.ECHOED),
        Link("l12", "m2", Relation.PERFORMED_BY, "org4", Basis.STATED),
        Link("l13", "b1", Relation.PERFORMED_BY, "org2", Basis.STATED),
    ),
)


def with_node(item: str, **cells: Any) -> Dataset:
    """Change cells of one node."""
    return change_node(SMALL, item, **cells)


def with_figure(item: str, **cells: Any) -> Dataset:
    """Change cells of what one outcome reports."""
    return change_figure(SMALL, item, **cells)


def with_link(item: str, **cells: Any) -> Dataset:
    """Change cells of one link."""
    return change_link(SMALL, item, **cells)
