"""Coverage and gaps of a graph document, read off the enumerated chains (§2.6-2.8).

A second reading of the design, written to be obvious rather than fast. Shares no code with `kg`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from .chains import BASES, BLANK, Chain, Json, World, read_world
from .standing import (
    RUNGS,
    Standing,
    Standings,
    find_standings,
    interval,
    is_figure,
    is_good,
    is_prior,
    is_undated,
)


def coverage(
    graph: Json,
    *,
    include_prior: bool = False,
    issuer: str | None = None,
    all_issuers: bool = False,
) -> Json:
    """Coverage of every directive: `directives`, `summary`, `legs` of `kg-coverage/1`.

    Parameters
    ----------
    graph
        A document in the `kg-graph/1` shape; the least of it is enough.
    include_prior
        Whether an outcome older than a directive raises it nevertheless.
    issuer, all_issuers
        Whose directives the totals count; without either, those of `dataset.focus_issuer`.
    """
    world = read_world(graph)
    standings = find_standings(world, include_prior=include_prior)
    directives = world.of_kind("directive")
    focus = issuer if issuer is not None else graph.get("dataset", {}).get("focus_issuer")
    chosen = [
        name
        for name in directives
        if all_issuers or focus is None or world.nodes[name].get("issuer") == focus
    ]
    return {
        "directives": [_to_row(world, name, standings) for name in directives],
        "summary": _total([name for name in chosen if not _wholes(world, name)], standings),
        "legs": _total([name for name in chosen if _wholes(world, name)], standings),
    }


def gaps(graph: Json, *, as_of: str | None = None, include_prior: bool = False) -> list[Json]:
    """All findings KG1xx-KG4xx as `code, id, severity, basis, open`, sorted by code and id.

    Parameters
    ----------
    graph
        A document in the `kg-graph/1` shape.
    as_of
        The day on which dates are judged; without it nothing is overdue.
    include_prior
        Whether an outcome older than a directive raises it nevertheless.
    """
    world = read_world(graph)
    standings = find_standings(world, include_prior=include_prior)
    found = [
        *_directive_gaps(world, standings),
        *_strategy_and_battle_gaps(world),
        *_set_gaps(world),
        *_measure_gaps(world),
        *_overdue_gaps(world, as_of),
        *_outcome_gaps(world),
    ]
    return sorted(found, key=lambda finding: (finding["code"], finding["id"]))


# --- rows of coverage (§2.6) ----------------------------------------------------------------------


def _wholes(world: World, directive: str) -> list[str]:
    return sorted(whole for whole, legs in world.legs.items() if directive in legs)


def _to_row(world: World, directive: str, standings: Standings) -> Json:
    own = standings[directive]
    legs = world.legs[directive]
    outcomes = sorted(
        {
            chain.item
            for chain in world.chains[directive]
            if world.nodes[chain.item]["kind"] == "outcome" and is_good(world, chain)
        }
    )
    return {
        "id": directive,
        "parent": next(iter(_wholes(world, directive)), None),
        "legs": {
            "total": len(legs),
            "open": {
                name: sum(not standings[leg][basis].with_measure for leg in legs)
                for basis, name in enumerate(BASES)
            },
        },
        "level": _per_basis(own, lambda stand: RUNGS[stand.level]),
        "with_measure": _per_basis(own, lambda stand: stand.with_measure),
        "direct_measures": {
            name: len(_direct_measures(world, directive, basis)) for basis, name in enumerate(BASES)
        },
        "measures": _per_basis(own, lambda stand: len(stand.measures)),
        "planned": _per_basis(own, lambda stand: len(stand.planned)),
        "outcomes": _per_basis(own, lambda stand: len(stand.outcomes)),
        "figures": _per_basis(own, lambda stand: len(stand.figures)),
        "chain": _per_basis(own, lambda stand: _to_chain(stand.chain)),
        "prior": [name for name in outcomes if is_prior(world, name, directive)],
        "undated": [name for name in outcomes if is_undated(world, name, directive)],
    }


def _per_basis(standings: tuple[Standing, ...], look: Callable[[Standing], object]) -> Json:
    return {name: look(stand) for name, stand in zip(BASES, standings, strict=True)}


def _direct_measures(world: World, directive: str, basis: int) -> set[str]:
    return {
        chain.item
        for chain in world.chains[directive]
        if len(chain.links) == 1 and chain.strength <= basis and world.is_counting(chain.item)
    }


def _to_chain(chain: Chain | None) -> Json | None:
    return None if chain is None else {"ids": list(chain.nodes), "links": list(chain.links)}


def _total(directives: list[str], standings: Standings) -> Json:
    return {
        name: {
            "with_measure": sum(standings[each][basis].with_measure for each in directives),
            "with_outcome": sum(standings[each][basis].with_outcome for each in directives),
            "with_figure": sum(standings[each][basis].with_figure for each in directives),
            "total": len(directives),
        }
        for basis, name in enumerate(BASES)
    }


# --- gaps (§2.8) ---------------------------------------------------------------------------------


def _basis_gap(code: str, name: str, is_open: Iterable[bool]) -> Iterator[Json]:
    """The one row of a gap that is asked at every basis, if it is open at any."""
    bases = [basis for basis, here in zip(BASES, is_open, strict=True) if here]
    if bases:
        severity = "high" if "interpreted" in bases else "medium"
        yield {"code": code, "id": name, "severity": severity, "basis": bases[-1], "open": bases}


def _plain_gap(code: str, name: str) -> Json:
    """A gap that does not depend on a basis (marked ° in the design)."""
    return {"code": code, "id": name, "severity": "low", "basis": None, "open": None}


def _unreached(chains: Iterable[Chain]) -> list[bool]:
    """At each basis, whether none of the chains is that strong."""
    strongest = min((chain.strength for chain in chains), default=len(BASES))
    return [strongest > basis for basis in range(len(BASES))]


def _directive_gaps(world: World, standings: Standings) -> Iterator[Json]:
    for name, own in standings.items():
        legs = [standings[leg] for leg in world.legs[name]]
        no_leg_open = [all(leg[basis].with_measure for leg in legs) for basis in range(len(BASES))]
        yield from _basis_gap("KG101", name, [not at.planned_at_least for at in own])
        yield from _basis_gap(
            "KG102", name, [at.planned_at_least and not at.with_measure for at in own]
        )
        yield from _basis_gap("KG103", name, [not at.with_outcome for at in own])
        yield from _basis_gap("KG104", name, [not at.with_figure for at in own])
        yield from _basis_gap("KG106", name, [not closed for closed in no_leg_open])
        yield from _basis_gap(
            "KG107", name, [at.with_measure and len(at.measures) == 1 for at in own]
        )


def _strategy_and_battle_gaps(world: World) -> Iterator[Json]:
    for name in world.of_kind("strategy", "battle"):
        if world.is_filled_set(name):
            continue
        is_battle = world.nodes[name]["kind"] == "battle"
        chains = world.chains[name]
        yield from _basis_gap(
            "KG202" if is_battle else "KG201",
            name,
            _unreached(chain for chain in chains if world.is_counting(chain.item)),
        )
        if is_battle:
            yield from _basis_gap(
                "KG203",
                name,
                _unreached(
                    chain
                    for chain in chains
                    if world.nodes[chain.item]["kind"] == "outcome" and is_good(world, chain)
                ),
            )


def _set_gaps(world: World) -> Iterator[Json]:
    for name in world.nodes:
        if not world.is_set(name):
            continue
        announced = world.nodes[name].get("announced")
        if not world.members[name]:
            yield _plain_gap("KG205", name)
        elif announced not in BLANK and announced != len(world.members[name]):
            yield _plain_gap("KG204", name)


def _measure_gaps(world: World) -> Iterator[Json]:
    for name in world.of_kind("measure"):
        if not _has_actor(world, name):
            yield _plain_gap("KG303", name)
        if world.is_slogan(name):
            yield _plain_gap("KG304", name)
        elif not world.is_filled_set(name):
            yield from _basis_gap("KG301", name, _unreached(_chains_to_directives(world, name)))
            yield from _basis_gap("KG302", name, _unreached(_chains_from_results(world, name)))


def _has_actor(world: World, measure: str) -> bool:
    node = world.nodes[measure]
    is_named = node.get("lead") not in BLANK or node.get("responsible") not in BLANK
    return is_named or world.has_live_link(measure, "performedBy")


def _chains_to_directives(world: World, item: str) -> Iterator[Chain]:
    for directive in world.of_kind("directive"):
        yield from (chain for chain in world.chains[directive] if chain.item == item)


def _chains_from_results(world: World, measure: str) -> Iterator[Chain]:
    """Chains from an outcome of the measure or of a part of it, at any depth."""
    for chain in world.chains[measure]:
        is_from_outcome = world.nodes[chain.item]["kind"] == "outcome"
        if is_from_outcome and set(chain.relations) <= {"partOf", "resultOf"}:
            yield chain


def _overdue_gaps(world: World, as_of: str | None) -> Iterator[Json]:
    if as_of is None:
        return
    day = interval(as_of)[0]
    for name in world.of_kind("measure"):
        node = world.nodes[name]
        is_asked = node.get("status") == "planned" and not world.is_filled_set(name)
        if is_asked and node.get("due") not in BLANK and interval(node["due"])[1] < day:
            yield _plain_gap("KG305", name)


def _outcome_gaps(world: World) -> Iterator[Json]:
    for name in world.of_kind("outcome"):
        node = world.nodes[name]
        ways_out = _ways_out(world, name)
        if not ways_out:
            yield _plain_gap("KG401", name)
        if is_figure(node) and any(
            node.get(field) == "not-stated" for field in ("baseline", "period", "denominator")
        ):
            yield _plain_gap("KG402", name)
        is_award = node.get("outcome_type") == "award"
        if is_award and node.get("issuer") in BLANK and not world.has_live_link(name, "awardedBy"):
            yield _plain_gap("KG403", name)
        if any(
            is_prior(world, name, chain.nodes[-1])
            for chain in _chains_to_directives(world, name)
            if is_good(world, chain)
        ):
            yield _plain_gap("KG404", name)
        if any(world.is_slogan(out) or world.is_planned(out) for out in ways_out):
            yield _plain_gap("KG405", name)


def _ways_out(world: World, outcome: str) -> set[str]:
    """What the outcome results from, by its own `resultOf` or by one it inherits."""
    return {
        chain.way_out
        for chains in world.chains.values()
        for chain in chains
        if chain.item == outcome and world.nodes[chain.way_out]["kind"] != "outcome"
    }
