"""The graph `facts`: the data set, its nodes with their attributes, what live links assert.

`None` and "not-stated" of a field are said by `kg:notApplicable` and `kg:notStated`, whose
value is the property that carries the field: "the baseline of this outcome is not stated".
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from kg import vocab
from kg.model import BANDED_KINDS, CONTEXT_KINDS, NOT_STATED, Figure, Kind, Node
from kg.rdf.description import Description
from kg.rdf.names import Names, names_of
from kg.rdf.sets import list_collections
from kg.rdf.terms import iri, text, to_graph

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rdflib import Graph

    from kg.model import Dataset
    from kg.rdf.terms import Triple

_TYPE_SCHEMES: Final = {Kind.DIRECTIVE: "directive-type", Kind.STRATEGY: "strategy-type"}


def build_facts(dataset: Dataset) -> Graph:
    """The attributes of every node and the triple of every current or disputed link.

    Parameters
    ----------
    dataset
        A data set whose ids are unique.

    Raises
    ------
    SourceError
        Where the data set's IRIs could not be told apart (`kg.rdf.names.names_of`).

    Examples
    --------
    >>> from kg.model import Dataset, Link, Relation
    >>> nodes = (Node("d", Kind.DIRECTIVE), Node("m", Kind.MEASURE))
    >>> data = Dataset(nodes, (Link("l", "m", Relation.ADDRESSES, "d"),))
    >>> facts = build_facts(data)
    >>> (iri(data.iri("m")), iri(vocab.KG + "addresses"), iri(data.iri("d"))) in facts
    True
    """
    return to_graph(names_of(dataset).graph("facts"), list_facts(dataset))


def list_facts(dataset: Dataset) -> list[Triple]:
    """List the triples of `build_facts`, without the cost of a graph; some may come twice."""
    names = names_of(dataset)
    triples = _describe_dataset(dataset, names).triples
    for about in _describe_nodes(dataset, names):
        triples += about.triples
    for link in dataset.links:
        if link.is_live:
            relation = iri(vocab.RELATION_OF[link.relation])
            triples.append((iri(names.item(link.source)), relation, iri(names.item(link.target))))
    return triples + list_collections(dataset, names)


def _describe_dataset(dataset: Dataset, names: Names) -> Description:
    about = Description(names, names.base)
    about.say(vocab.TYPE, vocab.DATASET)
    about.write_both(vocab.TITLE, zh=dataset.title_zh, en=dataset.title_en)
    about.write(vocab.LICENCE_NAME, dataset.licence)
    if dataset.licence in vocab.LICENCE_OF:
        about.say(vocab.LICENSE, vocab.LICENCE_OF[dataset.licence])
    about.write(vocab.BASIS_RULES, dataset.basis_rules)
    if dataset.date:
        about.dated(vocab.DATE, vocab.DATE_FROM, vocab.DATE_TO, dataset.date)
    about.item(vocab.FOCUS_ISSUER, dataset.focus_issuer, belongs=False)
    return about


def _describe_nodes(dataset: Dataset, names: Names) -> Iterator[Description]:
    for node in dataset.nodes:
        about = Description(names, names.item(node.id))
        _describe_node(about, node)
        _describe_set(about, node)
        _describe_issue(about, node)
        _describe_work(about, node)
        if node.figure is not None:
            _describe_award(about, node.figure)
            _describe_figure(about, names.figure(node.id), node.figure)
        yield about


def _describe_node(about: Description, node: Node) -> None:
    about.say(vocab.TYPE, vocab.CLASS_OF[node.kind])
    if node.kind in vocab.REUSED_CLASS_OF:
        about.say(vocab.TYPE, vocab.REUSED_CLASS_OF[node.kind])
    about.write_both(vocab.LABEL, zh=node.zh, en=node.en)
    about.write_both(vocab.EDITORIAL_NOTE, zh=node.note_zh, en=node.note_en)
    scheme = _TYPE_SCHEMES.get(node.kind, "type")
    about.coded(vocab.NODE_TYPE, scheme, node.type, belongs=False)
    is_context = node.kind in CONTEXT_KINDS
    about.coded(vocab.LEVEL, "level", node.level, belongs=is_context)
    about.dated(
        *(vocab.DATE, vocab.DATE_FROM, vocab.DATE_TO, node.date),
        belongs=is_context or node.kind is Kind.DIRECTIVE,
    )


def _describe_set(about: Description, node: Node) -> None:
    belongs = node.kind in BANDED_KINDS
    if belongs or node.is_set:
        about.flag(vocab.IS_SET, node.is_set)
    if belongs or node.open_list:
        about.flag(vocab.OPEN_LIST, node.open_list)
    if isinstance(node.announced, int):
        about.count(vocab.ANNOUNCED, node.announced)
    else:
        about.words(vocab.ANNOUNCED, node.announced, belongs=belongs)


def _describe_issue(about: Description, node: Node) -> None:
    """Who issued a directive."""
    belongs = node.kind is Kind.DIRECTIVE
    about.item(vocab.ISSUER, node.issuer, belongs=belongs)
    about.coded(vocab.ISSUER_LEVEL, "level", node.issuer_level, belongs=belongs)


def _describe_work(about: Description, node: Node) -> None:
    """How far a measure has come, whose it is, and for whom."""
    belongs = node.kind is Kind.MEASURE
    about.coded(vocab.STATUS, "status", node.status, belongs=False)
    about.coded(vocab.CONCRETENESS, "concreteness", node.concreteness, belongs=False)
    about.coded(vocab.ACTOR_KNOWN, "actor-known", node.actor_known, belongs=False)
    if belongs or node.programme:
        about.flag(vocab.PROGRAMME, node.programme)
    about.items(vocab.LEAD, vocab.LEAD_AS_LISTED, node.lead, belongs=belongs)
    about.items(vocab.RESPONSIBLE, vocab.RESPONSIBLE_AS_LISTED, node.responsible, belongs=belongs)
    about.dated(vocab.DUE, vocab.DUE_FROM, vocab.DUE_TO, node.due, belongs=belongs)
    groups = {"zh": node.target_group_zh, "en": node.target_group_en}
    if set(groups.values()) in ({None}, {NOT_STATED}):
        about.is_absent(node.target_group_zh, vocab.TARGET_GROUP, belongs=belongs)
        return
    for lang, words in groups.items():
        if words is not None:
            about.add(vocab.TARGET_GROUP, text(words, lang))


def _describe_award(about: Description, figure: Figure) -> None:
    """What an outcome says of itself: its sort, who got it from whom, and when."""
    about.coded(vocab.OUTCOME_TYPE, "outcome-type", figure.outcome_type)
    about.item(vocab.RECIPIENT, figure.recipient)
    about.item(vocab.AWARD_ISSUER, figure.issuer)
    about.words(vocab.YEAR, figure.year)
    about.flag(vocab.PRESUPPOSED, figure.presupposed)
    about.flag(vocab.COMPUTED, figure.computed)


def _describe_figure(about: Description, subject: str, figure: Figure) -> None:
    """The number of an outcome, an observation with a result; what is absent, on the outcome."""
    observed = Description(about.names, subject)
    result = Description(about.names, subject + "/result")
    if not about.is_absent(figure.value, vocab.NUMERIC_VALUE):
        if isinstance(figure.value, str):
            result.add(vocab.VALUE_TEXT, text(figure.value))
        else:
            result.count(vocab.NUMERIC_VALUE, figure.value)
    if not about.is_absent(figure.unit, vocab.HAS_UNIT):
        result.coded(vocab.HAS_UNIT, "unit", figure.unit)
    for predicate, scheme, code in (
        (vocab.COMPARATOR, "comparator", figure.comparator),
        (vocab.CHANGE, "change", figure.change),
        (vocab.GOOD, "good", figure.good),
    ):
        if not about.is_absent(code, predicate):
            observed.coded(predicate, scheme, code)
    for predicate, words in (
        (vocab.VERBATIM, figure.verbatim),
        (vocab.TARGET, figure.target),
        (vocab.BASELINE, figure.baseline),
        (vocab.DENOMINATOR, figure.denominator),
    ):
        if not about.is_absent(words, predicate):
            observed.words(predicate, words)
    if not about.is_absent(figure.period, vocab.PERIOD):
        observed.dated(vocab.PERIOD, vocab.PERIOD_FROM, vocab.PERIOD_TO, figure.period)
    if result.triples:
        result.say(vocab.TYPE, vocab.QUANTITY_VALUE)
        observed.say(vocab.HAS_RESULT, result.subject)
    if observed.triples:
        observed.say(vocab.TYPE, vocab.FIGURE)
        observed.say(vocab.TYPE, vocab.OBSERVATION)
        about.say(vocab.HAS_FIGURE, observed.subject)
    about.triples += observed.triples + result.triples
