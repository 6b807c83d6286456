"""The values of a knowledge graph: nodes, links, mentions, findings, and which way links run.

Every link runs **child → parent**: read it "source relation target". An outcome is the
`resultOf` a measure, a measure `implements` a strategy, a strategy `addresses` a directive.
Nothing here reads a file or computes a coverage.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Final, TypeAlias

if TYPE_CHECKING:
    import networkx as nx

# types-networkx makes the class generic, the library itself does not: only ever a string.
KgGraph: TypeAlias = "nx.MultiDiGraph[str]"

NOT_STATED: Final = "not-stated"


class Kind(StrEnum):
    """What a node is (five banded kinds, then context)."""

    DIRECTIVE = "directive"
    STRATEGY = "strategy"
    BATTLE = "battle"
    MEASURE = "measure"
    OUTCOME = "outcome"
    ORGANISATION = "organisation"
    PERSON = "person"
    PLACE = "place"
    DOCUMENT = "document"
    RISK = "risk"
    EVENT = "event"


BANDED_KINDS: Final = (
    Kind.DIRECTIVE,
    Kind.STRATEGY,
    Kind.BATTLE,
    Kind.MEASURE,
    Kind.OUTCOME,
)
CONTEXT_KINDS: Final = tuple(kind for kind in Kind if kind not in BANDED_KINDS)


class Relation(StrEnum):
    """How a source stands to its target."""

    ADDRESSES = "addresses"
    IMPLEMENTS = "implements"
    PART_OF = "partOf"
    RESULT_OF = "resultOf"
    ECHOES = "echoes"
    PERFORMED_BY = "performedBy"
    ISSUED_BY = "issuedBy"
    AWARDED_BY = "awardedBy"
    AWARDED_TO = "awardedTo"
    CITES = "cites"
    TARGETS = "targets"
    LOCATED_IN = "locatedIn"
    HELD_POST = "heldPost"


CARRYING_RELATIONS: Final = frozenset(
    {Relation.ADDRESSES, Relation.IMPLEMENTS, Relation.PART_OF, Relation.RESULT_OF}
)


class Basis(StrEnum):
    """How strongly a link is supported, strongest first.

    >>> [basis.value for basis in Basis]
    ['stated', 'echoed', 'positional', 'interpreted']
    """

    STATED = "stated"
    ECHOED = "echoed"
    POSITIONAL = "positional"
    INTERPRETED = "interpreted"

    @property
    def weakness(self) -> int:
        """0 for `stated` … 3 for `interpreted`."""
        return BASES.index(self)


BASES: Final = tuple(Basis)


class Scope(StrEnum):
    """Whether a link ties its two ends, or something only as a whole."""

    SPECIFIC = "specific"
    GENERAL = "general"


class LinkStatus(StrEnum):
    """Whether a link still holds."""

    CURRENT = "current"
    DISPUTED = "disputed"
    WITHDRAWN = "withdrawn"
    SUPERSEDED = "superseded"


LIVE_STATUSES: Final = frozenset({LinkStatus.CURRENT, LinkStatus.DISPUTED})


class Status(StrEnum):
    """How far a measure has come."""

    DONE = "done"
    ONGOING = "ongoing"
    PLANNED = "planned"
    UNDETERMINED = "undetermined"


class Concreteness(StrEnum):
    """Whether one could later ask of a measure "was it done?"."""

    CHECKABLE = "checkable"
    GENERIC = "generic"
    SLOGAN = "slogan"


class Rung(StrEnum):
    """How far a directive has been answered, lowest first."""

    NONE = "none"
    STRATEGY = "strategy"
    PLANNED = "planned"
    MEASURE = "measure"
    OUTCOME = "outcome"
    FIGURE = "figure"

    @property
    def height(self) -> int:
        """0 for `none` … 5 for `figure`."""
        return RUNGS.index(self)


RUNGS: Final = tuple(Rung)


class Stance(StrEnum):
    """Which way a mention speaks."""

    SUPPORTS = "supports"
    AGAINST = "against"
    CONTEXT = "context"


class Voice(StrEnum):
    """Whose words a mention is."""

    REPORTER = "reporter"
    SIGNED = "signed"
    CAPTION = "caption"
    HEADING = "heading"


class Role(StrEnum):
    """What a mention shows of its item."""

    WHOLE = "whole"
    SOURCE = "source"
    TARGET = "target"
    CUE = "cue"
    HEADING = "heading"


class QuoteStatus(StrEnum):
    """What became of a quote when it was looked up in its source."""

    EXACT = "exact"
    MOVED = "moved"
    AMBIGUOUS = "ambiguous"
    MISSING = "missing"
    UNVERIFIED = "unverified"


class ActorKnown(StrEnum):
    """How the actor of a measure is known."""

    STATED = "stated"
    INHERITED = "inherited"
    UNKNOWN = "unknown"


class OutcomeType(StrEnum):
    """What sort of result an outcome reports."""

    ATTAINED = "attained"
    CHANGE = "change"
    COUNT = "count"
    REACH = "reach"
    OUTPUT = "output"
    AWARD = "award"
    EVENT = "event"
    RECOGNITION = "recognition"
    QUALITATIVE = "qualitative"


class Severity(StrEnum):
    """How serious a finding is, most serious first."""

    ERROR = "error"
    HIGH = "high"
    MEDIUM = "medium"
    LOW = "low"


@dataclass(frozen=True, slots=True)
class Mention:
    """One place in a source that speaks of a node or a link.

    `start` and `end` count Unicode code points, 0-based, end-exclusive; `quote` is the
    first 40 code points of the span at most; `digest` is the SHA-256 of the whole span.
    """

    item: str
    source: str
    start: int
    end: int
    quote: str = ""
    digest: str = ""
    context_digest: str = ""
    voice: Voice | None = None
    role: Role = Role.WHOLE
    stance: Stance = Stance.SUPPORTS
    position: int | None = None
    note: str = ""
    place: str = ""


@dataclass(frozen=True, slots=True)
class Figure:
    """What an outcome reports. `None` = does not apply; "not-stated" = the source is silent."""

    outcome_type: OutcomeType | None = None
    value: int | float | str | None = None
    comparator: str | None = None
    unit: str | None = None
    verbatim: str | None = None
    change: str | None = None
    good: str | None = None
    target: str | None = None
    baseline: str | None = None
    denominator: str | None = None
    period: str | None = None
    recipient: str | None = None
    issuer: str | None = None
    year: str | None = None
    computed: bool = False
    presupposed: bool = False

    @property
    def has_number(self) -> bool:
        """Whether there is a value with a unit (percent is one; an award's year is no value)."""
        absent = (None, NOT_STATED)
        return self.value not in absent and self.unit not in absent


@dataclass(frozen=True, slots=True)
class Node:
    """One thing of the graph. Fields that do not belong to its kind are `None` or false.

    `lead` and `responsible` hold ids of organisations or persons separated by one space,
    or "not-stated"; `place` says where the row stands, for error messages.
    """

    id: str
    kind: Kind
    zh: str = ""
    en: str = ""
    type: str | None = None
    level: str | None = None
    date: str | None = None
    is_set: bool = False
    announced: int | str | None = None
    open_list: bool = False
    issuer: str | None = None
    issuer_level: str | None = None
    status: Status | None = None
    concreteness: Concreteness | None = None
    programme: bool = False
    actor_known: ActorKnown | None = None
    lead: str | None = None
    responsible: str | None = None
    due: str | None = None
    target_group_zh: str | None = None
    target_group_en: str | None = None
    figure: Figure | None = None
    note_zh: str = ""
    note_en: str = ""
    mentions: tuple[Mention, ...] = ()
    place: str = ""

    def label(self, lang: str) -> str:
        """The name in "zh" or "en"; the other language's, then the id, where it is missing."""
        first, second = (self.zh, self.en) if lang == "zh" else (self.en, self.zh)
        return first or second or self.id

    @property
    def actors(self) -> tuple[str, ...]:
        """The ids named as leading or responsible, sorted."""
        named = f"{self.lead or ''} {self.responsible or ''}".split()
        return tuple(sorted({actor for actor in named if actor != NOT_STATED}))


@dataclass(frozen=True, slots=True)
class Link:
    """One link, child → parent. Only minimal input leaves `basis` out, and only on context.

    `confirmed` is the digest of the wording of the target, or its first characters, that
    somebody confirmed the link for; empty where nobody has.
    """

    id: str
    source: str
    relation: Relation
    target: str
    basis: Basis | None = None
    scope: Scope = Scope.SPECIFIC
    status: LinkStatus = LinkStatus.CURRENT
    reason: str = ""
    status_date: str = ""
    successor: str = ""
    position: int | None = None
    rationale: str = ""
    rationale_en: str = ""
    curator: str = ""
    confirmed: str = ""
    mentions: tuple[Mention, ...] = ()
    place: str = ""

    @property
    def is_live(self) -> bool:
        """Whether it is current or disputed: only such links carry anything."""
        return self.status in LIVE_STATUSES

    @property
    def carries(self) -> bool:
        """Whether coverage may run along it."""
        return self.is_live and self.relation in CARRYING_RELATIONS


@dataclass(frozen=True, slots=True)
class Section:
    """A named part of a source."""

    id: str
    zh: str
    en: str


@dataclass(frozen=True, slots=True)
class Source:
    """A text that mentions point into; `length` in code points."""

    id: str
    title_zh: str = ""
    title_en: str = ""
    publisher_zh: str = ""
    publisher_en: str = ""
    date: str = NOT_STATED
    length: int = 0
    sha256: str = ""
    language: str = ""
    file: str = ""
    sections: tuple[Section, ...] = ()


@dataclass(frozen=True, slots=True)
class Passage:
    """A clause span of a source and what was found in it, or why nothing was."""

    source: str
    start: int
    end: int
    section: str
    paragraph: int
    sentence: int
    items: tuple[str, ...]
    none: str
    place: str = ""


@dataclass(frozen=True, slots=True)
class Decision:
    """A point on which two careful readers could differ, and how it was decided."""

    id: str
    subject: tuple[str, ...]
    start: int | None
    end: int | None
    what: str
    a: str
    b: str
    decision: str
    why: str
    why_en: str


@dataclass(frozen=True, slots=True)
class Curator:
    """Who made a reading."""

    id: str
    name_zh: str = ""
    name_en: str = ""


@dataclass(frozen=True, slots=True)
class Dataset:
    """A whole knowledge graph with where it came from. Nodes and links are sorted by id.

    >>> Dataset((Node("d1", Kind.DIRECTIVE, zh="深化平安建设"),)).nodes[0].label("en")
    '深化平安建设'
    """

    nodes: tuple[Node, ...] = ()
    links: tuple[Link, ...] = ()
    title_zh: str = ""
    title_en: str = ""
    base_iri: str = "https://w3id.org/kg-directives/data/"
    licence: str = ""
    focus_issuer: str | None = None
    basis_rules: str = ""
    date: str = ""
    curators: tuple[Curator, ...] = ()
    sources: tuple[Source, ...] = ()
    passages: tuple[Passage, ...] = ()
    decisions: tuple[Decision, ...] = ()

    @property
    def items(self) -> tuple[Node | Link, ...]:
        """Everything that has mentions: the nodes, then the links."""
        return (*self.nodes, *self.links)

    @property
    def mentions(self) -> tuple[Mention, ...]:
        """Every mention of a node or a link."""
        return tuple(mention for item in self.items for mention in item.mentions)

    @property
    def as_of(self) -> str | None:
        """The newest date of the data set and its sources, or `None` where none is stated."""
        dates = [self.date, *(source.date for source in self.sources)]
        return max((date for date in dates if date not in ("", NOT_STATED)), default=None)

    def iri(self, item: str) -> str:
        """The IRI of a node, a link, or anything else named by an id of this data set."""
        from urllib.parse import quote

        return self.base_iri + quote(item, safe="-._~!$&'()*+,;=:@/")


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing found wanting. Faults name a `place`; gaps name a `node`.

    `open` lists the bases at which a basis-dependent gap is open, else it is `None`;
    `facts` are the values its sentence is made with.

    >>> gap = Finding("KG101", "d1", open=(Basis.STATED, Basis.ECHOED))
    >>> gap.basis.value, gap.severity.value
    ('echoed', 'medium')
    """

    code: str
    node: str = ""
    place: str = ""
    open: tuple[Basis, ...] | None = None
    facts: tuple[tuple[str, str | int], ...] = ()

    @property
    def basis(self) -> Basis | None:
        """The widest basis at which it is open."""
        return self.open[-1] if self.open else None

    @property
    def severity(self) -> Severity:
        """`error` for a fault; `high` where not even a reading closes it; `medium`; `low`."""
        if self.code.startswith("KG0"):
            return Severity.ERROR
        if self.open is None:
            return Severity.LOW
        return Severity.HIGH if Basis.INTERPRETED in self.open else Severity.MEDIUM
