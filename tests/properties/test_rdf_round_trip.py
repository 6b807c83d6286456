"""Whatever is read from RDF is what was written: the same bytes, coverage and gaps."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from kg.analysis.coverage import find_coverage
from kg.analysis.rules import find_gaps
from kg.document import dataset_document
from kg.export.linked_data import to_rdf
from kg.graph.build import build_graph
from kg.model import (
    NOT_STATED,
    ActorKnown,
    Basis,
    Concreteness,
    Curator,
    Dataset,
    Figure,
    LinkStatus,
    Mention,
    OutcomeType,
    Role,
    Scope,
    Stance,
    Status,
    Voice,
)
from kg.rdf.names import RESERVED
from kg.sources.graph_json import read_graph_document
from kg.sources.rdf_files import read_statements
from kg.sources.rdf_parse import read_quads
from kg.sources.rdf_store import read_store
from kg.sources.rdf_things import Faults
from kg.sources.reading import Reading, attach_mentions
from kg.store.bulk import write_store
from tests.oracle.graphs import random_graph
from tests.unit.rdf.full import FULL

SYNTAXES = ("turtle", "trig", "nquads", "jsonld")

texts = st.text(st.characters(exclude_categories=["Cs"]), max_size=12)
words = st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=12)
absents = st.one_of(st.none(), st.just(NOT_STATED), words)
# What stands where an id may stand does not begin like an IRI of another sort.
actors = absents.filter(lambda text: not text or text.split("/")[0] not in RESERVED)
ids = st.from_regex(r"[A-Za-z0-9%+~_.,;:@=()!*'$&#?\[\]\"<>\\^`|{}部署-]{1,6}", fullmatch=True)
dates = st.sampled_from(
    [None, NOT_STATED, "2020", "2020-02", "2020-02-29", "2020/2021", "2019-12/2020-02-03"]
)
numbers = st.one_of(
    st.none(),
    st.just(NOT_STATED),
    st.integers(-(10**30), 10**30),
    st.floats(allow_nan=False, allow_infinity=False),
)
places = st.integers(0, 10**9)


def read_back(dataset: Dataset, syntax: str) -> Reading:
    data = to_rdf(dataset, syntax)
    quads = read_quads(data, syntax=syntax, where="x")
    return read_statements(quads, Faults("x", data), size=len(data))


def read_back_from_store(dataset: Dataset) -> Reading:
    with TemporaryDirectory() as folder:
        write_store(Path(folder, "store"), to_rdf(dataset, "nquads"))
        return read_store(Path(folder, "store"))


def assert_same(reading: Reading, dataset: Dataset) -> None:
    assert reading.faults == ()
    assert dataset_document(reading.dataset) == dataset_document(dataset)
    assert to_rdf(reading.dataset, "nquads") == to_rdf(dataset, "nquads")
    one, other = build_graph(reading.dataset), build_graph(dataset)
    assert find_coverage(one) == find_coverage(other)
    assert find_gaps(one) == find_gaps(other)


@given(st.integers(0, 10**9), st.sampled_from(SYNTAXES))
@settings(max_examples=100, deadline=None)
def test_a_random_graph_reads_back_from_any_syntax(seed: int, syntax: str) -> None:
    dataset = read_graph_document(random_graph(Random(seed))).dataset
    assert_same(read_back(dataset, syntax), dataset)


@given(st.integers(0, 10**9))
@settings(max_examples=12, deadline=None)
def test_a_random_graph_reads_back_from_a_store(seed: int) -> None:
    dataset = read_graph_document(random_graph(Random(seed))).dataset
    assert_same(read_back_from_store(dataset), dataset)


@st.composite
def mentions(draw: st.DrawFn, item: str) -> Mention:
    start = draw(places)
    return Mention(
        item=item,
        source=draw(st.sampled_from(["s1", "s/2", "来源"])),
        start=start,
        end=draw(places),
        quote=draw(texts),
        digest=draw(texts),
        context_digest=draw(texts),
        voice=draw(st.sampled_from([None, *Voice])),
        role=draw(st.sampled_from(Role)),
        stance=draw(st.sampled_from(Stance)),
        position=draw(st.none() | places),
        note=draw(texts),
    )


@st.composite
def figures(draw: st.DrawFn) -> Figure:
    from kg.sources.columns import COMPARATORS

    def coded(*values: str) -> Any:
        return draw(st.sampled_from([None, NOT_STATED, *values]))

    return Figure(
        outcome_type=draw(st.sampled_from([None, *OutcomeType])),
        value=draw(numbers),
        comparator=coded(*COMPARATORS),
        unit=draw(absents | st.sampled_from(["percent", "case"])),
        verbatim=draw(absents),
        change=coded("rise", "fall"),
        good=coded("higher", "lower"),
        target=draw(absents),
        baseline=draw(absents),
        denominator=draw(absents),
        period=draw(dates),
        recipient=draw(actors),
        issuer=draw(actors),
        year=draw(dates),
        computed=draw(st.booleans()),
        presupposed=draw(st.booleans()),
    )


@st.composite
def rich_datasets(draw: st.DrawFn) -> Dataset:
    """The data set in which every field has a value, with other values and odd names."""
    names = {node.id: node.id for node in FULL.nodes}
    for old in draw(st.sets(st.sampled_from(sorted(names)), max_size=3)):
        names[old] = draw(ids)
    if len(set(names.values()) | {link.id for link in FULL.links}) < len(names) + len(FULL.links):
        names = {node.id: node.id for node in FULL.nodes}

    def named(text: str | None) -> str | None:
        return text if text is None else " ".join(names.get(part, part) for part in text.split())

    nodes = []
    for node in FULL.nodes:
        changed = replace(
            node,
            id=names[node.id],
            zh=draw(texts),
            en=draw(texts),
            note_zh=draw(texts),
            issuer=named(node.issuer),
            lead=named(node.lead),
            responsible=named(node.responsible),
            figure=draw(figures()) if node.figure else None,
        )
        if node.kind == "measure":
            changed = replace(
                changed,
                status=draw(st.sampled_from(Status)),
                concreteness=draw(st.sampled_from(Concreteness)),
                actor_known=draw(st.sampled_from([None, *ActorKnown])),
                programme=draw(st.booleans()),
                due=draw(dates),
                target_group_zh=draw(absents),
                target_group_en=draw(absents),
            )
        if node.kind == "directive":
            changed = replace(changed, date=draw(dates), type=draw(st.none() | words))
        nodes.append(changed)
    links = [
        replace(
            link,
            source=names[link.source],
            target=names[link.target],
            basis=draw(st.sampled_from(Basis)),
            scope=draw(st.sampled_from(Scope)),
            status=draw(st.sampled_from(LinkStatus)),
            reason=draw(texts),
            position=draw(st.none() | places),
            rationale=draw(texts),
            curator=draw(st.sampled_from(["", "A", "甲/乙"])),
            confirmed=draw(texts),
        )
        for link in FULL.links
    ]
    items = [node.id for node in nodes] + [link.id for link in links]
    spoken = [draw(mentions(draw(st.sampled_from(items)))) for _ in range(draw(st.integers(0, 4)))]
    placed_nodes, placed_links, _ = attach_mentions(nodes, links, spoken)
    return replace(
        FULL,
        nodes=placed_nodes,
        links=placed_links,
        base_iri=draw(st.sampled_from(["https://example.org/a/", "https://例.org/b#", "urn:x:"])),
        curators=tuple(Curator(c, draw(texts), draw(texts)) for c in ("B", "甲/乙", "A")),
        focus_issuer=named(FULL.focus_issuer),
        title_zh=draw(texts),
        licence=draw(texts | st.just("CC0-1.0")),
        date=draw(dates) or "",
    )


@given(rich_datasets(), st.sampled_from(SYNTAXES))
@settings(max_examples=60, deadline=None)
def test_a_rich_data_set_reads_back_from_any_syntax(dataset: Dataset, syntax: str) -> None:
    reading = read_back(dataset, syntax)
    spoken = [(m.item, m.source, m.start, m.end, m.role, m.stance) for m in dataset.mentions]
    if len(set(spoken)) == len(spoken):  # two alike have no order, and are KG002
        assert_same(reading, dataset)
    else:
        assert to_rdf(reading.dataset, "nquads") == to_rdf(dataset, "nquads")


@given(rich_datasets())
@settings(max_examples=12, deadline=None)
def test_a_rich_data_set_reads_back_from_a_store(dataset: Dataset) -> None:
    reading = read_back_from_store(dataset)
    assert reading.faults == ()
    assert to_rdf(reading.dataset, "nquads") == to_rdf(dataset, "nquads")
