"""Commands and groups of click that speak the language of the reader, help and errors alike."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from importlib import import_module
from typing import Any

import click

from kg.errors import UsageError
from kg.report.layout import Line, Span, Style, fold, line, pad, width_of
from kg.report.terminal import format_lines
from kg.words import Words

_LABEL_WIDTH = 26
_HELP_WIDTH = 80


def format_help(
    words: Words, usage: str, text: str, sections: Iterable[tuple[str, Sequence[tuple[str, str]]]]
) -> str:
    """A help page: usage, what it does, then sections of names and explanations."""
    lines: list[Line] = [
        *fold(words.say("cli.usage", usage=usage), _HELP_WIDTH, indent="    "),
        (),
    ]
    for paragraph in text.split("\n"):
        lines += [line("  ", *piece) for piece in fold(paragraph, _HELP_WIDTH - 2)]
    for heading, entries in sections:
        if entries:
            lines += [(), line(Span(heading, Style.HEADING))]
            for label, explanation in entries:
                lines += _entry(label, explanation)
    return format_lines(lines).rstrip("\n")


def _entry(label: str, explanation: str) -> list[Line]:
    pieces = fold(explanation, _HELP_WIDTH - _LABEL_WIDTH - 3)
    indent = " " * (_LABEL_WIDTH + 3)
    if width_of(label) > _LABEL_WIDTH:
        return [line("  ", label), *(line(indent, *piece) for piece in pieces)]
    first = line("  ", pad(label, _LABEL_WIDTH), " ", *pieces[0])
    return [first, *(line(indent, *piece) for piece in pieces[1:])]


class KgCommand(click.Command):
    """A command whose help page and complaints come from the word catalogue."""

    def __init__(self, words: Words, name: str, key: str, **settings: Any) -> None:
        self.words = words
        self.key = key
        super().__init__(name, add_help_option=False, **settings)
        self.params.append(_help_option(words))

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Parse; surplus arguments are refused in the reader's language."""
        ctx.allow_extra_args = True
        rest = super().parse_args(ctx, args)
        if ctx.args and not ctx.resilient_parsing:
            raise UsageError("extra-argument", where=ctx.command_path, text=ctx.args[0])
        return rest

    def get_short_help_str(self, limit: int = 45) -> str:
        """One line."""
        return self.words.say(f"{self.key}.short")

    def get_help(self, ctx: click.Context) -> str:
        """The help page."""
        words = self.words
        usage = [ctx.command_path, words.say("cli.metavar.options")]
        entries = []
        for parameter in self.get_params(ctx):
            if isinstance(parameter, click.Argument):
                label = parameter.make_metavar(ctx)
                usage.append(label)
                entries.append((label.strip("[]"), words.say(f"cli.argument.{parameter.name}")))
        return format_help(
            words,
            " ".join(usage),
            words.say(f"{self.key}.help"),
            [
                (words.say("cli.arguments"), entries),
                (words.say("cli.options"), option_entries(self, ctx)),
            ],
        )


class KgGroup(click.Group):
    """A group that imports the module of a command only when the command is wanted.

    `table` gives for each name the module and its function that builds the command.
    """

    def __init__(
        self, words: Words, name: str, key: str, table: dict[str, tuple[str, str]], **settings: Any
    ) -> None:
        self.words = words
        self.key = key
        self.table = table
        super().__init__(
            name,
            add_help_option=False,
            invoke_without_command=True,
            callback=click.pass_context(_show_help_without_command),
            **settings,
        )
        self.params.append(_help_option(words))

    def list_commands(self, ctx: click.Context) -> list[str]:
        """The names in the order of the table, which is the order of use."""
        return list(self.table)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """The command of that name, built in the reader's language."""
        if cmd_name not in self.table:
            return None
        module, factory = self.table[cmd_name]
        build: Callable[[Words], click.Command] = getattr(import_module(module), factory)
        return build(self.words)

    def get_help(self, ctx: click.Context) -> str:
        """The help page; commands are listed without being imported."""
        words = self.words
        commands = [(name, words.say(f"{self.key_of(name)}.short")) for name in self.table]
        usage = f"{ctx.command_path} {words.say('cli.metavar.group')}"
        return format_help(
            words,
            usage,
            words.say(f"{self.key}.help"),
            [
                (words.say("cli.commands"), commands),
                (words.say("cli.options"), option_entries(self, ctx)),
            ],
        )

    def get_short_help_str(self, limit: int = 45) -> str:
        """One line."""
        return self.words.say(f"{self.key}.short")

    def key_of(self, name: str) -> str:
        """The key of a command's words."""
        return f"cli.{name}" if self.key == "cli.kg" else f"{self.key}-{name}"


def option_entries(command: click.Command, ctx: click.Context) -> list[tuple[str, str]]:
    """Each option with its spelling and what it does."""
    words: Words = command.words  # type: ignore[attr-defined]
    entries = []
    for parameter in command.get_params(ctx):
        if not isinstance(parameter, click.Option) or parameter.hidden:
            continue
        label = ", ".join(parameter.opts)
        if not parameter.is_flag:
            label += f" {parameter.make_metavar(ctx)}"
        name = f"{command.key}.option.{parameter.name}"  # type: ignore[attr-defined]
        key = name if words.has(name) else f"cli.option.{parameter.name}"
        entries.append((label, words.say(key)))
    return entries


def _show_help_without_command(ctx: click.Context) -> None:
    if ctx.invoked_subcommand is None:
        from kg.cli.streams import write_output

        write_output(ctx.get_help() + "\n", None)


def _help_option(words: Words) -> click.Option:
    def show(ctx: click.Context, _parameter: click.Parameter, value: bool) -> None:
        if value and not ctx.resilient_parsing:
            from kg.cli.streams import write_output

            write_output(ctx.get_help() + "\n", None)
            ctx.exit()

    return click.Option(
        ["-h", "--help", "help_"],
        is_flag=True,
        is_eager=True,
        expose_value=False,
        callback=show,
        help=words.say("cli.option.help_"),
    )


class OneOf(click.ParamType[str]):
    """One of several words; others than the canonical ones may stand for them."""

    name = "choice"

    def __init__(self, choices: Sequence[str], aliases: dict[str, str] | None = None) -> None:
        self.choices = tuple(choices)
        self.aliases = aliases or {}

    def get_metavar(self, param: click.Parameter, ctx: click.Context) -> str | None:
        """The words, where there are few enough to list."""
        return f"[{'|'.join(self.choices)}]" if param.metavar is None else param.metavar

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> str:
        """The canonical word; anything else is refused with the list of what there is."""
        text = self.aliases.get(str(value), str(value))
        if text not in self.choices:
            raise UsageError(
                "not-a-choice",
                where=_option_place(ctx, param),
                text=str(value),
                choices=" ".join(self.choices),
            )
        return text

    def shell_complete(
        self,
        ctx: click.Context,
        param: click.Parameter,
        incomplete: str,
    ) -> list[Any]:
        """The words that begin like this."""
        from click.shell_completion import CompletionItem

        return [CompletionItem(word) for word in self.choices if word.startswith(incomplete)]


def _option_place(ctx: click.Context | None, param: click.Parameter | None) -> str:
    parts = [ctx.command_path if ctx else "kg"]
    if isinstance(param, click.Option):
        parts.append(max(param.opts, key=len))
    return " ".join(parts)


def _near(name: str, ctx: click.Context | None) -> str:
    """The command that a mistyped one looks most like, if there is one."""
    from difflib import get_close_matches

    table = ctx.command.table if ctx and isinstance(ctx.command, KgGroup) else {}
    return "".join(get_close_matches(name, table, n=1))


def to_usage_error(error: click.ClickException) -> UsageError:
    """A complaint of click as one of ours: where, what, what to do."""
    ctx = getattr(error, "ctx", None)
    where = ctx.command_path if ctx else "kg"
    if isinstance(error, click.NoSuchOption):
        return UsageError("no-such-option", where=where, text=error.option_name)
    if isinstance(error, click.exceptions.NoSuchCommand):
        near = _near(error.command_name, ctx)
        key = "no-such-command-near" if near else "no-such-command"
        return UsageError(key, where=where, text=error.command_name, near=near)
    if isinstance(error, click.BadOptionUsage):
        return UsageError("bad-option-usage", where=where, text=error.option_name)
    if isinstance(error, click.MissingParameter) and error.param is not None and ctx is not None:
        parameter = error.param
        label = parameter.opts[-1] if isinstance(parameter, click.Option) else ""
        return UsageError(
            "missing-parameter", where=where, text=label or parameter.make_metavar(ctx)
        )
    return UsageError("bad-usage", where=where, text=error.format_message())
