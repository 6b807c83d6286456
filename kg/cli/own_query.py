"""`kg query FILE|-|"SELECT …"`: one's own SPARQL, from where it comes to how it is answered."""

from __future__ import annotations

import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final

import click

from kg import limits
from kg.cli.options import TABLE, Session, answer
from kg.errors import KgError, QueryError, UsageError

if TYPE_CHECKING:
    from pyoxigraph import Store

    from kg.query.own import Found, Limits

STDIN: Final = "-"
ANSWERED_NO: Final = 1
CUT_SHORT: Final = 2
_COMMAND: Final = "kg query"
_SIGNS_OF_SPARQL: Final = frozenset(" \t\r\n{<")
_LONGEST_SECONDS: Final = 86_400.0
_BOM: Final = b"\xef\xbb\xbf"


@dataclass(frozen=True, slots=True)
class QueryText:
    """A query as it came: what a complaint calls it, and its text."""

    where: str
    text: str


def find_own(given: str) -> QueryText | None:
    """The query that an argument is or names; `None` where it can only be a question's name.

    Raises
    ------
    KgError
        Where it names a file that cannot be read or is no text.
    """
    if given == STDIN:
        data = sys.stdin.buffer.read(limits.QUERY_BYTES + 1)
        return QueryText("stdin", _decode(data, where="stdin"))
    if _is_file(given):
        from kg.files import read_bytes

        try:
            data = read_bytes(Path(given), limit=limits.QUERY_BYTES)
        except KgError as error:
            if error.key != "source-too-large":
                raise
            raise _too_large(given) from error
        return QueryText(given, _decode(data, where=given))
    if not given or _SIGNS_OF_SPARQL & set(given):
        return QueryText(_COMMAND, given)
    if Path(given).suffix in (".rq", ".sparql") or "/" in given:
        raise UsageError("source-missing", where=given)
    return None


def _is_file(given: str) -> bool:
    try:
        return bool(given) and Path(given).exists()
    except (OSError, ValueError):  # too long, or with a character that no name has
        return False


def _decode(data: bytes, *, where: str) -> str:
    if len(data) > limits.QUERY_BYTES:
        raise _too_large(where)
    try:
        return data.removeprefix(_BOM).decode("utf-8")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise QueryError("query-not-utf-8", where=where, line=line) from error


def _too_large(where: str) -> QueryError:
    return QueryError("query-large", where=where, limit=f"{limits.QUERY_BYTES:,}")


def read_limits(timeout: str | None, limit: str | None) -> Limits:
    """The limits that `--timeout` and `--limit` ask for, else the defaults.

    Raises
    ------
    UsageError
        Where one of them is no number of its kind.
    """
    from kg.query.own import Limits

    seconds, rows = limits.QUERY_SECONDS, limits.QUERY_ROWS
    if timeout is not None:
        try:
            seconds = float(timeout) if timeout.isascii() else 0.0
        except ValueError:
            seconds = 0.0
        if not 0 < seconds <= _LONGEST_SECONDS:
            raise UsageError("bad-seconds", where=f"{_COMMAND} --timeout", text=timeout)
    if limit is not None:
        is_number = limit.isascii() and limit.isdigit() and 0 < len(limit) <= 9
        if not is_number or int(limit) == 0:
            raise UsageError("bad-row-limit", where=f"{_COMMAND} --limit", text=limit)
        rows = int(limit)
    return Limits(seconds=seconds, memory=limits.QUERY_MEMORY_BYTES, rows=rows)


def answer_own(
    session: Session,
    store: Store,
    query: QueryText,
    params: Mapping[str, str],
    bounds: Limits,
    *,
    base: str,
    has_own_limit: bool,
) -> None:
    """Ask one's own query and write the answer in the form that fits it."""
    from kg.query.own import ask_own, read_own

    guarded = read_own(query.text, base=base, where=query.where)
    syntax = choose_format(session, guarded.form, query.where)
    note_unenforced(session)
    found = ask_own(store, guarded, params, bounds=bounds, where=query.where)
    for unknown in found.unknown:
        key = "query-unknown-near" if unknown.near else "query-unknown"
        facts: dict[str, str | int] = {
            "line": unknown.line,
            "column": unknown.column,
            "name": unknown.name,
        }
        session.note(key, near=unknown.near, **facts)
    _write(session, store, found, syntax, base=base)
    if found.truth is False:
        click.get_current_context().exit(ANSWERED_NO)
    end_if_cut(session, found, bounds, has_own_limit=has_own_limit)


def note_unenforced(session: Session) -> None:
    """Say which limit cannot be enforced on this machine."""
    from kg.query.child import find_unenforced

    if find_unenforced():
        session.note("query-memory-unenforced")


def end_if_cut(session: Session, found: Found, bounds: Limits, *, has_own_limit: bool) -> None:
    """Say that the answer was cut, and at which limit; only one's own limit is no failure."""
    if found.cut is None:
        return
    if found.cut == "rows" and has_own_limit:
        session.note("query-rows-asked", limit=f"{bounds.rows:,}")
        return
    if found.cut == "rows":
        session.note("query-rows", limit=f"{bounds.rows:,}")
    else:
        session.note("query-size", rows=f"{len(found.answer.rows):,}")
    click.get_current_context().exit(CUT_SHORT)


def choose_format(session: Session, form: str, where: str) -> str:
    """The format that was asked for; for a graph without one, Turtle."""
    from kg.query.showing import GRAPH_FORMATS, formats_of

    possible = formats_of(form)
    if session.format in possible:
        return session.format
    if session.format == TABLE and possible == GRAPH_FORMATS:
        return GRAPH_FORMATS[0]
    choices = " ".join(possible)
    raise QueryError("query-format", where=where, form=form, format=session.format, choices=choices)


def _write(session: Session, store: Store, found: Found, syntax: str, *, base: str) -> None:
    from kg.query.results import FORMATS
    from kg.query.showing import GRAPH_FORMATS, graph_bytes, truth_bytes

    if syntax in GRAPH_FORMATS:
        session.write(graph_bytes(found, syntax, base=base))
    elif found.truth is not None and syntax in FORMATS:
        session.write(truth_bytes(found.truth, syntax))
    elif found.truth is not None:
        session.write(session.words.say(f"yes_no.{'yes' if found.truth else 'no'}") + "\n")
    elif syntax in FORMATS:
        session.write(FORMATS[syntax](found.answer))
    else:
        _write_table(session, store, found, base=base)


def _write_table(session: Session, store: Store, found: Found, *, base: str) -> None:
    from kg.query.showing import to_own_table
    from kg.report.counts_view import answer_lines, answer_sentence
    from kg.report.rows import Rows

    words = session.words
    table = to_own_table(found.answer, store, words, base=base)
    rows = Rows(table.headings, table.rows)
    title = words.say("view.query.own")
    answer(
        session,
        document={},
        lines=lambda width: answer_lines(title, rows, words, width=width),
        rows=lambda: rows,
        sentences=lambda: (answer_sentence(title, rows, words),),
    )
