"""Exit status and the one line that says where, what, and what to do (design §5)."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

import kg.cli.coverage
from kg import check, load
from kg.cli.main import COMMANDS
from kg.errors import DataFaultError
from tests.cli.conftest import Kg, Outcome

# Commands that read --data, with what else they need.
READING = {
    "coverage": (),
    "gaps": (),
    "check": (),
    "show": ("d01",),
    "list": ("measure",),
    "trace": ("d01",),
    "impact": ("m001",),
    "critical": (),
    "quality": (),
    "stats": (),
    "page": ("-o", "page.html"),
    "query": ("directives-without-measures",),
    "build": ("-o", "rdf"),
    "export": (),
    "locate": ("网格", "--sources", "."),
}
Edit = Callable[[str, str, str], None]


def assert_refused(outcome: Outcome, *wanted: str) -> None:
    """Exit 2, nothing on stdout, one line on stderr that says all that is wanted."""
    assert (outcome.status, outcome.out) == (2, ""), outcome
    assert outcome.notes.endswith("\n") and outcome.notes.count("\n") == 1, outcome.notes
    assert "Traceback" not in outcome.notes
    assert [piece for piece in wanted if piece not in outcome.notes] == []


@pytest.mark.parametrize(
    ("arguments", "wanted"),
    [
        ("coverag", ["coverag", "是否指 coverage"]),
        ("xyz", ["xyz", "kg --help"]),
        ("chec", ["是否指 check"]),
        ("ledger fil", ["fil"]),
        ("coverage --foo", ["kg coverage", "--foo", "--help"]),
        ("coverage extra", ["kg coverage", "extra"]),
        ("coverage --format xlsx", ["--format", "xlsx", "table json csv md"]),
        ("coverage --issuer nobody", ["--issuer", "nobody"]),
        ("coverage --issuer org01 --all", ["--all"]),
        ("coverage --data", ["--data"]),
        ("coverage --all=3", ["--all"]),
        ("coverage --data a --data b", ["--data"]),
        ("--data a coverage --data b", ["--data"]),
        ("coverage --lang fr", ["fr", "zh en"]),
        ("gaps --rule KG999", ["KG999", "KG101"]),
        ("gaps --rule KG001", ["KG001", "kg check"]),
        ("gaps --basis loud", ["loud", "stated"]),
        ("gaps --kind thing", ["thing", "directive"]),
        ("gaps --issuer nobody", ["nobody"]),
        ("gaps --unit nobody", ["nobody"]),
        ("gaps --unit d01", ["d01"]),
        ("gaps --as-of 2021-02-30", ["--as-of", "2021-02-30"]),
        ("gaps --as-of yesterday", ["yesterday"]),
        ("show", ["kg show"]),
        ("show nothing", ["nothing", "kg list"]),
        ("list", ["kg list"]),
        ("list things", ["things", "measure"]),
        ("explain KG999", ["KG999"]),
        ("query", ["kg query"]),
        ("query nothing", ["nothing", "kg questions"]),
        ("query directives-without-measures --param basis", ["basis"]),
        ("query directives-without-measures --param basis=loud", ["loud"]),
        ("query directives-without-measures --param colour=red", ["colour"]),
        ("query what-serves-directive", ["directive"]),
        ("page", ["-o", "FILE.html"]),
        ("build", ["-o", "DIR"]),
        ("export --format csv", ["-o"]),
        ("locate 网格", ["--sources"]),
        ("locate", ["kg locate"]),
        ("ledger fill", ["kg ledger fill"]),
        ("new", ["kg new"]),
        ("completion tcsh", ["tcsh", "bash"]),
    ],
)
def test_a_command_that_makes_no_sense_is_refused_in_one_line(
    kg: Kg, arguments: str, wanted: list[str]
) -> None:
    assert_refused(kg(*arguments.split(" ")), *wanted)


def test_an_empty_text_is_not_looked_for(kg: Kg, ledger: Path) -> None:
    assert_refused(kg("locate", "", "--sources", ledger), "kg locate")


def test_every_command_is_either_reading_or_known_not_to() -> None:
    # Reports are tried in test_report.py.
    others = {"explain", "questions", "ledger", "new", "completion", "diff", "trend", "agree"}
    others |= {"report"}
    assert set(READING) | others == set(COMMANDS)


@pytest.mark.usefixtures("cwd")
@pytest.mark.parametrize("command", READING)
def test_data_that_are_not_there_are_refused(kg: Kg, command: str) -> None:
    outcome = kg("--data", "nowhere", command, *READING[command])
    assert_refused(outcome, "nowhere")


@pytest.mark.usefixtures("cwd")
@pytest.mark.parametrize("command", READING)
@pytest.mark.parametrize("lang", ["zh", "en"])
def test_a_folder_that_is_no_ledger_is_refused(
    kg: Kg, tmp_path: Path, command: str, lang: str
) -> None:
    (tmp_path / "empty").mkdir()
    outcome = kg("--data", "empty", command, *READING[command], "--lang", lang)
    assert_refused(outcome, "empty", "dataset.toml")


@pytest.mark.usefixtures("cwd")
@pytest.mark.parametrize("command", READING)
def test_a_missing_table_is_refused_by_its_name(kg: Kg, ledger: Path, command: str) -> None:
    (ledger / "measures.csv").unlink()
    assert_refused(kg("--data", ledger, command, *READING[command]), "measures.csv")


@pytest.mark.usefixtures("cwd")
@pytest.mark.parametrize("command", READING)
def test_a_folder_where_a_table_should_be_is_refused(kg: Kg, ledger: Path, command: str) -> None:
    (ledger / "links.csv").unlink()
    (ledger / "links.csv").mkdir()
    assert_refused(kg("--data", ledger, command, *READING[command]), "links.csv")


@pytest.mark.usefixtures("cwd")
@pytest.mark.parametrize("command", sorted(set(READING) - {"check", "locate"}))
def test_a_wrong_header_stops_every_command_but_check(
    kg: Kg, ledger: Path, edit: Edit, command: str
) -> None:
    edit("links.csv", "relation", "relatoin")
    outcome = kg("--data", ledger, command, *READING[command])
    assert_refused(outcome, "links.csv:1", "relatoin", "kg check")


def test_check_lists_every_fault_and_ends_with_1(kg: Kg, ledger: Path, edit: Edit) -> None:
    edit("links.csv", "l0001,m001,addresses,d01", "l0001,m001,addresses,d99")
    edit("measures.csv", "m003,", "m002,")
    outcome = kg("--data", ledger, "check")
    assert (outcome.status, outcome.notes) == (1, "")
    assert "links.csv:2 l0001：数据集中没有编号 d99" in outcome.out
    assert "measures.csv:4 m002：编号 m002 已见于 measures.csv:3" in outcome.out


def test_the_first_fault_is_named_and_the_others_counted(kg: Kg, ledger: Path, edit: Edit) -> None:
    edit("links.csv", "l0001,m001,addresses,d01", "l0001,m001,addresses,d99")
    edit("links.csv", "l0002,o01,resultOf,m001", "l0002,o01,resultOf,m099")
    chinese = kg("--data", ledger, "coverage")
    assert_refused(chinese, "links.csv:2", "KG001", "d99", "另有 1 处：请运行 kg check")
    english = kg("--data", ledger, "coverage", "--lang", "en")
    assert english.notes == (
        "links.csv:2: KG001 d99 does not exist in this data set; 1 more: run kg check\n"
    )


def test_python_refuses_what_the_command_line_refuses_in_the_same_words(
    kg: Kg, ledger: Path, edit: Edit
) -> None:
    edit("links.csv", "l0001,m001,addresses,d01", "l0001,m001,addresses,d99")
    edit("links.csv", "l0002,o01,resultOf,m001", "l0002,o01,resultOf,m099")
    told = kg("--data", ledger, "coverage").notes
    with pytest.raises(DataFaultError) as refused:
        load(ledger)
    assert f"{refused.value}\n" == told
    edit("links.csv", ",m001,addresses,d99", ",m001,addresses,d01")
    edit("links.csv", ",resultOf,m099", ",resultOf,m001")
    edit("links.csv", "网格员是网格化治理的工作力量", "")  # a fault that lets both go on
    assert [fault.code for fault in check(load(ledger))] == ["KG007"]
    assert kg("--data", ledger, "coverage").status == 0


def test_one_fault_alone_is_named_alone(kg: Kg, ledger: Path, edit: Edit) -> None:
    edit("outcomes.csv", ",12,", ",twelve,")
    outcome = kg("--data", ledger, "gaps")
    assert_refused(outcome, "outcomes.csv:2", "KG009", "value", "twelve")


def test_other_faults_are_a_note_and_the_command_goes_on(kg: Kg, ledger: Path, edit: Edit) -> None:
    edit("links.csv", "网格员是网格化治理的工作力量", "")
    outcome = kg("--data", ledger, "coverage")
    assert outcome.status == 0
    assert outcome.notes == "注意：数据有错误（KG007 1 处），详见 kg check。\n"
    quiet = kg("--data", ledger, "coverage", "-q")
    assert (quiet.status, quiet.notes, quiet.out) == (0, "", outcome.out)


def test_check_of_a_sound_ledger_ends_with_0_and_counts_the_quotes(kg: Kg, ledger: Path) -> None:
    outcome = kg("--data", ledger, "check", "--sources", ledger)
    assert (outcome.status, outcome.notes) == (0, "")
    assert outcome.out.startswith(
        "事项 10，联系 5，未发现错误。\n引文 20 条，与原文完全一致的 20 条。\n"
    )


def test_check_takes_the_sources_from_the_environment(
    kg: Kg, ledger: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("KG_SOURCES", str(ledger))
    assert "完全一致的 20 条" in kg("--data", ledger, "check").out


def test_check_without_sources_says_unverified(kg: Kg, ledger: Path) -> None:
    outcome = kg("--data", ledger, "check", "--lang", "en")
    assert outcome.status == 0
    assert outcome.out.splitlines()[1].startswith("None of the 20 quotes was looked up")
    assert "exact       0 of 20" in outcome.out


def test_check_finds_a_changed_article(kg: Kg, ledger: Path, edit: Edit) -> None:
    edit("article.txt", "12支", "13支")
    outcome = kg("--data", ledger, "check", "--sources", ledger)
    assert outcome.status == 1
    assert "KG005" in outcome.out


def test_sources_that_are_not_there_are_said(kg: Kg, ledger: Path, tmp_path: Path) -> None:
    (tmp_path / "elsewhere").mkdir()
    outcome = kg("--data", ledger, "check", "--sources", tmp_path / "elsewhere")
    assert outcome.status == 0
    assert "没有 s1 的原文" in outcome.notes
    assert "均未核对" in outcome.out
    assert_refused(kg("--data", ledger, "check", "--sources", tmp_path / "nowhere"), "nowhere")


def test_gaps_only_list_and_end_with_0(kg: Kg, ledger: Path) -> None:
    assert kg("--data", ledger, "gaps").status == 0


def test_ctrl_c_ends_with_130(kg: Kg, monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupt(_session: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(kg_coverage(), "read_dataset", interrupt)
    outcome = kg("coverage")
    assert (outcome.status, outcome.out, outcome.notes) == (130, "", "已中断。\n")


def test_an_unexpected_error_is_one_line_unless_debugging(
    kg: Kg, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(_session: object) -> None:
        raise ZeroDivisionError("division by zero")

    monkeypatch.setattr(kg_coverage(), "read_dataset", fail)
    assert_refused(kg("coverage"), "ZeroDivisionError", "KG_DEBUG=1")
    monkeypatch.setenv("KG_DEBUG", "1")
    with pytest.raises(ZeroDivisionError):
        kg("coverage")


def kg_coverage() -> object:
    """The module whose reading the two tests above replace."""
    return kg.cli.coverage
