"""A made-up article about a county: who says what, where, and what is said against it.

Its offsets point into no text: the reporter's lead (0–99), a signed commentary (100–199),
the reporter's sections (200–499), captions (500–).
"""

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
    LinkStatus,
    Mention,
    Node,
    OutcomeType,
    Relation,
    Role,
    Source,
    Stance,
    Status,
    Voice,
)


def _at(item: str, start: int, end: int, voice: Voice, **fields: Any) -> Mention:
    return Mention(item, "s1", start, end, voice=voice, **fields)


def _directive(item: str, zh: str, en: str, date: str, *at: Mention, **fields: Any) -> Node:
    return Node(item, Kind.DIRECTIVE, zh, en, issuer="org1", date=date, mentions=at, **fields)


def _measure(item: str, zh: str, en: str, *at: Mention, **fields: Any) -> Node:
    given = {"status": Status.ONGOING, "concreteness": Concreteness.GENERIC, **fields}
    return Node(item, Kind.MEASURE, zh, en, mentions=at, **given)


def _strategy(item: str, zh: str, en: str, *at: Mention, **fields: Any) -> Node:
    return Node(item, Kind.STRATEGY, zh, en, mentions=at, **fields)


INHERITED = {"actor_known": ActorKnown.INHERITED, "lead": NOT_STATED}

TOLD = Dataset(
    title_zh="示例县报道",
    title_en="Report on a made-up county",
    base_iri="https://example.org/told/",
    licence="CC-BY-4.0",
    focus_issuer="org1",
    basis_rules="1",
    sources=(Source("s1", "示例县纪事", "A county's year", length=600),),
    nodes=(
        _directive(
            "d1",
            "全面推行河湖长制",
            "Introduce river chiefs everywhere",
            "2021-09",
            _at("d1", 10, 20, Voice.REPORTER),
            _at("d1", 110, 120, Voice.SIGNED),
        ),
        _directive(
            "d2",
            "深化网格化治理",
            "Deepen grid governance",
            "2019",
            _at("d2", 22, 30, Voice.REPORTER),
        ),
        _directive(
            "d3",
            "“三项教育”",
            "“Three educations”",
            NOT_STATED,
            _at("d3", 32, 40, Voice.REPORTER),
            is_set=True,
            announced=3,
        ),
        _directive(
            "d4",
            "建设法治示范区",
            "Build a model zone of the rule of law",
            NOT_STATED,
            _at("d4", 42, 50, Voice.REPORTER),
        ),
        _measure(
            "m1",
            "每周巡河一次",
            "Patrol the rivers every week",
            _at("m1", 130, 140, Voice.SIGNED),
            _at("m1", 300, 310, Voice.REPORTER),
            status=Status.DONE,
            concreteness=Concreteness.CHECKABLE,
            actor_known=ActorKnown.STATED,
            lead="org2",
            responsible=NOT_STATED,
        ),
        _measure(
            "m2",
            "开设法治公园",
            "Open a park of the rule of law",
            _at("m2", 142, 150, Voice.SIGNED),
            status=Status.UNDETERMINED,
            concreteness=Concreteness.CHECKABLE,
            responsible="org2",
            **INHERITED,
        ),
        _measure(
            "m3",
            "组建网格员队伍",
            "Recruit grid workers",
            _at("m3", 152, 160, Voice.SIGNED),
            actor_known=ActorKnown.UNKNOWN,
        ),
        _measure(
            "m4",
            "网格员入户走访",
            "Grid workers visit households",
            _at("m4", 320, 330, Voice.REPORTER),
            responsible="org3",
            **INHERITED,
        ),
        _measure(
            "m5",
            "永葆赤子之心",
            "Keep a pure heart",
            _at("m5", 172, 180, Voice.SIGNED),
            concreteness=Concreteness.SLOGAN,
            responsible="org2",
            **INHERITED,
        ),
        _measure(
            "m6",
            "办好老年食堂",
            "Run canteens for the elderly",
            _at("m6", 162, 170, Voice.SIGNED),
            actor_known=ActorKnown.UNKNOWN,
        ),
        Node(
            "o1",
            Kind.OUTCOME,
            "断面水质达标率94%",
            "Water quality met at 94 %",
            mentions=(_at("o1", 400, 410, Voice.REPORTER),),
            figure=Figure(
                OutcomeType.ATTAINED,
                value=94,
                comparator="=",
                unit="percent",
                verbatim="94%",
                good="higher",
                baseline=NOT_STATED,
                denominator=NOT_STATED,
                period="2020",
            ),
        ),
        Node(
            "o2",
            Kind.OUTCOME,
            "开办食堂5处",
            "Five canteens opened",
            mentions=(
                _at("o2", 420, 430, Voice.REPORTER),
                _at("o2", 500, 510, Voice.CAPTION),
            ),
            figure=Figure(
                OutcomeType.COUNT,
                value=5,
                comparator="=",
                unit="item",
                verbatim="5处",
                good="higher",
                period="2022",
            ),
        ),
        Node("org1", Kind.ORGANISATION, "示例市党代会", "City congress", level="city"),
        Node("org2", Kind.ORGANISATION, "示例县水务局", "County water office", level="county"),
        Node("org3", Kind.ORGANISATION, "示例县政法委", "County law commission"),
        _strategy(
            "t1",
            "“三个关键”",
            "“Three keys”",
            _at("t1", 60, 64, Voice.REPORTER),
            _at("t1", 350, 352, Voice.REPORTER, stance=Stance.CONTEXT),
            is_set=True,
            announced=3,
        ),
        _strategy("t2", "水清", "Clear water", _at("t2", 65, 67, Voice.REPORTER)),
        _strategy("t3", "岸绿", "Green banks", _at("t3", 68, 70, Voice.REPORTER)),
        _strategy(
            "t4",
            "“两横一纵”",
            "“Two across, one down”",
            _at("t4", 72, 76, Voice.REPORTER),
            is_set=True,
            announced=NOT_STATED,
        ),
    ),
    links=(
        Link("l1", "m1", Relation.ADDRESSES, "d1", Basis.STATED),
        Link(
            "l2",
            "m1",
            Relation.ADDRESSES,
            "d2",
            Basis.STATED,
            mentions=(
                _at("l2", 300, 310, Voice.REPORTER, role=Role.CUE),
                _at("l2", 182, 190, Voice.SIGNED, stance=Stance.AGAINST),
            ),
        ),
        Link("l3", "m2", Relation.ADDRESSES, "d4", Basis.INTERPRETED, rationale="同一工程"),
        Link("l4", "m4", Relation.ADDRESSES, "d1", Basis.ECHOED),
        Link("l5", "m4", Relation.ADDRESSES, "d2", Basis.INTERPRETED, rationale="同一队伍"),
        Link(
            "l6",
            "m4",
            Relation.ECHOES,
            "m3",
            Basis.ECHOED,
            mentions=(
                _at("l6", 320, 323, Voice.REPORTER, role=Role.SOURCE),
                _at("l6", 154, 157, Voice.SIGNED, role=Role.TARGET),
            ),
        ),
        Link(
            "l7",
            "m4",
            Relation.IMPLEMENTS,
            "t2",
            Basis.POSITIONAL,
            status=LinkStatus.DISPUTED,
            reason="两人读法不同",
        ),
        Link(
            "l8",
            "m3",
            Relation.IMPLEMENTS,
            "t3",
            Basis.POSITIONAL,
            status=LinkStatus.WITHDRAWN,
            reason="误挂",
            mentions=(_at("l8", 192, 198, Voice.SIGNED, stance=Stance.AGAINST),),
        ),
        Link("l9", "t2", Relation.PART_OF, "t1", Basis.STATED),
        Link("la", "t3", Relation.PART_OF, "t1", Basis.STATED),
        Link("lb", "o1", Relation.RESULT_OF, "m1", Basis.STATED),
        Link("lc", "o2", Relation.RESULT_OF, "m6", Basis.ECHOED),
        Link("ld", "m2", Relation.PERFORMED_BY, "org2", Basis.INTERPRETED, rationale="承前"),
        Link("le", "m4", Relation.PERFORMED_BY, "org3", Basis.POSITIONAL),
    ),
)
