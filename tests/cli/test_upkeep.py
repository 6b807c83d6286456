"""Disputed, withdrawn and confirmed links, counter-evidence, reviews, wherever links are."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from kg.report.layout import width_of
from kg.words import LANGS
from tests.cli.conftest import Kg

Edit = Callable[[str, str, str], None]
REVIEWS = "link,who,date,verdict,evidence,note\n"


def document(kg: Kg, ledger: Path, *command: str) -> Any:
    outcome = kg("--data", ledger, *command, "--format", "json")
    assert outcome.status in (0, 1), outcome.notes
    return json.loads(outcome.data)


def digest(kg: Kg, ledger: Path, link: str) -> str:
    return str(document(kg, ledger, "show", link)["link"]["evidence_digest"])


@pytest.fixture
def disputed(ledger: Path, edit: Edit) -> Path:
    """l0001 is disputed and has counter-evidence, l0003 is withdrawn."""
    edit(
        "links.csv",
        "l0001,m001,addresses,d01,stated,specific,current,,",
        "l0001,m001,addresses,d01,stated,specific,disputed,两人看法不一,2026-02-01",
    )
    edit(
        "links.csv",
        "l0003,m002,addresses,d02,interpreted,specific,current,,",
        "l0003,m002,addresses,d02,interpreted,specific,withdrawn,读得太宽,2026-02-02",
    )
    path = ledger / "mentions.csv"
    lines = path.read_text(encoding="utf-8").splitlines()
    extra = next(line for line in lines if line.startswith("l0001,"))
    lines.append(
        extra.replace(",supports,", ",against,").replace("l0001,s1,48,51", "l0001,s1,48,51")
    )
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return ledger


def test_coverage_says_what_is_disputed_withdrawn_and_contradicted(kg: Kg, disputed: Path) -> None:
    text = kg("--data", disputed, "coverage").out
    for said in (
        " 有争议的联系 1 条，照常计入：l0001\n",
        " 已撤回或被取代的联系 1 条，不计入：l0003\n",
        " 有相反出处的 1 项，照常计入：l0001\n",
        " d01（明示、含复述、含邻近、含解读）的层级系于有争议的联系 l0001\n",
    ):
        assert said in text
    assert document(kg, disputed, "coverage")["standing"] == {
        "disputed": ["l0001"],
        "withdrawn": ["l0003"],
        "superseded": [],
        "against": ["l0001"],
    }


def test_a_sound_ledger_says_nothing_of_the_kind(kg: Kg, ledger: Path) -> None:
    text = kg("--data", ledger, "coverage").out
    assert "争议" not in text
    assert "撤回" not in text


def test_stats_count_them_apart(kg: Kg, disputed: Path) -> None:
    counts = document(kg, disputed, "stats")["counts"]
    assert counts["link_statuses"] == {
        "current": 3,
        "disputed": 1,
        "withdrawn": 1,
        "superseded": 0,
    }
    assert counts["stances"]["against"] == 1
    assert "出处的立场\n  支持 20、相反 1\n" in kg("--data", disputed, "stats").out


def test_show_has_them_wherever_the_link_is(kg: Kg, disputed: Path) -> None:
    for item in ("l0001", "m001", "d01"):
        text = kg("--data", disputed, "show", item).out
        assert "回应，明示，有争议" in text
        assert "状态说明：两人看法不一 2026-02-01\n" in text
        assert "! 相反的出处 1 处\n" in text
        assert "立场：相反" in text
    for item in ("l0003", "m002", "d02"):
        assert "回应，解读，已撤回" in kg("--data", disputed, "show", item).out
    assert (
        "d01 全面推行河湖长制（含有争议的联系 l0001）" in kg("--data", disputed, "show", "o01").out
    )


def test_the_page_has_them_too(kg: Kg, disputed: Path, tmp_path: Path) -> None:
    page = tmp_path / "page.html"
    assert kg("--data", disputed, "page", "-o", page).status == 0
    text = page.read_text(encoding="utf-8")
    for said in ("两人看法不一", "读得太宽"):
        assert said in text


def test_a_successor_is_named(kg: Kg, ledger: Path, edit: Edit) -> None:
    edit(
        "links.csv",
        "l0003,m002,addresses,d02,interpreted,specific,current,,,",
        "l0003,m002,addresses,d02,interpreted,specific,superseded,,,l0001",
    )
    assert "取代它的联系：l0001\n" in kg("--data", ledger, "show", "d02").out


def test_reviews_are_shown_with_their_link_and_counted(kg: Kg, ledger: Path) -> None:
    good, other = digest(kg, ledger, "l0001"), digest(kg, ledger, "l0003")
    (ledger / "reviews.csv").write_text(
        f"{REVIEWS}l0001,督查室 李某,2026-03-01,upheld,{good[:12]},\n"
        f"l0003,王某,2026-03-02,存疑,{other},太宽\n",
        encoding="utf-8",
    )
    assert "复核：督查室 李某，2026-03-01，成立\n" in kg("--data", ledger, "show", "d01").out
    assert "复核：王某，2026-03-02，存疑（太宽）\n" in kg("--data", ledger, "show", "l0003").out
    checked = kg("--data", ledger, "check")
    assert checked.status == 0
    said = "联系 5 条，已复核 2 条：成立 1，存疑 1，不成立 0，已过时 0。\n"
    assert said in checked.out
    assert document(kg, ledger, "stats")["counts"]["reviews"] == {
        **{"links": 5, "reviewed": 2, "upheld": 1, "doubted": 1, "rejected": 0},
        **{"stale": 0, "unreviewed": 3},
    }
    # They are no part of the data set.
    shown = document(kg, ledger, "coverage")["dataset"]["digest"]
    (ledger / "reviews.csv").unlink()
    assert document(kg, ledger, "coverage")["dataset"]["digest"] == shown


def test_a_review_of_other_evidence_is_out_of_date(kg: Kg, ledger: Path, edit: Edit) -> None:
    good = digest(kg, ledger, "l0001")
    (ledger / "reviews.csv").write_text(
        f"{REVIEWS}l0001,李某,2026-03-01,upheld,{good},\n", encoding="utf-8"
    )
    edit("links.csv", "l0001,m001,addresses,d01,stated", "l0001,m001,addresses,d01,positional")
    said = "复核：李某，2026-03-01，成立；此后联系或出处有改动，须重新复核\n"
    assert said in kg("--data", ledger, "show", "l0001").out
    checked = kg("--data", ledger, "check")
    assert (checked.status, "KG504 复核已过时　1 条\n" in checked.out) == (0, True)
    assert "已复核 1 条：成立 0，存疑 0，不成立 0，已过时 1。" in checked.out
    assert kg("--data", ledger, "check", "--fail-on", "KG504").status == 1


def test_a_link_confirmed_for_another_wording_is_to_be_confirmed_again(
    kg: Kg, ledger: Path, edit: Edit
) -> None:
    before = "l0001,m001,addresses,d01,stated,specific,current,,,,,,,A,"
    edit("links.csv", f"{before}\n", f"{before}{'0' * 64}\n")
    wording = document(kg, ledger, "show", "d01")["wording_digest"]
    mark = f"待重新确认；仍成立的，confirmed 改填 {wording[:12]}\n"
    for command in (["show", "d01"], ["show", "m001"], ["show", "l0001"], ["trace", "m001"]):
        assert mark in kg("--data", ledger, *command).out, command
    note = f"记入 links.csv 的 confirmed（确认校验值）：{wording[:12]}\n"
    assert note in kg("--data", ledger, "show", "l0001").out
    assert "KG503 联系待重新确认　1 条\n" in kg("--data", ledger, "check").out
    cell = "0" * 64
    for confirmed in (wording, wording[:12], f" {wording.upper()} "):
        edit("links.csv", before + cell, before + confirmed)
        cell = confirmed
        assert "待重新确认" not in kg("--data", ledger, "show", "d01").out
        assert "KG503" not in kg("--data", ledger, "check").out
    edit("links.csv", before + cell, before + "yes")
    checked = kg("--data", ledger, "check")
    assert (checked.status, "KG503" in checked.out) == (1, True)
    assert "确认校验值至多一个，须是 12 至 64 位十六进制数" in checked.out.replace("\n", "")


@pytest.mark.parametrize(
    ("name", "text", "wanted"),
    [
        ("reviews.csv", REVIEWS + "l0001,李某,2026-03-01,maybe,0123456789ab,\n", "reviews.csv:2"),
        ("reviews.csv", REVIEWS + "l0001,,2026-03-01,upheld,0123456789ab,\n", "who"),
        ("reviews.csv", REVIEWS + "l0001,李某,soon,upheld,0123456789ab,\n", "soon"),
        ("reviews.csv", "link,who\nl0001,李某\n", "date"),
    ],
)
def test_a_row_that_cannot_be_read_stops_all_but_check(
    kg: Kg, ledger: Path, name: str, text: str, wanted: str
) -> None:
    (ledger / name).write_text(text, encoding="utf-8")
    for command in (["show", "d01"], ["stats"]):
        outcome = kg("--data", ledger, *command)
        assert (outcome.status, outcome.out, outcome.notes.count("\n")) == (2, "", 1)
        assert wanted in outcome.notes
    checked = kg("--data", ledger, "check")
    assert (checked.status, wanted in checked.out) == (1, True)


def test_a_review_of_no_link_is_a_fault(kg: Kg, ledger: Path) -> None:
    (ledger / "reviews.csv").write_text(
        f"{REVIEWS}l9999,李某,2026-03-01,upheld,0123456789ab,\n", encoding="utf-8"
    )
    checked = kg("--data", ledger, "check")
    assert checked.status == 1
    assert "reviews.csv:2 l9999：数据集中没有编号 l9999" in checked.out


@pytest.mark.parametrize("lang", LANGS)
def test_all_of_it_fits_80_columns(kg: Kg, disputed: Path, lang: str) -> None:
    (disputed / "reviews.csv").write_text(
        f"{REVIEWS}l0001,督查室 李某,2026-03-01,doubted,0123456789ab,{'太宽' * 40}\n", "utf-8"
    )
    for command in (["coverage"], ["check"], ["stats"], ["show", "d01"], ["show", "l0001"]):
        text = kg("--data", disputed, *command, "--lang", lang).out
        assert [line for line in text.splitlines() if width_of(line) > 80] == []


def test_gaps_that_are_waived_stand_apart(kg: Kg, ledger: Path) -> None:
    before = document(kg, ledger, "gaps")
    (ledger / "kg.toml").write_text(
        'schema = "kg-policy/1"\n[severities]\nKG107 = "low"\n[[waivers]]\ncode = "KG101"\n'
        'id = "d03"\nreason = "标准在修订"\nwho = "李某"\nuntil = "2026"\n',
        encoding="utf-8",
    )
    after = document(kg, ledger, "gaps")
    assert before["waived"] == []
    assert [(row["code"], row["id"], row["who"]) for row in after["waived"]] == [
        ("KG101", "d03", "李某")
    ]
    assert after["counts"]["KG101"] == before["counts"]["KG101"] - 1
    assert after["summary"] == before["summary"]
    assert {row["severity"] for row in after["findings"] if row["code"] == "KG107"} == {"low"}
    assert (
        "已豁免，另计　1 条\n  KG101 未见举措　d03 办好老年食堂\n"
        in kg("--data", ledger, "gaps").out
    )
    assert "标准在修订" in kg("--data", ledger, "gaps", "--format", "csv").out
    checked = document(kg, ledger, "check")
    assert [row["id"] for row in checked["gaps"]] == [row["id"] for row in after["findings"]]
