"""The guide to the tables of a ledger: every column with its meaning, values and an example."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from kg.report.markdown import escape_cell
from kg.sources.columns import OPTIONAL_TABLES, TABLES, Column, Holds
from kg.words import Words

Examples = Mapping[str, Mapping[str, str]]

# Where the bundled ledger has no cell that says something.
_EXAMPLES = {
    Holds.FLAG: "false",
    Holds.WHOLE: "1",
    Holds.STATED: "not-stated",
    Holds.STATED_DATE: "2021-09",
}

_STATED = "null, not-stated"
_VALUES = {
    Holds.FLAG: "true, false",
    Holds.NULL_WORD: "null",
    Holds.STATED: _STATED,
    Holds.STATED_WHOLE: _STATED,
    Holds.STATED_NUMBER: _STATED,
    Holds.STATED_DATE: _STATED,
    Holds.STATED_WORD: _STATED,
}


def ledger_guide(words: Words, examples: Examples) -> str:
    """The guide in Markdown, one section a table.

    Parameters
    ----------
    words
        The language.
    examples
        A cell of the bundled ledger by table and column.
    """
    lines: list[str] = []
    for table, columns in TABLES.items():
        optional = words.say("ledger_guide.optional") if table in OPTIONAL_TABLES else ""
        lines += [
            f"## {table}.csv",
            "",
            words.say(f"ledger_column.table.{table}") + words.say("ledger_guide.stop") + optional,
            "",
            "| " + " | ".join(words.table("ledger_guide.heading").values()) + " |",
            "|---|---|---|---|---|",
            *(_row(words, table, column, examples) for column in columns),
            "",
        ]
    return "\n".join(lines)


def _row(words: Words, table: str, column: Column, examples: Examples) -> str:
    needed = words.say("ledger_guide.needed") if column.needed else ""
    cells: Iterable[str] = (
        column.zh,
        column_meaning(words, table, column.name),
        ", ".join(filter(None, (*column.words, _VALUES.get(column.holds, "")))),
        examples.get(table, {}).get(column.name, "") or _EXAMPLES.get(column.holds, ""),
    )
    rest = " | ".join(escape_cell(cell) for cell in cells)
    return f"| `{column.name}`{needed} | {rest} |"


def column_meaning(words: Words, table: str, column: str) -> str:
    """What a column means; what it means in any table where it has no meaning of its own."""
    own = f"ledger_column.{table}.{column}"
    return words.say(own if words.has(own) else f"ledger_column.any.{column}")
