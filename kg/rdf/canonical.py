r"""RDF to bytes: the same graph gives the same bytes, whatever the order or the hash seed.

Every format is sorted by code point, UTF-8, with `\n` and a newline at the end. Graphs of a
data set have no blank nodes, so no canonical labels are needed; a blank node is refused
unless the answer to a query is written, whose blank nodes keep their labels.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Final

from rdflib import BNode, Literal, URIRef

from kg.vocab import PREFIXES, RDF, XSD

if TYPE_CHECKING:
    from kg.rdf.terms import Term, Triple

DATA_PREFIX: Final = "data"

_ESCAPES: Final = {
    **{code: f"\\u{code:04X}" for code in (*range(0x20), 0x7F)},
    **{ord("\t"): "\\t", ord("\b"): "\\b", ord("\n"): "\\n", ord("\r"): "\\r", ord("\f"): "\\f"},
    **{ord('"'): '\\"', ord("\\"): "\\\\"},
}
_LOCAL_NAME: Final = re.compile(r"[A-Za-z_](?:[A-Za-z0-9_-]*)")
_LOCAL_SPLIT: Final = re.compile(r"(.*[/#])([^/#]*)", re.DOTALL)
_NO_IRI: Final = re.compile(r"[\x00-\x20<>\"{}|^`\\]")
_RDF_TYPE: Final = URIRef(RDF + "type")
_STRING: Final = URIRef(XSD + "string")
_SHORT_FORMS: Final = {
    URIRef(XSD + "boolean"): re.compile(r"true|false"),
    URIRef(XSD + "integer"): re.compile(r"[+-]?[0-9]+"),
    URIRef(XSD + "decimal"): re.compile(r"[+-]?[0-9]*\.[0-9]+"),
}


class _Writer:
    """Writes terms in full, or short by a table of prefixes; remembers what it wrote."""

    def __init__(self, prefixes: Mapping[str, str], *, blank: bool = False) -> None:
        self._blank = blank
        self._prefixes = {namespace: prefix for prefix, namespace in prefixes.items()}
        # by identity, which is quicker than rdflib's comparison; the term is kept alive
        self._written: dict[int, tuple[Term, str]] = {}

    def term(self, term: Term) -> str:
        known = self._written.get(id(term))
        if known is None:
            known = self._written[id(term)] = (term, self._write(term))
        return known[1]

    def _write(self, term: Term) -> str:
        if isinstance(term, URIRef):
            return self._iri(term)
        if isinstance(term, Literal):
            return self._literal(term)
        if self._blank and isinstance(term, BNode):
            return f"_:{term}"
        raise TypeError(f"neither an IRI nor a literal: {term!r}")

    def _iri(self, term: URIRef) -> str:
        split = _LOCAL_SPLIT.fullmatch(term)
        if split and self._prefixes:
            prefix = self._prefixes.get(split[1])
            if prefix is not None and _LOCAL_NAME.fullmatch(split[2]):
                return f"{prefix}:{split[2]}"
        if _NO_IRI.search(term):
            raise ValueError(f"no IRI: {str(term)!r}")
        return f"<{term}>"

    def _literal(self, term: Literal) -> str:
        short = _SHORT_FORMS.get(term.datatype) if term.datatype and self._prefixes else None
        if short is not None and short.fullmatch(term):
            return str(term)
        quoted = f'"{term.translate(_ESCAPES)}"'
        if term.language:
            return f"{quoted}@{term.language}"
        if term.datatype is None or term.datatype == _STRING:
            return quoted
        return f"{quoted}^^{self._iri(term.datatype)}"


def to_turtle(triples: Iterable[Triple], *, base: str | None = None, blank: bool = False) -> bytes:
    """Write triples as Turtle.

    Parameters
    ----------
    triples
        An rdflib graph, or triples of rdflib terms.
    base
        The base IRI of the data, which gets the prefix `data:`.
    blank
        Whether blank nodes are written, by their labels.

    Raises
    ------
    TypeError
        Where a term is neither an IRI nor a literal.

    Examples
    --------
    >>> triple = (URIRef("urn:x:b"), _RDF_TYPE, URIRef("urn:x:c"))
    >>> print(to_turtle([triple]).decode().splitlines()[-1])
    <urn:x:b> a <urn:x:c> .
    """
    prefixes = _prefixes(base)
    writer = _Writer(prefixes, blank=blank)
    return "\n".join([_head(prefixes), *_blocks(triples, writer, indent="")]).encode()


def to_trig(graphs: Mapping[str, Iterable[Triple]], *, base: str | None = None) -> bytes:
    """Write graphs, by the IRI of their name, as TriG; else as `to_turtle`."""
    prefixes = _prefixes(base)
    writer = _Writer(prefixes)
    parts = [_head(prefixes)]
    for name, triples in sorted(graphs.items()):
        blocks = "\n".join(_blocks(triples, writer, indent="    "))
        parts.append(f"{writer.term(URIRef(name))} {{\n{blocks}}}\n")
    return "\n".join(parts).encode()


def to_nquads(graphs: Mapping[str, Iterable[Triple]]) -> bytes:
    """Write graphs, by the IRI of their name, as N-Quads: a quad a line, sorted."""
    writer = _Writer({})
    term = writer.term
    lines: set[str] = set()
    for name, triples in graphs.items():
        end = f"{term(URIRef(name))} .\n"
        lines.update(f"{term(s)} {term(p)} {term(o)} {end}" for s, p, o in triples)
    return "".join(sorted(lines)).encode()


def _prefixes(base: str | None) -> dict[str, str]:
    return {**PREFIXES, DATA_PREFIX: base} if base and base[-1] in "/#" else dict(PREFIXES)


def _head(prefixes: Mapping[str, str]) -> str:
    return "".join(f"@prefix {prefix}: <{iri}> .\n" for prefix, iri in sorted(prefixes.items()))


def _blocks(triples: Iterable[Triple], writer: _Writer, *, indent: str) -> list[str]:
    """A block a subject, `a` first in it; subjects and predicates sorted by IRI, not prefix."""
    found: dict[str, dict[str, set[str]]] = {}
    iris: dict[str, str] = {}
    for subject, predicate, value in triples:
        written = writer.term(subject)
        about = found.get(written)
        if about is None:
            about = found[written] = {}
            iris[written] = str(subject)
        said = writer.term(predicate)
        if said not in iris:
            iris[said] = str(predicate)
        about.setdefault(said, set()).add(writer.term(value))
    order = {name: (iri != str(_RDF_TYPE), iri) for name, iri in iris.items()}
    blocks = []
    for written in sorted(found, key=iris.__getitem__):
        about = found[written]
        said = f" ;\n{indent}    ".join(
            f"{name if order[name][0] else 'a'} {', '.join(sorted(about[name]))}"
            for name in sorted(about, key=order.__getitem__)
        )
        blocks.append(f"{indent}{written} {said} .\n")
    return blocks
