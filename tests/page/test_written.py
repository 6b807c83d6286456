"""`kg page` writes whole pages or none: what goes wrong leaves the old page as it was."""

from __future__ import annotations

import os
import resource
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from kg.cli.main import run
from kg.cli.new import ledger_files

OLD = b"<!DOCTYPE html><title>the page of yesterday</title>"
NOBODY = 65534
KILLED_AT = {
    "the-first-write": "os.write = lambda *_: os.kill(os.getpid(), signal.SIGKILL)",
    "half-of-it": (
        "write = os.write; os.write = lambda fd, data: write(fd, data[:300000]) "
        "if len(data) > 300000 else os.kill(os.getpid(), signal.SIGKILL)"
    ),
    "the-flush": "os.fsync = lambda *_: os.kill(os.getpid(), signal.SIGKILL)",
}


@pytest.fixture
def place() -> Iterator[Path]:
    """A folder that anybody may enter, with the page of yesterday in it."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        folder.chmod(0o755)
        (folder / "page.html").write_bytes(OLD)
        (folder / "ledger").mkdir()
        for file, data in ledger_files().items():
            (folder / "ledger" / file).write_bytes(data)
        yield folder
        folder.chmod(0o755)


def _arguments(folder: Path) -> list[str]:
    return ["--data", str(folder / "ledger"), "-q", "page", "-o", str(folder / "page.html")]


def _kg_page(folder: Path, before: str = "") -> subprocess.CompletedProcess[str]:
    start = f"import os, signal, sys; from kg.cli.main import run; {before}\n"
    return subprocess.run(
        [sys.executable, "-c", start + "sys.exit(run(sys.argv[1:]))", *_arguments(folder)],
        capture_output=True,
        text=True,
        check=False,
        encoding="utf-8",
    )


def _content(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in sorted(folder.iterdir()) if path.is_file()}


def test_a_page_that_does_not_fit_on_the_disk_leaves_the_old_one(place: Path) -> None:
    before = (
        "import resource; signal.signal(signal.SIGXFSZ, signal.SIG_IGN); "
        f"resource.setrlimit(resource.RLIMIT_FSIZE, (200000, {resource.RLIM_INFINITY}))"
    )
    done = _kg_page(place, before)
    assert (done.returncode, done.stdout, done.stderr.count("\n")) == (2, "", 1)
    assert "page.html" in done.stderr and "Traceback" not in done.stderr
    assert _content(place) == {"page.html": OLD}


def test_a_folder_that_may_not_be_written_leaves_the_old_page(place: Path) -> None:
    assert run(_arguments(place)) == 0  # loads what is needed
    whole = _content(place)
    place.chmod(0o555)
    child = os.fork()
    if child == 0:  # whoever is root may write anywhere
        if os.geteuid() == 0:
            os.setgroups([])
            os.setgid(NOBODY)
            os.setuid(NOBODY)
        os._exit(run([*_arguments(place), "--title", "new"]))
    assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 2
    assert _content(place) == whole


@pytest.mark.parametrize("moment", KILLED_AT)
def test_a_run_that_is_killed_leaves_the_old_page_and_the_next_one_tidies_up(
    place: Path, moment: str
) -> None:
    done = _kg_page(place, KILLED_AT[moment])
    assert done.returncode == -signal.SIGKILL
    left = _content(place)
    assert left.pop("page.html") == OLD
    assert len(left) == 1  # what was begun lies beside it
    assert _kg_page(place).returncode == 0
    assert list(_content(place)) == ["page.html"]
    assert _content(place)["page.html"].endswith(b"</html>\n")
