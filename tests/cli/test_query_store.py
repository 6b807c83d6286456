"""`kg query` of a store on disk: asked as it stands, changed by nobody, and never out of date."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from pathlib import Path

import pytest
from pyoxigraph import NamedNode, Store

from kg import vocab
from kg.cli.main import run
from kg.model import Basis, Dataset
from kg.query.named import list_questions
from kg.query.open import open_dataset, open_folder
from kg.query.own import ask_named
from tests.cli.conftest import Kg
from tests.conftest import CHECKOUT

OWN = (
    ("SELECT ?s ?p ?o { ?s a kg:Measure ; ?p ?o }", "tsv"),
    ("SELECT ?m ?k { ?m a ?k . ?m a kg:Directive }", "table"),
    ("SELECT (COUNT(*) AS ?n) { GRAPH ?g { ?s ?p ?o } }", "json"),
    ("DESCRIBE data:d01", "turtle"),
    ("CONSTRUCT { ?m kg:addresses ?d } { ?m kg:addresses ?d }", "jsonld"),
    ("ASK { ?x kg:levelStated kg:rung-none }", "xml"),
    ("SELECT * { ?x a kg:Mesure }", "csv"),
)
ENDLESS = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i FILTER(?c > ?f) }"


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The bundled ledger as a store."""
    folder = tmp_path_factory.mktemp("asked") / "store"
    assert run(["-q", "build", "--store", str(folder)]) == 0
    return folder


@pytest.fixture
def small(kg: Kg, ledger: Path, tmp_path: Path) -> Path:
    """The ledger of `kg new` as a store."""
    assert kg("--data", ledger, "build", "--store", tmp_path / "store").status == 0
    return tmp_path / "store"


def snapshot(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir()}


@pytest.mark.parametrize(("text", "syntax"), OWN, ids=[text for text, _ in OWN])
def test_ones_own_query_gets_the_bytes_that_the_ledger_gives(
    text: str, syntax: str, kg: Kg, ledger: Path, small: Path
) -> None:
    given = ("query", text, "--format", syntax)
    expected, found = kg("--data", ledger, *given), kg("--data", small, *given)
    assert found == expected
    assert expected.status in (0, 1)


def test_every_named_question_gets_the_answer_that_the_ledger_gives(
    store: Path, liling: Dataset
) -> None:
    in_memory, opened = open_dataset(liling), open_folder(store)
    assert (opened.base, opened.faults) == (liling.base_iri, {})
    for question in list_questions():
        needed = {
            parameter.name: parameter.example
            for parameter in question.parameters
            if parameter.required
        }
        found = ask_named(opened.store, question, needed)
        assert found == ask_named(in_memory, question, needed), question.name


def test_the_data_set_is_not_read_out_of_the_store(
    small: Path, kg: Kg, monkeypatch: pytest.MonkeyPatch
) -> None:
    from kg.sources import rdf_files, rdf_store

    def read_out(*_: object, **__: object) -> None:
        raise AssertionError("the store was read out")

    monkeypatch.setattr(rdf_store, "read_statements", read_out)
    monkeypatch.setattr(rdf_files, "read_statements", read_out)
    assert kg("--data", small, "query", "directives-without-measures").status == 0
    assert kg("--data", small, "query", "ASK { ?d a kg:Directive }").status == 0


def test_a_question_changes_no_byte_and_needs_no_right_to_write(small: Path, kg: Kg) -> None:
    before = snapshot(small)
    for path in (*small.iterdir(), small):
        path.chmod(0o555 if path.is_dir() else 0o444)
    try:
        assert kg("--data", small, "query", "SELECT ?s { ?s a kg:Measure }").status == 0
        assert kg("--data", small, "query", "directives-without-measures").status == 0
        assert kg("--data", small, "query", ENDLESS, "--timeout", "0.2").status in (0, 2)
    finally:
        small.chmod(0o755)
    assert snapshot(small) == before


def test_several_processes_ask_at_once(store: Path) -> None:
    command = [sys.executable, "-m", "kg", "-q", "--data", str(store), "query"]
    slow = subprocess.Popen(
        [*command, ENDLESS, "--timeout", "30"], cwd=CHECKOUT, stdout=subprocess.DEVNULL
    )
    text = "SELECT (COUNT(*) AS ?n) { ?m a kg:Measure }"
    others = [
        subprocess.Popen([*command, text, "--format", "csv"], cwd=CHECKOUT, stdout=subprocess.PIPE)
        for _ in range(2)
    ]
    answers = [other.communicate(timeout=120)[0] for other in others]
    still_asking = slow.poll() is None
    slow.terminate()
    slow.wait()
    assert answers[0] == answers[1]
    assert int(answers[0].split()[1]) > 0
    assert still_asking


def test_the_wall_holds_for_a_store_on_disk(store: Path, kg: Kg) -> None:
    late = kg("--lang", "en", "--data", store, "query", ENDLESS, "--timeout", "0.3")
    assert (late.status, late.data) == (2, b"")
    assert "time limit of 0.3 s" in late.notes
    served = kg("--data", store, "query", "ASK { SERVICE <http://127.0.0.1:9/> {} }")
    assert (served.status, served.data) == (2, b"")


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_a_store_that_somebody_changed_by_hand_is_refused(lang: str, small: Path, kg: Kg) -> None:
    changed = Store(str(small))
    gone = next(
        changed.quads_for_pattern(None, NamedNode(vocab.LEVEL_AT[Basis.STATED]), None, None)
    )
    changed.remove(gone)
    changed.flush()
    del changed
    done = kg("--lang", lang, "--data", small, "query", "directives-without-measures")
    assert (done.status, done.data, done.notes.count("\n")) == (2, b"", 1)
    assert done.notes.startswith(str(small)) and "kg build --store" in done.notes


def test_a_byte_of_another_value_is_noticed_before_an_answer(small: Path, kg: Kg) -> None:
    path = max(small.glob("*.sst"), key=lambda path: path.stat().st_size)
    data = bytearray(path.read_bytes())
    data[len(data) // 2] ^= 1
    path.write_bytes(data)
    done = kg("--lang", "en", "--data", small, "query", "ASK { ?s ?p ?o }")
    assert (done.status, done.data, done.notes.count("\n")) == (2, b"", 1)
    assert "kg build --store" in done.notes


def rewrite(store: Path, **changes: object) -> None:
    marker = json.loads((store / "kg-store.json").read_text(encoding="utf-8"))
    kept = {key: value for key, value in (marker | changes).items() if value is not None}
    (store / "kg-store.json").write_text(json.dumps(kept), encoding="utf-8")


@pytest.mark.parametrize("version", ["0.0.9", None])
def test_a_store_of_another_version_is_read_but_not_asked(
    version: str | None, small: Path, kg: Kg
) -> None:
    rewrite(small, version=version)
    done = kg("--lang", "en", "--data", small, "query", "directives-without-measures")
    assert (done.status, done.data, done.notes.count("\n")) == (2, b"", 1)
    assert f"kg {version or '?'} wrote this store" in done.notes
    assert kg("--data", small, "coverage").status == 0


def test_the_faults_of_the_data_are_told_as_of_the_ledger(
    kg: Kg, ledger: Path, tmp_path: Path
) -> None:
    links = ledger / "mentions.csv"
    text = links.read_text(encoding="utf-8").splitlines(keepends=True)
    links.write_text("".join(text[:-1]), encoding="utf-8")
    store = tmp_path / "store"
    assert kg("--data", ledger, "build", "--store", store).status == 0
    given = ("query", "ASK { ?d a kg:Directive }")
    expected, found = kg("--data", ledger, *given), kg("--data", store, *given)
    assert "KG004" in expected.notes
    assert found == expected


def test_a_store_of_something_else_is_no_data_set(kg: Kg, tmp_path: Path) -> None:
    from kg.store.bulk import write_store

    write_store(tmp_path / "store", b'<urn:x:a> <urn:x:b> "c" <urn:x:g> .\n')
    done = kg("--data", tmp_path / "store", "query", "ASK { ?s ?p ?o }")
    assert (done.status, done.data, done.notes.count("\n")) == (2, b"", 1)


# -- What an RDF file says follows, and what does follow ------------------------------------------


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_rdf_whose_conclusions_are_out_of_date_is_told_and_computed_anew(
    lang: str, kg: Kg, ledger: Path, tmp_path: Path
) -> None:
    assert kg("--data", ledger, "build", "-o", tmp_path / "rdf").status == 0
    whole = tmp_path / "rdf" / "all.nq"
    lines = whole.read_text(encoding="utf-8").splitlines(keepends=True)
    is_open = [line for line in lines if "#openStated> " in line]
    planted = is_open[0].replace("#openStated>", "#openEchoed>").replace("KG1", "KG2")
    copy = tmp_path / "edited.nq"
    kept = [line for line in lines if line not in is_open[:2]]
    copy.write_text("".join([*kept, planted]), encoding="utf-8")
    for command in (("coverage",), ("check",), ("query", "directives-without-measures")):
        sound = kg("--lang", lang, "--data", whole, *command, "--format", "json")
        found = kg("--lang", lang, "--data", copy, *command, "--format", "json")
        assert (found.status, found.data) == (sound.status, sound.data)
        assert sound.notes == ""
        assert found.notes.count("\n") == 1 and "kg build" in found.notes
        assert re.findall(r"\d+", found.notes.replace(str(copy), "")) == ["2", "1"]


def test_rdf_without_conclusions_says_nothing_that_could_be_wrong(
    kg: Kg, ledger: Path, tmp_path: Path
) -> None:
    assert kg("--data", ledger, "build", "-o", tmp_path / "rdf").status == 0
    quads = (tmp_path / "rdf" / "all.nq").read_text(encoding="utf-8").splitlines(keepends=True)
    bare = tmp_path / "bare.nq"
    bare.write_text("".join(q for q in quads if "graph/inferred> ." not in q), encoding="utf-8")
    expected, found = kg("--data", ledger, "coverage"), kg("--data", bare, "coverage")
    assert found == expected


def test_every_syntax_of_a_build_says_what_follows(kg: Kg, ledger: Path, tmp_path: Path) -> None:
    from kg.export.linked_data import to_rdf
    from kg.rdf.inferred import find_stale
    from kg.sources.registry import read_source

    dataset = read_source(str(ledger)).dataset
    for syntax, suffix in (("turtle", "ttl"), ("trig", "trig"), ("nquads", "nq"), ("jsonld",) * 2):
        path = tmp_path / f"graph.{suffix}"
        path.write_bytes(to_rdf(dataset, syntax))
        reading = read_source(str(path))
        assert reading.inferred
        assert find_stale(reading.dataset, reading.inferred) == (0, 0)
