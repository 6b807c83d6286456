"""What became of the policy between two versions, as `kg diff` shows it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, Final

from kg.report.content import Document
from kg.report.coverage_view import name_of
from kg.report.layout import Line, Style, fold, line
from kg.words import Words

_INDENT: Final = "  "
# Terms whose values are words, said under the name of the term.
_OF_WORDS: Final = ("rung", "basis", "severity")

# What, which way, id, name, what it was, what it is.
PolicyRow = tuple[str, str, str, str, str, str]


def policy_lines(document: Document, words: Words, width: int) -> Iterator[Line]:
    """The terms that differ, then each waiver that came, went or reads otherwise."""
    for row in document["policy"]["terms"]:
        old, new = (_value(row, row[side], words) for side in ("old", "new"))
        said = words.say("diff.field", name=_term(row, words), old=old, new=new)
        yield from marked_lines("changed", said, words, width)
    for way, rows in document["policy"]["waivers"].items():
        for row in rows:
            said = words.say("diff.waiver", what=_waived(row, words), terms=_terms(row, words))
            yield from marked_lines(way, said, words, width)
            for change in row.get("fields", ()):
                name = words.say(f"diff.waiver_field.{change['field']}")
                said = words.say("diff.field", name=name, old=change["old"], new=change["new"])
                yield from faint_lines(said, width)


def policy_changes(document: Document, words: Words) -> Iterator[PolicyRow]:
    """The same, a row a change."""
    for row in document["policy"]["terms"]:
        old, new = (_value(row, row[side], words) for side in ("old", "new"))
        yield "terms", "changed", "", _term(row, words), old, new
    for way, rows in document["policy"]["waivers"].items():
        for row in rows:
            item, name = f"{row['code']} {row['id']}", name_of(row, words)
            if way == "changed":
                for change in row["fields"]:
                    field = words.say(f"diff.waiver_field.{change['field']}")
                    yield "waivers", way, item, f"{name} {field}", change["old"], change["new"]
            else:
                terms = _terms(row, words)
                old, new = (terms, "") if way == "removed" else ("", terms)
                yield "waivers", way, item, name, old, new


def _term(row: Mapping[str, Any], words: Words) -> str:
    """What a term is called, with whose, or at which basis, or of which code."""
    term, issuer = row["term"], row["issuer"]
    basis = words.say(f"basis_upto.{row['basis']}") if term == "threshold" else ""
    of = f"{issuer['id']} {name_of(issuer, words)}".strip() if issuer else row["code"] or ""
    return words.say(f"diff.term.{term}_of" if issuer else f"diff.term.{term}", of=of, basis=basis)


def _value(row: Mapping[str, Any], value: Any, words: Words) -> str:
    if value is None:
        return words.say("diff.unset")
    if row["term"] in _OF_WORDS:
        return words.say(f"{row['term']}.{value}")
    return f"{value}%" if row["term"] == "threshold" else str(value)


def _waived(row: Mapping[str, Any], words: Words) -> str:
    parts = (row["code"], words.say(f"code.{row['code']}.title"), row["id"], name_of(row, words))
    return " ".join(part for part in parts if part)


def _terms(row: Mapping[str, Any], words: Words) -> str:
    """Why a gap is let pass, by whom and until when."""
    return words.say("diff.waiver_terms", **{k: row[k] for k in ("reason", "who", "until")})


def marked_lines(way: str, text: str, words: Words, width: int) -> Iterator[Line]:
    """A change under a heading, with which way it went before it."""
    said = words.say("diff.marked", way=words.say(f"diff.way.{way}"), text=text)
    yield from (line(_INDENT, *piece) for piece in fold(said, width - 2, indent="    "))


def faint_lines(text: str, width: int) -> Iterator[Line]:
    """What belongs to the change above it."""
    pieces = fold(text, width - 6, indent="  ", style=Style.FAINT)
    yield from (line("      ", *piece) for piece in pieces)
