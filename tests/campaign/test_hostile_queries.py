"""Hostile queries: each ends within its limit, the parent lives, nothing is asked or opened.

Each is run as `kg query` runs it, through the guard and behind the wall; and again without
the guard, so that what the guard stops is stopped by the wall too.
"""

from __future__ import annotations

import contextlib
import os
import random
import re
import resource
import socket
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final, TypeVar

import pytest
from pyoxigraph import Store

from kg import limits, vocab
from kg.cli.own_query import find_own
from kg.errors import KgError, QueryError
from kg.model import Dataset
from kg.query.child import CAN_FORK, EngineError, run_walled
from kg.query.guard import check_query
from kg.query.inside import Job
from kg.query.open import open_dataset
from kg.query.own import Limits, ask_own, read_own
from kg.store.oxigraph import open_memory_store
from kg.words import LANGS, format_error

pytestmark = pytest.mark.skipif(not CAN_FORK, reason="nothing can be forked here")

SECONDS: Final = float(os.environ.get("KG_CAMPAIGN_SECONDS", "0.5"))
MEMORY: Final = 1_000_000_000
BOUNDS: Final = Limits(seconds=SECONDS, memory=MEMORY, rows=limits.QUERY_ROWS)
GENERATED: Final = int(os.environ.get("KG_CAMPAIGN_QUERIES", "10000"))
SLACK_SECONDS: Final = 0.5
SLACK_FACTOR: Final = 4
# Of the guard and of taking the answer in, in this process: it is not killed.
MOST_WORK_SECONDS: Final = 2.0
TRIES: Final = 3
T = TypeVar("T")
PORT: Final = "PORT"
CANARY: Final = "CANARY"
TWICE: Final = "".join(f"BIND(CONCAT(?a{n}, ?a{n}) AS ?a{n + 1}) " for n in range(40))
ALL: Final = "?a ?b ?c . ?d ?e ?f . ?g ?h ?i"

# Too much work, or too much to keep: the limits end it, or it is cut or answered in time.
LABOUR: Final = {
    "a product of three": f"SELECT (COUNT(*) AS ?n) {{ {ALL} FILTER(?c > ?f) }}",
    "a product of three, ordered": f"SELECT * {{ {ALL} }} ORDER BY ?a ?d ?g",
    "a product of three, distinct": f"SELECT DISTINCT ?a ?d ?g {{ {ALL} }} ORDER BY ?g",
    "a product of three, grouped": f"SELECT ?a ?d (COUNT(*) AS ?n) {{ {ALL} }} GROUP BY ?a ?d",
    "a product of three, all rows": f"SELECT * {{ {ALL} }}",
    "a product, constructed": f"CONSTRUCT {{ ?a ?e ?i }} {{ {ALL} }}",
    "a product, described": f"DESCRIBE ?a ?d ?g {{ {ALL} }}",
    "a product, as a question": f"ASK {{ {ALL} FILTER(?c = 'nothing' && ?f = ?i) }}",
    "a product of sub-queries": "SELECT * { { SELECT * { ?a ?b ?c } } { SELECT * { ?d ?e ?f } } "
    "{ SELECT * { ?g ?h ?i } } FILTER(STR(?a) > STR(?i)) }",
    "MINUS of products": f"SELECT * {{ {ALL} MINUS {{ ?d ?e ?f . ?x ?y ?z }} }}",
    "OPTIONAL of products": "SELECT (COUNT(*) AS ?n) { ?a ?b ?c "
    + "".join(f"OPTIONAL {{ ?d{n} ?e{n} ?f{n} }} " for n in range(8))
    + "}",
    "NOT EXISTS of products": "SELECT * { ?a ?b ?c FILTER NOT EXISTS "
    "{ ?d ?e ?f . ?g ?h ?i FILTER(?c = ?f && ?f = ?i) } }",
    "VALUES times VALUES": "SELECT (COUNT(*) AS ?n) { "
    + "".join(f"VALUES ?v{n} {{ {' '.join(map(str, range(40)))} }} " for n in range(9))
    + "}",
    "union of everything": "SELECT (COUNT(*) AS ?n) { "
    + " UNION ".join("{ ?a ?b ?c . ?d ?e ?f }" for _ in range(40))
    + " }",
    "a deep path": "SELECT (COUNT(*) AS ?n) { ?a (!kg:x|^kg:x)* ?b . ?b (!kg:x|^kg:x)* ?c }",
    "a path of stars": f"SELECT * {{ ?a {'(' * 100}!kg:x{')*' * 100} ?b }}",
    "a path of pluses": f"SELECT (COUNT(*) AS ?n) {{ ?a {'/'.join(['(!kg:x)+'] * 30)} ?b }}",
    "a path there and back": f"SELECT * {{ ?a {'/'.join(['!kg:x/!(^kg:x)'] * 30)} ?b }}",
    "memory doubled": f"SELECT (STRLEN(?a40) AS ?n) {{ BIND('0123456789' AS ?a0) {TWICE} }}",
    "memory doubled, shown": f"SELECT ?a30 {{ BIND('0123456789' AS ?a0) {TWICE} }}",
    "memory doubled a row": "SELECT ?a20 { BIND('0123456789' AS ?a0) "
    + TWICE.split("BIND(CONCAT(?a20", maxsplit=1)[0]
    + " ?s ?p ?o } ORDER BY ?a20",
    "one text of all": "SELECT (GROUP_CONCAT(CONCAT(STR(?a), STR(?d), STR(?g))) AS ?x) "
    f"{{ {ALL} }}",
    "one text of all, distinct": "SELECT (GROUP_CONCAT(DISTINCT CONCAT(STR(?c), STR(?f))) AS ?x) "
    "{ ?a ?b ?c . ?d ?e ?f }",
    "replaced by more": "SELECT (STRLEN(?d) AS ?n) { BIND('aaaaaaaaaaaaaaaa' AS ?s) "
    "BIND(REPLACE(?s, 'a', ?s) AS ?a) BIND(REPLACE(?a, 'a', ?a) AS ?b) "
    "BIND(REPLACE(?b, 'a', ?b) AS ?c) BIND(REPLACE(?c, 'a', ?c) AS ?d) }",
    "a pattern that runs back": "SELECT * { BIND('" + "a" * 60 + "' AS ?x) "
    "FILTER REGEX(?x, '^(a|aa|a*)*(a+)+$b') }",
    "a pattern too large": "ASK { FILTER REGEX('a', '((a{1000}){1000}){1000}') }",
    "a pattern with classes": r"ASK { FILTER REGEX('a', '(\\w{100}){100}') }",
    "encoded again and again": "SELECT (STRLEN(?a20) AS ?n) { BIND('%%%%%%%%' AS ?a0) "
    + "".join(f"BIND(ENCODE_FOR_URI(?a{n}) AS ?a{n + 1}) " for n in range(20))
    + "}",
    "a random order of all": f"SELECT * {{ {ALL} }} ORDER BY RAND() LIMIT 1",
    "a far offset": f"SELECT * {{ {ALL} }} OFFSET 999999999999 LIMIT 1",
    "ten thousand branches": "ASK {" + "UNION".join(["{}"] * 7_000) + "}",
    "ten thousand terms": "ASK { FILTER(0" + "+1" * 30_000 + " > 0) }",
    "ten thousand conditions": "ASK { FILTER(" + "||".join(["1=2"] * 12_000) + ") }",
    "ten thousand steps": "ASK { ?a " + "/".join(["a"] * 30_000) + " ?b }",
    "ten thousand triples": "ASK { " + "?a?b?c." * 9_000 + " }",
    "ten thousand filters": "ASK { ?a ?b ?c " + "FILTER(?c>1)" * 5_000 + " }",
    "ten thousand optionals": "ASK { ?a ?b ?c " + "OPTIONAL{?a?b?d}" * 4_000 + " }",
    "ten thousand columns": "SELECT " + " ".join(f"?v{n}" for n in range(7_000)) + " { ?v0 ?b ?c }",
    "ten thousand members": "ASK { ?a ?b (" + " 1" * 30_000 + ") }",
    "a list in an IN": "ASK { ?a ?b ?c FILTER(?c IN (" + ",".join(["1"] * 30_000) + ")) }",
    "nested to the limit": "ASK " + "{" * 128 + "}" * 128,
    "brackets to the limit": "ASK { FILTER" + "(" * 127 + "1" + ")" * 127 + "}",
    "sub-queries to the limit": "SELECT * { " * 127 + ALL + " }" * 127,
    "EXISTS to the limit": "ASK { ?a ?b ?c " + "FILTER EXISTS { ?a ?b ?c " * 120 + "}" * 121,
}
# What the guard refuses: the key that says why.
REFUSED: Final = {
    "ten thousand brackets": (
        "SELECT (" + "(" * 10_000 + "1" + ")" * 10_000 + " AS ?x) {}",
        "deep",
    ),
    "ten thousand groups": ("ASK " + "{" * 4_096 + "}" * 4_096, "deep"),
    "ten thousand lists": ("ASK { ?a ?b " + "( " * 10_000 + ") " * 10_000 + "}", "deep"),
    "ten thousand blank nodes": ("ASK { ?a ?b " + "[ a " * 8_000 + "1" + "]" * 8_000 + "}", "deep"),
    "ten thousand notes of no": ("ASK { FILTER(" + "!" * 20_000 + "true) }", "syntax"),
    "ten thousand minuses": ("ASK { FILTER(" + "- " * 20_000 + "1) }", "syntax"),
    "ten thousand paths": ("ASK { ?a " + "(" * 10_000 + "a" + ")" * 10_000 + " ?b }", "deep"),
    "ten thousand sub-queries": ("SELECT * {" * 5_000 + "}" * 5_000, "deep"),
    "a megabyte of blanks": ("ASK {" + " " * 1_000_000 + "}", "large"),
    "a megabyte of comment": ("ASK {} #" + "x" * 1_000_000, "large"),
    "a megabyte of text": ("ASK { ?a ?b '" + "部" * 400_000 + "' }", "large"),
    "a megabyte of quotation marks": ('ASK { ?a ?b """' + '"' * 1_000_000, "large"),
    "a text left open": ("ASK { ?a ?b '" + "x" * 60_000, "unclosed"),
    "a service": ("SELECT * { SERVICE <PORT> { ?s ?p ?o } }", "service"),
    "a service, silently": ("SELECT * { service silent <PORT> { ?s ?p ?o } }", "service"),
    "a service in any case": ("SELECT * { sErViCe<PORT>{ ?s ?p ?o } }", "service"),
    "a service in a sub-query": (
        "SELECT * { { SELECT * { { SELECT * { SERVICE <PORT> { ?s ?p ?o } } } } } }",
        "service",
    ),
    "a service in EXISTS": ("ASK { FILTER EXISTS { SERVICE <PORT> { ?s ?p ?o } } }", "service"),
    "a service in NOT EXISTS": (
        "ASK { ?a ?b ?c FILTER NOT EXISTS { SERVICE <PORT> { ?s ?p ?o } } }",
        "service",
    ),
    "a service in HAVING": (
        "SELECT ?a { ?a ?b ?c } GROUP BY ?a HAVING (EXISTS { SERVICE <PORT> { ?s ?p ?o } })",
        "service",
    ),
    "a service in SELECT": ("SELECT (EXISTS { SERVICE <PORT> {} } AS ?x) {}", "service"),
    "a service in BIND": ("ASK { BIND(EXISTS { SERVICE <PORT> {} } AS ?x) }", "service"),
    "a service in ORDER BY": ("SELECT * {} ORDER BY EXISTS { SERVICE <PORT> {} }", "service"),
    "a service in OPTIONAL": ("ASK { OPTIONAL { SERVICE <PORT> { ?s ?p ?o } } }", "service"),
    "a service in MINUS": ("ASK { ?s ?p ?o MINUS { SERVICE <PORT> { ?s ?p ?o } } }", "service"),
    "a service in a graph": ("ASK { GRAPH ?g { SERVICE <PORT> { ?s ?p ?o } } }", "service"),
    "a service in CONSTRUCT": (
        "CONSTRUCT { ?s ?p ?o } { SERVICE <PORT> { ?s ?p ?o } }",
        "service",
    ),
    "a service by a variable": ("ASK { VALUES ?u { <PORT> } SERVICE ?u { ?s ?p ?o } }", "service"),
    "a service by a prefix": ("PREFIX x: <PORT> ASK { SERVICE x: { ?s ?p ?o } }", "service"),
    "a service glued to an empty prefix": (
        "PREFIX : <PORT> ASK { ?s ?p ?o SERVICE:x { ?a ?b ?c } }",
        "syntax",
    ),
    "a service that is a prefix too": (
        "PREFIX : <PORT> PREFIX SERVICE: <PORT> ASK { ?s ?p ?o SERVICE:x { ?a ?b ?c } }",
        "syntax",
    ),
    "a service after a text": (
        "PREFIX : <PORT> PREFIX SERVICE: <PORT> ASK { ?s ?p '1'SERVICE:x { ?a ?b ?c } }",
        "syntax",
    ),
    "a service in escapes": (r"ASK { \u0053ERVICE <PORT> { ?s ?p ?o } }", "escape"),
    "a service in long escapes": (r"ASK { \U00000053ERVICE <PORT> { ?s ?p ?o } }", "escape"),
    "a service behind an escaped line end": (
        "ASK { # \\u000A SERVICE <PORT> { ?s ?p ?o }\n}",
        "escape",
    ),
    "a service behind an escaped quotation mark": (
        "ASK { ?s ?p '\\u0027 . SERVICE <PORT> { ?a ?b ?c } #' }",
        "escape",
    ),
    "a service behind a carriage return": ("ASK { # x\rSERVICE <PORT> { ?s ?p ?o }\n}", "service"),
    "a service behind a comment sign in a text": (
        "ASK { ?s ?p '#' . SERVICE <PORT> { ?a ?b ?c } }",
        "service",
    ),
    "a service behind a comment sign in an IRI": (
        "ASK { ?s <urn:x#> ?o . SERVICE <PORT> { ?a ?b ?c } }",
        "service",
    ),
    "a service behind an escaped mark": (
        "ASK { ?s ?p '\\\\' . SERVICE <PORT> { ?a ?b ?c } # ' }",
        "service",
    ),
    "a service behind three marks": (
        'ASK { ?s ?p """a\\"""" . SERVICE <PORT> { ?a ?b ?c } # """ }',
        "service",
    ),
    "a service in letters that look alike": ("ASK { ЅERVICE <PORT> { ?s ?p ?o } }", "character"),
    "a service in full-width letters": ("ASK { ＳＥＲＶＩＣＥ <PORT> { ?s ?p ?o } }", "wide"),
    "a service with an unseen sign": ("ASK { SER\u200bVICE <PORT> { ?s ?p ?o } }", "word"),
    "a service of SPARQL 1.2": ("ASK { ?a ?b ?c LATERAL { SERVICE <PORT> {} } }", "word"),
    "FROM the net": ("SELECT * FROM <PORT> { ?s ?p ?o }", "from"),
    "FROM the net, named": ("SELECT * FROM NAMED <PORT> { GRAPH ?g { ?s ?p ?o } }", "from"),
    "FROM in any case": ("SELECT * fRoM<PORT>{ ?s ?p ?o }", "from"),
    "FROM a file": ("SELECT * FROM <file://CANARY> { ?s ?p ?o }", "from"),
    "FROM a file without its scheme": ("SELECT * FROM <CANARY> { ?s ?p ?o }", "from"),
    "FROM a file, described": ("DESCRIBE ?s FROM <file://CANARY> { ?s ?p ?o }", "from"),
    "FROM a file, constructed": (
        "CONSTRUCT { ?s ?p ?o } FROM <file://CANARY> WHERE { ?s ?p ?o }",
        "from",
    ),
    "FROM by a base": ("BASE <PORT> ASK FROM <x> { ?s ?p ?o }", "from"),
    "FROM glued to an empty prefix": ("PREFIX : <PORT> SELECT * FROM:x { ?s ?p ?o }", "syntax"),
    "LOAD": ("LOAD <PORT>", "update"),
    "LOAD a file": ("LOAD SILENT <file://CANARY> INTO GRAPH <urn:g>", "update"),
    "LOAD after a query": ("ASK {} ; LOAD <PORT>", "update"),
    "an insertion": ("INSERT DATA { <urn:a> <urn:b> <urn:c> }", "update"),
    "a deletion": ("DELETE WHERE { ?s ?p ?o }", "update"),
    "a clearing": ("CLEAR ALL", "update"),
    "a drop": ("PREFIX a: <urn:a:> DROP SILENT GRAPH a:b", "update"),
    "a sign that is none": ("ASK { ?s ?p ?o }\x00", "character"),
    "half a pair": ("ASK { ?s ?p '\ud800' }", "surrogate"),
    "nothing": ("", "empty"),
}
# Bytes of a file that are no text.
BYTES: Final = {
    "not UTF-8": (b"ASK { ?s ?p '\xff\xfe' }", "query-not-utf-8"),
    "overlong": (b"ASK { \xc1\x93ERVICE <http://127.0.0.1:9/> {} }", "query-not-utf-8"),
    "half a pair": (b"ASK { ?s ?p '\xed\xa0\x80' }", "query-not-utf-8"),
    "UTF-16": ("ASK { SERVICE <http://127.0.0.1:9/> {} }".encode("utf-16"), "query-not-utf-8"),
    "UTF-32": ("ASK {}".encode("utf-32"), "query-not-utf-8"),
    "UTF-7": ("ASK { SERVICE <x> {} }".encode("utf-7"), "query-service"),
    "GB18030": ("ASK { ?s ?p '部署' }".encode("gb18030"), "query-not-utf-8"),
    "a megabyte": (b"ASK {}" + b" " * 1_000_000, "query-large"),
    "zeros": (b"\0" * 1_000, "query-character"),
    "noise": (bytes(random.Random(4).randbytes(5_000)), "query-not-utf-8"),
}


@dataclass(frozen=True)
class Trap:
    """A listening socket and a file, and whether anybody came."""

    server: socket.socket
    canary: Path

    def lay(self, text: str) -> str:
        """A query with the addresses of the traps in it."""
        url = f"http://127.0.0.1:{self.server.getsockname()[1]}/"
        return text.replace(PORT, url).replace(CANARY, str(self.canary))

    def assert_untouched(self) -> None:
        with pytest.raises(BlockingIOError):
            self.server.accept()
        assert self.canary.stat().st_atime_ns == 0


def never_read(file: Path) -> None:
    os.utime(file, ns=(0, file.stat().st_mtime_ns))


@pytest.fixture
def trap(tmp_path: Path) -> Iterator[Trap]:
    canary = tmp_path / "canary.ttl"
    canary.write_text("<urn:x:a> <urn:x:b> <urn:x:c> .\n", encoding="utf-8")
    never_read(canary)
    canary.read_bytes()
    if not canary.stat().st_atime_ns:
        pytest.skip("this file system does not tell when a file was read")
    never_read(canary)
    with socket.create_server(("127.0.0.1", 0)) as server:
        server.setblocking(False)
        laid = Trap(server, canary)
        yield laid
        laid.assert_untouched()


@pytest.fixture(scope="module")
def store(liling: Dataset) -> Store:
    return open_dataset(liling)


def in_time(store: Store, ask: Callable[[], T]) -> T:
    """What comes of asking, which ends within its limit and half a second.

    Where others compute, the parent wakes late, a dead child is slow to go, and the guard
    has to wait for a processor. How slow things are just now is measured by the easiest
    query there is and by a sum, before and after: the end may be late by as much as
    `SLACK_FACTOR` such queries take, and by what the parent's own work had to wait. And one
    stall is no hang: what comes too late is asked again, and is too late only where it is so
    every time.
    """
    seen = []
    for _ in range(TRIES):
        before = of_an_easy_query(store), wait_for_work()
        began, worked = time.monotonic(), time.process_time()
        found = ask()
        late = time.monotonic() - began - SECONDS
        work = time.process_time() - worked
        after = of_an_easy_query(store), wait_for_work()
        slowest, wait = (max(pair) for pair in zip(before, after, strict=True))
        allowed = SLACK_SECONDS + SLACK_FACTOR * slowest + wait * work
        seen.append(f"{late:.2f} s late, {allowed:.2f} s allowed, {work:.2f} s of own work")
        if late < allowed and work < MOST_WORK_SECONDS:
            return found
    pytest.fail("; ".join(seen))


def of_an_easy_query(store: Store) -> float:
    """The seconds that the easiest query takes just now."""
    began = time.monotonic()
    run_walled(store, Job("ASK {}", {}, 60.0, MEMORY, 1, 10**6, 10, {}, {}))
    return time.monotonic() - began


def wait_for_work() -> float:
    """The seconds that a second of computing has to wait just now."""
    began, worked = time.monotonic(), time.process_time()
    sum(range(1_000_000))
    waited, work = time.monotonic() - began, time.process_time() - worked
    return max(0.0, waited / work - 1)


def run(store: Store, text: str) -> str:
    """Run a query as `kg query` does; "answered", "cut", or the key that says why not."""
    try:
        found = ask_own(store, read_own(text, where="q"), bounds=BOUNDS, where="q")
    except QueryError as error:
        assert_one_line(error)
        return error.key
    return "cut" if found.cut else "answered"


def assert_one_line(error: KgError) -> None:
    """One line that says where and why, in both languages."""
    for lang in LANGS:
        line = format_error(error.key, where=error.where, facts=error.facts, lang=lang)
        assert line.startswith(("q:", "q：")) and "\n" not in line and 10 < len(line) < 400, line


def without_guard(store: Store, text: str) -> None:
    """Run a query behind the wall alone; whatever comes of it, this process lives."""
    job = Job(text, dict(vocab.PREFIXES), SECONDS, MEMORY, 100, 10**6, 10**6, {}, {})
    with contextlib.suppress(QueryError, EngineError, UnicodeEncodeError):
        run_walled(store, job, where="q")


def test_the_corpus_is_large_enough() -> None:
    assert len(LABOUR) + len(REFUSED) + len(BYTES) >= 100


@pytest.mark.parametrize("name", LABOUR)
def test_hard_labour_ends_within_its_limit(store: Store, trap: Trap, name: str) -> None:
    end = in_time(store, lambda: run(store, trap.lay(LABOUR[name])))
    ends = {"answered", "cut", "query-time", "query-memory", "query-crash", "query-engine"}
    assert end in ends, (name, end)
    assert of_an_easy_query(store) > 0


@pytest.mark.parametrize("name", REFUSED)
def test_what_must_not_run_is_refused_with_its_reason(store: Store, trap: Trap, name: str) -> None:
    text, reason = REFUSED[name]
    assert in_time(store, lambda: run(store, trap.lay(text))).startswith(f"query-{reason}")
    in_time(store, lambda: without_guard(store, trap.lay(text)))


@pytest.mark.parametrize("name", BYTES)
def test_bytes_that_are_no_query_are_refused(store: Store, tmp_path: Path, name: str) -> None:
    data, key = BYTES[name]
    file = tmp_path / "q.rq"
    file.write_bytes(data)

    def refused() -> str:
        with pytest.raises(QueryError) as caught:
            query = find_own(str(file))
            assert query is not None
            read_own(query.text, where=query.where)
        return caught.value.key

    assert in_time(store, refused) == key


@pytest.mark.parametrize("depth", [50, 120, 129, 1_000, 4_096, 20_000])
@pytest.mark.parametrize("seed", range(3))
def test_nesting_of_any_depth_ends_within_its_limit(store: Store, depth: int, seed: int) -> None:
    text = nested(random.Random(f"{depth} {seed}"), depth)
    end = in_time(store, lambda: run(store, text))
    if deepest(text) > limits.QUERY_DEPTH:
        assert end in ("query-deep", "query-large"), end
    else:
        assert end in ("answered", "cut", "query-time", "query-memory", "query-crash"), end
    in_time(store, lambda: without_guard(store, text))


def nested(dice: random.Random, depth: int) -> str:
    """A query whose groups, sub-queries, filters and brackets stand in each other."""
    head, tail = [], []
    for _ in range(depth):
        opening, closing = dice.choice(
            [
                ("{ ", " }"),
                ("OPTIONAL { ", " }"),
                ("FILTER EXISTS { ", " }"),
                ("MINUS { ", " }"),
                ("{ SELECT * { ", " } }"),
                ("GRAPH ?g { ", " }"),
                ("{} UNION { ", " }"),
            ]
        )
        head.append(opening)
        tail.append(closing)
    return "SELECT * { " + "".join(head) + "?s ?p ?o" + "".join(reversed(tail)) + " }"


def deepest(text: str) -> int:
    """How many braces stand in each other."""
    depth = most = 0
    for letter in text:
        depth += (letter == "{") - (letter == "}")
        most = max(most, depth)
    return most


# -- The guard against generated queries -------------------------------------------------------

HEADS: Final = (
    ("SELECT", "*"),
    ("ASK", ""),
    ("SELECT", "DISTINCT ?x"),
    ("CONSTRUCT", "{ ?from ?load 'SERVICE' }"),
    ("DESCRIBE", "*"),
)
_WORDS: Final = (
    "SERVICE FROM NAMED LOAD INSERT DELETE CLEAR DROP CREATE ADD MOVE COPY WITH USING DATA "
    "SILENT INTO"
)
WORDS: Final = tuple(_WORDS.split())
GUILTY: Final = (
    "SERVICE <http://x/> { ?s ?p ?o }",
    "SERVICE SILENT <http://x/> {}",
    "SERVICE ?u { ?s ?p ?o }",
    "SERVICE kg:x {}",
    "SERVICE\n#c\n<http://x/>{}",
    "OPTIONAL { SERVICE <http://x/> {} }",
    "FILTER EXISTS { SERVICE <http://x/> {} }",
    "{ SELECT * { SERVICE <http://x/> {} } }",
)


def any_case(dice: random.Random, word: str) -> str:
    return "".join(dice.choice((letter.lower(), letter.upper())) for letter in word)


def blank(dice: random.Random) -> str:
    """What may stand between two tokens: spaces, line ends, comments that hold words."""
    word = any_case(dice, dice.choice(WORDS))
    comment = dice.choice([f"#{word} <x> {{\n", f"# ' \" {word}\r", "#\n", f"#<{word}\r\n"])
    return dice.choice([" ", "\n", "\t", "\r\n", "  ", " " + comment, comment])


def innocent_term(dice: random.Random) -> str:
    """A term that holds a guilty word where it means nothing."""
    word = any_case(dice, dice.choice(WORDS))
    held = dice.choice([f"{word} <http://x/> {{ ?s ?p ?o }}", word, f"}} {word} {{", f"# {word}"])
    return dice.choice(
        [
            f"'{held}'",
            f'"{held}"',
            f"'''{held}\n'{held}\n'''",
            f'"""{held} "" {held}"""',
            f"'\\'{held}\\\\'",
            f'"\\"{held}\\n"@{word}',
            f"'{held}'^^kg:{word}",
            f"'{held}'^^<urn:{word}>",
            f"<http://example.org/{word}#{word}>",
            f"<urn:{word}?{word}>",
            f"{word}:{word}",
            f"kg:{word}",
            f"kg:a.{word}-{word}",
            f"kg:\\,{word}%20",
            f"?{word}",
            f"${word}_1",
            f"_:{word}",
            f"'\\u4e2d{word}'",
        ]
    )


def innocent_pattern(dice: random.Random, depth: int = 0) -> str:
    """A pattern of SPARQL 1.1 that is full of such terms."""
    kind = dice.randrange(9 if depth < 3 else 3)
    term = innocent_term
    predicate = dice.choice(["kg:p", "a", "?p", "<urn:p>", "kg:p/^kg:q*", "!(a|^kg:p)+"])
    if kind < 3:
        return f"{term(dice)} {predicate}{blank(dice)}{term(dice)} , {term(dice)} . "
    inner = innocent_pattern(dice, depth + 1)
    comparison = f"?x{dice.choice(['<', '>', '=', '!='])}{term(dice)}"
    if comparison.startswith("?x<<"):
        comparison = comparison.replace("?x<<", "?x < <")
    return {
        3: f"OPTIONAL{blank(dice)}{{{inner}}} ",
        4: f"{{{inner}}}{blank(dice)}UNION {{{inner}}} ",
        5: f"FILTER{blank(dice)}({literal_of(dice)} != STR(?x)) ",
        6: f"FILTER NOT{blank(dice)}EXISTS {{ {inner} }} ",
        7: f"GRAPH {dice.choice(['?g', 'service:x', 'kg:FROM', '<urn:LOAD>'])} {{ {inner} }} ",
        8: f"{{ SELECT * {{ {inner} }} }} BIND({literal_of(dice)} AS ?y{dice.randrange(10**9)}) ",
    }[kind]


def literal_of(dice: random.Random) -> str:
    word = any_case(dice, dice.choice(WORDS))
    return dice.choice([f"'{word} <x>'", f'"# {word}"', f"'''{word}\n'''"])


def prologue(dice: random.Random) -> str:
    return f"PREFIX{blank(dice)}kg:{blank(dice)}<urn:{dice.choice(WORDS)}>{blank(dice)}"


def query_around(dice: random.Random, pattern: str, clause: str = "") -> str:
    """A whole query around a pattern, with something between its head and its WHERE."""
    word, rest = dice.choice(HEADS)
    where = any_case(dice, "WHERE") + blank(dice)
    head = f"{prologue(dice)}{any_case(dice, word)} {rest} {clause}"
    return f"{head}{where}{{{blank(dice)}{pattern}{blank(dice)}}}"


def prefixes_of(text: str) -> dict[str, str]:
    """Every prefix of a text, however it is spelled, as declared."""
    return dict.fromkeys(re.findall(r"[A-Za-z]+(?=:)", text), "urn:x:")


def test_the_guard_refuses_no_innocent_query_that_is_generated() -> None:
    dice = random.Random("innocent")
    for number in range(GENERATED // 2):
        pattern = "".join(innocent_pattern(dice) for _ in range(dice.randrange(1, 4)))
        text = query_around(dice, pattern)
        try:
            check_query(text, prefixes=prefixes_of(text))
        except QueryError as error:
            pytest.fail(f"{number}: {error.key} {error.facts}\n{text}")


def test_the_guard_misses_no_guilty_query_that_is_generated() -> None:
    dice = random.Random("guilty")
    for number in range(GENERATED // 2):
        before, after = innocent_pattern(dice), innocent_pattern(dice)
        if dice.random() < 0.3:
            source = dice.choice([" <http://x/>", " NAMED kg:x", "<file:///x>", " NAMED <y>"])
            clause = any_case(dice, "FROM") + source + blank(dice)
            text, key = query_around(dice, before + after, clause), "query-from"
        else:
            word = any_case(dice, "SERVICE")
            guilty = dice.choice(GUILTY).replace("SERVICE", word) + blank(dice)
            text, key = query_around(dice, before + guilty + after), "query-service"
        with pytest.raises(QueryError) as caught:
            check_query(text, prefixes=prefixes_of(text))
        assert caught.value.key == key, (number, caught.value.key, caught.value.facts, text)


def test_an_innocent_use_of_the_words_asks_nobody(trap: Trap) -> None:
    """What the guard lets pass of these words, the engine reads as the guard does."""
    store = open_memory_store(b'<urn:a> <urn:b> "c" <urn:g> .')
    for text in (
        "PREFIX SERVICE: <PORT> PREFIX : <PORT> ASK { ?s ?p SERVICE:x { ?a ?b ?c } }",
        "PREFIX SERVICE: <PORT> PREFIX : <PORT> ASK { ?s ?p ?o . SERVICE:x ?b ?c { ?a ?b ?c } }",
        "PREFIX SERVICE: <PORT> PREFIX : <PORT> ASK { GRAPH SERVICE:x { ?a ?b ?c } }",
        "PREFIX aSERVICE: <PORT> PREFIX : <PORT> ASK { ?s aSERVICE:x ?o { ?a ?b ?c } }",
        "PREFIX trueSERVICE: <PORT> PREFIX : <PORT> ASK { ?s ?p trueSERVICE:x { ?a ?b ?c } }",
        "PREFIX : <PORT> ASK { ?s ?p '''SERVICE:x {}''' , 'SERVICE <PORT> {}' }",
        "PREFIX FROM: <PORT> PREFIX : <PORT> DESCRIBE FROM:x { ?a ?b ?c }",
    ):
        read_own(trap.lay(text))
        store.query(trap.lay(text), use_default_graph_as_union=True)
        trap.assert_untouched()


def test_the_children_stay_within_their_memory() -> None:
    """Run last: no child of this process, hostile ones among them, took more than it might."""
    peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss * 1024
    own = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024
    assert peak < own + limits.QUERY_MEMORY_BYTES
