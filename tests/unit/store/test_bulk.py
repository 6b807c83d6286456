"""A store on disk: written whole or not at all, opened by many, refused where it is damaged."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from kg.document import dataset_digest
from kg.errors import SourceError, WriteError
from kg.export.linked_data import to_rdf
from kg.model import Dataset
from kg.sources.rdf_store import MARKER, read_store
from kg.sources.registry import read_source
from kg.store.bulk import open_store, write_store
from tests.conftest import CHECKOUT
from tests.questions.small import SMALL

QUADS = to_rdf(SMALL, "nquads")
OTHER = b'<urn:x:a> <urn:x:b> "c" <urn:x:g> .\n'


def in_child(code: str, *arguments: str) -> subprocess.Popen[bytes]:
    command = [sys.executable, "-c", code, *arguments]
    return subprocess.Popen(command, cwd=CHECKOUT, stdout=subprocess.PIPE, stderr=subprocess.PIPE)


@pytest.fixture
def store(tmp_path: Path) -> Path:
    write_store(tmp_path / "store", QUADS)
    return tmp_path / "store"


def test_the_liling_ledger_reads_back_from_a_store(liling: Dataset, tmp_path: Path) -> None:
    quads = to_rdf(liling, "nquads")
    write_store(tmp_path / "store", quads)
    reading = read_source(str(tmp_path / "store"))
    assert (reading.faults, reading.notes) == ((), ())
    assert dataset_digest(reading.dataset) == dataset_digest(liling)
    assert to_rdf(reading.dataset, "nquads") == quads


def test_a_store_holds_what_was_written_and_nothing_is_left_beside_it(store: Path) -> None:
    assert len(open_store(store)) == QUADS.count(b"\n")
    assert [path.name for path in store.parent.iterdir()] == ["store"]


def test_several_processes_read_a_store_at_once(store: Path) -> None:
    here = open_store(store)
    code = (
        "import sys; from pathlib import Path; from kg.store.bulk import open_store\n"
        "store = open_store(Path(sys.argv[1])); print(len(store), flush=True); sys.stdin.read()"
    )
    command = [sys.executable, "-c", code, str(store)]
    children = [
        subprocess.Popen(command, cwd=CHECKOUT, stdin=subprocess.PIPE, stdout=subprocess.PIPE)
        for _ in range(3)
    ]
    counts = []
    for child in children:  # each has answered while all of them still have it open
        assert child.stdout is not None
        counts.append(int(child.stdout.readline()))
    assert [child.poll() for child in children] == [None, None, None]
    for child in children:
        child.communicate()
    assert counts == [len(here)] * 3 == [QUADS.count(b"\n")] * 3


def test_reading_changes_nothing_in_the_folder(store: Path) -> None:
    before = {path.name: path.read_bytes() for path in store.iterdir()}
    for path in (*store.iterdir(), store):
        path.chmod(0o555 if path.is_dir() else 0o444)
    try:
        assert read_store(store).faults == ()
    finally:
        store.chmod(0o755)
    assert {path.name: path.read_bytes() for path in store.iterdir()} == before


def test_a_store_is_replaced_as_a_whole_while_others_read_it(store: Path) -> None:
    old = open_store(store)
    write_store(store, OTHER)
    assert (len(open_store(store)), len(list(old))) == (1, QUADS.count(b"\n"))
    assert [path.name for path in store.parent.iterdir()] == ["store"]


def test_quads_that_are_none_leave_the_old_store(store: Path) -> None:
    with pytest.raises(SourceError) as caught:
        write_store(store, OTHER + b"rubbish\n")
    assert (caught.value.key, caught.value.facts) == ("nquads-syntax", {"line": 2})
    assert len(open_store(store)) == QUADS.count(b"\n")
    assert [path.name for path in store.parent.iterdir()] == ["store"]


def test_a_folder_with_files_of_others_is_not_replaced(store: Path) -> None:
    (store / "notes.txt").write_text("mine", encoding="utf-8")
    with pytest.raises(WriteError) as caught:
        write_store(store, OTHER)
    assert caught.value.key == "write-foreign-files"
    assert (store / "notes.txt").read_text(encoding="utf-8") == "mine"


def test_a_store_that_another_program_made_is_not_replaced(store: Path) -> None:
    (store / MARKER).unlink()
    with pytest.raises(WriteError) as caught:
        write_store(store, OTHER)
    assert caught.value.key == "write-foreign-files"


def test_a_store_cannot_be_written_where_its_parent_is_missing(tmp_path: Path) -> None:
    with pytest.raises(WriteError) as caught:
        write_store(tmp_path / "missing" / "store", OTHER)
    assert caught.value.key == "write-no-folder"


def no_marker(store: Path) -> None:
    (store / MARKER).unlink()


def half_a_marker(store: Path) -> None:
    (store / MARKER).write_bytes((store / MARKER).read_bytes()[:-20])


def another_marker(store: Path) -> None:
    (store / MARKER).write_text("[1]", encoding="utf-8")


def file_gone(store: Path) -> None:
    next(store.glob("*.sst")).unlink()


def file_cut(store: Path) -> None:
    path = max(store.glob("*.sst"), key=lambda path: path.stat().st_size)
    path.write_bytes(path.read_bytes()[:-100])


def file_more(store: Path) -> None:
    (store / "000099.sst").write_bytes(b"more")


def only_begun(store: Path) -> None:
    for path in store.iterdir():
        if path.name not in ("LOCK", "LOG"):
            path.unlink()


@pytest.mark.parametrize(
    "damage", [no_marker, half_a_marker, another_marker, file_gone, file_cut, file_more, only_begun]
)
def test_a_store_that_is_not_whole_is_refused(damage: Callable[[Path], None], store: Path) -> None:
    damage(store)
    with pytest.raises(SourceError) as caught:
        read_source(str(store))
    assert caught.value.key in ("store-incomplete", "store-unreadable")
    assert caught.value.where == str(store)
    assert "\n" not in str(caught.value)


def test_a_store_with_the_right_sizes_and_wrong_bytes_is_refused(store: Path) -> None:
    for path in store.glob("*.sst"):
        path.write_bytes(bytes(byte ^ 0x55 for byte in path.read_bytes()))
    with pytest.raises(SourceError) as caught:
        read_source(str(store))
    assert caught.value.key == "store-unreadable"


def test_a_store_of_something_else_is_refused(tmp_path: Path) -> None:
    write_store(tmp_path / "store", OTHER)
    with pytest.raises(SourceError) as caught:
        read_source(str(tmp_path / "store"))
    assert (caught.value.key, caught.value.where) == ("rdf-foreign", "store")


WRITE = (
    "import sys; from pathlib import Path; from kg.store.bulk import write_store\n"
    "quads = Path(sys.argv[2]).read_bytes(); print('ready', flush=True)\n"
    "write_store(Path(sys.argv[1]), quads)"
)


@pytest.mark.skipif(sys.platform == "win32", reason="no signal there")
@pytest.mark.parametrize("wait", [0.0, 0.01, 0.02, 0.04, 0.06, 0.09, 0.13, 0.2])
def test_a_write_that_is_killed_leaves_the_old_store_or_the_new(
    wait: float, tmp_path: Path
) -> None:
    place = tmp_path / "store"
    write_store(place, OTHER)
    (tmp_path / "all.nq").write_bytes(QUADS)
    child = in_child(WRITE, str(place), str(tmp_path / "all.nq"))
    assert child.stdout is not None
    assert child.stdout.readline() == b"ready\n"
    time.sleep(wait)
    child.kill()
    child.communicate()
    assert len(open_store(place)) in (1, QUADS.count(b"\n"))
    left = [path for path in tmp_path.iterdir() if path.name.startswith(".kg-")]
    for path in left:  # what was being written is no store yet
        if any(path.iterdir()) and path.name.endswith(".tmp") and not (path / MARKER).exists():
            with pytest.raises(SourceError):
                read_source(str(path))
    write_store(place, OTHER)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["all.nq", "store"]


def test_the_marker_says_what_it_is(store: Path) -> None:
    marker = json.loads((store / MARKER).read_text(encoding="utf-8"))
    assert (marker["schema"], marker["quads"]) == ("kg-store/1", QUADS.count(b"\n"))
    assert "CURRENT" in marker["files"] and "LOCK" not in marker["files"]


def test_a_copy_of_a_store_is_a_store(store: Path, tmp_path: Path) -> None:
    shutil.copytree(store, tmp_path / "copy")
    assert len(open_store(tmp_path / "copy")) == QUADS.count(b"\n")


def test_a_store_is_known_by_a_relative_path(store: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(store.parent)
    assert os.fspath(Path("store")) == "store"
    assert read_source("store").faults == ()
