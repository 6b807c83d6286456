"""`kg report`: forms, files, choices, and the same numbers and bytes everywhere."""

from __future__ import annotations

import hashlib
import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from kg.cli.report import FORMS
from tests.cli.conftest import Kg

BEGINNINGS = {"html": b"<!DOCTYPE html>", "md": b"# ", "xlsx": b"PK\x03\x04", "docx": b"PK\x03\x04"}


@pytest.mark.parametrize("form", FORMS)
def test_the_ending_of_the_file_says_the_form(
    kg: Kg, ledger: Path, tmp_path: Path, form: str
) -> None:
    path = tmp_path / f"report.{form.upper()}"
    outcome = kg("--data", ledger, "report", "-o", path, "--lang", "en")
    assert (outcome.status, outcome.data) == (0, b"")
    assert outcome.notes == f"Written: {path}\n"
    assert path.read_bytes().startswith(BEGINNINGS[form])


@pytest.mark.parametrize("form", FORMS)
def test_the_form_can_be_named_and_then_goes_to_standard_output(
    kg: Kg, ledger: Path, tmp_path: Path, form: str
) -> None:
    outcome = kg("--data", ledger, "report", "--format", form)
    path = tmp_path / "report.txt"
    named = kg("--data", ledger, "report", "--format", form, "-o", path)
    assert (outcome.status, outcome.notes, named.status) == (0, "", 0)
    assert outcome.data == path.read_bytes()
    assert outcome.data.startswith(BEGINNINGS[form])


@pytest.mark.parametrize(
    ("arguments", "complaint"),
    [
        ((), "kg report -o report.html"),
        (("-o", "-"), "html md xlsx docx"),
        (("-o", "report.pdf"), ".html .md .xlsx .docx"),
        (("-o", "x.md", "--issuer", "org01", "--all"), "--issuer"),
        (("-o", "x.md", "--issuer", "nobody"), "nobody"),
        (("-o", "x.md", "--unit", "nobody"), "nobody"),
        (("-o", "x.md", "--unit", "d01"), "d01"),
        (("-o", "x.md", "--as-of", "soon"), "soon"),
    ],
)
def test_what_makes_no_sense_is_refused_in_one_line(
    kg: Kg, ledger: Path, cwd: Path, arguments: tuple[str, ...], complaint: str
) -> None:
    outcome = kg("--data", ledger, "report", *arguments)
    assert (outcome.status, outcome.data) == (2, b"")
    assert outcome.notes.count("\n") == 1
    assert complaint in outcome.notes
    assert not list(cwd.glob("x.md"))


def test_a_report_that_cannot_be_written_leaves_the_old_one(
    kg: Kg, ledger: Path, tmp_path: Path
) -> None:
    outcome = kg("--data", ledger, "report", "-o", tmp_path / "missing" / "report.md")
    assert outcome.status == 2
    assert outcome.notes.count("\n") == 1


def test_a_unit_is_named_by_its_id_or_by_its_name(kg: Kg, ledger: Path) -> None:
    reports = [
        kg("--data", ledger, "report", "--format", "md", "--unit", unit)
        for unit in ("org02", "示例县", "Example County")
    ]
    assert {report.status for report in reports} == {0}
    assert reports[0] == reports[1] == reports[2]
    assert reports[0].out.startswith("# 示例县：承担的举措\n")


def test_a_name_that_several_units_have_is_refused_with_their_ids(kg: Kg, ledger: Path) -> None:
    path = ledger / "context.csv"
    lines = path.read_text(encoding="utf-8").splitlines()
    twin = next(line for line in lines if line.startswith("org02,"))
    path.write_text("\n".join([*lines, twin.replace("org02,", "org03,", 1)]) + "\n", "utf-8")
    outcome = kg("--data", ledger, "report", "--format", "md", "--unit", "示例县", "-q")
    assert outcome.status == 2
    assert "org02 org03" in outcome.notes


def test_what_is_due_is_judged_by_the_day_that_is_given(kg: Kg, ledger: Path) -> None:
    path = ledger / "measures.csv"
    rows = path.read_text(encoding="utf-8").splitlines()
    head = rows[0].split(",")
    changed = []
    for row in rows:
        cells = row.split(",")
        if cells[0] == "m003":
            cells[head.index("due")], cells[head.index("responsible")] = "2026-06", "org02"
        changed.append(",".join(cells))
    path.write_text("\n".join(changed) + "\n", "utf-8")
    before = kg("--data", ledger, "report", "--format", "md", "--unit", "org02")
    after = kg("--data", ledger, "report", "--format", "md", "--unit", "org02", "--as-of", "2027")
    assert "截至 2026-06-30，已过期的 0 项。" in before.out
    assert "| 2026-06 |" in before.out
    assert "截至 2027-12-31，已过期的 1 项。" in after.out
    assert "| 2026-06，已过期 |" in after.out


@pytest.mark.parametrize(
    "options", [(), ("--include-prior",), ("--issuer", "org01"), ("--all",)], ids=" ".join
)
def test_the_numbers_are_those_of_coverage_and_gaps(
    kg: Kg, ledger: Path, options: tuple[str, ...]
) -> None:
    report = kg("--data", ledger, "report", "--format", "md", *options).out
    coverage = json.loads(kg("--data", ledger, "coverage", "--format", "json", *options).data)
    prior = [option for option in options if option == "--include-prior"]
    gaps = json.loads(kg("--data", ledger, "gaps", "--format", "json", *prior).data)
    bases = ("stated", "echoed", "positional", "interpreted")
    for row in coverage["directives"]:
        for name in ("measures", "outcomes", "figures"):
            assert "/".join(str(row[name][basis]) for basis in bases) in report
    shares = re.findall(r"^\| (明示|含复述|含邻近|含解读) \| (\d+)/(\d+)", report, re.MULTILINE)[:4]
    assert shares == [
        (
            name,
            str(coverage["summary"][basis]["with_measure"]),
            str(coverage["summary"][basis]["total"]),
        )
        for name, basis in zip(("明示", "含复述", "含邻近", "含解读"), bases, strict=True)
    ]
    headings = re.findall(r"^### (KG\d+) .*（(\d+)）$", report, re.MULTILINE)
    assert {code: int(count) for code, count in headings} == {
        code: count for code, count in gaps["counts"].items() if count
    }
    for gap in gaps["findings"]:
        assert gap["message"].split("：")[0] in report


def test_quotes_that_were_looked_up_are_counted(kg: Kg, ledger: Path) -> None:
    without = kg("--data", ledger, "report", "--format", "md").out
    checked = kg("--data", ledger, "report", "--format", "md", "--sources", ledger).out
    assert "均未核对，手边没有原文" in without
    assert re.search(r"引文与原文完全一致的 (\d+)/\1（100%）", checked)


PROGRAM = """
import sys
from kg.cli.main import run
for form in sys.argv[1:]:
    for lang, unit in (("zh", ()), ("en", ("--unit", "org03"))):
        assert run(["report", "-q", "-o", f"{lang}.{form}", "--lang", lang, *unit]) == 0
"""


def written(folder: Path, **environ: str) -> dict[str, str]:
    """The digest of every form of the Liling report, written in an environment."""
    folder.mkdir()
    kept = {k: v for k, v in os.environ.items() if not k.startswith(("LC_", "LANG", "PYTHON"))}
    subprocess.run(
        [sys.executable, "-c", PROGRAM, *FORMS],
        cwd=folder,
        env={**kept, **environ},
        check=True,
    )
    return {
        path.name: hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(folder.iterdir())
    }


@pytest.mark.timeout(300)
def test_every_report_has_the_same_bytes_under_other_seeds_zones_and_locales(
    tmp_path: Path,
) -> None:
    one = written(tmp_path / "a", PYTHONHASHSEED="0", TZ="UTC", LC_ALL="C.UTF-8")
    other = written(
        tmp_path / "b",
        PYTHONHASHSEED="42",
        TZ="Pacific/Kiritimati",
        LC_ALL="C",
        PYTHONUTF8="0",
        PYTHONCOERCECLOCALE="0",
    )
    assert len(one) == 8
    assert one == other


def test_coverage_loads_no_library_of_reports(ledger: Path) -> None:
    script = (
        "import sys; from kg.cli.main import run; run(sys.argv[1:]);"
        "print(sorted({'openpyxl', 'docx', 'lxml', 'kg.report.html'} & set(sys.modules)),"
        " file=sys.stderr)"
    )
    for command in (["coverage"], ["report", "--format", "md"], ["report", "-h"]):
        result = subprocess.run(
            [sys.executable, "-c", script, *command, "--data", str(ledger)],
            capture_output=True,
            text=True,
            encoding="utf-8",
            check=True,
        )
        assert result.stderr.splitlines()[-1] == "[]"
