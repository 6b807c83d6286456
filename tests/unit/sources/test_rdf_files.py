"""Our own RDF read back: the same data set from every syntax, or a fault that says why not."""

from __future__ import annotations

import shutil
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pyoxigraph
import pytest

from kg.document import dataset_digest
from kg.errors import SourceError
from kg.export.linked_data import rdf_files, to_rdf
from kg.model import Basis, Dataset, Kind, Link, Node, Relation
from kg.rdf.canonical import to_nquads
from kg.rdf.evidence import list_evidence
from kg.rdf.facts import list_facts
from kg.sources.rdf_files import read_rdf_file, read_rdf_folder, read_statements
from kg.sources.rdf_jsonld import read_pieces
from kg.sources.rdf_parse import read_quads
from kg.sources.rdf_things import Faults
from kg.sources.registry import read_source
from tests.unit.rdf.full import FULL
from tests.unit.rdf.test_lossless import FIELDS

if TYPE_CHECKING:
    from kg.sources.reading import Reading

SUFFIXES = {"turtle": ".ttl", "trig": ".trig", "nquads": ".nq", "jsonld": ".jsonld"}
SOUND = replace(
    FULL,
    links=tuple(link if link.basis else replace(link, basis=Basis.ECHOED) for link in FULL.links),
)


def write(folder: Path, files: dict[str, bytes]) -> Path:
    folder.mkdir(exist_ok=True)
    for name, data in files.items():
        (folder / name).write_bytes(data)
    return folder


def read(dataset: Dataset, syntax: str, folder: Path) -> Reading:
    path = folder / f"data{SUFFIXES[syntax]}"
    path.write_bytes(to_rdf(dataset, syntax))
    return read_source(str(path))


def read_text(text: str, syntax: str = "turtle") -> Reading:
    data = text.encode()
    quads = read_quads(data, syntax=syntax, where="x")
    return read_statements(quads, Faults("x", data), size=len(data))


def problems(reading: Reading) -> list[tuple[str, str]]:
    return [(fault.place, str(dict(fault.facts)["problem"])) for fault in reading.faults]


@pytest.mark.parametrize("syntax", SUFFIXES)
@pytest.mark.parametrize("which", ["full", "liling"])
def test_a_file_reads_back_as_the_data_set_it_was_written_from(
    which: str, syntax: str, tmp_path: Path, liling: Dataset
) -> None:
    dataset = liling if which == "liling" else SOUND
    reading = read(dataset, syntax, tmp_path)
    assert (reading.faults, reading.notes) == ((), ())
    assert dataset_digest(reading.dataset) == dataset_digest(
        replace(dataset, nodes=tuple(sorted(dataset.nodes, key=lambda node: node.id)))
    )
    # The digest is of everything that RDF is made of; so for the large one, this once is enough.
    if which == "full" or syntax == "nquads":
        assert (
            to_rdf(reading.dataset, syntax) == (tmp_path / f"data{SUFFIXES[syntax]}").read_bytes()
        )


def test_n_triples_are_read_too(tmp_path: Path) -> None:
    quads = pyoxigraph.parse(to_rdf(SOUND, "turtle"), format=pyoxigraph.RdfFormat.TURTLE)
    triples = pyoxigraph.serialize(quads, format=pyoxigraph.RdfFormat.N_TRIPLES)
    assert triples is not None
    (tmp_path / "data.NT").write_bytes(triples)
    reading = read_source(str(tmp_path / "data.NT"))
    assert reading.faults == ()
    assert to_rdf(reading.dataset, "nquads") == to_rdf(SOUND, "nquads")


def test_turtle_that_another_program_wrote_is_read(tmp_path: Path) -> None:
    import rdflib

    graph = rdflib.Graph().parse(data=to_rdf(SOUND, "turtle"), format="turtle")
    (tmp_path / "data.ttl").write_text(graph.serialize(format="turtle"), encoding="utf-8")
    reading = read_source(str(tmp_path / "data.ttl"))
    assert reading.faults == ()
    assert to_rdf(reading.dataset, "nquads") == to_rdf(SOUND, "nquads")


@pytest.mark.parametrize(
    ("name", "maker", "field", "values"),
    FIELDS,
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_whatever_a_field_holds_is_read_back_or_told(
    name: str, maker: Any, field: str, values: tuple[Any, ...]
) -> None:
    for value in values:
        dataset = maker(**{field: value})
        data = to_nquads(graphs(dataset))
        quads = read_quads(data, syntax="nquads", where="x.nq")
        reading = read_statements(quads, Faults("x.nq", data), size=len(data))
        assert reading.faults or to_nquads(graphs(reading.dataset)) == data, (field, value)


def graphs(dataset: Dataset) -> dict[str, Iterable[Any]]:
    base = dataset.base_iri
    return {
        f"{base}graph/facts": list_facts(dataset),
        f"{base}graph/evidence": list_evidence(dataset),
    }


# -- Folders ---------------------------------------------------------------------------------


def test_a_folder_of_kg_build_is_read(tmp_path: Path) -> None:
    reading = read_source(str(write(tmp_path / "rdf", rdf_files(SOUND))))
    assert (reading.faults, to_rdf(reading.dataset, "nquads")) == ((), to_rdf(SOUND, "nquads"))


def test_a_folder_without_the_quads_is_read_from_its_turtle(tmp_path: Path) -> None:
    files = rdf_files(SOUND)
    del files["all.nq"]
    reading = read_rdf_folder(write(tmp_path / "rdf", files))
    assert (reading.faults, to_rdf(reading.dataset, "nquads")) == ((), to_rdf(SOUND, "nquads"))


@pytest.mark.parametrize("name", ["facts.ttl", "evidence.ttl", "inferred.ttl"])
def test_a_folder_in_which_one_file_was_edited_is_refused(name: str, tmp_path: Path) -> None:
    folder = write(tmp_path / "rdf", rdf_files(SOUND))
    text = (folder / name).read_text(encoding="utf-8")
    first = text.split("\n\n")[1]
    (folder / name).write_text(text.replace(first + "\n", ""), encoding="utf-8")
    with pytest.raises(SourceError) as caught:
        read_rdf_folder(folder)
    assert (caught.value.key, caught.value.where) == ("rdf-disagree", name)


def test_half_a_folder_is_refused(tmp_path: Path) -> None:
    folder = write(tmp_path / "rdf", {"facts.ttl": rdf_files(SOUND)["facts.ttl"]})
    with pytest.raises(SourceError) as caught:
        read_source(str(folder))
    assert (caught.value.key, caught.value.facts) == ("rdf-half", {"missing": "evidence.ttl"})


def test_a_folder_that_only_has_the_name_of_a_file_is_no_rdf(tmp_path: Path) -> None:
    (tmp_path / "data.ttl").mkdir()
    with pytest.raises(SourceError) as caught:
        read_source(str(tmp_path / "data.ttl"))
    assert caught.value.key == "source-no-ledger"


def test_a_file_over_the_limit_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("kg.sources.rdf_files.RDF_FILE_BYTES", 1_000)
    (tmp_path / "data.ttl").write_bytes(to_rdf(SOUND, "turtle"))
    with pytest.raises(SourceError) as caught:
        read_rdf_file(tmp_path / "data.ttl")
    assert (caught.value.key, caught.value.facts) == ("source-too-large", {"limit": "1,000"})


# -- Sets ------------------------------------------------------------------------------------

SET = Dataset(
    nodes=(
        Node("b0", Kind.BATTLE, is_set=True, announced=2),
        Node("b1", Kind.BATTLE),
        Node("b2", Kind.BATTLE),
    ),
    links=(
        Link("l1", "b1", Relation.PART_OF, "b0", Basis.STATED, position=2),
        Link("l2", "b2", Relation.PART_OF, "b0", Basis.STATED, position=1),
    ),
    base_iri="urn:x:",
)


@pytest.mark.parametrize("positions", [(2, 1), (None, None), (1, 1), (1, None)])
def test_a_set_reads_back_whether_or_not_it_has_an_order(
    positions: tuple[int | None, int | None], tmp_path: Path
) -> None:
    links = tuple(
        replace(link, position=position)
        for link, position in zip(SET.links, positions, strict=True)
    )
    dataset = replace(SET, links=links)
    reading = read(dataset, "turtle", tmp_path)
    assert (reading.faults, to_rdf(reading.dataset, "turtle")) == ((), to_rdf(dataset, "turtle"))


def test_a_collection_that_may_be_left_out_may_not_be_wrong() -> None:
    text = to_rdf(SET, "turtle").decode()
    assert "skos:OrderedCollection" in text
    wrong = text.replace("rdf:first <urn:x:b2>", "rdf:first <urn:x:b1>")
    line = line_of(text, "<urn:x:b0>")
    assert problems(read_text(wrong)) == [(f"x:{line}: b0", "rdf-derived")]


# -- Faults ----------------------------------------------------------------------------------


def test_all_faults_are_told_at_once() -> None:
    text = to_rdf(SOUND, "turtle").decode()
    for old in ("    kg:status kg:status-done ;\n", "    kg:scope kg:scope-general ;\n"):
        assert old in text
        text = text.replace(old, "", 1)
    assert problems(read_text(text)) == [
        (f"x:{line_of(text, 'data:m1')}: m1", "rdf-missing"),
        (f"x:{line_of(text, 'data:l02')}: l02", "rdf-missing"),
    ]


def line_of(text: str, subject: str) -> int:
    return 1 + text.count("\n", 0, text.index(f"\n{subject} ") + 1)


def test_after_two_hundred_faults_reading_stops_and_says_so() -> None:
    lines = [f'<urn:x:m{n}> a kg:Measure ; kg:nonsense "x" .' for n in range(1_000)]
    head = "@prefix kg: <https://w3id.org/kg-directives/ns#> .\n<urn:x:> a kg:Dataset .\n"
    reading = read_text(head + "\n".join(lines))
    assert len(reading.faults) == 201
    assert reading.faults[0].place == "x:3: urn:x:m0"
    assert dict(reading.faults[-1].facts)["problem"] == "rdf-stopped"
    assert reading.dataset == Dataset()


# -- JSON-LD ---------------------------------------------------------------------------------


def parse_whole(document: bytes) -> set[pyoxigraph.Quad]:
    quads = pyoxigraph.parse(document, format=pyoxigraph.RdfFormat.JSON_LD)
    return {pyoxigraph.Quad(*quad) for quad in quads}


@pytest.mark.parametrize(
    "shape",
    [
        '{"@context": {"k": "urn:k:"}, "@graph": [THINGS]}',
        '{"@context": {"k": "urn:k:"}, "@id": "urn:g", "@graph": [THINGS]}',
        '{"@context": {"k": "urn:k:"}, "@graph": [{"@id": "urn:g", "@graph": [THINGS]}]}',
        '{"@context": {"k": "urn:k:"}, "@graph":'
        ' [THINGS, {"@id": "urn:g", "@graph": [THINGS]}, {"@id": "urn:h", "@graph": []}, THINGS]}',
        '[THINGS, {"@id": "urn:g", "@graph": [THINGS]}, THINGS]',
        '[{"@context": {"k": "urn:k:"}, "@graph": [THINGS]}, THINGS]',
        '{"@context": {"k": "urn:k:"}, "@id": "urn:a", "k:b": ["[", "{\\"", {"@list": [1, 2]}]}',
        "[]",
        "{}",
    ],
)
@pytest.mark.parametrize("count", [1, 6_000])
def test_the_pieces_of_a_json_ld_document_say_what_it_says_as_a_whole(
    shape: str, count: int
) -> None:
    things = ",\n".join(
        f'{{"@id": "urn:a:{number}", "urn:k:b": [{number}, "]}}\\""]}}' for number in range(count)
    )
    document = shape.replace("THINGS", things).encode()
    pieces = list(read_pieces(document, where="x"))
    assert len(pieces) > 1 or count == 1 or b"a:1" not in document
    found = [quad for piece in pieces for quad in parse_whole(piece.data)]
    assert {str(q) for q in found if "_:" not in str(q)} == {
        str(q) for q in parse_whole(document) if "_:" not in str(q)
    }


def test_an_error_in_a_piece_is_told_of_its_line_in_the_file() -> None:
    things = [f'{{"@id": "urn:a:{number}", "urn:k:b": "c"}}' for number in range(20_000)]
    things[15_000] = '{"@id": "urn:a:x", "urn:k:b": nonsense}'
    document = '{"@graph": [\n' + ",\n".join(things) + "\n]}"
    with pytest.raises(SourceError) as caught:
        list(read_quads(document.encode(), syntax="jsonld", where="x.jsonld"))
    assert caught.value.where == "x.jsonld:15002"


def test_a_document_whose_context_gives_keys_of_its_own_is_read() -> None:
    document = """{"@context": {"kg": "https://w3id.org/kg-directives/ns#", "id": "@id",
        "type": "@type", "title": {"@id": "http://purl.org/dc/terms/title",
        "@container": "@language"}},
        "@graph": [{"id": "urn:x:", "type": "kg:Dataset", "title": {"zh": "台账", "en": "Ledger"}}]}
    """
    reading = read_text(document, "jsonld")
    assert reading.faults == ()
    assert reading.dataset == Dataset(title_zh="台账", title_en="Ledger", base_iri="urn:x:")


def test_a_build_that_lies_beside_a_ledger_is_the_ledger(tmp_path: Path) -> None:
    from kg.files import bundled

    folder = tmp_path / "both"
    shutil.copytree(bundled("data", "liling"), folder)
    write(folder, rdf_files(SOUND))
    assert read_source(str(folder)).dataset.base_iri.endswith("/liling/")
