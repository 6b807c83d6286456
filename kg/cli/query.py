"""`kg query` and `kg questions`: the named questions, and queries of one's own."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg.cli.commands import KgCommand
from kg.cli.loading import note_faults, read_dataset
from kg.cli.options import (
    ROW_FORMATS,
    TABLE,
    Session,
    answer,
    build_command,
    text_argument,
    text_option,
)
from kg.errors import UsageError
from kg.words import Words

if TYPE_CHECKING:
    from pyoxigraph import Store

    from kg.query.named import Question
    from kg.query.own import Found, Limits

QUERY_FORMATS = (TABLE, "json", "xml", "csv", "tsv", "md", "turtle", "jsonld")


def query_command(words: Words) -> KgCommand:
    """`kg query NAME|FILE|-|"SELECT …" --param name=value`."""
    params = [
        text_argument(words, "name", "question"),
        text_option(words, "--param", "param", multiple=True),
        text_option(words, "--timeout", "seconds"),
        text_option(words, "--limit", "number"),
    ]
    return build_command(words, "query", _query, params=params, formats=QUERY_FORMATS)


def _query(
    session: Session, name: str, param: tuple[str, ...], timeout: str | None, limit: str | None
) -> None:
    from kg.cli.own_query import answer_own, find_own, read_limits
    from kg.query.named import list_questions

    values = dict(_to_pair(text) for text in param)
    bounds, has_own_limit = read_limits(timeout, limit), limit is not None
    is_named = any(question.name == name for question in list_questions())
    own = None if is_named else find_own(name)
    if own is None:
        _ask_named(session, name, values, bounds, has_own_limit=has_own_limit)
        return
    store, base = _open(session)
    answer_own(session, store, own, values, bounds, base=base, has_own_limit=has_own_limit)


def _open(session: Session) -> tuple[Store, str]:
    """What --data names as a store, and its base IRI; a store on disk is asked as it stands."""
    from kg.query.open import open_dataset, open_folder
    from kg.sources.registry import find_store

    folder = find_store(session.data[0]) if len(set(session.data)) == 1 else None
    if folder is not None:
        opened = open_folder(folder)
        note_faults(session, opened.faults)
        return opened.store, opened.base
    dataset = read_dataset(session)
    return open_dataset(dataset), dataset.base_iri


def _ask_named(
    session: Session, name: str, values: dict[str, str], bounds: Limits, *, has_own_limit: bool
) -> None:
    from kg.cli.own_query import choose_format, end_if_cut, note_unenforced
    from kg.query.named import find_question
    from kg.query.own import ask_named

    question = find_question(name)
    choose_format(session, "SELECT", name)
    store, base = _open(session)
    note_unenforced(session)
    found = ask_named(store, question, values, bounds=bounds)
    _write_named(session, question, found, base=base)
    end_if_cut(session, found, bounds, has_own_limit=has_own_limit)


def _write_named(session: Session, question: Question, found: Found, *, base: str) -> None:
    from kg.query.results import FORMATS, to_table

    if session.format in FORMATS:
        # Exactly the W3C format, without head or data set.
        session.write(FORMATS[session.format](found.answer))
        return
    from kg.report.counts_view import answer_lines, answer_sentence
    from kg.report.rows import Rows

    words = session.words
    table = to_table(found.answer, question, words, base=base)
    rows = Rows(table.headings, table.rows)
    title = _title(question, words)
    answer(
        session,
        document={},
        lines=lambda width: answer_lines(title, rows, words, width=width),
        rows=lambda: rows,
        sentences=lambda: (answer_sentence(title, rows, words),),
    )


def _title(question: Question, words: Words) -> str:
    return question.title_zh if words.lang == "zh" else question.title_en


def _to_pair(text: str) -> tuple[str, str]:
    name, equals, value = text.partition("=")
    if not equals or not name:
        raise UsageError("bad-param", where="kg query --param", text=text)
    return name, value


def questions_command(words: Words) -> KgCommand:
    """`kg questions`."""
    return build_command(words, "questions", _questions, formats=ROW_FORMATS)


def _questions(session: Session) -> None:
    from kg.query.named import list_questions
    from kg.report.counts import questions_document
    from kg.report.counts_view import questions_lines
    from kg.report.rows import questions_rows

    words = session.words
    document = questions_document(_question_entry(question) for question in list_questions())
    if session.format == "md":
        from kg.report.question_guide import question_guide

        session.write(question_guide(document, words))
        return
    answer(
        session,
        document=document,
        lines=lambda width: questions_lines(document, words, width=width),
        rows=lambda: questions_rows(document, words),
        sentences=lambda: (words.say("view.questions.answer", count=len(document["questions"])),),
    )


def _question_entry(question: Question) -> dict[str, object]:
    return {
        "name": question.name,
        "title_zh": question.title_zh,
        "title_en": question.title_en,
        "description_zh": question.description_zh,
        "description_en": question.description_en,
        "parameters": [
            {
                "name": parameter.name,
                "type": parameter.type,
                "default": parameter.default,
                "required": parameter.required,
                "choices": list(parameter.values),
                "kinds": list(parameter.kinds),
                "example": parameter.example,
                "label_zh": parameter.label_zh,
                "label_en": parameter.label_en,
            }
            for parameter in question.parameters
        ],
        "columns": [
            {
                "name": column.name,
                "heading_zh": column.heading_zh,
                "heading_en": column.heading_en,
            }
            for column in question.columns
        ],
        "tags": list(question.tags),
    }
