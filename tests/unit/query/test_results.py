"""Answers in the W3C formats, read back by Oxigraph and rdflib, and as a table."""

from __future__ import annotations

import csv
import io
import json

import pyoxigraph
import pytest
from rdflib import XSD, BNode, Literal, URIRef, Variable
from rdflib.query import Result

from kg import vocab
from kg.model import Kind, Relation
from kg.query.named import Answer, ask, find_question
from kg.query.open import open_dataset
from kg.query.results import FORMATS, format_term, to_ids, to_table
from kg.rdf.convert import to_rdflib
from kg.words import load_words
from tests.questions.small import SMALL

STORE = open_dataset(SMALL)
BASE = SMALL.base_iri
ODD = Answer(
    ("x", "y"),
    (
        (URIRef("https://example.org/部署?a=1&b=2"), None),
        (None, Literal('a,"b"\n<c>\t& \\', lang="zh")),
        (Literal("1.50", datatype=XSD.decimal), Literal("")),
        (Literal("text"), Literal("2021-09-01", datatype=XSD.date)),
    ),
)
READABLE = {
    "json": pyoxigraph.QueryResultsFormat.JSON,
    "xml": pyoxigraph.QueryResultsFormat.XML,
    "tsv": pyoxigraph.QueryResultsFormat.TSV,
}


@pytest.mark.parametrize("syntax", sorted(READABLE))
@pytest.mark.parametrize("answer", [ODD, Answer(("x", "y"), ())], ids=["odd", "empty"])
def test_an_answer_is_read_back_by_oxigraph(syntax: str, answer: Answer) -> None:
    found = pyoxigraph.parse_query_results(FORMATS[syntax](answer), READABLE[syntax])
    assert isinstance(found, pyoxigraph.QuerySolutions)
    assert tuple(variable.value for variable in found.variables) == answer.variables
    rows = tuple(
        tuple(None if term is None else to_rdflib(term) for term in (row["x"], row["y"]))
        for row in found
    )
    assert rows == answer.rows


@pytest.mark.parametrize("syntax", ["json", "xml"])
def test_an_answer_is_read_back_by_rdflib(syntax: str) -> None:
    found = Result.parse(io.BytesIO(FORMATS[syntax](ODD)), format=syntax)
    rows = [[row.get(Variable(name)) for name in ("x", "y")] for row in found.bindings]
    assert [[str(term) for term in row] for row in rows] == [
        [str(term) for term in row] for row in ODD.rows
    ]


def test_csv_has_values_without_types_and_ends_lines_as_the_standard_says() -> None:
    data = FORMATS["csv"](ODD).decode()
    assert data.split("\r\n")[0] == "x,y"
    assert list(csv.reader(io.StringIO(data, newline=""))) == [
        ["x", "y"],
        *(["" if term is None else str(term) for term in row] for row in ODD.rows),
    ]


def test_a_blank_node_has_its_mark_in_every_format() -> None:
    answer = Answer(("x",), ((BNode("b1"),),))
    assert FORMATS["csv"](answer) == b"x\r\n_:b1\r\n"
    assert FORMATS["tsv"](answer) == b"?x\n_:b1\n"
    assert b"<bnode>b1</bnode>" in FORMATS["xml"](answer)
    assert json.loads(FORMATS["json"](answer))["results"]["bindings"] == [
        {"x": {"type": "bnode", "value": "b1"}}
    ]


def test_json_is_what_the_standard_says() -> None:
    answer = ask(STORE, find_question("outcomes-of-nothing"), {})
    assert json.loads(FORMATS["json"](answer)) == {
        "head": {"vars": ["outcome", "outcome_zh", "outcome_en"]},
        "results": {
            "bindings": [
                {
                    "outcome": {"type": "uri", "value": SMALL.iri("o3")},
                    "outcome_zh": {"type": "literal", "value": "群众满意", "xml:lang": "zh"},
                    "outcome_en": {
                        "type": "literal",
                        "value": "People are content",
                        "xml:lang": "en",
                    },
                }
            ]
        },
    }


@pytest.mark.parametrize("syntax", sorted(FORMATS))
def test_the_same_question_gives_the_same_bytes(syntax: str) -> None:
    question = find_question("who-is-responsible")
    answers = {FORMATS[syntax](ask(open_dataset(SMALL), question, {})) for _ in range(3)}
    assert len(answers) == 1


def test_a_control_character_does_not_break_the_xml() -> None:
    data = FORMATS["xml"](Answer(("x",), ((Literal("a\x00b\x1f\r"),),)))
    (row,) = Result.parse(io.BytesIO(data), format="xml").bindings
    assert str(row[Variable("x")]) == "a\ufffdb\ufffd\r"


def test_a_table_has_ids_names_and_words_of_the_reader_s_language() -> None:
    question = find_question("who-is-responsible")
    answer = ask(STORE, question, {"actor": "org4"})
    chinese = to_table(answer, question, load_words("zh"), base=BASE)
    assert chinese.rows == (
        ("m1", "每周巡河一次", "责任单位", "org4", "示例县政法委", "原文写明"),
        ("m2", "组建网格员队伍", "实施者为", "org4", "示例县政法委", "承前主语"),
    )
    assert chinese.headings == ("事项", "名称", "身份", "单位或人", "名称", "得知方式")
    english = to_table(answer, question, load_words("en"), base=BASE)
    assert english.rows[1][:2] == ("m2", "Recruit grid workers")
    assert english.headings[0] == "item"


def test_a_name_that_is_missing_in_one_language_is_given_in_the_other() -> None:
    question = find_question("outcomes-of-nothing")
    answer = Answer(
        ("outcome", "outcome_zh", "outcome_en"),
        (
            (URIRef(SMALL.iri("o3")), None, Literal("only English", lang="en")),
            (URIRef(SMALL.iri("o4")), None, None),
        ),
    )
    assert to_table(answer, question, load_words("zh"), base=BASE).rows == (
        ("o3", "only English"),
        ("o4", ""),
    )


@pytest.mark.parametrize(
    ("term", "zh", "plain"),
    [
        (None, "", ""),
        (Literal("94", datatype=XSD.integer), "94", "94"),
        (URIRef(BASE + "m1"), "m1", "m1"),
        (URIRef(BASE + "curator/A"), "A", "A"),
        (URIRef(BASE + "term/type/party-congress"), "party-congress", "type/party-congress"),
        (URIRef(vocab.CLASS_OF[Kind.BATTLE]), "攻坚战", "battle"),
        (URIRef(vocab.CONCEPTS["basis"]["echoed"]), "复述", "echoed"),
        (URIRef(vocab.RELATION_OF[Relation.ADDRESSES]), "回应", "addresses"),
        (URIRef(vocab.GAP_OF["KG202"]), "攻坚战未见举措", "KG202"),
        (URIRef("https://example.org/elsewhere"), *["https://example.org/elsewhere"] * 2),
    ],
)
def test_a_term_is_said_in_words(term: URIRef | Literal | None, zh: str, plain: str) -> None:
    assert format_term(term, load_words("zh"), base=BASE) == zh
    assert to_ids(Answer(("x",), ((term,),)), base=BASE) == ((plain,),)
