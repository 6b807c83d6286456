"""The wall: what comes back from a child, and what becomes of one that does not behave."""

from __future__ import annotations

import contextlib
import errno
import os
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from pyoxigraph import Store
from rdflib import BNode, Literal, URIRef

from kg import vocab
from kg.errors import QueryError
from kg.query import child, inside
from kg.query.child import EngineError, Outcome, find_unenforced, run_walled
from kg.query.inside import Job
from kg.rdf.canonical import to_nquads
from kg.store.oxigraph import open_memory_store
from tests.conftest import CHECKOUT

pytestmark = pytest.mark.skipif(not child.CAN_FORK, reason="nothing can be forked here")

TERMS = (
    URIRef("https://example.org/部署?a=1&b=2"),
    Literal("text"),
    Literal('a,"b"\n<c>\t& \\ 𝕏', lang="zh"),
    Literal("01", datatype=URIRef("urn:x:type")),
    Literal("2021-09-01", datatype=URIRef(vocab.XSD + "date")),
    Literal(""),
)
STORE = open_memory_store(
    to_nquads(
        {
            "urn:x:g": [
                (URIRef("urn:x:s"), URIRef(f"urn:x:p{number}"), term)
                for number, term in enumerate(TERMS)
            ]
        }
    )
)
MANY = open_memory_store(
    "".join(f'<urn:x:s{n}> <urn:x:p> "{n}" <urn:x:g> .\n' for n in range(3_000)).encode()
)
ENDLESS = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i FILTER(?c > ?f) }"
GREEDY = "SELECT * { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i } ORDER BY ?c ?f ?i"
DEEP = "SELECT (" + "(" * 10_000 + "1" + ")" * 10_000 + " AS ?x) {}"
JOB = Job("ASK {}", {}, 5.0, 1_500_000_000, 50_000, 32_000_000, 1_000_000, {}, {})

Answering = Callable[[Store, Job, int], None]


def job(text: str, **changes: object) -> Job:
    return replace(JOB, text=text, **changes)  # type: ignore[arg-type]


def failure(text: str, store: Store = MANY, *, fork: bool = True, **changes: object) -> QueryError:
    with pytest.raises(QueryError) as caught:
        run_walled(store, job(text, **changes), where="q.rq", fork=fork)
    assert caught.value.where == "q.rq"
    assert str(caught.value) and "\n" not in str(caught.value)
    return caught.value


def children() -> set[int]:
    """The processes that this one has started and that are still there."""
    found: set[int] = set()
    for task in Path("/proc/self/task").iterdir():
        with contextlib.suppress(OSError):  # a thread that has ended meanwhile
            listed = (task / "children").read_text(encoding="ascii")
            found |= {int(number) for number in listed.split()}
    return found


@pytest.fixture(autouse=True)
def nothing_left() -> Iterator[None]:
    """No process and no open file is left behind."""
    before, files = children(), len(list(Path("/proc/self/fd").iterdir()))
    yield
    late = time.monotonic() + 5
    while children() - before and time.monotonic() < late:
        time.sleep(0.02)
    assert children() - before == set()
    assert len(list(Path("/proc/self/fd").iterdir())) <= files


@pytest.fixture
def answering(monkeypatch: pytest.MonkeyPatch) -> Callable[[Answering], None]:
    """Let the child do something else than run the query."""
    return lambda instead: monkeypatch.setattr(child, "run_job", instead)


@pytest.mark.parametrize("fork", [True, False], ids=["fork", "spawn"])
def test_every_kind_of_term_comes_back_as_it_is(fork: bool) -> None:
    found = run_walled(STORE, job("SELECT ?o { ?s ?p ?o } ORDER BY ?p"), fork=fork)
    assert found == Outcome("select", None, ("o",), tuple((term,) for term in TERMS))


@pytest.mark.parametrize("fork", [True, False], ids=["fork", "spawn"])
def test_truth_unbound_values_and_graphs_come_back(fork: bool) -> None:
    assert run_walled(STORE, job("ASK { ?s ?p ?o }"), fork=fork) == Outcome("ask", True)
    assert run_walled(STORE, job("ASK { ?s ?s ?o }"), fork=fork) == Outcome("ask", False)
    empty = run_walled(STORE, job("SELECT ?x ?y { OPTIONAL { ?x ?x ?y } }"), fork=fork)
    assert empty == Outcome("select", None, ("x", "y"), ((None, None),))
    text = "CONSTRUCT { [] <urn:x:q> ?s } { ?s <urn:x:p1> ?o }"
    graph = run_walled(STORE, job(text), fork=fork)
    row = (BNode("b1"), URIRef("urn:x:q"), URIRef("urn:x:s"))
    assert graph == Outcome("graph", None, (), (row,))


def test_a_triple_that_is_constructed_twice_comes_back_once() -> None:
    text = "CONSTRUCT { <urn:x:a> <urn:x:b> <urn:x:c> } { ?s ?p ?o }"
    assert len(run_walled(MANY, job(text)).rows) == 1


def test_the_query_asks_the_union_of_the_graphs_and_may_name_one() -> None:
    store = open_memory_store(b"<urn:a> <urn:p> 'x' <urn:g> .".replace(b"'", b'"'))
    assert run_walled(store, job("ASK { <urn:a> <urn:p> 'x' }")).truth
    assert run_walled(store, job("ASK { GRAPH <urn:g> { <urn:a> <urn:p> 'x' } }")).truth


@pytest.mark.parametrize("fork", [True, False], ids=["fork", "spawn"])
def test_terms_are_bound_by_substitution_and_by_function(fork: bool) -> None:
    given = job(
        "SELECT ?o ?f { ?s ?p ?o BIND(<urn:f>() AS ?f) }",
        substitutions={"o": ["@", TERMS[2], "zh"]},
        functions={"urn:f": ["^", "01", "urn:x:type"]},
    )
    assert run_walled(STORE, given, fork=fork).rows == ((TERMS[2], TERMS[3]),)


@pytest.mark.parametrize("fork", [True, False], ids=["fork", "spawn"])
def test_an_answer_is_cut_at_its_rows_and_says_so(fork: bool) -> None:
    found = run_walled(MANY, job("SELECT ?s { ?s ?p ?o }", rows=10), fork=fork)
    assert (len(found.rows), found.cut) == (10, "rows")
    exact = run_walled(MANY, job("SELECT ?s { ?s ?p ?o } LIMIT 10", rows=10), fork=fork)
    assert (len(exact.rows), exact.cut) == (10, None)
    graph = run_walled(MANY, job("CONSTRUCT { ?s ?p ?o } { ?s ?p ?o }", rows=10), fork=fork)
    assert (len(graph.rows), graph.cut) == (10, "rows")


def test_an_answer_is_cut_at_its_size_and_says_so() -> None:
    cells = run_walled(MANY, job("SELECT * { ?s ?p ?o }", cells=100))
    assert (len(cells.rows), cells.cut) == (33, "size")
    long = "SELECT (CONCAT(?l, ?o) AS ?x) { BIND('" + "x" * 1_000 + "' AS ?l) ?s ?p ?o }"
    by_bytes = run_walled(MANY, job(long, bytes=100_000))
    assert (90 < len(by_bytes.rows) < 100, by_bytes.cut) == (True, "size")
    none = run_walled(MANY, job(long, bytes=500))
    assert (none.rows, none.cut) == ((), "size")


@pytest.mark.parametrize("fork", [True, False], ids=["fork", "spawn"])
def test_a_query_without_end_ends_at_its_time(fork: bool) -> None:
    began = time.monotonic()
    error = failure(ENDLESS, seconds=1.0, fork=fork)
    assert (error.key, error.facts) == ("query-time", {"seconds": "1"})
    assert 0.9 < time.monotonic() - began < 1.5


def test_rows_that_came_before_the_time_was_over_are_no_answer() -> None:
    text = "SELECT * { ?a ?b ?c . ?d ?e ?f }"
    assert failure(text, seconds=0.3, rows=10**9, cells=10**9).key == "query-time"


def test_a_query_that_takes_too_much_memory_ends_at_its_memory() -> None:
    error = failure(GREEDY, memory=200_000_000, seconds=30.0)
    assert (error.key, error.facts) == ("query-memory", {"limit": "0.2"})


@pytest.mark.parametrize("fork", [True, False], ids=["fork", "spawn"])
def test_a_query_that_crashes_the_engine_ends_only_the_child(fork: bool) -> None:
    assert failure(DEEP, fork=fork).key == "query-crash"
    assert run_walled(MANY, JOB, fork=fork).truth


@pytest.mark.parametrize("fork", [True, False], ids=["fork", "spawn"])
def test_what_the_engine_says_against_a_query_comes_back(fork: bool) -> None:
    with pytest.raises(EngineError) as caught:
        run_walled(MANY, job("SELECT"), fork=fork)
    assert caught.value.is_syntax
    assert caught.value.said.startswith("error at 1:")
    with pytest.raises(EngineError) as caught:
        run_walled(MANY, job("ASK { FILTER(<urn:f>()) }"), fork=fork)
    assert not caught.value.is_syntax
    assert "urn:f" in caught.value.said


def test_the_child_can_ask_no_service_even_where_no_guard_looked() -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        server.setblocking(False)
        url = f"http://127.0.0.1:{server.getsockname()[1]}/"
        failure(f"SELECT * {{ SERVICE <{url}> {{ ?s ?p ?o }} }}")
        run_walled(MANY, job(f"SELECT * {{ SERVICE SILENT <{url}> {{ ?s ?p ?o }} }}"))
        with pytest.raises(BlockingIOError):
            server.accept()


def test_the_child_can_open_no_file(answering: Callable[[Answering], None], tmp_path: Path) -> None:
    canary = tmp_path / "canary.txt"
    canary.write_text("sing", encoding="utf-8")

    def read_canary(_store: Store, _job: Job, out: int) -> None:
        try:
            said = canary.read_text(encoding="utf-8")
        except OSError as error:
            said = str(error.errno)
        os.write(out, f'["select",["{said}"]]\n{{"end":"all"}}\n'.encode())

    answering(read_canary)
    assert run_walled(STORE, JOB).variables == (str(errno.EMFILE),)


def hang_up(_store: Store, _job: Job, out: int) -> None:
    os.close(out)
    time.sleep(60)


@pytest.mark.parametrize(
    ("behaviour", "key"),
    [
        (lambda _store, _job, _out: None, "query-crash"),
        (lambda _store, _job, out: os.close(out), "query-crash"),
        (lambda _store, _job, _out: 1 / 0, "query-crash"),
        (lambda _store, _job, _out: sys.exit(0), "query-crash"),
        (lambda _store, _job, out: os.write(out, b'["ask",true]\n'), "query-crash"),
        (lambda _store, _job, _out: time.sleep(60), "query-time"),
        (hang_up, "query-time"),
        (lambda _store, _job, _out: os.write(2, b"x" * 10_000_000), "query-crash"),
        (lambda _store, _job, _out: os.kill(os.getpid(), signal.SIGKILL), "query-killed"),
        (lambda _store, _job, _out: os.kill(os.getpid(), signal.SIGTERM), "query-killed"),
        (lambda _store, _job, _out: os.kill(os.getpid(), signal.SIGABRT), "query-crash"),
        (lambda _store, _job, _out: os.kill(os.getpid(), signal.SIGALRM), "query-time"),
        (
            lambda _store, _job, out: [os.write(out, b"[\n" * 9_999) for _ in range(9)],
            "query-crash",
        ),
    ],
)
def test_a_child_that_does_not_behave_is_one_sentence(
    answering: Callable[[Answering], None],
    capfd: pytest.CaptureFixture[str],
    behaviour: Answering,
    key: str,
) -> None:
    answering(behaviour)
    began = time.monotonic()
    assert failure("ASK {}", seconds=1.0, bytes=0).key == key
    assert time.monotonic() - began < 1.5
    assert capfd.readouterr() == ("", "")


def test_a_child_that_is_killed_from_outside_is_named_with_its_signal() -> None:
    before = children()

    def kill_it() -> None:
        late = time.monotonic() + 5
        while not children() - before and time.monotonic() < late:
            time.sleep(0.01)
        time.sleep(0.1)
        for pid in children() - before:
            os.kill(pid, signal.SIGKILL)

    killer = threading.Thread(target=kill_it)
    killer.start()
    error = failure(ENDLESS, seconds=20.0)
    killer.join()
    assert (error.key, error.facts) == ("query-killed", {"signal": "SIGKILL"})


def test_ctrl_c_ends_the_child_too() -> None:
    def interrupt(_number: int, _frame: object) -> None:
        raise KeyboardInterrupt

    def press() -> None:
        late = time.monotonic() + 15
        while not children() - before and time.monotonic() < late:
            time.sleep(0.01)
        time.sleep(0.1)
        os.kill(os.getpid(), signal.SIGUSR1)

    before = children()
    # Not SIGALRM: the time limit of the tests themselves is told by it.
    old = signal.signal(signal.SIGUSR1, interrupt)
    presser = threading.Thread(target=press)
    try:
        presser.start()
        with pytest.raises(KeyboardInterrupt):
            run_walled(MANY, job(ENDLESS, seconds=20.0))
        presser.join()
    finally:
        signal.signal(signal.SIGUSR1, old)


def test_a_child_whose_parent_was_killed_ends_by_itself() -> None:
    script = (
        "import sys; from tests.unit.query.test_child import *;"
        "print('ready', flush=True); run_walled(MANY, job(ENDLESS, seconds=1.5))"
    )
    parent = subprocess.Popen([sys.executable, "-c", script], cwd=CHECKOUT, stdout=subprocess.PIPE)
    assert parent.stdout is not None and parent.stdout.readline() == b"ready\n"
    listing = Path(f"/proc/{parent.pid}/task/{parent.pid}/children")
    late = time.monotonic() + 1.0
    while not (born := listing.read_text(encoding="ascii").split()) and time.monotonic() < late:
        time.sleep(0.01)
    parent.kill()
    parent.wait()
    parent.stdout.close()
    assert born
    late = time.monotonic() + 5
    while _lives(born[0]) and time.monotonic() < late:
        time.sleep(0.05)
    assert not _lives(born[0])


def _lives(pid: str) -> bool:
    try:
        return " Z " not in Path(f"/proc/{pid}/stat").read_text(encoding="utf-8")
    except OSError:
        return False


def test_several_threads_ask_at_once() -> None:
    found: list[int] = []

    def ask(number: int) -> None:
        text = f"SELECT ?s {{ ?s ?p '{number}' }}"
        found.append(len(run_walled(MANY, job(text)).rows))

    threads = [threading.Thread(target=ask, args=(number,)) for number in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert found == [1] * 8


def test_a_limit_that_cannot_be_enforced_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    assert find_unenforced() == ()
    monkeypatch.setattr(inside, "resource", None)
    assert find_unenforced() == ("memory",)
