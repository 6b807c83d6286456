"""A made-up county: two issuers, a directive of two legs, every level, a cue in a quote."""

from __future__ import annotations

from kg.model import (
    NOT_STATED,
    Basis,
    Concreteness,
    Dataset,
    Figure,
    Kind,
    Link,
    Mention,
    Node,
    OutcomeType,
    Relation,
    Role,
    Status,
    Voice,
)


def _directive(item: str, zh: str, en: str, issuer: str = "org1") -> Node:
    return Node(item, Kind.DIRECTIVE, zh, en, issuer=issuer, mentions=(mention(item, 0, zh),))


def _measure(
    item: str,
    zh: str,
    en: str,
    *,
    status: Status = Status.DONE,
    concreteness: Concreteness = Concreteness.CHECKABLE,
    responsible: str = NOT_STATED,
) -> Node:
    return Node(
        item,
        Kind.MEASURE,
        zh,
        en,
        status=status,
        concreteness=concreteness,
        lead=NOT_STATED,
        responsible=responsible,
        mentions=(mention(item, 40, zh),),
    )


def mention(item: str, start: int, quote: str, role: Role = Role.WHOLE) -> Mention:
    """A mention of the reporter's."""
    end = start + len(quote)
    return Mention(item, "s1", start, end, quote, "", "", Voice.REPORTER, role)


COUNTY = Dataset(
    nodes=(
        _directive("d01", "全面推行河湖长制", "Put a chief in charge of every river"),
        _directive("d02", "深化网格化治理", "Deepen grid governance"),
        _directive("d03", "建设法治示范区", "Build a model area of the rule of law"),
        _directive("d031", "法治政府", "A law-based government"),
        _directive("d032", "法治社会", "A law-based society"),
        _directive("d04", "办好老年食堂", "Run good canteens for the elderly"),
        _directive("d05", "上级的另一项要求", "Another demand", issuer=NOT_STATED),
        _measure("m01", "设立河长办", "Set up an office of river chiefs", responsible="org2"),
        _measure("m02", "建立网格员队伍", "Recruit grid workers"),
        _measure("m03", "弘扬法治精神", "Uphold the law", concreteness=Concreteness.SLOGAN),
        Node(
            "o01",
            Kind.OUTCOME,
            "水质达标率94%",
            "94 % of the water is clean",
            figure=Figure(
                OutcomeType.ATTAINED,
                94,
                "=",
                "percent",
                "94%",
                good="higher",
                baseline=NOT_STATED,
                period="2021",
            ),
            mentions=(mention("o01", 60, "水质达标率94%"),),
        ),
        Node("org1", Kind.ORGANISATION, "市党代会", "The city congress"),
        Node("org2", Kind.ORGANISATION, "示例县", "Example County"),
        Node("t01", Kind.STRATEGY, "五大攻坚战", "Five battles", is_set=True, announced=5),
    ),
    links=(
        Link(
            "l01",
            "m01",
            Relation.ADDRESSES,
            "d01",
            Basis.STATED,
            mentions=(
                mention("l01", 38, "为此", Role.CUE),
                mention("l01", 36, "推行，为此设立河长办", Role.SOURCE),
            ),
        ),
        Link("l02", "o01", Relation.RESULT_OF, "m01", Basis.POSITIONAL),
        Link(
            "l03",
            "m02",
            Relation.ADDRESSES,
            "d02",
            Basis.INTERPRETED,
            rationale="网格员做的就是网格化治理",
            rationale_en="Grid workers do grid governance",
            curator="A",
        ),
        Link("l04", "d031", Relation.PART_OF, "d03", Basis.STATED),
        Link("l05", "d032", Relation.PART_OF, "d03", Basis.STATED),
        Link("l06", "m03", Relation.ADDRESSES, "d032", Basis.ECHOED),
        Link("l07", "m02", Relation.ADDRESSES, "d031", Basis.POSITIONAL),
        Link("l08", "o01", Relation.RESULT_OF, "t01", Basis.STATED),
        Link("l09", "t01", Relation.ADDRESSES, "d04", Basis.STATED),
    ),
    title_zh="示例县 2021",
    title_en="Example county 2021",
    focus_issuer="org1",
    basis_rules="1",
)
