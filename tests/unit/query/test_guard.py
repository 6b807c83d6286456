"""The guard: what it lets pass, what it refuses, where and why; and its grammar."""

from __future__ import annotations

import re
import time

import pytest

from kg import vocab
from kg.errors import QueryError
from kg.limits import QUERY_BYTES, QUERY_DEPTH
from kg.query.grammar import RULES, Misfit, Span, load_grammar, parse
from kg.query.guard import check_query
from kg.query.named import list_questions
from kg.query.tokens import Token, TokenKind, line_and_column, read_tokens

PREFIXES = {**vocab.PREFIXES, "": "urn:x:", "service": "urn:s:", "FROM": "urn:f:", "load": "urn:l:"}


def refusal(text: str) -> tuple[str, dict[str, str | int]]:
    """Why a query is refused: the key of the sentence, and its facts."""
    with pytest.raises(QueryError) as caught:
        check_query(text, prefixes=PREFIXES, where="q.rq")
    assert caught.value.where == "q.rq"
    assert str(caught.value) and "\n" not in str(caught.value)
    return caught.value.key, caught.value.facts


def key_of(text: str) -> str:
    return refusal(text)[0]


@pytest.mark.parametrize(
    ("text", "form"),
    [
        ("SELECT * { ?s ?p ?o }", "SELECT"),
        ("ask{}", "ASK"),
        ("DESCRIBE kg:Measure", "DESCRIBE"),
        ("Construct { ?s ?p ?o } Where { ?s ?p ?o }", "CONSTRUCT"),
        ("BASE <urn:x:> PREFIX a: <b> SELECT (1 AS ?x) {}", "SELECT"),
        ("# ASK\nSELECT (COUNT(*) AS ?n) { { ASK:a a kg:ASK } }", "SELECT"),
    ],
)
def test_the_form_of_a_query_is_told(text: str, form: str) -> None:
    prefixes = {**PREFIXES, "ASK": "urn:a:"}
    assert check_query(text, prefixes=prefixes).form == form


@pytest.mark.parametrize(
    "text",
    [
        "ASK { ?s ?p 'SERVICE <http://x/> {}' }",
        'ASK { ?s ?p """INSERT DATA { "a" }\nFROM <x>""" }',
        "ASK { ?s ?p '''LOAD <x> ' '' ''' }",
        r"ASK { ?s ?p 'it\'s SERVICE' , " + r'"\"FROM\"" }',
        "ASK { ?service ?from $load }",
        "ASK { ?s <http://example.org/SERVICE/FROM/LOAD> ?o }",
        "ASK { service:SERVICE FROM:FROM load:LOAD }",
        "ASK { GRAPH service:x { ?s ?p ?o } }",
        "ASK { ?s ?p service:x { ?s ?p ?o } }",
        "DESCRIBE FROM:x WHERE { ?s ?p ?o }",
        "PREFIX insert: <urn:i:> ASK { insert:delete insert:drop insert: }",
        "ASK { _:service ?p _:FROM }",
        "ASK { ?s ?p 'x'@from , 'y'@load-service }",
        "# SERVICE <http://x/>\nASK { ?s ?p ?o } # FROM <x>",
        "ASK { ?s ?p ?o # } SERVICE <http://x/> {\r}",
        r"ASK { kg:from\-service ?p kg:a\,\#b%20c }",
        "ASK { FILTER(?a<?b && ?c>?d) FILTER(1<2) }",
        "ASK { ?s kg:a|kg:b/^kg:c*|!(kg:d|^a)+ ?o }",
        "ASK { ?s ?p -1 , +2.5 , .5e3 , true ; a [] , () , (1 2) , [ ?p ?o ] . }",
        "SELECT (?a-1 AS ?b) (?a -1 AS ?c) (-?a AS ?d) { FILTER(!BOUND(?x) && NOT EXISTS {}) }",
        "SELECT ?x { ?x ?p ?o } GROUP BY ?x HAVING (COUNT(*) > 1) ORDER BY DESC(?x) LIMIT 1",
        "SELECT ?x { { SELECT ?x { ?x ?p ?o } LIMIT 1 } } OFFSET 1 LIMIT 2 VALUES ?x { UNDEF }",
        r"ASK { ?s <urn:\u90e8\U00007F72> 'a\u90e8\n' } # \u0041",
        "ASK { ?部署 kg:名称 '部署' ; kg:甲 ?o }",
    ],
)
def test_innocent_words_and_all_of_the_grammar_pass(text: str) -> None:
    assert check_query(text, prefixes=PREFIXES).text == text


def test_every_named_question_passes() -> None:
    for question in list_questions():
        assert check_query(question.sparql, prefixes={}).form == "SELECT"


@pytest.mark.parametrize(
    ("text", "key", "line", "column"),
    [
        ("ASK { SERVICE <http://x/> { ?s ?p ?o } }", "query-service", 1, 7),
        ("ASK {\n  sErViCe SILENT ?x {} }", "query-service", 2, 3),
        ("ASK { { SELECT * { service <http://x/> {} } } }", "query-service", 1, 20),
        ("ASK { FILTER EXISTS { SERVICE <http://x/> {} } }", "query-service", 1, 23),
        ("ASK { ?s ?p '#' SERVICE <http://x/> {} }", "query-service", 1, 17),
        ("ASK { ?s ?p 'a\\'' SERVICE <http://x/> {} }", "query-service", 1, 19),
        ("SELECT * FROM <http://x/> {}", "query-from", 1, 10),
        ("SELECT * FROM<file:///etc/passwd>{}", "query-from", 1, 10),
        ("SELECT * from named <http://x/> {}", "query-from", 1, 10),
        ("DESCRIBE <urn:x> FROM service:x", "query-from", 1, 18),
        ("LOAD <http://x/>", "query-update", 1, 1),
        ("INSERT DATA { <a> <b> <c> }", "query-update", 1, 1),
        ("ASK {}; DROP ALL", "query-update", 1, 9),
        ("WITH <g> DELETE { ?s ?p ?o } WHERE {}", "query-update", 1, 1),
        ("CLEAR SILENT DEFAULT", "query-update", 1, 1),
    ],
)
def test_what_is_not_reading_the_data_at_hand_is_refused(
    text: str, key: str, line: int, column: int
) -> None:
    found, facts = refusal(text)
    assert (found, facts["line"], facts["column"]) == (key, line, column)


@pytest.mark.parametrize(
    "text",
    [
        # Oxigraph's parser reads each of these as a request to a service, or nearly so.
        "ASK { ?s ?p ?o SERVICE:x { ?s ?p ?o } }",
        "ASK { SERVICE:x { ?s ?p ?o } }",
        "ASK { service:x { ?s ?p ?o } }",
        "ASK { ?s ?p '1'service:x { ?s ?p ?o } }",
        "ASK { ?s ?p 1service:x { ?s ?p ?o } }",
        "ASK { ?s ?p trueSERVICE:x { ?s ?p ?o } }",
        "ASK { ?s ?p true service:x { ?s ?p ?o } }",
        "ASK { ?s ?p ?o . service: { ?s ?p ?o } }",
        "SELECT * FROM:x { ?s ?p ?o }",
        "SELECT*{?s?p?o}FROM:x",
    ],
)
def test_a_prefix_that_would_be_read_as_a_word_is_refused(text: str) -> None:
    assert key_of(text).startswith(("query-syntax", "query-prefix"))


@pytest.mark.parametrize(
    ("text", "key", "facts"),
    [
        ("SELCT ?x {}", "query-word-near", {"found": "SELCT", "near": "SELECT"}),
        ("ASK { ?s ?p ?o FILTR(?o) }", "query-word-near", {"found": "FILTR", "near": "FILTER"}),
        ("ASK { ?s A ?o }", "query-word", {"found": "A"}),
        ("ASK { ?s ?p d01 }", "query-word", {"found": "d01"}),
        ("SELECTDISTINCT ?x {}", "query-word", {"found": "SELECTDISTINCT"}),
        ("ASK { ?s ?p ?o LATERAL {} }", "query-word", {"found": "LATERAL"}),
        ("ASK { kgg:a ?p ?o }", "query-prefix-near", {"found": "kgg", "near": "kg"}),
        ("ASK { zzzzz:a ?p ?o }", "query-prefix", {"found": "zzzzz", "near": ""}),
        ("ASK { ?s ?p « }", "query-character", {"found": "«"}),
        ("ASK {\u00a0}", "query-character", {"found": "U+00A0"}),
        ("ASK {}\x00", "query-character", {"found": "U+0000"}),
        ("ASK {}\x0b", "query-character", {"found": "U+000B"}),
        ("\ufeffASK {}", "query-character", {"found": "U+FEFF"}),
        ("ASK { ?s ?p '部署 }", "query-unclosed", {"found": "'"}),
        ("ASK { ?s ?p '''部署'' }", "query-unclosed", {"found": "'''"}),
        ('ASK { ?s ?p "a\nb" }', "query-unclosed", {"found": '"'}),
        (r"ASK { ?s ?p '\q' }", "query-unclosed", {"found": "'"}),
        (r"\u0053ERVICE", "query-escape", {"found": r"\u0053"}),
        (r"ASK { \u0053ERVICE <http://x/> {} }", "query-escape", {"found": r"\u0053"}),
        (r"ASK { ?s ?p '\u0027 } SERVICE' }", "query-escape", {"found": r"\u0027"}),
        (r"ASK { ?s ?p 'a\\u0027' }", "query-escape", {"found": r"\u0027"}),
        (r"ASK { ?s ?p '\u000A' }", "query-escape", {"found": r"\u000A"}),
        (r"ASK { ?s ?p '\uD800' }", "query-escape", {"found": r"\uD800"}),
        (r"ASK { ?s ?p '\UFFFFFFFF' }", "query-escape", {"found": r"\UFFFFFFFF"}),
        (r"ASK { ?s <urn:\u003e> ?o }", "query-escape", {"found": r"\u003e"}),
        ("ASK { # \\u000A SERVICE <x> {}\n}", "query-escape", {"found": r"\u000A"}),
        ("ASK { ?s ?p <<?a ?b ?c>> }", "query-newer", {"found": "<<"}),
        ("ASK { ?s ?p ?o {| ?a ?b |} }", "query-newer", {"found": "{|"}),
        ("", "query-empty", {}),
        ("# nothing\n", "query-empty", {}),
        ("ASK { ?s ?p ", "query-open", {"found": "{"}),
        ("ASK { FILTER(1", "query-open", {"found": "("}),
        ("ASK", "query-ends-expected", {"expected": "WHERE {"}),
        ("ASK { ?s ?p }", "query-syntax", {"found": "}", "expected": ""}),
        ("ASK {} }", "query-syntax-expected", {"found": "}"}),
        ("ASK WHERE ?x", "query-syntax-expected", {"found": "?x", "expected": "{"}),
        ("ASK {} LIMIT ten", "query-word", {"found": "ten"}),
        ("SELECT ?x { ?x a ?y } LIMIT ?x", "query-syntax-expected", {"expected": "1"}),
        ("\udce9", "query-surrogate", {"line": 1, "column": 1}),
    ],
)
def test_what_is_not_surely_sparql_is_refused_with_its_reason(
    text: str, key: str, facts: dict[str, str]
) -> None:
    found, told = refusal(text)
    assert found == key
    assert {name: told[name] for name in facts} == facts


def test_a_full_width_sign_is_told_its_plain_form() -> None:
    assert refusal("ASK ﹛ ?s ?p ?o }")[1] == {
        "line": 1,
        "column": 5,
        "found": "﹛",
        "plain": "{",
    }


@pytest.mark.parametrize(
    ("head", "opening", "inner", "closing", "tail"),
    [
        ("ASK ", "{", "", "}", ""),
        ("ASK { FILTER", "(", "1", ")", "}"),
        ("ASK { ", "[ ?p ", "?o", "]", " ?q ?r }"),
        ("ASK { ?s ", "(", "kg:p", ")", "* ?o }"),
        ("ASK { ?s ?p ", "( ", "1", ")", " }"),
        ("ASK { ?s ?p ?o FILTER ", "EXISTS { FILTER ", "(1)", "}", "}"),
    ],
)
def test_nesting_is_refused_from_the_limit_on(
    head: str, opening: str, inner: str, closing: str, tail: str
) -> None:
    outside = (head + inner).count("{") + (head + inner).count("(")

    def query(depth: int) -> str:
        return head + opening * depth + inner + closing * depth + tail

    assert check_query(query(QUERY_DEPTH - outside), prefixes=PREFIXES).form == "ASK"
    for depth in (QUERY_DEPTH - outside + 1, 1_000):
        key, facts = refusal(query(depth))
        assert (key, facts["limit"]) == ("query-deep", QUERY_DEPTH)


def test_a_query_is_refused_from_its_size_on() -> None:
    text = "ASK {} #" + "中" * ((QUERY_BYTES - 8) // 3)
    assert check_query(text, prefixes={}).form == "ASK"
    assert refusal(text + "中") == ("query-large", {"limit": "65,536"})


def test_a_line_ends_however_it_is_ended() -> None:
    assert [line_and_column("a\nb\rc\r\nd", place) for place in (0, 2, 4, 7)] == [
        (1, 1),
        (2, 1),
        (3, 1),
        (4, 1),
    ]


def test_tokens_are_those_of_the_lexical_grammar() -> None:
    text = "?a<urn:b>kg:c.'x'@zh^^1.5e3-.5#!\n_:b.a. a:%20\\,b:c. ''''a'b'''"
    assert [(token.kind, token.text) for token in read_tokens(text)] == [
        (TokenKind.VARIABLE, "?a"),
        (TokenKind.IRI, "<urn:b>"),
        (TokenKind.NAME, "kg:c"),
        (TokenKind.SIGN, "."),
        (TokenKind.STRING, "'x'"),
        (TokenKind.LANGUAGE, "@zh"),
        (TokenKind.SIGN, "^^"),
        (TokenKind.NUMBER, "1.5e3"),
        (TokenKind.SIGN, "-"),
        (TokenKind.NUMBER, ".5"),
        (TokenKind.COMMENT, "#!"),
        (TokenKind.BLANK, "_:b.a"),
        (TokenKind.SIGN, "."),
        (TokenKind.NAME, "a:%20\\,b:c"),
        (TokenKind.SIGN, "."),
        (TokenKind.STRING, "''''a'b'''"),
    ]
    assert list(read_tokens("ASK «x")) == [
        Token(TokenKind.WORD, "ASK", 0),
        Token(TokenKind.UNKNOWN, "«", 4),
    ]


def test_the_grammar_has_no_word_that_changes_or_fetches() -> None:
    words = load_grammar().keywords
    assert words.isdisjoint({"SERVICE", "FROM", "NAMED", "LOAD", "INSERT", "DELETE", "SILENT"})
    assert len(words) > 90


def test_every_rule_of_the_grammar_is_used_and_known() -> None:
    defined = {line.split(" ")[0] for line in RULES.strip().splitlines()}
    used = set(re.findall(r"\b[A-Za-z]*[a-z][A-Za-z]*\b", re.sub(r"'[^']*'", "", RULES)))
    assert used == defined


def test_the_parser_tells_where_rules_hold_and_where_the_grammar_ends() -> None:
    ask, opening, closing = "'ASK'", "'{'", "'}'"
    group = frozenset({"GroupGraphPattern"})
    assert parse([ask, opening, opening, closing, closing], group) == (
        [Span("GroupGraphPattern", 2, 4), Span("GroupGraphPattern", 1, 5)],
        None,
    )
    assert parse([ask, "VARIABLE"], group)[1] == Misfit(1, ("'WHERE'", "'{'"))
    assert parse([ask, opening, closing, closing], group)[1] == Misfit(
        3, ("'GROUP'", "'HAVING'", "'LIMIT'", "'OFFSET'", "'ORDER'", "'VALUES'", "END")
    )


@pytest.mark.parametrize(
    "piece", ["a.", "a:", "'", '"', "<", "<a", "?a ", "1.", "1e", "'a' ", "#", "_:a.", "a:.", "@"]
)
def test_no_text_is_slow_to_read(piece: str) -> None:
    text = (piece * QUERY_BYTES)[:QUERY_BYTES]
    began = time.perf_counter()
    with pytest.raises(QueryError):
        check_query(text, prefixes=PREFIXES)
    assert time.perf_counter() - began < 5
