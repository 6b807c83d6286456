"""Quads gathered into things: what is said of each, and a fault for what cannot be ours."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from itertools import chain
from typing import TYPE_CHECKING, Final, TypeAlias

from pyoxigraph import BlankNode, Literal, NamedNode

from kg import vocab
from kg.errors import SourceError
from kg.limits import RDF_FAULTS, RDF_GROWTH
from kg.model import CONTEXT_KINDS, Finding, Kind

if TYPE_CHECKING:
    from collections.abc import Iterable

    from pyoxigraph import Quad

# An IRI is a text; a literal is its lexical form with "@" and its language, or its datatype.
Text: TypeAlias = tuple[str, str]
Value: TypeAlias = "str | Text"

NODE_CLASSES: Final = {vocab.CLASS_OF[kind]: kind for kind in Kind}
# The class that says what a thing is → those that may stand beside it.
CLASSES: Final[dict[str, frozenset[str]]] = {
    **{
        vocab.CLASS_OF[kind]: frozenset({vocab.REUSED_CLASS_OF[kind]})
        if kind in vocab.REUSED_CLASS_OF
        else frozenset()
        for kind in CONTEXT_KINDS
    },
    **{
        vocab.CLASS_OF[kind]: frozenset({vocab.COLLECTION, vocab.ORDERED_COLLECTION})
        for kind in Kind
        if kind not in CONTEXT_KINDS
    },
    vocab.LINK: frozenset({vocab.STATEMENT}),
    vocab.MENTION: frozenset({vocab.SPECIFIC_RESOURCE}),
    vocab.FIGURE: frozenset({vocab.OBSERVATION}),
    vocab.SOURCE: frozenset(),
    vocab.SECTION: frozenset(),
    vocab.PASSAGE: frozenset({vocab.SPECIFIC_RESOURCE}),
    vocab.DECISION: frozenset(),
    vocab.CURATOR: frozenset({vocab.AGENT}),
    vocab.DATASET: frozenset(),
    vocab.QUANTITY_VALUE: frozenset(),
    vocab.POSITION_SELECTOR: frozenset(),
    vocab.QUOTE_SELECTOR: frozenset(),
    vocab.CONCEPT: frozenset(),
}
_WORDS: Final = {
    iri: iri
    for iri in (
        *CLASSES,
        *(iri for beside in CLASSES.values() for iri in beside),
        *vocab.MEANING_OF,
        *vocab.GAP_OF.values(),
        *(value for value in vars(vocab).values() if isinstance(value, str)),
        *vocab.RELATION_OF.values(),
        *(
            iri
            for at in (vocab.CONTRIBUTES_AT, vocab.LEVEL_AT, vocab.OPEN_AT)
            for iri in at.values()
        ),
    )
}
_NAMESPACES: Final = tuple(
    sorted(((iri, prefix) for prefix, iri in vocab.PREFIXES.items()), reverse=True)
)
# To find a line is a service, so it takes little time: for the first faults, where the name
# of the thing is found soon, after so few characters of its line.
_LINES_LOOKED_UP: Final = 20
_HITS_LOOKED_AT: Final = 50
_INDENT: Final = 40
_HEAD_OF_FILE: Final = 20_000


class TooManyFaultsError(Exception):
    """So many faults that reading on would say nothing more."""


@dataclass(slots=True)
class Faults:
    """The faults of a file. Their places are told in the end, when its base is known.

    `text` is what the file holds, to look lines up in; empty where it has none.
    """

    file: str
    text: bytes = b""
    base: str = ""
    _met: list[tuple[str, tuple[tuple[str, str | int], ...]]] = field(default_factory=list)

    def add(self, problem: str, *, subject: str = "", predicate: str = "", value: str = "") -> None:
        """Note a KG009; after `RDF_FAULTS` of them, stop.

        Raises
        ------
        TooManyFaultsError
            Where that was one too many.
        """
        facts = (
            ("column", shorten(predicate)),
            ("problem", problem),
            ("value", shorten(value)[:80]),
        )
        self._met.append((subject, facts))
        if len(self._met) >= RDF_FAULTS:
            stop = (
                ("column", ""),
                ("count", RDF_FAULTS),
                ("problem", "rdf-stopped"),
                ("value", ""),
            )
            self._met.append(("", stop))
            raise TooManyFaultsError

    def findings(self) -> tuple[Finding, ...]:
        """Every fault with its place."""
        return tuple(
            Finding(
                "KG009", place=self._place(subject, look_up=number < _LINES_LOOKED_UP), facts=facts
            )
            for number, (subject, facts) in enumerate(self._met)
        )

    def place(self, subject: str) -> str:
        """The file and the short name of a thing; its line is not looked up."""
        return self._place(subject, look_up=False)

    def _place(self, subject: str, *, look_up: bool) -> str:
        if not subject:
            return self.file
        line = self._line(subject) if look_up and self.text else 0
        file = f"{self.file}:{line}" if line else self.file
        return f"{file}: {self._name(subject)[:120]}"

    def _name(self, subject: str) -> str:
        """A thing without the base of the data set."""
        local = subject.removeprefix(self.base) if self.base else subject
        return local or shorten(subject)

    def _line(self, subject: str) -> int:
        """The first line that begins with a thing, as `kg` and most others write it."""
        local = subject.removeprefix(self.base)
        spellings = [f"<{subject}>", f'"@id": "{subject}"']
        if self.base and local != subject:
            spellings += [f"{prefix} " for prefix in (f"data:{local}", f"{self._prefix()}:{local}")]
        for spelling in spellings:
            needle = spelling.encode("utf-8", "replace")
            at = self.text.find(needle)
            for _ in range(_HITS_LOOKED_AT):
                if at < 0:
                    break
                begin = self.text.rfind(b"\n", max(0, at - _INDENT), at) + 1
                is_near = bool(begin) or at < _INDENT
                if is_near and not self.text[begin:at].strip(b" \t{"):
                    return self.text.count(b"\n", 0, at) + 1
                at = self.text.find(needle, at + 1)
        return 0

    def _prefix(self) -> str:
        """The prefix that stands for the base of the data set."""
        pattern = rb"prefix[ \t]+([\w.-]*):[ \t]*<%s>" % re.escape(self.base.encode())
        match = re.search(pattern, self.text[:_HEAD_OF_FILE], re.IGNORECASE)
        return match[1].decode() if match else ""


@dataclass(slots=True)
class Gathered:
    """What is said of each thing: predicate, value, predicate, value …; and the graphs met."""

    things: dict[str, list[Value]]
    graphs: dict[str, int]


def shorten(iri: str) -> str:
    """An IRI by its prefix, as one reads it.

    >>> shorten(vocab.STATUS), shorten("urn:x:y")
    ('kg:status', 'urn:x:y')
    """
    for namespace, prefix in _NAMESPACES:
        if iri.startswith(namespace):
            return f"{prefix}:{iri.removeprefix(namespace)}"
    return iri


def gather(quads: Iterable[Quad], faults: Faults, *, size: int | None) -> Gathered:
    """Gather what quads say, thing by thing.

    Parameters
    ----------
    quads
        Quads of RDF 1.1.
    faults
        Gets a fault for a blank node and for a predicate that nothing of ours has.
    size
        The bytes of the file; what it would take in memory is held against it. `None`: a
        store of one's own, which is not.

    Raises
    ------
    SourceError
        Where far more comes out of the file than any file of ours would hold, or nothing in
        it is ours.
    TooManyFaultsError
        Where it is no use to go on.
    """
    gathered = Gathered({}, {})
    left = None if size is None else RDF_GROWTH * size + 10_000_000
    try:
        for quad in quads:
            taken = _keep(quad, gathered, faults)
            if left is not None:
                left -= taken
                if left < 0:
                    raise SourceError("rdf-dense", where=faults.file)
    except TooManyFaultsError:
        words = chain.from_iterable(gathered.things.values())
        if not any(isinstance(word, str) and word.startswith(vocab.KG) for word in words):
            raise SourceError("rdf-foreign", where=faults.file) from None
        raise
    return gathered


def _keep(quad: Quad, gathered: Gathered, faults: Faults) -> int:
    """Keep what a quad says, or note why not; the bytes that it takes, by experience."""
    subject, value, predicate = quad.subject, quad.object, quad.predicate.value
    if not isinstance(subject, NamedNode) or isinstance(value, BlankNode):
        about = subject.value if isinstance(subject, NamedNode) else ""
        faults.add("rdf-blank", subject=about, predicate=predicate)
        return 0
    about = subject.value
    known = _WORDS.get(predicate)
    if known is None:
        faults.add("rdf-unknown", subject=about, predicate=predicate)
        return 0
    if isinstance(value, NamedNode):
        kept: Value = _WORDS.get(value.value) or value.value
        taken = 80 + len(kept)
    elif isinstance(value, Literal) and value.direction is None:
        language = value.language
        kind = value.datatype.value if language is None else f"@{language}"
        kept = (value.value, _WORDS.get(kind) or kind)
        taken = 220 + 4 * len(kept[0])
    else:
        raise SourceError("rdf-12", where=faults.file)
    if isinstance(quad.graph_name, NamedNode):
        name = quad.graph_name.value
        if name not in gathered.graphs and len(gathered.graphs) >= RDF_FAULTS:
            faults.add("rdf-graph", value=name)
            return 0
        gathered.graphs[name] = gathered.graphs.get(name, 0) + 1
    elif isinstance(quad.graph_name, BlankNode):
        faults.add("rdf-blank", subject=about, predicate=predicate)
    said = gathered.things.get(about)
    if said is None:
        said = gathered.things[about] = []
        taken += 300 + len(about)
    said += (known, kept)
    return taken
