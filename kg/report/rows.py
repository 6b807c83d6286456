"""Documents as rows with a head, for CSV and Markdown: in words, a value a cell."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from kg.model import BASES
from kg.report.content import Document
from kg.words import Words

_COUNTS = ("direct_measures", "measures", "planned", "outcomes", "figures")


@dataclass(frozen=True, slots=True)
class Rows:
    """A head and the rows under it, all text."""

    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


def coverage_rows(document: Document, words: Words) -> Rows:
    """A row a directive: levels, counts and the strongest chain at each basis."""
    head = [words.say(f"column.{name}") for name in ("id", "zh", "en", "issuer", "parent", "legs")]
    for name in ("level", "with_measure", "legs_open", *_COUNTS, "chain"):
        head += [_at(words, name, str(basis)) for basis in BASES]
    return Rows(tuple(head), tuple(_coverage_row(row, words) for row in document["directives"]))


def _coverage_row(row: Mapping[str, Any], words: Words) -> tuple[str, ...]:
    cells = [row["id"], row["zh"], row["en"], row["issuer"] or "", row["parent"] or ""]
    cells.append(str(row["legs"]["total"]))
    bases = [str(basis) for basis in BASES]
    cells += [words.say(f"rung.{row['level'][basis]}") for basis in bases]
    cells += [_yes(row["with_measure"][basis], words) for basis in bases]
    cells += [str(row["legs"]["open"][basis]) for basis in bases]
    for name in _COUNTS:
        cells += [str(row[name][basis]) for basis in bases]
    chains = [row["chain"][basis] for basis in bases]
    cells += [" → ".join(chain["ids"]) if chain else "" for chain in chains]
    return tuple(cells)


def gaps_rows(document: Document, words: Words) -> Rows:
    """A row a gap; what is waived says so, and why."""
    names: tuple[str, ...] = (
        "code",
        "title",
        "severity",
        "id",
        "kind",
        "zh",
        "en",
        "open",
        "message",
        "todo",
    )
    if document["waived"]:
        names = (*names, "waived")
    comma = words.say("list.comma")
    rows = [
        (
            row["code"],
            words.say(f"code.{row['code']}.title"),
            words.say(f"severity.{row['severity']}"),
            row["id"],
            words.say(f"kind.{row['kind']}"),
            row["zh"],
            row["en"],
            comma.join(words.say(f"basis.{basis}") for basis in row["open"] or ()),
            row["message"],
            words.say(f"code.{row['code']}.todo"),
            _waived(row, words),
        )[: len(names)]
        for row in (*document["findings"], *document["waived"])
    ]
    return Rows(_head(names, words), tuple(rows))


def _waived(row: Mapping[str, Any], words: Words) -> str:
    if "until" not in row:
        return ""
    return words.say("gate.waived_why", reason=row["reason"], who=row["who"], until=row["until"])


def check_rows(document: Document, words: Words) -> Rows:
    """A row a fault."""
    rows = [(row["code"], row["place"], row["id"], row["message"]) for row in document["findings"]]
    return Rows(_head(("code", "place", "id", "message"), words), tuple(rows))


def list_rows(document: Document, words: Words) -> Rows:
    """A row a thing of the kind, with the columns of its kind."""
    fields, names = document["fields"], document["names"]
    other = "en" if words.lang == "zh" else "zh"

    def said(field: str, value: Any) -> str:
        if value in names:
            return str(names[value][words.lang] or names[value][other] or value)
        return value_in_words(words, field, value)

    rows = [
        (row["id"], row["zh"], row["en"], *(said(field, row[field]) for field in fields))
        for row in document["items"]
    ]
    return Rows(_head(("id", "zh", "en", *fields), words), tuple(rows))


def stats_rows(document: Document, words: Words) -> Rows:
    """A row a count: of what, which, how many."""
    rows = [
        (words.say(f"stats.{table}"), stat_name(words, table, name), str(count))
        for table, counts in document["counts"].items()
        for name, count in counts.items()
    ]
    return Rows(_head(("table", "name", "count"), words), tuple(rows))


def questions_rows(document: Document, words: Words) -> Rows:
    """A row a named question."""
    rows = [
        (row["name"], row[f"title_{words.lang}"], " ".join(p["name"] for p in row["parameters"]))
        for row in document["questions"]
    ]
    return Rows(_head(("name", "title", "parameters"), words), tuple(rows))


def occurrence_rows(document: Document, words: Words) -> Rows:
    """A row an occurrence of a text."""
    names = ("source", "section", "start", "end", "quote", "digest", "context_digest")
    rows = [tuple(str(row[name]) for name in names) for row in document["occurrences"]]
    return Rows(_head(names, words), tuple(rows))


def value_in_words(words: Words, field: str, value: object) -> str:
    """A value of a field as a person reads it: enumerations and absences in words.

    >>> from kg.words import load_words
    >>> value_in_words(load_words("en"), "status", "ongoing")
    'ongoing'
    >>> value_in_words(load_words("en"), "baseline", "not-stated")
    'not stated'
    """
    if isinstance(value, bool):
        return _yes(value, words)
    if value is None:
        return ""
    text = str(value)
    for prefix in (_TABLE_OF.get(field, field), "absent"):
        if words.has(f"{prefix}.{text}"):
            return words.say(f"{prefix}.{text}")
    return text


# Fields whose values are said in a table of another name.
_TABLE_OF = {"issuer_level": "level"}


def stat_name(words: Words, table: str, name: str) -> str:
    """The name of one line of a table of counts, in words."""
    for prefix in (_STAT_WORDS.get(table, table), "absent"):
        if words.has(f"{prefix}.{name}"):
            return words.say(f"{prefix}.{name}")
    return name


_STAT_WORDS = {
    "nodes": "kinds",
    "links": "relation",
    "bases": "basis",
    "scopes": "scope",
    "link_statuses": "link_status",
    "stances": "stance",
    "reviews": "upkeep.count",
    "quotes": "quote_status",
    "passages": "passages",
    "ledger": "ledger_count",
}


def _head(names: tuple[str, ...], words: Words) -> tuple[str, ...]:
    return tuple(words.say(f"column.{name}") for name in names)


def _at(words: Words, name: str, basis: str) -> str:
    return words.say(
        "column.at", name=words.say(f"column.{name}"), basis=words.say(f"basis_upto.{basis}")
    )


def _yes(value: bool, words: Words) -> str:
    return words.say(f"yes_no.{'yes' if value else 'no'}")
