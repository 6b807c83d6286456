"""One row of a ledger table, cell by cell: values, and a fault for each cell that has none."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from enum import StrEnum
from functools import cache
from typing import TypeVar

from kg.model import NOT_STATED, Finding
from kg.sources.columns import ABSENT_NAMES, FLAG_NAMES, Column

Word = TypeVar("Word", bound=StrEnum)


@cache
def _localised(labels: str) -> Mapping[str, str]:
    """The Chinese names of a closed list, mapped to its words."""
    from kg.words import load_words

    return {zh: word for word, zh in load_words("zh").table(labels).items()}


@cache
def _members(words: type[Word]) -> Mapping[str, Word]:
    """The members of an enumeration by their value."""
    return {member.value: member for member in words}


class Row:
    """A row of one table; a cell that cannot be read leaves a KG009 in `faults`.

    Parameters
    ----------
    place
        File and line, for error messages.
    columns
        The columns of the table by name.
    cells
        The text of each cell by column name, as it came.
    faults
        Where faults are gathered.
    """

    def __init__(
        self,
        place: str,
        columns: Mapping[str, Column],
        cells: Mapping[str, str],
        faults: list[Finding],
    ) -> None:
        self.place = place
        self._columns = columns
        self._cells = cells
        self._faults = faults

    def has(self, name: str) -> bool:
        """Whether the table has that column at all."""
        return name in self._cells

    def _refuse(self, name: str, problem: str) -> None:
        facts = (("column", name), ("problem", problem), ("value", self._cells.get(name, "")))
        self._faults.append(Finding("KG009", place=self.place, facts=facts))

    def text(self, name: str) -> str:
        """Any text, as it came; empty where the table has no such column."""
        return self._cells.get(name, "")

    def id(self, name: str) -> str:
        """An id: not empty, no space, no control or invisible character."""
        if name not in self._cells:
            return ""  # the missing column is a fault of its own
        cell = self._cells[name].strip()
        if not cell:
            self._refuse(name, "empty")
        elif not cell.isprintable() or " " in cell:  # every other space is not printable
            self._refuse(name, "bad-id")
        return cell

    def ids(self, name: str) -> tuple[str, ...]:
        """Ids separated by white space."""
        return tuple(self._cells.get(name, "").split())

    def flag(self, name: str) -> bool:
        """True or false; false where it is left out."""
        cell = self._cells.get(name, "").strip().lower()
        if cell not in FLAG_NAMES:
            self._refuse(name, "not-a-flag")
        return FLAG_NAMES.get(cell, False)

    def whole(self, name: str) -> int | None:
        """A whole number, `None` where the cell is empty."""
        cell = self._cells.get(name, "").strip()
        if not cell:
            return None
        if not (cell.isascii() and cell.isdigit() and len(cell) <= 12):
            self._refuse(name, "not-a-whole-number")
            return None
        return int(cell)

    def needed_whole(self, name: str) -> int:
        """A whole number; an empty cell is a fault."""
        number = self.whole(name)
        if number is None and name in self._cells and not self._cells[name].strip():
            self._refuse(name, "empty")
        return number or 0

    def stated(self, name: str) -> str | None:
        """A value, "not-stated", or `None` for null; an empty cell is a fault."""
        cell = self._cells.get(name)
        if cell is None:
            return None
        cell = cell.strip()
        if not cell:
            self._refuse(name, "empty-absent")
        return ABSENT_NAMES.get(cell, cell) or None

    def stated_whole(self, name: str) -> int | str | None:
        """A whole number, "not-stated" or `None`."""
        cell = self.stated(name)
        if cell is None or cell == NOT_STATED:
            return cell
        if not (cell.isascii() and cell.isdigit() and len(cell) <= 12):
            self._refuse(name, "not-a-whole-number")
            return None
        return int(cell)

    def stated_number(self, name: str) -> int | float | str | None:
        """A number, "not-stated" or `None`."""
        from kg.sources.values import Refused, parse_number

        cell = self.stated(name)
        if cell is None or cell == NOT_STATED:
            return cell
        try:
            return parse_number(cell)
        except Refused as refused:
            self._refuse(name, refused.reason)
            return None

    def stated_word(self, name: str) -> str | None:
        """A word of the column's list, "not-stated" or `None`."""
        cell = self.stated(name)
        if cell is None or cell == NOT_STATED:
            return cell
        return self._listed(name, cell)

    def stated_date(self, name: str) -> str | None:
        """A date of design §5 as it came, "not-stated" or `None`."""
        from kg.sources.values import Refused, parse_date

        cell = self.stated(name)
        if cell is None or cell == NOT_STATED:
            return cell
        try:
            parse_date(cell)
        except Refused as refused:
            self._refuse(name, refused.reason)
            return None
        return cell

    def word(self, name: str, words: type[Word], default: Word) -> Word:
        """A word of a closed list, in English or Chinese; the default where it is left out."""
        if name not in self._cells:
            return default
        cell = self._cells[name].strip()
        found: Word | None = _members(words).get(cell)
        if found is not None and cell in self._columns[name].words:
            return found
        if not cell:
            self._refuse(name, "empty")
            return default
        listed = self._listed(name, cell)
        return words(listed) if listed is not None else default

    def word_or_null(self, name: str, words: type[Word], default: Word) -> Word | None:
        """A word of a closed list, or `None` for null."""
        if ABSENT_NAMES.get(self._cells.get(name, "").strip(), "") is None:
            return None
        return self.word(name, words, default)

    def _listed(self, name: str, cell: str) -> str | None:
        column = self._columns[name]
        if cell in column.words:
            return cell
        localised = _localised(column.labels).get(cell)
        if localised in column.words:
            return localised
        self._refuse(name, "not-listed")
        return None


def resolve_header(
    header: Sequence[str], columns: Sequence[Column], *, place: str, faults: list[Finding]
) -> list[str]:
    """The column name behind each header cell; a KG009 for each that is wrong or missing.

    Headers are accepted in English or Chinese. An unknown one gets the name "".
    """
    names = {column.name: column.name for column in columns}
    names |= {column.zh: column.name for column in columns}
    resolved: list[str] = []
    for cell in header:
        name = names.get(cell.strip(), "")
        if not name or name in resolved:
            problem = "unknown-column" if not name else "duplicate-column"
            facts = (("column", cell.strip()), ("problem", problem), ("value", cell.strip()))
            faults.append(Finding("KG009", place=place, facts=facts))
            name = ""
        resolved.append(name)
    for column in columns:
        if column.needed and column.name not in resolved:
            facts = (("column", column.name), ("problem", "missing-column"), ("value", column.zh))
            faults.append(Finding("KG009", place=place, facts=facts))
    return resolved
