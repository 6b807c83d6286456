"""`kg page`: what its options put into the file, and what they refuse."""

from __future__ import annotations

import json
import re
import webbrowser
from pathlib import Path
from typing import Any

import pytest

from tests.cli.conftest import Kg, Outcome

_DATA = re.compile(r'<script type="application/json" id="data">(.*?)</script>', re.DOTALL)


@pytest.fixture
def target(tmp_path: Path) -> Path:
    return tmp_path / "page.html"


def read_data(path: Path) -> Any:
    found = _DATA.search(path.read_text(encoding="utf-8"))
    assert found is not None
    return json.loads(found[1])


def drawn(path: Path) -> set[str]:
    data = read_data(path)
    numbers = [at for row in data["drawing"]["nodes"] for at in row[::3]]
    return {data["nodes"][at][0] for at in numbers}


def test_focus_depth_and_kind_narrow_what_is_drawn(kg: Kg, ledger: Path, target: Path) -> None:
    assert kg("--data", ledger, "page", "-o", target).status == 0
    everything = drawn(target)
    kg("--data", ledger, "page", "-o", target, "--focus", "d01")
    chain = drawn(target)
    assert "d01" in chain and chain < everything
    kg("--data", ledger, "page", "-o", target, "--focus", "d01", "--depth", "0")
    assert drawn(target) - {"org01", "org02", "org03"} == {"d01"}
    kg("--data", ledger, "page", "-o", target, "--kind", "部署", "--kind", "outcomes")
    data = read_data(target)
    assert {data["nodes"][at][1] for at in data["drawn"]} == {0, 4}
    assert data["part"]["kinds"] == ["directive", "outcome"]


def test_basis_language_and_title_are_what_it_opens_with(
    kg: Kg, ledger: Path, target: Path
) -> None:
    kg(
        "--data",
        ledger,
        "page",
        "-o",
        target,
        "--basis",
        "解读",
        "--lang",
        "en",
        "--title",
        "A & B",
    )
    data = read_data(target)
    assert (data["basis"], data["lang"], data["dataset"]["title"]) == (
        "interpreted",
        "en",
        ["A & B", "A & B"],
    )
    html = target.read_text(encoding="utf-8")
    assert '<html lang="en">' in html and "<title>A &amp; B</title>" in html


def test_quotes_are_checked_where_the_text_is_at_hand(
    kg: Kg, ledger: Path, target: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def statuses() -> set[str]:
        data = read_data(target)
        order = data["order"]["quote_status"]
        rows = [row for node in data["nodes"] for row in node[4]]
        meant = {0 if isinstance(row, int) else row[1] for row in rows}
        return {order[data["voices"][at][2]] for at in meant}

    kg("--data", ledger, "page", "-o", target)
    assert statuses() == {"unverified"}
    kg("--data", ledger, "page", "-o", target, "--sources", ledger)
    assert statuses() == {"exact"}
    monkeypatch.setenv("KG_SOURCES", str(ledger))
    kg("--data", ledger, "page", "-o", target)
    assert statuses() == {"exact"}
    assert read_data(target)["reading"] is None  # the text itself only when asked for


def test_the_text_is_in_the_page_only_when_asked_for_and_that_is_said(
    kg: Kg, ledger: Path, target: Path
) -> None:
    outcome = kg("--data", ledger, "page", "-o", target, "--with-text", "--sources", ledger)
    assert outcome.status == 0
    assert "请勿外传" in outcome.notes
    texts = [
        "".join(p if isinstance(p, str) else p[0] for p in pieces)
        for source in read_data(target)["reading"]
        for pieces in source["paragraphs"]
    ]
    kept = [
        line
        for path in sorted(ledger.glob("*.txt"))
        for line in path.read_text(encoding="utf-8").split("\n")
        if line.strip()
    ]
    assert sorted(texts) == sorted(kept)


@pytest.mark.parametrize(
    ("arguments", "wanted"),
    [
        (["--focus", "nobody"], ["nobody", "kg list"]),
        (["--depth", "two"], ["--depth", "two"]),
        (["--depth", "-1"], ["--depth", "-1"]),
        (["--kind", "person"], ["person", "directive"]),
        (["--basis", "loud"], ["loud", "stated"]),
        (["--with-text"], ["--with-text", "--sources"]),
    ],
)
def test_options_that_make_no_sense_are_refused(
    kg: Kg, ledger: Path, target: Path, arguments: list[str], wanted: list[str]
) -> None:
    outcome = kg("--data", ledger, "page", "-o", target, *arguments)
    assert (outcome.status, outcome.data) == (2, b"")
    assert [piece for piece in wanted if piece not in outcome.notes] == []
    assert not target.exists()


def test_open_shows_the_file_and_says_so_where_there_is_no_browser(
    kg: Kg, ledger: Path, target: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened: list[str] = []

    def open_(has_browser: bool) -> Outcome:
        def show(address: str) -> bool:
            opened.append(address)
            return has_browser

        monkeypatch.setattr(webbrowser, "open", show)
        return kg("--data", ledger, "page", "-o", target, "--open")

    assert open_(True).notes == f"已写入：{target}\n"
    assert open_(False).notes.splitlines()[1:] == [f"没有可用的浏览器；请自行打开 {target}"]
    assert opened == [target.as_uri()] * 2
    assert kg("--data", ledger, "page", "-o", "-", "--open").status == 2
