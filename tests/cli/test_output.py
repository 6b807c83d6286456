"""Formats, files and streams."""

from __future__ import annotations

import csv
import io
import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from kg.cli.options import ROW_FORMATS
from kg.sources.columns import TABLES
from kg.words import LANGS
from tests.cli.conftest import Kg

SCHEMAS = {
    ("coverage",): "kg-coverage/1",
    ("gaps",): "kg-gaps/1",
    ("check",): "kg-check/1",
    ("show", "d01"): "kg-show/1",
    ("show", "l0001"): "kg-show/1",
    ("list", "举措"): "kg-list/1",
    ("stats",): "kg-stats/1",
    ("export",): "kg-graph/1",
}
WITHOUT_DATA = {("explain", "basis"): "kg-explain/1", ("questions",): "kg-questions/1"}
WITH_ROWS = [("coverage",), ("gaps",), ("check",), ("list", "measure"), ("stats",), ("questions",)]


def document(outcome_data: bytes) -> Any:
    return json.loads(outcome_data.decode("utf-8"))


@pytest.mark.parametrize("command", SCHEMAS, ids=" ".join)
def test_json_names_its_schema_and_its_data_set(
    kg: Kg, ledger: Path, command: tuple[str, ...]
) -> None:
    outcome = kg("--data", ledger, *command, "--format", "json")
    found = document(outcome.data)
    assert (outcome.status, found["schema"]) == (0, SCHEMAS[command])
    assert found["dataset"]["title_zh"] == "示例县 2026"
    assert len(found["dataset"]["digest"]) == 64
    if command != ("export",):
        assert found["tool"]["name"] == "kg"
        assert "filters" in found


@pytest.mark.parametrize("command", WITHOUT_DATA, ids=" ".join)
def test_json_of_what_is_of_no_data_set_names_its_schema(kg: Kg, command: tuple[str, ...]) -> None:
    assert document(kg(*command, "--format", "json").data)["schema"] == WITHOUT_DATA[command]


def test_the_shapes_of_coverage_and_gaps_are_those_of_the_design(kg: Kg, ledger: Path) -> None:
    coverage = document(kg("--data", ledger, "coverage", "--format", "json").data)
    bases = ["stated", "echoed", "positional", "interpreted"]
    row = coverage["directives"][0]
    for field in ("level", "with_measure", "direct_measures", "measures", "planned", "outcomes"):
        assert list(row[field]) == bases
    assert list(row["legs"]["open"]) == bases
    assert {"figures", "chain", "issuer", "parent", "zh", "en", "id"} <= set(row)
    assert coverage["summary"]["interpreted"] == {
        "with_measure": 2,
        "with_outcome": 2,
        "with_figure": 2,
        "total": 3,
    }
    assert list(coverage["legs"]) == bases
    gaps = document(kg("--data", ledger, "gaps", "--format", "json").data)
    assert gaps["basis"] == "stated"
    assert list(gaps["findings"][0]) == [
        *("code", "severity", "id", "kind", "zh", "en", "basis", "open", "message"),
    ]


@pytest.mark.parametrize("command", WITH_ROWS, ids=" ".join)
@pytest.mark.parametrize("lang", LANGS)
def test_rows_come_out_in_every_format(
    kg: Kg, ledger: Path, command: tuple[str, ...], lang: str
) -> None:
    for form in ROW_FORMATS:
        outcome = kg("--data", ledger, *command, "--format", form, "--lang", lang)
        assert (outcome.status, outcome.notes) == (0, ""), form
        assert outcome.data.endswith(b"\n")
        assert b"\r" not in outcome.data


def test_csv_begins_with_a_mark_for_spreadsheets_and_has_no_formula(kg: Kg, ledger: Path) -> None:
    path = ledger / "directives.csv"
    path.write_text(path.read_text(encoding="utf-8").replace("办好老年食堂,", "=1+1,"), "utf-8")
    outcome = kg("--data", ledger, "coverage", "--format", "csv")
    assert outcome.data.startswith(b"\xef\xbb\xbf")
    rows = list(csv.reader(io.StringIO(outcome.data.decode("utf-8-sig"))))
    assert len({len(row) for row in rows}) == 1
    assert rows[0][0] == "编号"
    assert [row[1] for row in rows if row[0] == "d03"] == ["'=1+1"]


@pytest.mark.parametrize("form", ["json", "xml", "csv", "tsv"])
def test_a_query_gives_exactly_the_w3c_format(kg: Kg, ledger: Path, form: str) -> None:
    outcome = kg("--data", ledger, "query", "directives-without-measures", "--format", form)
    beginnings = {
        "json": b'{\n "head": {\n  "vars": [',
        "xml": b'<?xml version="1.0" encoding="UTF-8"?>',
        "csv": b"directive,",
        "tsv": b"?directive\t",
    }
    assert outcome.status == 0
    assert outcome.data.startswith(beginnings[form])


def test_a_query_is_answered_in_words(kg: Kg, ledger: Path) -> None:
    outcome = kg(
        *("--data", ledger, "query", "directives-without-measures"),
        *("--param", "basis=interpreted"),
    )
    assert outcome.out.startswith("哪些部署未见举措？1 行。\n")
    assert "d03   办好老年食堂" in outcome.out
    marked = kg("--data", ledger, "query", "directives-without-measures", "--format", "md")
    assert "| d03 | 办好老年食堂 |" in marked.out


def test_an_answer_goes_to_a_file_whole(kg: Kg, ledger: Path, tmp_path: Path) -> None:
    target = tmp_path / "coverage.json"
    shown = kg("--data", ledger, "coverage", "--format", "json")
    written = kg("--data", ledger, "coverage", "--format", "json", "--output", target)
    assert (written.status, written.data, written.notes) == (0, b"", "")
    assert target.read_bytes() == shown.data
    assert kg("--data", ledger, "coverage", "-o", "-").out == kg("--data", ledger, "coverage").out


def test_a_failed_write_ends_with_2_and_keeps_the_old_file(
    kg: Kg, ledger: Path, tmp_path: Path
) -> None:
    (tmp_path / "out").mkdir()
    outcome = kg("--data", ledger, "coverage", "-o", tmp_path / "out")
    assert (outcome.status, outcome.data) == (2, b"")
    outcome = kg("--data", ledger, "page", "-o", tmp_path / "nowhere" / "page.html")
    assert (outcome.status, outcome.data) == (2, b"")
    assert "nowhere" in outcome.notes


def test_options_stand_before_or_after_the_command(kg: Kg, ledger: Path) -> None:
    after = kg("coverage", "--data", ledger, "-q", "--no-color")
    assert kg("--data", ledger, "-q", "--no-color", "coverage") == after
    assert after.status == 0


def test_the_page_and_the_folders_are_written_and_named(
    kg: Kg, ledger: Path, tmp_path: Path
) -> None:
    page = kg("--data", ledger, "page", "-o", tmp_path / "page.html", "--lang", "en")
    assert (page.status, page.data) == (0, b"")
    assert page.notes == f"Written: {tmp_path / 'page.html'}\n"
    assert (tmp_path / "page.html").read_bytes().startswith(b"<!DOCTYPE html>")
    built = kg("--data", ledger, "build", "-o", tmp_path / "rdf")
    assert built.status == 0
    assert sorted(path.name for path in (tmp_path / "rdf").iterdir()) == [
        *("all.nq", "evidence.ttl", "facts.ttl", "inferred.ttl"),
    ]


@pytest.mark.parametrize("form", ["json", "turtle", "trig", "nquads", "jsonld"])
def test_the_graph_is_exported_the_same_each_time(kg: Kg, ledger: Path, form: str) -> None:
    first = kg("--data", ledger, "export", "--format", form)
    assert first.status == 0
    assert first.data and first == kg("--data", ledger, "export", "--format", form)


def test_the_exported_graph_is_read_back(kg: Kg, ledger: Path, tmp_path: Path) -> None:
    kg("--data", ledger, "export", "-o", tmp_path / "graph.json")
    again = kg("--data", tmp_path / "graph.json", "coverage")
    assert again == kg("--data", ledger, "coverage")


def test_the_ledger_tables_are_exported_into_a_folder(kg: Kg, ledger: Path, tmp_path: Path) -> None:
    outcome = kg("--data", ledger, "export", "--format", "csv", "-o", tmp_path / "tables")
    assert outcome.status == 0
    for path in (tmp_path / "tables").glob("*.csv"):
        assert path.read_bytes() == (ledger / path.name).read_bytes(), path.name


POLICY = """schema = "kg-policy/1"
[thresholds]
stated = 40
[severities]
KG107 = "low"
[[waivers]]
code = "KG101"
id = "d03"
reason = "标准在修订"
who = "李某"
until = 2026-12-31
"""


@pytest.mark.parametrize("origin", ["ledger", "graph.json", "rdf"])
def test_an_exported_ledger_keeps_policy_waivers_and_reviews(
    kg: Kg, ledger: Path, tmp_path: Path, origin: str
) -> None:
    evidence = json.loads(kg("--data", ledger, "show", "l0001", "--format", "json").data)
    reviews = "link,who,date,verdict,evidence,note\n" + "".join(
        f"l0001,{who},2026-03-0{day},{verdict},{evidence['link']['evidence_digest']},\n"
        for day, (who, verdict) in enumerate((("李某", "doubted"), ("王某", "upheld")), 1)
    )
    data = ledger
    if origin == "graph.json":
        data = tmp_path / "graph" / origin
        data.parent.mkdir()
        kg("--data", ledger, "export", "--format", "json", "-o", data)
    elif origin == "rdf":
        data = tmp_path / origin
        kg("--data", ledger, "build", "-o", data)
    folder = data if data.is_dir() else data.parent
    (folder / "kg.toml").write_text(POLICY, encoding="utf-8")
    (folder / "reviews.csv").write_text(reviews, encoding="utf-8")
    tables = tmp_path / "tables"
    for _ in range(2):  # the second time over the first
        outcome = kg("--data", data, "export", "--format", "csv", "-o", tables)
        assert (outcome.status, "kg.toml" in outcome.notes) == (0, True)
    for command in ("coverage", "check", "gaps", "stats"):
        for form in ("table", "json"):
            again = kg("--data", tables, command, "--format", form)
            assert again == kg("--data", data, command, "--format", form), (command, form)
    checked = json.loads(kg("--data", tables, "check", "--format", "json").data)
    assert [(row["code"], row["id"]) for row in checked["waived"]] == [("KG101", "d03")]
    assert [row["least"] for row in checked["gate"]["thresholds"]] == [40]
    assert (checked["reviews"]["reviewed"], checked["reviews"]["upheld"]) == (1, 1)


def test_data_with_nothing_beside_them_are_exported_as_tables_alone(
    kg: Kg, ledger: Path, tmp_path: Path
) -> None:
    graph = tmp_path / "graph.json"
    kg("--data", ledger, "export", "--format", "json", "-o", graph)
    kg("--data", graph, "export", "--format", "csv", "-o", tmp_path / "tables")
    names = {path.name for path in (tmp_path / "tables").iterdir()}
    assert names == {f"{table}.csv" for table in TABLES} | {"dataset.toml"}


def run_python(*arguments: str | Path, **environ: str) -> subprocess.CompletedProcess[bytes]:
    """`kg` in a process of its own."""
    return subprocess.run(
        [sys.executable, "-m", "kg", *map(str, arguments)],
        capture_output=True,
        check=False,
        env={**os.environ, "KG_LANG": "zh", **environ},
    )


LOCALES = [
    {"LC_ALL": "C"},
    {"LC_ALL": "C", "PYTHONCOERCECLOCALE": "0", "PYTHONUTF8": "0"},
    {"LC_ALL": "zh_CN.GBK"},
    {"PYTHONIOENCODING": "gbk"},
    {"PYTHONIOENCODING": "cp1252"},
    {"PYTHONIOENCODING": "cp437"},
    {"PYTHONIOENCODING": "ascii:strict"},
    {"HOME": ""},
    {"TZ": "Asia/Shanghai", "PYTHONHASHSEED": "7"},
]


@pytest.mark.parametrize("environ", LOCALES, ids=lambda environ: " ".join(environ.values()))
def test_what_is_redirected_is_the_same_utf_8_in_every_locale(
    kg: Kg, ledger: Path, environ: dict[str, str]
) -> None:
    result = run_python("coverage", "--data", ledger, **environ)
    assert (result.returncode, result.stderr) == (0, b"")
    assert result.stdout == kg("coverage", "--data", ledger).data
    refused = run_python("show", "没有", "--data", ledger, **environ)
    assert refused.returncode == 2
    assert refused.stderr == kg("show", "没有", "--data", ledger).notes.encode("utf-8")


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs /dev/full")
def test_a_full_disk_behind_stdout_ends_with_2_and_one_line(ledger: Path) -> None:
    with Path("/dev/full").open("wb") as full:
        result = subprocess.run(
            [sys.executable, "-m", "kg", "coverage", "--data", str(ledger)],
            stdout=full,
            stderr=subprocess.PIPE,
            check=False,
        )
    assert result.returncode == 2
    assert result.stderr.count(b"\n") == 1


def test_a_reader_that_goes_away_is_no_error(ledger: Path) -> None:
    reading, writing = os.pipe()
    os.close(reading)
    result = subprocess.run(
        [sys.executable, "-m", "kg", "gaps", "--data", str(ledger)],
        stdout=writing,
        stderr=subprocess.PIPE,
        check=False,
    )
    os.close(writing)
    assert (result.returncode, result.stderr) == (0, b"")


def on_a_terminal(*arguments: str | Path, **environ: str) -> str:
    """What `kg` shows on a terminal."""
    pty = pytest.importorskip("pty")
    ours, theirs = pty.openpty()
    subprocess.run(
        [sys.executable, "-m", "kg", *map(str, arguments)],
        stdout=theirs,
        check=False,
        env={**os.environ, "KG_LANG": "zh", "TERM": "xterm", **environ},
    )
    os.close(theirs)
    pieces = []
    while True:
        try:
            piece = os.read(ours, 65536)
        except OSError:
            break
        if not piece:
            break
        pieces.append(piece)
    os.close(ours)
    return b"".join(pieces).decode("utf-8")


def test_a_terminal_gets_underlined_cues_and_no_brackets(ledger: Path) -> None:
    shown = on_a_terminal("show", "l0001", "--data", ledger)
    assert "\x1b[4m为落实\x1b[0m" in shown
    assert "⟦" not in shown


@pytest.mark.parametrize(
    ("arguments", "environ"),
    [(("--no-color",), {}), ((), {"NO_COLOR": "1"}), ((), {"TERM": "dumb"})],
)
def test_no_colour_means_none(
    ledger: Path, arguments: tuple[str, ...], environ: dict[str, str]
) -> None:
    shown = on_a_terminal("show", "l0001", "--data", ledger, *arguments, **environ)
    assert "\x1b" not in shown
    assert "⟦为落实⟧" in shown


def test_coverage_loads_no_library_that_it_does_not_need(ledger: Path) -> None:
    script = (
        "import sys; from kg.cli.main import run; run(sys.argv[1:]);"
        "heavy = {'rdflib', 'pyoxigraph', 'pyvis', 'jinja2', 'rich', 'cn2an', 'pypinyin'};"
        "print(sorted(heavy & set(sys.modules)), file=sys.stderr)"
    )
    for command in ("coverage", "gaps"):
        result = subprocess.run(
            [sys.executable, "-c", script, command, "--data", str(ledger)],
            capture_output=True,
            text=True,
            encoding="utf-8",
            check=True,
        )
        assert result.stderr == "[]\n"
