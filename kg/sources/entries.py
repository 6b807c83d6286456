"""One object of a JSON document, key by key: a value, or a fault that names where it stands."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from enum import StrEnum
from typing import Any, TypeVar

from kg.model import NOT_STATED, Finding

Word = TypeVar("Word", bound=StrEnum)


class Entry:
    """One object of the document, key by key; a value that will not do leaves a KG009."""

    def __init__(self, keys: Mapping[str, Any], place: str, faults: list[Finding]) -> None:
        self.keys = keys
        self.place = place
        self._faults = faults

    def unknown(self, known: set[str]) -> set[str]:
        """The keys that nobody reads."""
        return set(self.keys) - known

    def refuse(self, key: str, problem: str) -> None:
        """Leave a KG009 that names the key, what is wrong, and the value."""
        value = str(self.keys.get(key, ""))[:80]
        facts = (("column", key), ("problem", problem), ("value", value))
        self._faults.append(Finding("KG009", place=self.place, facts=facts))

    def id(self, key: str, default: str = "") -> str:
        """An id: a text without spaces or invisible characters."""
        value = self.keys.get(key, default)
        if not isinstance(value, str) or not value:
            self.refuse(key, "empty")
            return default
        if not value.isprintable() or " " in value:  # every other space is not printable
            self.refuse(key, "bad-id")
        return value

    def text(self, key: str) -> str:
        """A text, empty where the key is missing or null."""
        value = self.keys.get(key)
        if value is None:
            return ""
        if not isinstance(value, str):
            self.refuse(key, "not-a-text")
            return ""
        if any("\ud800" <= character <= "\udfff" for character in value):
            self.refuse(key, "not-a-text")
            return ""
        return value

    def optional(self, key: str) -> str | None:
        """A text, `None` where it is missing, null or empty."""
        return self.text(key) or None

    def flag(self, key: str) -> bool:
        """True or false; false where it is missing."""
        value = self.keys.get(key)
        if value is not None and not isinstance(value, bool):
            self.refuse(key, "not-a-flag")
        return value is True

    def whole(self, key: str) -> int | None:
        """A whole number, zero or more, or `None`."""
        value = self.keys.get(key)
        if value is None:
            return None
        if isinstance(value, bool) or not isinstance(value, int) or value < 0:
            self.refuse(key, "not-a-whole-number")
            return None
        return value

    def number(self, key: str) -> int | float | str | None:
        """A number, "not-stated" or `None`; a text is read as `parse_number` reads it."""
        value = self.keys.get(key)
        if value is None or value == NOT_STATED:
            return value
        if isinstance(value, str):
            from kg.sources.values import Refused, parse_number

            try:
                return parse_number(value)
            except Refused as refused:
                self.refuse(key, refused.reason)
                return None
        if isinstance(value, bool) or not isinstance(value, int | float):
            self.refuse(key, "not-a-number")
            return None
        return value

    def date(self, key: str) -> str | None:
        """A date of design §5 as it came, "not-stated" or `None`; a year may be a number."""
        from kg.sources.values import Refused, parse_date

        value = self.keys.get(key)
        if isinstance(value, int) and not isinstance(value, bool) and 0 < value < 10_000:
            return f"{value:04}"
        text = self.optional(key)
        if text is None or text == NOT_STATED:
            return text
        try:
            parse_date(text)
        except Refused as refused:
            self.refuse(key, refused.reason)
            return None
        return text

    def listed(self, key: str, words: tuple[str, ...]) -> str | None:
        """One of a closed list, "not-stated" or `None`."""
        text = self.optional(key)
        if text is not None and text not in (*words, NOT_STATED):
            self.refuse(key, "not-listed")
            return None
        return text

    def word(self, key: str, words: type[Word]) -> Word | None:
        """A member of an enumeration, or `None`."""
        text = self.listed(key, tuple(word.value for word in words))
        if text == NOT_STATED and text not in {word.value for word in words}:
            self.refuse(key, "not-listed")
            return None
        return words(text) if text is not None else None

    def ids(self, key: str) -> tuple[str, ...]:
        """A list of texts, empty where it is missing."""
        value = self.keys.get(key) or []
        if not isinstance(value, list) or not all(isinstance(item, str) for item in value):
            self.refuse(key, "not-a-list")
            return ()
        return tuple(value)

    def entries(self, key: str) -> Iterator[Entry]:
        """The objects of a list, each with its own place."""
        value = self.keys.get(key) or []
        if not isinstance(value, list) or not all(isinstance(item, Mapping) for item in value):
            self.refuse(key, "not-a-list")
            return
        for number, entry in enumerate(value):
            yield Entry(entry, f"{self.place}.{key}[{number}]", self._faults)
