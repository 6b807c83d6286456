"""What a person reads: whole texts, 80 columns, both languages."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any

import pytest

from kg.analysis.coverage import find_coverage
from kg.analysis.rules import find_gaps, find_not_judged
from kg.codes import CODES, FAULT_CODES
from kg.graph.build import build_graph
from kg.model import BASES, Basis, Dataset, Finding, Kind, Mention, QuoteStatus
from kg.report.content import Selection, coverage_document, gaps_document
from kg.report.counts import (
    check_document,
    locate_document,
    questions_document,
    stats_document,
)
from kg.report.counts_view import (
    check_lines,
    explain_document,
    explain_lines,
    locate_lines,
    percent,
    questions_lines,
    stats_lines,
)
from kg.report.coverage_view import answer_of, coverage_lines
from kg.report.gaps_view import gaps_lines
from kg.report.layout import Line, Span, Style, width_of
from kg.report.markdown import format_markdown
from kg.report.rows import coverage_rows
from kg.report.terminal import format_lines
from kg.report.thing_view import list_lines, show_lines
from kg.report.things import list_document, show_document
from kg.words import LANGS, load_words
from kg.words.sentences import coverage_sentences, finding_sentence, gaps_sentence
from tests.unit.report.county import COUNTY, mention

GRAPH = build_graph(COUNTY)
COVERAGE = find_coverage(GRAPH)
GAPS = find_gaps(GRAPH)
TOPICS = (*CODES, "basis", "levels")


def text_of(lines: Iterable[Line]) -> str:
    """The lines as they come out of a pipe, without the line that names the data set."""
    return format_lines(
        line for line in lines if "数据集 示例县" not in "".join(s.text for s in line)
    )


def gaps_text(lang: str, dataset: Dataset = COUNTY, **wanted: Any) -> str:
    graph = build_graph(dataset)
    document = gaps_document(
        dataset,
        find_coverage(graph),
        find_gaps(graph),
        load_words(lang),
        selection=Selection(**wanted),
        not_judged=find_not_judged(graph),
    )
    return text_of(gaps_lines(document, load_words(lang)))


def show_text(
    item: str, lang: str = "zh", statuses: Mapping[Mention, QuoteStatus] | None = None
) -> str:
    words = load_words(lang)
    document = show_document(GRAPH, COVERAGE, GAPS, item, words, statuses=statuses or {})
    return text_of(show_lines(document, words))


def test_coverage_opens_with_the_answer_then_a_row_a_directive() -> None:
    document = coverage_document(COUNTY, COVERAGE)
    assert (
        text_of(coverage_lines(document, load_words("zh")))
        == """\
市党代会作出部署 4 项；有举措的：明示 1，含复述 1，含邻近 1，含解读 2。
另有 2 项，计入解读仍未见举措。

        部署                 明示       复述       邻近       解读        举措数
 -------------------------------------------------------------------------------
 d01    全面推行河湖长制     有举措     有举措     有数据     有数据     1/1/1/1
 d02    深化网格化治理       未见回应 ! 未见回应 ! 未见回应 ! 有举措     0/0/0/1
 d03    建设法治示范区       未见回应 ! 未见回应 ! 有思路     有思路     0/0/1/1
        └ 2 部分；缺举措的：明示 2，含复述 2，含邻近 1，含解读 1
   d031 法治政府             未见回应 ! 未见回应 ! 有举措     有举措     0/0/1/1
   d032 法治社会             未见回应 ! 有思路     有思路     有思路     0/0/0/0
 d04    办好老年食堂         有数据     有数据     有数据     有数据     0/0/0/0
                             （无举措） （无举措） （无举措） （无举措）

 上列部署的组成部分 2 项；有举措的：明示 0，含复述 0，含邻近 1，含解读 1。
 其他上级要求 1 项：kg coverage --all
 ! 表示未见回应。举措数依次为明示/含复述/含邻近/含解读。
 依据如何判定：kg explain basis。层级的含义：kg explain levels
 查看出处：kg show d02。全部缺口：kg gaps
"""
    )


def test_coverage_of_all_issuers_names_each() -> None:
    document = coverage_document(COUNTY, find_coverage(GRAPH, all_issuers=True))
    text = text_of(coverage_lines(document, load_words("zh")))
    assert text.startswith(
        "共有部署 5 项；有举措的：明示 1，含复述 1，含邻近 1，含解读 2。\n"
        "另有 3 项，计入解读仍未见举措。\n"
    )
    assert [line for line in text.splitlines() if "〔" in line] == [
        " 〔提出单位未写明〕",
        " 〔市党代会〕",
    ]


def test_a_choice_without_directives_says_so() -> None:
    empty = coverage_document(Dataset(), find_coverage(build_graph(Dataset())))
    assert answer_of(empty, load_words("zh")) == ("这一范围内没有部署。",)
    assert format_lines(coverage_lines(empty, load_words("en"))).startswith("There is no directive")


def test_gaps_begin_with_the_answer_and_say_what_would_close_each() -> None:
    text = gaps_text("zh", rules=("KG101", "KG106"))
    assert (
        text
        == """\
仅凭原文明示，市党代会的 4 项部署中有 3 项未见举措：1 项计入解读后有，2 项计入解
读仍无。
缺口 7 条：部署 7，思路和攻坚战 0，举措 0，成效 0。

KG101 未见举措　6 条
  可补：原文点明这项部署的举措；如确有，请建立联系并引出表明联系的词语。
  市党代会的部署　3 条
    d02  深化网格化治理  计入邻近未见举措，计划中的也没有；计入解读后有 1 项
  ! d03  建设法治示范区  计入解读仍未见举措，计划中的也没有
  ! d04  办好老年食堂  计入解读仍未见举措，计划中的也没有
  上述部署的组成部分　2 条
    d031 法治政府  计入复述未见举措，计划中的也没有；计入邻近后有 1 项
  ! d032 法治社会  计入解读仍未见举措，计划中的也没有
  其他上级的部署　1 条
  ! d05  上级的另一项要求  计入解读仍未见举措，计划中的也没有

KG106 部分内容未落实到举措　1 条
  可补：所列各部分的举措。
  ! d03 建设法治示范区
        2 部分中有 2 部分，仅凭原文明示未见举措，其中有的计入解读仍无：d031 法治
        政府、d032 法治社会

 ! 表示计入解读仍未补上。
 换一种依据判断：kg gaps --basis interpreted
 查看出处：kg show d02。代码的含义：kg explain KG101
"""
    )


def test_gaps_open_by_reading_are_told_without_what_a_reading_closes() -> None:
    assert gaps_text("zh", basis=Basis.INTERPRETED).startswith(
        "计入解读，市党代会的 4 项部署中有 2 项未见举措。\n"
    )


def test_no_gap_is_told_as_none() -> None:
    assert "这一范围内没有缺口。" in gaps_text("zh", rules=("KG405",))
    assert gaps_text("en", Dataset()).startswith("There is no directive of this choice.\n")


def test_a_thing_is_shown_with_evidence_links_findings_and_chains() -> None:
    assert (
        show_text("m01")
        == """\
m01 设立河长办
Set up an office of river chiefs
种类：举措
进度：已完成；具体程度：可核查；牵头单位：原文未写明；责任单位：org2 示例县

缺口
    KG302 计入复述未见它的成效；计入邻近后有

出处
  「设立河长办」
    s1 40–45，记者，引文未核对

由此发出的联系
  m01 ─（回应，明示）→ d01 全面推行河湖长制　[l01]
      联系词 「⟦为此⟧」
        s1 38–40，记者，引文未核对
      来源端 「推行⟦，为⟧此设立河长办」
        s1 36–46，记者，引文未核对

指向此处的联系
  o01 水质达标率94% ─（成效来自，邻近）→ m01　[l02]

服务的部署（最强链条）
  明示：m01 → d01 全面推行河湖长制

对它有贡献的事项
  成效 1 项
    邻近        o01 水质达标率94%

"""
    )


def test_a_link_is_shown_with_its_reason_and_who_gave_it() -> None:
    assert (
        show_text("l03")
        == """\
m02 建立网格员队伍 ─（回应，解读）→ d02 深化网格化治理　[l03]
    理由：网格员做的就是网格化治理（A）

复核时记入 reviews.csv 的出处校验值：5b1ddcfa6147
按部署现在的措辞确认时，记入 links.csv 的 confirmed（确认校验值）：d0759dace7d2

"""
    )


def test_figures_are_shown_as_printed_and_absences_said() -> None:
    text = show_text("o01")
    assert "原文写法：94%；数值：94；比较：等于；计量单位：百分比；" in text
    assert "基数：原文未写明" in text


def test_a_quote_that_was_looked_up_says_what_became_of_it() -> None:
    found = {mention("m01", 40, "设立河长办"): QuoteStatus.EXACT}
    assert "s1 40–45，记者，引文完全一致" in show_text("m01", statuses=found)


def test_cue_words_are_underlined_on_a_terminal_and_bracketed_in_a_pipe() -> None:
    line = (Span("「"), Span("紧扣", Style.CUE), Span("」"))
    assert format_lines([line]) == "「⟦紧扣⟧」\n"
    assert format_lines([line], colour=True) == "「\x1b[4m紧扣\x1b[0m」\n"


@pytest.mark.parametrize("colour", [False, True])
def test_nothing_in_the_data_can_steer_the_terminal(colour: bool) -> None:
    hostile = (Span("a\x1b]0;x\x07\x9b31m\u202eb\r\nc\x00"),)
    shown = format_lines([hostile], colour=colour)
    assert shown == "a�]0;x��31m�b c�\n"


def test_an_issuer_that_is_not_stated_is_told_in_words() -> None:
    document = coverage_document(COUNTY, find_coverage(GRAPH, issuer="not-stated"))
    assert answer_of(document, load_words("zh"))[0].startswith("未写明的单位作出部署 1 项；")
    assert answer_of(document, load_words("en"))[0].startswith("An issuer not named: 1 ")


def test_a_pipe_gets_no_colour_and_does_not_load_rich() -> None:
    script = (
        "import sys; from kg.report.coverage_view import coverage_lines;"
        "from kg.report.terminal import format_lines; format_lines([]);"
        "sys.exit('rich' in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", script], check=False).returncode == 0


def every_text(lang: str) -> Iterable[tuple[str, Iterable[Line]]]:
    """Every view there is, of the county."""
    words = load_words(lang)
    for all_issuers in (False, True):
        coverage = find_coverage(GRAPH, all_issuers=all_issuers)
        document = coverage_document(COUNTY, coverage)
        yield "coverage", coverage_lines(document, words)
    for basis in BASES:
        document = gaps_document(
            COUNTY,
            COVERAGE,
            GAPS,
            words,
            selection=Selection(basis=basis),
            not_judged=("KG305",),
        )
        yield f"gaps {basis}", gaps_lines(document, words)
    for item in (*(node.id for node in COUNTY.nodes), *(link.id for link in COUNTY.links)):
        shown = show_document(GRAPH, COVERAGE, GAPS, item, words, statuses={})
        yield f"show {item}", show_lines(shown, words)
    for kind in Kind:
        yield f"list {kind}", list_lines(list_document(COUNTY, kind), words)
    for topic in TOPICS:
        yield f"explain {topic}", explain_lines(topic, words)
    yield "stats", stats_lines(stats_document(COUNTY, {QuoteStatus.EXACT: 3}), words)
    statuses = [(m, QuoteStatus.MOVED) for node in COUNTY.nodes for m in node.mentions]
    checked = check_document(COUNTY, FAULTS, statuses, words, sources_read=True)
    yield "check", check_lines(checked, words)
    located = locate_document(COUNTY, {"s1": "法治政府和法治社会"}, "法治")
    yield "locate", locate_lines(located, words)
    parameter = {"name": "basis", "example": "stated", "required": True}
    labels = {"label_zh": "依据", "label_en": "basis"}
    question = {"name": "q", "title_zh": "问题？", "title_en": "Which?"}
    asked = questions_document([{**question, "parameters": [{**parameter, **labels}]}])
    yield "questions", questions_lines(asked, words)


FAULTS = (
    Finding("KG001", "l1", "links.csv:3", facts=(("id", "d99"),)),
    Finding(
        "KG009",
        "",
        "outcomes.csv:12",
        facts=(("column", "value"), ("problem", "number-form"), ("value", "12a")),
    ),
    Finding("KG009", "", "links.csv:2", facts=(("column", "id"), ("problem", "missing-column"))),
    Finding("KG011", "l2", "links.csv:10", facts=(("basis", "stated"), ("lacking", "cue"))),
    Finding("KG012", "", "passages.csv:4", facts=(("end", 9), ("source", "s1"), ("start", 3))),
)


@pytest.mark.parametrize("lang", LANGS)
def test_every_view_fits_eighty_columns(lang: str) -> None:
    wide = [
        (name, plain)
        for name, lines in every_text(lang)
        for plain in format_lines(lines).splitlines()
        # Brackets around cue words stand for an underline that takes no room.
        if width_of(plain.replace("⟦", "").replace("⟧", "")) > 80
    ]
    assert wide == []


def test_a_long_name_is_wrapped_and_never_cut() -> None:
    name = "坚持法治株洲、法治政府、法治社会一体建设，并且把名称写得很长很长"
    nodes = tuple(replace(n, zh=name) if n.id == "d02" else n for n in COUNTY.nodes)
    dataset = replace(COUNTY, nodes=nodes)
    document = coverage_document(dataset, find_coverage(build_graph(dataset)))
    lines = text_of(coverage_lines(document, load_words("zh"))).splitlines()
    first = next(i for i, line in enumerate(lines) if line.startswith(" d02"))
    column = [line[8:].split("  ")[0].split(" 未")[0].strip() for line in lines[first : first + 4]]
    assert "".join(column) == name


def test_faults_are_grouped_by_code_with_where_they_stand() -> None:
    words = load_words("zh")
    document = check_document(COUNTY, FAULTS, [], words, sources_read=False)
    assert [(row["code"], row["place"], row["message"]) for row in document["findings"]] == [
        ("KG001", "links.csv:3", "数据集中没有编号 d99"),
        ("KG009", "links.csv:2", "「id」列：缺少这一列；请在首行补上"),
        (
            "KG009",
            "outcomes.csv:12",
            "「value」列的「12a」：" + words.say("fault.number-form"),
        ),
        ("KG011", "links.csv:10", "依据记为明示，但出处未显示表明联系的词语"),
        ("KG012", "passages.csv:4", "s1 第 3 至 9 字尚未标注"),
    ]
    assert document["counts"] == {
        code: sum(fault.code == code for fault in FAULTS) for code in FAULT_CODES
    }


def test_quotes_are_never_said_to_have_passed_without_a_source() -> None:
    words = load_words("zh")
    quotes = [(mention("m01", 0, "设立"), QuoteStatus.UNVERIFIED)]
    document = check_document(COUNTY, [], quotes, words, sources_read=False)
    text = text_of(check_lines(document, words))
    assert (
        text
        == """\
事项 14，联系 9，未发现错误。
引文 1 条均未核对：手边没有原文。请用 --sources 指明原文所在的文件夹。

  完全一致    0/1             所记位置的原文与引文相同，两个校验值都相符
  未核对      1/1             手边没有原文

"""
    )


def test_a_share_of_nothing_is_no_share() -> None:
    assert (percent(1, 3), percent(2, 3), percent(3, 3), percent(0, 0)) == (
        "33%",
        "67%",
        "100%",
        "n/a",
    )


@pytest.mark.parametrize("topic", TOPICS)
@pytest.mark.parametrize("lang", LANGS)
def test_every_topic_is_explained_as_text_and_as_data(topic: str, lang: str) -> None:
    words = load_words(lang)
    text = " ".join(format_lines(explain_lines(topic, words)).split())
    document = explain_document(topic, words)
    for piece in ("what", "todo"):
        if piece in document:
            assert "".join(document[piece].split()) in "".join(text.split())
    assert document["topic"] == topic


def test_markdown_has_the_answer_and_every_row() -> None:
    words = load_words("zh")
    document = coverage_document(COUNTY, COVERAGE)
    text = format_markdown(answer_of(document, words), coverage_rows(document, words))
    lines = text.splitlines()
    assert lines[0].startswith("市党代会作出部署 4 项；")
    assert len([line for line in lines if line.startswith("| d")]) == 7
    assert len({line.count("|") for line in lines if line.startswith("|")}) == 1


def test_markdown_cells_cannot_break_out() -> None:
    from kg.report.rows import Rows

    hostile = "a|b <script> `x` *y* [z](javascript:1)\nnext & \\"
    text = format_markdown([], Rows(("h",), ((hostile,),)))
    assert text.splitlines()[-1] == (
        "| a\\|b &lt;script&gt; \\`x\\` \\*y\\* \\[z\\](javascript:1) next &amp; \\\\ |"
    )


def test_one_and_many_are_told_apart_in_english() -> None:
    counts = dict(zip(BASES, (0, 0, 0, 0), strict=True))
    words = load_words("en")
    one = coverage_sentences(words, issuer="the city", total=1, with_measure=counts)
    assert one == (
        "The city: 1 directive. With a measure: 0 stated, 0 with echoed, 0 with "
        "positional, 0 with interpreted links.",
        "1 directive has no measure, even by reading.",
    )
    assert gaps_sentence(words, issuer=None, total=1, with_measure=counts) == (
        "On the text's own word, 1 of 1 directives have no measure: 1 has none even by reading."
    )


@pytest.mark.parametrize(
    ("finding", "sentence"),
    [
        (
            Finding("KG101", "d1", open=(Basis.STATED,), facts=(("echoed", 0),)),
            "仅凭原文明示未见举措，计划中的也没有；计入复述后有计划中的举措",
        ),
        (
            Finding("KG102", "d1", open=(Basis.ECHOED,), facts=(("positional", 3),)),
            "计入复述只有计划中的举措；计入邻近后有 3 项已在进行或完成",
        ),
        (Finding("KG204", "t1", facts=(("announced", 5), ("members", 4))), "称 5 项，列出 4 项"),
        (
            Finding("KG402", "o1", facts=(("lacking", "baseline period"),)),
            "原文未写明：基数、时段",
        ),
        (Finding("KG404", "o1", facts=(("directives", "d1 d2"),)), "早于：d1 甲、d2"),
        (
            Finding(
                "KG003",
                "l1",
                facts=(
                    ("relation", "resultOf"),
                    ("source_kind", "measure"),
                    ("target_kind", "directive"),
                ),
            ),
            "「成效来自」不能从举措指向部署",
        ),
    ],
)
def test_a_finding_says_its_facts_in_words(finding: Finding, sentence: str) -> None:
    names = {"d1": "甲"}
    assert finding_sentence(load_words("zh"), finding, lambda i: names.get(i, "")) == sentence
