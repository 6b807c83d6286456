"""The graph `facts`: what is said of the data set and of each kind of node."""

from __future__ import annotations

from dataclasses import replace

from kg import vocab
from kg.model import LIVE_STATUSES, Kind, LinkStatus, Node
from kg.rdf.facts import build_facts, list_facts
from kg.rdf.terms import iri
from tests.unit.rdf.full import FULL
from tests.unit.rdf.said import said_of

BASE = FULL.base_iri
FACTS = list_facts(FULL)


def said(subject: str) -> list[str]:
    return said_of(subject, FACTS, base=BASE)


def test_the_data_set_says_what_it_is() -> None:
    assert said("") == [
        "a kg:Dataset",
        "dcterms:license <https://creativecommons.org/licenses/by/4.0/>",
        'dcterms:title "Ledger of a made-up county"@en, "示例县台账"@zh',
        'kg:basisRules "1"',
        "kg:focusIssuer data:org1",
        'kg:licenceName "CC-BY-4.0"',
    ]


def test_a_directive_has_issuer_level_type_and_the_days_of_its_date() -> None:
    assert said("d1") == [
        "a kg:Directive",
        'dcterms:date "2021-09/2021-10"',
        'rdfs:label "Introduce river chiefs everywhere"@en, "全面推行河湖长制"@zh',
        "kg:announced 2",
        'kg:dateFrom "2021-09-01"^^xsd:date',
        'kg:dateTo "2021-10-31"^^xsd:date',
        "kg:isSet true",
        "kg:issuer data:org1",
        "kg:issuerLevel kg:level-city",
        "kg:openList true",
        "kg:type kg:directive-type-deployment",
    ]


def test_what_is_not_stated_and_what_does_not_apply_are_said_by_the_property() -> None:
    assert said("d2") == [
        "a kg:Directive",
        'rdfs:label "Deepen grid governance"@en, "深化网格化治理"@zh',
        "kg:isSet false",
        "kg:issuer data:org1",
        "kg:notApplicable dcterms:date",
        "kg:notStated kg:announced, kg:issuerLevel",
        "kg:openList false",
        "kg:type kg:directive-type-deployment",
    ]


def test_a_measure_has_its_actors_in_their_order_and_its_target_group() -> None:
    assert said("m1") == [
        "a kg:Measure",
        'rdfs:label "Patrol the rivers every week"@en, "每周巡河一次"@zh',
        'skos:editorialNote "as printed"@en, "照录"@zh',
        "kg:actorKnown kg:actor-known-stated",
        "kg:addresses data:d1",
        "kg:concreteness kg:concreteness-checkable",
        'kg:due "2021-12"',
        'kg:dueFrom "2021-12-01"^^xsd:date',
        'kg:dueTo "2021-12-31"^^xsd:date',
        "kg:implements data:b1",
        "kg:isSet false",
        "kg:lead data:org2, data:org4",
        'kg:leadAsListed "org4 org2"',
        "kg:notApplicable kg:announced",
        "kg:openList false",
        "kg:programme false",
        "kg:responsible data:org4",
        "kg:status kg:status-done",
        'kg:targetGroup "people by the river"@en, "沿河居民"@zh',
    ]


def test_an_outcome_has_a_figure_that_is_an_observation_with_a_result() -> None:
    assert said("o6") == [
        "a kg:Outcome",
        'rdfs:label "Water quality met at 94 %"@en, "断面水质达标率94%"@zh',
        "kg:computed false",
        "kg:hasFigure <https://example.org/county/figure/o6>",
        "kg:isSet false",
        "kg:notApplicable kg:announced, kg:awardIssuer, kg:change, kg:denominator, "
        "kg:recipient, kg:target, kg:year",
        "kg:notStated kg:baseline",
        "kg:openList false",
        "kg:outcomeType kg:outcome-type-attained",
        "kg:presupposed false",
        "kg:resultOf data:m1",
    ]
    assert said("figure/o6") == [
        "a kg:Figure, sosa:Observation",
        "sosa:hasResult <https://example.org/county/figure/o6/result>",
        "kg:comparator odrl:eq",
        "kg:good kg:good-higher",
        'kg:period "2020"',
        'kg:periodFrom "2020-01-01"^^xsd:date',
        'kg:periodTo "2020-12-31"^^xsd:date',
        'kg:verbatim "94%"',
    ]
    assert said("figure/o6/result") == [
        "a qudt:QuantityValue",
        "qudt:hasUnit unit:PERCENT",
        "qudt:numericValue 94",
    ]


def test_an_award_says_who_got_it_from_whom() -> None:
    assert [line for line in said("o4") if line.startswith(("kg:award", "kg:rec", "kg:year"))] == [
        "kg:awardIssuer data:org3",
        "kg:recipient data:org2",
        'kg:year "2020"',
    ]


def test_something_of_the_context_belongs_to_the_class_of_others_too() -> None:
    assert said("org1") == [
        "a kg:Organisation, org:Organization",
        'rdfs:label "City congress"@en, "示例市党代会"@zh',
        "kg:level kg:level-city",
        "kg:notStated dcterms:date",
        "kg:type <https://example.org/county/term/type/party-congress>",
    ]
    assert said("term/type/party-congress") == ["a skos:Concept", 'rdfs:label "party-congress"']


def test_every_kind_has_its_class() -> None:
    nodes = tuple(Node(kind.value, kind) for kind in Kind)
    facts = build_facts(replace(FULL, nodes=nodes, links=()))
    for kind in Kind:
        expected = {vocab.CLASS_OF[kind], *filter(None, [vocab.REUSED_CLASS_OF.get(kind)])}
        found = facts.objects(iri(FULL.iri(kind.value)), iri(vocab.TYPE))
        assert {str(value) for value in found} == expected


def test_only_a_live_link_is_asserted() -> None:
    for status in LinkStatus:
        links = tuple(replace(link, status=status) for link in FULL.links)
        facts = build_facts(replace(FULL, links=links))
        asserted = {
            (str(s), str(p), str(o)) for s, p, o in facts if str(p) in vocab.RELATION_OF.values()
        }
        expected = {
            (FULL.iri(link.source), vocab.RELATION_OF[link.relation], FULL.iri(link.target))
            for link in links
        }
        assert asserted == (expected if status in LIVE_STATUSES else set())
