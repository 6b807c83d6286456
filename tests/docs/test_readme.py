"""Every example of both READMEs is run, and what it prints is what stands there."""

from __future__ import annotations

import os
import re
import shlex
import subprocess
import sys
from pathlib import Path

import pytest

from tests.conftest import CHECKOUT

READMES = {"README.md": "en", "README.zh.md": "zh"}
BLOCK = re.compile(r"```console\n(.*?)```", re.DOTALL)
GOLDEN = os.environ.get("KG_GOLDEN") == "write"
CUT = "…"


def read(name: str) -> str:
    return (CHECKOUT / name).read_text(encoding="utf-8")


def commands(text: str) -> list[str]:
    """The commands of all console blocks, without what they print."""
    lines = (line for block in BLOCK.findall(text) for line in block.splitlines())
    return [line.removeprefix("$ ") for line in lines if line.startswith("$ ")]


def run(command: str, lang: str, folder: Path) -> str:
    """What a command prints, on both streams, as a person sees it in a pipe."""
    program, *arguments = shlex.split(command)
    assert program == "kg", f"only kg is run here: {command}"
    environment = {
        key: value for key, value in os.environ.items() if not key.startswith(("KG_", "LC_"))
    }
    environment |= {"KG_LANG": lang, "PYTHONUTF8": "1"}
    done = subprocess.run(
        [sys.executable, "-m", "kg", *arguments],
        cwd=folder,
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        check=False,
    )
    assert done.returncode in (0, 1), done.stdout.decode()
    return done.stdout.decode("utf-8")


def rendered(block: str, lang: str, folder: Path) -> str:
    """The block as it should be; `…` as the last line of an output cuts it after as many lines."""
    shown: list[str] = []
    for part in re.split(r"^(?=\$ )", block, flags=re.MULTILINE)[1:]:
        command, *expected = part.rstrip("\n").split("\n")
        output = run(command.removeprefix("$ "), lang, folder).rstrip("\n").split("\n")
        output = [line.rstrip() for line in output] if output != [""] else []
        if expected and expected[-1] == CUT:
            output = [*output[: len(expected) - 1], CUT]
        shown += [command, *output]
    return "\n".join(shown) + "\n"


@pytest.mark.parametrize(("name", "lang"), READMES.items())
def test_golden_examples_print_what_stands_there(name: str, lang: str, tmp_path: Path) -> None:
    text = read(name)
    blocks = BLOCK.findall(text)
    assert len(blocks) >= 5
    fresh = text
    for block in blocks:
        fresh = fresh.replace(block, rendered(block, lang, tmp_path), 1)
    if GOLDEN:
        (CHECKOUT / name).write_text(fresh, encoding="utf-8", newline="")
        return
    assert fresh == text


def test_both_readmes_run_the_same_commands() -> None:
    english, chinese = (commands(read(name)) for name in READMES)
    assert english == chinese


def test_both_readmes_have_the_same_sections() -> None:
    shapes = [re.findall(r"^(#+) ", read(name), re.MULTILINE) for name in READMES]
    assert shapes[0] == shapes[1]


def test_both_readmes_show_the_two_commands_on_their_first_screen() -> None:
    for name in READMES:
        first = "\n".join(read(name).splitlines()[:30])
        assert "make run" in first
        assert "make test" in first


def test_every_command_is_named_in_both_readmes() -> None:
    from kg.cli.main import COMMANDS

    for name in READMES:
        text = read(name)
        missing = [command for command in COMMANDS if f"kg {command}" not in text]
        assert missing == [], name


def test_pictures_and_files_that_the_readmes_name_are_there() -> None:
    for name in READMES:
        for target in re.findall(r"\]\(([^)#]+)\)", read(name)):
            if not target.startswith("http"):
                assert (CHECKOUT / target).exists(), f"{name}: {target}"
