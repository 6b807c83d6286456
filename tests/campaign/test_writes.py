"""Writing, killed and hindered: an output is the old one or the new one, never a part."""

from __future__ import annotations

import errno
import os
import random
import signal
import stat
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, Final

import pytest

from kg import files
from kg.errors import WriteError
from kg.files import write_atomic, write_atomic_dir

ROOT: Final = Path(__file__).resolve().parents[2]
KILLS: Final = int(os.environ.get("KG_CAMPAIGN_KILLS", "5"))
PARTS: Final = ("all.nq", "evidence.ttl", "facts.ttl", "inferred.ttl")

# Kind of output: how many bytes, in a folder or not, and whether folders can be swapped.
KINDS: Final = {
    "a small file": (300, False, True),
    "a large file": (3_000_000, False, True),
    "a folder, swapped": (200_000, True, True),
    "a folder, moved aside": (20_000, True, False),
}

CHILD: Final = """
import itertools, sys
from pathlib import Path
from kg import files

target, size, in_folder, swaps = Path(sys.argv[1]), *map(int, sys.argv[2:])
if not swaps:
    files._exchange = lambda one, other: False
names = %r
print("ready", flush=True)
for letter in itertools.cycle((b"A", b"B")):
    data = letter * size
    if in_folder:
        files.write_atomic_dir(target, {name: data for name in names})
    else:
        files.write_atomic(target, data)
"""


def content(target: Path) -> dict[str, bytes]:
    """The files of an output; a plain file goes by the name ""."""
    if target.is_dir():
        return {path.name: path.read_bytes() for path in sorted(target.iterdir())}
    return {"": target.read_bytes()} if target.exists() else {}


def whole(letter: bytes, size: int, in_folder: bool) -> dict[str, bytes]:
    return dict.fromkeys(PARTS if in_folder else [""], letter * size)


def write(target: Path, output: dict[str, bytes]) -> None:
    if "" in output:
        write_atomic(target, output[""])
    else:
        write_atomic_dir(target, output)


@pytest.mark.parametrize("kind", KINDS)
def test_a_write_that_is_killed_tears_nothing_and_loses_nothing(kind: str, tmp_path: Path) -> None:
    size, in_folder, swaps = KINDS[kind]
    target = tmp_path / "out"
    good = [whole(letter, size, in_folder) for letter in (b"A", b"B")]
    write(target, good[0])
    moments = random.Random(kind)
    left_over = 0
    for _ in range(KILLS):
        arguments = [str(target), str(size), str(int(in_folder)), str(int(swaps))]
        child = subprocess.Popen(
            [sys.executable, "-c", CHILD % (PARTS,), *arguments], cwd=ROOT, stdout=subprocess.PIPE
        )
        assert child.stdout is not None
        with child.stdout:
            assert child.stdout.readline() == b"ready\n"
            time.sleep(moments.uniform(0.0, 0.06))
            child.kill()
        assert child.wait() == -signal.SIGKILL
        if swaps:
            assert content(target) in good
        left_over += len(list(tmp_path.glob(".kg-*")))
        write_atomic(tmp_path / "next", b"")
        assert content(target) in good
        assert sorted(path.name for path in tmp_path.iterdir()) == ["next", "out"]
    print(f"{kind}: {KILLS} kills left {left_over} temporary files")


@pytest.fixture
def old_and_new(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[tuple[Path, Any, Any]]:
    in_folder = request.param
    target = tmp_path / "out"
    old, new = whole(b"old", 10, in_folder), whole(b"new", 10, in_folder)
    write(target, old)
    yield target, old, new
    assert [path.name for path in tmp_path.iterdir()] == ["out"]


os_open: Final = os.open


class FailingCall:
    """A system call of `os` whose n-th use on a file that is being written fails."""

    def __init__(self, name: str, nth: int, code: int) -> None:
        self.real: Callable[..., Any] = getattr(os, name)
        self.nth, self.code, self.used = nth, code, 0

    def __call__(self, *arguments: Any, **settings: Any) -> Any:
        # Telling the disk of a new name, and clearing away, are done where they can be done.
        if isinstance(arguments[0], int):
            on_folder = stat.S_ISDIR(os.fstat(arguments[0]).st_mode)
        else:
            on_folder = self.real is os_open and not arguments[1] & os.O_WRONLY
        if not on_folder:
            self.used += 1
            if self.used == self.nth:
                raise OSError(self.code, os.strerror(self.code))
        return self.real(*arguments, **settings)


FAILURES: Final = {
    errno.EIO: "write-failed",
    errno.ENOSPC: "write-disk-full",
    errno.EACCES: "write-permission",
}


@pytest.mark.parametrize("old_and_new", [False, True], indirect=True, ids=["file", "folder"])
@pytest.mark.parametrize("swaps", [True, False], ids=["swap", "move"])
@pytest.mark.parametrize("call", ["open", "write", "fsync", "replace", "rename", "mkdir"])
def test_whichever_call_fails_the_old_output_stays(
    call: str, swaps: bool, old_and_new: tuple[Path, Any, Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    target, old, new = old_and_new
    if not swaps:
        monkeypatch.setattr(files, "_exchange", lambda one, other: False)
    for code, key in FAILURES.items():
        nth = 0
        while True:
            nth += 1
            failing = FailingCall(call, nth, code)
            with monkeypatch.context() as patch:
                patch.setattr(os, call, failing)
                try:
                    write(target, new)
                except WriteError as error:
                    assert (error.key, error.where) == (key, str(target))
                else:
                    assert failing.used < nth, "it failed and nobody was told"
                    break
            assert content(target) == old
            assert [path.name for path in target.parent.iterdir()] == ["out"]
        assert content(target) == new
        write(target, old)


@pytest.mark.parametrize("old_and_new", [True], indirect=True, ids=["folder"])
def test_a_swap_that_fails_leaves_the_old_folder(
    old_and_new: tuple[Path, Any, Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    target, old, new = old_and_new

    def fail(one: Path, other: Path) -> bool:
        raise OSError(errno.EBUSY, os.strerror(errno.EBUSY))

    with monkeypatch.context() as patch, pytest.raises(WriteError) as caught:
        patch.setattr(files, "_exchange", fail)
        write(target, new)
    assert caught.value.facts == {"reason": os.strerror(errno.EBUSY)}
    assert content(target) == old


@pytest.mark.parametrize("old_and_new", [False, True], indirect=True, ids=["file", "folder"])
def test_an_interruption_passes_through_and_leaves_the_old_output(
    old_and_new: tuple[Path, Any, Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    target, old, new = old_and_new

    def interrupt(descriptor: int) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch, pytest.raises(KeyboardInterrupt):
        patch.setattr(os, "fsync", interrupt)
        write(target, new)
    assert content(target) == old


@pytest.mark.parametrize("old_and_new", [False, True], indirect=True, ids=["file", "folder"])
def test_a_disk_that_takes_a_few_bytes_at_a_time_gets_them_all(
    old_and_new: tuple[Path, Any, Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    target, _, new = old_and_new
    real = os.write
    with monkeypatch.context() as patch:
        patch.setattr(os, "write", lambda descriptor, data: real(descriptor, data[:7]))
        write(target, new)
    assert content(target) == new


def test_a_full_device_is_told_and_still_a_device() -> None:
    device = Path("/dev/full")
    if not device.exists():
        pytest.skip("this system has no /dev/full")
    with pytest.raises(WriteError) as caught:
        write_atomic(device, b"data")
    assert (caught.value.key, caught.value.where) == ("write-disk-full", "/dev/full")
    assert stat.S_ISCHR(device.stat().st_mode)
