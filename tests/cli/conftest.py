"""Running `kg` inside the test's own process, and a small ledger to run it on."""

from __future__ import annotations

import contextlib
import io
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from kg.cli.main import run
from kg.cli.new import ledger_files


@dataclass(frozen=True)
class Outcome:
    """What one run of `kg` did."""

    status: int
    data: bytes
    notes: str

    @property
    def out(self) -> str:
        return self.data.decode("utf-8")


Kg = Callable[..., Outcome]


@pytest.fixture
def kg(monkeypatch: pytest.MonkeyPatch) -> Kg:
    """Run `kg` with arguments, in Chinese unless they or KG_LANG say otherwise."""
    for name in ("KG_SOURCES", "KG_DEBUG", "NO_COLOR", "LC_ALL", "LC_MESSAGES", "LANG", "KG_LANG"):
        monkeypatch.delenv(name, raising=False)

    def run_kg(*arguments: str | Path) -> Outcome:
        out = io.TextIOWrapper(io.BytesIO(), encoding="utf-8", newline="\n")
        err = io.TextIOWrapper(io.BytesIO(), encoding="utf-8", newline="\n")
        with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
            status = run([str(argument) for argument in arguments])
            out.flush()
            err.flush()
        data = out.buffer.getvalue() if isinstance(out.buffer, io.BytesIO) else b""
        notes = err.buffer.getvalue() if isinstance(err.buffer, io.BytesIO) else b""
        return Outcome(status, data, notes.decode("utf-8"))

    return run_kg


@pytest.fixture
def ledger(tmp_path: Path) -> Path:
    """The ledger that `kg new` makes, in a folder of its own."""
    folder = tmp_path / "ledger"
    folder.mkdir()
    for name, data in ledger_files().items():
        (folder / name).write_bytes(data)
    return folder


@pytest.fixture
def edit(ledger: Path) -> Callable[[str, str, str], None]:
    """Replace a piece of text in a table of the ledger, once."""

    def replace(table: str, old: str, new: str) -> None:
        path = ledger / table
        text = path.read_text(encoding="utf-8")
        assert old in text, (table, old)
        path.write_text(text.replace(old, new, 1), encoding="utf-8")

    return replace


@pytest.fixture
def cwd(tmp_path: Path) -> Iterator[Path]:
    """A working folder of the test's own."""
    with contextlib.chdir(tmp_path):
        yield tmp_path
