"""KG011: a basis stronger than its mentions permit (design §2.3)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from kg.model import Basis, Dataset, Finding, Link, Mention, Node, Role, Stance
from kg.sources.divide import Division, divide_passages, divide_text

# So many characters in a row must stand in both places of an echo.
SHARED_RUN = 4


@dataclass(frozen=True, slots=True)
class _Evidence:
    """What the rules of a basis look at."""

    target: Node | None
    divisions: Mapping[str, Division]
    texts: Mapping[str, str]
    by_role: Mapping[Role, tuple[Mention, ...]]

    def words(self, mention: Mention) -> str:
        """The span's text where its source is at hand, else its quote."""
        text = self.texts.get(mention.source)
        return mention.quote if text is None else text[mention.start : mention.end]


def find_overclaims(
    dataset: Dataset, texts: Mapping[str, str] | None = None
) -> tuple[Finding, ...]:
    """Links whose mentions do not earn their basis, sorted by link.

    Sentences and paragraphs are those of the source where it is at hand, else of
    `passages.csv`; where there is neither, mentions are only asked to be there. A link
    without any mention is KG004, not KG011.

    Parameters
    ----------
    dataset
        The data set.
    texts
        The text of each source by its id, as far as it is at hand.
    """
    at_hand = dict(texts or {})
    divisions = divide_passages(dataset.passages)
    divisions |= {source: divide_text(text) for source, text in at_hand.items()}
    nodes = {node.id: node for node in dataset.nodes}
    found = []
    for link in dataset.links:
        supporting = [m for m in link.mentions if m.stance is Stance.SUPPORTS]
        if not supporting or link.basis is None:
            continue
        evidence = _Evidence(
            nodes.get(link.target),
            divisions,
            at_hand,
            {role: tuple(m for m in supporting if m.role is role) for role in Role},
        )
        lacking = _RULES[link.basis](evidence)
        if lacking:
            found.append(_overclaim(link, lacking))
    return tuple(found)


def _overclaim(link: Link, lacking: str) -> Finding:
    basis = link.basis.value if link.basis else ""
    return Finding("KG011", link.id, link.place, facts=(("basis", basis), ("lacking", lacking)))


def _stated(evidence: _Evidence) -> str:
    """A cue with both ends in its sentence, or a heading that is the target's own."""
    for role in (Role.SOURCE, Role.TARGET):
        if not evidence.by_role[role] and not (role is Role.TARGET and _has_heading(evidence)):
            return role.value
    if _has_heading(evidence):
        return "" if _is_own_heading(evidence) else "own-heading"
    cues = evidence.by_role[Role.CUE]
    if not cues:
        return Role.CUE.value
    return "" if any(_ends_in_sentence(evidence, cue) for cue in cues) else "same-sentence"


def _has_heading(evidence: _Evidence) -> bool:
    return bool(evidence.by_role[Role.HEADING])


def _is_own_heading(evidence: _Evidence) -> bool:
    """Whether the words of the heading are a mention of the target itself."""
    own = evidence.target.mentions if evidence.target else ()
    wholes = [mention for mention in own if mention.role is Role.WHOLE]
    return any(
        _overlap(heading, whole) for heading in evidence.by_role[Role.HEADING] for whole in wholes
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
        if _share_a_run(evidence.words(source), evidence.words(target)):
            return ""
    return "shared-run"


def _positional(evidence: _Evidence) -> str:
    """Both places, at most one paragraph apart."""
    for source, target in _pairs(evidence):
        division = evidence.divisions.get(source.source)
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
    division = evidence.divisions.get(mention.source)
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
