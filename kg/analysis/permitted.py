"""What the mentions of a link permit its basis to be (design §2.3).

Judged for a link's own mentions by KG011, and for those that are left of them by whoever asks
what falls with a passage, or whether one voice alone carries a link.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from kg.model import Basis, Dataset, Mention, Role, Stance
from kg.sources.divide import Division, divide_passages, divide_text

# So many characters in a row must stand in both places of an echo.
SHARED_RUN = 4


@dataclass(frozen=True, slots=True)
class Places:
    """Sentences and paragraphs of the sources, and the texts that are at hand, by source."""

    divisions: Mapping[str, Division]
    texts: Mapping[str, str]


def places_of(dataset: Dataset, texts: Mapping[str, str] | None = None) -> Places:
    """Sentences and paragraphs of each source: its text's where at hand, else of `passages.csv`."""
    at_hand = dict(texts or {})
    divisions = divide_passages(dataset.passages)
    divisions |= {source: divide_text(text) for source, text in at_hand.items()}
    return Places(divisions, at_hand)


def supporting(mentions: Iterable[Mention]) -> tuple[Mention, ...]:
    """The mentions that speak for their item: neither counter-evidence nor context."""
    return tuple(mention for mention in mentions if mention.stance is Stance.SUPPORTS)


def find_lacking(
    basis: Basis, mentions: Iterable[Mention], target_mentions: Iterable[Mention], places: Places
) -> str:
    """What mentions lack to permit a basis; "" where they permit it.

    Parameters
    ----------
    basis
        The basis of a link.
    mentions
        The supporting mentions of the link, or some of them.
    target_mentions
        The mentions of the link's target, whose own a heading must be.
    places
        Where sentences and paragraphs lie; where it does not know a source, mentions are only
        asked to be there.

    Examples
    --------
    >>> cue = Mention("l1", "s1", 4, 6, role=Role.CUE)
    >>> find_lacking(Basis.STATED, (cue,), (), Places({}, {}))
    'source'
    >>> find_lacking(Basis.INTERPRETED, (), (), Places({}, {}))
    ''
    """
    found = tuple(mentions)
    by_role = {role: tuple(m for m in found if m.role is role) for role in Role}
    return _RULES[basis](_Evidence(tuple(target_mentions), places, by_role))


@dataclass(frozen=True, slots=True)
class _Evidence:
    """What the rules of a basis look at."""

    target: tuple[Mention, ...]
    places: Places
    by_role: Mapping[Role, tuple[Mention, ...]]

    def words(self, mention: Mention) -> str:
        """The span's text where its source is at hand, else its quote."""
        text = self.places.texts.get(mention.source)
        return mention.quote if text is None else text[mention.start : mention.end]


def _stated(evidence: _Evidence) -> str:
    """A cue with both ends in its sentence, or a heading that is the target's own."""
    for role in (Role.SOURCE, Role.TARGET):
        if not evidence.by_role[role] and not (role is Role.TARGET and _has_heading(evidence)):
            return role.value
    if _has_heading(evidence):
        if not _is_own_heading(evidence):
            return "own-heading"
        return "" if _is_under_heading(evidence) else "under-heading"
    cues = evidence.by_role[Role.CUE]
    if not cues:
        return Role.CUE.value
    return "" if any(_ends_in_sentence(evidence, cue) for cue in cues) else "same-sentence"


def _has_heading(evidence: _Evidence) -> bool:
    return bool(evidence.by_role[Role.HEADING])


def _is_own_heading(evidence: _Evidence) -> bool:
    """Whether the words of the heading are a mention of the target itself."""
    wholes = [mention for mention in evidence.target if mention.role is Role.WHOLE]
    return any(
        _overlap(heading, whole) for heading in evidence.by_role[Role.HEADING] for whole in wholes
    )


def _is_under_heading(evidence: _Evidence) -> bool:
    """Whether the source's place does not come before the heading."""
    return any(
        source.source == heading.source and source.start >= heading.start
        for heading in evidence.by_role[Role.HEADING]
        for source in evidence.by_role[Role.SOURCE]
    )


def _ends_in_sentence(evidence: _Evidence, cue: Mention) -> bool:
    here = set(_sentences(evidence, cue))
    return all(
        any(
            end.source == cue.source and here & set(_sentences(evidence, end))
            for end in evidence.by_role[role]
        )
        for role in (Role.SOURCE, Role.TARGET)
    )


def _echoed(evidence: _Evidence) -> str:
    """Two places that share a run of at least four characters."""
    for source, target in _pairs(evidence):
        if not _overlap(source, target) and _share_a_run(
            evidence.words(source), evidence.words(target)
        ):
            return ""
    return "shared-run"


def _positional(evidence: _Evidence) -> str:
    """Both places, at most one paragraph apart."""
    for source, target in _pairs(evidence):
        division = evidence.places.divisions.get(source.source)
        if source.source != target.source:
            continue
        if division is None or _paragraphs_apart(division, source, target) <= 1:
            return ""
    return "near"


def _interpreted(_evidence: _Evidence) -> str:
    return ""  # a missing rationale is KG007


_RULES = {
    Basis.STATED: _stated,
    Basis.ECHOED: _echoed,
    Basis.POSITIONAL: _positional,
    Basis.INTERPRETED: _interpreted,
}


def _pairs(evidence: _Evidence) -> Iterator[tuple[Mention, Mention]]:
    for source in evidence.by_role[Role.SOURCE]:
        for target in evidence.by_role[Role.TARGET]:
            yield source, target


def _overlap(one: Mention, other: Mention) -> bool:
    return one.source == other.source and one.start < other.end and other.start < one.end


def _sentences(evidence: _Evidence, mention: Mention) -> range:
    """The numbers of the sentences that a mention touches; one and the same where unknown."""
    division = evidence.places.divisions.get(mention.source)
    if division is None:
        return range(1)
    first, last = division.sentence_at(mention.start), division.sentence_at(mention.end - 1)
    return range(first, last + 1)


def _paragraphs_apart(division: Division, one: Mention, other: Mention) -> int:
    first, second = sorted((one, other), key=lambda mention: mention.start)
    return division.paragraph_at(second.start) - division.paragraph_at(first.end - 1)


def _share_a_run(one: str, other: str) -> bool:
    runs = {one[at : at + SHARED_RUN] for at in range(len(one) - SHARED_RUN + 1)}
    return any(other[at : at + SHARED_RUN] in runs for at in range(len(other) - SHARED_RUN + 1))
