"""Hostile RDF: each file is read right or refused with its reason, within time and memory."""

from __future__ import annotations

import json
import socket
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, Final, TypeAlias

import pytest

from kg.words import load_words
from tests.campaign.hostile_rdf import FULL_SIZE, LARGE, LARGE_CASES
from tests.campaign.hostile_rdf_small import small_files
from tests.conftest import CHECKOUT

MOST_MEGABYTES: Final = 300
pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="no address-space limit there")

SMALL_FILES: Final = small_files()
Read: TypeAlias = Callable[[Path], dict[str, Any]]


@pytest.fixture(scope="module")
def read_in_child() -> Iterator[Read]:
    """Have a file read in a child of its own."""
    with subprocess.Popen(
        [sys.executable, "-m", "tests.campaign.hostile_rdf"],
        cwd=CHECKOUT,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
    ) as readers:
        asked, told = readers.stdin, readers.stdout
        assert asked is not None and told is not None

        def read(file: Path) -> dict[str, Any]:
            asked.write(f"{file}\n".encode())
            asked.flush()
            result: dict[str, Any] = json.loads(told.readline())
            assert "peak" in result, result
            return result

        yield read
        asked.close()


@pytest.fixture(scope="module")
def small_results(
    tmp_path_factory: pytest.TempPathFactory, read_in_child: Read
) -> dict[str, dict[str, Any]]:
    """What became of each small file."""
    folder = tmp_path_factory.mktemp("small")
    for name, (data, _, _) in SMALL_FILES.items():
        (folder / name).write_bytes(data)
    return {name: read_in_child(folder / name) for name in SMALL_FILES}


@pytest.mark.parametrize("name", SMALL_FILES)
def test_a_small_file_is_read_right_or_refused_with_its_place(
    name: str, small_results: dict[str, dict[str, Any]]
) -> None:
    _, expected, place = SMALL_FILES[name]
    result = small_results[name]
    assert expected in result["keys"]
    if place is not None:
        assert result["where"] == place or expected in result["keys"][1:]
    assert result["peak"] <= MOST_MEGABYTES
    for lang in ("zh", "en"):
        said = load_words(lang)
        known = [k for k in result["keys"] if said.has(f"error.{k}") or said.has(f"fault.{k}")]
        assert known == [key for key in result["keys"] if key not in ("read", "KG001")]


@pytest.mark.parametrize("name", LARGE_CASES)
def test_a_large_file_is_answered_in_time_and_memory(
    name: str, tmp_path: Path, read_in_child: Read
) -> None:
    suffix, build, expected = LARGE_CASES[name]
    path = tmp_path / f"case{suffix}"
    path.write_bytes(build())
    share = path.stat().st_size / FULL_SIZE
    assert share <= 1
    result = read_in_child(path)
    path.unlink()
    assert expected & set(result["keys"]), result
    # What a shorter file takes beside the process itself grows with it at most.
    share = max(share, LARGE / FULL_SIZE)
    idle = read_in_child(tmp_path)["peak"]
    assert idle + (result["peak"] - idle) / share <= MOST_MEGABYTES, result


def test_there_are_at_least_sixty_cases() -> None:
    assert len(SMALL_FILES) + len(LARGE_CASES) >= 60


@pytest.fixture
def listener() -> Iterator[tuple[int, Callable[[], int]]]:
    """A port that counts who knocks."""
    knocks = 0
    with socket.create_server(("127.0.0.1", 0)) as server:

        def listen() -> None:
            nonlocal knocks
            while True:
                try:
                    connection, _ = server.accept()
                except OSError:
                    return
                knocks += 1
                connection.close()

        threading.Thread(target=listen, daemon=True).start()
        yield server.getsockname()[1], lambda: knocks


def test_nothing_is_requested_and_no_other_file_is_opened(
    listener: tuple[int, Callable[[], int]], tmp_path: Path, read_in_child: Read
) -> None:
    port, knocks = listener
    (tmp_path / "canary.jsonld").write_text('{"kg": "urn:read:"}', encoding="utf-8")
    addresses = [f"http://127.0.0.1:{port}/context", (tmp_path / "canary.jsonld").as_uri()]
    files = []
    for number, address in enumerate(addresses):
        documents = {
            "remote.jsonld": f'{{"@context": "{address}", "@id": "urn:a", "kg:x": "y"}}',
            "list.jsonld": f'{{"@context": [{{}}, "{address}"], "@id": "urn:a"}}',
            "import.jsonld": f'{{"@context": {{"@version": 1.1, "@import": "{address}"}}}}',
            "scoped.jsonld": f'{{"@context": {{"x": {{"@context": "{address}"}}}}}}',
            "escaped.jsonld": f'{{"@\\u0063ontext": "{address}"}}',
            "base.ttl": f"@base <{address}> . <> <#a> <b> .",
            "imports.ttl": f"<urn:a> <http://www.w3.org/2002/07/owl#imports> <{address}> .",
            "graph.trig": f"<{address}> {{ <urn:a> <urn:b> <{address}> }}",
        }
        for name, text in documents.items():
            path = tmp_path / f"{number}-{name}"
            path.write_text(text, encoding="utf-8")
            files.append(path)
    assert {key for file in files for key in read_in_child(file)["keys"]} == {
        "rdf-foreign",
        "rdf-remote-context",
    }
    assert knocks() == 0
