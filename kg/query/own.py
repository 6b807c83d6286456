"""One's own SPARQL: guarded, its parameters bound, run behind the wall."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from kg import limits, vocab
from kg.errors import QueryError
from kg.query.child import EngineError, Outcome, run_walled
from kg.query.guard import GuardedQuery, check_query
from kg.query.inside import Job, cell_of
from kg.query.named import Answer
from kg.rdf.canonical import DATA_PREFIX
from kg.rdf.convert import to_oxigraph

if TYPE_CHECKING:
    from pyoxigraph import Store

    from kg.query.named import Question
    from kg.query.suggest import Unknown
    from kg.rdf.terms import Term

_HIDDEN: Final = "_"


@dataclass(frozen=True, slots=True)
class Limits:
    """What a query may take: seconds, bytes of memory, rows of its answer."""

    seconds: float = limits.QUERY_SECONDS
    memory: int = limits.QUERY_MEMORY_BYTES
    rows: int = limits.QUERY_ROWS


@dataclass(frozen=True, slots=True)
class Found:
    """What a query found.

    Attributes
    ----------
    form
        SELECT, ASK, CONSTRUCT or DESCRIBE.
    truth
        The answer of an ASK.
    answer
        The rows of a SELECT; the triples of a graph as rows of three.
    cut
        "rows" or "size" where the answer was cut at that limit.
    unknown
        Names in the query that neither the ontology nor the data have.
    """

    form: str
    truth: bool | None
    answer: Answer
    cut: str | None
    unknown: tuple[Unknown, ...] = ()


def read_own(text: str, *, base: str | None = None, where: str = "") -> GuardedQuery:
    """Read a query that somebody wrote, with our prefixes declared, or say why not.

    Parameters
    ----------
    text
        The query. The prefixes of `kg.vocab.PREFIXES` are declared.
    base
        The base IRI of the data set, for which the prefix `data:` stands.
    where
        What a complaint calls the query.

    Raises
    ------
    QueryError
        Where the guard does not let it pass (`kg.query.guard.check_query`).
    """
    prefixes = {**vocab.PREFIXES, **({DATA_PREFIX: base} if base else {})}
    return check_query(text, prefixes=prefixes, where=where)


def ask_own(
    store: Store,
    query: GuardedQuery,
    params: Mapping[str, str] | None = None,
    *,
    bounds: Limits | None = None,
    where: str = "",
) -> Found:
    """Ask a query that somebody wrote, of the union of a store's graphs.

    Parameters
    ----------
    store
        The store; it is not written to.
    query
        What `read_own` let pass.
    params
        Values for its variables by name (`kg.query.binding.bind_parameters`).
    bounds
        What it may take.
    where
        What a complaint calls the query.

    Returns
    -------
    Found
        Rows sorted, unless the query orders them itself anywhere.

    Raises
    ------
    QueryError
        Where a parameter is wrong, the engine refuses the query, or a limit was met.

    Examples
    --------
    >>> from kg.store.oxigraph import open_memory_store
    >>> store = open_memory_store(b'<urn:x:a> <urn:x:b> "c" <urn:x:g> .')
    >>> ask_own(store, read_own("SELECT ?o { ?s ?p ?o }")).answer.rows
    ((rdflib.term.Literal('c'),),)
    """
    from kg.query.binding import bind_parameters
    from kg.query.suggest import explain_engine, find_unknown

    bound = bind_parameters(query, store, params or {}, where=where)
    job = _job(bound.text, query.predeclared, bounds, functions=bound.functions)
    try:
        outcome = run_walled(store, job, where=where, spent=query.spent)
    except EngineError as error:
        raise explain_engine(error.said, query, bound.grown, where=where) from error
    outcome = _in_order(outcome, query.variables)
    answer = _to_answer(outcome, is_ordered=query.is_ordered)
    return Found(query.form, outcome.truth, answer, outcome.cut, find_unknown(query, store))


def ask_named(
    store: Store, question: Question, params: Mapping[str, str], *, bounds: Limits | None = None
) -> Found:
    """Ask a named question behind the same wall; else as `kg.query.named.ask`.

    Raises
    ------
    QueryError
        Where a parameter is wrong, the question is no SELECT, or a limit was met.
    """
    from kg.query.parameters import read_parameters

    terms = read_parameters(store, question, params)
    hidden = {_HIDDEN + name: term for name, term in terms.items()}
    outcome = run_walled(
        store, _job(question.sparql, {}, bounds, substitutions=hidden), where=question.name
    )
    if outcome.form != "select":
        raise QueryError("question-not-select", where=question.name)
    answer = _to_answer(outcome, is_ordered="ORDER BY" in question.sparql.upper())
    return Found("SELECT", None, _without_hidden(answer), outcome.cut)


def _job(
    text: str,
    prefixes: Mapping[str, str],
    bounds: Limits | None,
    *,
    substitutions: Mapping[str, Term] | None = None,
    functions: Mapping[str, Term] | None = None,
) -> Job:
    bounds = bounds or Limits()
    return Job(
        text=text,
        prefixes=prefixes,
        seconds=bounds.seconds,
        memory=bounds.memory,
        rows=bounds.rows,
        bytes=limits.QUERY_ANSWER_BYTES,
        cells=limits.QUERY_ANSWER_CELLS,
        substitutions=_cells(substitutions),
        functions=_cells(functions),
    )


def _cells(terms: Mapping[str, Term] | None) -> dict[str, list[str]]:
    return {name: cell_of(to_oxigraph(term)) for name, term in (terms or {}).items()}


def _in_order(outcome: Outcome, names: tuple[str, ...] | None) -> Outcome:
    """The columns of a `SELECT *` as the query first names them; the engine's are by letter."""
    if names is None or outcome.form != "select":
        return outcome
    known = [name for name in names if name in outcome.variables]
    places = [outcome.variables.index(name) for name in known]
    rows = tuple(tuple([row[place] for place in places]) for row in outcome.rows)
    return replace(outcome, variables=tuple(known), rows=rows)


def _to_answer(outcome: Outcome, *, is_ordered: bool) -> Answer:
    rows = outcome.rows
    if not is_ordered or outcome.form == "graph":
        rows = tuple(sorted(rows, key=_order))
    variables = ("subject", "predicate", "object") if outcome.form == "graph" else outcome.variables
    return Answer(variables, rows)


def _order(row: tuple[Term | None, ...]) -> tuple[str, ...]:
    return tuple("" if term is None else term.n3() for term in row)


def _without_hidden(answer: Answer) -> Answer:
    names = answer.variables
    shown = [place for place, name in enumerate(names) if not name.startswith(_HIDDEN)]
    rows = tuple(tuple(row[place] for place in shown) for row in answer.rows)
    return Answer(tuple(names[place] for place in shown), rows)
