"""Whatever a data set says is in its RDF: change one field, and the RDF is another."""

from __future__ import annotations

import dataclasses
from dataclasses import replace
from typing import Any

import pytest

from kg.model import (
    NOT_STATED,
    ActorKnown,
    Basis,
    Concreteness,
    Dataset,
    Figure,
    Kind,
    Link,
    LinkStatus,
    Mention,
    Node,
    OutcomeType,
    Relation,
    Role,
    Scope,
    Section,
    Stance,
    Status,
    Voice,
)
from kg.rdf.canonical import to_nquads
from kg.rdf.evidence import list_evidence
from kg.rdf.facts import list_facts
from tests.unit.rdf.full import FULL

# Values of a field that are all different from one another.
TEXTS = ("", "一", "二\n\"'\\")
ABSENTS = (None, NOT_STATED, "一", "二")
DATES = (None, NOT_STATED, "2020", "2020-01", "2020/2021", "没有日期")
IDS = (None, NOT_STATED, "org1", "org2")
LISTS = (None, NOT_STATED, "org1", "org1 org2", "org2 org1")
NUMBERS = (None, 1, 2)
FLAGS = (False, True)

NODE_VALUES: dict[str, tuple[Any, ...]] = {
    "id": ("z1", "z2", "z/3", "z 4", "部署"),
    "kind": tuple(Kind),
    "zh": TEXTS,
    "en": TEXTS,
    "type": ABSENTS,
    "level": (*ABSENTS, "city", "county"),
    "date": DATES,
    "is_set": FLAGS,
    "announced": (None, NOT_STATED, 4, 5, "四五"),
    "open_list": FLAGS,
    "issuer": IDS,
    "issuer_level": (*ABSENTS, "city"),
    "status": (None, *Status),
    "concreteness": (None, *Concreteness),
    "programme": FLAGS,
    "actor_known": (None, *ActorKnown),
    "lead": LISTS,
    "responsible": LISTS,
    "due": DATES,
    "target_group_zh": ABSENTS,
    "target_group_en": ABSENTS,
    "note_zh": TEXTS,
    "note_en": TEXTS,
}
FIGURE_VALUES: dict[str, tuple[Any, ...]] = {
    "outcome_type": (None, *OutcomeType),
    "value": (None, NOT_STATED, 94, 94.0, 94.5, 0.1, 1e-9, -3, "数十", "94"),
    "comparator": (None, NOT_STATED, "=", ">=", ">", "<=", "<", "~", "?"),
    "unit": (None, NOT_STATED, "percent", "case", "公里"),
    "verbatim": ABSENTS,
    "change": (None, NOT_STATED, "rise", "fall", "flat"),
    "good": (None, NOT_STATED, "higher", "lower", "neither"),
    "target": ABSENTS,
    "baseline": ABSENTS,
    "denominator": ABSENTS,
    "period": DATES,
    "recipient": IDS,
    "issuer": IDS,
    "year": ABSENTS,
    "computed": FLAGS,
    "presupposed": FLAGS,
}
LINK_VALUES: dict[str, tuple[Any, ...]] = {
    "id": ("y1", "y2"),
    "source": ("m1", "m2"),
    "relation": tuple(Relation),
    "target": ("d1", "d2"),
    "basis": (None, *Basis),
    "scope": tuple(Scope),
    "status": tuple(LinkStatus),
    "reason": TEXTS,
    "status_date": TEXTS,
    "successor": ("", "l03", "l04"),
    "position": NUMBERS,
    "rationale": TEXTS,
    "rationale_en": TEXTS,
    "curator": ("", "A", "B"),
    "confirmed": TEXTS,
}
MENTION_VALUES: dict[str, tuple[Any, ...]] = {
    "source": ("s1", "s2"),
    "start": (0, 1),
    "end": (40, 41, 42),
    "quote": TEXTS,
    "digest": TEXTS,
    "context_digest": TEXTS,
    "voice": (None, *Voice),
    "role": tuple(Role),
    "stance": tuple(Stance),
    "position": NUMBERS,
    "note": TEXTS,
}
PASSAGE_VALUES: dict[str, tuple[Any, ...]] = {
    "source": ("s1", "s2"),
    "start": (10, 11),
    "end": (90, 91),
    "section": ("", "title", "body"),
    "paragraph": (1, 2),
    "sentence": (1, 2),
    "items": ((), ("m1",), ("d1", "m1"), ("m1", "d1")),
    "none": ("", "rhetoric", "byline", "other reason"),
}
DECISION_VALUES: dict[str, tuple[Any, ...]] = {
    "id": ("x001", "x002"),
    "subject": ((), ("m1",), ("d1", "m1"), ("m1", "d1")),
    "start": NUMBERS,
    "end": NUMBERS,
    **dict.fromkeys(("what", "a", "b", "decision", "why", "why_en"), TEXTS),
}
SOURCE_VALUES: dict[str, tuple[Any, ...]] = {
    "id": ("s1", "s2"),
    **dict.fromkeys(("title_zh", "title_en", "publisher_zh", "publisher_en"), TEXTS),
    "date": ("", NOT_STATED, "2021", "2021-01"),
    "length": (0, 1),
    **dict.fromkeys(("sha256", "language", "file"), TEXTS),
    "sections": (
        (),
        (Section("a", "", ""),),
        (Section("b", "", ""),),
        (Section("a", "甲", ""),),
        (Section("a", "", "A"),),
        (Section("a", "", ""), Section("b", "", "")),
        (Section("b", "", ""), Section("a", "", "")),
    ),
}
CURATOR_VALUES: dict[str, tuple[Any, ...]] = {
    "id": ("C", "D"),
    "name_zh": TEXTS,
    "name_en": TEXTS,
}
DATASET_VALUES: dict[str, tuple[Any, ...]] = {
    "title_zh": TEXTS,
    "title_en": TEXTS,
    "base_iri": ("https://example.org/a/", "https://example.org/b#", "urn:x:"),
    "licence": ("", "CC-BY-4.0", "CC0-1.0", "other"),
    "focus_issuer": IDS,
    "basis_rules": TEXTS,
    "date": ("", NOT_STATED, "2021", "2021-01"),
    "curators": (FULL.curators, FULL.curators[::-1], FULL.curators[:1]),
}


def _rdf(dataset: Dataset) -> bytes:
    return to_nquads({"urn:x:facts": list_facts(dataset), "urn:x:evidence": list_evidence(dataset)})


def _in(**fields: Any) -> Dataset:
    return replace(FULL, **fields)


def _nodes(kind: Kind) -> Any:
    return lambda **cells: _in(nodes=(replace(Node("z", kind), **cells),))


def _figure(**cells: Any) -> Dataset:
    return _in(nodes=(Node("z", Kind.OUTCOME, figure=replace(Figure(), **cells)),))


def _link(**cells: Any) -> Dataset:
    link = Link("y", "m1", Relation.ADDRESSES, "d1", Basis.STATED)
    return _in(links=(replace(link, **cells),))


def _mention(**cells: Any) -> Dataset:
    mention = replace(Mention("z", "s1", 0, 40), **cells)
    return _in(nodes=(Node("z", Kind.MEASURE, mentions=(mention,)),))


MAKERS: list[tuple[str, Any, type, dict[str, tuple[Any, ...]], set[str]]] = [
    *(
        (f"Node {kind}", _nodes(kind), Node, NODE_VALUES, {"figure", "mentions"})
        for kind in (Kind.DIRECTIVE, Kind.STRATEGY, Kind.MEASURE, Kind.ORGANISATION)
    ),
    ("Figure", _figure, Figure, FIGURE_VALUES, set()),
    ("Link", _link, Link, LINK_VALUES, {"mentions"}),
    ("Mention", _mention, Mention, MENTION_VALUES, {"item"}),
    (
        "Passage",
        lambda **cells: _in(passages=(replace(FULL.passages[1], **cells),)),
        type(FULL.passages[0]),
        PASSAGE_VALUES,
        set(),
    ),
    (
        "Decision",
        lambda **cells: _in(decisions=(replace(FULL.decisions[0], **cells),)),
        type(FULL.decisions[0]),
        DECISION_VALUES,
        set(),
    ),
    (
        "Source",
        lambda **cells: _in(sources=(replace(FULL.sources[0], **cells),)),
        type(FULL.sources[0]),
        SOURCE_VALUES,
        set(),
    ),
    (
        "Curator",
        lambda **cells: _in(curators=(replace(FULL.curators[0], **cells),)),
        type(FULL.curators[0]),
        CURATOR_VALUES,
        set(),
    ),
    (
        "Dataset",
        _in,
        Dataset,
        DATASET_VALUES,
        {"nodes", "links", "sources", "passages", "decisions"},
    ),
]
FIELDS = [
    (name, maker, field, values)
    for name, maker, _, table, _ in MAKERS
    for field, values in table.items()
]


@pytest.mark.parametrize(("name", "maker", "_class", "table", "elsewhere"), MAKERS)
def test_every_field_but_the_place_of_the_row_is_looked_at(
    name: str, maker: Any, _class: type, table: dict[str, Any], elsewhere: set[str]
) -> None:
    fields = {field.name for field in dataclasses.fields(_class)} - {"place"}
    assert set(table) | elsewhere == fields


@pytest.mark.parametrize(
    ("name", "maker", "field", "values"),
    FIELDS,
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_two_values_of_a_field_are_never_the_same_rdf(
    name: str, maker: Any, field: str, values: tuple[Any, ...]
) -> None:
    seen = {_rdf(maker(**{field: value})): value for value in values}
    assert len(seen) == len(values)


def test_no_figure_and_a_figure_of_which_nothing_is_known_are_not_the_same_rdf() -> None:
    without, empty = Node("z", Kind.OUTCOME), Node("z", Kind.OUTCOME, figure=Figure())
    assert _rdf(_in(nodes=(without,))) != _rdf(_in(nodes=(empty,)))


def test_not_stated_and_not_applicable_of_either_language_are_told_apart() -> None:
    pairs = [(zh, en) for zh in ABSENTS for en in ABSENTS]
    seen = {_rdf(_nodes(Kind.MEASURE)(target_group_zh=zh, target_group_en=en)) for zh, en in pairs}
    assert len(seen) == len(pairs)


def test_two_mentions_of_one_place_stay_two() -> None:
    one = Mention("z", "s1", 0, 40, stance=Stance.SUPPORTS)
    two = replace(one, stance=Stance.AGAINST)
    alone, both, turned = (
        _rdf(_in(nodes=(Node("z", Kind.MEASURE, mentions=mentions),)))
        for mentions in ((one,), (one, two), (two, one))
    )
    assert both == turned
    assert both.count(b"stance-") == alone.count(b"stance-") + 1


def test_the_place_of_a_row_is_not_in_the_rdf() -> None:
    placed = tuple(replace(node, place="/somewhere/measures.csv:3") for node in FULL.nodes)
    assert _rdf(_in(nodes=placed)) == _rdf(FULL)
