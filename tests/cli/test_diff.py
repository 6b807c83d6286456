"""`kg diff`, `kg trend` and the ratchet on two versions of the Liling ledger."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from kg.report.layout import width_of
from kg.words import LANGS
from tests.cli.conftest import Kg
from tests.versions import REWORDED, change, write_second, write_version

DIGEST = "a0824e0b1714"
Git = Callable[..., str]


@pytest.fixture(scope="module")
def versions(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """The bundled ledger with a date, and the second version."""
    folder = tmp_path_factory.mktemp("versions")
    return write_version(folder / "v1", date="2025-12-31"), write_second(folder / "v2")


@pytest.fixture
def repository(tmp_path: Path, versions: tuple[Path, Path]) -> Path:
    """A repository with both versions as two commits of `data/ledger`."""
    if shutil.which("git") is None:
        pytest.skip("there is no git on this machine")
    root = tmp_path / "repository"
    ledger = root / "data" / "ledger"
    ledger.mkdir(parents=True)
    who = ("-c", "user.name=A", "-c", "user.email=a@example.org", "-c", "commit.gpgsign=false")
    environment = {k: v for k, v in os.environ.items() if not k.startswith("GIT_")}

    def git(*arguments: str) -> None:
        subprocess.run(
            ["git", *who, *arguments], cwd=root, check=True, capture_output=True, env=environment
        )

    git("init", "--quiet")
    for version in versions:
        for path in version.iterdir():
            shutil.copy(path, ledger / path.name)
        git("add", "--all")
        git("commit", "--quiet", "--message", version.name)
    return root


def test_the_answer_comes_first_and_each_change_is_named(
    kg: Kg, versions: tuple[Path, Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(versions[0].parent)
    outcome = kg("diff", "v1", "v2")
    assert (outcome.status, outcome.notes) == (0, "")
    assert outcome.out.startswith(
        "v1 → v2：部署的层级升 7 处，降 3 处；缺口新增 5 条，消除 5 条。\n"
    )
    for said in (
        "部署措辞改动后，有 6 条联系待重新确认。\n",
        "联系：增 1、删 4、撤回 1、依据升 1、依据降 1；\n",
        "  d12 法治政府\n      升　明示：未见回应 → 有举措\n",
        "      降　含解读：有成效 → 有思路\n",
        "    o21 信访积案化解率91%以上　（事项已删去，缺口随之消失）\n",
        "  扩大　KG101 未见举措　d14 常态化开展扫黑除恶斗争：明示 → 明示至解读\n",
        f"      现：{REWORDED}\n      ? l0185　m044 持续推进基层社会治理创新（回应）\n",
        f"      仍成立的，把 {DIGEST} 填入 links.csv 该行的 confirmed（确认校验值）\n",
        "  撤回　m026 常态化开展扫黑除恶斗争（醴陵）",
        "      状态：有效 → 已撤回\n",
        "  依据升　m027 ",
        "  依据降　m044 ",
    ):
        assert said in outcome.out, said


@pytest.mark.parametrize("lang", LANGS)
def test_both_reports_fit_80_columns(kg: Kg, versions: tuple[Path, Path], lang: str) -> None:
    for command in ("diff", "trend"):
        text = kg(command, *versions, "--lang", lang).out
        names = [line for line in text.splitlines() if "/versions0/" not in line]
        assert [line for line in names if width_of(line) > 80] == []


def test_json_counts_what_it_lists(kg: Kg, versions: tuple[Path, Path]) -> None:
    document = json.loads(kg("diff", *versions, "--format", "json").data)
    assert list(document)[:4] == ["schema", "tool", "dataset", "filters"]
    assert document["schema"] == "kg-diff/1"
    counts = document["counts"]
    assert counts["suspect"] == len(document["suspect"][0]["links"]) == 6
    assert counts["rungs"] == {"gained": 7, "lost": 3}
    assert counts["gaps"] == {way: len(rows) for way, rows in document["gaps"].items()}
    assert counts["links"]["withdrawn"] == 1
    assert sum(counts["mentions"].values()) == len(document["mentions"])
    assert document["suspect"][0]["digest"].startswith(DIGEST)
    assert document["header"] == [{"field": "date", "old": "2025-12-31", "new": "2026-06-30"}]


@pytest.mark.parametrize("form", ["csv", "md"])
def test_rows_have_a_change_each(kg: Kg, versions: tuple[Path, Path], form: str) -> None:
    text = kg("diff", *versions, "--format", form).out
    document = json.loads(kg("diff", *versions, "--format", "json").data)
    for way in ("依据升", "依据降", "撤回", "待确认", "已消除"):
        assert way in text
    if form == "csv":
        fields = sum(len(row["fields"]) for row in document["links"]["changed"])
        lists = [document["rungs"], *document["gaps"].values(), document["suspect"][0]["links"]]
        lists += [
            document[what][way] for what in ("nodes", "links") for way in ("added", "removed")
        ]
        wanted = sum(map(len, lists)) + fields + 1 + len(document["mentions"])
        counts = document["counts"]
        wanted += sum(bool(n) for what in ("passages", "decisions") for n in counts[what].values())
        assert len(text.splitlines()) == wanted + 1


def test_a_version_against_itself_says_that_nothing_differs(
    kg: Kg, versions: tuple[Path, Path]
) -> None:
    assert "没有不同。" in kg("diff", versions[0], versions[0]).out


def test_links_confirmed_for_the_new_wording_are_suspect_no_more(
    kg: Kg, versions: tuple[Path, Path], tmp_path: Path
) -> None:
    confirmed = {"l0185": DIGEST, "l0186": "0" * 64}
    edits = [change("links", item, confirmed=cell) for item, cell in confirmed.items()]
    new = write_second(tmp_path / "new", edits=edits)
    outcome = kg("diff", versions[0], new)
    assert "有 5 条联系待重新确认。" in outcome.out
    assert "      已重新确认：l0185\n" in outcome.out
    checked = kg("--data", new, "check")
    assert "KG503 联系待重新确认　1 条\n" in checked.out
    assert "    l0186 d09 以治理创新夯实社会根基 的措辞在确认之后改过\n" in checked.out
    assert kg("--data", new, "check", "--fail-on", "KG503", "--report-only").status == 0


POLICY = """schema = "kg-policy/1"
[covered]
measures = 2
[thresholds]
stated = {stated}
[thresholds.issuers.org01]
echoed = 50
[severities]
KG107 = "low"
[[waivers]]
code = "KG101"
id = "d14"
reason = "{reason}"
who = "李某"
until = 2026-12-31
"""


def test_waivers_and_terms_that_differ_are_named(
    kg: Kg, versions: tuple[Path, Path], tmp_path: Path
) -> None:
    with_none = write_version(tmp_path / "none")
    one, other = (
        write_version(tmp_path / name, extra={"kg.toml": POLICY.format(stated=stated, reason=why)})
        for name, stated, why in (("one", 40, "在修订"), ("other", 45.5, "已停办"))
    )
    document = json.loads(kg("diff", with_none, one, "--format", "json").data)
    waiver = {"code": "KG101", "id": "d14", "reason": "在修订", "who": "李某"}
    waiver["until"] = "2026-12-31"
    (added,) = document["policy"]["waivers"]["added"]
    assert waiver.items() <= added.items() and added["zh"]
    assert [
        (row["term"], row["code"], (row["issuer"] or {}).get("id"), row["basis"], row["old"])
        for row in document["policy"]["terms"]
    ] == [
        ("measures", None, None, None, 1),
        ("threshold", None, None, "stated", None),
        ("threshold", None, "org01", "echoed", None),
        ("severity", "KG107", None, None, None),
    ]
    assert document["counts"]["terms"] == 4
    assert document["counts"]["waivers"] == {"added": 1, "removed": 0, "changed": 0}
    back = json.loads(kg("diff", one, with_none, "--format", "json").data)
    assert back["policy"]["waivers"]["removed"] == [added]
    changed = json.loads(kg("diff", one, other, "--format", "json").data)["policy"]
    assert [row["new"] for row in changed["terms"]] == [45.5]
    assert changed["waivers"]["changed"] == [
        {**added, "reason": "已停办"}
        | {"fields": [{"field": "reason", "old": "在修订", "new": "已停办"}]}
    ]
    for form in ("table", "md", "csv"):
        for lang, told in (("zh", ("已停办", "覆盖要求（明示）")), ("en", ("已停办", "asked for"))):
            text = kg("diff", one, other, "--format", form, "--lang", lang).out
            assert all(said in text for said in (*told, "45.5%")), (form, lang)
    assert "没有不同" in kg("diff", one, one).out.replace("\n", "")


def test_a_policy_that_cannot_be_read_is_refused_by_the_name_of_its_version(
    kg: Kg, versions: tuple[Path, Path], tmp_path: Path
) -> None:
    broken = write_version(tmp_path / "broken", extra={"kg.toml": "schema = 1"})
    outcome = kg("diff", versions[0], broken)
    assert (outcome.status, outcome.out, outcome.notes.count("\n")) == (2, "", 1)
    assert "broken kg.toml" in outcome.notes
    # A trend asks for no policy.
    assert kg("trend", versions[0], broken).status == 0


def test_the_policy_beside_a_single_file_comes_from_the_same_revision(
    kg: Kg, repository: Path
) -> None:
    ledger = repository / "data" / "ledger"
    policy, graph = ledger / "kg.toml", ledger / "graph.json"
    policy.write_text(POLICY.format(stated=40, reason="在修订"), encoding="utf-8")
    kg("--data", ledger, "export", "--format", "json", "-o", graph)
    for command in (["add", "--all"], ["commit", "--quiet", "--message", "policy"]):
        who = ["-c", "user.name=A", "-c", "user.email=a@example.org"]
        subprocess.run(["git", *who, *command], cwd=repository, check=True, capture_output=True)
    assert "没有不同" in kg("diff", "HEAD", graph, "--data", graph).out
    policy.unlink()
    (removed,) = json.loads(kg("diff", "HEAD", graph, "--data", graph, "--format", "json").data)[
        "policy"
    ]["waivers"]["removed"]
    assert removed["id"] == "d14"


def test_git_revisions_of_the_data_are_compared(
    kg: Kg, repository: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    ledger = repository / "data" / "ledger"
    before = sorted((path, path.stat().st_mtime_ns) for path in repository.rglob("*"))
    by_revision = kg("diff", "HEAD~1", "HEAD", "--data", ledger)
    assert (by_revision.status, by_revision.notes) == (0, "")
    assert by_revision.out.startswith("HEAD~1 → HEAD：部署的层级升 7 处，降 3 处；")
    against_path = kg("diff", "HEAD~1", ledger, "--data", ledger)
    assert "升 7 处，降 3 处" in against_path.out.replace("\n", "")
    monkeypatch.chdir(repository)
    by_path = kg("diff", "HEAD~1:data/ledger", "HEAD:data/ledger")
    assert "升 7 处，降 3 处" in by_path.out.replace("\n", "")
    assert sorted((path, path.stat().st_mtime_ns) for path in repository.rglob("*")) == before


def test_git_also_has_single_files(kg: Kg, repository: Path) -> None:
    ledger = repository / "data" / "ledger"
    graph = repository / "graph.json"
    kg("--data", ledger, "export", "--format", "json", "-o", graph)
    for command in (["add", "graph.json"], ["commit", "--quiet", "--message", "graph"]):
        who = ["-c", "user.name=A", "-c", "user.email=a@example.org"]
        subprocess.run(["git", *who, *command], cwd=repository, check=True, capture_output=True)
    outcome = kg("diff", "HEAD", ledger, "--data", graph)
    assert (outcome.status, "没有不同" in outcome.out) == (0, True)


@pytest.mark.parametrize(
    ("old", "wanted"),
    [("nowhere", "nowhere"), ("--evil", "--evil"), ("HEAD:nowhere", "HEAD"), ("HEAD:kg", "HEAD")],
)
def test_what_is_no_version_is_refused(
    kg: Kg, repository: Path, monkeypatch: pytest.MonkeyPatch, old: str, wanted: str
) -> None:
    monkeypatch.chdir(repository)
    outcome = kg("diff", "--data", repository / "data" / "ledger", "--", old, "HEAD")
    assert (outcome.status, outcome.out, outcome.notes.count("\n")) == (2, "", 1)
    assert wanted in outcome.notes
    assert "/kg-" not in outcome.notes


def test_without_git_or_a_repository_that_is_said(
    kg: Kg, versions: tuple[Path, Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    if shutil.which("git") is not None:
        outcome = kg("diff", "HEAD", versions[1], "--data", versions[0])
        assert (outcome.status, "git 仓库" in outcome.notes) == (2, True)
    monkeypatch.setenv("PATH", str(tmp_path))
    outcome = kg("diff", "HEAD", versions[1], "--data", versions[0])
    assert (outcome.status, "没有 git" in outcome.notes) == (2, True)


def test_a_version_that_cannot_be_relied_on_is_refused_by_its_name(
    kg: Kg, versions: tuple[Path, Path], tmp_path: Path
) -> None:
    broken = write_second(tmp_path / "broken")
    path = broken / "links.csv"
    path.write_text(path.read_text("utf-8").replace(",d09,", ",d99,"), encoding="utf-8")
    outcome = kg("diff", versions[0], broken)
    assert (outcome.status, outcome.out) == (2, "")
    assert "broken links.csv:" in outcome.notes


def test_the_ratchet_holds_new_gaps_and_lets_closed_ones_go(
    kg: Kg, versions: tuple[Path, Path], tmp_path: Path
) -> None:
    last = tmp_path / "last.json"
    kg("--data", versions[0], "gaps", "--format", "json", "-o", last)
    assert kg("--data", versions[0], "check", "--baseline", last).status == 0
    outcome = kg("--data", versions[1], "check", "--baseline", last, "--format", "json")
    document = json.loads(outcome.data)
    new = [f"{row['code']} {row['id']}" for row in document["gaps"] if row["fails"]]
    closed = [f"{row['code']} {row['id']}" for row in document["closed"]]
    assert outcome.status == 1
    assert new == [*("KG107 d12", "KG107 d15", "KG302 m165", "KG302 m900", "KG303 m900")]
    assert closed == [*("KG101 d12", "KG101 d15", "KG301 m027", "KG402 o21")]


def test_a_trend_is_sorted_by_date(kg: Kg, versions: tuple[Path, Path]) -> None:
    outcome = kg("trend", versions[1], versions[0])
    assert (outcome.status, outcome.notes) == (0, "")
    assert outcome.out.startswith(
        "2025-12-31 → 2026-06-30：有举措的部署（明示）0/9 → 1/9；缺口 394 → 395。\n"
        "\n有举措的部署\n"
        " 截至        明示  复述  邻近  解读\n"
        " ----------------------------------\n"
        " 2025-12-31  0/9   2/9   2/9   5/9\n"
        " 2026-06-30  1/9   2/9   2/9   4/9\n"
    )
    document = json.loads(kg("trend", *versions, "--format", "json").data)
    assert [row["as_of"] for row in document["versions"]] == ["2025-12-31", "2026-06-30"]
    for version, row in zip(versions, document["versions"], strict=True):
        coverage = json.loads(kg("--data", version, "coverage", "--format", "json").data)
        gaps = json.loads(kg("--data", version, "gaps", "--format", "json").data)
        assert row["summary"] == coverage["summary"]
        assert row["gaps"]["total"] == sum(gaps["counts"].values())


def test_a_trend_without_dates_keeps_the_order_and_says_so(
    kg: Kg, versions: tuple[Path, Path], tmp_path: Path
) -> None:
    undated = write_version(tmp_path / "undated")
    text = kg("trend", versions[1], undated).out
    assert "并非各份都有日期，按所给次序排列。" in text
    rows = kg("trend", versions[1], undated, "--format", "csv").out.splitlines()
    assert [row.split(",")[0] for row in rows[1:]] == [str(versions[1]), str(undated)]
