"""The W3C's RDF 1.1 files through our parser: at least what Oxigraph makes of them, and with a BOM.

What each file must come to is judged in `tests/conformance`; here it is that our own look at a
file before the parser sees it refuses nothing that is sound.
"""

from __future__ import annotations

import codecs
import os
from pathlib import Path

import pyoxigraph
import pytest

from kg.errors import SourceError
from kg.sources.rdf_parse import SUFFIXES, parse_rdf
from tests.conftest import CHECKOUT

FOLDER = CHECKOUT.parent / "shared" / "data" / "w3c" / "rdf" / "rdf11"
FORMATS = {"turtle": pyoxigraph.RdfFormat.TURTLE, "ntriples": pyoxigraph.RdfFormat.N_TRIPLES}
BASE = "https://w3c.github.io/rdf-tests/rdf/rdf11/"


@pytest.fixture(scope="module")
def files() -> list[Path]:
    if not FOLDER.is_dir() and not os.environ.get("CI"):
        pytest.skip(f"the W3C test files are not in {FOLDER}")
    found = sorted(path for path in FOLDER.glob("*/*") if path.suffix in (".ttl", ".nt"))
    assert len(found) > 400
    return found


def triples(quads: list[pyoxigraph.Quad]) -> pyoxigraph.Dataset:
    """Triples that can be compared, whatever their blank nodes are called."""
    dataset = pyoxigraph.Dataset(quads)
    dataset.canonicalize(pyoxigraph.CanonicalizationAlgorithm.UNSTABLE)
    return dataset


@pytest.mark.parametrize("mark", [b"", codecs.BOM_UTF8], ids=["plain", "with a mark"])
def test_every_file_that_oxigraph_reads_is_read_the_same(files: list[Path], mark: bytes) -> None:
    different = []
    for path in files:
        data, syntax = path.read_bytes(), SUFFIXES[path.suffix]
        base = BASE + path.parent.name + "/" + path.name
        form = FORMATS[syntax]
        relative = None if syntax == "ntriples" else base
        try:
            expected = triples(list(pyoxigraph.parse(data, format=form, base_iri=relative)))
        except SyntaxError:
            with pytest.raises(SourceError):
                parse_rdf(mark + data, syntax=syntax, where=path.name, base=base)
            continue
        try:
            found = triples(parse_rdf(mark + data, syntax=syntax, where=path.name, base=base))
        except SourceError as error:
            different.append(f"{path.name}: {error.key}")
            continue
        if found != expected:
            different.append(path.name)
    assert different == []
