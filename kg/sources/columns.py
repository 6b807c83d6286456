"""The tables of a ledger and their columns: names in English and Chinese, and what a cell holds.

A new column is a line here; the reader and `docs/ledger.md` follow.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum, StrEnum
from typing import Final

from kg.model import (
    CONTEXT_KINDS,
    ActorKnown,
    Basis,
    Concreteness,
    LinkStatus,
    OutcomeType,
    Relation,
    Role,
    Scope,
    Stance,
    Status,
    Voice,
)


class Holds(Enum):
    """What the cells of a column hold."""

    TEXT = "text"  # any text, may be empty
    ID = "id"  # an id, never empty
    IDS = "ids"  # ids separated by one space, may be empty
    FLAG = "flag"  # true or false
    WHOLE = "whole"  # a whole number, or empty
    WORD = "word"  # one of a closed list, never empty
    NULL_WORD = "null-word"  # one of a closed list, or null
    STATED = "stated"  # a value, null or not-stated; never empty
    STATED_WHOLE = "stated-whole"  # a whole number, null or not-stated
    STATED_NUMBER = "stated-number"  # a number, null or not-stated
    STATED_WORD = "stated-word"  # one of a closed list, null or not-stated
    STATED_DATE = "stated-date"  # a date of design §5, null or not-stated


@dataclass(frozen=True, slots=True)
class Column:
    """One column. `words` is the closed list, `labels` the table of their names in the catalogue.

    A column that is not `needed` may be missing as a whole; its cells are then the default
    of the model.
    """

    name: str
    zh: str
    holds: Holds = Holds.TEXT
    needed: bool = False
    words: tuple[str, ...] = ()
    labels: str = ""


def _listed(
    name: str,
    zh: str,
    words: type[StrEnum] | tuple[str, ...],
    labels: str,
    *,
    holds: Holds = Holds.WORD,
    needed: bool = True,
) -> Column:
    values = words if isinstance(words, tuple) else tuple(word.value for word in words)
    return Column(name, zh, holds, needed=needed, words=values, labels=labels)


LEVELS: Final = ("central", "province", "city", "county", "township", "village", "grid")
ISSUER_LEVELS: Final = LEVELS[:4]
COMPARATORS: Final = ("=", ">=", ">", "<=", "<", "~")
NONE_REASONS: Final = (
    *("whitespace", "byline", "rhetoric", "general-statement", "purpose-clause", "connective"),
)

_ID: Final = Column("id", "编号", Holds.ID, needed=True)
_NAMES: Final = (Column("zh", "名称", needed=True), Column("en", "英文名称"))
_SET: Final = (
    Column("set", "成组", Holds.FLAG),
    Column("announced", "宣称数目", Holds.STATED_WHOLE),
    Column("open_list", "列举未尽", Holds.FLAG),
)
_NOTES: Final = (Column("note_zh", "备注"), Column("note_en", "英文备注"))

TABLES: Final[dict[str, tuple[Column, ...]]] = {
    "directives": (
        _ID,
        *_NAMES,
        Column("type", "类型"),
        Column("issuer", "提出单位", Holds.STATED, needed=True),
        _listed(
            "issuer_level",
            "提出层级",
            ISSUER_LEVELS,
            "level",
            holds=Holds.STATED_WORD,
            needed=False,
        ),
        Column("date", "日期", Holds.STATED_DATE),
        *_SET,
        *_NOTES,
    ),
    "strategies": (_ID, *_NAMES, Column("type", "类型"), *_SET, *_NOTES),
    "battles": (_ID, *_NAMES, *_SET, *_NOTES),
    "measures": (
        _ID,
        *_NAMES,
        _listed("status", "进度", Status, "status"),
        _listed("concreteness", "具体程度", Concreteness, "concreteness"),
        Column("programme", "专项活动", Holds.FLAG),
        _listed(
            *("actor_known", "主体依据", ActorKnown, "actor_known"),
            holds=Holds.NULL_WORD,
            needed=False,
        ),
        Column("lead", "牵头单位", Holds.STATED),
        Column("responsible", "责任单位", Holds.STATED),
        Column("due", "完成时限", Holds.STATED_DATE),
        Column("target_group_zh", "服务对象", Holds.STATED),
        Column("target_group_en", "英文服务对象", Holds.STATED),
        *_SET,
        *_NOTES,
    ),
    "outcomes": (
        _ID,
        *_NAMES,
        _listed("outcome_type", "成效类型", OutcomeType, "outcome_type"),
        Column("value", "数值", Holds.STATED_NUMBER, needed=True),
        _listed(
            "comparator", "比较", COMPARATORS, "comparator", holds=Holds.STATED_WORD, needed=False
        ),
        Column("unit", "计量单位", Holds.STATED, needed=True),
        Column("verbatim", "原文写法", Holds.STATED),
        _listed(
            "change", "变化方向", ("rise", "fall"), "change", holds=Holds.STATED_WORD, needed=False
        ),
        _listed(
            "good", "向好方向", ("higher", "lower"), "good", holds=Holds.STATED_WORD, needed=False
        ),
        Column("target", "目标值", Holds.STATED),
        Column("baseline", "基数", Holds.STATED, needed=True),
        Column("denominator", "分母", Holds.STATED, needed=True),
        Column("period", "期间", Holds.STATED_DATE, needed=True),
        Column("recipient", "获得者", Holds.STATED),
        Column("issuer", "授予单位", Holds.STATED),
        Column("year", "年份", Holds.STATED_DATE),
        Column("computed", "推算", Holds.FLAG),
        Column("presupposed", "预设", Holds.FLAG),
        *_SET,
        *_NOTES,
    ),
    "context": (
        _ID,
        _listed("kind", "种类", tuple(kind.value for kind in CONTEXT_KINDS), "kind"),
        *_NAMES,
        Column("type", "类型"),
        _listed("level", "层级", LEVELS, "level", holds=Holds.STATED_WORD, needed=False),
        Column("date", "日期", Holds.STATED_DATE),
        *_NOTES,
    ),
    "links": (
        _ID,
        Column("source", "起点", Holds.ID, needed=True),
        _listed("relation", "关系", Relation, "relation"),
        Column("target", "终点", Holds.ID, needed=True),
        _listed("basis", "依据", Basis, "basis", holds=Holds.NULL_WORD),
        _listed("scope", "范围", Scope, "scope", needed=False),
        _listed("status", "链接状态", LinkStatus, "link_status", needed=False),
        Column("reason", "状态理由"),
        Column("status_date", "状态日期"),
        Column("successor", "接替链接"),
        Column("position", "序号", Holds.WHOLE),
        Column("rationale", "解读理由"),
        Column("rationale_en", "英文解读理由"),
        Column("curator", "整理人"),
        Column("confirmed", "确认校验值"),
    ),
    "mentions": (
        Column("item", "对象", Holds.ID, needed=True),
        Column("source", "来源", Holds.ID, needed=True),
        Column("start", "起", Holds.WHOLE, needed=True),
        Column("end", "止", Holds.WHOLE, needed=True),
        Column("digest", "摘要值"),
        Column("context_digest", "上下文摘要值"),
        Column("quote", "引文"),
        _listed("voice", "谁的话", Voice, "voice", needed=False),
        _listed("role", "作用", Role, "role"),
        _listed("stance", "立场", Stance, "stance", needed=False),
        Column("position", "序号", Holds.WHOLE),
        Column("note", "备注"),
    ),
    "passages": (
        Column("source", "来源", Holds.ID, needed=True),
        Column("start", "起", Holds.WHOLE, needed=True),
        Column("end", "止", Holds.WHOLE, needed=True),
        Column("section", "部分", Holds.ID, needed=True),
        Column("paragraph", "段", Holds.WHOLE, needed=True),
        Column("sentence", "句", Holds.WHOLE, needed=True),
        Column("items", "条目", Holds.IDS, needed=True),
        Column("none", "无条目理由", needed=True),
    ),
    "decisions": (
        _ID,
        Column("subject", "所涉", Holds.IDS),
        Column("start", "起", Holds.WHOLE),
        Column("end", "止", Holds.WHOLE),
        Column("what", "问题", needed=True),
        Column("a", "甲"),
        Column("b", "乙"),
        Column("decision", "决定", needed=True),
        Column("why", "理由"),
        Column("why_en", "英文理由"),
    ),
}

# A ledger may do without these; the others must be there, if only with their header.
OPTIONAL_TABLES: Final = ("context", "passages", "decisions")
# Tables beside the ledger that are no part of the data set (`kg.sources.upkeep`).
SIDE_TABLES: Final = ("reviews",)
NODE_TABLES: Final = ("directives", "strategies", "battles", "measures", "outcomes", "context")

ABSENT_NAMES: Final = {
    "null": None,
    "不适用": None,
    "not-stated": "not-stated",
    "未写明": "not-stated",
}
FLAG_NAMES: Final = {"true": True, "是": True, "false": False, "否": False, "": False}
