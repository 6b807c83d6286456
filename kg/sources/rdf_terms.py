"""One thing of RDF data, property by property: a value, or a fault that names what is wrong."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Final, TypeVar
from urllib.parse import quote, unquote

from kg import vocab
from kg.model import NOT_STATED
from kg.sources.rdf_things import CLASSES, Faults

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from kg.sources.rdf_things import Gathered, Text, Value

Word = TypeVar("Word", bound=StrEnum)
T = TypeVar("T")

# What stands for itself in an IRI: as `kg.model.Dataset.iri` and `kg.rdf.names` write it.
_SAFE_PATH: Final = "-._~!$&'()*+,;=:@/"
_SAFE_STEP: Final = "-._~!$&'()*+,;=:@"
_PLAIN_ID: Final = re.compile(r"[A-Za-z0-9._-]+")
_RESERVED: Final = frozenset(
    {"curator", "decision", "figure", "graph", "list", "mention", "source", "term"}
)
_INTEGER: Final = re.compile(r"[+-]?[0-9]{1,60}")
_DECIMAL: Final = re.compile(r"[+-]?(?:[0-9]{1,400}(?:\.[0-9]{0,400})?|\.[0-9]{1,400})")
_STRING: Final = vocab.XSD + "string"


class Statements:
    """All that a file says, until it is taken: what nobody takes in the end is a fault."""

    def __init__(self, gathered: Gathered, faults: Faults, base: str) -> None:
        self.things = gathered.things
        self.faults = faults
        self.base = base

    def take(self, iri: str) -> Thing | None:
        """What is said of a thing, for the first who asks."""
        said = self.things.pop(iri, None)
        return None if said is None else Thing(iri, said, self)

    def id_of(self, iri: str, under: str = "") -> str | None:
        """The id behind an IRI, `None` where it is none of this data set.

        Parameters
        ----------
        iri
            An IRI.
        under
            The reserved word and slash that it has before the id; without one, a node or a link.
        """
        head = self.base + under
        if not iri.startswith(head) or iri == head:
            return None
        local = iri.removeprefix(head)
        if _PLAIN_ID.fullmatch(local):
            return local
        if not under and "/" in local and local.split("/", 1)[0] in _RESERVED:
            return None
        text = unquote(local)
        # Were it spelled in another way, two IRIs would be one id.
        safe = _SAFE_STEP if under else _SAFE_PATH
        try:
            return text if quote(text, safe=safe) == local else None
        except UnicodeEncodeError:
            return None

    def take_as(self, iri: str | None, *classes: str) -> Thing | None:
        """What is said of a thing that must be of one of some classes."""
        thing = self.take(iri) if iri else None
        if thing is not None and thing.main_class() not in classes:
            thing.refuse("rdf-class", vocab.TYPE, " ".join(sorted(thing.types)))
            return None
        return thing

    def use_term(self, iri: str, value: str) -> None:
        """Take a term that the data have of their own, whose label is its value."""
        term = self.take_as(iri, vocab.CONCEPT)
        if term is not None:
            label = term.text(vocab.LABEL, absent="")
            if label != value:
                term.refuse("rdf-derived", vocab.LABEL, label)
            term.finish()

    def refuse_rest(self) -> None:
        """A fault for every thing that nobody took."""
        for iri in sorted(self.things):
            self.faults.add("rdf-unclaimed", subject=iri)


@dataclass(slots=True)
class _Absent:
    """The properties that a thing says are not stated, and those that do not apply."""

    stated: set[str]
    applicable: set[str]


class Thing:
    """One thing. Each property is read once; `finish` refuses what nobody read."""

    def __init__(self, iri: str, said: list[Value], statements: Statements) -> None:
        self.iri = iri
        self._statements = statements
        self.types: set[str] = set()
        self._values: dict[str, dict[Value, None]] = {}
        pairs = iter(said)
        for predicate, value in zip(pairs, pairs, strict=True):
            self._values.setdefault(str(predicate), {})[value] = None
        self._absent = _Absent(
            set(self.iris(vocab.NOT_STATED)), set(self.iris(vocab.NOT_APPLICABLE))
        )

    @property
    def place(self) -> str:
        """Where it stands, for messages of others; the line is not looked up."""
        return self._statements.faults.place(self.iri)

    def refuse(self, problem: str, predicate: str = "", value: str = "") -> None:
        """Note a fault of a property."""
        self._statements.faults.add(problem, subject=self.iri, predicate=predicate, value=value)

    def has(self, predicate: str) -> bool:
        """Whether it still has a value of a property."""
        return predicate in self._values

    def main_class(self) -> str | None:
        """The class that says what it is; `None`, and a fault, where that is not clear."""
        types = self.types = set(self.iris(vocab.TYPE))
        main = [found for found in types if found in CLASSES]
        if len(main) != 1 or not types - {main[0]} <= CLASSES[main[0]]:
            self.refuse("rdf-class", vocab.TYPE, " ".join(sorted(types)))
            return None
        return main[0]

    # -- IRIs ------------------------------------------------------------------------------

    def iris(self, predicate: str) -> list[str]:
        """The values of a property that are IRIs, sorted; a literal among them is a fault."""
        found = []
        for value in self._values.pop(predicate, ()):
            if isinstance(value, str):
                found.append(value)
            else:
                self.refuse("rdf-no-iri", predicate, value[0])
        return sorted(found)

    def iri_of(self, predicate: str) -> str | None:
        """The one IRI of a property."""
        return self._only(predicate, self.iris(predicate))

    def ids(self, predicate: str, under: str = "") -> list[str]:
        """The ids of a property, sorted."""
        found = []
        for iri in self.iris(predicate):
            item = self._statements.id_of(iri, under)
            if item is None:
                self.refuse("rdf-no-id", predicate, iri)
            else:
                found.append(item)
        return sorted(found)

    def id_of(self, predicate: str, under: str = "", *, needed: bool = False) -> str | None:
        """The one id of a property."""
        found = self.ids(predicate, under)
        if not found and needed:
            self.refuse("rdf-missing", predicate)
        return self._only(predicate, found)

    def listed(self, predicate: str, as_listed: str) -> str | None:
        """Ids separated by spaces, in the order they were listed in."""
        found = self.ids(predicate)
        text = self.text(as_listed, absent=None)
        if text is None:
            return " ".join(found) if found else None
        if sorted(set(text.split())) != found:
            self.refuse("rdf-derived", as_listed, text)
        return text

    def concept(self, predicate: str, scheme: str) -> str | None:
        """The value of a closed list, or a term that the data have of their own."""
        iri = self.iri_of(predicate)
        if iri is None:
            return None
        known = vocab.MEANING_OF.get(iri)
        if known is not None and known[0] == scheme:
            return known[1]
        value = self._statements.id_of(iri, f"term/{scheme}/")
        if value is None or value in vocab.CONCEPTS.get(scheme, {}):
            self.refuse("not-listed", predicate, iri)
            return None
        self._statements.use_term(iri, value)
        return value

    def word(
        self, predicate: str, scheme: str, words: type[Word], *, needed: bool = False
    ) -> Word | None:
        """A member of an enumeration."""
        if needed and not self.has(predicate):
            self.refuse("rdf-missing", predicate)
        value = self.concept(predicate, scheme)
        if value is None:
            return None
        if value not in {word.value for word in words}:
            self.refuse("not-listed", predicate, value)
            return None
        return words(value)

    # -- Literals --------------------------------------------------------------------------

    def texts(self, predicate: str) -> list[Text]:
        """The values of a property that are literals, sorted; an IRI among them is a fault."""
        found = []
        for value in self._values.pop(predicate, ()):
            if isinstance(value, str):
                self.refuse("rdf-no-literal", predicate, value)
            else:
                found.append(value)
        return sorted(found)

    def text(self, predicate: str, *, absent: T) -> str | T:
        """The one plain text of a property."""
        found = []
        for words, kind in self.texts(predicate):
            if kind == _STRING:
                found.append(words)
            else:
                self.refuse("rdf-datatype", predicate, words)
        text = self._only(predicate, found)
        return absent if text is None else text

    def both(self, predicate: str) -> tuple[str | None, str | None]:
        """The Chinese and the English text of a property."""
        found: dict[str, list[str]] = {"@zh": [], "@en": []}
        for words, kind in self.texts(predicate):
            if kind in found:
                found[kind].append(words)
            else:
                self.refuse("rdf-language", predicate, words)
        return self._only(predicate, found["@zh"]), self._only(predicate, found["@en"])

    def chinese(self, predicate: str) -> str:
        """The text of a property that is in Chinese only."""
        zh, en = self.both(predicate)
        if en is not None:
            self.refuse("rdf-language", predicate, en)
        return zh or ""

    def flag(self, predicate: str) -> bool:
        """Yes or no, which is never left out."""
        value = self._typed(predicate, ("boolean",))
        if value is None:
            self.refuse("rdf-missing", predicate)
        elif value not in ("true", "false", "1", "0"):
            self.refuse("not-a-flag", predicate, value)
        return value in ("true", "1")

    def whole(self, predicate: str, *, needed: bool = False) -> int | None:
        """A whole number, zero or more."""
        value = self._typed(predicate, ("integer",))
        if value is None:
            if needed:
                self.refuse("rdf-missing", predicate)
            return None
        if not _INTEGER.fullmatch(value) or int(value) < 0:
            self.refuse("not-a-whole-number", predicate, value)
            return None
        return int(value)

    def number(self, predicate: str) -> int | float | None:
        """A number, whole if it is an `xsd:integer`."""
        found = self.texts(predicate)
        only = self._only(predicate, found)
        if only is None:
            return None
        value, kind = only
        if kind == vocab.XSD + "integer" and _INTEGER.fullmatch(value):
            return int(value)
        if kind == vocab.XSD + "decimal" and _DECIMAL.fullmatch(value):
            return float(value)
        self.refuse("not-a-number", predicate, value)
        return None

    def date(self, predicate: str, first: str, last: str) -> str | None:
        """A date as it is written; the days that go with it are those of its interval."""
        from kg.sources.values import Refused, parse_date

        value = self.text(predicate, absent=None)
        days = [self._typed(derived, ("date",)) for derived in (first, last)]
        if value is None:
            if any(days):
                self.refuse("rdf-missing", predicate)
            return None
        try:
            interval = parse_date(value)
        except Refused as refused:
            self.refuse(refused.reason, predicate, value)
            return value
        expected = interval.start.isoformat(), interval.end.isoformat()
        for derived, day, right in zip((first, last), days, expected, strict=True):
            if day not in (None, right):
                self.refuse("rdf-derived", derived, str(day))
        return value

    def _typed(self, predicate: str, kinds: Iterable[str]) -> str | None:
        """The one value of a property, of one of some datatypes."""
        allowed = {vocab.XSD + kind for kind in kinds}
        found = []
        for value, kind in self.texts(predicate):
            if kind in allowed:
                found.append(value)
            else:
                self.refuse("rdf-datatype", predicate, value)
        return self._only(predicate, found)

    # -- Absence ---------------------------------------------------------------------------

    def stated(
        self,
        predicate: str,
        read: Callable[[str], T | None],
        *,
        belongs: bool = True,
        said: bool | None = None,
    ) -> T | str | None:
        """A value, "not-stated", or `None` where the thing says that there is none.

        Parameters
        ----------
        predicate
            The property.
        read
            Reads its value.
        belongs
            Whether a thing of this kind must say one of the three.
        said
            Whether there is a value, where it is said of another thing.
        """
        silent, inapplicable = self.is_not_stated(predicate), False
        if belongs:
            inapplicable = predicate in self._absent.applicable
            self._absent.applicable.discard(predicate)
        has_value = self.has(predicate) if said is None else said
        value = read(predicate)
        if silent + inapplicable + has_value > 1:
            self.refuse("rdf-contradiction", predicate)
        if not (silent or inapplicable or has_value) and belongs:
            self.refuse("rdf-missing", predicate)
        return NOT_STATED if silent else value

    def is_not_stated(self, predicate: str) -> bool:
        """Whether it says that its source is silent about a property."""
        silent = predicate in self._absent.stated
        self._absent.stated.discard(predicate)
        return silent

    def finish(self) -> None:
        """A fault for each property that nobody of this kind has."""
        for predicate in sorted(self._values):
            self.refuse("rdf-unknown", predicate)
        for said, rest in (
            (vocab.NOT_STATED, self._absent.stated),
            (vocab.NOT_APPLICABLE, self._absent.applicable),
        ):
            for predicate in sorted(rest):
                self.refuse("rdf-unknown", said, predicate)

    def _only(self, predicate: str, found: list[T]) -> T | None:
        if len(found) > 1:
            self.refuse("rdf-several", predicate)
        return found[0] if found else None
