"""Whether one passage or one voice carries a whole chain, or several put together do."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import partial

from kg.analysis.permitted import find_lacking, supporting
from kg.analysis.removal import Standing
from kg.model import Basis, Link, Mention, Passage, Role, Voice


class Weave(StrEnum):
    """How a chain hangs together.

    A *thread*: one passage, or one voice in one source, shows every hop at its basis. A
    *path*: only several together do, so that nobody may have meant the whole. *unknown*:
    some hop has no mention, or no voice and no passage is given.
    """

    THREAD = "thread"
    PATH = "path"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Carriers:
    """What carries a chain: the passages and voices that do so alone, and the voices heard.

    A voice is (id of its source, voice). Tuples are sorted.
    """

    weave: Weave
    passages: tuple[Passage, ...] = ()
    voices: tuple[tuple[str, Voice], ...] = ()
    heard: tuple[tuple[str, Voice], ...] = ()


def find_carriers(
    standing: Standing, links: Sequence[Link], passages: Iterable[Passage] = ()
) -> Carriers:
    """What carries the links of a chain.

    A hop is carried by those of its supporting mentions that alone permit its basis; one that
    is `interpreted`, by those that show every role its evidence shows. A heading speaks with
    the voice of what stands under it, so it goes with every voice that has another mention of
    the hop.

    Parameters
    ----------
    standing
        What the data set stands on.
    links
        The links of a chain.
    passages
        The rows of `passages.csv`; without them no passage is looked for.
    """
    evidence = [supporting(link.mentions) for link in links]
    own = {(m.source, m.voice) for found in evidence for m in found if m.voice}
    heard = tuple(sorted((source, voice) for source, voice in own if voice))
    if not all(evidence):
        return Carriers(Weave.UNKNOWN, heard=heard)
    spans = [passage for passage in passages if _touches_all(passage, evidence)]
    alone = tuple(
        passage for passage in spans if _carries(standing, links, partial(_holds, passage))
    )
    voices = tuple(voice for voice in heard if _carries(standing, links, _speaker(voice)))
    if alone or voices:
        return Carriers(Weave.THREAD, alone, voices, heard)
    is_known = all(m.voice for found in evidence for m in found)
    return Carriers(Weave.PATH if is_known else Weave.UNKNOWN, heard=heard)


def _speaker(voice: tuple[str, Voice]) -> Callable[[Mention], bool]:
    source, own = voice
    return lambda m: m.source == source and (m.voice is own or _is_heading(m))


def _is_heading(mention: Mention) -> bool:
    return mention.voice is Voice.HEADING or mention.role is Role.HEADING


def _carries(standing: Standing, links: Sequence[Link], keep: Callable[[Mention], bool]) -> bool:
    return all(_is_carried(standing, link, keep) for link in links)


def _is_carried(standing: Standing, link: Link, keep: Callable[[Mention], bool]) -> bool:
    own = supporting(link.mentions)
    kept = [mention for mention in own if keep(mention)]
    if all(map(_is_heading, kept)) and not all(map(_is_heading, own)):
        return False
    if link.basis in (None, Basis.INTERPRETED):
        # No rule of a basis asks for both ends here; a reading still ties those it names.
        return bool(kept) and {m.role for m in own} == {m.role for m in kept}
    target = standing.nodes[link.target].mentions
    return not find_lacking(link.basis, kept, target, standing.places)


def _holds(passage: Passage, mention: Mention) -> bool:
    return (
        mention.source == passage.source
        and passage.start <= mention.start
        and mention.end <= passage.end
    )


def _touches_all(passage: Passage, evidence: Sequence[tuple[Mention, ...]]) -> bool:
    return all(any(_holds(passage, m) for m in found) for found in evidence)
