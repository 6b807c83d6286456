"""Every fault fires on one data set, and not on its twin that differs in one cell."""

from __future__ import annotations

import copy
import hashlib
from typing import Any, NamedTuple

import pytest

from kg.codes import CODES, FAULT_CODES
from kg.model import Finding, QuoteStatus
from kg.sources.graph_json import read_graph_document
from kg.sources.spans import context_digest_of, digest_of, quote_of
from kg.validate.basis import find_overclaims
from kg.validate.evidence import check_quotes
from kg.validate.faults import find_faults
from kg.validate.shapes import find_violations

Json = dict[str, Any]

TEXT = "市里要求推行网格化管理。本县推行网格化管理，群众满意。\n\n第二段。\n\n第三段另有其事。\n"


def span(words: str, nth: int = 0) -> tuple[int, int]:
    at = -1
    for _ in range(nth + 1):
        at = TEXT.index(words, at + 1)
    return at, at + len(words)


def mention(words: str, role: str = "whole", nth: int = 0) -> Json:
    start, end = span(words, nth)
    return {
        "source": "s1",
        "start": start,
        "end": end,
        "quote": quote_of(TEXT, start, end),
        "digest": digest_of(TEXT, start, end),
        "context_digest": context_digest_of(TEXT, start, end),
        "role": role,
        "voice": "reporter",
    }


def passages() -> list[Json]:
    lines = [
        ("市里要求推行网格化管理。", ["d"], 1, 1),
        ("本县推行网格化管理，群众满意。\n\n", ["m"], 1, 2),
        ("第二段。\n\n", ["m2"], 2, 3),
        ("第三段另有其事。\n", ["m3"], 3, 4),
    ]
    rows, at = [], 0
    for words, items, paragraph, sentence in lines:
        rows.append(
            {"source": "s1", "start": at, "end": at + len(words), "section": "body"}
            | {"paragraph": paragraph, "sentence": sentence, "items": items, "none": ""}
        )
        at += len(words)
    return rows


def sound() -> Json:
    """A data set without any fault: a directive, three measures, four links of four bases."""

    def link(name: str, source: str, basis: str, mentions: list[Json], **more: Any) -> Json:
        row: Json = {"id": name, "source": source, "relation": "addresses", "target": "d"}
        row |= {"basis": basis, "scope": "specific", "status": "current", "mentions": mentions}
        return row | {"rationale": "", "curator": "A"} | more

    def end(words: str, role: str, nth: int = 0) -> Json:
        return mention(words, role, nth)

    near = [end("本县", "source"), end("市里", "target")]
    return {
        "schema": "kg-graph/1",
        "dataset": {
            "curators": [{"id": "A"}],
            "sources": [
                {
                    "id": "s1",
                    "length": len(TEXT),
                    "sha256": hashlib.sha256(TEXT.encode()).hexdigest(),
                }
            ],
        },
        "nodes": [
            {"id": "d", "kind": "directive", "mentions": [mention("推行网格化管理")]},
            {"id": "m", "kind": "measure", "mentions": [mention("推行网格化管理", nth=1)]},
            {"id": "m2", "kind": "measure", "mentions": [mention("第二段")]},
            {"id": "m3", "kind": "measure", "mentions": [mention("第三段")]},
            {"id": "t", "kind": "strategy", "mentions": [mention("市里要求")]},
        ],
        "links": [
            link(
                "l1",
                "t",
                "stated",
                [end("市里", "source"), end("要求", "cue"), end("推行网格化管理", "target")],
            ),
            link(
                "l2",
                "m",
                "echoed",
                [end("推行网格化管理", "source", 1), end("推行网格化管理", "target")],
            ),
            link(
                "l3", "m2", "positional", [end("第二段", "source"), end("推行网格化管理", "target")]
            ),
            link("l4", "m3", "interpreted", near, rationale="同属一事。"),
        ],
        "passages": passages(),
    }


class Case(NamedTuple):
    """The way to the cell that is changed, what it is changed to, and where the fault shows."""

    way: tuple[str | int, ...]
    value: Any
    node: str


CASES: dict[str, list[Case]] = {
    "KG001": [
        Case(("links", 0, "target"), "d9", "l1"),
        Case(("links", 3, "curator"), "Z", "l4"),
        Case(("links", 3, "successor"), "l99", "l4"),
        Case(("nodes", 0, "mentions", 0, "source"), "s9", "d"),
        Case(("passages", 0, "items"), ["d9"], ""),
    ],
    "KG002": [Case(("links", 1, "id"), "l1", "l1"), Case(("nodes", 3, "id"), "m2", "m2")],
    "KG003": [
        Case(("links", 0, "relation"), "resultOf", "l1"),
        Case(("links", 0, "relation"), "partOf", "l1"),
    ],
    "KG004": [Case(("nodes", 0, "mentions"), [], "d"), Case(("links", 0, "mentions"), [], "l1")],
    "KG005": [
        Case(("nodes", 0, "mentions", 0, "quote"), "推行网格化经营", "d"),
        Case(("nodes", 0, "mentions", 0, "start"), 5, "d"),
    ],
    "KG006": [
        Case(("nodes", 0, "mentions", 0, "digest"), "0" * 64, "d"),
        Case(("nodes", 0, "mentions", 0, "context_digest"), "0" * 64, "d"),
        Case(("dataset", "sources", 0, "sha256"), "0" * 64, ""),
    ],
    "KG007": [Case(("links", 3, "rationale"), "", "l4"), Case(("links", 3, "curator"), "", "l4")],
    "KG008": [Case(("links", 0, "target"), "t", "t")],
    "KG009": [
        Case(("nodes", 0, "mentions", 0, "end"), 0, "d"),
        Case(("nodes", 1, "status"), "finished", ""),
        Case(("nodes", 0, "date"), "2021-02-30", ""),
    ],
    "KG010": [
        Case(("links", 3, "status"), "withdrawn", "l4"),  # no reason
        Case(("links", 3, "status"), "superseded", "l4"),  # neither a reason nor a successor
        Case(("links", 3, "position"), 0, "l4"),
        Case(("nodes", 0, "mentions", 0, "digest"), "0" * 63, "d"),
        Case(("passages", 0, "sentence"), 0, "source/s1/passage/0-12"),
    ],
    "KG011": [
        Case(("links", 0, "mentions", 1, "role"), "target", "l1"),  # no cue
        Case(("links", 0, "mentions", 0, "role"), "cue", "l1"),  # no source
        Case(("links", 2, "basis"), "echoed", "l3"),  # nothing shared
        Case(("links", 3, "basis"), "echoed", "l4"),
        Case(("links", 3, "basis"), "stated", "l4"),
        Case(("links", 0, "mentions", 0, "role"), "heading", "l1"),  # no source left
    ],
    "KG012": [
        Case(("passages", 1, "start"), 13, ""),  # a gap
        Case(("passages", 1, "start"), 11, ""),  # an overlap
        Case(("passages", 3, "end"), len(TEXT) - 1, ""),  # the end is missing
        Case(("passages", 0, "items"), [], ""),  # neither items nor a reason
        Case(("passages", 0, "none"), "rhetoric", ""),  # both
    ],
}


def find_all(document: Json) -> list[Finding]:
    reading = read_graph_document(document)
    texts = {"s1": TEXT}
    found = [
        *reading.faults,
        *find_faults(reading.dataset),
        *check_quotes(reading.dataset, texts).findings,
        *find_overclaims(reading.dataset, texts),
    ]
    if not any(CODES[fault.code].stops for fault in found):
        found += find_violations(reading.dataset)
    return found


def changed(case: Case) -> Json:
    document = copy.deepcopy(sound())
    place: Any = document
    for step in case.way[:-1]:
        place = place[step]
    place[case.way[-1]] = case.value
    return document


def test_every_fault_code_has_a_case() -> None:
    assert sorted(CASES) == list(FAULT_CODES)


def test_the_sound_data_set_has_no_fault() -> None:
    assert find_all(sound()) == []


@pytest.mark.parametrize(
    ("code", "case"),
    [(code, case) for code, cases in CASES.items() for case in cases],
    ids=lambda value: value if isinstance(value, str) else "-".join(map(str, value.way)),
)
def test_one_changed_cell_is_found_and_named(code: str, case: Case) -> None:
    found = [fault for fault in find_all(changed(case)) if fault.code == code]
    assert [fault.node for fault in found][:1] == [case.node]


def test_a_positional_link_two_paragraphs_apart_is_an_overclaim_with_and_without_the_text() -> None:
    document = sound()
    document["links"][2]["mentions"][0] = mention("第三段", "source")
    dataset = read_graph_document(document).dataset
    expected = [("KG011", "l3", (("basis", "positional"), ("lacking", "near")))]
    for texts in ({"s1": TEXT}, None):
        found = find_overclaims(dataset, texts)
        assert [(fault.code, fault.node, fault.facts) for fault in found] == expected


def test_a_heading_counts_only_for_the_node_whose_words_it_is() -> None:
    document = sound()
    document["links"][0]["mentions"] = [
        mention("第二段", "source"),
        mention("推行网格化管理", "heading"),
    ]
    assert find_overclaims(read_graph_document(document).dataset) == ()
    document["links"][0]["mentions"][1] = mention("群众满意", "heading")
    found = find_overclaims(read_graph_document(document).dataset)
    assert [fault.facts[1] for fault in found] == [("lacking", "own-heading")]


def test_a_cue_in_another_sentence_than_its_ends_states_nothing() -> None:
    document = sound()
    document["links"][0]["mentions"][1] = mention("群众", "cue")
    found = find_overclaims(read_graph_document(document).dataset, {"s1": TEXT})
    assert [fault.facts[1] for fault in found] == [("lacking", "same-sentence")]


def test_without_its_source_a_quote_is_unverified_and_never_passes() -> None:
    check = check_quotes(read_graph_document(sound()).dataset, None)
    assert check.counts[QuoteStatus.UNVERIFIED] == len(check.statuses) > 0
    assert check.counts[QuoteStatus.EXACT] == 0
    assert check.findings == ()


@pytest.mark.parametrize(
    ("lower", "higher", "allowed"),
    [
        ("county", "city", True),
        ("city", "central", True),
        ("city", "city", False),
        ("central", "county", False),
        ("not-stated", "city", True),
        (None, "county", True),
    ],
)
def test_a_directive_addresses_only_a_higher_level(
    lower: str | None, higher: str, allowed: bool
) -> None:
    document = sound()
    document["nodes"][4] = {"id": "t", "kind": "directive", "issuer_level": lower, "mentions": []}
    document["nodes"][0]["issuer_level"] = higher
    found = [fault.code for fault in find_faults(read_graph_document(document).dataset)]
    assert ("KG003" not in found) == allowed
