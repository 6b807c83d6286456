"""`kg gaps` as a person reads it: the answer, then code by code a line a gap."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, Final

from kg.model import BASES, Basis, Severity
from kg.report.content import Document, concerns_basis
from kg.report.coverage_view import dataset_lines, issuer_name, name_of
from kg.report.layout import WIDTH, Line, Span, Style, fold, line, pad, width_of, wrap
from kg.words import Words
from kg.words.sentences import gaps_sentence

# The groups that the overview counts, by the first digit of their codes.
_GROUPS: Final = ("1", "2", "3", "4")
_LEAST_MESSAGE: Final = 24
# More lines than a screen holds.
_MANY: Final = 24


def gaps_answer(document: Document, words: Words) -> str:
    """The sentence that opens the list: how many directives lack measures, and what helps."""
    summary = document["summary"]
    return gaps_sentence(
        words,
        issuer=issuer_name(document, words),
        total=summary["stated"]["total"],
        with_measure={basis: summary[str(basis)]["with_measure"] for basis in BASES},
        basis=Basis(document["basis"]),
    )


def gaps_lines(document: Document, words: Words, *, width: int = WIDTH) -> list[Line]:
    """The whole list, at most `width` columns wide."""
    lines = fold(gaps_answer(document, words), width, style=Style.ANSWER)
    lines += fold(gaps_overview(document, words), width)
    for code, count in document["counts"].items():
        if count:
            rows = [row for row in document["findings"] if row["code"] == code]
            lines += [(), *_group(code, rows, document, words, width)]
    lines += waived_lines(document, words, width)
    return [*lines, (), *_footer(document, words, width)]


def gaps_overview(document: Document, words: Words) -> str:
    """How many gaps there are, by what they are about."""
    counts = document["counts"]
    totals = {
        f"of_{group}": sum(count for code, count in counts.items() if code[2] == group)
        for group in _GROUPS
    }
    total = sum(counts.values())
    if not total:
        return words.say("view.gaps.none")
    return words.say("view.gaps.overview", total=total, **totals)


def _group(
    code: str, rows: list[Mapping[str, Any]], document: Document, words: Words, width: int
) -> Iterator[Line]:
    title = words.say(f"code.{code}.title")
    heading = words.say("view.gaps.heading", code=code, title=title, count=len(rows))
    yield line(Span(heading, Style.HEADING))
    todo = words.say("view.gaps.todo", todo=words.say(f"code.{code}.todo"))
    for piece in fold(todo, width - 2, style=Style.FAINT):
        yield line("  ", *piece)
    ids = max(width_of(row["id"]) for row in rows)
    for subheading, part in _parts(code, rows, document, words):
        if subheading:
            yield line("  ", Span(subheading, Style.FAINT))
        for row in part:
            yield from gap_lines(row, ids, words, width)


def _parts(
    code: str, rows: list[Mapping[str, Any]], document: Document, words: Words
) -> Iterator[tuple[str, list[Mapping[str, Any]]]]:
    """The rows of a code; gaps of directives apart by whether the summary counts them."""
    chosen, legs = set(document["chosen"]), set(document["chosen_legs"])
    parts = (
        ("chosen", [row for row in rows if row["id"] in chosen]),
        ("legs", [row for row in rows if row["id"] in legs]),
        ("others", [row for row in rows if row["id"] not in chosen | legs]),
    )
    filled = [(name, part) for name, part in parts if part]
    if not code.startswith("KG1") or len(filled) == 1:
        yield "", rows
        return
    issuer = issuer_name(document, words) or ""
    for name, part in filled:
        yield words.say(f"view.gaps.{name}", issuer=issuer, count=len(part)), part


def gap_lines(row: Mapping[str, Any], ids: int, words: Words, width: int) -> Iterator[Line]:
    """A gap: mark, id, name, and what is missing; on two lines where one has no room.

    Parameters
    ----------
    row
        As it stands in the `findings` of a document.
    ids
        The columns that the longest id of its group takes.
    words, width
        The language, and the columns there are.
    """
    high = row["severity"] == Severity.HIGH
    mark = Span("! " if high else "  ", Style.GAP)
    name, message = name_of(row, words), row["message"]
    before = ids + 5
    if before + width_of(name) + 2 + width_of(message) <= width:
        text = Span(message, Style.GAP if high else Style.FAINT)
        yield line("  ", mark, pad(row["id"], ids), " ", name, "  ", text)
        return
    first, *rest = wrap(name, width - before)
    yield line("  ", mark, pad(row["id"], ids), " ", first)
    indent = " " * before
    for piece in rest:
        yield line(indent, piece)
    for piece in wrap(message, max(_LEAST_MESSAGE, width - before)):
        yield line(indent, Span(piece, Style.GAP if high else Style.FAINT))


def _footer(document: Document, words: Words, width: int) -> list[Line]:
    basis = Basis(document["basis"])
    judged_by_basis = any(concerns_basis(row["code"]) for row in document["findings"])
    sentences = [words.say("view.gaps.marks")] if document["findings"] else []
    if judged_by_basis and basis is not Basis.INTERPRETED:
        sentences.append(words.say("view.gaps.other_basis"))
    for code in document["not_judged"]:
        title = words.say(f"code.{code}.title")
        sentences.append(words.say("view.gaps.not_judged", code=code, title=title))
    if document["findings"]:
        first = document["findings"][0]
        sentences.append(words.say("view.gaps.next", id=first["id"], code=first["code"]))
    if len(document["findings"]) > _MANY:
        sentences.append(words.say("view.gaps.narrow", code=document["findings"][0]["code"]))
    lines: list[Line] = []
    for sentence in sentences:
        lines += [line(" ", *piece) for piece in fold(sentence, width - 1)]
    return [*lines, *dataset_lines(document, words, width)]


def waived_lines(document: Document, words: Words, width: int) -> Iterator[Line]:
    """Gaps that somebody lets pass, with why, who and until when; counted apart."""
    rows = document["waived"]
    if not rows:
        return
    yield ()
    yield line(Span(words.say("gate.waived", count=len(rows)), Style.HEADING))
    for row in rows:
        title = words.say(f"code.{row['code']}.title")
        said = words.say(
            "gate.closed_row", code=row["code"], title=title, id=row["id"], name=name_of(row, words)
        )
        yield from (line("  ", *piece) for piece in fold(said, width - 2, indent="      "))
        why = words.say("gate.waived_why", reason=row["reason"], who=row["who"], until=row["until"])
        yield from (line("      ", *piece) for piece in fold(why, width - 6, style=Style.FAINT))
