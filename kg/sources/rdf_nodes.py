"""The nodes of RDF data, each with the fields of its kind, and what links assert of them."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final

from kg import vocab
from kg.model import (
    BANDED_KINDS,
    NOT_STATED,
    ActorKnown,
    Concreteness,
    Figure,
    Kind,
    Node,
    OutcomeType,
    Relation,
    Status,
)
from kg.sources.columns import ISSUER_LEVELS
from kg.sources.rdf_things import NODE_CLASSES

if TYPE_CHECKING:
    from collections.abc import Callable

    from kg.sources.rdf_terms import Statements, Thing

_TYPE_SCHEMES: Final = {Kind.DIRECTIVE: "directive-type", Kind.STRATEGY: "strategy-type"}
_RUNGS: Final = frozenset(vocab.CONCEPTS["rung"].values())
_GAPS: Final = frozenset(vocab.GAP_OF.values())


@dataclass(slots=True)
class Collection:
    """A set as SKOS says it: its members, and where their list begins."""

    classes: set[str]
    members: list[str]
    begins: str | None


@dataclass(slots=True)
class ReadNodes:
    """The nodes, and what stands about them beside their own fields."""

    nodes: list[Node] = field(default_factory=list)
    asserted: set[tuple[str, Relation, str]] = field(default_factory=set)
    collections: dict[str, Collection] = field(default_factory=dict)
    inferred: set[tuple[str, str, str]] = field(default_factory=set)


def read_node(thing: Thing, item: str, statements: Statements, read: ReadNodes) -> None:
    """Read one node into `read`; what it lacks or has too much is a fault.

    Parameters
    ----------
    thing
        What is said of it.
    item
        Its id.
    statements
        Where its figure stands.
    read
        Gets the node, the links asserted of it, the SKOS collection it is, and what is said
        to follow for it.
    """
    main = thing.main_class()
    if main is None:
        return
    if main not in NODE_CLASSES:
        thing.refuse("rdf-class", vocab.TYPE, main)
        return
    kind = NODE_CLASSES[main]
    zh, en = thing.both(vocab.LABEL)
    note_zh, note_en = thing.both(vocab.EDITORIAL_NOTE)
    fields = _FIELDS[kind](thing, statements) if kind in _FIELDS else _context(thing)
    if kind in BANDED_KINDS:
        fields |= _set(thing)
        _read_collection(thing, item, read)
    read.nodes.append(
        Node(
            id=item,
            kind=kind,
            zh=zh or "",
            en=en or "",
            note_zh=note_zh or "",
            note_en=note_en or "",
            place=thing.place,
            **fields,
        )
    )
    for relation, predicate in vocab.RELATION_OF.items():
        if thing.has(predicate):
            read.asserted.update((item, relation, target) for target in thing.ids(predicate))
    _read_inferred(thing, statements, read)
    thing.finish()


def _directive(thing: Thing, _statements: Statements) -> dict[str, Any]:
    level = thing.stated(vocab.ISSUER_LEVEL, lambda said: thing.concept(said, "level"))
    if level not in (*ISSUER_LEVELS, NOT_STATED, None):
        thing.refuse("not-listed", vocab.ISSUER_LEVEL, level)
    return {
        "type": _type(thing, Kind.DIRECTIVE),
        "issuer": thing.stated(vocab.ISSUER, thing.id_of),
        "issuer_level": level,
        "date": _date(thing, vocab.DATE, vocab.DATE_FROM, vocab.DATE_TO),
    }


def _strategy(thing: Thing, _statements: Statements) -> dict[str, Any]:
    return {"type": _type(thing, Kind.STRATEGY)}


def _battle(_thing: Thing, _statements: Statements) -> dict[str, Any]:
    return {}


def _context(thing: Thing) -> dict[str, Any]:
    return {
        "type": _type(thing, None),
        "level": thing.stated(vocab.LEVEL, lambda said: thing.concept(said, "level")),
        "date": _date(thing, vocab.DATE, vocab.DATE_FROM, vocab.DATE_TO),
    }


def _measure(thing: Thing, _statements: Statements) -> dict[str, Any]:
    status = thing.word(vocab.STATUS, "status", Status, needed=True)
    concreteness = thing.word(vocab.CONCRETENESS, "concreteness", Concreteness, needed=True)
    zh, en = _target_groups(thing)
    return {
        "status": status or Status.UNDETERMINED,
        "concreteness": concreteness or Concreteness.CHECKABLE,
        "actor_known": thing.word(vocab.ACTOR_KNOWN, "actor-known", ActorKnown),
        "programme": thing.flag(vocab.PROGRAMME),
        "lead": thing.stated(vocab.LEAD, lambda said: thing.listed(said, vocab.LEAD_AS_LISTED)),
        "responsible": thing.stated(
            vocab.RESPONSIBLE, lambda said: thing.listed(said, vocab.RESPONSIBLE_AS_LISTED)
        ),
        "due": _date(thing, vocab.DUE, vocab.DUE_FROM, vocab.DUE_TO),
        "target_group_zh": zh,
        "target_group_en": en,
    }


def _target_groups(thing: Thing) -> tuple[str | None, str | None]:
    """For whom, in both languages: either may be missing, but only both can be not stated."""
    found: list[str | None] = [None, None]

    def read(predicate: str) -> str | None:
        found[:] = thing.both(predicate)
        return found[0] or found[1]

    if thing.stated(vocab.TARGET_GROUP, read) == NOT_STATED and not any(found):
        return NOT_STATED, NOT_STATED
    return found[0], found[1]


def _outcome(thing: Thing, statements: Statements) -> dict[str, Any]:
    kind = thing.stated(
        vocab.OUTCOME_TYPE, lambda said: thing.word(said, "outcome-type", OutcomeType)
    )
    if kind == NOT_STATED:
        thing.refuse("not-listed", vocab.OUTCOME_TYPE, NOT_STATED)
        kind = None
    figure = Figure(
        outcome_type=OutcomeType(kind) if kind else None,
        recipient=thing.stated(vocab.RECIPIENT, thing.id_of),
        issuer=thing.stated(vocab.AWARD_ISSUER, thing.id_of),
        year=_checked_date(thing, thing.stated(vocab.YEAR, _text_of(thing)), vocab.YEAR),
        presupposed=thing.flag(vocab.PRESUPPOSED),
        computed=thing.flag(vocab.COMPUTED),
        **_figure(thing, statements),
    )
    return {"figure": figure}


def _figure(outcome: Thing, statements: Statements) -> dict[str, Any]:
    """The number of an outcome: its parts on the figure, their absence on the outcome."""
    observed = _part(outcome, vocab.HAS_FIGURE, vocab.FIGURE, statements)
    result = _part(observed, vocab.HAS_RESULT, vocab.QUANTITY_VALUE, statements)

    def part(of: Thing, predicate: str, read: Callable[[str], str | None]) -> str | None:
        return outcome.stated(predicate, read, said=of.has(predicate))

    def coded(of: Thing, predicate: str, scheme: str, *, is_closed: bool = True) -> str | None:
        value = part(of, predicate, lambda said: of.concept(said, scheme))
        if is_closed and value and value not in (NOT_STATED, *vocab.CONCEPTS[scheme]):
            of.refuse("not-listed", predicate, value)
        return value

    def number(predicate: str) -> int | float | str | None:
        if result.has(vocab.VALUE_TEXT) and not result.has(predicate):
            return result.text(vocab.VALUE_TEXT, absent=None)
        return result.number(predicate)

    said = result.has(vocab.NUMERIC_VALUE) or result.has(vocab.VALUE_TEXT)
    read = {
        "value": outcome.stated(vocab.NUMERIC_VALUE, number, said=said),
        "unit": coded(result, vocab.HAS_UNIT, "unit", is_closed=False),
        "comparator": coded(observed, vocab.COMPARATOR, "comparator"),
        "change": coded(observed, vocab.CHANGE, "change"),
        "good": coded(observed, vocab.GOOD, "good"),
        "period": part(
            observed,
            vocab.PERIOD,
            lambda said: observed.date(said, vocab.PERIOD_FROM, vocab.PERIOD_TO),
        ),
        **{
            name: part(observed, predicate, _text_of(observed))
            for name, predicate in (
                ("verbatim", vocab.VERBATIM),
                ("target", vocab.TARGET),
                ("baseline", vocab.BASELINE),
                ("denominator", vocab.DENOMINATOR),
            )
        },
    }
    for thing in (observed, result):
        thing.finish()
    return read


def _part(of: Thing, predicate: str, main: str, statements: Statements) -> Thing:
    """A thing that belongs to another; one of which nothing is said where there is none."""
    from kg.sources.rdf_terms import Thing

    iri = of.iri_of(predicate)
    found = statements.take_as(iri, main)
    if found is None and iri is not None:
        of.refuse("rdf-missing", predicate, iri)
    return found or Thing(of.iri, [], statements)


def _text_of(thing: Thing) -> Callable[[str], str | None]:
    return lambda predicate: thing.text(predicate, absent=None)


def _type(thing: Thing, kind: Kind | None) -> str | None:
    scheme = "type" if kind is None else _TYPE_SCHEMES[kind]
    return thing.stated(vocab.NODE_TYPE, lambda said: thing.concept(said, scheme), belongs=False)


def _date(thing: Thing, predicate: str, first: str, last: str) -> str | None:
    return thing.stated(predicate, lambda said: thing.date(said, first, last))


def _checked_date(thing: Thing, value: str | None, predicate: str) -> str | None:
    from kg.sources.values import Refused, parse_date

    if value is not None and value != NOT_STATED:
        try:
            parse_date(value)
        except Refused as refused:
            thing.refuse(refused.reason, predicate, value)
    return value


def _set(thing: Thing) -> dict[str, Any]:
    return {
        "is_set": thing.flag(vocab.IS_SET),
        "open_list": thing.flag(vocab.OPEN_LIST),
        "announced": thing.stated(vocab.ANNOUNCED, thing.whole),
    }


def _read_collection(thing: Thing, item: str, read: ReadNodes) -> None:
    classes = thing.types & {vocab.COLLECTION, vocab.ORDERED_COLLECTION}
    members, begins = thing.ids(vocab.MEMBER), thing.iri_of(vocab.MEMBER_LIST)
    if classes or members or begins:
        read.collections[item] = Collection(classes, members, begins)


def _read_inferred(thing: Thing, statements: Statements, read: ReadNodes) -> None:
    """What follows from coverage and gaps is computed anew; here it must only make sense.

    It is kept to be told where it is not what follows.
    """
    for said in vocab.CONTRIBUTES_AT.values():
        if thing.has(said):
            for iri in thing.iris(said):
                read.inferred.add((thing.iri, said, iri))
                if statements.id_of(iri) is None:
                    thing.refuse("rdf-no-id", said, iri)
    for said, allowed in (
        *((said, _RUNGS) for said in vocab.LEVEL_AT.values()),
        *((said, _GAPS) for said in (*vocab.OPEN_AT.values(), vocab.OPEN_ALWAYS)),
    ):
        if thing.has(said):
            found = set(thing.iris(said))
            read.inferred.update((thing.iri, said, iri) for iri in found)
            for iri in found - allowed:
                thing.refuse("not-listed", said, iri)


_FIELDS: Final = {
    Kind.DIRECTIVE: _directive,
    Kind.STRATEGY: _strategy,
    Kind.BATTLE: _battle,
    Kind.MEASURE: _measure,
    Kind.OUTCOME: _outcome,
}
