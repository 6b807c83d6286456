"""`kg completion SHELL`: the script that makes a shell complete commands and options."""

from __future__ import annotations

from kg.cli.commands import KgCommand, OneOf
from kg.cli.options import Session, build_command, text_argument
from kg.words import Words

SHELLS = ("bash", "zsh", "fish")
VARIABLE = "_KG_COMPLETE"


def completion_command(words: Words) -> KgCommand:
    """`kg completion SHELL`."""
    shell = text_argument(words, "shell", "shell", type=OneOf(SHELLS))
    return build_command(words, "completion", _completion, params=[shell])


def _completion(session: Session, shell: str) -> None:
    import click
    from click.shell_completion import get_completion_class

    root = click.get_current_context().find_root().command
    found = get_completion_class(shell)
    if found is None:
        raise LookupError(shell)
    # The parent's source() asks bash for its version; the template needs no shell.
    complete = found(root, {}, "kg", VARIABLE)
    session.write(complete.source_template % complete.source_vars() + "\n")
