"""`kg stats`, `kg check`, `kg questions` and `kg explain` as a person reads them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from kg.codes import CODES
from kg.model import BASES, RUNGS, Basis, QuoteStatus
from kg.report.content import Document
from kg.report.coverage_view import dataset_lines
from kg.report.gate_view import gate_lines, gate_verdict
from kg.report.layout import (
    WIDTH,
    Line,
    Span,
    Style,
    columns_for,
    fill,
    fold,
    line,
    pad,
    table,
    width_of,
)
from kg.report.rows import Rows, stat_name
from kg.words import Words

EXPLAINED_TOPICS: Final = ("basis", "levels")


def stats_lines(document: Document, words: Words, *, width: int = WIDTH) -> list[Line]:
    """How much there is of everything."""
    totals = document["totals"]
    lines = fold(words.say("view.stats.answer", **totals), width, style=Style.ANSWER)
    for name, counts in document["counts"].items():
        title = Span(words.say(f"stats.{name}"), Style.HEADING)
        told = [
            words.say("view.stats.count", name=stat_name(words, name, key), count=count)
            for key, count in counts.items()
            if count or name in ("bases", "quotes", "passages")
        ]
        lines.append(line(title))
        pieces = fill(told or [words.say("view.stats.nothing")], words.say("list.comma"), width - 2)
        lines += [line("  ", *piece) for piece in pieces]
    lines += [(), *_relations(document, words, width), *_sections(document, words, width)]
    return [*lines, (), *dataset_lines(document, words, width)]


def _relations(document: Document, words: Words, width: int) -> list[Line]:
    bases = [str(basis) for basis in BASES]
    head = [words.say("stats.links"), *(words.say(f"basis.{basis}") for basis in bases)]
    rows = [
        [words.say(f"relation.{relation}"), *(str(counts[basis]) for basis in bases)]
        for relation, counts in document["relations_by_basis"].items()
    ]
    return table(columns_for(head, rows, width), rows) if rows else []


def _sections(document: Document, words: Words, width: int) -> list[Line]:
    head = [words.say(f"view.stats.{name}") for name in ("section", "passages", "without_items")]
    rows = [
        [
            f"{row['source']} {row[words.lang] or row['section']}",
            str(row["passages"]),
            words.say(
                "view.stats.share",
                part=row["without_items"],
                whole=row["passages"],
                percent=percent(row["without_items"], row["passages"]),
            ),
        ]
        for row in document["passages_by_section"]
    ]
    return [(), *table(columns_for(head, rows, width), rows)] if rows else []


def percent(part: int, whole: int) -> str:
    """A share in whole percent; "n/a" of nothing.

    >>> percent(1, 3), percent(0, 0)
    ('33%', 'n/a')
    """
    return f"{(200 * part + whole) // (2 * whole)}%" if whole else "n/a"


def check_lines(document: Document, words: Words, *, width: int = WIDTH) -> list[Line]:
    """The verdict, what became of the quotes, then a line a fault."""
    lines: list[Line] = []
    for sentence, style in _verdict(document, words):
        lines += fold(sentence, width, style=style)
    lines.append(())
    total = document["mentions"]
    for status in QuoteStatus:
        count = document["quotes"][status]
        if count or status is QuoteStatus.EXACT:
            said = words.say(f"quote_status.{status}")
            share = words.say("view.check.share", count=count, total=total)
            label = f"  {pad(said, 12)}{pad(share, 16)}"
            meaning = words.say(f"quote_status_def.{status}")
            for piece in fold(meaning, width - width_of(label), style=Style.FAINT):
                lines.append(line(label, *piece))
                label = " " * width_of(label)
    for code, count in document["counts"].items():
        if count:
            title = words.say(f"code.{code}.title")
            heading = words.say("view.gaps.heading", code=code, title=title, count=count)
            lines += [(), line(Span(heading, Style.HEADING))]
            todo = words.say("view.gaps.todo", todo=words.say(f"code.{code}.todo"))
            lines += [line("  ", *piece) for piece in fold(todo, width - 2, style=Style.FAINT)]
            lines += _fault_lines(code, document, words, width)
    lines += gate_lines(document, words, width)
    return [*lines, (), *dataset_lines(document, words, width)]


def _verdict(document: Document, words: Words) -> Iterator[tuple[str, Style]]:
    for sentence in gate_verdict(document, words):
        yield sentence, Style.ANSWER if document["gate"]["passed"] else Style.GAP
    faults, quotes = len(document["findings"]), document["quotes"]
    facts = {"faults": faults, "nodes": document["nodes"], "links": document["links"]}
    key = "none" if not faults else "one" if faults == 1 else "many"
    yield words.say(f"view.check.faults_{key}", **facts), Style.GAP if faults else Style.ANSWER
    if not document["mentions"]:
        yield words.say("view.check.no_quotes"), Style.PLAIN
    elif not document["sources_read"]:
        yield words.say("view.check.unverified", total=document["mentions"]), Style.GAP
    else:
        exact, total = quotes[QuoteStatus.EXACT], document["mentions"]
        yield words.say("view.check.quotes", exact=exact, total=total), Style.PLAIN
    if document.get("reviews", {}).get("reviewed"):
        yield words.say("upkeep.reviewed", **document["reviews"]), Style.PLAIN


def _fault_lines(code: str, document: Document, words: Words, width: int) -> Iterator[Line]:
    for row in document["findings"]:
        if row["code"] == code:
            where = " ".join(part for part in (row["place"], row["id"]) if part)
            text = words.say("error_line", where=where, sentence=row["message"])
            for piece in fold(text, width - 2, indent="    "):
                yield line("  ", *piece)


def check_sentences(document: Document, words: Words) -> tuple[str, ...]:
    """The verdict, and what became of the quotes."""
    return tuple(sentence for sentence, _ in _verdict(document, words))


def locate_sentence(document: Document, words: Words) -> str:
    """How often the text occurs."""
    count = len(document["occurrences"])
    number = {0: "none", 1: "one"}.get(count, "many")
    return words.say(f"view.locate.answer_{number}", count=count)


def locate_lines(document: Document, words: Words, *, width: int = WIDTH) -> list[Line]:
    """Each occurrence with its offsets, and its digests whole, to be copied."""
    lines = fold(locate_sentence(document, words), width, style=Style.ANSWER)
    for row in document["occurrences"]:
        place = f"{row['source']} {row['section']}".strip()
        lines += [(), line(f"{place} ", Span(f"{row['start']} {row['end']}", Style.HEADING))]
        lines += [line("  ", *piece) for piece in fold(f"「{row['quote']}」", width - 2)]
        lines.append(line(" ", Span("digest         ", Style.FAINT), row["digest"]))
        lines.append(line(" ", Span("context_digest ", Style.FAINT), row["context_digest"]))
    return lines


def questions_lines(document: Document, words: Words, *, width: int = WIDTH) -> list[Line]:
    """The named questions, each with how to ask it."""
    questions = document["questions"]
    answer = words.say("view.questions.answer", count=len(questions))
    lines = fold(answer, width, style=Style.ANSWER)
    for question in questions:
        lines.append(())
        title = question[f"title_{words.lang}"]
        lines += fold(title, width, style=Style.HEADING)
        given = "".join(
            f" --param {parameter['name']}={parameter['example']}"
            for parameter in question["parameters"]
            if parameter["required"]
        )
        lines.append(line("  ", f"kg query {question['name']}{given}"))
        for parameter in question["parameters"]:
            said = words.say(
                "view.questions.parameter",
                name=parameter["name"],
                label=parameter[f"label_{words.lang}"],
            )
            pieces = fold(said, width - 4, style=Style.FAINT)
            lines += [line("    ", *piece) for piece in pieces]
    return lines


def answer_sentence(title: str, rows: Rows, words: Words) -> str:
    """A question and how many rows answer it."""
    number = "one" if len(rows.rows) == 1 else "many"
    return words.say(f"view.query.answer_{number}", title=title, count=len(rows.rows))


def answer_lines(title: str, rows: Rows, words: Words, *, width: int = WIDTH) -> list[Line]:
    """A question, how many rows answer it, and the rows."""
    lines = fold(answer_sentence(title, rows, words), width, style=Style.ANSWER)
    if rows.rows:
        lines += [(), *table(columns_for(rows.head, rows.rows, width), rows.rows)]
    return lines


def explain_lines(topic: str, words: Words, *, width: int = WIDTH) -> list[Line]:
    """What a code, the bases or the levels mean, and what to do.

    Parameters
    ----------
    topic
        A code of `kg.codes`, "basis" or "levels".
    words
        The language.
    width
        The columns there are.
    """
    if topic in CODES:
        return list(_explain_code(topic, words, width))
    if topic == "basis":
        pairs = [(f"basis.{basis}", f"basis_def.{basis}") for basis in BASES]
    else:
        pairs = [(f"rung.{rung}", f"rung_def.{rung}") for rung in RUNGS]
    lines = fold(words.say(f"explain.{topic}.title"), width, style=Style.ANSWER)
    lines.append(())
    label = max(width_of(words.say(name)) for name, _ in pairs) + 2
    for name, definition in pairs:
        pieces = fold(words.say(definition), width - label - 1)
        for number, piece in enumerate(pieces):
            head = pad(words.say(name), label) if number == 0 else " " * label
            lines.append(line(" ", Span(head, Style.HEADING), *piece))
    lines.append(())
    for part in words.table(f"explain.{topic}.rules").values():
        lines += fold(part, width)
    return lines


def _explain_code(code: str, words: Words, width: int) -> Iterator[Line]:
    title = words.say(f"code.{code}.title")
    yield from fold(f"{code} {title}", width, style=Style.ANSWER)
    yield from fold(words.say(f"code.{code}.what"), width)
    yield ()
    yield from fold(words.say("explain.code.todo", todo=words.say(f"code.{code}.todo")), width)
    yield from fold(words.say(f"explain.code.{_nature(code)}"), width, style=Style.FAINT)


def _nature(code: str) -> str:
    """Whether it is a fault, or a gap that does or does not depend on a basis."""
    if code.startswith("KG0"):
        return "stops" if CODES[code].stops else "fault"
    return "by_basis" if CODES[code].by_basis else "any_basis"


def explain_document(topic: str, words: Words) -> Document:
    """The same as data: definitions and what to do."""
    if topic in CODES:
        entry = {name: words.say(f"code.{topic}.{name}") for name in ("title", "what", "todo")}
        return {"schema": "kg-explain/1", "topic": topic, **entry}
    prefix, values = ("basis", [*Basis]) if topic == "basis" else ("rung", [*RUNGS])
    return {
        "schema": "kg-explain/1",
        "topic": topic,
        "title": words.say(f"explain.{topic}.title"),
        "terms": [
            {
                "term": str(value),
                "name": words.say(f"{prefix}.{value}"),
                "definition": words.say(f"{prefix}_def.{value}"),
            }
            for value in values
        ],
    }
