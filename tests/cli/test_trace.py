"""`kg trace`, `kg impact`, `kg critical` and `kg quality` at the command line."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path
from typing import Any

import pytest

from kg.report.layout import width_of
from kg.words import LANGS
from tests.cli.conftest import Kg
from tests.cli.test_status import assert_refused

COMMANDS = {
    ("trace", "d09"): "kg-trace/1",
    ("trace", "m026"): "kg-trace/1",
    ("impact", "m026"): "kg-impact/1",
    ("impact", "l0610"): "kg-impact/1",
    ("impact", "s1:120-130"): "kg-impact/1",
    ("impact", "passages.csv:12"): "kg-impact/1",
    ("critical",): "kg-critical/1",
    ("quality",): "kg-quality/1",
}


# What was said of the bundled ledger, which no test changes: reading it takes time.
ANSWERS: dict[tuple[str | Path, ...], str] = {}


def document(kg: Kg, *arguments: str | Path) -> Any:
    if "--data" in arguments or arguments not in ANSWERS:
        outcome = kg(*arguments, "--format", "json")
        assert (outcome.status, outcome.notes) == (0, "")
        ANSWERS[arguments] = outcome.out
    return json.loads(ANSWERS[arguments])


@pytest.mark.parametrize("lang", LANGS)
@pytest.mark.parametrize("command", COMMANDS, ids=" ".join)
def test_the_liling_answers_fit_80_columns(kg: Kg, command: tuple[str, ...], lang: str) -> None:
    outcome = kg(*command, "--lang", lang)
    assert (outcome.status, outcome.notes) == (0, "")
    assert [line for line in outcome.out.splitlines() if width_of(line) > 80] == []
    assert [line for line in outcome.out.splitlines() if line != line.rstrip()] == []


@pytest.mark.parametrize("command", COMMANDS, ids=" ".join)
def test_json_names_its_schema(kg: Kg, command: tuple[str, ...]) -> None:
    found = document(kg, *command)
    assert found["schema"] == COMMANDS[command]
    assert {"tool", "dataset", "filters"} <= set(found)


@pytest.mark.parametrize("command", COMMANDS, ids=" ".join)
def test_markdown_begins_with_the_answer_and_has_a_table(kg: Kg, command: tuple[str, ...]) -> None:
    out = kg(*command, "--format", "md").out
    assert not out.startswith("|")
    assert "| --- |" in out


@pytest.mark.parametrize("command", [c for c in COMMANDS if c[0] != "trace"], ids=" ".join)
def test_csv_has_a_head_and_rows_of_one_width(kg: Kg, command: tuple[str, ...]) -> None:
    rows = list(csv.reader(io.StringIO(kg(*command, "--format", "csv").data.decode("utf-8-sig"))))
    assert len({len(row) for row in rows}) == 1
    # Nothing rests on s1:120-130 alone: no directive changes, the head is all there is.
    assert len(rows) > 1 or command == ("impact", "s1:120-130")


def test_a_trace_says_where_it_breaks_and_what_carries_each_chain(kg: Kg) -> None:
    out = kg("trace", "d14").out
    assert "最先断在哪里" in out
    assert "m026 常态化开展扫黑除恶斗争（醴陵） 与 d14 之间只有复述的联系" in out.replace(
        "\n                ", ""
    )
    assert "= 解读，到有成效；拼接，须记者、署名文章合起来才成立" in out


def test_a_thing_is_found_by_its_iri_or_the_words_of_its_name(kg: Kg) -> None:
    by_id = document(kg, "trace", "d14")
    iri = by_id["node"]["iri"]
    assert document(kg, "trace", iri) == by_id
    assert document(kg, "trace", "常态化开展扫黑除恶斗争") == by_id
    by_words = document(kg, "trace", "organised crime task")
    assert by_words == by_id


@pytest.mark.parametrize(
    ("arguments", "wanted"),
    [
        (("trace", "治理创新"), ["4 项", "d09 以治理创新筑牢社会根基", "m044", "请写编号"]),
        (("trace", "的"), ["…", "请写编号"]),
        (("trace", "no such words"), ["no such words", "kg list"]),
        (("trace", "org01"), ["kg show org01"]),
        (("trace", "l0610"), ["t37", "d09", "kg show l0610"]),
        (("trace",), ["kg trace"]),
        (("impact", "s1:130-120"), ["s1:130-120", "4575"]),
        (("impact", "s1:130-9999"), ["s1:130-9999", "4575"]),
        (("impact", "s2:1-2"), ["s2:1-2"]),
        (("critical", "--issuer", "nobody"), ["nobody", "org01"]),
        (("critical", "--issuer", "org01", "--all"), ["--all"]),
        (("trace", "d01", "--format", "csv"), ["--format", "table json md"]),
    ],
)
def test_what_is_ambiguous_or_not_there_is_refused_in_one_line(
    kg: Kg, arguments: tuple[str, ...], wanted: list[str]
) -> None:
    assert_refused(kg(*arguments), *wanted)


def test_with_the_sources_a_trace_prints_the_passages(kg: Kg, ledger: Path) -> None:
    plain = kg("--data", ledger, "trace", "d01")
    full = kg("--data", ledger, "trace", "d01", "--sources", ledger)
    assert "原文 s1 48–74：为落实全面推行河湖长制的部署，示例县设立河长办公室，" in full.out
    assert "原文 s1" not in plain.out
    links = document(kg, "--data", ledger, "trace", "d01", "--sources", ledger)["links"]
    assert [passage["text"] for passage in links["l0001"]["passages"]] == [
        "为落实全面推行河湖长制的部署，示例县设立河长办公室，",
    ]
    assert document(kg, "--data", ledger, "trace", "d01")["links"]["l0001"]["passages"] == []


def test_all_chains_are_shown_when_asked_for(kg: Kg) -> None:
    some, every = kg("trace", "d09"), kg("trace", "d09", "--all")
    assert "向下 62 条链，列出 5 条" in some.out and "kg trace d09 --all" in some.out
    assert "向下 62 条链\n" in every.out and "--all" not in every.out
    assert every.out.count("  = ") == 62


def test_an_impact_of_a_span_and_of_its_row_of_passages_are_the_same(kg: Kg) -> None:
    by_row = document(kg, "impact", "passages.csv:12")
    span = by_row["filters"]["span"]
    assert document(kg, "impact", f"{span[0]}:{span[1]}-{span[2]}") == by_row
    assert by_row["removed"] == dict(
        zip(("what", "source", "start", "end"), ("span", *span), strict=True)
    )


def test_what_critical_says_of_a_link_is_what_its_impact_is(kg: Kg) -> None:
    critical = document(kg, "critical", "--all")
    said: dict[str, set[tuple[str, str]]] = {}
    for row in critical["directives"]:
        for basis, links in row["links"].items():
            for link in links:
                said.setdefault(link, set()).add((row["id"], basis))
    for link in ("l0610", "l0589", "l0551"):
        changes = document(kg, "impact", link)["changes"]
        found = {
            (row["id"], basis)
            for row in changes
            for basis, at in row["at"].items()
            if at["rungs"] > 0
        }
        assert found == said[link]


def test_critical_counts_what_coverage_counts(kg: Kg) -> None:
    critical, coverage = document(kg, "critical"), document(kg, "coverage")
    rows = {row["id"]: row for row in coverage["directives"]}
    assert critical["chosen"] == coverage["chosen"]
    for row in critical["directives"]:
        assert row["level"] == rows[row["id"]]["level"]
        for basis, cut in row["cut"].items():
            assert bool(cut) == rows[row["id"]]["with_measure"][basis]
    for basis, keepers in critical["keepers"].items():
        whole = coverage["summary"][basis]["with_measure"] + coverage["legs"][basis]["with_measure"]
        assert len(keepers["directives"]) == whole


def test_another_issuer_or_all_may_be_chosen(kg: Kg) -> None:
    assert document(kg, "critical", "--issuer", "org01") == document(kg, "critical") | {
        "filters": {"issuer": "org01", "all": False, "include_prior": False}
    }
    every = document(kg, "critical", "--all")
    assert every["filters"]["all"] is True
    assert len(every["chosen"]) + len(every["chosen_legs"]) == 27


@pytest.mark.parametrize("lang", LANGS)
def test_without_directives_critical_still_answers(kg: Kg, tmp_path: Path, lang: str) -> None:
    path = tmp_path / "empty.json"
    path.write_text('{"schema": "kg-graph/1", "nodes": [], "links": []}', encoding="utf-8")
    outcome = kg("--data", path, "critical", "--lang", lang)
    assert (outcome.status, outcome.notes) == (0, "")
    assert "n/a" in outcome.out
    assert kg("--data", path, "quality", "--lang", lang).status == 0
