"""Chains up and down, the first broken rung, threads and paths."""

from __future__ import annotations

import random
from dataclasses import replace
from typing import Any

import pytest

from kg.analysis.breaks import Break, Step
from kg.analysis.removal import find_standing
from kg.analysis.threads import Carriers, Weave, find_carriers
from kg.analysis.trace import Trace, find_trace
from kg.errors import UnknownNodeError, UsageError
from kg.graph.build import build_graph
from kg.graph.strength import best_chain, find_chains, find_hops
from kg.model import (
    BASES,
    Basis,
    Dataset,
    Kind,
    Link,
    Mention,
    Node,
    Passage,
    Relation,
    Role,
    Stance,
    Voice,
)
from kg.sources.graph_json import read_graph_document
from tests.oracle.graphs import graph_of, random_graph

S, E, P, R = BASES


def traced(text: str, item: str, **fields: Any) -> Trace:
    return find_trace(build_graph(read_graph_document(graph_of(text, **fields)).dataset), item)


def told(breaks: tuple[Break, ...]) -> list[tuple[str, str, str, str, str]]:
    """Each break as: basis, what is missing, above, below, why."""
    return [
        (b.basis.value, b.missing.value, " ".join(b.above), " ".join(b.below), b.why)
        for b in breaks
    ]


def test_a_chain_of_stated_links_down_to_a_figure_is_unbroken() -> None:
    figure = {"value": 94, "unit": "percent"}
    text = "m addresses d stated\no resultOf m stated"
    trace = traced(text, "d", o=figure)
    assert (trace.broken_above, trace.broken_below) == ((), ())
    assert [one.chain.ids for one in trace.down] == [("o", "m", "d")]
    assert traced(text, "m", o=figure).broken_below == ()
    assert traced(text, "o", o=figure).broken_above == ()


def test_the_break_lies_at_the_first_hop_from_the_top_that_is_too_weak() -> None:
    trace = traced("m implements t echoed\nt addresses d positional", "d")
    nothing = ("outcome", "m", "", "absent")
    assert told(trace.broken_below) == [
        ("stated", "answer", "d", "t", "weak"),
        ("echoed", "answer", "d", "t", "weak"),
        ("positional", *nothing),
        ("interpreted", *nothing),
    ]
    assert [b.closed_at for b in trace.broken_below] == [P, P, None, None]
    assert [b.link for b in trace.broken_below] == ["l2", "l2", None, None]


def test_a_general_link_breaks_the_chain_of_a_measure_but_not_of_its_strategy() -> None:
    trace = traced("m implements t stated\nt addresses d stated general", "d")
    assert told(trace.broken_below)[0] == ("stated", "measure", "d", "t", "general")
    assert trace.broken_below[0].closed_at is R
    assert told(traced("t addresses d stated general", "t").broken_above) == []


def test_what_reaches_a_directive_as_a_member_of_a_set_breaks_at_the_set() -> None:
    trace = traced(
        "m implements t stated\nt partOf s stated\ns addresses d stated",
        "d",
        s={"kind": "strategy", "set": True},
    )
    assert told(trace.broken_below)[0] == ("stated", "measure", "s", "t", "set")


@pytest.mark.parametrize(
    ("text", "fields", "item", "wanted"),
    [
        ("m addresses d stated", {"m": {"status": "planned"}}, "d", "measure d m planned"),
        ("m addresses d stated", {"m": {"concreteness": "slogan"}}, "d", "measure d m slogan"),
        (
            "m addresses d stated\nn addresses d stated\no resultOf n stated",
            {"n": {"concreteness": "slogan"}},
            "d",
            "outcome m o intention",
        ),
        (
            "m addresses d stated\no resultOf m stated",
            {"d": {"date": "2021"}, "o": {"period": "2020"}},
            "d",
            "outcome m o prior",
        ),
        ("m addresses d stated\no resultOf m stated", {}, "o", "figure o  absent"),
        ("m addresses d stated\no resultOf m stated", {}, "m", "figure o  absent"),
    ],
)
def test_what_is_near_but_does_not_count_is_named(
    text: str, fields: dict[str, Any], item: str, wanted: str
) -> None:
    breaks = told(traced(text, item, **fields).broken_below)
    assert [" ".join(found[1:]) for found in breaks] == [wanted] * 4


def test_legs_that_lack_the_rung_as_well_are_named() -> None:
    trace = traced("dA partOf d stated\ndB partOf d stated\nm addresses dA stated", "d")
    assert [(b.missing, b.legs) for b in trace.broken_below] == [(Step.ANSWER, ("dB",))] * 4


def test_what_serves_no_directive_is_broken_above_at_the_highest_thing_it_serves() -> None:
    trace = traced("m implements t stated\no resultOf m stated", "o", d={})
    assert told(trace.broken_above) == [
        (basis.value, "directive", "", "t", "absent") for basis in BASES
    ]
    weak = traced("m implements t interpreted\nt addresses d stated", "m")
    assert told(weak.broken_above)[0] == ("stated", "directive", "t", "m", "weak")
    assert len(weak.broken_above) == 3


def test_the_chains_down_pass_through_everything_below_and_figures_come_first() -> None:
    trace = traced(
        """
        m addresses d stated
        n addresses d stated
        o1 resultOf m stated
        o2 resultOf m echoed
        """,
        "d",
        o2={"value": 3, "unit": "item"},
    )
    assert [one.chain.ids for one in trace.down] == [("o2", "m", "d"), ("o1", "m", "d"), ("n", "d")]
    assert {item for one in trace.down for item in one.chain.ids} == {"d", "m", "n", "o1", "o2"}


def test_what_raises_nothing_stands_last_with_the_reason() -> None:
    trace = traced(
        "m addresses d stated\nn addresses d stated\no resultOf n stated\nk addresses d stated",
        "d",
        n={"concreteness": "slogan"},
        k={"kind": "measure", "status": "planned"},
    )
    assert [(one.chain.ids[0], one.remark) for one in trace.down] == [
        *(("m", ""), ("o", "intention"), ("k", "planned")),
    ]


def test_context_and_what_is_not_there_are_refused() -> None:
    with pytest.raises(UsageError):
        traced("m addresses d stated", "p", p={"kind": "place"})
    with pytest.raises(UnknownNodeError):
        traced("m addresses d stated", "x")


@pytest.mark.parametrize("seed", range(200))
def test_the_chains_found_at_once_are_those_found_one_by_one(seed: int) -> None:
    dataset = read_graph_document(random_graph(random.Random(seed))).dataset
    hops = find_hops(build_graph(dataset))
    for node in dataset.nodes:
        single = {other.id: best_chain(hops, [other.id], node.id) for other in dataset.nodes}
        assert find_chains(hops, node.id) == {
            item: chain for item, chain in single.items() if chain
        }


# --- threads -------------------------------------------------------------------------------------


def said(item: str, start: int, role: Role, voice: Voice | None = Voice.REPORTER) -> Mention:
    return Mention(item, "s1", start, start + 4, "四字相同", voice=voice, role=role)


def chain_of(*mentions: tuple[Mention, ...], basis: Basis = S) -> Carriers:
    """What carries a chain of links with these mentions, one after the other up from m."""
    names = ["m", "t", "d"][-len(mentions) - 1 :]
    kinds = {"m": Kind.MEASURE, "t": Kind.STRATEGY, "d": Kind.DIRECTIVE}
    links = tuple(
        Link(f"l{n}", names[n], Relation.IMPLEMENTS, names[n + 1], basis, mentions=own)
        for n, own in enumerate(mentions)
    )
    passages = tuple(Passage("s1", at, at + 20, "", 1, at, (), "") for at in (0, 20, 40, 60))
    dataset = Dataset(tuple(Node(n, kinds[n]) for n in names), links, passages=passages)
    return find_carriers(find_standing(dataset), links, passages)


def stated(item: str, start: int, voice: Voice = Voice.REPORTER) -> tuple[Mention, ...]:
    roles = (Role.SOURCE, Role.CUE, Role.TARGET)
    return tuple(said(item, start + 4 * n, role, voice) for n, role in enumerate(roles))


REPORTER, SIGNED = ("s1", Voice.REPORTER), ("s1", Voice.SIGNED)


def test_one_passage_that_shows_every_hop_makes_a_thread() -> None:
    found = chain_of(stated("l0", 0), stated("l1", 4))
    assert found.weave is Weave.THREAD
    assert [passage.start for passage in found.passages] == [0]
    assert found.voices == (REPORTER,)


def test_one_voice_in_several_passages_makes_a_thread() -> None:
    found = chain_of(stated("l0", 0), stated("l1", 20))
    assert (found.weave, found.passages, found.voices) == (Weave.THREAD, (), (REPORTER,))


def test_two_voices_of_which_neither_shows_all_make_a_path() -> None:
    found = chain_of(stated("l0", 0), stated("l1", 20, Voice.SIGNED))
    assert (found.weave, found.voices, found.heard) == (Weave.PATH, (), (REPORTER, SIGNED))


def test_an_echo_between_two_voices_makes_a_path() -> None:
    ends = (said("l0", 0, Role.SOURCE, Voice.SIGNED), said("l0", 20, Role.TARGET))
    assert chain_of(ends, basis=E).weave is Weave.PATH
    assert chain_of(ends, basis=R).weave is Weave.PATH


def test_a_heading_goes_with_the_voice_of_what_stands_under_it() -> None:
    heading = said("l0", 0, Role.HEADING, Voice.HEADING)
    target = replace(heading, item="d", role=Role.WHOLE)
    link = Link("l0", "m", Relation.IMPLEMENTS, "d", S)
    link = replace(link, mentions=(heading, said("l0", 24, Role.SOURCE, Voice.SIGNED)))
    nodes = (Node("d", Kind.STRATEGY, mentions=(target,)), Node("m", Kind.MEASURE))
    standing = find_standing(Dataset(nodes, (link,)))
    assert find_carriers(standing, [link]).voices == (SIGNED,)


def test_counter_evidence_and_context_carry_nothing() -> None:
    own = tuple(replace(mention, stance=Stance.AGAINST) for mention in stated("l0", 0))
    assert chain_of(own).weave is Weave.UNKNOWN


def test_without_mentions_or_voices_nobody_can_tell() -> None:
    assert chain_of((), stated("l1", 0)).weave is Weave.UNKNOWN
    unknown = tuple(replace(mention, voice=None) for mention in stated("l1", 20))
    assert chain_of(stated("l0", 0), unknown).weave is Weave.UNKNOWN
