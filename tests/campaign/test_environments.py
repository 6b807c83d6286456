"""Same input, same bytes: every output under other hash seeds, locales and time zones."""

from __future__ import annotations

import hashlib
import os
import subprocess
import sys
from pathlib import Path

import pytest

# One process an environment: starting one for each command would take minutes.
PROGRAM = """
import sys
from kg.cli.main import main
for line in sys.argv[1:]:
    sys.argv = ["kg", *line.split()]
    try:
        main()
    except SystemExit as ended:
        assert not ended.code, (line, ended.code)
"""
COMMANDS = (
    "coverage --output coverage.txt",
    "coverage --format json --output coverage.json",
    "coverage --format md --lang en --output coverage.md",
    "gaps --format json --output gaps.json",
    "gaps --format csv --output gaps.csv",
    "show d09 --output show.txt",
    "stats --format json --output stats.json",
    "check --output check.txt",
    "query measures-without-outcome --format csv --output query.csv",
    "export --format json --output graph.json",
    "export --format jsonld --output graph.jsonld",
    "export --format csv -o ledger",
    "build -o rdf",
    "page -o page.html",
)
GBK = "zh_CN.GBK"


def written(folder: Path, **environ: str) -> dict[str, str]:
    """The digest of every file that the commands write in an environment."""
    folder.mkdir()
    kept = {k: v for k, v in os.environ.items() if not k.startswith(("LC_", "LANG", "PYTHON"))}
    subprocess.run(
        [sys.executable, "-c", PROGRAM, *COMMANDS],
        cwd=folder,
        env={**kept, "KG_LANG": "zh", **environ},
        check=True,
        stderr=subprocess.PIPE,
    )
    return {
        path.relative_to(folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


@pytest.fixture(scope="module")
def expected(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    return written(tmp_path_factory.mktemp("plain") / "out", PYTHONHASHSEED="0", LC_ALL="C.UTF-8")


@pytest.fixture(scope="module")
def gbk(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """An environment in which the locale's encoding really is GBK, made for this test."""
    folder = tmp_path_factory.mktemp("locales")
    try:
        subprocess.run(
            ["localedef", "-i", "zh_CN", "-f", "GBK", str(folder / GBK)],
            capture_output=True,
            check=True,
        )
    except (FileNotFoundError, subprocess.CalledProcessError):
        assert os.environ.get("CI") != "true", "the system package `locales` is missing"
        pytest.skip("no GBK locale can be made here: the system package `locales` is missing")
    return {"LOCPATH": str(folder), "LC_ALL": GBK, "PYTHONUTF8": "0"}


@pytest.mark.timeout(300)
@pytest.mark.parametrize(
    "environ",
    [
        {"PYTHONHASHSEED": "1", "LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"},
        {"PYTHONHASHSEED": "42", "TZ": "Pacific/Kiritimati", "PYTHONIOENCODING": "cp437"},
    ],
    ids=["locale C", "another seed, zone and console"],
)
def test_every_output_has_the_same_bytes(
    expected: dict[str, str], environ: dict[str, str], tmp_path: Path
) -> None:
    assert written(tmp_path / "out", **environ) == expected


@pytest.mark.timeout(300)
def test_every_output_has_the_same_bytes_in_a_gbk_locale(
    expected: dict[str, str], gbk: dict[str, str], tmp_path: Path
) -> None:
    encoding = subprocess.run(
        [sys.executable, "-c", "import locale; print(locale.getpreferredencoding(False))"],
        env={**os.environ, **gbk},
        capture_output=True,
        text=True,
        check=True,
    )
    assert encoding.stdout.strip().lower() in ("gbk", "cp936")
    assert written(tmp_path / "out", PYTHONHASHSEED="7", **gbk) == expected
