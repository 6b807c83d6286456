"""RDF files made to hurt, and the children that read them within limits.

`python -m tests.campaign.hostile_rdf` reads the name of a file a line on stdin. For each it
forks a child, which has 1 GB of addresses and 10 s of processor to read it, and prints a line
of JSON: what came of it, where, how long that took and the peak of memory.
"""

from __future__ import annotations

import json
import os
import resource
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Final

MEGABYTE: Final = 1_000_000
ADDRESSES: Final = 1_000 * MEGABYTE
SECONDS: Final = 10
FULL_SIZE: Final = 20 * MEGABYTE
# As large as the limit speaks of by hand, with KG_CAMPAIGN_MEGABYTES=20; else shorter, but
# for the cases that take the most memory or need the size to go wrong.
LARGE: Final = int(os.environ.get("KG_CAMPAIGN_MEGABYTES", "5")) * MEGABYTE

KG: Final = b"@prefix kg: <https://w3id.org/kg-directives/ns#> .\n@prefix d: <urn:x:> .\n"
START: Final = KG + b"<urn:x:> a kg:Dataset .\n"
JSON_START: Final = (
    b'{"@context": {"kg": "https://w3id.org/kg-directives/ns#"}, "@graph": ['
    b'{"@id": "urn:x:", "@type": "kg:Dataset"},'
)


def _filled(before: bytes, unit: bytes, after: bytes = b"", *, size: int = LARGE) -> bytes:
    return before + unit * ((size - len(before) - len(after)) // len(unit)) + after


def _counted(
    before: bytes, unit: bytes, after: bytes = b"", *, times: int = 1, size: int = LARGE
) -> bytes:
    """Units with a running number in the place of each `%d`."""
    width = len(unit) - 2 * times + 7 * times
    parts = [unit % ((number,) * times) for number in range(size // width)]
    return before + b"".join(parts) + after


# Name → the suffix, the bytes, and the keys that may come of it.
LARGE_CASES: Final[dict[str, tuple[str, Callable[[], bytes], set[str]]]] = {
    "nested lists, 2 MB": (
        ".ttl",
        lambda: START + b"d:m kg:lead " + b"(" * MEGABYTE + b")" * MEGABYTE + b" .",
        {"rdf-deep"},
    ),
    "nested blank nodes": (
        ".ttl",
        lambda: _filled(START + b"d:m kg:lead ", b"[kg:lead ", b" ."),
        {"rdf-deep"},
    ),
    "nested braces": (".trig", lambda: _filled(START, b"{"), {"rdf-deep"}),
    "nested lists beside a string that hides brackets": (
        ".ttl",
        lambda: _filled(START + b'd:m kg:lead "\\")))" ', b"(", b" ."),
        {"rdf-deep"},
    ),
    "a list of many": (
        ".ttl",
        lambda: _filled(START + b"d:m kg:lead (", b"1 ", b") ."),
        {"rdf-stopped"},
    ),
    "one triple, ten million times": (
        ".ttl",
        lambda: _filled(START + b"d:m kg:position 1", b",1", b" .", size=FULL_SIZE),
        {"rdf-dense"},
    ),
    "two million values of one property": (
        ".ttl",
        lambda: _counted(START + b"d:m kg:lead d:0", b",d:%d", b" ."),
        {"rdf-dense"},
    ),
    "a million things": (
        ".ttl",
        lambda: _counted(START, b"d:%d a kg:Measure.\n"),
        {"rdf-dense"},
    ),
    "a million things of which only conclusions are said": (
        ".ttl",
        lambda: _counted(START, b"d:%d kg:contributesStated d:%d.\n", times=2),
        {"rdf-dense"},
    ),
    "a million offsets": (
        ".ttl",
        lambda: _counted(
            START + b"@prefix o: <http://www.w3.org/ns/oa#>.\n",
            b"d:%d a o:TextPositionSelector;o:start 0;o:end 1.\n",
        ),
        {"rdf-dense"},
    ),
    "a literal of 20 MB": (
        ".ttl",
        lambda: _filled(START + b'd:m kg:verbatim "', b"x", b'" .'),
        {"rdf-long-literal"},
    ),
    "a literal of 20 MB in N-Triples": (
        ".nt",
        lambda: _filled(b'<urn:x:m> <urn:x:p> "', b"x", b'" .', size=FULL_SIZE),
        {"rdf-too-long"},
    ),
    "literals of 1 MB, all escapes": (
        ".ttl",
        lambda: _filled(START, b'd:m kg:verbatim "' + b"\\n" * 499_000 + b'" .\n'),
        {"rdf-unclaimed"},
    ),
    "a long literal that never ends": (
        ".ttl",
        lambda: _filled(START + b'd:m kg:verbatim """', b'""\\"\n'),
        {"rdf-unclosed"},
    ),
    "nothing but quotation marks": (".ttl", lambda: b'"' * LARGE, {"rdf-syntax"}),
    "an IRI of 20 MB": (
        ".ttl",
        lambda: _filled(START + b"d:m kg:lead <urn:", b"x", b"> ."),
        {"rdf-long-iri"},
    ),
    "an IRI of 20 MB in N-Quads": (
        ".nq",
        lambda: _filled(b"<urn:x:m> <urn:x:p> <urn:", b"x", b"> .", size=FULL_SIZE),
        {"rdf-too-long"},
    ),
    "a short name of 20 MB": (
        ".ttl",
        lambda: _filled(START + b"d:m kg:lead d:", b"x", b" .", size=FULL_SIZE),
        {"rdf-too-long"},
    ),
    "a number of 20 million digits": (
        ".ttl",
        lambda: _filled(START + b"d:m kg:position ", b"1", b" .", size=FULL_SIZE),
        {"rdf-too-long"},
    ),
    "a comment of 20 MB": (
        ".ttl",
        lambda: _filled(START + b"#", b"x", size=FULL_SIZE),
        {"rdf-too-long"},
    ),
    "20 MB of spaces": (".ttl", lambda: _filled(START, b" "), {"read"}),
    "20 MB of empty lines": (".nq", lambda: b"\n" * LARGE, {"rdf-foreign"}),
    "a million prefixes": (
        ".ttl",
        lambda: _counted(START, b"@prefix p%d: <urn:y:> .\n"),
        {"rdf-directives"},
    ),
    "a prefix of 8 KB, used a million times": (
        ".ttl",
        lambda: _filled(
            START + b"@prefix p: <urn:" + b"x" * 8_000 + b"> .\nd:m kg:lead p:0",
            b",p:",
            b" .",
            size=FULL_SIZE,
        ),
        {"rdf-dense"},
    ),
    "long names from a prefix, all different": (
        ".ttl",
        lambda: _counted(
            START + b"@prefix p: <urn:" + b"x" * 8_000 + b"> .\nd:m kg:lead p:0",
            b",p:%d",
            b" .",
            size=FULL_SIZE,
        ),
        {"rdf-dense"},
    ),
    "a base that grows": (
        ".ttl",
        lambda: _filled(START + b"@base <urn:/b/> .", b"@base <b/> ."),
        {"rdf-directives"},
    ),
    "a long base and many prefixes": (
        ".ttl",
        lambda: _counted(
            START + b"@base <http://x/" + b"x" * 8_000 + b"/> .", b"PREFIX p%d: <b>\n"
        ),
        {"rdf-directives"},
    ),
    "a million blank nodes": (
        ".ttl",
        lambda: _filled(START + b"d:m kg:lead []", b",[]", b" ."),
        {"rdf-dense"},
    ),
    "a million unknown properties": (
        ".nt",
        lambda: _counted(b"", b"<urn:x:m> <urn:x:p%d> <urn:x:y> .\n"),
        {"rdf-foreign"},
    ),
    "a million graphs": (
        ".nq",
        lambda: _counted(
            b"",
            b"<urn:x:> <http://www.w3.org/1999/02/22-rdf-syntax-ns#type> "
            b"<https://w3id.org/kg-directives/ns#Dataset> <urn:g:%d> .\n",
        ),
        {"rdf-stopped"},
    ),
    "triples in triples": (
        ".nt",
        lambda: _filled(b"<urn:x:a> <urn:x:b> ", b"<<( <urn:x:a> <urn:x:b> "),
        {"rdf-12"},
    ),
    "triples in triples, in Turtle": (
        ".ttl",
        lambda: _filled(START + b"d:m kg:lead ", b"<<( d:a d:b "),
        {"rdf-12"},
    ),
    "JSON: nested arrays": (".jsonld", lambda: b"[" * LARGE, {"rdf-deep"}),
    "JSON: nested objects": (".jsonld", lambda: _filled(b"", b'{"kg:lead":'), {"rdf-deep"}),
    "JSON: millions of empty things": (
        ".jsonld",
        lambda: _filled(JSON_START, b"{},", b"{}]}"),
        {"rdf-dense"},
    ),
    "JSON: millions of empty things in an array": (
        ".jsonld",
        lambda: _filled(b"[", b"{},", b"{}]"),
        {"rdf-dense"},
    ),
    "JSON: one thing with millions of values": (
        ".jsonld",
        lambda: _filled(JSON_START + b'{"@id":"urn:x:m","kg:position":[', b"1,", b"1]}]}"),
        {"rdf-piece"},
    ),
    "JSON: many things with as many values as may be": (
        ".jsonld",
        lambda: _filled(
            JSON_START,
            b'{"@id":"urn:x:m","kg:position":[' + b"1," * 40_000 + b"1]},",
            b"{}]}",
            size=FULL_SIZE,
        ),
        {"rdf-dense"},
    ),
    "JSON: a list of millions": (
        ".jsonld",
        lambda: _filled(b'{"@id":"urn:x:m","kg:lead":{"@list":[', b"1,", b"1]}}"),
        {"rdf-piece"},
    ),
    "JSON: lists as long as may be": (
        ".jsonld",
        lambda: _filled(
            JSON_START,
            b'{"@id":"urn:x:m","kg:lead":{"@list":[' + b"1," * 40_000 + b"1]}},",
            b"{}]}",
            size=FULL_SIZE,
        ),
        {"rdf-stopped"},
    ),
    "JSON: millions of keys": (
        ".jsonld",
        lambda: _counted(b'{"@id":"urn:x:m"', b',"kg:%d":1', b"}"),
        {"rdf-piece"},
    ),
    "JSON: a million contexts": (
        ".jsonld",
        lambda: _filled(b'{"@graph":[', b'{"@context":{"a":"urn:a:"}},', b"{}]}"),
        {"rdf-context-size"},
    ),
    "JSON: a context of 20 MB": (
        ".jsonld",
        lambda: _counted(b'{"@context":{"a":"urn:a:"', b',"a%d":"urn:a:"', b"}}"),
        {"rdf-context-size"},
    ),
    "JSON: terms of a context that lengthen each other": (
        ".jsonld",
        lambda: _filled(
            b'{"@context":{"t0":"urn:a:"'
            + b"".join(b',"t%d":"t%d:a"' % (n + 1, n) for n in range(2_600))
            + b'},"@graph":[',
            b'{"@id":"t2600:xxxxxxxxxxxx"},',
            b"{}]}",
        ),
        {"rdf-foreign"},
    ),
    "JSON: a context at its limit, and contexts in it": (
        ".jsonld",
        lambda: _filled(
            b'{"@context":{"a":"urn:a:"'
            + b"".join(b',"a%d":"urn:a:"' % n for n in range(2_300))
            + b'},"@graph":[',
            b'{"@context":{"b":"urn:b:"}},',
            b"{}]}",
        ),
        {"rdf-context-size"},
    ),
    "JSON: texts without end": (
        ".jsonld",
        lambda: _filled(b"[", b'"",', b'""]'),
        {"rdf-dense"},
    ),
    "JSON: a text of 20 MB": (
        ".jsonld",
        lambda: _filled(JSON_START + b'{"@id":"urn:x:m","kg:verbatim":"', b"x", b'"}]}'),
        {"rdf-piece"},
    ),
    "JSON: a key of 20 MB": (
        ".jsonld",
        lambda: _filled(b'{"', b"x", b'": 1}'),
        {"rdf-jsonld-key"},
    ),
    "JSON: a number of 20 MB": (
        ".jsonld",
        lambda: _filled(JSON_START + b'{"@id":"urn:x:m","kg:position":', b"1", b"}]}"),
        {"rdf-piece"},
    ),
    "JSON: nothing but backslashes": (
        ".jsonld",
        lambda: _filled(b'{"', b"\\\\"),
        {"rdf-unclosed"},
    ),
}


def read_one(path: str) -> dict[str, object]:
    """What comes of reading a file: "read", the key of an error, or the first faults."""
    from kg.errors import KgError
    from kg.sources.registry import read_source

    begin = time.process_time()
    where = ""
    try:
        reading = read_source(path)
    except KgError as error:
        keys, where = [error.key], error.where
    else:
        found = [
            (dict(fault.facts).get("problem", fault.code), fault.place) for fault in reading.faults
        ]
        keys = list(dict.fromkeys(str(problem) for problem, _ in found)) or ["read"]
        where = found[0][1] if found else ""
    return {
        "file": Path(path).name,
        "keys": keys,
        "where": where,
        "seconds": round(time.process_time() - begin, 2),
        "peak": peak_memory() // MEGABYTE,
    }


def peak_memory() -> int:
    """The most memory this process ever had, in bytes; what its parent had is not in it."""
    lines = Path("/proc/self/status").read_text(encoding="ascii").splitlines()
    return next(int(line.split()[1]) * 1024 for line in lines if line.startswith("VmHWM:"))


def main() -> None:
    """Read every file that is named, each in a child within limits.

    This process has loaded what a child needs and read nothing itself: a child begins with
    as little memory as a new process, and with nothing of another file.
    """
    import pyoxigraph  # noqa: F401  (loaded once, for every child)

    import kg.sources.rdf_files
    import kg.sources.registry  # noqa: F401

    for line in sys.stdin:
        child = os.fork()
        if child == 0:
            resource.setrlimit(resource.RLIMIT_AS, (ADDRESSES, ADDRESSES))
            resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
            print(json.dumps(read_one(line.rstrip("\n"))), flush=True)
            os._exit(0)
        _, status = os.waitpid(child, 0)
        if status:
            code = os.waitstatus_to_exitcode(status)
            print(json.dumps({"file": line, "keys": [f"exit {code}"]}), flush=True)


if __name__ == "__main__":
    main()
