"""`docs/questions.md` is what `kg questions --format md` writes, in both languages."""

from __future__ import annotations

import os
import re
from pathlib import Path

import pytest

from kg.cli.main import run
from kg.query.named import list_questions
from kg.words import LANGS, load_words
from tests.conftest import CHECKOUT

GUIDE = CHECKOUT / "docs" / "questions.md"
HALF_WIDTH_MARK = re.compile(r"[一-鿿][,;:?!]|[,;:?!][一-鿿]")


def _written(lang: str, folder: Path) -> str:
    """What the command writes."""
    target = folder / f"{lang}.md"
    assert run(["questions", "--format", "md", "--lang", lang, "--output", str(target)]) == 0
    return target.read_text(encoding="utf-8")


def test_golden_question_guide_is_what_the_command_writes(tmp_path: Path) -> None:
    text = GUIDE.read_text(encoding="utf-8")
    fresh = text
    for lang in LANGS:
        written = _written(lang, tmp_path)
        fresh = re.sub(
            rf"(<!-- generated: {lang} -->\n).*?(<!-- end -->)",
            lambda match: f"{match[1]}\n{written}\n{match[2]}",  # noqa: B023
            fresh,
            flags=re.DOTALL,
        )
    if os.environ.get("KG_GOLDEN") == "write":
        GUIDE.write_text(fresh, encoding="utf-8", newline="")
        return
    assert fresh == text


@pytest.mark.parametrize("lang", LANGS)
def test_the_guide_has_a_section_for_every_question(lang: str, tmp_path: Path) -> None:
    guide = _written(lang, tmp_path)
    titles = [title for title in guide.splitlines() if title.startswith("## ")]
    questions = list_questions()
    assert titles == [f"## {getattr(question, f'title_{lang}')}" for question in questions]
    assert re.findall(r"^`kg query (.+)`$", guide, re.MULTILINE) == [one.name for one in questions]
    for question in questions:
        for parameter in question.parameters:
            assert f"`{parameter.name}`" in guide


def test_chinese_words_of_questions_have_full_width_marks() -> None:
    for question in list_questions():
        said = [question.title_zh, question.description_zh]
        said += [parameter.label_zh for parameter in question.parameters]
        said += [column.heading_zh for column in question.columns]
        assert [text for text in said if HALF_WIDTH_MARK.search(text)] == []


def test_every_question_has_tags_that_both_languages_have_a_word_for() -> None:
    for question in list_questions():
        assert question.tags
        for tag in question.tags:
            keys = (f"kind.{tag}", f"question_guide.tag.{tag}")
            assert all(any(load_words(lang).has(key) for key in keys) for lang in LANGS), tag
