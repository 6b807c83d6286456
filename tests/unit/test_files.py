"""Bytes to and from disk."""

from __future__ import annotations

import os
import stat
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from kg import files
from kg.errors import KgError, SourceError, WriteError
from kg.files import bundled, read_bytes, write_atomic, write_atomic_dir


@pytest.fixture
def shared_folder() -> Iterator[Path]:
    """A folder that every user may write to; pytest's own belong to one user."""
    with tempfile.TemporaryDirectory() as name:
        Path(name).chmod(0o777)
        yield Path(name)


@contextmanager
def as_ordinary_user() -> Iterator[None]:
    """Drop the right of the superuser to read and write everything, if we have it."""
    if os.geteuid() != 0:
        yield
        return
    os.seteuid(65534)
    try:
        yield
    finally:
        os.seteuid(0)


def told(error: KgError) -> tuple[str, str]:
    return error.key, error.where


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def content(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in sorted(folder.iterdir())}


def gone_process() -> int:
    """The number of a process that has ended."""
    process = subprocess.Popen([sys.executable, "-c", ""])
    process.wait()
    return process.pid


# Reading


def test_a_file_is_read_up_to_its_limit(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_bytes(b"12345")
    assert read_bytes(path, limit=5) == b"12345"
    with pytest.raises(SourceError) as caught:
        read_bytes(path, limit=4)
    assert told(caught.value) == ("source-too-large", str(path))
    assert caught.value.facts == {"limit": "4"}


def test_what_cannot_be_read_is_named_with_its_reason(tmp_path: Path) -> None:
    (tmp_path / "folder").mkdir()
    (tmp_path / "file").write_bytes(b"")
    os.mkfifo(tmp_path / "pipe")
    (tmp_path / "loop").symlink_to("loop")
    keys = {}
    for name in ("none", "folder", "file/x", "pipe", "loop", "a\0b", "\ud800", "n" * 300):
        with pytest.raises(SourceError) as caught:
            read_bytes(tmp_path / name, limit=10)
        keys[name[:10]] = caught.value.key
    assert keys == {
        "none": "source-missing",
        "folder": "source-is-folder",
        "file/x": "source-missing",
        "pipe": "source-not-file",
        "loop": "source-unreadable",
        "a\0b": "source-missing",
        "\ud800": "source-missing",
        "n" * 10: "source-unreadable",
    }


def test_a_file_that_one_may_not_read_is_refused(shared_folder: Path) -> None:
    path = shared_folder / "secret.csv"
    path.write_bytes(b"id")
    path.chmod(0)
    with as_ordinary_user(), pytest.raises(SourceError) as caught:
        read_bytes(path, limit=10)
    assert told(caught.value) == ("source-permission", str(path))


def test_a_device_without_end_is_refused_at_once() -> None:
    with pytest.raises(SourceError) as caught:
        read_bytes(Path("/dev/zero"), limit=10)
    assert told(caught.value) == ("source-not-file", "/dev/zero")


# One file


def test_a_file_is_made_and_replaced_and_nothing_else_is_left(tmp_path: Path) -> None:
    path = tmp_path / "out.json"
    write_atomic(path, b"old")
    write_atomic(path, b"new")
    write_atomic(tmp_path / "empty", b"")
    assert content(tmp_path) == {"out.json": b"new", "empty": b""}


def test_a_new_file_has_the_usual_mode_and_an_old_one_keeps_its_own(tmp_path: Path) -> None:
    previous = os.umask(0o027)
    try:
        write_atomic(tmp_path / "new", b"")
    finally:
        os.umask(previous)
    old = tmp_path / "old"
    old.write_bytes(b"")
    old.chmod(0o600)
    write_atomic(old, b"x")
    modes = [stat.S_IMODE((tmp_path / name).stat().st_mode) for name in ("new", "old")]
    assert modes == [0o640, 0o600]


def test_a_link_is_followed_and_stays_a_link(tmp_path: Path) -> None:
    (tmp_path / "real").mkdir()
    for name in ("there", "not-yet"):
        (tmp_path / name).symlink_to(Path("real") / name)
    (tmp_path / "real" / "there").write_bytes(b"old")
    write_atomic(tmp_path / "there", b"new")
    write_atomic(tmp_path / "not-yet", b"new")
    assert content(tmp_path / "real") == {"there": b"new", "not-yet": b"new"}
    assert (tmp_path / "there").is_symlink()
    assert names(tmp_path) == ["not-yet", "real", "there"]


def test_what_cannot_be_written_is_named_with_its_reason(tmp_path: Path) -> None:
    (tmp_path / "folder").mkdir()
    (tmp_path / "file").write_bytes(b"old")
    keys = {}
    for name in ("folder", "none/x", "file/x", "n" * 300):
        with pytest.raises(WriteError) as caught:
            write_atomic(tmp_path / name, b"new")
        keys[name[:10]] = caught.value.key
    assert keys == {
        "folder": "write-is-folder",
        "none/x": "write-no-folder",
        "file/x": "write-no-folder",
        "n" * 10: "write-failed",
    }
    assert names(tmp_path) == ["file", "folder"]


def test_a_protected_file_is_not_replaced(shared_folder: Path) -> None:
    path = shared_folder / "out.json"
    path.write_bytes(b"old")
    path.chmod(0o444)
    with as_ordinary_user(), pytest.raises(WriteError) as caught:
        write_atomic(path, b"new")
    assert told(caught.value) == ("write-permission", str(path))
    assert content(shared_folder) == {"out.json": b"old"}


def test_a_folder_that_one_may_not_write_to_is_named(shared_folder: Path) -> None:
    shared_folder.chmod(0o555)
    with as_ordinary_user(), pytest.raises(WriteError) as caught:
        write_atomic(shared_folder / "out.json", b"new")
    shared_folder.chmod(0o777)
    assert told(caught.value) == ("write-permission", str(shared_folder / "out.json"))


def test_a_pipe_is_written_to_and_not_replaced(tmp_path: Path) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    reader = subprocess.Popen(["cat", str(pipe)], stdout=subprocess.PIPE)
    write_atomic(pipe, b"through")
    assert reader.communicate()[0] == b"through"
    assert stat.S_ISFIFO(pipe.stat().st_mode)


# A folder


def test_a_folder_is_made_and_replaced_as_a_whole(tmp_path: Path) -> None:
    target = tmp_path / "out"
    write_atomic_dir(target, {"a.ttl": b"1", "b.ttl": b"2"})
    target.chmod(0o700)
    write_atomic_dir(target, {"a.ttl": b"3", "b.ttl": b"4", "c.ttl": b"5"})
    assert content(target) == {"a.ttl": b"3", "b.ttl": b"4", "c.ttl": b"5"}
    assert stat.S_IMODE(target.stat().st_mode) == 0o700
    assert names(tmp_path) == ["out"]


def test_an_empty_folder_and_a_link_to_one_are_filled(tmp_path: Path) -> None:
    (tmp_path / "out").mkdir()
    (tmp_path / "link").symlink_to("out")
    write_atomic_dir(tmp_path / "link", {"a": b"1"})
    assert content(tmp_path / "out") == {"a": b"1"}
    assert (tmp_path / "link").is_symlink()


@pytest.mark.parametrize("strange", ["notes.txt", ".hidden", "a.ttl/inner"])
def test_a_folder_with_something_of_a_person_in_it_stays(tmp_path: Path, strange: str) -> None:
    target = tmp_path / "out"
    (target / strange).parent.mkdir(parents=True)
    (target / strange).write_bytes(b"mine")
    with pytest.raises(WriteError) as caught:
        write_atomic_dir(target, {"a.ttl": b"new"})
    assert told(caught.value) == ("write-foreign-files", str(target))
    assert caught.value.facts == {"name": strange.split("/", maxsplit=1)[0], "count": 1}
    assert (target / strange).read_bytes() == b"mine"
    assert names(tmp_path) == ["out"]


def test_a_link_in_the_folder_is_a_persons_own(tmp_path: Path) -> None:
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / "a.ttl").symlink_to(tmp_path / "elsewhere")
    with pytest.raises(WriteError) as caught:
        write_atomic_dir(tmp_path / "out", {"a.ttl": b"new"})
    assert caught.value.key == "write-foreign-files"


def test_a_file_where_the_folder_should_be_stays(tmp_path: Path) -> None:
    (tmp_path / "out").write_bytes(b"mine")
    with pytest.raises(WriteError) as caught:
        write_atomic_dir(tmp_path / "out", {"a": b"1"})
    assert told(caught.value) == ("write-not-folder", str(tmp_path / "out"))
    assert content(tmp_path) == {"out": b"mine"}


def test_the_folder_one_stands_in_is_not_taken_away(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "out" / "below").mkdir(parents=True)
    for here in ("out", "out/below"):
        monkeypatch.chdir(tmp_path / here)
        with pytest.raises(WriteError) as caught:
            write_atomic_dir(tmp_path / "out", {"below": b"1"})
        assert told(caught.value) == ("write-working-folder", str(tmp_path / "out"))


def test_a_folder_without_a_parent_is_not_made(tmp_path: Path) -> None:
    with pytest.raises(WriteError) as caught:
        write_atomic_dir(tmp_path / "none" / "out", {"a": b"1"})
    assert told(caught.value) == ("write-no-folder", str(tmp_path / "none" / "out"))


@pytest.mark.parametrize("name", ["", ".", "..", "a/b", "../a", "a\\b", "a\0"])
def test_names_that_lead_out_of_the_folder_are_a_mistake(tmp_path: Path, name: str) -> None:
    with pytest.raises(ValueError, match="no plain file name"):
        write_atomic_dir(tmp_path / "out", {name: b"1"})
    assert names(tmp_path) == []


def test_without_a_way_to_swap_folders_they_are_moved(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(files, "_exchange", lambda one, other: False)
    for text in (b"1", b"2"):
        write_atomic_dir(tmp_path / "out", {"a": text})
    assert content(tmp_path / "out") == {"a": b"2"}
    assert names(tmp_path) == ["out"]


# What dead processes left


def test_left_over_files_of_dead_processes_are_swept_and_others_stay(tmp_path: Path) -> None:
    dead = gone_process()
    (tmp_path / f".kg-{dead}-00000000-0.tmp").write_bytes(b"half")
    (tmp_path / f".kg-{os.getpid()}-00000000-0.tmp").write_bytes(b"of an earlier process")
    (tmp_path / f".kg-{'9' * 30}-00000000-0.tmp").write_bytes(b"no such number")
    folder = tmp_path / f".kg-{dead}-00000000-1.tmp"
    folder.mkdir()
    (folder / "a.ttl").write_bytes(b"half")
    kept = [f".kg-{os.getppid()}-00000000-0.tmp", ".kg-x.tmp", ".kg-1-2.tmp", "kg.tmp"]
    for name in kept:
        (tmp_path / name).write_bytes(b"mine")
    write_atomic(tmp_path / "out", b"new")
    assert names(tmp_path) == sorted([*kept, "out"])


def test_a_folder_that_was_moved_aside_is_brought_back(tmp_path: Path) -> None:
    dead = gone_process()
    for name, text in (("out", b"whole"), ("other", b"old")):
        aside = tmp_path / f".kg-{dead}-00000000-0.old-{name}"
        aside.mkdir()
        (aside / "a").write_bytes(text)
    (tmp_path / "other").mkdir()
    write_atomic(tmp_path / "file", b"")
    assert names(tmp_path) == ["file", "other", "out"]
    assert content(tmp_path / "out") == {"a": b"whole"}
    assert content(tmp_path / "other") == {}


# What comes with the package


def test_bundled_files_stand_beside_the_package_in_a_checkout() -> None:
    root = Path(__file__).resolve().parents[2]
    assert bundled("ontology", "kg.ttl") == root / "ontology" / "kg.ttl"
    assert bundled("data") == root / "data"


def test_bundled_files_stand_inside_an_installed_package(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    inside = tmp_path / "kg" / "_bundled"
    inside.mkdir(parents=True)
    (tmp_path / "data").mkdir()  # another package's
    monkeypatch.setattr(files, "__file__", str(tmp_path / "kg" / "files.py"))
    assert bundled("data", "liling") == inside / "data" / "liling"


def test_every_error_has_its_sentence_in_both_languages(tmp_path: Path) -> None:
    from kg.words import format_error

    with pytest.raises(SourceError) as caught:
        read_bytes(tmp_path / "none.csv", limit=1)
    error = caught.value
    lines = [
        format_error(error.key, where="none.csv", facts=error.facts, lang=lang)
        for lang in ("zh", "en")
    ]
    assert lines == [
        "none.csv：没有这个文件或文件夹；请核对路径",
        "none.csv: there is no such file or folder; check the path",
    ]
