"""Run a test of the W3C through kg's own front end: guard, wall, writers; or loader of RDF."""

from __future__ import annotations

import csv
import io
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from pyoxigraph import (
    BlankNode,
    Literal,
    NamedNode,
    Quad,
    QueryBoolean,
    QueryResultsFormat,
    QuerySolutions,
    RdfFormat,
    Store,
    Triple,
    parse,
    parse_query_results,
)

from kg.errors import QueryError, SourceError
from kg.query.own import Found, Limits, ask_own, read_own
from kg.query.results import FORMATS
from kg.query.showing import truth_bytes
from kg.rdf.convert import to_oxigraph
from kg.sources.rdf_parse import parse_rdf
from tests.conformance.compare import Row, same_graph, same_rows
from tests.conformance.suites import Case

PASSED: Final = "passed"
BY_DESIGN: Final = "by design"
FAILED: Final = "failed"
NOT_THERE: Final = "not there"
_RS: Final = "http://www.w3.org/2001/sw/DataAccess/tests/result-set#"
_SYNTAXES: Final = {".ttl": "turtle", ".nt": "ntriples"}
_RESULTS: Final = {
    ".srx": ("xml", QueryResultsFormat.XML),
    ".srj": ("json", QueryResultsFormat.JSON),
    ".tsv": ("tsv", QueryResultsFormat.TSV),
}
_BOUNDS: Final = Limits(seconds=20.0, rows=10_000)


@dataclass(frozen=True)
class Verdict:
    """How a test ended, and what was found where it did not pass."""

    outcome: str
    what: str = ""


def run_query_case(case: Case) -> Verdict:
    """Run a test of SPARQL: a query of which FROM is refused is refused by design."""
    if not case.is_there:
        return Verdict(NOT_THERE)
    text = case.action.read_text(encoding="utf-8")
    try:
        verdict = _run_query(case, text)
    except QueryError as error:
        if error.key == "query-from":
            return Verdict(BY_DESIGN, error.key)
        refused = case.kind.startswith("NegativeSyntax")
        # A function that nobody has is a matter of running, not of syntax.
        is_read = case.kind.startswith("PositiveSyntax") and error.key == "query-function"
        return Verdict(PASSED if refused or is_read else FAILED, error.key)
    return verdict


def _run_query(case: Case, text: str) -> Verdict:
    # What the W3C's own harness does: the address of a query is its base.
    query = read_own(f"BASE <{case.base}> {text}", where=case.name)
    found = ask_own(_store_of(case), query, bounds=_BOUNDS, where=case.name)
    if case.kind.startswith("NegativeSyntax"):
        return Verdict(FAILED, "accepted")
    if case.result is None:
        return Verdict(PASSED)
    agrees = _agrees(found, case.result, case.base)
    return Verdict(PASSED) if agrees else Verdict(FAILED, "another answer")


def _store_of(case: Case) -> Store:
    store = Store()
    for path in case.data:
        store.extend(_read(path, case))
    for path in case.graphs:
        name = NamedNode(case.base.rpartition("/")[0] + "/" + path.name)
        store.extend(Quad(q.subject, q.predicate, q.object, name) for q in _read(path, case))
    return store


def _read(path: Path, case: Case) -> list[Quad]:
    base = case.base.rpartition("/")[0] + "/" + path.name
    if path.suffix == ".rdf":  # RDF/XML, which kg does not read, is only the data of a test
        return list(parse(path.read_bytes(), format=RdfFormat.RDF_XML, base_iri=base))
    return parse_rdf(path.read_bytes(), syntax=_SYNTAXES[path.suffix], where=path.name, base=base)


def _agrees(found: Found, result: Path, base: str) -> bool:
    """Whether what kg writes reads back to what the test expects."""
    expected = result.read_bytes()
    if found.form in ("CONSTRUCT", "DESCRIBE"):
        return same_graph(_triples(found), [_triple(q) for q in _turtle(result, base)])
    if result.suffix == ".csv":
        return _same_csv(FORMATS["csv"](found.answer), expected)
    if result.suffix not in _RESULTS:
        names, rows = _rows_of_graph(_turtle(result, base))
        return _same_answer(_rows(found), (names, rows))
    syntax, form = _RESULTS[result.suffix]
    wanted = parse_query_results(expected, form)
    if isinstance(wanted, QueryBoolean) or found.truth is not None:
        data = truth_bytes(bool(found.truth), syntax)
        written = parse_query_results(data, form)
        both = isinstance(written, QueryBoolean) and isinstance(wanted, QueryBoolean)
        return both and bool(written) is bool(wanted)
    written = parse_query_results(FORMATS[syntax](found.answer), form)
    assert isinstance(written, QuerySolutions)
    return _same_answer(_solutions(written), _solutions(wanted))


def _same_answer(found: tuple[list[str], list[Row]], expected: tuple[list[str], list[Row]]) -> bool:
    """Whether the same variables, in any order, have the same rows."""
    names = sorted(expected[0])
    if sorted(found[0]) != names:
        return False
    left, right = (
        [tuple(row[side[0].index(name)] for name in names) for row in side[1]]
        for side in (found, expected)
    )
    return same_rows(left, right)


def _solutions(solutions: QuerySolutions) -> tuple[list[str], list[Row]]:
    names = [variable.value for variable in solutions.variables]
    return names, [tuple(row[place] for place in range(len(names))) for row in solutions]


def _rows(found: Found) -> tuple[list[str], list[Row]]:
    rows: list[Row] = [
        tuple(None if term is None else to_oxigraph(term) for term in row)
        for row in found.answer.rows
    ]
    return list(found.answer.variables), rows


def _triples(found: Found) -> list[Triple]:
    return [
        Triple(*(to_oxigraph(term) for term in row if term is not None))  # type: ignore[arg-type]
        for row in found.answer.rows
    ]


def _triple(quad: Quad) -> Triple:
    return Triple(quad.subject, quad.predicate, quad.object)


def _turtle(path: Path, base: str) -> list[Quad]:
    return list(parse(path.read_bytes(), format=RdfFormat.TURTLE, base_iri=base))


def _rows_of_graph(quads: list[Quad]) -> tuple[list[str], list[Row]]:
    """A result as the W3C wrote it before there was XML for it: as a graph."""
    said: dict[object, dict[str, list[object]]] = {}
    for quad in quads:
        local = quad.predicate.value.removeprefix(_RS)
        said.setdefault(quad.subject, {}).setdefault(local, []).append(quad.object)
    (head,) = (about for about in said.values() if "resultVariable" in about)
    names = [name.value for name in head["resultVariable"] if isinstance(name, Literal)]
    rows: list[Row] = []
    for solution in head.get("solution", []):
        row: dict[str, NamedNode | BlankNode | Literal] = {}
        for binding in said[solution].get("binding", []):
            (name,), (value,) = said[binding]["variable"], said[binding]["value"]
            assert isinstance(name, Literal)
            assert isinstance(value, NamedNode | BlankNode | Literal)
            row[name.value] = value
        rows.append(tuple(row.get(name) for name in names))
    return names, rows


def _same_csv(found: bytes, expected: bytes) -> bool:
    """Whether two CSV results have the same cells; blank nodes may have other names."""
    left, right = (
        list(csv.reader(io.StringIO(data.decode("utf-8"), newline="")))
        for data in (found, expected)
    )
    terms = [
        [
            tuple(BlankNode(cell[2:]) if cell.startswith("_:") else Literal(cell) for cell in row)
            for row in rows[1:]
        ]
        for rows in (left, right)
    ]
    return left[0] == right[0] and same_rows(terms[0], terms[1])


def run_rdf_case(case: Case) -> Verdict:
    """Run a test of an RDF syntax through kg's loader of RDF files."""
    if not case.is_there:
        return Verdict(NOT_THERE)
    syntax = _SYNTAXES[case.action.suffix]
    data = case.action.read_bytes()
    try:
        quads = parse_rdf(data, syntax=syntax, where=case.action.name, base=case.base)
    except SourceError as error:
        refused = "Negative" in case.kind
        return Verdict(PASSED if refused else FAILED, str(error.facts.get("problem", error.key)))
    if "Negative" in case.kind:
        return Verdict(FAILED, "accepted")
    if case.result is None:
        return Verdict(PASSED)
    expected = parse(case.result.read_bytes(), format=RdfFormat.N_TRIPLES)
    agrees = same_graph([_triple(q) for q in quads], [_triple(q) for q in expected])
    return Verdict(PASSED) if agrees else Verdict(FAILED, "other triples")
