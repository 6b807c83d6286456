"""What `docs/ontology.md` lists in one language: every term, alignment and shape."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from rdflib import DCTERMS, OWL, RDF, RDFS, SKOS, Graph, Literal, URIRef

from kg import vocab

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from rdflib.term import Node

WORDS: Final = {
    "zh": {
        "classes": "类",
        "objects": "关系与指向 IRI 的属性",
        "data": "取文字、数或日期的属性",
        "values": "取值",
        "reused": "借用的词项",
        "alignments": "与其他词汇表的对应",
        "shapes": "形状约束",
        "term": "词项",
        "label": "名称",
        "definition": "定义",
        "is": "属于",
        "ends": "从 → 到",
        "example": "示例",
        "source": "定义出处",
        "written": "写法",
        "ours": "本体词项",
        "theirs": "对应词项",
        "copy": "所见副本",
        "shape": "约束",
        "asked": "要求",
    },
    "en": {
        "classes": "Classes",
        "objects": "Relations and properties that point at an IRI",
        "data": "Properties that hold words, numbers or dates",
        "values": "Values",
        "reused": "Terms that are reused",
        "alignments": "Alignments with other vocabularies",
        "shapes": "Shapes",
        "term": "term",
        "label": "label",
        "definition": "definition",
        "is": "is a",
        "ends": "from → to",
        "example": "example",
        "source": "source of the definition",
        "written": "written",
        "ours": "our term",
        "theirs": "their term",
        "copy": "copy that was seen",
        "shape": "shape",
        "asked": "what is asked",
    },
}
PREFIXES: Final = {
    **vocab.PREFIXES,
    "dc": "http://purl.org/dc/elements/1.1/",
    "dcat": "http://www.w3.org/ns/dcat#",
    "void": "http://rdfs.org/ns/void#",
}
TARGETS: Final = ("targetClass", "targetNode", "targetObjectsOf", "targetSubjectsOf")


def ontology_guide(ontology: Graph, alignments: Graph, shapes: Graph, lang: str) -> str:
    """Every term of the ontology by its sort, then the alignments and the shapes.

    >>> ontology_guide(Graph(), Graph(), Graph(), "en").splitlines()[0]
    '## Classes'
    """
    words = WORDS[lang]
    guide = _Guide(ontology, lang)
    parts = [
        f"## {words['classes']}",
        guide.table(guide.of(OWL.Class), "is"),
        f"## {words['objects']}",
        guide.table(guide.of(OWL.ObjectProperty), "ends"),
        f"## {words['data']}",
        guide.table(guide.of(OWL.DatatypeProperty), "ends"),
        f"## {words['values']}",
        *guide.schemes(),
        f"## {words['reused']}",
        guide.table(guide.reused(), "is"),
        f"## {words['alignments']}",
        _alignments(alignments, words),
        f"## {words['shapes']}",
        _shapes(shapes, words, lang),
    ]
    return "\n".join(f"{part}\n" for part in parts)


class _Guide:
    def __init__(self, ontology: Graph, lang: str) -> None:
        self._graph = ontology
        self._lang = lang
        self._words = WORDS[lang]

    def of(self, sort: URIRef) -> list[Node]:
        """Our terms of a sort."""
        return [t for t in sorted(self._graph.subjects(RDF.type, sort), key=str) if _is_ours(t)]

    def reused(self) -> list[Node]:
        """Terms of others, without the values, which stand in their schemes."""
        graph = self._graph
        return [
            term
            for term in sorted({t for t in graph.subjects() if isinstance(t, URIRef)}, key=_short)
            if not _is_ours(term)
            and (term, RDF.type, OWL.Ontology) not in graph
            and (term, SKOS.inScheme, None) not in graph
        ]

    def table(self, terms: Iterable[Node], more: str) -> str:
        words = self._words
        head = [words[key] for key in ("term", "label", "definition", more, "example", "source")]
        return _table(head, [self._row(term, more) for term in terms])

    def schemes(self) -> list[str]:
        """A section for each scheme, with its values in the order of the vocabulary."""
        words = self._words
        head = [words[key] for key in ("written", "term", "label", "definition", "example")]
        parts = []
        for name, scheme in vocab.SCHEME_OF.items():
            term = URIRef(scheme)
            values = vocab.CONCEPTS.get(name, vocab.GAP_OF)
            rows = [
                [
                    _code(written),
                    _code(_short(URIRef(value))),
                    self._say(URIRef(value), SKOS.prefLabel),
                    self._say(URIRef(value), SKOS.definition),
                    self._examples(URIRef(value)),
                ]
                for written, value in values.items()
            ]
            about = [self._say(term, SKOS.definition), self._examples(term), self._source(term)]
            parts += [
                f"### {self._say(term, RDFS.label)} {_code(_short(term))}",
                " · ".join(part for part in about if part),
                _table(head, rows),
            ]
        return parts

    def _row(self, term: Node, more: str) -> list[str]:
        return [
            _code(_short(term)),
            self._say(term, RDFS.label),
            self._say(term, SKOS.definition),
            self._ends(term) if more == "ends" else self._parents(term),
            self._examples(term),
            self._source(term),
        ]

    def _ends(self, term: Node) -> str:
        sides = [
            " ".join(_code(_short(end)) for end in sorted(self._graph.objects(term, side), key=str))
            for side in (RDFS.domain, RDFS.range)
        ]
        return " → ".join(side or "…" for side in sides) if any(sides) else ""

    def _parents(self, term: Node) -> str:
        parents = sorted(self._graph.objects(term, RDFS.subClassOf), key=str)
        return " ".join(_code(_short(parent)) for parent in parents)

    def _say(self, term: Node, predicate: URIRef) -> str:
        said = self._graph.objects(term, predicate)
        return next(
            (str(w) for w in said if isinstance(w, Literal) and w.language == self._lang), ""
        )

    def _examples(self, term: Node) -> str:
        found = sorted(map(str, self._graph.objects(term, SKOS.example)))
        return " ".join(_code(example) for example in found)

    def _source(self, term: Node) -> str:
        found = sorted(self._graph.objects(term, DCTERMS.source), key=str)
        links = [f"<{source}>" for source in found if isinstance(source, URIRef)]
        return " ".join(links) or self._say(term, DCTERMS.source)


def _alignments(alignments: Graph, words: dict[str, str]) -> str:
    rows = [
        [
            _code(_short(ours)),
            _code(_short(relation)),
            _code(_short(theirs)),
            " ".join(map(str, alignments.objects(theirs, DCTERMS.source))),
        ]
        for relation in (RDFS.subClassOf, RDFS.subPropertyOf)
        for ours, theirs in sorted(alignments.subject_objects(relation))
    ]
    return _table([words["ours"], "", words["theirs"], words["copy"]], rows)


def _shapes(shapes: Graph, words: dict[str, str], lang: str) -> str:
    named = {
        shape
        for target in TARGETS
        for shape in shapes.subjects(URIRef(vocab.SH + target))
        if isinstance(shape, URIRef)
    }
    rows = []
    for shape in sorted(named):
        asked = next(shapes.objects(shape, URIRef(vocab.SH + "property")), shape)
        said = [
            str(message)
            for message in shapes.objects(asked, URIRef(vocab.SHAPE_MESSAGE))
            if isinstance(message, Literal) and message.language == lang
        ]
        rows.append([_code(shape.removeprefix(vocab.SHAPES)), *said])
    return _table([words["shape"], words["asked"]], rows)


def _is_ours(term: Node) -> bool:
    return str(term).startswith(vocab.KG)


def _short(term: Node) -> str:
    for prefix, namespace in PREFIXES.items():
        if str(term).startswith(namespace):
            return f"{prefix}:{str(term).removeprefix(namespace)}"
    return str(term)


def _code(text: str) -> str:
    return f"`{text}`"


def _table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    lines = [head, ["---"] * len(head), *rows]
    return "\n".join(
        "| " + " | ".join(cell.replace("|", "\\|") for cell in line) + " |" for line in lines
    )
