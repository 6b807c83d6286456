"""`kg`: the group of commands, the language, the exit status."""

from __future__ import annotations

import gc
import os
import sys
from collections.abc import Sequence
from typing import Final, NoReturn

import click

from kg.cli.commands import KgGroup, to_usage_error
from kg.cli.completion import VARIABLE
from kg.cli.options import Session, environment_flag, shared_options
from kg.cli.streams import prepare_streams, silence, write_note, write_output
from kg.errors import KgError
from kg.words import LANGS, Words, choose_language, format_error, load_words

DONE: Final = 0
CANNOT: Final = 2
INTERRUPTED: Final = 130

# Every command: the module that has it, and the function there that builds it.
COMMANDS: Final = {
    "coverage": ("kg.cli.coverage", "coverage_command"),
    "gaps": ("kg.cli.coverage", "gaps_command"),
    "check": ("kg.cli.check", "check_command"),
    "show": ("kg.cli.show", "show_command"),
    "list": ("kg.cli.show", "list_command"),
    "trace": ("kg.cli.trace", "trace_command"),
    "impact": ("kg.cli.impact", "impact_command"),
    "critical": ("kg.cli.impact", "critical_command"),
    "quality": ("kg.cli.quality", "quality_command"),
    "explain": ("kg.cli.show", "explain_command"),
    "stats": ("kg.cli.check", "stats_command"),
    "page": ("kg.cli.page", "page_command"),
    "report": ("kg.cli.report", "report_command"),
    "query": ("kg.cli.query", "query_command"),
    "questions": ("kg.cli.query", "questions_command"),
    "build": ("kg.cli.build", "build_command_"),
    "export": ("kg.cli.build", "export_command"),
    "diff": ("kg.cli.diff", "diff_command"),
    "trend": ("kg.cli.diff", "trend_command"),
    "agree": ("kg.cli.agree", "agree_command"),
    "locate": ("kg.cli.ledger", "locate_command"),
    "ledger": ("kg.cli.ledger", "ledger_group"),
    "new": ("kg.cli.new", "new_command"),
    "completion": ("kg.cli.completion", "completion_command"),
}


def main() -> NoReturn:
    """Run `kg` with the arguments of the process."""
    # A short run makes little garbage; looking for it took a third of the start-up.
    gc.set_threshold(200_000)
    prepare_streams()
    status = run(sys.argv[1:])
    try:
        sys.stdout.flush()
    except OSError:
        silence(sys.stdout)
    sys.exit(status)


def run(arguments: Sequence[str]) -> int:
    """Run `kg` and return its exit status (design §5).

    Parameters
    ----------
    arguments
        What stands after `kg`.
    """
    lang = language_of(arguments, os.environ)
    words = load_words(lang)
    try:
        _run(build_kg(words), Session(words), list(arguments))
    except click.exceptions.Exit as done:
        return done.exit_code
    except BrokenPipeError:
        # Whoever read has seen enough, as in `kg gaps | head`.
        silence(sys.stdout)
    except (KeyboardInterrupt, click.Abort):
        write_note(words.say("note.interrupted"))
        return INTERRUPTED
    except Exception as error:
        if environment_flag("KG_DEBUG") and not isinstance(error, KgError | click.ClickException):
            raise
        write_note(_complaint(error, lang))
        return CANNOT
    return DONE


def _complaint(error: Exception, lang: str) -> str:
    """One line that says where, what, and what to do."""
    if isinstance(error, click.ClickException):
        error = to_usage_error(error)
    if isinstance(error, KgError):
        return format_error(error.key, where=error.where, facts=error.facts, lang=lang)
    problem = f"{type(error).__name__}: {error}"
    return format_error("unexpected", where="kg", facts={"problem": problem}, lang=lang)


def _run(group: KgGroup, session: Session, arguments: list[str]) -> None:
    """Complete a line for a shell, or run the command.

    Not by click's own `main`, which has its own mind about errors and exit status.
    """
    instruction = os.environ.get(VARIABLE)
    if instruction:
        from click.shell_completion import shell_complete

        done = shell_complete(group, {"obj": session}, "kg", VARIABLE, instruction)
        raise click.exceptions.Exit(done)
    with group.make_context("kg", arguments, obj=session) as ctx:
        group.invoke(ctx)


def language_of(arguments: Sequence[str], environ: os._Environ[str] | dict[str, str]) -> str:
    """The language that the arguments ask for, else that of the environment.

    Looked up before anything is parsed, so that help and errors speak it too.

    >>> language_of(["gaps", "--lang", "en"], {})
    'en'
    >>> language_of(["gaps"], {})
    'zh'
    """
    option = None
    for position, argument in enumerate(arguments):
        if argument == "--":
            break
        if argument == "--lang" and position + 1 < len(arguments):
            option = arguments[position + 1]
        elif argument.startswith("--lang="):
            option = argument.removeprefix("--lang=")
    return choose_language(option if option in LANGS else None, environ)


def build_kg(words: Words) -> KgGroup:
    """The `kg` group in a language; no command is imported yet."""
    return KgGroup(
        words,
        "kg",
        "cli.kg",
        COMMANDS,
        params=[*shared_options(words), _version_option()],
    )


def _version_option() -> click.Option:
    def show(ctx: click.Context, _parameter: click.Parameter, value: bool) -> None:
        if value and not ctx.resilient_parsing:
            from kg.version import VERSION

            write_output(f"kg {VERSION}\n", None)
            ctx.exit()

    return click.Option(
        ["--version"], is_flag=True, is_eager=True, expose_value=False, callback=show
    )
