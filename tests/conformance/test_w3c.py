"""The W3C's tests through our own front end, and the document that tells how they end."""

from __future__ import annotations

import os
import re
from collections import Counter
from functools import partial

import pytest

from kg import vocab
from kg.errors import QueryError
from kg.query.child import CAN_FORK
from kg.query.guard import check_query
from kg.words import LANGS
from tests.conformance.compare import same_graph, same_rows
from tests.conformance.document import REASONS, format_tables, reason_of
from tests.conformance.running import (
    BY_DESIGN,
    FAILED,
    NOT_THERE,
    PASSED,
    Verdict,
    run_query_case,
    run_rdf_case,
)
from tests.conformance.suites import Case, rdf_cases, sparql_cases
from tests.conftest import CHECKOUT

DOCUMENT = CHECKOUT / "docs" / "conformance.md"
Results = list[tuple[Case, Verdict]]

pytestmark = [
    pytest.mark.w3c,
    pytest.mark.skipif(not CAN_FORK, reason="some hundred queries take long where nothing forks"),
]


@pytest.fixture(scope="module")
def queries() -> Results:
    return [(case, run_query_case(case)) for case in sparql_cases()]


@pytest.fixture(scope="module")
def files() -> Results:
    return [(case, run_rdf_case(case)) for case in rdf_cases()]


def test_golden_conformance_document(queries: Results, files: Results) -> None:
    text = DOCUMENT.read_text(encoding="utf-8")
    fresh = text
    for lang in LANGS:
        for name, results in (("sparql", queries), ("rdf", files)):
            tables = format_tables(results, lang)
            fresh = re.sub(
                rf"(<!-- generated: {name} {lang} -->\n).*?(<!-- end -->)",
                partial(_between, tables),
                fresh,
                flags=re.DOTALL,
            )
    if os.environ.get("KG_GOLDEN") == "write":
        DOCUMENT.write_text(fresh, encoding="utf-8", newline="")
        return
    assert fresh == text


def _between(tables: str, match: re.Match[str]) -> str:
    return f"{match[1]}\n{tables}\n\n{match[2]}"


def test_each_fail_has_its_reason_and_each_reason_its_fail(
    queries: Results, files: Results
) -> None:
    ended = [
        case.key for case, verdict in (*queries, *files) if verdict.outcome in (BY_DESIGN, FAILED)
    ]
    assert sorted(ended) == sorted(REASONS)
    assert all(all(reason_of(case, verdict)) for case, verdict in queries if case.key in REASONS)


def test_as_many_pass_as_did(queries: Results, files: Results) -> None:
    counts = Counter(verdict.outcome for _, verdict in queries)
    assert counts == {PASSED: 324, BY_DESIGN: 2, FAILED: 12}
    assert {verdict.outcome for _, verdict in files} <= {PASSED, NOT_THERE}


def test_the_guard_refuses_no_valid_query_but_for_from() -> None:
    refused = []
    for case in sparql_cases():
        if not case.kind.startswith("Negative"):
            try:
                check_query(case.action.read_text(encoding="utf-8"), prefixes=vocab.PREFIXES)
            except QueryError as error:
                refused.append((case.key, error.key))
    assert refused == [
        ("construct/constructwhere04 - CONSTRUCT WHERE", "query-from"),
        ("syntax-query/syntax-construct-where-02.rq", "query-from"),
    ]


def test_the_comparison_tells_answers_and_graphs_apart() -> None:
    from pyoxigraph import BlankNode, Literal, NamedNode, Triple

    a, b, c = BlankNode("a"), BlankNode("b"), BlankNode("c")
    one, two = Literal("1"), Literal("2")
    assert same_rows([(a, one), (b, two)], [(c, two), (a, one)])
    assert same_rows([(a, a)], [(b, b)])
    assert not same_rows([(a, a)], [(b, c)])
    assert not same_rows([(a, one), (a, two)], [(b, one), (c, two)])
    assert not same_rows([(one,), (one,)], [(one,), (two,)])
    assert not same_rows([(one,)], [(one,), (one,)])
    assert not same_rows([(None,)], [(one,)])
    number = NamedNode(vocab.XSD + "decimal")
    assert same_rows([(Literal("1.0", datatype=number),)], [(Literal("1", datatype=number),)])
    p = NamedNode("urn:p")
    assert same_graph([Triple(a, p, b)], [Triple(b, p, a)])
    assert not same_graph([Triple(a, p, b)], [Triple(a, p, a)])
