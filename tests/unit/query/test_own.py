"""One's own SPARQL: parameters bound, unknown terms noted, answers in their forms."""

from __future__ import annotations

import json

import pyoxigraph
import pytest
from rdflib import BNode, Graph, Literal, URIRef
from rdflib.compare import isomorphic

from kg import vocab
from kg.errors import QueryError
from kg.model import Kind
from kg.query.binding import bind_parameters
from kg.query.named import Answer, ask, find_question
from kg.query.open import open_dataset
from kg.query.own import Found, Limits, ask_named, ask_own, read_own
from kg.query.showing import formats_of, graph_bytes, shorten, to_own_table, truth_bytes
from kg.query.suggest import Unknown, find_unknown
from kg.rdf.convert import to_rdflib
from kg.store.oxigraph import open_memory_store
from kg.words import load_words
from tests.questions.small import SMALL

STORE = open_dataset(SMALL)
BASE = SMALL.base_iri


def ask_text(text: str, **params: str) -> Found:
    query = read_own(text, base=BASE, where="q.rq")
    values = {name.replace("__", ":"): value for name, value in params.items()}
    return ask_own(STORE, query, values, where="q.rq")


def ids(found: Found) -> list[tuple[str, ...]]:
    return [tuple(shorten(term, base=BASE) for term in row) for row in found.answer.rows]


def refusal(text: str, **params: str) -> QueryError:
    with pytest.raises(QueryError) as caught:
        ask_text(text, **params)
    assert caught.value.where == "q.rq"
    assert str(caught.value) and "\n" not in str(caught.value)
    return caught.value


def test_our_prefixes_are_declared_and_may_be_declared_anew() -> None:
    assert ids(ask_text("SELECT ?m { ?m a kg:Battle ; kg:partOf data:b3 }")) == [
        *ids(
            ask_text(
                "PREFIX kg: <urn:x:> PREFIX k: <" + vocab.KG + "> "
                "SELECT ?m { ?m a k:Battle ; k:partOf data:b3 }"
            )
        )
    ]
    assert ask_text("ASK { ?m a kg:Battle }").truth is True
    assert ask_text("PREFIX kg: <urn:x:> ASK { ?m a kg:Battle }").truth is False


def test_rows_are_sorted_unless_the_query_orders_them() -> None:
    text = "SELECT ?b { ?b a kg:Battle }"
    rows = ids(ask_text(text))
    assert rows == sorted(rows) and len(rows) > 1
    assert ids(ask_text(text + " ORDER BY DESC(?b)")) == rows[::-1]


def test_the_columns_of_a_star_come_as_the_query_names_them() -> None:
    text = "{ ?s rdfs:label ?l . ?s ?p ?a { SELECT (COUNT(*) AS ?n) { ?hidden ?q ?r } } }"
    for head in ("SELECT *", "select distinct *", "SELECT REDUCED * WHERE"):
        found = ask_text(f"{head} {text}")
        assert found.answer.variables == ("s", "l", "p", "a", "n")
    assert ask_text("SELECT ?p ?a { ?a ?p 2 * 3 }".replace("2 * 3", "?z")).answer.variables == (
        "p",
        "a",
    )


def test_every_form_is_answered_in_its_kind() -> None:
    assert ask_text("SELECT ?k { data:m1 a ?k }").form == "SELECT"
    assert ask_text("ASK { data:m1 a kg:Measure }") == Found("ASK", True, Answer((), ()), None)
    described = ask_text("DESCRIBE data:m1")
    assert described.form == "DESCRIBE"
    assert {row[0] for row in described.answer.rows} == {URIRef(BASE + "m1")}
    made = ask_text("CONSTRUCT { ?m kg:says [ rdfs:label ?l ] } { ?m a kg:Battle ; rdfs:label ?l }")
    assert made.answer.variables == ("subject", "predicate", "object")
    assert BNode("b1") in {row[0] for row in made.answer.rows}


@pytest.mark.parametrize(
    ("value", "term"),
    [
        ("42", Literal("42", datatype=URIRef(vocab.XSD + "integer"))),
        ("-1.50", Literal("-1.50", datatype=URIRef(vocab.XSD + "decimal"), normalize=False)),
        ("1e3", Literal("1e3", datatype=URIRef(vocab.XSD + "double"), normalize=False)),
        ("true", Literal("true", datatype=URIRef(vocab.XSD + "boolean"), normalize=False)),
        ('"a \\"b\\" \\u90e8"', Literal('a "b" 部')),
        ("'''x\n'y'''", Literal("x\n'y")),
        ("'部署'@zh", Literal("部署", lang="zh")),
        ('"2021-09-01"^^xsd:date', Literal("2021-09-01", datatype=URIRef(vocab.XSD + "date"))),
        ('"x"^^<urn:x:t>', Literal("x", datatype=URIRef("urn:x:t"))),
        ("<https://example.org/部署>", URIRef("https://example.org/部署")),
        ("kg:Measure", URIRef(vocab.CLASS_OF[Kind.MEASURE])),
        ("data:m1", URIRef(BASE + "m1")),
        ("m1", URIRef(BASE + "m1")),
    ],
)
def test_a_value_is_a_term_by_its_form(value: str, term: URIRef | Literal) -> None:
    query = read_own("SELECT ?v {}", base=BASE)
    bound = bind_parameters(query, STORE, {"v": value}, where="q.rq")
    assert list(bound.functions.values()) == [term]
    assert value not in bound.text.replace("?v", "")


@pytest.mark.parametrize(
    ("kind", "value", "term"),
    [
        ("text", "2020", Literal("2020")),
        ("text", "' } #", Literal("' } #")),
        ("id", "m1", URIRef(BASE + "m1")),
        ("iri", "urn:x:a", URIRef("urn:x:a")),
        ("integer", "+4", Literal("4", datatype=URIRef(vocab.XSD + "integer"))),
        ("date", "2021-09-01", Literal("2021-09-01", datatype=URIRef(vocab.XSD + "date"))),
        ("basis", "stated", URIRef(vocab.CONCEPTS["basis"]["stated"])),
        ("kind", "measure", URIRef(vocab.CLASS_OF[Kind.MEASURE])),
    ],
)
def test_a_value_is_a_term_of_the_type_that_is_named(
    kind: str, value: str, term: URIRef | Literal
) -> None:
    query = read_own("SELECT ?v {}", base=BASE)
    bound = bind_parameters(query, STORE, {f"v:{kind}": value}, where="q.rq")
    assert list(bound.functions.values()) == [term]


@pytest.mark.parametrize(
    ("params", "key"),
    [
        ({"v": "m99"}, "parameter-form"),
        ({"v": ""}, "parameter-form"),
        ({"v": "网格"}, "parameter-form"),
        ({"v": " 42"}, "parameter-form"),
        ({"v": "42 43"}, "parameter-form"),
        ({"v": "zzz:a"}, "parameter-form"),
        ({"v": "<a>"}, "parameter-form"),
        ({"v": "'x'@zh "}, "parameter-form"),
        ({"v": "'x'^^zzz:a"}, "parameter-form"),
        ({"v": "?s"}, "parameter-form"),
        ({"v": "42 } INSERT DATA { <a> <b> <c> }"}, "parameter-form"),
        ({"v": "SERVICE <http://x/> {}"}, "parameter-form"),
        ({"v": "\udce9"}, "parameter-text"),
        ({"w": "42"}, "parameter-unused"),
        ({"v v": "42"}, "parameter-name"),
        ({"": "42"}, "parameter-name"),
        ({"v}": "42"}, "parameter-name"),
        ({"v#": "42"}, "parameter-name"),
        ({"v__number": "42"}, "parameter-type"),
        ({"v__integer": "4.0"}, "parameter-integer"),
        ({"v__date": "2023-02-30"}, "parameter-date"),
        ({"v__date": "20230228"}, "parameter-date"),
        ({"v__id": "m99"}, "parameter-id"),
        ({"v__iri": "m1"}, "parameter-iri"),
        ({"v__basis": "loud"}, "parameter-choice"),
    ],
)
def test_a_value_of_no_form_or_not_of_its_type_is_refused(params: dict[str, str], key: str) -> None:
    assert refusal("SELECT ?v { ?v ?p ?o }", **params).key == key


@pytest.mark.parametrize(
    ("text", "rows"),
    [
        ("SELECT ?l { ?x rdfs:label ?l FILTER(LANG(?l) = 'en') }", ["Patrol the river weekly"]),
        ("SELECT ?l { ?s rdfs:label ?l FILTER(?s = ?x && LANG(?l) = 'en') }", None),
        ("SELECT ?l { { ?x rdfs:label ?l } UNION { ?x ?x ?l } FILTER(LANG(?l) = 'en') }", None),
        (
            "SELECT ?l { ?s rdfs:label ?l FILTER EXISTS { FILTER(?s = ?x) } "
            "FILTER(LANG(?l) = 'en') }",
            None,
        ),
        ("SELECT ?l { { SELECT ?l { ?x rdfs:label ?l FILTER(LANG(?l) = 'en') } } }", None),
        ("SELECT ?l { SELECT ?l { ?x rdfs:label ?l FILTER(LANG(?l) = 'en') } }", None),
        (
            "SELECT ?l { ?s rdfs:label ?l OPTIONAL { ?s a ?k FILTER(?s = ?x) } "
            "FILTER(BOUND(?k) && LANG(?l) = 'en') }",
            None,
        ),
        (
            "SELECT (SAMPLE(?n) AS ?l) { ?s rdfs:label ?n FILTER(LANG(?n) = 'en') } "
            "GROUP BY ?s HAVING (?s = ?x)",
            None,
        ),
        (
            "SELECT ?l { ?s rdfs:label ?l FILTER(LANG(?l) = 'en') } ORDER BY DESC(?s = ?x) LIMIT 1",
            None,
        ),
        ("SELECT ?l { ?_x rdfs:label ?l FILTER(LANG(?l) = 'en') }", None),
        ("SELECT ?l { $x rdfs:label ?l . FILTER(LANG(?l) = 'en') # ?x\n}", None),
    ],
)
def test_a_value_is_bound_wherever_the_variable_stands(text: str, rows: list[str] | None) -> None:
    expected = ids(ask_text("SELECT ?l { data:m1 rdfs:label ?l FILTER(LANG(?l) = 'en') }"))
    assert len(expected) == 1
    assert ids(ask_text(text, x="m1")) == expected


def test_a_variable_may_have_a_chinese_name() -> None:
    assert ask_text("ASK { ?举措 a kg:Measure }", 举措="m1").truth is True


def test_a_value_is_bound_in_every_form() -> None:
    assert ask_text("ASK { ?x a kg:Measure }", x="m1").truth is True
    assert ask_text("ASK { ?x a kg:Measure }", x="b1").truth is False
    about = {(URIRef(BASE + "m1"),)}
    assert {row[:1] for row in ask_text("DESCRIBE ?x", x="m1").answer.rows} == about
    assert {row[:1] for row in ask_text("DESCRIBE ?x { ?x ?p ?o }", x="m1").answer.rows} == about
    made = ask_text("CONSTRUCT { ?x kg:has ?n } { ?x rdfs:label ?l }", x="m1", n="7")
    assert ids(made) == [("m1", "kg:has", "7")]
    assert refusal("CONSTRUCT WHERE { ?x ?p ?o }", x="m1").key == "parameter-short-construct"


def test_a_place_in_a_query_with_parameters_is_that_of_the_text_as_it_was() -> None:
    plain = refusal("SELECT ?s (COUNT(?x) AS ?n) { ?s ?p ?x }")
    bound = refusal("SELECT ?s (COUNT(?x) AS ?n) { ?s ?p ?x }", x="m1")
    assert (plain.key, bound.key) == ("query-not-grouped", "query-not-grouped")
    assert bound.facts == plain.facts


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("SELECT ?x ?x { ?x ?y ?z }", "query-selected-twice"),
        ("SELECT * { ?x ?y ?z } GROUP BY ?x", "query-star-grouped"),
        ("SELECT ?y (COUNT(?x) AS ?c) { ?x ?y ?z }", "query-not-grouped"),
        ("SELECT (?y AS ?x) { ?x ?y ?z }", "query-named-again"),
        ("SELECT ?x { ?x <relative> ?z }", "query-iri"),
        ("SELECT ?x { ?x ?y 'a'@abcdefghijk }", "query-language"),
        ("SELECT ?x { ?x ?y ?z FILTER(<urn:f>(?x)) }", "query-function"),
        ("SELECT ?x { ?x ?y ?z BIND(1 AS ?x) }", "query-refused"),
        ("SELECT ?x { ?x ?y ?z FILTER(COUNT(?z) > 1) }", "query-not-grouped"),
    ],
)
def test_what_is_grammatical_but_wrong_is_told_in_words(text: str, key: str) -> None:
    error = refusal(text)
    assert error.key == key
    if key != "query-function":
        line, column = error.facts["line"], error.facts["column"]
        assert line == 1 and isinstance(column, int) and 1 <= column <= len(text) + 1


def test_an_unknown_name_is_noted_with_the_nearest_known_one() -> None:
    text = "SELECT ?m {\n  ?m a kg:Mesure ; kg:adresses data:d99 ; kg:basis data:m1 .\n}"
    found = ask_text(text)
    assert found.unknown == (
        Unknown(2, 8, "kg:Mesure", "kg:Measure"),
        Unknown(2, 20, "kg:adresses", "kg:addresses"),
        Unknown(2, 32, "data:d99", ""),
    )
    assert found.answer.rows == ()


def test_a_name_is_unknown_however_it_is_written() -> None:
    text = f"PREFIX k: <{vocab.KG}> ASK {{ ?s k:measure ?o ; <{vocab.KG}Outcom> 'kg:Mesure' }}"
    assert [unknown.near for unknown in find_unknown(read_own(text), STORE)] == [
        "kg:Measure",
        "kg:Outcome",
    ]


def test_what_the_data_or_the_ontology_have_is_known() -> None:
    text = "ASK { data:m1 a kg:Measure , kg:Curator ; kg:mine ?o ; <urn:x:y> kg: , data: }"
    store = open_dataset(SMALL)
    store.extend(open_memory_store(f"<urn:a> <{vocab.KG}mine> <urn:b> <urn:g> .".encode()))
    assert find_unknown(read_own(text, base=BASE), store) == ()


def test_a_named_question_behind_the_wall_gives_the_same_answer() -> None:
    for name, params in (
        ("who-is-responsible", {"actor": "org4"}),
        ("directives-without-measures", {}),
        ("what-serves-directive", {"directive": "d1"}),
    ):
        question = find_question(name)
        found = ask_named(STORE, question, params)
        assert found == Found("SELECT", None, ask(STORE, question, params), None)
    cut = ask_named(STORE, find_question("who-is-responsible"), {}, bounds=Limits(rows=1))
    assert (len(cut.answer.rows), cut.cut) == (1, "rows")


def test_a_table_has_short_names_and_beside_them_what_things_are_called() -> None:
    found = ask_text(
        "SELECT ?m ?k ?n { VALUES ?m { data:m1 <urn:x:y> } OPTIONAL { ?m a ?k ; ?p ?n "
        "FILTER(STRSTARTS(STR(?k), STR(kg:)) && ?p = kg:addresses) } }"
    )
    chinese = to_own_table(found.answer, STORE, load_words("zh"), base=BASE)
    english = to_own_table(found.answer, STORE, load_words("en"), base=BASE)
    assert chinese.headings == ("m", "名称", "k", "名称", "n", "名称")
    assert english.headings == ("m", "name", "k", "name", "n", "name")
    row = next(row for row in chinese.rows if row[0] == "m1")
    assert (row[1], row[2], row[3]) == ("每周巡河一次", "kg:Measure", "举措")
    assert ("urn:x:y", "", "", "", "", "") in chinese.rows


def test_a_column_whose_names_the_query_asks_for_gets_no_second_one() -> None:
    found = ask_text("SELECT ?m ?m_zh { ?m a kg:Battle ; rdfs:label ?m_zh }")
    table = to_own_table(found.answer, STORE, load_words("zh"), base=BASE)
    assert table.headings == ("m", "m_zh")


def test_a_term_of_the_ontology_is_called_as_the_ontology_calls_it() -> None:
    answer = Answer(("t",), ((URIRef(vocab.KG + "announced"),), (BNode("b1"),), (None,)))
    table = to_own_table(answer, STORE, load_words("en"), base=BASE)
    assert [row[0] for row in table.rows] == ["kg:announced", "_:b1", ""]
    assert table.rows[0][1] and table.rows[1][1] == ""


def test_an_answer_without_columns_keeps_its_rows() -> None:
    table = to_own_table(Answer((), ((), ())), STORE, load_words("en"), base=BASE)
    assert (table.headings, table.rows) == (("",), (("",), ("",)))


def read_back(data: bytes, form: pyoxigraph.RdfFormat) -> Graph:
    graph = Graph()
    for quad in pyoxigraph.parse(data, format=form):
        graph.add((to_rdflib(quad.subject), to_rdflib(quad.predicate), to_rdflib(quad.object)))
    return graph


def test_a_graph_reads_back_to_the_same_triples_in_both_formats() -> None:
    found = ask_text(
        "CONSTRUCT { ?m a kg:Odd ; rdfs:label ?l ; kg:by [ kg:n 1.50 , 'a\"\\n', <urn:x:y> ] } "
        "{ ?m a kg:Battle ; rdfs:label ?l }"
    )
    expected = Graph()
    for row in found.answer.rows:
        expected.add(row)  # type: ignore[arg-type]
    turtle = graph_bytes(found, "turtle", base=BASE)
    assert isomorphic(read_back(turtle, pyoxigraph.RdfFormat.TURTLE), expected)
    assert b"@prefix data:" in turtle and b"@prefix prov:" not in turtle
    jsonld = graph_bytes(found, "jsonld", base=BASE)
    assert isomorphic(read_back(jsonld, pyoxigraph.RdfFormat.JSON_LD), expected)
    assert graph_bytes(found, "turtle", base=BASE) == turtle


def test_an_empty_graph_is_an_empty_file_that_reads_back() -> None:
    found = ask_text("DESCRIBE <urn:x:nothing>")
    for syntax, form in (
        ("turtle", pyoxigraph.RdfFormat.TURTLE),
        ("jsonld", pyoxigraph.RdfFormat.JSON_LD),
    ):
        assert len(read_back(graph_bytes(found, syntax, base=BASE), form)) == 0


@pytest.mark.parametrize("truth", [True, False])
def test_a_truth_is_written_as_the_standard_says(truth: bool) -> None:
    assert json.loads(truth_bytes(truth, "json")) == {"head": {}, "boolean": truth}
    found = pyoxigraph.parse_query_results(
        truth_bytes(truth, "xml"), pyoxigraph.QueryResultsFormat.XML
    )
    assert isinstance(found, pyoxigraph.QueryBoolean) and bool(found) is truth
    assert truth_bytes(truth, "csv") == truth_bytes(truth, "tsv") == f"{truth}\n".lower().encode()


def test_the_formats_of_a_form_are_those_that_fit() -> None:
    assert formats_of("SELECT") == formats_of("ASK")
    assert set(formats_of("SELECT")) == {"table", "json", "xml", "csv", "tsv", "md"}
    assert formats_of("CONSTRUCT") == formats_of("DESCRIBE") == ("turtle", "jsonld")
