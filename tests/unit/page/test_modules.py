"""The browser's own modules: they fit together, and what needs no browser is right."""

from __future__ import annotations

import re
import shutil
import subprocess
from importlib.resources import files
from pathlib import Path

import pytest

from kg.page.html import MODULES, read_script
from kg.words import load_words

STATIC = Path(str(files("kg.page").joinpath("static")))
SOURCES = {path.stem: path.read_text(encoding="utf-8") for path in sorted(STATIC.glob("*.mjs"))}


def test_every_module_is_put_together_once_and_none_is_long() -> None:
    assert sorted(MODULES) == sorted(SOURCES)
    assert {
        name: len(text.splitlines()) for name, text in SOURCES.items() if len(text) > 20_000
    } == {}


def test_every_import_names_a_module_that_exports_it() -> None:
    missing = []
    for name, text in SOURCES.items():
        for names, module in re.findall(r'^import \{([^}]*)\} from "\./(\w+)\.mjs";', text, re.M):
            for wanted in names.split(","):
                pattern = rf"^export (?:async )?(?:function|const|class|let) {wanted.strip()}\b"
                if not re.search(pattern, SOURCES[module], re.M):
                    missing.append((name, module, wanted.strip()))
    assert missing == []


def test_no_two_modules_have_a_name_in_common() -> None:
    names = [
        found
        for text in SOURCES.values()
        for found in re.findall(r"^(?:export )?(?:function|const|class|let) (\w+)", text, re.M)
    ]
    assert len(names) == len(set(names))


def test_data_are_only_ever_set_as_text() -> None:
    script = read_script()
    for way in (
        "innerHTML",
        "outerHTML",
        "insertAdjacentHTML",
        "document.write",
        "eval(",
        "Function(",
    ):
        assert way not in script


def test_every_key_that_is_said_is_in_both_catalogues() -> None:
    said = set()
    for text in [*SOURCES.values(), (STATIC / "page.html.j2").read_text(encoding="utf-8")]:
        said |= set(re.findall(r'["\'](page\.[\w.]+\w)["\']', text))
        said |= set(re.findall(r"say\([\"']((?!page\.)\w+\.[\w.]+)[\"']", text))
    for lang in ("zh", "en"):
        words = load_words(lang)
        assert sorted(key for key in said if not words.has(key)) == []


_PROBE = Path(__file__).with_name("modules_probe.mjs")


def test_cells_addresses_and_labels_are_right(tmp_path: Path) -> None:
    node = shutil.which("node")
    if node is None:
        pytest.skip("node is not installed")
    probe = tmp_path / "probe.mjs"
    probe.write_text(
        _PROBE.read_text(encoding="utf-8").replace("STATIC", STATIC.as_uri()), encoding="utf-8"
    )
    done = subprocess.run([node, str(probe)], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")
