"""A made-up source text for the county, and its page with the reading view."""

from __future__ import annotations

from dataclasses import replace

from kg.model import Dataset, Link, Mention, Node
from kg.page.html import build_page
from kg.sources.spans import context_digest_of, digest_of, quote_of
from kg.validate.evidence import check_quotes
from tests.page.county import build_county, judge

_SENTENCES = (
    "示例县把{place}列为试点，{n}名河长每月巡河。",
    "{place}的网格员逐户走访，登记了{n}条意见。",
    "为了落实这项部署，县里在{place}设立了人民调解室，调解纠纷{n}件。",
    "{place}的群众说，路灯亮了，夜里出门放心。",
    "普法宣传月里，{place}举办了{n}场讲座。",
)
_PLACES = ("东河乡", "南山镇", "西坪村", "北桥街道", "中洲社区", "青石岭", "白水渡")


def build_text() -> str:
    """Some three thousand characters in paragraphs; no two sentences are the same."""
    sentences = [_SENTENCES[n % 5].format(place=_PLACES[n % 7], n=100 + n) for n in range(150)]
    return "\n".join("".join(sentences[at : at + 4]) for at in range(0, 150, 4)) + "\n"


def build_read_county() -> tuple[Dataset, dict[str, str]]:
    """The county, its quotes taken from the text; of four the text does not bear them out."""
    text = build_text()
    county = build_county()

    def quoted(mention: Mention) -> Mention:
        start, end = mention.start, mention.end
        return replace(
            mention,
            quote=quote_of(text, start, end),
            digest=digest_of(text, start, end),
            context_digest=context_digest_of(text, start, end),
        )

    def node(old: Node) -> Node:
        mentions = tuple(quoted(mention) for mention in old.mentions)
        if old.id == "m03":  # the first stands three characters on from where it is said to be
            moved = replace(mentions[0], start=mentions[0].start - 3, end=mentions[0].end - 3)
            mentions = (moved, mentions[1])
        if old.id == "m04":  # the first stands nowhere
            mentions = (replace(mentions[0], quote="原文没有这句话", digest="0" * 64), mentions[1])
        if old.id == "m05":  # the first stands in many places, none of them that
            mentions = (_ambiguous(mentions[0], text), mentions[1])
        return replace(old, mentions=mentions)

    def link(old: Link) -> Link:
        return replace(old, mentions=tuple(quoted(mention) for mention in old.mentions))

    dataset = replace(
        county, nodes=tuple(map(node, county.nodes)), links=tuple(map(link, county.links))
    )
    return dataset, {"s1": text}


def _ambiguous(mention: Mention, text: str) -> Mention:
    phrase = "的网格员逐户走访"
    return replace(
        mention,
        start=0,
        end=len(phrase),
        quote=phrase,
        digest=digest_of(phrase, 0, len(phrase)),
        context_digest="0" * 64,
    )


def build_reading_page(lang: str = "zh") -> bytes:
    """The page of that county with the text in it."""
    dataset, texts = build_read_county()
    statuses = dict(check_quotes(dataset, texts).statuses)
    return build_page(dataset, *judge(dataset), lang=lang, quote_statuses=statuses, texts=texts)
