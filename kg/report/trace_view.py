"""`kg trace` as a person reads it: where it breaks, then the chains as a tree with evidence."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

from kg.model import BASES, Role, Stance
from kg.report.content import Document
from kg.report.coverage_view import dataset_lines, name_of
from kg.report.layout import WIDTH, Line, Span, Style, fold, line, pad, width_of
from kg.report.rows import Rows
from kg.report.thing_view import suspect_lines
from kg.words import Words

# So many chains of each direction are shown unless all are asked for.
SHOWN_CHAINS: Final = 5
_SHOWN_IDS: Final = 3
_STEP: Final = "  "


def trace_lines(
    document: Document, words: Words, *, width: int = WIDTH, most: int | None = SHOWN_CHAINS
) -> list[Line]:
    """The thing, where its ladder is broken, and its chains.

    Parameters
    ----------
    document
        A `kg-trace/1`.
    words
        The language.
    width
        The columns there are.
    most
        How many chains of each direction to show; `None` for all.
    """
    lines: list[Line] = []
    for number, sentence in enumerate(_head(document, words)):
        lines += fold(sentence, width, style=Style.ANSWER if number == 0 else Style.PLAIN)
    lines += [(), *_break_lines(document, words, width)]
    for way in ("up", "down"):
        chains = document["chains"][way]
        if chains:
            shown = chains if most is None else chains[:most]
            lines += [(), line(Span(_heading(way, chains, shown, words), Style.HEADING))]
            lines += _Tree(document, words, width, way).lines(shown)
    lines.append(())
    for sentence in _footer(document, words, most):
        lines += [line(" ", *piece) for piece in fold(sentence, width - 1)]
    return [*lines, *dataset_lines(document, words, width)]


def trace_sentences(document: Document, words: Words) -> tuple[str, ...]:
    """The thing and its levels, then a sentence a break."""
    breaks = [
        words.say("trace.break", bases=bases, sentence=sentence)
        for bases, sentence in _breaks(document, words)
    ]
    return (*_head(document, words), *(breaks or [words.say("trace.unbroken")]))


def _head(document: Document, words: Words) -> Iterator[str]:
    node = document["node"]
    kind = words.say(f"kind.{node['kind']}")
    yield words.say("trace.title", id=node["id"], name=name_of(node, words), kind=kind)
    row = document["coverage"]
    if row:
        levels = {str(basis): words.say(f"rung.{row['level'][basis]}") for basis in BASES}
        yield words.say("view.show.level", **levels)


def _break_lines(document: Document, words: Words, width: int) -> Iterator[Line]:
    yield line(Span(words.say("trace.breaks"), Style.HEADING))
    found = list(_breaks(document, words))
    if not found:
        yield from (line("  ", *piece) for piece in fold(words.say("trace.unbroken"), width - 2))
        return
    label = max(width_of(bases) for bases, _ in found) + 2
    for bases, sentence in found:
        for number, piece in enumerate(fold(sentence, width - 4 - label)):
            head, mark = (pad(bases, label), "! ") if number == 0 else (" " * label, "  ")
            yield line("  ", Span(mark, Style.GAP), Span(head, Style.FAINT), *piece)


def _breaks(document: Document, words: Words) -> Iterator[tuple[str, str]]:
    """Each break with the bases at which it is the same: their names, and a sentence."""
    for way in ("above", "below"):
        groups: dict[tuple[str, ...], list[Mapping[str, Any]]] = {}
        for found in document["breaks"][way]:
            # More may stand above it at a wider basis: the break is the same.
            key = (found["missing"], found["why"], found["link"] or "", *found["legs"])
            groups.setdefault(key, []).append(found)
        for breaks in groups.values():
            named = _bases([found["basis"] for found in breaks], words)
            yield named, _break_sentence(breaks[-1], document, words)


def _bases(bases: Sequence[str], words: Words) -> str:
    """One basis, or the first and the last of several that follow each other."""
    first, last = (words.say(f"basis.{basis}") for basis in (bases[0], bases[-1]))
    return first if first == last else words.say("trace.bases", first=first, last=last)


def _break_sentence(found: Mapping[str, Any], document: Document, words: Words) -> str:
    link = document["links"].get(found["link"]) if found["link"] else None
    closed = found["closed_at"]
    facts = {
        "missing": words.say(f"trace.step.{found['missing']}"),
        "above": _named(found["above"], document, words),
        "below": _named(found["below"], document, words),
        "basis": words.say(f"basis.{link['basis']}") if link else "",
        "link": found["link"] or "",
    }
    sentence = words.say(f"trace.why.{found['why']}", **facts)
    if found["missing"] == "directive" and found["why"] == "absent":
        sentence = words.say("trace.serves_nothing", **facts)
    if closed:
        sentence += words.say("trace.closed_at", basis=words.say(f"basis.{closed}"))
    elif found["why"] in ("absent", "planned", "slogan", "prior", "intention"):
        sentence += words.say("trace.never_closed")
    if found["legs"]:
        legs = names_in_words(found["legs"], document["names"], words)
        sentence += words.say("trace.legs", legs=legs)
    return sentence


def _named(ids: Sequence[str], document: Document, words: Words) -> str:
    """Ids with their names; the thing traced by its id alone: the reader came from there."""
    own = document["node"]["id"]
    names = {item: entry for item, entry in document["names"].items() if item != own}
    return names_in_words(ids, names, words)


def names_in_words(ids: Sequence[str], names: Mapping[str, Any], words: Words) -> str:
    """The first few ids with their names, and how many there are where there are more."""
    named = [
        f"{item} {name_of(names[item], words)}".strip() if item in names else item
        for item in ids[:_SHOWN_IDS]
    ]
    listed = words.say("list.comma").join(named)
    if len(ids) > _SHOWN_IDS:
        return words.say("trace.and_more", listed=listed, count=len(ids))
    return listed


def _heading(way: str, chains: Sequence[Document], shown: Sequence[Document], words: Words) -> str:
    key = "all" if len(shown) == len(chains) else "some"
    return words.say(f"trace.{way}_{key}", count=len(chains), shown=len(shown))


@dataclass
class _Branch:
    """A link of the tree and what it leads to; `ends` are the chains that end there."""

    link: str
    item: str
    ends: list[Document] = field(default_factory=list)
    branches: dict[tuple[str, str], _Branch] = field(default_factory=dict)


class _Tree:
    """Chains that begin at the thing traced, drawn as one tree: each shared part stands once."""

    def __init__(self, document: Document, words: Words, width: int, way: str) -> None:
        self._document = document
        self._words = words
        self._width = width
        self._way = way

    def lines(self, chains: Sequence[Document]) -> Iterator[Line]:
        """The tree, each link with its evidence, each chain with what carries it."""
        root = _Branch("", "")
        for chain in chains:
            ids, links = chain["ids"], chain["links"]
            if self._way == "down":
                ids, links = ids[::-1], links[::-1]
            at = root
            for link, item in zip(links, ids[1:], strict=True):
                at = at.branches.setdefault((link, item), _Branch(link, item))
            at.ends.append(chain)
        for branch in root.branches.values():
            yield from self._branch(branch, 1)

    def _branch(self, branch: _Branch, depth: int) -> Iterator[Line]:
        words, indent = self._words, _STEP * depth
        link = self._document["links"][branch.link]
        names = self._document["names"]
        arrow = "→" if self._way == "up" else "←"
        text = words.say(
            "trace.hop",
            arrow=arrow,
            name=f"{branch.item} {name_of(names[branch.item], words)}".strip(),
            traits=link_traits(link, words),
            id=link["id"],
        )
        pieces = fold(text, self._width - len(indent), indent=_STEP)
        yield from (line(indent, *piece) for piece in pieces)
        yield from self._evidence(link, indent + _STEP * 2)
        for chain in branch.ends:
            sentence = chain_sentence(chain, words)
            pieces = fold(sentence, self._width - len(indent) - 4, style=Style.FAINT)
            for number, piece in enumerate(pieces):
                yield line(indent, _STEP, _STEP if number else "= ", *piece)
        for below in branch.branches.values():
            yield from self._branch(below, depth + 1)

    def _evidence(self, link: Mapping[str, Any], indent: str) -> Iterator[Line]:
        words, width = self._words, self._width - len(indent)
        for mention in link["mentions"]:
            text = _mention(mention, words)
            cue = mention["role"] == Role.CUE
            for piece in _with_cue(text, mention["quote"] if cue else "", width):
                yield line(indent, *piece)
        for passage in link["passages"]:
            text = words.say(
                "trace.passage",
                source=passage["source"],
                start=passage["start"],
                end=passage["end"],
                text=" ".join(passage["text"].split()),
            )
            yield from (line(indent, *piece) for piece in fold(text, width))
        yield from (line(indent, *piece) for piece in suspect_lines(link, words, width))
        rationale = link["rationale_en"] if words.lang == "en" else link["rationale"]
        if rationale or link["rationale"]:
            reason = words.say(
                "view.show.rationale",
                rationale=rationale or link["rationale"],
                curator=link["curator"] or words.say("absent.not-stated"),
            )
            yield from (line(indent, *piece) for piece in fold(reason, width, style=Style.FAINT))


def link_traits(link: Mapping[str, Any], words: Words) -> str:
    """How a link stands in words: relation, basis, scope and status where they are unusual."""
    traits = [words.say(f"relation.{link['relation']}")]
    if link["basis"]:
        traits.append(words.say(f"basis.{link['basis']}"))
    if link["scope"] != "specific":
        traits.append(words.say(f"scope.{link['scope']}"))
    if link["status"] != "current":
        traits.append(words.say(f"link_status.{link['status']}"))
    return words.say("view.comma").join(traits)


def _mention(mention: Mapping[str, Any], words: Words) -> str:
    """One mention on a line: its role, its words, where they stand, whose they are."""
    section = mention["section"]
    quote = " ".join(mention["quote"].split())
    if mention["end"] - mention["start"] > len(mention["quote"]):
        quote += "…"
    where = [
        mention["source"],
        (name_of(section, words) or section["id"]) if section else "",
        f"{mention['start']}–{mention['end']}",
    ]
    parts = [" ".join(part for part in where if part)]
    if mention["voice"]:
        parts.append(words.say(f"voice.{mention['voice']}"))
    if mention["stance"] != Stance.SUPPORTS:
        parts.append(words.say("view.show.stance", stance=words.say(f"stance.{mention['stance']}")))
    if mention["quote_status"] not in ("exact", "unverified"):
        status = words.say(f"quote_status.{mention['quote_status']}")
        parts.append(words.say("view.show.quote", status=status))
    return words.say(
        "trace.mention",
        role=words.say(f"role.{mention['role']}"),
        quote=quote,
        where=words.say("view.comma").join(parts),
    )


def _with_cue(text: str, cue: str, width: int) -> Iterator[Line]:
    """The text in lines; the words of a cue are set apart where they stand in one line."""
    # Where nobody sees an underline the cue gets a bracket on either side.
    for piece in fold(text, width - 4 if cue else width, style=Style.FAINT, indent=_STEP):
        *before, last = piece
        if cue and cue in last.text:
            head, tail = last.text.split(cue, 1)
            yield (*before, Span(head, Style.FAINT), Span(cue, Style.CUE), Span(tail, Style.FAINT))
        else:
            yield piece


def chain_sentence(chain: Mapping[str, Any], words: Words) -> str:
    """How strong a chain is, how far it reaches, and whether it is a thread or a path."""
    rung = words.say(f"rung.{chain['rung']}")
    if chain["remark"]:
        rung = words.say(f"trace.remark.{chain['remark']}")
    return words.say(
        "trace.chain",
        strength=words.say(f"basis.{chain['strength']}"),
        rung=rung,
        weave=_weave(chain, words),
    )


def _weave(chain: Mapping[str, Any], words: Words) -> str:
    comma = words.say("list.comma")
    if chain["thread_passages"]:
        spans = [f"{p['source']} {p['start']}–{p['end']}" for p in chain["thread_passages"]]
        return words.say("trace.weave.passage", passages=comma.join(spans))
    sources = {voice["source"] for voice in chain["voices"]}

    def spoken(voices: Sequence[Mapping[str, str]]) -> str:
        return comma.join(
            (f"{voice['source']} " if len(sources) > 1 else "")
            + words.say(f"voice.{voice['voice']}")
            for voice in voices
        )

    if chain["thread_voices"]:
        return words.say("trace.weave.voice", voices=spoken(chain["thread_voices"]))
    is_of_one = chain["weave"] == "path" and len(chain["voices"]) == 1
    weave = "places" if is_of_one else chain["weave"]
    return words.say(f"trace.weave.{weave}", voices=spoken(chain["voices"]))


def _footer(document: Document, words: Words, most: int | None) -> Iterator[str]:
    chains = document["chains"]
    item = document["node"]["id"]
    if most is not None and any(len(found) > most for found in chains.values()):
        yield words.say("trace.all", id=item)
    if any(chains.values()):
        yield words.say("trace.how_to_read")
        if not any(link["passages"] for link in document["links"].values()):
            yield words.say("trace.sources", id=item)
    yield words.say("trace.next", id=item)


def trace_rows(document: Document, words: Words, *, most: int | None = SHOWN_CHAINS) -> Rows:
    """A row a hop of each chain, with its evidence."""
    names = ("chain", "strength", "weave", "from", "relation", "to", "basis", "scope")
    head = tuple(words.say(f"trace.column.{name}") for name in (*names, "evidence", "rationale"))
    rows = [
        _row(f"{sign}{number}", chain, link, document, words)
        for way, sign in (("up", "↑"), ("down", "↓"))
        for number, chain in enumerate(document["chains"][way][:most], start=1)
        for link in chain["links"]
    ]
    return Rows(head, tuple(rows))


def _row(
    number: str, chain: Mapping[str, Any], item: str, document: Document, words: Words
) -> tuple[str, ...]:
    link = document["links"][item]
    reason = link["rationale_en"] if words.lang == "en" else ""
    evidence = [passage["text"] for passage in link["passages"]] or [
        _mention(mention, words) for mention in link["mentions"]
    ]
    return (
        number,
        words.say(f"basis.{chain['strength']}"),
        _weave(chain, words),
        f"{link['source']} {name_of(link['source_name'], words)}".strip(),
        words.say(f"relation.{link['relation']}"),
        f"{link['target']} {name_of(link['target_name'], words)}".strip(),
        words.say(f"basis.{link['basis']}") if link["basis"] else "",
        words.say(f"scope.{link['scope']}"),
        words.say("list.semicolon").join(evidence),
        reason or link["rationale"],
    )
