"""`docs/conformance.md`: what passes, what fails, and why, in both languages."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

from tests.conformance.running import BY_DESIGN, FAILED, NOT_THERE, PASSED, Verdict
from tests.conformance.suites import Case

OUTCOMES: Final = (PASSED, BY_DESIGN, FAILED, NOT_THERE)
HEADINGS: Final = {
    "zh": ("测试集", "测试", "通过", "按设计拒绝", "未通过", "本份缺文件"),
    "en": ("suite", "tests", "passed", "refused by design", "failed", "not in this copy"),
}
TOTAL: Final = {"zh": "合计", "en": "total"}
REST: Final = {"zh": ("测试", "结果", "原因"), "en": ("test", "outcome", "reason")}
SAID: Final = {
    "zh": {BY_DESIGN: "按设计拒绝", FAILED: "未通过", NOT_THERE: "本份缺文件"},
    "en": {BY_DESIGN: "refused by design", FAILED: "failed", NOT_THERE: "not in this copy"},
}

_FROM: Final = ("有 FROM：不读取别处的图", "has FROM: no graphs are fetched from elsewhere")
_TAG: Final = (
    "引擎保留各条文字共有的语言标记（SPARQL 1.2 的做法）",
    "the engine keeps the language tag that all the texts share, as SPARQL 1.2 does",
)
_GRAPH: Final = (
    "GRAPH ?g 内有子查询、VALUES 或 MINUS 时，引擎不逐个图处理",
    "with a sub-query, VALUES or MINUS inside GRAPH ?g the engine does not go graph by graph",
)
_EMPTY: Final = (
    "数据中没有的词项，引擎不当作长度为零的路径",
    "the engine finds no path of length zero at a term that the data do not have",
)
_GONE: Final = (
    "测试集的这份副本中没有该文件",
    "the file is not in this copy of the suite",
)
REASONS: Final[Mapping[str, tuple[str, str]]] = {
    "aggregates/COUNT: no GROUP BY inside of GRAPH": _GRAPH,
    "aggregates/GROUP_CONCAT with one element": _TAG,
    "aggregates/GROUP_CONCAT with same language tag": _TAG,
    "bindings/VALUES inside GRAPH binding the same variable as the graph name": _GRAPH,
    "construct/constructwhere04 - CONSTRUCT WHERE": _FROM,
    "csv-tsv-res/csv03 - CSV Result Format": (
        "库存储时改写数字：1.0E6 成为 1000000",
        "the store rewrites numbers: 1.0E6 comes out as 1000000",
    ),
    "exists/GRAPH variable inside of EXISTS is bound to external variable": (
        "kg 查询各图的并集：同一三元组在两个图中，得两行",
        "kg asks the union of the graphs: a triple that stands in two of them gives two rows",
    ),
    "functions/BNODE(str)": (
        "引擎对相同文字在各行给出同一空节点",
        "the engine makes one blank node of the same text in all rows",
    ),
    "negation/outer GRAPH operator does not affect MINUS disjointness": _GRAPH,
    "property-path/* with end being a constant on the empty dataset": _EMPTY,
    "property-path/* with start being a constant on the empty dataset": _EMPTY,
    "property-path/? with end being a constant on the empty dataset": _EMPTY,
    "property-path/? with start being a constant on the empty dataset": _EMPTY,
    "syntax-query/syntax-construct-where-02.rq": _FROM,
}


def reason_of(case: Case, verdict: Verdict) -> tuple[str, str]:
    """Why a test did not pass, in Chinese and in English."""
    return _GONE if verdict.outcome == NOT_THERE else REASONS[case.key]


def format_tables(results: Sequence[tuple[Case, Verdict]], lang: str) -> str:
    """A row a suite, then a row a test that did not pass."""
    suites = list(dict.fromkeys(case.suite for case, _ in results))
    rows = [[name, *_counts([v for case, v in results if case.suite == name])] for name in suites]
    rows.append([f"**{TOTAL[lang]}**", *_counts([verdict for _, verdict in results])])
    place = ("zh", "en").index(lang)
    rest = [
        [_plain(case.key), SAID[lang][verdict.outcome], reason_of(case, verdict)[place]]
        for case, verdict in results
        if verdict.outcome != PASSED
    ]
    return _table(HEADINGS[lang], rows) + "\n\n" + _table(REST[lang], rest)


def _counts(verdicts: Sequence[Verdict]) -> list[str]:
    outcomes = [verdict.outcome for verdict in verdicts]
    return [str(len(outcomes)), *(str(outcomes.count(outcome)) for outcome in OUTCOMES)]


def _plain(text: str) -> str:
    return text.replace("*", "\\*").replace("_", "\\_")


def _table(head: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    lines = [head, ["---"] * len(head), *rows]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)
