"""Every command has a help page, in both languages, within 80 columns."""

from __future__ import annotations

import re

import click
import pytest

from kg.cli.ledger import LEDGER_COMMANDS
from kg.cli.main import COMMANDS, build_kg
from kg.report.layout import width_of
from kg.words import LANGS, load_words
from tests.cli.conftest import Kg

PATHS = [
    (),
    *((name,) for name in COMMANDS),
    *(("ledger", name) for name in LEDGER_COMMANDS),
]


@pytest.mark.parametrize("lang", LANGS)
@pytest.mark.parametrize("path", PATHS, ids=" ".join)
def test_every_command_has_help_in_both_languages(kg: Kg, path: tuple[str, ...], lang: str) -> None:
    for spelling in ("-h", "--help"):
        outcome = kg(*path, spelling, "--lang", lang)
        assert (outcome.status, outcome.notes) == (0, "")
        first = outcome.out.splitlines()[0]
        assert first.startswith("用法：kg" if lang == "zh" else "Usage: kg")
        assert " ".join(("kg", *path)) in first
        assert ("选项" if lang == "zh" else "Options") in outcome.out
        assert [line for line in outcome.out.splitlines() if width_of(line) > 80] == []


@pytest.mark.parametrize("path", PATHS, ids=" ".join)
def test_the_chinese_help_has_no_english_sentence(kg: Kg, path: tuple[str, ...]) -> None:
    for line in kg(*path, "-h").out.splitlines():
        assert not re.search(r"[a-z]{2,} (the|of|is|and|to) [a-z]{2,}", line), line


@pytest.mark.parametrize("path", PATHS, ids=" ".join)
def test_every_option_is_explained(kg: Kg, path: tuple[str, ...]) -> None:
    command: click.Command = build_kg(load_words("en"))
    ctx = click.Context(command)
    for name in path:
        assert isinstance(command, click.Group)
        found = command.get_command(ctx, name)
        assert found is not None
        command = found
    text = kg(*path, "-h", "--lang", "en").out
    for parameter in command.params:
        if isinstance(parameter, click.Option):
            assert max(parameter.opts, key=len) in text


@pytest.mark.parametrize("lang", LANGS)
def test_without_a_command_the_groups_show_their_help(kg: Kg, lang: str) -> None:
    for group, wanted in (((), COMMANDS), (("ledger",), LEDGER_COMMANDS)):
        outcome = kg(*group, "--lang", lang)
        assert outcome.status == 0
        assert [name for name in wanted if f"\n  {name} " not in outcome.out] == []


def test_the_language_option_stands_before_or_after_the_command(kg: Kg) -> None:
    before, after = kg("--lang", "en", "explain", "basis"), kg("explain", "basis", "--lang", "en")
    assert before == after
    assert before.out.startswith("The basis of a link")


def test_the_version_is_that_of_the_package(kg: Kg) -> None:
    import kg as package

    assert kg("--version").out == f"kg {package.__version__}\n"


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_completion_prints_a_script_for_the_shell(kg: Kg, shell: str) -> None:
    outcome = kg("completion", shell)
    assert outcome.status == 0
    assert "_KG_COMPLETE" in outcome.out


def test_completion_completes_commands_and_choices(kg: Kg, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("_KG_COMPLETE", "bash_complete")
    monkeypatch.setenv("COMP_CWORD", "1")
    monkeypatch.setenv("COMP_WORDS", "kg cov")
    assert kg().out == "plain,coverage\n"
    monkeypatch.setenv("COMP_CWORD", "3")
    monkeypatch.setenv("COMP_WORDS", "kg gaps --basis st")
    assert kg().out == "plain,stated\n"
