"""Whole answers of the commands that judge and compare, in both languages, word for word."""

from __future__ import annotations

import os
from dataclasses import replace
from pathlib import Path

import pytest

from kg.analysis.upkeep import evidence_digest, wording_digest
from kg.export.ledger_csv import to_ledger
from kg.model import (
    ActorKnown,
    Basis,
    Dataset,
    Decision,
    Kind,
    Link,
    LinkStatus,
    Node,
    Relation,
    Status,
)
from kg.report.layout import width_of
from kg.words import LANGS
from tests.cli.conftest import Kg
from tests.conftest import CHECKOUT
from tests.unit.report.county import mention
from tests.unit.report.office import OFFICE

GOLDEN = CHECKOUT / "tests" / "golden" / "cli"
WRITE = os.environ.get("KG_GOLDEN") == "write"
POLICY = """schema = "kg-policy/1"

[thresholds]
stated = {stated}
interpreted = 75

[severities]
KG107 = "low"

[[waivers]]
code = "KG101"
id = "d04"
reason = "{reason}"
who = "督查室"
until = 2022-06-30
{more}
"""
LATE = """
[[waivers]]
code = "KG303"
id = "m03"
reason = "正在核实"
who = "督查室"
until = 2021-06-30
"""


def _with_actors(node: Node) -> Node:
    """The node as a ledger has it: a row says of every measure how its actor is known."""
    is_measure = node.kind is Kind.MEASURE
    return replace(node, actor_known=ActorKnown.UNKNOWN) if is_measure else node


ONE = replace(OFFICE, nodes=tuple(map(_with_actors, OFFICE.nodes)))


def _later() -> Dataset:
    """The county half a year later: a rewording, a measure done, a link withdrawn."""
    nodes = {node.id: node for node in ONE.nodes}
    links = {link.id: link for link in ONE.links}
    nodes["d01"] = replace(nodes["d01"], zh="全域推行河湖长制")
    nodes["m02"] = replace(nodes["m02"], status=Status.DONE)
    nodes["m04"] = replace(
        nodes["m01"],
        id="m04",
        zh="开办老年食堂3家",
        en="Open three canteens for the elderly",
        mentions=(mention("m04", 50, "开办老年食堂3家"),),
    )
    links["l01"] = replace(links["l01"], confirmed=wording_digest(ONE.nodes[0]))
    links["l03"] = replace(links["l03"], basis=Basis.POSITIONAL)
    links["l06"] = replace(
        links["l06"], status=LinkStatus.WITHDRAWN, reason="只是口号", status_date="2022-03"
    )
    links["l11"] = Link("l11", "m04", Relation.ADDRESSES, "d04", Basis.STATED)
    links["l12"] = Link(
        *("l12", "m02", Relation.ADDRESSES, "d01", Basis.INTERPRETED),
        confirmed=wording_digest(nodes["d01"])[:12],
        rationale="网格员兼管河道",
    )
    what = "开办几家算一项还是三项举措"
    return replace(
        ONE,
        nodes=tuple(nodes[item] for item in sorted(nodes) if item != "o01"),
        links=tuple(links[item] for item in sorted(links) if item not in ("l02", "l08")),
        date="2022-06-30",
        passages=(replace(ONE.passages[0], items=("d01", "m04")), *ONE.passages[1:]),
        decisions=(Decision("x1", ("m04",), 50, 58, what, "一项", "三项", "一项", "同一句", ""),),
    )


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with `one` and `later`, two versions of a ledger with policy and reviews."""
    folder = tmp_path_factory.mktemp("golden")
    first = {link.id: link for link in ONE.links}
    reviews = "link,who,date,verdict,evidence,note\n" + "".join(
        f"{link},{who},2021-11-0{day},{verdict},{evidence_digest(first[link])[:12]},{note}\n"
        for day, (link, who, verdict, note) in enumerate(
            (("l01", "督查室", "upheld", ""), ("l03", "研究室", "doubted", "太宽")), 1
        )
    )
    for name, dataset, policy in (
        ("one", ONE, POLICY.format(stated=40, reason="标准在修订", more=LATE)),
        ("later", _later(), POLICY.format(stated=50, reason="尚在选址", more="")),
    ):
        (folder / name).mkdir()
        for file, data in to_ledger(dataset).items():
            (folder / name / file).write_bytes(data)
        (folder / name / "kg.toml").write_text(policy, encoding="utf-8")
        (folder / name / "reviews.csv").write_text(reviews, encoding="utf-8")
    return folder


def compare(name: str, made: str) -> None:
    """What is said is what stands in a golden file; with KG_GOLDEN=write it is put there."""
    path = GOLDEN / name
    if WRITE:
        path.parent.mkdir(exist_ok=True)
        path.write_text(made, encoding="utf-8", newline="")
    assert made == path.read_bytes().decode("utf-8")


ANSWERS = {
    "trace": ("--data", "one", "trace", "m01"),
    "trace-reworded": ("--data", "later", "trace", "m01"),
    "impact": ("--data", "one", "impact", "m01"),
    "critical": ("--data", "one", "critical"),
    "quality": ("--data", "one", "quality"),
    "check": ("--data", "one", "check"),
    "check-later": ("--data", "later", "check"),
    "diff": ("diff", "one", "later"),
    "agree": ("agree", "one", "later"),
}
FAILED = {"check": 1, "check-later": 1}


@pytest.mark.parametrize("lang", LANGS)
@pytest.mark.parametrize("name", ANSWERS)
def test_golden_answer_on_a_made_up_county(
    kg: Kg, folder: Path, monkeypatch: pytest.MonkeyPatch, name: str, lang: str
) -> None:
    monkeypatch.chdir(folder)
    outcome = kg(*ANSWERS[name], "--lang", lang)
    assert outcome.status == FAILED.get(name, 0), outcome.notes
    assert [line for line in outcome.out.splitlines() if width_of(line) > 80] == []
    compare(f"{name}.{lang}.txt", outcome.out)


@pytest.mark.parametrize("lang", LANGS)
def test_golden_differences_in_markdown(
    kg: Kg, folder: Path, monkeypatch: pytest.MonkeyPatch, lang: str
) -> None:
    monkeypatch.chdir(folder)
    compare(f"diff.{lang}.md", kg("diff", "one", "later", "--format", "md", "--lang", lang).out)


@pytest.mark.parametrize("lang", LANGS)
@pytest.mark.parametrize("command", [("trace", "d12"), ("impact", "m027"), ("quality",)])
def test_golden_answer_on_liling(kg: Kg, command: tuple[str, ...], lang: str) -> None:
    compare(f"liling-{command[0]}.{lang}.txt", kg(*command, "--lang", lang).out)
