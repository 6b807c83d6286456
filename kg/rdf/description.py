"""What is said of one thing: how the values of its fields become triples."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from kg import vocab
from kg.model import NOT_STATED
from kg.rdf.terms import boolean, day, iri, number, text

if TYPE_CHECKING:
    from kg.rdf.names import Names
    from kg.rdf.terms import Term, Triple
    from kg.sources.values import DateInterval


@dataclass(slots=True)
class Description:
    """The triples about one subject, gathered field by field.

    A method that takes `belongs` says "not applicable" of an absent value where the field
    belongs to such a thing at all, and "not stated" wherever the value says so.
    """

    names: Names
    subject: str
    triples: list[Triple] = field(default_factory=list)

    def add(self, predicate: str, term: Term) -> None:
        """Say one thing."""
        self.triples.append((iri(self.subject), iri(predicate), term))

    def say(self, predicate: str, target: str) -> None:
        """Say how it stands to something that has an IRI."""
        self.add(predicate, iri(target))

    def write(self, predicate: str, words: str, *, lang: str | None = None) -> None:
        """Say it in words; nothing where there are none."""
        if words:
            self.add(predicate, text(words, lang))

    def write_both(self, predicate: str, *, zh: str, en: str) -> None:
        """Say the same in Chinese and in English."""
        self.write(predicate, zh, lang="zh")
        self.write(predicate, en, lang="en")

    def flag(self, predicate: str, value: bool) -> None:
        """Say yes or no."""
        self.add(predicate, boolean(value))

    def count(self, predicate: str, value: float | None) -> None:
        """Say a number; nothing where there is none."""
        if value is not None:
            self.add(predicate, number(value))

    def is_absent(self, value: object, predicate: str, *, belongs: bool = True) -> bool:
        """Whether there is no value; then says which sort of "no value" it is."""
        if value == NOT_STATED:
            self.say(vocab.NOT_STATED, predicate)
        elif value is None and belongs:
            self.say(vocab.NOT_APPLICABLE, predicate)
        return value is None or value == NOT_STATED

    def words(self, predicate: str, value: str | None, *, belongs: bool = True) -> None:
        """Say a value that is text, exactly as it is written."""
        if not self.is_absent(value, predicate, belongs=belongs) and value is not None:
            self.add(predicate, text(value))

    def coded(
        self, predicate: str, scheme: str, value: str | None, *, belongs: bool = True
    ) -> None:
        """Say a value of a closed list; one outside the list becomes a term of its own."""
        if self.is_absent(value, predicate, belongs=belongs) or value is None:
            return
        concept = self.names.concept(scheme, value)
        self.say(predicate, concept)
        if value not in vocab.CONCEPTS.get(scheme, {}):
            term = Description(self.names, concept, self.triples)
            term.say(vocab.TYPE, vocab.CONCEPT)
            term.write(vocab.LABEL, value)

    def item(self, predicate: str, value: str | None, *, belongs: bool = True) -> None:
        """Say the id of something."""
        if not self.is_absent(value, predicate, belongs=belongs) and value is not None:
            self.say(predicate, self.names.item(value))

    def items(
        self, predicate: str, as_listed: str, value: str | None, *, belongs: bool = True
    ) -> None:
        """Say several ids, and the order they are listed in where it is not the sorted one."""
        if self.is_absent(value, predicate, belongs=belongs) or value is None:
            return
        listed = sorted(set(value.split()))
        for item in listed:
            self.say(predicate, self.names.item(item))
        if not listed or " ".join(listed) != value:
            self.add(as_listed, text(value))

    def dated(
        self, predicate: str, first: str, last: str, value: str | None, *, belongs: bool = True
    ) -> None:
        """Say a date as it is written, and the first and the last day of its interval."""
        self.words(predicate, value, belongs=belongs)
        interval = _interval(value)
        if interval is not None:
            self.add(first, day(interval.start))
            self.add(last, day(interval.end))


def _interval(value: str | None) -> DateInterval | None:
    """The days of a date; `None` of words that are no date, which stand as they are."""
    from kg.sources.values import Refused, parse_date

    if value is None or value == NOT_STATED:
        return None
    try:
        return parse_date(value)
    except Refused:
        return None
