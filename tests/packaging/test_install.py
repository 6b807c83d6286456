"""`pip install .` into a clean environment, used outside the checkout."""

from __future__ import annotations

import os
import subprocess
import sys
import venv
from pathlib import Path

import pytest

from tests.conftest import CHECKOUT


def run(*command: str | Path, cwd: Path) -> subprocess.CompletedProcess[str]:
    environment = {key: value for key, value in os.environ.items() if key != "PYTHONPATH"}
    environment |= {"KG_LANG": "zh", "PYTHONUTF8": "1"}
    return subprocess.run(
        [str(part) for part in command],
        cwd=cwd,
        env=environment,
        capture_output=True,
        encoding="utf-8",
        check=False,
    )


@pytest.mark.timeout(600)
def test_an_installed_kg_carries_its_ontology_and_data(tmp_path: Path) -> None:
    environment = tmp_path / "environment"
    venv.create(environment, with_pip=False)
    programs = environment / ("Scripts" if sys.platform == "win32" else "bin")
    # This environment's pip writes into the new one, as `pip install .` there would.
    pip = (sys.executable, "-m", "pip", "--python", programs / "python")
    installed = run(*pip, "install", "--quiet", "--no-compile", CHECKOUT, cwd=tmp_path)
    if installed.returncode and os.environ.get("CI") != "true":
        pytest.skip(f"pip could not install the dependencies: {installed.stderr[-200:]}")
    assert installed.returncode == 0, installed.stderr
    here = run(sys.executable, "-m", "kg", "coverage", cwd=tmp_path)
    there = run(programs / "kg", "coverage", cwd=tmp_path)
    assert there.returncode == 0, there.stderr
    assert there.stdout == here.stdout
    assert there.stdout.startswith("株洲市")
    asked = run(programs / "kg", "query", "battles-without-measure", cwd=tmp_path)
    assert asked.returncode == 0, asked.stderr
    page = run(programs / "kg", "page", "-o", "liling.html", cwd=tmp_path)
    assert page.returncode == 0, page.stderr
    assert (tmp_path / "liling.html").stat().st_size > 100_000
