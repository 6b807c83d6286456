"""Small hostile RDF files: a sound data set with one thing changed, and files that are no such."""

from __future__ import annotations

import codecs
import tomllib
from dataclasses import replace
from pathlib import Path
from typing import Final

from kg.export.linked_data import to_rdf
from kg.model import Basis
from kg.vocab import KG, RDF
from tests.unit.rdf.full import FULL

DATA: Final = replace(
    FULL,
    links=tuple(link if link.basis else replace(link, basis=Basis.ECHOED) for link in FULL.links),
)
BASE: Final = DATA.base_iri
TURTLE: Final = to_rdf(DATA, "turtle").decode()
NQUADS: Final = to_rdf(DATA, "nquads").decode()
JSONLD: Final = to_rdf(DATA, "jsonld").decode()

# File name → what it holds, the key of the error or the problem, and the place, if it is known.
Files = dict[str, tuple[bytes, str, str | None]]


def small_files() -> Files:
    """Every small file."""
    cases = tomllib.loads(Path(__file__).with_name("hostile_rdf.toml").read_text(encoding="utf-8"))
    files: Files = {}
    for case in (*cases["change"], *cases["refusal"]):
        old, new = (case[word].replace("{base}", BASE) for word in ("old", "new"))
        assert old in TURTLE, case["name"]
        text, file = TURTLE.replace(old, new, 1), f"{case['name']}.ttl"
        place = None
        if case in cases["refusal"]:
            place = f"{file}:{_changed_line(text) + case.get('later', 0)}"
        elif "of" in case:
            subject = case["of"].replace("{base}", BASE)
            place = f"{file}:{_line_of(text, subject)}: {_short(subject)}"
        files[file] = text.encode(), case["problem"], place
    return files | _whole_files()


def _line_of(text: str, subject: str) -> int:
    lines = text.split("\n")
    return next(n for n, line in enumerate(lines, start=1) if line.startswith(f"{subject} "))


def _changed_line(text: str) -> int:
    pairs = zip(TURTLE.split("\n"), text.split("\n"), strict=False)
    return next(n for n, (one, other) in enumerate(pairs, start=1) if one != other)


def _short(subject: str) -> str:
    return subject.removeprefix("data:").strip("<>").removeprefix(BASE) or BASE


def _only(graph: str) -> bytes:
    """The quads of one graph."""
    end = f"<{BASE}graph/{graph}> .\n"
    return "".join(line for line in NQUADS.splitlines(True) if line.endswith(end)).encode()


def _jsonld(old: str, new: str) -> bytes:
    assert old in JSONLD
    return JSONLD.replace(old, new, 1).encode()


def _whole_files() -> Files:
    turtle = TURTLE.encode()
    statement, said = "<urn:a> <urn:b> <urn:c>", '"读错主语"'
    again = f"<urn:y:> <{RDF}type> <{KG}Dataset> <{BASE}graph/facts> .\n"
    lines = NQUADS.count("\n")
    renamed = turtle.replace(b" data:", b" d:").replace(b"\ndata:", b"\nd:")
    remote = '"https://schema.org/"'
    head = '{"@context": {"kg": "https://w3id.org/kg-directives/ns#"'
    return {
        "a byte order mark.ttl": (codecs.BOM_UTF8 + turtle, "read", None),
        "a byte order mark.nq": (codecs.BOM_UTF8 + NQUADS.encode(), "read", None),
        "a byte order mark.jsonld": (codecs.BOM_UTF8 + JSONLD.encode(), "read", None),
        "lines that end as on Windows.ttl": (turtle.replace(b"\n", b"\r\n"), "read", None),
        "backwards.nq": ("".join(NQUADS.splitlines(True)[::-1]).encode(), "read", None),
        "under another prefix.ttl": (
            renamed,
            "read",
            None,
        ),
        "UTF-16.ttl": (TURTLE.encode("utf-16"), "rdf-utf-16", "UTF-16.ttl"),
        "GB18030.ttl": (TURTLE.encode("gb18030"), "rdf-syntax", None),
        "a raw surrogate.ttl": (
            turtle.replace(said.encode(), b'"\xed\xa0\x80"'),
            "rdf-syntax",
            None,
        ),
        "empty.ttl": (b"", "rdf-foreign", "empty.ttl"),
        "NUL.ttl": (b"\0" * 100, "rdf-syntax", "NUL.ttl:1"),
        "random.ttl": (bytes(range(256)) * 50, "rdf-unclosed", "random.ttl:2"),
        "another ontology.ttl": (
            b'<urn:x:goal> <http://www.w3.org/2004/02/skos/core#prefLabel> "x"@en .',
            "rdf-foreign",
            "another ontology.ttl",
        ),
        "a file cut off.nq": (NQUADS.encode()[:-40], "rdf-syntax", f"a file cut off.nq:{lines}"),
        "a line of rubbish.nq": (
            (NQUADS + "rubbish\n").encode(),
            "rdf-syntax",
            f"a line of rubbish.nq:{lines + 1}",
        ),
        "a graph of others.nq": (
            NQUADS.replace("graph/facts", "graph/mine").encode(),
            "rdf-graph",
            "a graph of others.nq",
        ),
        "a graph without a name.nq": (
            NQUADS.replace(f"<{BASE}graph/facts> .", "_:g .", 1).encode(),
            "rdf-blank",
            None,
        ),
        "two data sets.nq": (
            (NQUADS + again).encode(),
            "rdf-two-datasets",
            "two data sets.nq",
        ),
        "facts alone.nq": (_only("facts"), "rdf-no-evidence", "facts alone.nq"),
        "evidence alone.nq": (_only("evidence"), "rdf-no-dataset", "evidence alone.nq"),
        "a direction.nt": (b'<urn:a> <urn:b> "c"@en--ltr .', "rdf-12", "a direction.nt"),
        "a reifier.ttl": (f"{statement} ~ <urn:r> .".encode(), "rdf-12", None),
        "an annotation.ttl": (f"{statement} {{| <urn:r> <urn:s> |}} .".encode(), "rdf-12", None),
        "a triple in a triple.nt": (
            f"<urn:a> <urn:b> <<( {statement} )>> .".encode(),
            "rdf-12",
            "a triple in a triple.nt:1",
        ),
        "a key that nobody explains.jsonld": (
            _jsonld('"kg:isSet"', '"isSet"'),
            "rdf-jsonld-key",
            None,
        ),
        "a keyword that is none.jsonld": (
            _jsonld('"kg:isSet"', '"@isSet"'),
            "rdf-jsonld-key",
            None,
        ),
        "a name without its beginning.jsonld": (
            _jsonld(f'{{"@id": "{BASE}m1"', '{"@id": "m1"'),
            "rdf-no-id",
            None,
        ),
        "a data set without its beginning.jsonld": (
            (head + '}, "@id": "", "@type": "kg:Dataset"}').encode(),
            "rdf-relative",
            None,
        ),
        "a context at the end.jsonld": (
            b'{"@id": "urn:a", "@context": {"x": "urn:x"}, "x": "y"}',
            "rdf-jsonld-order",
            "a context at the end.jsonld:1",
        ),
        "something behind the graph.jsonld": (
            b'{"@graph": [],\n "urn:x": "y"}',
            "rdf-jsonld-order",
            None,
        ),
        "a bracket too many.jsonld": (b'{"@graph": []]}', "rdf-jsonld-order", None),
        "a bracket of the wrong sort.jsonld": (
            b'{"urn:a": [1}',
            "rdf-syntax",
            "a bracket of the wrong sort.jsonld:1",
        ),
        "a comma too many.jsonld": (_jsonld("\n]}", ",\n]}"), "rdf-syntax", None),
        "a comma too few.jsonld": (_jsonld("},\n", "}\n"), "rdf-syntax", None),
        "two documents.jsonld": (
            b'{"urn:a": "b"}\n{"urn:a": "b"}',
            "rdf-syntax",
            "two documents.jsonld:2",
        ),
        "no JSON.jsonld": (b"NaN", "rdf-syntax", None),
        "a text alone.jsonld": (b'"x"', "rdf-foreign", "a text alone.jsonld"),
        "a remote context.jsonld": (
            b'{"@context":\n"https://schema.org/", "@id": "urn:a"}',
            "rdf-remote-context",
            "a remote context.jsonld:2",
        ),
        "a remote context in a list.jsonld": (
            b'{"@context": [{}, "https://schema.org/"]}',
            "rdf-remote-context",
            "a remote context in a list.jsonld:1",
        ),
        "a remote context under another spelling.jsonld": (
            b'{"\\u0040context": "https://schema.org/"}',
            "rdf-remote-context",
            None,
        ),
        "a remote context within a context.jsonld": (
            (head + f', "x": {{"@id": "urn:x", "@context": {remote}}}}}}}').encode(),
            "rdf-remote-context",
            None,
        ),
        "an imported context.jsonld": (
            (head + f', "@import": {remote}}}}}').encode(),
            "rdf-remote-context",
            None,
        ),
    }
