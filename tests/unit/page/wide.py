"""The county many times over, for sizes: each node with two mentions and three links."""

from __future__ import annotations

from dataclasses import replace

from kg.model import Dataset, Link, Mention, Node, Voice
from tests.page.county import build_county


def build_wide(times: int) -> Dataset:
    """So many counties in one, with links from each to the next two."""
    county = build_county()

    def nodes(n: int) -> list[Node]:
        return [
            replace(
                node,
                id=f"{node.id}x{n}",
                mentions=tuple(_mention(f"{node.id}x{n}", k, n) for k in (1, 2)),
            )
            for node in county.nodes
        ]

    def links(n: int) -> list[Link]:
        return [
            replace(
                link,
                id=f"{link.id}x{n}y{k}",
                source=f"{link.source}x{n}",
                target=f"{link.target}x{(n + k) % times}",
                mentions=(),
            )
            for link in county.links
            for k in range(3)
        ]

    return replace(
        county,
        nodes=tuple(sorted((one for n in range(times) for one in nodes(n)), key=lambda x: x.id)),
        links=tuple(sorted((one for n in range(times) for one in links(n)), key=lambda x: x.id)),
        focus_issuer=None,
    )


def _mention(item: str, k: int, n: int) -> Mention:
    start = 40 * (n * 90 + k)
    return Mention(item, "s1", start, start + 40, "县" * 40, voice=Voice.REPORTER)
