"""What was asked from above, what was done about it, and where the text says so.

The functions below are the whole public interface; everything else may change. Each takes
or returns a `Dataset`, a frozen value. Heavy libraries are loaded where they are needed.
"""

from __future__ import annotations

from collections.abc import Sequence
from os import PathLike, environ, fspath
from typing import TYPE_CHECKING, Any

# Loaded before the function of the same name is defined, which would else be hidden by the
# package as soon as somebody imports a part of it.
import kg.query  # noqa: F401  (see above)
from kg.version import VERSION

if TYPE_CHECKING:
    import rdflib

    from kg.analysis.coverage import Coverage
    from kg.errors import KgError
    from kg.model import Basis, Dataset, Finding, KgGraph

__version__ = VERSION

__all__ = [
    "Basis",
    "Coverage",
    "Dataset",
    "Finding",
    "KgError",
    "check",
    "coverage",
    "gaps",
    "load",
    "query",
    "to_html",
    "to_json",
    "to_networkx",
    "to_rdflib",
]

_HOMES = {
    "Basis": "kg.model",
    "Coverage": "kg.analysis.coverage",
    "Dataset": "kg.model",
    "Finding": "kg.model",
    "KgError": "kg.errors",
}


def __getattr__(name: str) -> Any:
    if name in _HOMES:
        from importlib import import_module

        return getattr(import_module(_HOMES[name]), name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")


def load(source: str | PathLike[str] | None = None) -> Dataset:
    """Read a data set.

    Parameters
    ----------
    source
        A ledger folder or a graph JSON file; the bundled Liling ledger by default.

    Raises
    ------
    KgError
        Where it cannot be read, or a fault would drop or misread a row.

    Examples
    --------
    >>> load().title_en
    'Ledger of the Liling Political and Legal Affairs Commission'
    """
    from kg.sources.registry import read_source
    from kg.validate.faults import refuse_stopping_faults
    from kg.words import choose_language, load_words

    reading = read_source(None if source is None else fspath(source))
    refuse_stopping_faults(reading, load_words(choose_language(None, environ)))
    return reading.dataset


def check(dataset: Dataset, *, sources: str | PathLike[str] | None = None) -> tuple[Finding, ...]:
    """Every fault of a data set, sorted by code; with the sources its quotes are looked up too.

    Parameters
    ----------
    dataset
        The data set.
    sources
        The folder where its source texts lie. Without it no quote is verified.

    Examples
    --------
    >>> check(load())
    ()
    """
    from pathlib import Path

    from kg.sources.spans import read_texts
    from kg.validate.basis import find_overclaims
    from kg.validate.evidence import check_quotes
    from kg.validate.faults import find_faults

    texts = None if sources is None else read_texts(dataset, Path(sources))
    found = (
        *find_faults(dataset),
        *check_quotes(dataset, texts).findings,
        *find_overclaims(dataset, texts),
    )
    return tuple(sorted(found, key=lambda fault: (fault.code, fault.node, fault.place)))


def coverage(
    dataset: Dataset,
    *,
    issuer: str | None = None,
    all_issuers: bool = False,
    include_prior: bool = False,
) -> Coverage:
    """How far every directive is answered, at each of the four bases.

    Parameters
    ----------
    dataset
        The data set.
    issuer
        Id or name of the issuer whose directives the totals count; by default the one that
        the data set is about.
    all_issuers
        Whether the totals count every issuer's.
    include_prior
        Whether outcomes older than a directive raise it too.

    Examples
    --------
    >>> coverage(load()).summary["stated"].with_measure
    0
    """
    from kg.analysis.coverage import find_coverage
    from kg.graph.build import build_graph

    return find_coverage(
        build_graph(dataset), include_prior=include_prior, issuer=issuer, all_issuers=all_issuers
    )


def gaps(
    dataset: Dataset,
    *,
    as_of: str | None = None,
    include_prior: bool = False,
    codes: Sequence[str] = (),
) -> tuple[Finding, ...]:
    """What is missing: findings KG101 to KG405, sorted by code and node.

    Parameters
    ----------
    dataset
        The data set.
    as_of
        The day by which due dates are judged; by default the data set's newest date.
    include_prior
        Whether outcomes older than a directive count for it.
    codes
        The codes that are wanted; all by default.

    Examples
    --------
    >>> {gap.code for gap in gaps(load(), codes=["KG202"])}
    {'KG202'}
    """
    from kg.analysis.rules import find_gaps
    from kg.graph.build import build_graph

    found = find_gaps(build_graph(dataset), as_of=as_of, include_prior=include_prior)
    return tuple(gap for gap in found if not codes or gap.code in codes)


def query(dataset: Dataset, name: str, **parameters: str) -> list[dict[str, str | None]]:
    """Ask one of the named questions; `kg questions` lists them.

    Returns
    -------
    list of dict
        One row a dict, by variable: IRIs and values as text, `None` where unbound.

    Raises
    ------
    KgError
        Where there is no such question, or a parameter is missing or wrong.

    Examples
    --------
    >>> len(query(load(), "battles-without-measure", basis="stated"))
    5
    """
    from kg.query.named import ask, find_question
    from kg.query.open import open_dataset

    answer = ask(open_dataset(dataset), find_question(name), parameters)
    return [
        {
            variable: None if term is None else str(term)
            for variable, term in zip(answer.variables, row, strict=True)
        }
        for row in answer.rows
    ]


def to_html(dataset: Dataset, *, lang: str = "zh") -> bytes:
    """The interactive page: one HTML file in UTF-8 that needs no network.

    Examples
    --------
    >>> to_html(load())[:15].lower()
    b'<!doctype html>'
    """
    from kg.analysis.rules import find_gaps
    from kg.graph.build import build_graph
    from kg.page.html import build_page

    covered = coverage(dataset)
    gaps = find_gaps(build_graph(dataset), covered)
    return build_page(dataset, covered, gaps, lang=lang)


def to_json(dataset: Dataset) -> bytes:
    r"""The graph as JSON (`kg-graph/1`), which `load` reads back.

    Examples
    --------
    >>> to_json(load())[:27]
    b'{\n  "schema": "kg-graph/1",'
    """
    from kg.export.graph_json import to_json as write_json

    return write_json(dataset)


def to_networkx(dataset: Dataset) -> KgGraph:
    """The graph as a `networkx.MultiDiGraph`; edges run child → parent, keyed by link id.

    Examples
    --------
    >>> to_networkx(load()).nodes["d01"]["node"].kind.value
    'directive'
    """
    from kg.graph.build import build_graph

    return build_graph(dataset)


def to_rdflib(dataset: Dataset) -> rdflib.Dataset:
    """The graph as an `rdflib.Dataset` of three named graphs; the default graph is their union.

    Examples
    --------
    >>> names = [str(graph.identifier) for graph in to_rdflib(load()).graphs()]
    >>> sorted(name.rsplit("/")[-1] for name in names if "graph/" in name)
    ['evidence', 'facts', 'inferred']
    """
    from kg.export.linked_data import to_rdflib as write_rdflib

    return write_rdflib(dataset)
