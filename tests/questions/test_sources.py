"""`SOURCES.md` says of each expected row on the Liling ledger where in the article it is from."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from kg.model import Dataset, Stance
from kg.query.named import list_questions
from tests.questions.asked import expected_files, question_of, read_expected

EXPECTED = Path(__file__).parent / "expected"
NOTES = (EXPECTED / "SOURCES.md").read_text(encoding="utf-8")
NAMES = [question.name for question in list_questions()]
SPAN = re.compile(r"(\d+)–(\d+)")
LONGEST_RUN = 40


def _sections() -> dict[str, str]:
    parts = re.split(r"^## (.+)$", NOTES, flags=re.MULTILINE)
    return {name: re.sub(r"\s+", " ", text) for name, text in zip(parts[1::2], parts[2::2])}  # noqa: B905


def _places(section: str) -> dict[str, list[tuple[int, int]]]:
    """The spans that the list of a section gives for each id."""
    listed = section.partition("Places: ")[2].strip().removesuffix(".")
    given = (entry.split(" ", 1) for entry in listed.split("; ") if entry)
    return {item: [_pair(span) for span in spans.split(", ")] for item, spans in given}


def _pair(span: str) -> tuple[int, int]:
    start, end = span.split("–")
    return int(start), int(end)


def test_every_question_has_a_section() -> None:
    assert list(_sections()) == NAMES


@pytest.mark.parametrize("name", NAMES)
def test_every_id_in_the_rows_has_its_places_as_the_ledger_gives_them(
    name: str, liling: Dataset
) -> None:
    mentions = {
        node.id: [(m.start, m.end) for m in node.mentions if m.stance is Stance.SUPPORTS]
        for node in liling.nodes
    }
    rows = [
        row
        for file in expected_files(EXPECTED)
        if question_of(file)[0] == name
        for row in read_expected(file)[1]
    ]
    ids = {cell for row in rows for cell in row if cell in mentions}
    assert _places(_sections()[name]) == {item: mentions[item] for item in sorted(ids)}


@pytest.mark.parametrize("name", NAMES)
def test_every_file_of_rows_stands_in_its_section_with_its_number_of_rows(name: str) -> None:
    said = []
    for file in expected_files(EXPECTED):
        if question_of(file)[0] == name:
            params = question_of(file)[1]
            given = ", ".join(f"{key}={value}" for key, value in params.items())
            count = len(read_expected(file)[1])
            said.append(f"- {given or 'as it stands'}: {count} row{'' if count == 1 else 's'}")
    section = NOTES.split(f"## {name}\n")[1].split("\n## ")[0]
    assert [line for line in section.splitlines() if line.startswith("- ")] == said


def test_every_span_lies_in_the_article(liling: Dataset) -> None:
    length = liling.sources[0].length
    spans = [(int(start), int(end)) for start, end in SPAN.findall(NOTES)]
    assert len(spans) > 200
    assert [span for span in spans if not 0 <= span[0] < span[1] <= length] == []


def test_the_article_is_not_quoted(article: str) -> None:
    files = [EXPECTED / "SOURCES.md", *expected_files(EXPECTED)]
    for file in files:
        text = file.read_text(encoding="utf-8")
        runs = (text[at : at + LONGEST_RUN + 1] for at in range(len(text) - LONGEST_RUN))
        assert [run for run in runs if run in article] == []
