"""The answer to a question in the W3C formats, and as a table for people."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial
from types import MappingProxyType
from typing import TYPE_CHECKING, Final
from urllib.parse import unquote
from xml.sax.saxutils import escape, quoteattr

from rdflib import BNode, Literal, URIRef

from kg import vocab
from kg.rdf.names import id_of
from kg.words import LANGS

if TYPE_CHECKING:
    from kg.query.named import Answer, Question
    from kg.rdf.terms import Term
    from kg.words import Words

_STRING: Final = vocab.XSD + "string"
_RESULTS: Final = "http://www.w3.org/2005/sparql-results#"
_KIND_OF: Final = {iri: kind.value for kind, iri in vocab.CLASS_OF.items()}
_TSV_ESCAPES: Final = str.maketrans(
    {"\\": "\\\\", '"': '\\"', "\t": "\\t", "\n": "\\n", "\r": "\\r"}
)
_XML_CONTROLS: Final = {code: "�" for code in range(0x20) if code not in (0x09, 0x0A, 0x0D)}


@dataclass(frozen=True, slots=True)
class Table:
    """An answer as people read it: headings, and rows of text."""

    headings: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


def to_json(answer: Answer) -> bytes:
    """Write SPARQL 1.1 Query Results JSON."""
    bindings = [
        {
            name: _json_term(term)
            for name, term in zip(answer.variables, row, strict=True)
            if term is not None
        }
        for row in answer.rows
    ]
    document = {"head": {"vars": list(answer.variables)}, "results": {"bindings": bindings}}
    return (json.dumps(document, ensure_ascii=False, indent=1) + "\n").encode()


def to_xml(answer: Answer) -> bytes:
    """Write SPARQL Query Results XML; a character that XML cannot hold becomes U+FFFD."""
    lines = ['<?xml version="1.0" encoding="UTF-8"?>', f'<sparql xmlns="{_RESULTS}">', "<head>"]
    lines += [f"<variable name={quoteattr(name)}/>" for name in answer.variables]
    lines += ["</head>", "<results>"]
    for row in answer.rows:
        lines.append("<result>")
        for name, term in zip(answer.variables, row, strict=True):
            if term is not None:
                lines.append(f"<binding name={quoteattr(name)}>{_xml_term(term)}</binding>")
        lines.append("</result>")
    lines += ["</results>", "</sparql>", ""]
    return "\n".join(lines).encode()


def to_csv(answer: Answer) -> bytes:
    """Write SPARQL 1.1 Query Results CSV: values without their types, lines end in CRLF."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(answer.variables)
    for row in answer.rows:
        writer.writerow(["" if term is None else _csv_term(term) for term in row])
    return out.getvalue().encode()


def to_tsv(answer: Answer) -> bytes:
    """Write SPARQL 1.1 Query Results TSV: terms as Turtle writes them."""
    lines = ["\t".join(f"?{name}" for name in answer.variables)]
    lines += [
        "\t".join("" if term is None else _tsv_term(term) for term in row) for row in answer.rows
    ]
    return ("\n".join(lines) + "\n").encode()


FORMATS: Final[Mapping[str, Callable[[Answer], bytes]]] = MappingProxyType(
    {"csv": to_csv, "json": to_json, "tsv": to_tsv, "xml": to_xml}
)


def to_table(answer: Answer, question: Question, words: Words, *, base: str) -> Table:
    """The answer with ids for IRIs, names beside them, and values in the reader's language.

    Parameters
    ----------
    answer
        What was found.
    question
        The question that was asked: it names the columns.
    words
        The reader's language.
    base
        The base IRI of the data set, whose IRIs become ids.

    Returns
    -------
    Table
        A column `x` with a companion `x_zh` or `x_en` is followed by the name in the
        reader's language, or in the other where that is missing.
    """
    places = {name: place for place, name in enumerate(answer.variables)}
    headings: list[str] = []
    readers: list[Callable[[tuple[Term | None, ...]], str]] = []
    for column in question.columns:
        headings.append(column.heading_zh if words.lang == "zh" else column.heading_en)
        readers.append(partial(_cell, place=places[column.name], words=words, base=base))
        named = [places.get(f"{column.name}_{lang}") for lang in _reading_order(words.lang)]
        if any(place is not None for place in named):
            headings.append(words.say("column.name"))
            readers.append(partial(_name, places=[p for p in named if p is not None]))
    rows = tuple(tuple(read(row) for read in readers) for row in answer.rows)
    return Table(tuple(headings), rows)


def _reading_order(lang: str) -> tuple[str, ...]:
    return (lang, *(other for other in LANGS if other != lang))


def _cell(row: tuple[Term | None, ...], *, place: int, words: Words, base: str) -> str:
    return format_term(row[place], words, base=base)


def _name(row: tuple[Term | None, ...], *, places: list[int]) -> str:
    return next((str(row[place]) for place in places if row[place]), "")


def format_term(term: Term | None, words: Words, *, base: str) -> str:
    """One term for a person: an id, a word of the catalogue, the text, or the IRI as it is.

    Examples
    --------
    >>> from rdflib import URIRef
    >>> from kg.words import load_words
    >>> english = load_words("en")
    >>> format_term(URIRef("https://example.org/m1"), english, base="https://example.org/")
    'm1'
    >>> format_term(URIRef(vocab.CLASS_OF["measure"]), english, base="https://example.org/")
    'measure'
    """
    if term is None or isinstance(term, Literal):
        return "" if term is None else str(term)
    iri = str(term)
    for key in _word_keys(iri):
        if words.has(key):
            return words.say(key)
    if iri.startswith(base + "term/"):
        return unquote(iri.rsplit("/", 1)[-1])
    return id_of(iri, base=base) or iri


def to_ids(answer: Answer, *, base: str) -> tuple[tuple[str, ...], ...]:
    """The rows of an answer as ids and plain values, the same in every language."""
    return tuple(tuple(_plain(term, base) for term in row) for row in answer.rows)


def _plain(term: Term | None, base: str) -> str:
    if term is None or isinstance(term, Literal):
        return "" if term is None else str(term)
    iri = str(term)
    if iri in vocab.MEANING_OF:
        return vocab.MEANING_OF[iri][1]
    if iri in _KIND_OF:
        return _KIND_OF[iri]
    return id_of(iri, base=base) or iri.removeprefix(vocab.KG)


def _word_keys(iri: str) -> tuple[str, ...]:
    """Where in the catalogue a term of the vocabulary has its word."""
    if iri in vocab.MEANING_OF:
        scheme, value = vocab.MEANING_OF[iri]
        return (f"{scheme.replace('-', '_')}.{value}",)
    if iri in _KIND_OF:
        return (f"kind.{_KIND_OF[iri]}",)
    if iri.startswith(vocab.KG):
        local = iri.removeprefix(vocab.KG)
        return (f"relation.{local}", f"column.{local}", f"code.{local}.title")
    return ()


def _json_term(term: Term) -> dict[str, str]:
    if not isinstance(term, Literal):
        return {"type": "uri" if isinstance(term, URIRef) else "bnode", "value": str(term)}
    found = {"type": "literal", "value": str(term)}
    if term.language:
        found["xml:lang"] = term.language
    elif term.datatype and str(term.datatype) != _STRING:
        found["datatype"] = str(term.datatype)
    return found


def _xml_term(term: Term) -> str:
    value = escape(str(term).translate(_XML_CONTROLS), {"\r": "&#13;"})
    if not isinstance(term, Literal):
        name = "uri" if isinstance(term, URIRef) else "bnode"
        return f"<{name}>{value}</{name}>"
    if term.language:
        return f"<literal xml:lang={quoteattr(term.language)}>{value}</literal>"
    if term.datatype and str(term.datatype) != _STRING:
        return f"<literal datatype={quoteattr(str(term.datatype))}>{value}</literal>"
    return f"<literal>{value}</literal>"


def _csv_term(term: Term) -> str:
    return f"_:{term}" if isinstance(term, BNode) else str(term)


def _tsv_term(term: Term) -> str:
    if not isinstance(term, Literal):
        return f"<{term}>" if isinstance(term, URIRef) else f"_:{term}"
    quoted = f'"{str(term).translate(_TSV_ESCAPES)}"'
    if term.language:
        return f"{quoted}@{term.language}"
    if term.datatype and str(term.datatype) != _STRING:
        return f"{quoted}^^<{term.datatype}>"
    return quoted
