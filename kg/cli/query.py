"""`kg query NAME` and `kg questions`: the named questions and their answers."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg.cli.commands import KgCommand
from kg.cli.loading import read_dataset
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
    from kg.query.named import Question

QUERY_FORMATS = (TABLE, "json", "xml", "csv", "tsv", "md")


def query_command(words: Words) -> KgCommand:
    """`kg query NAME --param name=value`."""
    params = [
        text_argument(words, "name", "question"),
        text_option(words, "--param", "param", multiple=True),
    ]
    return build_command(words, "query", _query, params=params, formats=QUERY_FORMATS)


def _query(session: Session, name: str, param: tuple[str, ...]) -> None:
    from kg.query.named import ask, find_question
    from kg.query.open import open_dataset
    from kg.query.results import FORMATS, to_table

    question = find_question(name)
    values = dict(_to_pair(text) for text in param)
    dataset = read_dataset(session)
    found = ask(open_dataset(dataset), question, values)
    if session.format in FORMATS:
        # Exactly the W3C format, without head or data set.
        session.write(FORMATS[session.format](found))
        return
    from kg.report.counts_view import answer_lines, answer_sentence
    from kg.report.rows import Rows

    words = session.words
    table = to_table(found, question, words, base=dataset.base_iri)
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
                "choices": list(parameter.choices),
                "example": parameter.example,
                "label_zh": parameter.label_zh,
                "label_en": parameter.label_en,
            }
            for parameter in question.parameters
        ],
    }
