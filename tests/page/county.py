"""A made-up county of some forty things, for looking at and testing the page."""

from __future__ import annotations

from kg.analysis.coverage import Coverage, find_coverage
from kg.analysis.rules import find_gaps
from kg.graph.build import build_graph
from kg.model import (
    ActorKnown,
    Basis,
    Concreteness,
    Curator,
    Dataset,
    Figure,
    Finding,
    Kind,
    Link,
    LinkStatus,
    Mention,
    Node,
    OutcomeType,
    Passage,
    Relation,
    Role,
    Scope,
    Section,
    Source,
    Stance,
    Status,
    Voice,
)

_S, _E, _P, _I = Basis.STATED, Basis.ECHOED, Basis.POSITIONAL, Basis.INTERPRETED
_A, _M, _T, _R = Relation.ADDRESSES, Relation.IMPLEMENTS, Relation.PART_OF, Relation.RESULT_OF
_VOICES = (Voice.REPORTER, Voice.SIGNED, Voice.CAPTION)

_DIRECTIVES = (
    ("d01", "全面推行河湖长制", "Appoint river and lake wardens throughout"),
    ("d02", "深化网格化治理", "Deepen governance by neighbourhood grid"),
    ("d03", "建设法治示范区", "Build a model district of the rule of law"),
    ("d04", "办好老年食堂", "Run canteens for the elderly well"),
    ("d05", "依法行政", "Administer by law"),
    ("d06", "公正司法", "Judge fairly"),
)
_STRATEGIES = (
    ("t01", "三大建设", "Three constructions"),
    ("t02", "河湖建设", "Building up rivers and lakes"),
    ("t03", "网格建设", "Building up the grid"),
    ("t04", "法治建设", "Building up the rule of law"),
    ("t05", "坚持问题导向，补齐短板弱项", "Start from problems and mend what is weak"),
)
_BATTLES = (
    ("b01", "清河攻坚战", "Campaign for clean rivers"),
    ("b02", "矛盾纠纷化解攻坚战", "Campaign to settle disputes"),
    ("b03", "扫黑除恶攻坚战", "Campaign against organised crime"),
)
_MEASURES = (
    "设立乡村两级河长",
    "每月开展一次巡河",
    "建立河道保洁队伍",
    "划定八百个网格",
    "配齐专职网格员",
    "开发网格信息平台",
    "推行一村一法律顾问",
    "开展执法案卷评查",
    "建设公共法律服务站",
    "开办流动法庭",
    "公开裁判文书",
    "设立人民调解室",
    "培训人民调解员",
    "开展普法宣传月活动",
    "举办法治文艺巡演",
    "计划新建十二个派出所",
)
_OUTCOMES = (
    ("全县河流断面水质达标率94%以上", 94, ">=", "percent", OutcomeType.ATTAINED),
    ("巡河一千二百余次", 1200, ">", "case", OutcomeType.COUNT),
    ("群众安全感明显提升", None, None, None, OutcomeType.QUALITATIVE),
    ("获评省级平安示范县", None, None, None, OutcomeType.AWARD),
    ("纠纷化解率98.5%", 98.5, "=", "percent", OutcomeType.ATTAINED),
    ("发案数同比下降12%", 12, "=", "percent", OutcomeType.CHANGE),
    ("服务群众三万人", 30000, "~", "person", OutcomeType.REACH),
)
_LINKS = (
    ("t02", _T, "t01", _S),
    ("t03", _T, "t01", _S),
    ("t04", _T, "t01", _S),
    ("d05", _T, "d03", _S),
    ("d06", _T, "d03", _S),
    ("t02", _A, "d01", _S),
    ("t03", _A, "d02", _S),
    ("t04", _A, "d03", _I),
    ("t05", _A, "d02", _E),
    ("b01", _M, "t02", _S),
    ("b02", _M, "t03", _P),
    ("b03", _M, "t04", _I),
    ("m01", _A, "d01", _S),
    ("m02", _M, "b01", _S),
    ("m03", _M, "b01", _P),
    ("m04", _M, "t03", _I),
    ("m05", _M, "t03", _I),
    ("m06", _M, "t03", _I),
    ("m07", _A, "d05", _P),
    ("m08", _A, "d05", _I),
    ("m09", _M, "t04", _S),
    ("m10", _A, "d06", _P),
    ("m11", _A, "d06", _I),
    ("m12", _M, "b02", _S),
    ("m13", _M, "b02", _S),
    ("m14", _M, "t04", _S),
    ("m15", _T, "m14", _S),
    ("m16", _M, "b03", _S),
    ("o01", _R, "m01", _E),
    ("o02", _R, "m02", _S),
    ("o03", _R, "b02", _P),
    ("o04", _R, "b02", _I),
    ("o05", _R, "m12", _S),
    ("o06", _R, "m04", _I),
    ("o07", _R, "m09", _S),
)


def build_county() -> Dataset:
    """The data set: four directives of the county congress, of which one has two legs."""
    nodes = [
        Node(
            item,
            Kind.DIRECTIVE,
            zh,
            en,
            type="deployment",
            issuer="org01",
            issuer_level="county",
            date="2021-09",
            mentions=_mentions(item, n),
        )
        for n, (item, zh, en) in enumerate(_DIRECTIVES)
    ]
    nodes.append(
        Node(
            "d07",
            Kind.DIRECTIVE,
            "推进更高水平的平安中国建设",
            "Make China safer still",
            issuer="not-stated",
            issuer_level="central",
            date="not-stated",
        )
    )
    nodes += [
        Node(item, Kind.STRATEGY, zh, en, mentions=_mentions(item, 20 + n))
        for n, (item, zh, en) in enumerate(_STRATEGIES)
    ]
    nodes[7] = Node(
        "t01",
        Kind.STRATEGY,
        "三大建设",
        "Three constructions",
        is_set=True,
        announced=3,
        open_list=True,
        note_zh="原文先列名，后分述。",
        note_en="Listed first, unfolded later.",
    )
    nodes += [
        Node(item, Kind.BATTLE, zh, en, mentions=_mentions(item, 30 + n))
        for n, (item, zh, en) in enumerate(_BATTLES)
    ]
    nodes += [_measure(n, name) for n, name in enumerate(_MEASURES, start=1)]
    nodes += [_outcome(n, row) for n, row in enumerate(_OUTCOMES, start=1)]
    nodes += [
        Node("org01", Kind.ORGANISATION, "示例县党代会", "The county congress", level="county"),
        Node("org02", Kind.ORGANISATION, "县委政法委", "Political and legal commission"),
    ]
    links = [
        _link(n, source, relation, target, basis)
        for n, (source, relation, target, basis) in enumerate(_LINKS, start=1)
    ]
    links += [
        Link("l90", "m09", _A, "d03", _S, Scope.GENERAL, mentions=_cue("l90", 700)),
        Link(
            "l91",
            "m14",
            _A,
            "d04",
            _S,
            status=LinkStatus.WITHDRAWN,
            reason="原文只说宣传，未说食堂",
            status_date="2022-01-05",
        ),
        Link("l92", "m04", Relation.PERFORMED_BY, "org02", _S, mentions=_cue("l92", 800)),
        Link("l93", "m13", Relation.ECHOES, "d02", _E),
    ]
    return Dataset(
        nodes=tuple(sorted(nodes, key=lambda node: node.id)),
        links=tuple(sorted(links, key=lambda link: link.id)),
        title_zh="示例县　部署—举措—成效图谱",
        title_en="Sample County: directives, measures, outcomes",
        licence="CC-BY-4.0",
        focus_issuer="org01",
        basis_rules="1",
        curators=(Curator("A", "甲", "Curator A"),),
        sources=(
            Source(
                "s1",
                "示例县平安建设纪实",
                "A report on Sample County",
                "示例日报",
                "Sample Daily",
                "2021-12-31",
                3000,
                sections=(Section("lead", "导语", "Lead"), Section("s1", "第一节", "Section 1")),
            ),
        ),
        passages=tuple(
            Passage(
                "s1",
                start,
                start + 60,
                "lead" if start < 300 else "s1",
                1 + start // 300,
                1,
                (),
                "rhetoric",
            )
            for start in range(0, 3000, 60)
        ),
    )


def judge(dataset: Dataset) -> tuple[Coverage, tuple[Finding, ...]]:
    """The coverage and the gaps of a data set."""
    graph = build_graph(dataset)
    return find_coverage(graph), find_gaps(graph)


def _mentions(item: str, n: int) -> tuple[Mention, ...]:
    start = 10 + n * 37
    quote = f"为此，全县认真落实「{item}」这一要求"
    return (
        Mention(item, "s1", start, start + len(quote), quote, voice=_VOICES[n % 3]),
        Mention(item, "s1", start + 900, start + 980, quote * 2, voice=Voice.REPORTER),
    )


def _cue(item: str, start: int) -> tuple[Mention, ...]:
    return (
        Mention(item, "s1", start, start + 4, "为了落实", voice=Voice.REPORTER, role=Role.CUE),
        Mention(item, "s1", start + 5, start + 13, "县里成立了队伍来", role=Role.SOURCE),
        Mention(item, "s1", start + 20, start + 28, "这项重要的部署中", role=Role.TARGET),
    )


def _measure(n: int, name: str) -> Node:
    item = f"m{n:02}"
    slogan, planned = n == 15, n == 16
    return Node(
        item,
        Kind.MEASURE,
        name,
        f"Measure number {n} of the county",
        status=Status.PLANNED if planned else (Status.DONE, Status.ONGOING)[n % 2],
        concreteness=Concreteness.SLOGAN
        if slogan
        else (Concreteness.CHECKABLE, Concreteness.GENERIC)[n % 2],
        programme=n == 14,
        actor_known=ActorKnown.STATED if n == 4 else ActorKnown.UNKNOWN,
        lead="org02" if n == 4 else "not-stated",
        responsible="not-stated",
        due="2022" if planned else None,
        target_group_zh="not-stated",
        target_group_en="not-stated",
        mentions=_mentions(item, 40 + n),
    )


def _outcome(
    n: int, reported: tuple[str, float | None, str | None, str | None, OutcomeType]
) -> Node:
    item = f"o{n:02}"
    name, value, comparator, unit, outcome_type = reported
    return Node(
        item,
        Kind.OUTCOME,
        name,
        f"Outcome number {n} of the county",
        figure=Figure(
            outcome_type,
            value,
            comparator,
            unit,
            name[-6:],
            change="fall" if n == 6 else None,
            good="lower" if n == 6 else "higher",
            baseline="not-stated",
            period="2021",
            issuer="not-stated" if outcome_type is OutcomeType.AWARD else None,
        ),
        mentions=_mentions(item, 60 + n),
    )


def _link(n: int, source: str, relation: Relation, target: str, basis: Basis) -> Link:
    item = f"l{n:02}"
    reading = basis is Basis.INTERPRETED
    against = (
        Mention(item, "s1", 5, 25, "此事与部署无关", role=Role.WHOLE, stance=Stance.AGAINST),
    )
    return Link(
        item,
        source,
        relation,
        target,
        basis,
        rationale="两处说的是同一件事。" if reading else "",
        rationale_en="Both places speak of the same thing." if reading else "",
        curator="A" if reading else "",
        mentions=_cue(item, 100 + n * 31) + (against if n == 8 else ()),
    )
