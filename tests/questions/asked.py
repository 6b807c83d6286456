"""Ask a question of a data set, on either engine; read the rows that are expected."""

from __future__ import annotations

import csv
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from rdflib import Graph

from kg.query.named import Answer, ask, find_question
from kg.query.open import open_dataset
from kg.query.parameters import read_parameters
from kg.query.results import to_ids
from kg.rdf.graphs import list_triples

if TYPE_CHECKING:
    from pyoxigraph import Store

    from kg.model import Dataset

Rows = list[tuple[str, ...]]


def expected_files(folder: Path) -> list[Path]:
    """The files `name@parameter=value&….csv` of a folder."""
    return sorted(folder.glob("*.csv"))


def question_of(file: Path) -> tuple[str, dict[str, str]]:
    """The name of a question and its parameters, from the name of a file."""
    name, _, given = file.stem.partition("@")
    params = dict(pair.split("=", 1) for pair in given.split("&") if pair)
    return name, params


def read_expected(file: Path) -> tuple[tuple[str, ...], Rows]:
    with file.open(encoding="utf-8", newline="") as lines:
        head, *rows = csv.reader(lines)
    return tuple(head), [tuple(row) for row in rows]


def ask_ids(dataset: Dataset, name: str, params: dict[str, str]) -> tuple[tuple[str, ...], Rows]:
    """The answer in ids, without the names that stand beside them."""
    answer = ask(_store_of(dataset), find_question(name), params)
    return _without_names(answer, dataset)


def ask_ids_by_rdflib(
    dataset: Dataset, name: str, params: dict[str, str]
) -> tuple[tuple[str, ...], Rows]:
    """The same by rdflib's own SPARQL engine."""
    question = find_question(name)
    terms = read_parameters(_store_of(dataset), question, params)
    bound: dict[str, Any] = {f"_{key}": term for key, term in terms.items()}
    found = _union_of(dataset).query(question.sparql, initBindings=bound)
    variables = [str(variable) for variable in found.vars or ()]
    shown = [place for place, variable in enumerate(variables) if variable[0] != "_"]
    table: list[Any] = list(found)
    rows = [tuple(row[place] for place in shown) for row in table]
    if "ORDER BY" not in question.sparql:
        rows.sort(key=lambda row: tuple("" if term is None else term.n3() for term in row))
    answer = Answer(tuple(variables[place] for place in shown), tuple(rows))
    return _without_names(answer, dataset)


@cache
def _store_of(dataset: Dataset) -> Store:
    return open_dataset(dataset)


@cache
def _union_of(dataset: Dataset) -> Graph:
    union = Graph()
    for triples in list_triples(dataset).values():
        for triple in triples:
            union.add(triple)
    return union


def _without_names(answer: Answer, dataset: Dataset) -> tuple[tuple[str, ...], Rows]:
    kept = [
        place
        for place, variable in enumerate(answer.variables)
        if not variable.endswith(("_zh", "_en"))
    ]
    rows = to_ids(answer, base=dataset.base_iri)
    head = tuple(answer.variables[place] for place in kept)
    return head, [tuple(row[place] for place in kept) for row in rows]
