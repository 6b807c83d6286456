"""RDF 1.1 bytes to quads: the only parser of RDF files, bounded, and never on the network."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from kg.errors import SourceError
from kg.limits import RDF_BYTES_PER_QUAD, RDF_IRI_BYTES, RDF_LITERAL_CHARS
from kg.sources.rdf_jsonld import Piece, read_pieces
from kg.sources.rdf_scan import check_text

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from pyoxigraph import Quad, RdfFormat

SUFFIXES: Final = {
    ".jsonld": "jsonld",
    ".nq": "nquads",
    ".nt": "ntriples",
    ".trig": "trig",
    ".ttl": "turtle",
}
SYNTAXES: Final = tuple(sorted(SUFFIXES.values()))
# Where a JSON-LD document names a thing without saying where that name begins. JSON-LD
# would leave out what is said of it; under this name it is seen, and refused.
NOWHERE: Final = "relative:/"

_BOM: Final = b"\xef\xbb\xbf"
_UTF_16: Final = (b"\xff\xfe", b"\xfe\xff")
# The densest file of this size is too small to hurt.
_SMALL_FILE_QUADS: Final = 10_000


def parse_rdf(data: bytes, *, syntax: str, where: str, base: str | None = None) -> list[Quad]:
    """Parse an RDF 1.1 document.

    Parameters
    ----------
    data
        UTF-8, with or without a byte order mark.
    syntax
        One of `SYNTAXES`: "turtle", "ntriples", "nquads", "trig" or "jsonld".
    where
        The name of the file in messages.
    base
        What relative IRIs begin with; without it they are refused.

    Returns
    -------
    list of pyoxigraph.Quad
        In the order of the document; a triple of no graph is in the default graph.
        `kg.rdf.convert.to_rdflib` makes rdflib terms of their parts.

    Raises
    ------
    SourceError
        Where it is no valid document or passes a limit, with the line where that is known.

    Examples
    --------
    >>> parse_rdf(b'<urn:x:a> <urn:x:b> "c" .', syntax="turtle", where="x.ttl")[0].object.value
    'c'
    """
    return list(read_quads(data, syntax=syntax, where=where, base=base))


def read_quads(data: bytes, *, syntax: str, where: str, base: str | None = None) -> Iterator[Quad]:
    """Parse as `parse_rdf`, a quad at a time: so far as it came, all was well."""
    from pyoxigraph import RdfFormat

    if data.startswith(_UTF_16):
        raise SourceError("rdf-utf-16", where=where)
    if data.startswith(_BOM):
        data = data[len(_BOM) :]
    formats = {
        "jsonld": RdfFormat.JSON_LD,
        "nquads": RdfFormat.N_QUADS,
        "ntriples": RdfFormat.N_TRIPLES,
        "trig": RdfFormat.TRIG,
        "turtle": RdfFormat.TURTLE,
    }
    form = formats[syntax]
    pieces: Iterable[Piece]
    if syntax == "jsonld":
        pieces = read_pieces(data, where=where)
        base = base or NOWHERE
    else:
        check_text(data, where=where, nests=syntax in ("trig", "turtle"))
        pieces = (Piece(data, b"", 0),)
    most = len(data) // RDF_BYTES_PER_QUAD + _SMALL_FILE_QUADS
    for piece in pieces:
        for quad in _parse_piece(piece, form, data, where, base):
            most -= 1
            if most < 0:
                raise SourceError("rdf-dense", where=where)
            yield quad


def _parse_piece(
    piece: Piece, form: RdfFormat, whole: bytes, where: str, base: str | None
) -> Iterator[Quad]:
    from pyoxigraph import BlankNode, Literal, NamedNode, parse

    # Of N-Triples and N-Quads no IRI is relative, and so it stays without a base.
    relative = None if form.file_extension in ("nt", "nq") else base
    try:
        for quad in parse(piece.data, format=form, base_iri=relative):
            for term in (quad.subject, quad.predicate, quad.object):
                kind = type(term)
                if kind is NamedNode:
                    # counted in characters, which are never more than bytes
                    if len(term.value) > RDF_IRI_BYTES:
                        limit = f"{RDF_IRI_BYTES:,}"
                        raise SourceError("rdf-long-iri", where=where, limit=limit)
                elif kind is Literal:
                    if term.direction is not None:
                        raise SourceError("rdf-12", where=where)
                    if len(term.value) > RDF_LITERAL_CHARS:
                        limit = f"{RDF_LITERAL_CHARS:,}"
                        raise SourceError("rdf-long-literal", where=where, limit=limit)
                elif kind is not BlankNode:
                    raise SourceError("rdf-12", where=where)
            yield quad
    except MemoryError as error:  # the parser's own limit for one part of a file
        raise SourceError("rdf-too-long", where=where) from error
    except SyntaxError as error:
        raise _syntax_error(error, piece, whole, where) from error
    except ValueError as error:  # a base that is no IRI
        raise SourceError("rdf-syntax", where=where, problem=_shorten(str(error))) from error


def _syntax_error(error: SyntaxError, piece: Piece, whole: bytes, where: str) -> SourceError:
    if error.lineno:
        where = f"{where}:{piece.line_in(whole, error.lineno)}"
    return SourceError("rdf-syntax", where=where, problem=_shorten(error.msg))


def _shorten(problem: str) -> str:
    """A parser's own words without the place, which is given before them."""
    _, colon, said = problem.partition(": ")
    words = said if colon and problem.startswith("Parser error") else problem
    shown = "".join(c if c.isprintable() else "\N{REPLACEMENT CHARACTER}" for c in words)
    return shown if len(shown) <= 160 else f"{shown[:160]}…"
