"""A data set in which every field of the model has a value somewhere."""

from __future__ import annotations

from dataclasses import replace

from kg.model import (
    NOT_STATED,
    Curator,
    Dataset,
    Decision,
    LinkStatus,
    Mention,
    Passage,
    Role,
    Scope,
    Section,
    Source,
    Stance,
    Voice,
)
from tests.questions.small import SMALL

WHOLE = Mention(
    item="m1",
    source="s1",
    start=10,
    end=16,
    quote="每周巡河一次",
    digest="ab" * 32,
    context_digest="cd" * 32,
    voice=Voice.REPORTER,
    position=2,
    note="原文如此",
)
CUE = Mention(
    item="l02",
    source="s1",
    start=16,
    end=90,
    quote="同一队伍" * 10,
    digest="ef" * 32,
    role=Role.CUE,
    stance=Stance.AGAINST,
    voice=Voice.SIGNED,
)


def _full() -> Dataset:
    nodes = {node.id: node for node in SMALL.nodes}
    nodes["m1"] = replace(
        nodes["m1"],
        lead="org4 org2",
        due="2021-12",
        target_group_zh="沿河居民",
        target_group_en="people by the river",
        note_zh="照录",
        note_en="as printed",
        mentions=(WHOLE, replace(WHOLE, stance=Stance.CONTEXT)),
    )
    nodes["d1"] = replace(
        nodes["d1"], is_set=True, announced=2, open_list=True, date="2021-09/2021-10"
    )
    nodes["d2"] = replace(nodes["d2"], announced=NOT_STATED, issuer_level=NOT_STATED)
    nodes["org1"] = replace(nodes["org1"], type="party-congress", date=NOT_STATED)
    links = {link.id: link for link in SMALL.links}
    links["l02"] = replace(
        links["l02"],
        scope=Scope.GENERAL,
        status=LinkStatus.SUPERSEDED,
        reason="读错主语",
        status_date="2026-11-24",
        successor="l03",
        position=3,
        rationale_en="the same team",
        curator="A",
        confirmed="a0824e0b1714",
        mentions=(CUE,),
    )
    links["l05"] = replace(links["l05"], basis=None)
    return replace(
        SMALL,
        nodes=tuple(nodes.values()),
        links=tuple(links.values()),
        curators=(Curator("B", "整理者乙", "Curator B"), Curator("A", "整理者甲", "Curator A")),
        sources=(
            Source(
                "s1",
                "示例",
                "Example",
                "示例日报",
                "Example Daily",
                "2021-12-31",
                90,
                "01" * 32,
                "zh",
                "article.txt",
                (Section("title", "标题", "Title"), Section("body", "正文", "Body")),
            ),
        ),
        passages=(
            Passage("s1", 0, 10, "title", 1, 1, (), "rhetoric"),
            Passage("s1", 10, 90, "body", 2, 2, ("m1", "d1"), ""),
        ),
        decisions=(
            Decision(
                *("x001", ("m1", "d1"), 10, 16, "是一项还是两项", "一项", "两项"),
                *("两项", "动词不同", "Two verbs"),
            ),
        ),
    )


FULL = _full()
