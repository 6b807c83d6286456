"""Every finding that the finders give can be said, in both languages."""

from __future__ import annotations

import re

import pytest

from kg.analysis.rules import find_gaps
from kg.codes import FAULT_CODES, GAP_CODES
from kg.graph.build import build_graph
from kg.model import BASES, Finding
from kg.sources.graph_json import read_graph_document
from kg.words import LANGS, load_words
from kg.words.sentences import finding_sentence
from tests.unit.analysis import test_gap_codes
from tests.unit.validate import test_fault_codes


def gaps_of(code: str) -> list[Finding]:
    """The gaps of a code on the graph in which it fires."""
    case = test_gap_codes.CASES[code]
    reading = read_graph_document(test_gap_codes.document_of(case))
    gaps = find_gaps(build_graph(reading.dataset), as_of=case.as_of)
    return [gap for gap in gaps if gap.code == code]


def faults_of(code: str) -> list[Finding]:
    """The faults of a code on the data sets in which it fires."""
    found = [
        fault
        for case in test_fault_codes.CASES.get(code, ())
        for fault in test_fault_codes.find_all(test_fault_codes.changed(case))
    ]
    return [fault for fault in found if fault.code == code]


def assert_said(finding: Finding) -> None:
    for lang in LANGS:
        sentence = finding_sentence(load_words(lang), finding, lambda item: f"<{item}>")
        assert sentence
        assert "{" not in sentence, sentence
        assert ("：，" not in sentence) and not re.search(r":\s*$", sentence), sentence


@pytest.mark.parametrize("code", GAP_CODES)
def test_every_gap_that_is_found_is_said_in_both_languages(code: str) -> None:
    gaps = gaps_of(code)
    assert gaps
    for gap in gaps:
        assert_said(gap)


@pytest.mark.parametrize("code", FAULT_CODES)
def test_every_fault_that_is_found_is_said_in_both_languages(code: str) -> None:
    faults = faults_of(code)
    assert faults
    for fault in faults:
        assert_said(fault)


@pytest.mark.parametrize("code", GAP_CODES)
def test_a_gap_is_said_wherever_it_is_open(code: str) -> None:
    (gap, *_) = gaps_of(code)
    if gap.open is None:
        return
    for basis in BASES:
        for last in BASES[basis.weakness :]:
            bases = BASES[basis.weakness : last.weakness + 1]
            assert_said(Finding(gap.code, gap.node, open=bases, facts=gap.facts))
