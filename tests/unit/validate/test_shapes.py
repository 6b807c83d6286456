"""Every shape rejects one bad file that no other shape rejects; sound data fit them all."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from rdflib import Graph, Literal, URIRef

from kg import vocab
from kg.files import bundled
from kg.model import (
    Basis,
    Dataset,
    Finding,
    Kind,
    Link,
    LinkStatus,
    Mention,
    Node,
    Relation,
    Role,
    Stance,
)
from kg.rdf.graphs import list_triples
from kg.validate.shapes import Violation, find_violations, list_violations
from kg.words import LANGS, load_words
from kg.words.sentences import finding_sentence
from tests.conftest import CHECKOUT
from tests.questions.small import SMALL
from tests.unit.rdf.full import FULL

BAD = CHECKOUT / "tests" / "bad" / "shapes"
SHAPES = Graph().parse(bundled("ontology", "shapes.ttl"), format="turtle")
PROPERTY = URIRef(vocab.SH + "property")
TARGETS = [
    URIRef(vocab.SH + name)
    for name in ("targetClass", "targetNode", "targetObjectsOf", "targetSubjectsOf")
]
NAMES = sorted(
    {
        str(shape).removeprefix(vocab.SHAPES)
        for target in TARGETS
        for shape in SHAPES.subjects(target)
    }
)
# The links of the full data set but the one that lacks its basis on purpose.
SOUND = replace(FULL, links=tuple(link for link in FULL.links if link.basis))


def _graph_of(dataset: Dataset) -> Graph:
    graph = Graph()
    for triples in list_triples(dataset).values():
        for triple in triples:
            graph.add(triple)
    return graph


def _own_and_inner(name: str) -> set[str]:
    """A shape, and the one that it asks of what its path leads to."""
    inner = SHAPES.objects(URIRef(vocab.SHAPES + name), PROPERTY)
    return {name, *(str(shape).removeprefix(vocab.SHAPES) for shape in inner)}


def test_every_shape_has_a_bad_file() -> None:
    assert sorted(path.stem for path in BAD.iterdir()) == NAMES


@pytest.mark.parametrize("name", NAMES)
def test_the_shape_and_no_other_rejects_its_bad_file(name: str) -> None:
    found = list_violations(Graph().parse(BAD / f"{name}.ttl", format="turtle"))
    shapes = {violation.shape for violation in found}
    assert shapes
    assert shapes <= _own_and_inner(name)


@pytest.mark.parametrize("dataset", [SMALL, SOUND], ids=["small", "full"])
def test_a_sound_data_set_fits_the_shapes(dataset: Dataset) -> None:
    assert list_violations(_graph_of(dataset)) == []


def test_the_liling_data_fit_the_shapes(liling: Dataset) -> None:
    assert list_violations(_graph_of(liling)) == []
    assert find_violations(liling) == ()


def test_a_shape_speaks_in_chinese_and_in_english() -> None:
    message = URIRef(vocab.SHAPE_MESSAGE)
    for name in NAMES:
        shape = URIRef(vocab.SHAPES + name)
        asked = next(SHAPES.objects(shape, PROPERTY), shape)
        said = {m.language for m in SHAPES.objects(asked, message) if isinstance(m, Literal)}
        assert said == set(LANGS), name


def test_the_shapes_are_core_shacl_and_no_sparql() -> None:
    text = bundled("ontology", "shapes.ttl").read_text(encoding="utf-8")
    for word in ("sh:sparql", "sh:js", "sh:rule", "sh:SPARQL", "sh:target "):
        assert word not in text


def test_a_violation_names_the_shape_the_path_and_what_is_asked() -> None:
    (found,) = list_violations(Graph().parse(BAD / "link-scope.ttl", format="turtle"))
    assert found == Violation(
        "https://example.org/county/l1",
        "link-scope",
        "kg:scope",
        (("en", "a link has exactly one scope"), ("zh", "每条联系须有且只有一种适用范围")),
    )


def test_a_path_against_its_direction_and_a_choice_are_written_as_in_sparql() -> None:
    found = [
        list_violations(Graph().parse(BAD / f"{name}.ttl", format="turtle"))[0].path
        for name in ("figure-outcome", "value-once")
    ]
    assert found == ["^kg:hasFigure", "qudt:numericValue|kg:valueText"]


def _finding(dataset: Dataset) -> Finding:
    (finding,) = find_violations(dataset)
    return finding


def test_a_finding_stands_at_the_row_of_the_node_or_link() -> None:
    link = Link(
        *("l1", "m1", Relation.CITES, "d1", Basis.STATED),
        status=LinkStatus.DISPUTED,
        place="links.csv:2",
    )
    finding = _finding(Dataset((), (link,)))
    assert (finding.code, finding.node, finding.place) == ("KG010", "l1", "links.csv:2")
    assert dict(finding.facts)["path"] == "kg:reason"


def test_a_mention_that_does_not_fit_is_a_finding_of_its_node() -> None:
    mention = Mention("m 1", "s1", 0, 6, digest="AB", role=Role.WHOLE, stance=Stance.SUPPORTS)
    node = Node("m 1", Kind.BATTLE, mentions=(mention,), place="battles.csv:3")
    finding = _finding(Dataset((node,)))
    assert (finding.node, finding.place) == ("m 1", "battles.csv:3")


def test_the_sentence_is_in_the_language_of_the_reader() -> None:
    finding = _finding(Dataset((Node("m1", Kind.BATTLE, announced=-1),)))
    said = [finding_sentence(load_words(lang), finding, lambda item: "") for lang in LANGS]
    assert said == [
        "所称数目须是一个不小于零的整数（kg:announced）",
        "the announced count is one whole number, no less than zero (kg:announced)",
    ]


def test_validation_changes_nothing_in_the_graph() -> None:
    graph = _graph_of(SMALL)
    before = set(graph)
    list_violations(graph)
    assert set(graph) == before


def test_the_bad_files_are_small_turtle_files() -> None:
    sizes = {path.name: path.stat().st_size for path in sorted(Path(BAD).iterdir())}
    assert max(sizes.values()) < 1500
