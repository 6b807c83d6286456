"""The campaign against what breaks, in full; `docs/campaign.md` tells how it ended.

    .venv/bin/python bench/campaign.py

The same tests as in `make test`, which runs them short: with larger files, more generated
queries, longer limits and more kills. By hand, for it takes a while.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import xml.etree.ElementTree as ET
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path

CHECKOUT = Path(__file__).parent.parent
DOCUMENT = CHECKOUT / "docs" / "campaign.md"

FULL = {
    "KG_CAMPAIGN_MEGABYTES": "20",
    "KG_CAMPAIGN_QUERIES": "100000",
    "KG_CAMPAIGN_SECONDS": "2",
    "KG_CAMPAIGN_KILLS": "200",
}

# File of tests → what is tried, in Chinese and English.
CLASSES = {
    "tests/campaign/test_w3c_rdf.py": ("W3C 的 RDF 语法测试", "W3C RDF syntax"),
    "tests/campaign/test_hostile_rdf.py": ("恶意 RDF 文件", "hostile RDF"),
    "tests/campaign/test_hostile_queries.py": ("恶意查询", "hostile queries"),
    "tests/campaign/test_csv.py": ("各种编码和写法的 CSV", "CSV"),
    "tests/campaign/test_numbers_dates.py": ("数字和日期", "numbers and dates"),
    "tests/page/test_injection.py": ("页面注入", "page injection"),
    "tests/campaign/test_export_injection.py": ("导出文件注入", "export injection"),
    "tests/campaign/test_writes.py": ("写到一半被杀、写不下去", "killed and failed writes"),
    "tests/page/test_written.py": ("页面写到一半被杀", "a page killed while written"),
    "tests/campaign/test_environments.py": (
        "散列种子、语言环境、时区",
        "hash seed, locale, time zone",
    ),
    "tests/campaign/test_graph_shapes.py": ("怪异的图形", "graph shapes"),
}
HEAD = {
    "zh": ("类别", "用例", "通过", "跳过", "未通过", "最慢一例（秒）"),
    "en": ("class", "cases", "passed", "skipped", "failed", "slowest case, s"),
}
TEXT = {
    "zh": (
        "全面试验",
        "`make campaign` 把防错试验完整跑一遍并写出本页；",
        "`make test` 跑的是同样的用例，只是文件小一些、次数少一些。",
        "参数：{settings}。",
    ),
    "en": (
        "The campaign",
        "`make campaign` tries broken and hostile input in full and writes this page; ",
        "`make test` runs the same cases with smaller files and fewer repetitions. ",
        "Settings: {settings}.",
    ),
}


@dataclass
class Ended:
    """How the cases of one class ended."""

    outcomes: Counter[str] = field(default_factory=Counter)
    slowest: float = 0.0


def run(report: Path) -> int:
    command = [sys.executable, "-m", "pytest", "-q", "-n", "2", f"--junitxml={report}"]
    environment = {**os.environ, **FULL}
    return subprocess.run(
        [*command, "-o", "timeout=1800", *CLASSES], cwd=CHECKOUT, env=environment, check=False
    ).returncode


def read(report: Path) -> dict[str, Ended]:
    ended = {file: Ended() for file in CLASSES}
    for case in ET.parse(report).iter("testcase"):
        one = ended[case.attrib["classname"].replace(".", "/") + ".py"]
        bad = case.find("failure") is not None or case.find("error") is not None
        skipped = case.find("skipped") is not None
        one.outcomes["failed" if bad else "skipped" if skipped else "passed"] += 1
        one.slowest = max(one.slowest, float(case.attrib["time"]))
    return ended


def table(ended: dict[str, Ended], lang: str) -> str:
    lines = ["| " + " | ".join(HEAD[lang]) + " |", "|---|---:|---:|---:|---:|---:|"]
    for file, one in ended.items():
        counts = [one.outcomes.total(), *(one.outcomes[k] for k in ("passed", "skipped", "failed"))]
        name = CLASSES[file][lang == "en"]
        lines.append(f"| {name} | " + " | ".join(map(str, counts)) + f" | {one.slowest:.1f} |")
    return "\n".join(lines)


def document(ended: dict[str, Ended]) -> str:
    settings = " ".join(
        f"{name.lower().removeprefix('kg_campaign_')}={FULL[name]}" for name in FULL
    )
    parts = []
    for lang in HEAD:
        title, first, second, given = TEXT[lang]
        said = f"{first}{second}{given}".format(settings=f"`{settings}`")
        parts.append(f"# {title}\n\n{said}\n\n{table(ended, lang)}\n")
    return "\n".join(parts)


def main() -> int:
    with tempfile.TemporaryDirectory() as folder:
        report = Path(folder) / "report.xml"
        status = run(report)
        DOCUMENT.write_text(document(read(report)), encoding="utf-8", newline="")
    return status


if __name__ == "__main__":
    sys.exit(main())
