"""The session that options fill, the options every command takes, and how answers go out."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final

import click

from kg.cli.commands import KgCommand, OneOf
from kg.cli.streams import is_colourful, width_of_output, write_note, write_output
from kg.words import LANGS, Words

if TYPE_CHECKING:
    from kg.report.layout import Line
    from kg.report.rows import Rows

TABLE: Final = "table"
ROW_FORMATS: Final = (TABLE, "json", "csv", "md")


@dataclass
class Session:
    """What the options of one run have said so far."""

    words: Words
    data: list[str] = field(default_factory=list)
    format: str = TABLE
    output: str | None = None
    no_color: bool = False
    quiet: bool = False

    def note(self, key: str, **facts: str | int) -> None:
        """Say something beside the answer, unless asked to be quiet."""
        if not self.quiet:
            write_note(self.words.say(f"note.{key}", **facts))

    def write(self, data: str | bytes) -> None:
        """Give the answer."""
        write_output(data, self.output)


def build_command(
    words: Words,
    name: str,
    callback: Callable[..., None],
    *,
    params: Sequence[click.Parameter] = (),
    formats: Sequence[str] = (),
    key: str | None = None,
    output: bool = True,
) -> KgCommand:
    """A command with the options that all have.

    Parameters
    ----------
    words
        The reader's language.
    name
        What is typed.
    callback
        Called with the session and the values of `params`.
    params
        The command's own arguments and options.
    formats
        What `--format` takes, the default first; empty where there is no choice.
    key
        The key of its words, if not `cli.<name>`.
    output
        Whether its answer can go to a file by `--output`.
    """
    common: list[click.Parameter] = []
    if formats:
        common.append(_format_option(formats))
    if output:
        common.append(_text_option(["-o", "--output"], "output", "cli.metavar.file", words))
    common += shared_options(words)
    return KgCommand(
        words,
        name,
        key or f"cli.{name}",
        callback=click.pass_obj(callback),
        params=[*params, *common],
    )


def shared_options(words: Words) -> list[click.Parameter]:
    """The options that stand before or after the name of a command."""
    return [
        click.Option(
            ["--data"],
            multiple=True,
            metavar=words.say("cli.metavar.source"),
            expose_value=False,
            callback=_add_data,
        ),
        click.Option(["--lang"], type=OneOf(LANGS), expose_value=False),
        _flag_option(["--no-color"], "no_color"),
        _flag_option(["-q", "--quiet"], "quiet"),
    ]


def _add_data(ctx: click.Context, _parameter: click.Parameter, value: tuple[str, ...]) -> None:
    session = ctx.find_object(Session)
    if session is not None:
        session.data += value


def _flag_option(spellings: list[str], name: str) -> click.Option:
    def store(ctx: click.Context, _parameter: click.Parameter, value: bool) -> None:
        session = ctx.find_object(Session)
        if session is not None and value:
            setattr(session, name, True)

    return click.Option([*spellings, name], is_flag=True, expose_value=False, callback=store)


def _format_option(formats: Sequence[str]) -> click.Option:
    def store(ctx: click.Context, _parameter: click.Parameter, value: str) -> None:
        session = ctx.find_object(Session)
        if session is not None:
            session.format = value

    return click.Option(
        ["--format"],
        type=OneOf(formats),
        default=formats[0],
        expose_value=False,
        callback=store,
    )


def _text_option(spellings: list[str], name: str, metavar: str, words: Words) -> click.Option:
    def store(ctx: click.Context, _parameter: click.Parameter, value: str | None) -> None:
        session = ctx.find_object(Session)
        if session is not None and value is not None:
            session.output = value

    return click.Option(spellings, metavar=words.say(metavar), expose_value=False, callback=store)


def text_option(words: Words, spelling: str, metavar: str, **settings: Any) -> click.Option:
    """An option that takes a text; `metavar` names it under `cli.metavar`."""
    return click.Option([spelling], metavar=words.say(f"cli.metavar.{metavar}"), **settings)


def text_argument(words: Words, name: str, metavar: str, **settings: Any) -> click.Argument:
    """An argument; `metavar` names it under `cli.metavar`."""
    return click.Argument([name], metavar=words.say(f"cli.metavar.{metavar}"), **settings)


def sources_option(words: Words) -> click.Option:
    """Where the source texts lie; KG_SOURCES where it is not given."""
    return text_option(words, "--sources", "folder", envvar="KG_SOURCES")


def answer(
    session: Session,
    *,
    document: dict[str, Any],
    lines: Callable[[int], Iterable[Line]],
    rows: Callable[[], Rows] | None = None,
    sentences: Callable[[], Iterable[str]] = tuple,
) -> None:
    """Write an answer in the format that was asked for.

    Parameters
    ----------
    session
        Format and place of the answer.
    document
        For json.
    lines
        For a person: the lines at a width.
    rows, sentences
        For csv and md: the rows; md has the sentences before them.
    """
    if session.format == "json":
        session.write(to_json(document))
    elif session.format == "csv" and rows is not None:
        from kg.export.cells import csv_bytes

        table = rows()
        session.write(csv_bytes(table.head, table.rows, bom=True))
    elif session.format == "md" and rows is not None:
        from kg.report.markdown import format_markdown

        session.write(format_markdown(sentences(), rows()))
    else:
        from kg.report.terminal import format_lines

        to_file = session.output is not None and session.output != "-"
        colour = not to_file and is_colourful(no_color=session.no_color)
        width = 80 if to_file else width_of_output()
        session.write(format_lines(lines(width), colour=colour))


def to_json(document: dict[str, Any]) -> str:
    """A document as text, keys in their order."""
    import json

    return json.dumps(document, ensure_ascii=False, indent=2) + "\n"


def environment_flag(name: str) -> bool:
    """Whether a variable of the environment is set to something."""
    return bool(os.environ.get(name))
