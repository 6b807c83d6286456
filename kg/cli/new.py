"""`kg new DIR`: a small ledger with made-up data in which every quote is exact."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Final

from kg.cli.commands import KgCommand
from kg.cli.options import Session, build_command, text_argument
from kg.errors import UsageError
from kg.model import (
    NOT_STATED,
    ActorKnown,
    Basis,
    Concreteness,
    Curator,
    Dataset,
    Decision,
    Figure,
    Kind,
    Link,
    Mention,
    Node,
    OutcomeType,
    Passage,
    Relation,
    Role,
    Section,
    Source,
    Status,
    Voice,
)
from kg.words import Words

ARTICLE: Final = "article.txt"
TEXT: Final = (
    "示例县推行河湖长制见闻\n\n"
    "示例市第三次党代会提出全面推行河湖长制、深化网格化治理、办好老年食堂。"
    "为落实全面推行河湖长制的部署，示例县设立河长办公室，组建护河队12支。"
    "全县配备网格员320名。明年还将建成网格数字平台。\n"
)
_CLAUSE: Final = re.compile(r"[^，。\n]*(?:[，。]|\n+|$)\s*")


def new_command(words: Words) -> KgCommand:
    """`kg new DIR`."""
    params = [text_argument(words, "folder", "folder")]
    return build_command(words, "new", _new, params=params, output=False)


def _new(session: Session, folder: str) -> None:
    from kg.files import write_atomic_dir

    path = Path(folder)
    if path.exists() and (not path.is_dir() or any(path.iterdir())):
        raise UsageError("new-exists", where=folder)
    write_atomic_dir(path, ledger_files())
    session.note("new", folder=folder)


def ledger_files() -> dict[str, bytes]:
    """The tables, the manifest and the article of the small ledger, by file name."""
    from kg.export.ledger_csv import to_ledger

    dataset = example_dataset()
    return {
        **to_ledger(dataset),
        "dataset.toml": _manifest(dataset).encode("utf-8"),
        ARTICLE: TEXT.encode("utf-8"),
    }


def example_dataset() -> Dataset:
    """The data set of the small ledger."""
    return Dataset(
        nodes=tuple(sorted(_nodes(), key=lambda node: node.id)),
        links=_links(),
        title_zh="示例县 2026",
        title_en="Example county 2026",
        base_iri="https://example.org/county/",
        licence="CC0-1.0",
        focus_issuer="org01",
        basis_rules="1",
        curators=(Curator("A", "整理人甲", "Curator A"),),
        sources=(_source(),),
        passages=_passages(),
        decisions=_decisions(),
    )


def _nodes() -> tuple[Node, ...]:
    def directive(item: str, zh: str, en: str) -> Node:
        return Node(
            item,
            Kind.DIRECTIVE,
            zh,
            en,
            type="deployment",
            issuer="org01",
            issuer_level="city",
            date=NOT_STATED,
            mentions=(_mention(item, zh),),
        )

    def measure(item: str, zh: str, en: str, status: Status, actor: str) -> Node:
        return Node(
            item,
            Kind.MEASURE,
            zh,
            en,
            status=status,
            concreteness=Concreteness.CHECKABLE,
            actor_known=ActorKnown.STATED if actor != NOT_STATED else ActorKnown.UNKNOWN,
            lead=NOT_STATED,
            responsible=actor,
            mentions=(_mention(item, zh),),
        )

    def organisation(item: str, zh: str, en: str, level: str) -> Node:
        return Node(
            item,
            Kind.ORGANISATION,
            zh,
            en,
            type="organisation",
            level=level,
            mentions=(_mention(item, zh),),
        )

    return (
        directive("d01", "全面推行河湖长制", "Put a chief in charge of every river and lake"),
        directive("d02", "深化网格化治理", "Deepen grid governance"),
        directive("d03", "办好老年食堂", "Run good canteens for the elderly"),
        measure("m001", "设立河长办公室", "Set up an office of river chiefs", Status.DONE, "org02"),
        measure("m002", "配备网格员", "Provide grid workers", Status.DONE, NOT_STATED),
        measure(
            "m003", "建成网格数字平台", "Build a digital grid platform", Status.PLANNED, NOT_STATED
        ),
        Node(
            "o01",
            Kind.OUTCOME,
            "组建护河队12支",
            "12 river patrols formed",
            figure=Figure(
                outcome_type=OutcomeType.OUTPUT,
                value=12,
                comparator="=",
                unit="team",
                verbatim="12支",
                good="higher",
                baseline=NOT_STATED,
                period=NOT_STATED,
            ),
            mentions=(_mention("o01", "组建护河队12支"),),
        ),
        Node(
            "o02",
            Kind.OUTCOME,
            "网格员320名",
            "320 grid workers",
            figure=Figure(
                outcome_type=OutcomeType.COUNT,
                value=320,
                comparator="=",
                unit="person",
                verbatim="320名",
                good="higher",
                baseline=NOT_STATED,
                period=NOT_STATED,
            ),
            mentions=(_mention("o02", "网格员320名"),),
        ),
        organisation("org01", "示例市第三次党代会", "Third Party Congress of Example City", "city"),
        organisation("org02", "示例县", "Example County", "county"),
    )


def _links() -> tuple[Link, ...]:
    return (
        Link(
            "l0001",
            "m001",
            Relation.ADDRESSES,
            "d01",
            Basis.STATED,
            curator="A",
            mentions=(
                _mention("l0001", "为落实", Role.CUE),
                _mention("l0001", "全面推行河湖长制", Role.TARGET, place=2),
                _mention("l0001", "设立河长办公室", Role.SOURCE),
            ),
        ),
        Link(
            "l0002",
            "o01",
            Relation.RESULT_OF,
            "m001",
            Basis.POSITIONAL,
            curator="A",
            mentions=(
                _mention("l0002", "设立河长办公室", Role.TARGET),
                _mention("l0002", "组建护河队12支", Role.SOURCE),
            ),
        ),
        Link(
            "l0003",
            "m002",
            Relation.ADDRESSES,
            "d02",
            Basis.INTERPRETED,
            rationale="网格员是网格化治理的工作力量",
            rationale_en="Grid workers are who does grid governance",
            curator="A",
            mentions=(_mention("l0003", "配备网格员", Role.SOURCE),),
        ),
        Link(
            "l0004",
            "o02",
            Relation.RESULT_OF,
            "m002",
            Basis.STATED,
            curator="A",
            mentions=(
                _mention("l0004", "配备", Role.CUE),
                _mention("l0004", "配备网格员", Role.TARGET),
                _mention("l0004", "网格员320名", Role.SOURCE),
            ),
        ),
        Link(
            "l0005",
            "m003",
            Relation.ADDRESSES,
            "d02",
            Basis.INTERPRETED,
            rationale="平台服务于网格化治理",
            rationale_en="The platform serves grid governance",
            curator="A",
            mentions=(_mention("l0005", "建成网格数字平台", Role.SOURCE),),
        ),
    )


def _mention(item: str, quote: str, role: Role = Role.WHOLE, *, place: int = 1) -> Mention:
    """The mention of a quote at its first, second … place in the article."""
    from kg.sources.spans import context_digest_of, digest_of, occurrences, quote_of

    start = occurrences(TEXT, quote)[place - 1]
    end = start + len(quote)
    return Mention(
        item,
        "s1",
        start,
        end,
        quote_of(TEXT, start, end),
        digest_of(TEXT, start, end),
        context_digest_of(TEXT, start, end),
        Voice.REPORTER,
        role,
    )


def _source() -> Source:
    from hashlib import sha256

    return Source(
        "s1",
        title_zh="示例县推行河湖长制见闻",
        title_en="River chiefs in Example County",
        publisher_zh="示例日报",
        publisher_en="Example Daily",
        date="2026-06-30",
        length=len(TEXT),
        sha256=sha256(TEXT.encode("utf-8")).hexdigest(),
        language="zh",
        file=ARTICLE,
        sections=(Section("title", "标题", "Title"), Section("body", "正文", "Body")),
    )


def _passages() -> tuple[Passage, ...]:
    """The clauses of the article, each with the nodes that have a mention in it."""
    spans = [match.span() for match in _CLAUSE.finditer(TEXT) if match.group()]
    found = []
    for start, end in spans:
        items = tuple(
            node.id
            for node in sorted(_nodes(), key=lambda node: node.id)
            if any(mention.start < end and start < mention.end for mention in node.mentions)
        )
        found.append(
            Passage(
                source="s1",
                start=start,
                end=end,
                section="title" if start == 0 else "body",
                paragraph=1 if start == 0 else 2,
                sentence=1
                + sum(mark in "。\n" for mark in re.findall(r"。|\n+(?=.)", TEXT[:start])),
                items=items,
                none="" if items else "rhetoric",
            )
        )
    return tuple(found)


def _decisions() -> tuple[Decision, ...]:
    return (
        Decision(
            "x001",
            ("m003",),
            None,
            None,
            what="「明年还将建成」算不算举措",
            a="算，计划中",
            b="不算",
            decision="算，进度记为计划中",
            why="写明了做什么，只是尚未做",
            why_en="It says what will be done; it has not been done yet.",
        ),
    )


def _manifest(dataset: Dataset) -> str:
    source, curator = dataset.sources[0], dataset.curators[0]
    sections = "".join(
        f'\n[[sources.sections]]\nid = "{part.id}"\nzh = "{part.zh}"\nen = "{part.en}"\n'
        for part in source.sections
    )
    return f"""\
schema = "kg-ledger/1"
title_zh = "{dataset.title_zh}"
title_en = "{dataset.title_en}"
base_iri = "{dataset.base_iri}"
licence = "{dataset.licence}"
focus_issuer = "{dataset.focus_issuer}"
basis_rules = "{dataset.basis_rules}"

[[curators]]
id = "{curator.id}"
name_zh = "{curator.name_zh}"
name_en = "{curator.name_en}"

[[sources]]
id = "{source.id}"
title_zh = "{source.title_zh}"
title_en = "{source.title_en}"
publisher_zh = "{source.publisher_zh}"
publisher_en = "{source.publisher_en}"
date = "{source.date}"
length = {source.length}
sha256 = "{source.sha256}"
language = "{source.language}"
file = "{source.file}"
{sections}"""
