"""Which relation may stand between which kinds (design §2.2): one table."""

from __future__ import annotations

from typing import Final

from kg.model import Kind, Link, Node, Relation

_K = Kind
_ANY: Final = frozenset(Kind)
_ACTORS: Final = frozenset({_K.ORGANISATION, _K.PERSON})
_WORK: Final = frozenset({_K.STRATEGY, _K.BATTLE, _K.MEASURE})

# relation → pairs of (kinds of the source, kinds of the target)
ALLOWED: Final[dict[Relation, tuple[tuple[frozenset[Kind], frozenset[Kind]], ...]]] = {
    Relation.ADDRESSES: ((_WORK | {_K.DIRECTIVE}, frozenset({_K.DIRECTIVE})),),
    Relation.IMPLEMENTS: (
        (frozenset({_K.BATTLE, _K.MEASURE}), frozenset({_K.STRATEGY, _K.BATTLE})),
        (frozenset({_K.MEASURE}), frozenset({_K.MEASURE})),
    ),
    Relation.PART_OF: tuple((frozenset({kind}), frozenset({kind})) for kind in Kind),
    Relation.RESULT_OF: ((frozenset({_K.OUTCOME}), _WORK),),
    Relation.ECHOES: ((_ANY, _ANY),),
    Relation.PERFORMED_BY: ((_ANY, _ACTORS),),
    Relation.ISSUED_BY: ((frozenset({_K.DIRECTIVE, _K.DOCUMENT}), _ACTORS),),
    Relation.AWARDED_BY: ((frozenset({_K.OUTCOME}), _ACTORS),),
    Relation.AWARDED_TO: ((frozenset({_K.OUTCOME}), _ACTORS | {_K.PLACE}),),
    Relation.CITES: ((_ANY, frozenset({_K.DOCUMENT, _K.EVENT, _K.DIRECTIVE})),),
    Relation.TARGETS: (
        (_ANY, frozenset({_K.RISK, _K.ORGANISATION, _K.PERSON, _K.PLACE, _K.EVENT, _K.DOCUMENT})),
    ),
    Relation.LOCATED_IN: ((_ANY, frozenset({_K.PLACE})),),
    Relation.HELD_POST: ((frozenset({_K.PERSON}), frozenset({_K.ORGANISATION})),),
}

# From the highest: a directive answers only to a higher level than its own.
_LEVELS: Final = ("central", "province", "city", "county")


def is_allowed(link: Link, source: Node, target: Node) -> bool:
    """Whether the relation may stand between the two kinds.

    A directive addresses another only where, both issuer levels being given, the target's
    is higher.
    """
    pairs = ALLOWED[link.relation]
    if not any(source.kind in sources and target.kind in targets for sources, targets in pairs):
        return False
    if link.relation is Relation.ADDRESSES and source.kind is Kind.DIRECTIVE:
        levels = (source.issuer_level, target.issuer_level)
        if all(level in _LEVELS for level in levels):
            return _LEVELS.index(str(levels[1])) < _LEVELS.index(str(levels[0]))
    return True
