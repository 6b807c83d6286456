"""`kg query` with SPARQL of one's own: where it comes from, how it is answered, how it ends."""

from __future__ import annotations

import io
import json
from pathlib import Path

import pytest

from kg.query import child, inside
from tests.cli.conftest import Kg, Outcome

LABELS = "SELECT ?m ?l { ?m a kg:Measure ; rdfs:label ?l FILTER(LANG(?l) = 'zh') }"
PRODUCT = "SELECT * { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }"
ENDLESS = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i FILTER(?c > ?f) }"


def assert_refused(outcome: Outcome, *wanted: str) -> None:
    """Exit 2, nothing on stdout, one line on stderr that says all that is wanted."""
    assert (outcome.status, outcome.out) == (2, ""), outcome
    assert outcome.notes.endswith("\n") and outcome.notes.count("\n") == 1, outcome.notes
    assert "Traceback" not in outcome.notes
    assert [piece for piece in wanted if piece not in outcome.notes] == []


def test_a_query_is_text_a_file_or_stdin(
    kg: Kg, ledger: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "labels of measures.rq"
    file.write_bytes(b"\xef\xbb\xbf" + LABELS.encode())
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(LABELS.encode())))
    outcomes = [kg("--data", ledger, "query", given) for given in (LABELS, file, "-")]
    assert outcomes[0].status == 0
    assert outcomes[0] == outcomes[1] == outcomes[2]


def test_a_table_has_ids_and_beside_them_names_in_the_language_of_the_reader(
    kg: Kg, ledger: Path
) -> None:
    chinese = kg("--data", ledger, "query", "SELECT ?m ?k { ?m a ?k . ?m a kg:Directive }")
    assert chinese.out.splitlines()[0] == "查询结果：3 行。"
    assert chinese.out.splitlines()[2].split() == ["m", "名称", "k", "名称"]
    assert chinese.out.splitlines()[4].split()[0] == "d01"
    assert "kg:Directive" in chinese.out and "部署" in chinese.out
    text = "SELECT ?m { ?m a kg:Directive } ORDER BY ?m LIMIT 1"
    english = kg("--data", ledger, "query", text, "--lang", "en")
    assert english.out.startswith("Your query: 1 row.\n")


@pytest.mark.parametrize("syntax", ["json", "xml", "csv", "tsv", "md"])
def test_a_select_comes_in_every_format_of_rows(kg: Kg, ledger: Path, syntax: str) -> None:
    outcome = kg("--data", ledger, "query", LABELS, "--format", syntax)
    assert (outcome.status, outcome.notes) == (0, "")
    assert "m001" in outcome.out
    if syntax == "json":
        assert json.loads(outcome.out)["head"] == {"vars": ["m", "l"]}


def test_ask_answers_with_a_word_and_an_exit_status(kg: Kg, ledger: Path) -> None:
    yes = kg("--data", ledger, "query", "ASK { ?m a kg:Measure }")
    no = kg("--data", ledger, "query", "ASK { ?m a kg:Battle }")
    assert (yes.status, yes.out, yes.notes) == (0, "是\n", "")
    assert (no.status, no.out, no.notes) == (1, "否\n", "")
    english = kg("--data", ledger, "query", "ASK {}", "--lang", "en", "--format", "md")
    assert english.out == "yes\n"
    data = kg("--data", ledger, "query", "ASK { ?m a kg:Battle }", "--format", "json")
    assert (data.status, json.loads(data.out)) == (1, {"head": {}, "boolean": False})


def test_a_graph_is_turtle_unless_json_ld_is_asked_for(kg: Kg, ledger: Path) -> None:
    turtle = kg("--data", ledger, "query", "DESCRIBE data:m001")
    assert turtle.out.startswith("@prefix data:") and "data:m001 a kg:Measure" in turtle.out
    assert kg("--data", ledger, "query", "DESCRIBE data:m001", "--format", "turtle") == turtle
    jsonld = kg("--data", ledger, "query", "DESCRIBE data:m001", "--format", "jsonld")
    assert [node["@id"].rsplit("/", 1)[-1] for node in json.loads(jsonld.out)["@graph"]] == ["m001"]


@pytest.mark.parametrize(
    ("text", "syntax", "choices"),
    [
        ("DESCRIBE data:m001", "json", "turtle jsonld"),
        ("CONSTRUCT WHERE { ?s ?p ?o }", "csv", "turtle jsonld"),
        ("ASK {}", "turtle", "table csv json tsv xml md"),
        (PRODUCT, "jsonld", "table csv json tsv xml md"),
        ("directives-without-measures", "turtle", "table csv json tsv xml md"),
    ],
)
def test_a_format_that_does_not_fit_is_refused_before_anything_runs(
    kg: Kg, ledger: Path, text: str, syntax: str, choices: str
) -> None:
    assert_refused(kg("--data", ledger, "query", text, "--format", syntax), syntax, choices)


def test_an_answer_goes_to_a_file_whole(kg: Kg, ledger: Path, tmp_path: Path) -> None:
    target = tmp_path / "out.csv"
    shown = kg("--data", ledger, "query", LABELS, "--format", "csv")
    written = kg("--data", ledger, "query", LABELS, "--format", "csv", "-o", target)
    assert (written.status, written.out, target.read_bytes()) == (0, "", shown.data)


@pytest.mark.parametrize(
    ("params", "out"),
    [
        (["d=d01"], "是\n"),
        (["d=data:d01"], "是\n"),
        (["d:id=d01"], "是\n"),
        (["d:text=d01"], "否\n"),
        (["d=m001"], "否\n"),
    ],
)
def test_a_parameter_is_bound_by_its_form_or_its_type(
    kg: Kg, ledger: Path, params: list[str], out: str
) -> None:
    given = [piece for param in params for piece in ("--param", param)]
    outcome = kg("--data", ledger, "query", "ASK { ?d a kg:Directive }", *given)
    assert (outcome.out, outcome.notes) == (out, "")


@pytest.mark.parametrize(
    ("arguments", "wanted"),
    [
        (["SELCT ?x {}"], ["kg query", "第 1 行第 1 列", "SELECT"]),
        (["SELECT ?x {\n  ?x a kgg:Measure }"], ["第 2 行第 8 列", "kgg:", "kg:"]),
        (["SELECT ?x { ?x a"], ["第 1 行第 11 列", "{"]),
        (["SELECT * FROM <http://127.0.0.1:9/> {}"], ["第 1 行第 10 列", "FROM"]),
        (["ASK { SERVICE <http://127.0.0.1:9/> {} }"], ["第 1 行第 7 列", "SERVICE"]),
        (["DELETE WHERE { ?s ?p ?o }"], ["第 1 行第 1 列", "DELETE"]),
        ([""], ["空"]),
        (["ASK {} \udce9"], ["第 1 行第 8 列", "UTF-8"]),
        (["ASK { ?x ?p ?o }", "--param", "y=1"], ["?y"]),
        (["ASK { ?x ?p ?o }", "--param", "x=d99"], ["x", "d99", "x:text=d99"]),
        (["ASK {}", "--timeout", "0"], ["--timeout", "0"]),
        (["ASK {}", "--timeout", "nan"], ["--timeout", "nan"]),
        (["ASK {}", "--timeout", "soon"], ["--timeout", "soon"]),
        (["ASK {}", "--timeout", "１"], ["--timeout", "１"]),
        (["ASK {}", "--limit", "0"], ["--limit", "0"]),
        (["ASK {}", "--limit", "-1"], ["--limit", "-1"]),
        (["ASK {}", "--limit", "²"], ["--limit", "²"]),
        (["nowhere.rq"], ["nowhere.rq", "没有这个文件"]),
        (["no/where"], ["no/where"]),
        (["nothing"], ["nothing", "kg questions"]),
    ],
)
def test_a_query_that_cannot_run_is_refused_in_one_line(
    kg: Kg, ledger: Path, arguments: list[str], wanted: list[str]
) -> None:
    assert_refused(kg("--data", ledger, "query", *arguments), *wanted)


@pytest.mark.parametrize(
    ("data", "wanted"),
    [
        (b"ASK {}\n# \xff", ["第 2 行", "UTF-8"]),
        ("ASK {} # 部署".encode("gb18030"), ["UTF-8"]),
        ("ASK {}".encode("utf-16"), ["UTF-8"]),
        (b"ASK {} #" + b"x" * 65_536, ["65,536"]),
        (b"ASK {}\x00", ["U+0000"]),
        (b"", ["空"]),
    ],
)
def test_a_file_that_is_no_query_is_refused_by_its_name(
    kg: Kg, ledger: Path, monkeypatch: pytest.MonkeyPatch, data: bytes, wanted: list[str]
) -> None:
    file = ledger / "mine.rq"
    file.write_bytes(data)
    assert_refused(kg("--data", ledger, "query", file), "mine.rq", *wanted)
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(data)))
    assert_refused(kg("--data", ledger, "query", "-"), "stdin", *wanted)


def test_a_folder_is_no_query(kg: Kg, ledger: Path) -> None:
    assert_refused(kg("--data", ledger, "query", ledger), str(ledger))


def test_an_unknown_term_is_noted_and_the_query_runs(kg: Kg, ledger: Path) -> None:
    text = "ASK { ?m a kg:Mesure }"
    outcome = kg("--data", ledger, "query", text, "--lang", "en")
    assert (outcome.status, outcome.out) == (1, "no\n")
    assert outcome.notes == (
        "Note: line 1, column 12: neither the ontology nor the data have kg:Mesure; "
        "did you mean kg:Measure?\n"
    )
    assert kg("--data", ledger, "query", text, "-q").notes == ""


def test_the_default_limit_of_rows_is_said_and_ends_with_2(
    kg: Kg, ledger: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("kg.limits.QUERY_ROWS", 10)
    outcome = kg("--data", ledger, "query", PRODUCT, "--format", "tsv", "--lang", "en")
    assert (outcome.status, outcome.out.count("\n")) == (2, 11)
    assert outcome.notes == "The answer is cut at the default of 10 rows; --limit asks for more.\n"
    named = kg("--data", ledger, "query", "who-is-responsible", "--format", "tsv")
    assert (named.status, named.notes) == (0, "")


def test_ones_own_limit_of_rows_is_said_and_ends_with_0(kg: Kg, ledger: Path) -> None:
    outcome = kg("--data", ledger, "query", PRODUCT, "--format", "tsv", "--limit", "3")
    assert (outcome.status, outcome.out.count("\n")) == (0, 4)
    assert outcome.notes == "按 --limit 只列 3 行，后面还有。\n"
    whole = kg("--data", ledger, "query", "SELECT * { } ", "--limit", "3")
    assert (whole.status, whole.notes) == (0, "")
    named = kg("--data", ledger, "query", "directives-without-measures", "--limit", "1")
    assert named.status == 0


def test_an_answer_that_is_too_large_is_cut_and_ends_with_2(
    kg: Kg, ledger: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("kg.limits.QUERY_ANSWER_CELLS", 90)
    outcome = kg("--data", ledger, "query", PRODUCT, "--format", "tsv", "--limit", "100")
    assert (outcome.status, outcome.out.count("\n")) == (2, 11)
    assert "10 行" in outcome.notes


def test_a_time_limit_leaves_no_rows_and_is_named(kg: Kg, ledger: Path) -> None:
    outcome = kg("--data", ledger, "query", ENDLESS, "--timeout", "0.5")
    assert_refused(outcome, "0.5 秒", "--timeout")
    named = kg("--data", ledger, "query", "who-is-responsible", "--timeout", "0.0001")
    assert_refused(named, "who-is-responsible", "0.0001 秒")


def test_a_memory_limit_leaves_no_rows_and_is_named(
    kg: Kg, ledger: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("kg.limits.QUERY_MEMORY_BYTES", 150_000_000)
    doubling = "".join(f"BIND(CONCAT(?a{n}, ?a{n}) AS ?a{n + 1}) " for n in range(26))
    text = f"SELECT (STRLEN(?a26) AS ?n) {{ BIND('0123456789' AS ?a0) {doubling} }}"
    assert_refused(kg("--data", ledger, "query", text), "内存", "0.15 GB")


def test_a_memory_limit_that_cannot_be_enforced_is_said(
    kg: Kg, ledger: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(inside, "can_limit_memory", lambda: False)
    monkeypatch.setattr(child, "can_limit_memory", lambda: False)
    outcome = kg("--data", ledger, "query", "ASK {}", "--lang", "en")
    assert (outcome.status, outcome.out) == (0, "yes\n")
    assert (
        outcome.notes == "Note: this machine cannot limit the memory of a query, only its time.\n"
    )
