"""Our own RDF → a data set: a folder that `kg build` wrote, or one file of it.

`inferred` is kept beside the data set, in which it is computed anew; whatever else a file
says is in the data set, or is a fault.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from kg import vocab
from kg.errors import SourceError
from kg.files import read_bytes
from kg.limits import RDF_FILE_BYTES
from kg.model import Curator, Dataset, Decision, Finding, Mention, Passage, Section, Source
from kg.sources.rdf_links import check_collections, check_links, read_link, read_mention
from kg.sources.rdf_nodes import ReadNodes, read_node
from kg.sources.rdf_parse import NOWHERE, SUFFIXES, read_quads
from kg.sources.rdf_terms import Statements
from kg.sources.rdf_texts import (
    read_curator,
    read_decision,
    read_header,
    read_passage,
    read_section,
    read_source,
)
from kg.sources.rdf_things import (
    CLASSES,
    NODE_CLASSES,
    Faults,
    Gathered,
    TooManyFaultsError,
    gather,
)
from kg.sources.reading import Reading, attach_mentions

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from pyoxigraph import Quad

    from kg.model import Link
    from kg.sources.rdf_terms import Thing

GRAPHS: Final = ("facts", "evidence", "inferred")
ALL: Final = "all.nq"


def read_rdf_file(path: Path) -> Reading:
    """Read one file with facts and evidence, whatever its syntax.

    Raises
    ------
    SourceError
        Where it cannot be read, is no RDF 1.1, is too large, or is not as `kg` writes it.
    """
    data = read_bytes(path, limit=RDF_FILE_BYTES)
    quads = read_quads(data, syntax=SUFFIXES[path.suffix.lower()], where=path.name)
    return read_statements(quads, Faults(path.name, data), size=len(data))


def read_rdf_folder(folder: Path) -> Reading:
    """Read a folder that `kg build` wrote: `all.nq`, or the Turtle files where it is not there.

    Raises
    ------
    SourceError
        As `read_rdf_file`; and where a Turtle file of the folder does not say what `all.nq`
        says, so that nobody can tell which of the two holds.
    """
    turtle = [folder / f"{name}.ttl" for name in GRAPHS]
    present = [path for path in turtle if path.exists()]
    if (folder / ALL).exists():
        return _read_checked(folder / ALL, present)
    missing = [path.name for path in turtle[:2] if path not in present]
    if missing:
        raise SourceError("rdf-half", where=folder.name, missing=missing[0])
    data = {path.name: read_bytes(path, limit=RDF_FILE_BYTES) for path in present}

    def quads() -> Iterator[Quad]:
        for name, text in data.items():
            yield from read_quads(text, syntax="turtle", where=name)

    size = sum(len(text) for text in data.values())
    return read_statements(quads(), Faults(f"{folder.name}/*.ttl"), size=size)


def read_statements(quads: Iterable[Quad], faults: Faults, *, size: int | None) -> Reading:
    """Read a data set from the quads of its three graphs, named or in one.

    Parameters
    ----------
    quads
        Quads of RDF 1.1.
    faults
        Gets what is wrong.
    size
        The bytes they come from, to hold the memory they take against; `None`: no limit.

    Raises
    ------
    SourceError
        Where they are not ours, or only half of what is needed.
    """
    base = ""
    stray: tuple[Finding, ...] = ()
    inferred: frozenset[tuple[str, str, str]] | None = None
    try:
        gathered = gather(quads, faults, size=size)
        base = faults.base = _find_base(gathered, faults.file)
        reader = _Reader(gathered, faults, base)
        dataset, stray = reader.read(), reader.stray
        inferred = reader.inferred
    except TooManyFaultsError:
        # What was read so far would only seem to lack what stands behind the last fault.
        dataset = Dataset(base_iri=base) if base else Dataset()
    return Reading(dataset, (*faults.findings(), *stray), inferred=inferred)


def _find_base(gathered: Gathered, file: str) -> str:
    """The IRI of the one data set, with which all others begin."""
    found, is_ours = [], False
    for iri, said in gathered.things.items():
        for predicate, value in zip(said[::2], said[1::2], strict=True):
            if predicate == vocab.TYPE and isinstance(value, str):
                is_ours = is_ours or (value in CLASSES and value.startswith(vocab.KG))
                if value == vocab.DATASET:
                    found.append(iri)
    bases = sorted(set(found))
    if len(bases) > 1:
        raise SourceError("rdf-two-datasets", where=file, one=bases[0][:80], other=bases[1][:80])
    if not bases:
        raise SourceError("rdf-no-dataset" if is_ours else "rdf-foreign", where=file)
    if bases[0].startswith(NOWHERE):
        raise SourceError("rdf-relative", where=file)
    return bases[0]


class _Reader:
    """Takes what is said thing by thing, class by class, and puts the data set together."""

    def __init__(self, gathered: Gathered, faults: Faults, base: str) -> None:
        self._statements = Statements(gathered, faults, base)
        self._faults = faults
        self._base = base
        self._graphs = gathered.graphs
        self.stray: tuple[Finding, ...] = ()  # of mentions whose item is not there
        self.inferred: frozenset[tuple[str, str, str]] | None = None
        self._by_class: dict[str, list[str]] = {}
        for iri, said in gathered.things.items():
            for predicate, value in zip(said[::2], said[1::2], strict=True):
                if predicate == vocab.TYPE and isinstance(value, str):
                    self._by_class.setdefault(value, []).append(iri)

    def read(self) -> Dataset:
        faults, statements = self._faults, self._statements
        known = {f"{self._base}graph/{name}" for name in GRAPHS}
        for name in sorted(self._graphs.keys() - known):
            faults.add("rdf-graph", value=name)
        header = self._read_header()
        nodes = self._read_nodes()
        if nodes.inferred or f"{self._base}graph/inferred" in self._graphs:
            self.inferred = frozenset(nodes.inferred)
        if nodes.asserted and vocab.LINK not in self._by_class:
            raise SourceError("rdf-no-evidence", where=faults.file)
        links, targets = self._read_links()
        mentions, mentioned = self._read_mentions()
        placed_nodes, placed_links, stray = attach_mentions(nodes.nodes, links, mentions)
        self.stray = tuple(
            Finding("KG001", mention.item, mention.place, facts=(("id", mention.item),))
            for mention in stray
        )
        check_links(placed_links, targets, mentioned, nodes, statements)
        check_collections(placed_nodes, placed_links, nodes, statements)
        dataset = Dataset(
            nodes=placed_nodes,
            links=placed_links,
            base_iri=self._base,
            curators=self._read_curators(),
            sources=self._read_sources(),
            passages=self._read_passages(),
            decisions=self._read_decisions(),
            **header,
        )
        statements.refuse_rest()
        return dataset

    def _take_all(self, main: str) -> Iterator[Thing]:
        for iri in sorted(set(self._by_class.get(main, ()))):
            thing = self._statements.take(iri)
            if thing is not None:
                yield thing

    def _take_named(self, main: str, under: str = "") -> Iterator[tuple[Thing, str]]:
        """The things of a class with their ids; a fault for each that has none."""
        for thing in self._take_all(main):
            item = self._statements.id_of(thing.iri, under)
            if item is None:
                thing.refuse("rdf-no-id")
            else:
                if not item.isprintable() or " " in item:
                    thing.refuse("bad-id")
                yield thing, item

    def _take_as(self, main: str, under: str) -> Iterator[tuple[Thing, str]]:
        for thing, item in self._take_named(main, under):
            if thing.main_class() == main:
                yield thing, item

    def _read_header(self) -> dict[str, Any]:
        header: dict[str, Any] = {}
        for thing in self._take_all(vocab.DATASET):
            thing.main_class()
            header = read_header(thing)
        return header

    def _read_nodes(self) -> ReadNodes:
        read = ReadNodes()
        for main in NODE_CLASSES:
            for thing, item in self._take_named(main):
                read_node(thing, item, self._statements, read)
        return read

    def _read_links(self) -> tuple[list[Link], dict[str, set[str]]]:
        links, targets = [], {}
        for thing, item in self._take_named(vocab.LINK):
            read = read_link(thing, item)
            if read is not None:
                links.append(read[0])
                targets[item] = read[1]
        return links, targets

    def _read_mentions(self) -> tuple[list[Mention], dict[str, set[str]]]:
        mentions: list[Mention] = []
        mentioned: dict[str, set[str]] = {}
        for thing in self._take_all(vocab.MENTION):
            mention = read_mention(thing, self._statements)
            if mention is not None:
                mentions.append(mention)
                mentioned.setdefault(mention.item, set()).add(thing.iri)
        return mentions, mentioned

    def _read_curators(self) -> tuple[Curator, ...]:
        found = [
            read_curator(thing, item) for thing, item in self._take_as(vocab.CURATOR, "curator/")
        ]
        return tuple(curator for _, curator in sorted(found, key=lambda c: (c[0], c[1].id)))

    def _read_sources(self) -> tuple[Source, ...]:
        parts: dict[str, list[tuple[int, Section]]] = {}
        for thing in self._take_all(vocab.SECTION):
            if thing.main_class() != vocab.SECTION:
                continue
            section = read_section(thing, self._statements)
            if section is not None:
                parts.setdefault(section[0], []).append(section[1:])
        found = []
        for thing, item in self._take_as(vocab.SOURCE, "source/"):
            sections = sorted(parts.pop(thing.iri, ()), key=lambda part: (part[0], part[1].id))
            found.append(read_source(thing, item, tuple(part for _, part in sections)))
        for iri in sorted(parts):
            self._faults.add("rdf-unclaimed", subject=iri)
        return tuple(source for _, source in sorted(found, key=lambda s: (s[0], s[1].id)))

    def _read_passages(self) -> tuple[Passage, ...]:
        found = []
        for thing in self._take_all(vocab.PASSAGE):
            if thing.main_class() == vocab.PASSAGE:
                passage = read_passage(thing, self._statements)
                found += [passage] if passage is not None else []
        return tuple(sorted(found, key=lambda p: (p.source, p.start, p.end)))

    def _read_decisions(self) -> tuple[Decision, ...]:
        found = [
            read_decision(thing, item) for thing, item in self._take_as(vocab.DECISION, "decision/")
        ]
        return tuple(sorted(found, key=lambda decision: decision.id))


def _read_checked(whole: Path, parts: list[Path]) -> Reading:
    """Read `all.nq`; refuse where a Turtle file does not say the same in the graph of its name.

    Compared by the hashes of the triples, so that no two files are in memory as terms.
    """
    said: dict[str, set[int]] = {}
    data = read_bytes(whole, limit=RDF_FILE_BYTES)

    def quads() -> Iterator[Quad]:
        for quad in read_quads(data, syntax="nquads", where=whole.name):
            said.setdefault(str(quad.graph_name), set()).add(hash(quad.triple))
            yield quad

    faults = Faults(whole.name, data)
    reading = read_statements(quads(), faults, size=len(data))
    if reading.faults:  # there is enough to say already
        return reading
    for path in parts:
        text = read_bytes(path, limit=RDF_FILE_BYTES)
        found = {hash(q.triple) for q in read_quads(text, syntax="turtle", where=path.name)}
        if found != said.get(f"<{faults.base}graph/{path.stem}>", set()):
            raise SourceError("rdf-disagree", where=path.name, whole=whole.name)
    return reading
