"""Nodes, links and mentions as the page gets them: small rows, what is shared stands once."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Mapping
from functools import lru_cache
from typing import Any, Final

from kg.model import (
    Dataset,
    Kind,
    Link,
    LinkStatus,
    Mention,
    Node,
    Passage,
    QuoteStatus,
    Relation,
    Role,
    Scope,
    Stance,
    Voice,
)
from kg.page.wrapping import lines_in_box
from kg.words import LANGS

# In the order in which a node's row gives them (the target group of a measure comes last).
MEASURE_FIELDS: Final = (
    "status",
    "concreteness",
    "programme",
    "actor_known",
    "lead",
    "responsible",
    "due",
)
FIGURE_FIELDS: Final = (
    "outcome_type",
    "value",
    "comparator",
    "unit",
    "verbatim",
    "change",
    "good",
    "target",
    "baseline",
    "denominator",
    "period",
    "recipient",
    "issuer",
    "year",
    "computed",
    "presupposed",
)


def _numbers(members: Iterable[Any]) -> dict[Any, int]:
    return {member: at for at, member in enumerate(members)}


# The place of each member in its enumeration, as `order` in the document has them.
_KIND, _RELATION, _ROLE = _numbers(Kind), _numbers(Relation), _numbers(Role)
_STANCE, _STATUS, _VOICE = _numbers(Stance), _numbers(QuoteStatus), _numbers(Voice)


class Pool:
    """Values that many things share, each kept once and spoken of by its number."""

    def __init__(self) -> None:
        self.numbers: dict[Any, int] = {}

    def number(self, value: Any) -> int:
        """The number of a value, a new one where it was not there yet."""
        return self.numbers.setdefault(value, len(self.numbers))

    def rows(self) -> list[Any]:
        """Every value, by number."""
        return list(self.numbers)


class Evidence:
    """Mentions as small rows; what they quote, and where, stands once in `spans`."""

    def __init__(self, dataset: Dataset, statuses: Mapping[Mention, QuoteStatus]) -> None:
        self.statuses = statuses
        self.spans = Pool()
        self.mentions: dict[int, Mention] = {}  # by span, the first that quotes it
        self.passages: dict[str, list[Passage]] = {}
        for passage in sorted(dataset.passages, key=lambda found: (found.source, found.start)):
            self.passages.setdefault(passage.source, []).append(passage)

    def row(self, mention: Mention) -> list[Any]:
        """``[span, role, stance, status]``, and a note where there is one."""
        status = self.statuses.get(mention, QuoteStatus.UNVERIFIED)
        row: list[Any] = [
            self._span(mention),
            _ROLE[mention.role],
            _STANCE[mention.stance],
            _STATUS[status],
        ]
        return [*row, mention.note] if mention.note else row

    def _span(self, mention: Mention) -> int:
        """``[source, start, end, quote, voice, section, paragraph]``."""
        rows = self.passages.get(mention.source, [])
        at = bisect_right(rows, mention.start, key=lambda passage: passage.start) - 1
        voice = None if mention.voice is None else _VOICE[mention.voice]
        section, paragraph = (rows[at].section, rows[at].paragraph) if at >= 0 else ("", 0)
        number = self.spans.number(
            (mention.source, mention.start, mention.end, mention.quote, voice, section, paragraph)
        )
        self.mentions.setdefault(number, mention)
        return number


def node_row(node: Node, evidence: Evidence, *, is_part: bool = False) -> dict[str, Any]:
    """A node with what is so; what is empty, false or `null` for every kind is left out."""
    facts: dict[str, Any] = {"id": node.id, "kind": _KIND[node.kind]}
    plain = {
        "zh": node.zh,
        "en": node.en,
        "pinyin": _initials(node.zh),
        "type": node.type,
        "level": node.level,
        "set": node.is_set,
        "open_list": node.open_list,
        "note": [node.note_zh, node.note_en] if node.note_zh or node.note_en else "",
    }
    facts |= {name: value for name, value in plain.items() if value}
    if node.is_set:
        facts["announced"] = node.announced
    if node.kind is Kind.DIRECTIVE:
        facts["lines"] = [lines_in_box(node.label(lang), is_part=is_part) for lang in LANGS]
        facts |= {"issuer": node.issuer, "issuer_level": node.issuer_level, "date": node.date}
    elif node.date is not None:
        facts["date"] = node.date
    if node.kind is Kind.MEASURE:
        facts["measure"] = [
            *(getattr(node, name) for name in MEASURE_FIELDS),
            _pair(node.target_group_zh, node.target_group_en),
        ]
    if node.figure is not None:
        facts["figure"] = [getattr(node.figure, name) for name in FIGURE_FIELDS]
    facts["mentions"] = [evidence.row(mention) for mention in node.mentions]
    return facts


def _pair(zh: str | None, en: str | None) -> list[str | None] | str | None:
    return zh if zh == en else [zh, en]


@lru_cache(maxsize=65536)
def _initials(name: str) -> str:
    """The pinyin initials by which a Chinese name is searched.

    >>> _initials("法治建设")
    'fzjs'
    """
    from pypinyin import Style, lazy_pinyin

    return "".join(lazy_pinyin(name, style=Style.FIRST_LETTER)).lower() if name else ""


def link_row(
    link: Link, number: Mapping[str, int], evidence: Evidence, rationales: Pool
) -> list[Any]:
    """``[id, source, target, relation, basis]``, and whatever else there is by name."""
    row: list[Any] = [
        link.id,
        number[link.source],
        number[link.target],
        _RELATION[link.relation],
        None if link.basis is None else link.basis.weakness,
    ]
    plain = {
        "general": link.scope is Scope.GENERAL,
        "status": "" if link.status is LinkStatus.CURRENT else link.status,
        "reason": link.reason,
        "status_date": link.status_date,
        "successor": link.successor,
        "position": link.position,
        "curator": link.curator,
        "confirmed": link.confirmed,
        "mentions": [evidence.row(mention) for mention in link.mentions],
    }
    facts = {name: value for name, value in plain.items() if value}
    if link.rationale or link.rationale_en:
        facts["rationale"] = rationales.number((link.rationale, link.rationale_en))
    return [*row, facts] if facts else row
