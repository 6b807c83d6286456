"""The catalogue of the named questions: what each asks, what it takes, what it gives."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from kg.report.content import Document
from kg.report.markdown import escape_cell
from kg.words import Words


def question_guide(document: Document, words: Words) -> str:
    """The catalogue in Markdown, one section a question.

    Parameters
    ----------
    document
        The document `kg-questions/1`.
    words
        The language.
    """
    questions = document["questions"]
    lines = [words.say("view.questions.answer", count=len(questions)), ""]
    for question in questions:
        lines += [
            f"## {escape_cell(question[f'title_{words.lang}'])}",
            "",
            f"`kg query {question['name']}`",
            "",
            escape_cell(question[f"description_{words.lang}"]),
            "",
            *(f"- {_parameter(one, words)}" for one in question["parameters"]),
            *(f"- {line}" for line in _columns_and_tags(question, words)),
            "",
        ]
    return "\n".join(lines)


def _parameter(parameter: Mapping[str, Any], words: Words) -> str:
    return words.say(
        "question_guide.parameter",
        name=parameter["name"],
        label=escape_cell(parameter[f"label_{words.lang}"]),
        values=_values(parameter, words),
        needed=_needed(parameter, words),
    )


def _values(parameter: Mapping[str, Any], words: Words) -> str:
    if parameter["choices"]:
        choices = [_choice(parameter["type"], value, words) for value in parameter["choices"]]
        return words.say("question_guide.choices", choices=_listed(choices, words))
    kinds = [words.say(f"kind.{kind}") for kind in parameter["kinds"]]
    return words.say(
        f"question_guide.{parameter['type']}",
        kinds=words.say("question_guide.or").join(kinds),
        example=parameter["example"],
    )


def _choice(kind: str, value: str, words: Words) -> str:
    """A value as it is given, and its word in the language where it has one."""
    scheme = "column" if kind == "text" else kind
    if not words.has(f"{scheme}.{value}"):
        return f"`{value}`"
    meaning = words.say(f"{scheme}.{value}")
    if meaning == value:
        return f"`{value}`"
    return words.say("question_guide.choice", value=value, meaning=escape_cell(meaning))


def _needed(parameter: Mapping[str, Any], words: Words) -> str:
    if parameter["default"] is not None:
        return words.say("question_guide.default", default=parameter["default"])
    return words.say("question_guide.needed" if parameter["required"] else "question_guide.free")


def _columns_and_tags(question: Mapping[str, Any], words: Words) -> Iterable[str]:
    headings = [escape_cell(column[f"heading_{words.lang}"]) for column in question["columns"]]
    yield words.say("question_guide.columns", columns=_listed(headings, words))
    tags = [_tag(tag, words) for tag in question["tags"]]
    if tags:
        yield words.say("question_guide.tags", tags=_listed(tags, words))


def _tag(tag: str, words: Words) -> str:
    """The word for a tag: a kind, or one of the catalogue's own; another stands as it is."""
    for key in (f"kind.{tag}", f"question_guide.tag.{tag}"):
        if words.has(key):
            return words.say(key)
    return escape_cell(tag)


def _listed(items: Iterable[str], words: Words) -> str:
    return words.say("question_guide.comma").join(items)
