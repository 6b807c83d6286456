"""The head of a question, and what happens to its parameters."""

from __future__ import annotations

from pathlib import Path

import pytest
from rdflib import Literal, URIRef

from kg import vocab
from kg.errors import QueryError
from kg.files import bundled
from kg.model import Kind
from kg.query.named import (
    Answer,
    Column,
    Parameter,
    Question,
    ask,
    find_question,
    list_questions,
    read_question,
)
from kg.query.open import open_dataset
from kg.query.parameters import READERS, find_bases
from kg.store.oxigraph import open_memory_store
from tests.questions.small import SMALL

STORE = open_dataset(SMALL)
HEAD = """#+ title_zh: 名称
#+ title_en: Names
#+ description_zh: 某事项的名称。
#+ description_en: The names of a thing.
#+ column.name.zh: 名称
#+ column.name.en: name
"""


def _read(tmp_path: Path, text: str) -> Question:
    path = tmp_path / "made-up.rq"
    path.write_text(text, encoding="utf-8")
    return read_question(path)


def test_a_question_is_read_with_its_words_its_parameters_and_its_columns() -> None:
    question = find_question("what-serves-directive")
    assert (question.title_zh, question.title_en) == (
        "哪些事项有助于某项部署？",
        "What serves a directive?",
    )
    assert question.parameters == (
        Parameter(
            "directive",
            "id",
            None,
            False,
            (),
            ("directive",),
            "d16",
            "部署的编号",
            "id of the directive",
        ),
        Parameter(
            "basis",
            "basis",
            "stated",
            False,
            (),
            (),
            "stated",
            "依据；由强到弱，每一级都计入更强的各级",
            "basis; each one takes in the stronger ones",
        ),
        Parameter(
            "kind",
            "kind",
            None,
            True,
            ("directive", "strategy", "battle", "measure", "outcome"),
            (),
            "measure",
            "只看某一类事项",
            "only things of this kind",
        ),
    )
    assert [parameter.required for parameter in question.parameters] == [True, False, False]
    assert question.columns == (Column("item", "事项", "item"), Column("kind", "类别", "kind"))


def test_every_question_is_plain_sparql_in_two_languages() -> None:
    for question in list_questions():
        said = [question.title_zh, question.title_en]
        said += [question.description_zh, question.description_en]
        assert all(said)
        assert question.title_zh != question.title_en
        body = question.sparql.split("SELECT", 1)[1]
        for parameter in question.parameters:
            assert parameter.type in READERS
            assert f"?_{parameter.name}" in body.split("WHERE")[0]
        # no property path, no aggregate without DISTINCT, nothing fetched from elsewhere
        where = body.split("WHERE", 1)[1]
        assert "SELECT DISTINCT" in question.sparql
        for forbidden in ("^", "+", "*", "|", "SERVICE", "FROM", "LOAD", "COUNT(?"):
            assert forbidden not in where


def test_every_question_file_is_listed() -> None:
    files = sorted(path.stem for path in bundled("ontology", "queries").iterdir())
    assert [question.name for question in list_questions()] == files


def test_the_variables_of_parameters_are_not_in_the_answer() -> None:
    answer = ask(STORE, find_question("battles-without-measure"), {})
    assert answer == Answer(
        ("battle", "battle_zh", "battle_en"),
        (
            (
                URIRef(SMALL.iri("b2")),
                Literal("平安夜巡攻坚战", lang="zh"),
                Literal("Battle for safe nights", lang="en"),
            ),
        ),
    )


def test_rows_are_sorted_unless_the_question_orders_them(tmp_path: Path) -> None:
    body = (
        f"SELECT DISTINCT ?name WHERE {{ ?x a <{vocab.CLASS_OF[Kind.BATTLE]}> ;"
        f" <{vocab.LABEL}> ?name }}"
    )
    rows = ask(STORE, _read(tmp_path, HEAD + body), {}).rows
    turned = ask(STORE, _read(tmp_path, HEAD + body + " ORDER BY DESC(STR(?name))"), {}).rows
    assert rows == tuple(sorted(rows, key=lambda row: row[0].n3() if row[0] else ""))
    assert turned == tuple(sorted(rows, key=lambda row: str(row[0]), reverse=True))


@pytest.mark.parametrize(
    ("name", "params", "key"),
    [
        ("directives-without-measures", {"base": "stated"}, "parameter-unknown"),
        ("outcomes-of-nothing", {"basis": "stated"}, "parameter-none"),
        ("what-serves-directive", {}, "parameter-missing"),
        ("directives-without-measures", {"basis": "明示"}, "parameter-choice"),
        ("directives-without-measures", {"basis": ""}, "parameter-choice"),
        ("what-serves-directive", {"directive": "d1", "kind": "person"}, "parameter-choice"),
        ("what-serves-directive", {"directive": "d9"}, "parameter-id"),
        ("what-serves-directive", {"directive": ""}, "parameter-id"),
        ("what-serves-directive", {"directive": "m1"}, "parameter-id-kind"),
        ("who-is-responsible", {"actor": "l01"}, "parameter-id-kind"),
        ("what-serves-directive", {"directive": "d1\udce9"}, "parameter-text"),
    ],
)
def test_a_wrong_parameter_is_one_clear_line(name: str, params: dict[str, str], key: str) -> None:
    with pytest.raises(QueryError) as caught:
        ask(STORE, find_question(name), params)
    assert (caught.value.key, caught.value.where) == (key, name)
    assert name in str(caught.value)
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize(
    "value",
    [
        "d1> ?p ?o } UNION { ?item ?x ?y . <urn:x:",
        "d1 } INSERT DATA { <urn:x:a> <urn:x:b> <urn:x:c> }",
        "?item",
        "d1#",
        "SERVICE <http://127.0.0.1:9/> { ?s ?p ?o }",
    ],
)
def test_a_value_is_bound_and_never_pasted(value: str) -> None:
    before = len(STORE)
    with pytest.raises(QueryError) as caught:
        ask(STORE, find_question("what-serves-directive"), {"directive": value})
    assert caught.value.key == "parameter-id"
    assert len(STORE) == before


@pytest.mark.parametrize(
    ("kind", "predicate", "value", "expected"),
    [
        ("text", "year", "2020", ["o2", "o4"]),
        ("text", "year", '" } #', []),
        ("integer", "announced", "4", ["x"]),
        ("integer", "announced", "+4", ["x"]),
        ("iri", "cites", "https://example.org/county/d1", ["x"]),
        ("id", "cites", "d1", ["x"]),
        ("basis", "basis", "echoed", ["l11"]),
        ("kind", "cites", "battle", []),
    ],
)
def test_a_value_becomes_a_term_of_its_type(
    tmp_path: Path, kind: str, predicate: str, value: str, expected: list[str]
) -> None:
    base = SMALL.base_iri
    store = open_dataset(SMALL)
    more = f"<{base}x> <{vocab.KG}cites> <{base}d1> <{base}g> .\n"
    more += f'<{base}x> <{vocab.KG}announced> "4"^^<{vocab.XSD}integer> <{base}g> .\n'
    store.extend(open_memory_store(more.encode()))
    head = (
        f"#+ parameter.name.type: {kind}\n#+ parameter.name.example: x\n"
        "#+ parameter.name.zh: 名\n#+ parameter.name.en: name\n"
    )
    body = f"SELECT DISTINCT ?x ?_name WHERE {{ ?x <{vocab.KG}{predicate}> ?_name }}"
    answer = ask(store, _read(tmp_path, HEAD + head + body), {"name": value})
    assert [str(row[0]).removeprefix(base) for row in answer.rows] == expected


@pytest.mark.parametrize(
    ("kind", "value"),
    [
        ("integer", "4.0"),
        ("integer", "４"),
        ("integer", ""),
        ("integer", "1_000"),
        ("integer", "9" * 40),
        ("iri", "d1"),
        ("iri", "https://a b/"),
        ("iri", "https://a/> }"),
    ],
)
def test_a_value_of_another_type_is_refused(tmp_path: Path, kind: str, value: str) -> None:
    head = (
        f"#+ parameter.name.type: {kind}\n#+ parameter.name.example: x\n"
        "#+ parameter.name.zh: 名\n#+ parameter.name.en: name\n"
    )
    question = _read(tmp_path, f"{HEAD}{head}SELECT DISTINCT ?x ?_name WHERE {{ ?x ?y ?_name }}")
    with pytest.raises(QueryError) as caught:
        ask(STORE, question, {"name": value})
    assert caught.value.key == f"parameter-{kind}"
    assert str(caught.value)


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("SELECT DISTINCT ?x WHERE { ?x ?y ?z }", "title_zh"),
        (HEAD + "#+ no colon\n", "#+ no colon"),
        (HEAD + "#+ title_zh: 再来\n", "#+ title_zh: 再来"),
        (HEAD + "#+ parameter.basis.zh: 依据\n", "type"),
        (HEAD + "#+ column.x.zh: 列\n", "en"),
    ],
)
def test_a_wrong_head_names_its_file_and_line(tmp_path: Path, text: str, line: str) -> None:
    with pytest.raises(QueryError) as caught:
        _read(tmp_path, text)
    assert (caught.value.key, caught.value.where) == ("question-head", "made-up.rq")
    assert caught.value.facts == {"line": line}
    assert line in str(caught.value)


def test_a_question_that_is_no_select_is_refused(tmp_path: Path) -> None:
    with pytest.raises(QueryError) as caught:
        ask(STORE, _read(tmp_path, HEAD + "ASK { ?x ?y ?z }"), {})
    assert caught.value.key == "question-not-select"
    assert str(caught.value)


def test_an_unknown_question_is_refused() -> None:
    with pytest.raises(QueryError) as caught:
        find_question("directives")
    assert caught.value.key == "question-unknown"
    assert "directives" in str(caught.value)


def test_the_base_of_the_data_set_is_found_in_the_store() -> None:
    assert find_bases(STORE) == (SMALL.base_iri,)
    assert find_bases(open_memory_store(b"")) == ()


def test_a_name_that_is_nearly_that_of_a_question_is_told_which() -> None:
    with pytest.raises(QueryError) as caught:
        find_question("directives-without-measure")
    assert caught.value.key == "question-unknown-near"
    assert caught.value.facts["near"] == "directives-without-measures"
