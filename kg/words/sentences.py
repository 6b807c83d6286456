"""Sentences made of facts: what a finding says, and the answers that open a report."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from itertools import pairwise
from typing import TYPE_CHECKING, Final

from kg.model import BASES, Basis, Finding

if TYPE_CHECKING:
    from kg.words import Words

# Facts that hold ids, to be shown with their names.
_ID_FACTS: Final = frozenset({"ids", "legs", "measure", "measures", "directives"})
# Facts that hold words of an enumeration, and where these are said.
_WORD_FACTS: Final = {
    "relation": "relation",
    "source_kind": "kind",
    "target_kind": "kind",
    "status": "quote_status",
    "basis": "basis",
    "lacking": "lacking",
}


def finding_sentence(words: Words, finding: Finding, name_of: Callable[[str], str]) -> str:
    """What a finding says, in words.

    Parameters
    ----------
    words
        The language.
    finding
        A finding whose facts are those that the head of `code` in the catalogue lists.
    name_of
        The name of an id, to stand after it.
    """
    facts = {name: _spell(words, name, value, name_of) for name, value in sorted(finding.facts)}
    raw = dict(finding.facts)
    own = f"_{words.lang}"  # what the finder says in each language itself
    facts |= {name.removesuffix(own): said for name, said in facts.items() if name.endswith(own)}
    variant = "message"
    if finding.open:
        widest = finding.open[-1]
        facts["first"] = words.say(f"open_at.{finding.open[0]}")
        facts["open"] = words.say(f"open_at.{widest}")
        facts["count"] = str(len(str(raw.get("legs", "")).split()))
        if widest is not Basis.INTERPRETED:
            closing = BASES[widest.weakness + 1]
            facts["closing"] = words.say(f"open_at.{closing}")
            if "legs" not in raw:
                facts["count"] = str(raw.get(closing, ""))
            variant = "message_closed"
            if finding.code == "KG101" and not raw.get(closing):
                variant = "message_planned"
    if "problem" in raw:
        facts["problem"] = words.say(f"fault.{raw['problem']}", **facts)
        variant = _cell_variant(facts) if finding.code == "KG009" else variant
    return words.say(f"code.{finding.code}.{variant}", **facts)


def _cell_variant(facts: Mapping[str, str]) -> str:
    """Whether a column, or a column and what stands in its cell, is to be named."""
    column, value = facts.get("column", ""), facts.get("value", "")
    if not column:
        return "message"
    return "message_cell" if value and value != column else "message_column"


def _spell(words: Words, name: str, value: str | int, name_of: Callable[[str], str]) -> str:
    text = str(value)
    if name in _ID_FACTS:
        return words.say("list.comma").join(
            f"{item} {name_of(item)}".strip() for item in text.split()
        )
    if name in _WORD_FACTS:
        prefix = _WORD_FACTS[name]
        keys = [f"{prefix}.{part}" for part in text.split()]
        return words.say("list.comma").join(
            words.say(key) if words.has(key) else key.removeprefix(prefix + ".") for key in keys
        )
    return text


def coverage_sentences(
    words: Words, *, issuer: str | None, total: int, with_measure: Mapping[Basis, int]
) -> tuple[str, ...]:
    """The answer that opens a coverage report: how many directives, how many with a measure.

    Parameters
    ----------
    words
        The language.
    issuer
        The name of the issuer whose directives were counted; `None` for all.
    total
        How many directives there are.
    with_measure
        How many of them have a measure, at each basis.

    Examples
    --------
    >>> from kg.words import load_words
    >>> counts = dict(zip(BASES, (1, 1, 2, 3)))
    >>> for sentence in coverage_sentences(
    ...     load_words("zh"), issuer="市党代会", total=4, with_measure=counts
    ... ):
    ...     print(sentence)
    市党代会作出部署 4 项；有举措的：明示 1，含复述 1，含邻近 2，含解读 3。
    另有 1 项，计入解读仍未见举措。
    """
    if not total:
        return (words.say("answer.empty"),)
    key = f"answer.{'whose' if issuer else 'all'}_{_number(total)}"
    counts = {str(basis): with_measure[basis] for basis in BASES}
    first = words.say(key, issuer=_capital(issuer or ""), total=total, **counts)
    without = total - with_measure[Basis.INTERPRETED]
    if not without:
        return first, words.say("answer.without_none")
    return first, words.say(f"answer.without_{_number(without)}", count=without)


def gaps_sentence(
    words: Words,
    *,
    issuer: str | None,
    total: int,
    with_measure: Mapping[Basis, int],
    basis: Basis = Basis.STATED,
) -> str:
    """The answer that opens a list of gaps: how many directives lack measures, and what helps.

    Examples
    --------
    >>> from kg.words import load_words
    >>> counts = dict(zip(BASES, (1, 1, 2, 2)))
    >>> print(gaps_sentence(load_words("zh"), issuer="市党代会", total=2, with_measure=counts))
    仅凭原文明示，市党代会的 2 项部署中有 1 项未见举措：1 项计入邻近后有。
    """
    if not total:
        return words.say("answer.empty")
    facts = {
        "open_first": words.say(f"open_first.{basis}"),
        "issuer": issuer or "",
        "total": total,
        "count": total - with_measure[basis],
    }
    whose = "whose" if issuer else "all"
    if not facts["count"]:
        return words.say(f"gaps_answer.none_{whose}", **facts)
    parts = []
    for before, closing in pairwise(BASES):
        gained = with_measure[closing] - with_measure[before]
        if before.weakness >= basis.weakness and gained:
            said = words.say(f"open_at.{closing}")
            key = f"gaps_answer.closed_{_number(gained)}"
            parts.append(words.say(key, count=gained, closing=said))
    never = total - with_measure[Basis.INTERPRETED]
    if never:
        parts.append(words.say(f"gaps_answer.never_{_number(never)}", count=never))
    if basis is Basis.INTERPRETED:
        return words.say(f"gaps_answer.only_{whose}", **facts)
    facts["parts"] = words.say("gaps_answer.and").join(parts)
    return words.say(f"gaps_answer.start_{whose}", **facts)


def _number(count: int) -> str:
    return "one" if count == 1 else "many"


def _capital(name: str) -> str:
    return name[:1].upper() + name[1:]
