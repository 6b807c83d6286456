"""The IRIs of one data set: nodes and links by their ids, all else below a reserved word."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final
from urllib.parse import quote, unquote

from kg.errors import SourceError
from kg.vocab import CONCEPTS

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kg.model import Dataset, Mention

GRAPHS: Final = ("facts", "evidence", "inferred")
RESERVED: Final = frozenset(
    {"curator", "decision", "figure", "graph", "list", "mention", "source", "term"}
)

_BASE_IRI: Final = re.compile(
    r"[A-Za-z][A-Za-z0-9+.-]*:(?:[^\x00-\x20<>\"{}|\\^`#%\ud800-\udfff]|%[0-9A-Fa-f]{2})+#?"
)


@dataclass(frozen=True, slots=True)
class Names:
    """How the things of a data set are called: an id after the base IRI.

    What has no id of its own is named below a reserved first word, so that a source `s1`
    and a node `s1` are two things.

    >>> from kg.model import Dataset
    >>> names = Names(Dataset(base_iri="https://example.org/demo/"))
    >>> names.item("m1"), names.source("s1")
    ('https://example.org/demo/m1', 'https://example.org/demo/source/s1')
    """

    dataset: Dataset

    @property
    def base(self) -> str:
        """The IRI of the data set itself, with which all others begin."""
        return self.dataset.base_iri

    def item(self, item: str) -> str:
        """A node or a link."""
        return self.dataset.iri(item)

    def graph(self, name: str) -> str:
        """One of the named graphs `GRAPHS`."""
        return f"{self.base}graph/{name}"

    def source(self, source: str) -> str:
        """A text that mentions point into."""
        return f"{self.base}source/{_segment(source)}"

    def section(self, source: str, section: str) -> str:
        """A named part of a source."""
        return f"{self.source(source)}/section/{_segment(section)}"

    def passage(self, source: str, start: int, end: int) -> str:
        """A clause span of a source."""
        return f"{self.source(source)}/passage/{start}-{end}"

    def curator(self, curator: str) -> str:
        """Somebody who made a reading."""
        return f"{self.base}curator/{_segment(curator)}"

    def decision(self, decision: str) -> str:
        """A point on which readers could differ."""
        return f"{self.base}decision/{_segment(decision)}"

    def figure(self, outcome: str) -> str:
        """The figure that an outcome reports."""
        return f"{self.base}figure/{_segment(outcome)}"

    def place_in_list(self, item: str, place: int) -> str:
        """A step of the list of a set's members, from 1."""
        return f"{self.base}list/{_segment(item)}/{place}"

    def mention(self, item: str, mention: Mention) -> str:
        """One place that speaks of a node or a link."""
        place = f"{_segment(mention.source)}/{mention.start}-{mention.end}"
        return f"{self.base}mention/{_segment(item)}/{place}/{mention.role}"

    def concept(self, scheme: str, value: str) -> str:
        """A value of a closed list; outside the list, a term of the data set's own."""
        known = CONCEPTS.get(scheme, {}).get(value)
        return known or f"{self.base}term/{scheme}/{_segment(value)}"


def names_of(dataset: Dataset) -> Names:
    """The names of a data set, after a check that no two things can be called the same.

    Raises
    ------
    SourceError
        Where the base is no absolute IRI, or an id begins with a reserved word and a slash.
    """
    if not _BASE_IRI.fullmatch(dataset.base_iri):
        raise SourceError("base-iri", iri=dataset.base_iri)
    for item, place in _ids(dataset):
        if "/" in item and item.split("/", 1)[0] in RESERVED:
            raise SourceError("id-reserved", where=place, id=item)
    return Names(dataset)


def id_of(iri: str, *, base: str) -> str | None:
    """The id behind the IRI of a node, a link, a source, a curator or a decision.

    `None` where the IRI is none of this data set.

    >>> id_of("https://example.org/demo/m1", base="https://example.org/demo/")
    'm1'
    >>> id_of("https://example.org/demo/curator/A", base="https://example.org/demo/")
    'A'
    """
    if not iri.startswith(base) or iri == base:
        return None
    local = iri.removeprefix(base)
    first, _, rest = local.partition("/")
    return unquote(rest if rest and first in RESERVED else local)


def _ids(dataset: Dataset) -> Iterator[tuple[str, str]]:
    """Every id, with its place, and whatever is written where the id of an actor may stand."""
    for node in dataset.nodes:
        figure = node.figure
        awarded = (figure.recipient, figure.issuer) if figure else ()
        for named in (node.id, node.issuer, *node.actors, *awarded):
            if named:
                yield named, node.place
    for link in dataset.links:
        yield link.id, link.place


def _segment(text: str) -> str:
    """One step of a path: whatever the id holds, it stays one step."""
    return quote(text, safe="-._~!$&'()*+,;=:@")
