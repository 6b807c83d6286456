"""The graph `evidence`: statements, mentions with their selectors, and the sources."""

from __future__ import annotations

from kg import vocab
from kg.rdf.evidence import list_evidence
from tests.unit.rdf.full import FULL
from tests.unit.rdf.said import said_of

BASE = FULL.base_iri
EVIDENCE = list_evidence(FULL)
CUE = "mention/l02/s1/16-90/cue"


def said(subject: str) -> list[str]:
    return said_of(subject, EVIDENCE, base=BASE)


def test_a_link_is_a_statement_under_its_own_iri() -> None:
    assert said("l02") == [
        "a kg:Link, rdf:Statement",
        "dcterms:isReplacedBy data:l03",
        "rdf:object data:d2",
        "rdf:predicate kg:addresses",
        "rdf:subject data:m2",
        f"oa:hasTarget <{BASE}{CUE}>",
        f"prov:wasAttributedTo <{BASE}curator/A>",
        "kg:basis kg:basis-interpreted",
        'kg:confirmed "a0824e0b1714"',
        "kg:linkStatus kg:link-status-superseded",
        "kg:position 3",
        'kg:rationale "the same team"@en, "同一队伍"@zh',
        'kg:reason "读错主语"',
        "kg:scope kg:scope-general",
        'kg:statusDate "2026-11-24"',
    ]


def test_a_link_without_a_basis_says_none() -> None:
    assert [line for line in said("l05") if line.startswith("kg:")] == [
        "kg:linkStatus kg:link-status-current",
        "kg:scope kg:scope-specific",
    ]


def test_a_mention_has_two_selectors_and_says_when_its_quote_is_cut() -> None:
    assert said(CUE) == [
        "a kg:Mention, oa:SpecificResource",
        f"oa:hasSelector <{BASE}{CUE}/position>, <{BASE}{CUE}/quote>",
        f"oa:hasSource <{BASE}source/s1>",
        f'kg:digest "{"ef" * 32}"',
        "kg:mentionOf data:l02",
        "kg:role kg:role-cue",
        "kg:stance kg:stance-against",
        "kg:voice kg:voice-signed",
    ]
    assert said(f"{CUE}/position") == ["a oa:TextPositionSelector", "oa:end 90", "oa:start 16"]
    assert said(f"{CUE}/quote") == [
        "a oa:TextQuoteSelector",
        f'oa:exact "{"同一队伍" * 10}"',
        "kg:quoteCut true",
    ]


def test_a_mention_of_a_node_is_described_alike() -> None:
    whole = "mention/m1/s1/10-16/whole"
    assert said(f"{whole}/2") == [
        "a kg:Mention, oa:SpecificResource",
        'skos:editorialNote "原文如此"',
        f"oa:hasSelector <{BASE}{whole}/2/position>, <{BASE}{whole}/2/quote>",
        f"oa:hasSource <{BASE}source/s1>",
        f'kg:contextDigest "{"cd" * 32}"',
        f'kg:digest "{"ab" * 32}"',
        "kg:mentionOf data:m1",
        "kg:position 2",
        "kg:role kg:role-whole",
        "kg:stance kg:stance-supports",
        "kg:voice kg:voice-reporter",
    ]
    assert said(f"{whole}/2/quote")[-1] == "kg:quoteCut false"


def test_a_source_has_its_digest_its_length_and_its_sections() -> None:
    assert said("source/s1") == [
        "a kg:Source",
        'dcterms:date "2021-12-31"',
        'dcterms:title "Example"@en, "示例"@zh',
        'schema:inLanguage "zh"',
        f'kg:digest "{"01" * 32}"',
        'kg:fileName "article.txt"',
        "kg:length 90",
        "kg:order 1",
        'kg:publisherName "Example Daily"@en, "示例日报"@zh',
    ]
    assert said("source/s1/section/body") == [
        "a kg:Section",
        f"dcterms:isPartOf <{BASE}source/s1>",
        'rdfs:label "Body"@en, "正文"@zh',
        "kg:order 2",
    ]


def test_a_passage_says_what_was_found_in_it_or_why_nothing_was() -> None:
    place = "source/s1/passage/10-90"
    assert said(place) == [
        "a kg:Passage, oa:SpecificResource",
        f"oa:hasSelector <{BASE}{place}/position>",
        f"oa:hasSource <{BASE}source/s1>",
        f"kg:inSection <{BASE}source/s1/section/body>",
        "kg:itemFound data:d1, data:m1",
        'kg:itemsAsListed "m1 d1"',
        "kg:paragraph 2",
        "kg:sentence 2",
    ]
    assert "kg:noneReason kg:none-reason-rhetoric" in said("source/s1/passage/0-10")


def test_a_decision_and_a_curator_are_described() -> None:
    assert said("decision/x001") == [
        "a kg:Decision",
        'kg:decided "两项"@zh',
        "kg:decisionSubject data:d1, data:m1",
        'kg:question "是一项还是两项"@zh',
        'kg:readingA "一项"@zh',
        'kg:readingB "两项"@zh',
        "kg:spanEnd 16",
        "kg:spanStart 10",
        'kg:subjectsAsListed "m1 d1"',
        'kg:why "Two verbs"@en, "动词不同"@zh',
    ]
    assert said("curator/A") == [
        "a kg:Curator, prov:Agent",
        'rdfs:label "Curator A"@en, "整理者甲"@zh',
        "kg:order 2",
    ]


def test_every_link_is_a_statement_whatever_its_status() -> None:
    statements = {
        str(subject)
        for subject, predicate, value in EVIDENCE
        if str(predicate) == vocab.TYPE and str(value) == vocab.STATEMENT
    }
    assert statements == {FULL.iri(link.id) for link in FULL.links}
