"""What carries the coverage, against exhaustion on random graphs of at most twelve links."""

from __future__ import annotations

import itertools
import random
from collections.abc import Collection, Iterator
from dataclasses import replace

import pytest

from kg.analysis.coverage import Coverage, cover_ground, find_coverage
from kg.analysis.critical import Critical, find_critical
from kg.analysis.cuts import find_cut
from kg.analysis.ground import lay_ground
from kg.analysis.keepers import find_keepers
from kg.analysis.removal import (
    fall_of_items,
    fall_of_mentions,
    find_standing,
    mentions_in,
    without,
    without_links,
)
from kg.graph.build import build_graph
from kg.model import (
    BASES,
    CARRYING_RELATIONS,
    Basis,
    Dataset,
    Kind,
    Link,
    Mention,
    Node,
    Passage,
    Relation,
    Role,
    Status,
)
from kg.sources.graph_json import read_graph_document
from tests.oracle.graphs import graph_of, random_graph

MOST_LINKS = 12
SEEDS = range(150)


def small_dataset(seed: int) -> Dataset:
    """A random data set of at most twelve links."""
    dataset = read_graph_document(random_graph(random.Random(seed))).dataset
    return replace(dataset, links=dataset.links[:MOST_LINKS])


def with_passages(dataset: Dataset, seed: int) -> Dataset:
    """The same with mentions of everything, at places drawn from eight passages of one source."""
    rng = random.Random(seed)

    def mentions(item: str, roles: tuple[Role, ...]) -> tuple[Mention, ...]:
        return tuple(
            Mention(item, "s1", start, start + rng.choice((3, 6)), "四字相同" * 2, role=role)
            for role in roles
            for start in sorted(rng.sample(range(0, 75, 5), rng.choice((1, 1, 2))))
        )

    ends = (Role.SOURCE, Role.TARGET)
    return replace(
        dataset,
        nodes=tuple(
            replace(node, mentions=mentions(node.id, (Role.WHOLE,))) for node in dataset.nodes
        ),
        links=tuple(
            replace(link, mentions=mentions(link.id, (*ends, Role.CUE))) for link in dataset.links
        ),
        passages=tuple(
            Passage("s1", start, start + 10, "", start // 20, start // 20, (), "")
            for start in range(0, 80, 10)
        ),
    )


def covered(dataset: Dataset) -> Coverage:
    return find_coverage(build_graph(dataset))


def critical_of(dataset: Dataset) -> Critical:
    return find_critical(build_graph(dataset))


def lowered(before: Coverage, after: Coverage) -> set[tuple[str, Basis]]:
    """The directives, each with a basis, that are lower than they were."""
    return {
        (row.id, basis)
        for row in before.directives
        for basis in BASES
        if after.row(row.id).at[basis].level.height < row.at[basis].level.height
    }


def without_measure(coverage: Coverage) -> set[tuple[str, Basis]]:
    return {
        (row.id, basis)
        for row in coverage.directives
        for basis in BASES
        if not row.at[basis].with_measure
    }


def hops_of(dataset: Dataset) -> list[Link]:
    """The links that may fall in a cut: those that carry, without legs."""
    kinds = {node.id: node.kind for node in dataset.nodes}
    return [
        link
        for link in dataset.links
        if link.carries
        and not (
            link.relation is Relation.PART_OF
            and kinds[link.source] is kinds[link.target] is Kind.DIRECTIVE
        )
    ]


def drop(dataset: Dataset, links: Collection[Link]) -> Dataset:
    gone = {link.id for link in links}
    return replace(dataset, links=tuple(link for link in dataset.links if link.id not in gone))


def smallest_cuts(dataset: Dataset) -> dict[tuple[str, Basis], int]:
    """How many links must fall at least, by trying all subsets, the smaller first."""
    found: dict[tuple[str, Basis], int] = {}
    everything = {(row.id, basis) for row in covered(dataset).directives for basis in BASES}
    hops = hops_of(dataset)
    for size in range(len(hops) + 1):
        for links in itertools.combinations(hops, size):
            for pair in without_measure(covered(drop(dataset, links))):
                found.setdefault(pair, size)
        if len(found) == len(everything):
            break
    return {pair: size for pair, size in found.items() if size}


@pytest.mark.parametrize("seed", SEEDS)
def test_the_links_that_lower_a_level_are_those_that_exhaustion_finds(seed: int) -> None:
    dataset = small_dataset(seed)
    before = covered(dataset)
    critical = critical_of(dataset)
    said = {
        (row.id, basis, link)
        for row in critical.directives
        for basis in BASES
        for link in row.at[basis].links
    }
    found = {
        (*pair, link.id)
        for link in dataset.links
        for pair in lowered(before, covered(drop(dataset, [link])))
    }
    assert said == found


@pytest.mark.parametrize("seed", SEEDS)
def test_the_smallest_cut_is_that_of_exhaustion_and_does_what_it_says(seed: int) -> None:
    dataset = small_dataset(seed)
    cuts = {
        (row.id, basis): row.at[basis].cut
        for row in critical_of(dataset).directives
        for basis in BASES
    }
    assert {pair: cut.size for pair, cut in cuts.items() if cut} == smallest_cuts(dataset)
    by_id = {link.id: link for link in dataset.links}
    for pair, cut in cuts.items():
        if cut:
            left = drop(dataset, [by_id[link] for link in cut.links])
            assert pair in without_measure(covered(left))


@pytest.mark.parametrize("seed", SEEDS)
def test_the_measures_that_carry_most_are_those_that_exhaustion_finds(seed: int) -> None:
    dataset = small_dataset(seed)
    before = covered(dataset)
    bare = without_measure(before)
    standing = find_standing(dataset)
    for load in critical_of(dataset).loads:
        left = without(dataset, fall_of_items(standing, [load.measure]))
        after = covered(left)
        assert set(load.lowers) == lowered(before, after)
        assert set(load.bares) == without_measure(after) - bare


@pytest.mark.parametrize("seed", SEEDS)
def test_the_passages_that_lower_a_level_are_those_that_exhaustion_finds(seed: int) -> None:
    dataset = with_passages(small_dataset(seed), seed)
    before = covered(dataset)
    standing = find_standing(dataset)
    critical = critical_of(dataset)
    for passage in dataset.passages:
        hit = mentions_in(dataset, passage.source, passage.start, passage.end)
        removal = fall_of_mentions(standing, hit)
        # The directives stay, so that they can be compared; all that falls of them is links.
        directives = {row.id for row in before.directives}
        kept = replace(removal, nodes=tuple(n for n in removal.nodes if n not in directives))
        found = lowered(before, covered(without(dataset, kept)))
        said = {
            (row.id, basis)
            for row in critical.directives
            for basis in BASES
            if passage in row.at[basis].passages
        }
        assert said == found
        own = {row.id for row in critical.directives if passage in row.own}
        assert own == set(removal.nodes) & directives


@pytest.mark.parametrize("seed", SEEDS)
def test_the_smallest_set_of_measures_is_that_of_exhaustion(seed: int) -> None:
    dataset = small_dataset(seed)
    ground = lay_ground(build_graph(dataset))
    coverage = cover_ground(ground)
    rows = {row.id: row for row in coverage.directives}
    for basis in BASES:
        keepers = find_keepers(ground, rows, basis)
        bare = {pair for pair in without_measure(coverage) if pair[1] is basis}
        smallest = next(
            choice
            for choice in choices(dataset)
            if {p for p in without_measure(covered(only(dataset, choice))) if p[1] is basis} == bare
        )
        kept = without_measure(covered(only(dataset, keepers.measures)))
        assert {pair for pair in kept if pair[1] is basis} == bare
        assert (len(keepers.measures), keepers.exact) == (len(smallest), True)


def choices(dataset: Dataset) -> Iterator[tuple[str, ...]]:
    measures = [node.id for node in dataset.nodes if node.kind is Kind.MEASURE]
    for size in range(len(measures) + 1):
        yield from itertools.combinations(measures, size)


def only(dataset: Dataset, measures: Collection[str]) -> Dataset:
    """The data set in which no other measure counts: the others are planned."""
    return replace(
        dataset,
        nodes=tuple(
            node
            if node.id in measures or node.kind is not Kind.MEASURE
            else replace(node, status=Status.PLANNED)
            for node in dataset.nodes
        ),
    )


@pytest.mark.parametrize("seed", SEEDS)
def test_taking_links_from_the_ground_is_laying_it_anew(seed: int) -> None:
    dataset = small_dataset(seed)
    ground = lay_ground(build_graph(dataset))
    rng = random.Random(seed)
    carrying = [link for link in dataset.links if link.relation in CARRYING_RELATIONS]
    for _ in range(8):
        links = rng.sample(carrying, min(len(carrying), rng.choice((1, 2, 4))))
        assert cover_ground(without_links(ground, links)) == covered(drop(dataset, links))


def test_a_set_of_measures_that_would_count_alone_is_not_emptied_but_cut_off() -> None:
    # Emptied of m, the set s is a measure of its own that still reaches d on two ways.
    document = graph_of(
        """
        m partOf s stated
        s implements t1 stated
        s implements t2 stated
        t1 addresses d stated
        t2 addresses d stated
        """,
        s={"kind": "measure", "set": True},
    )
    dataset = read_graph_document(document).dataset
    ground = lay_ground(build_graph(dataset))
    cut = find_cut(ground, "d", Basis.INTERPRETED)
    assert cut is not None
    assert cut.size == 2
    assert smallest_cuts(dataset)["d", Basis.INTERPRETED] == 2


def test_above_twenty_five_measures_that_differ_the_set_is_greedy_and_says_so() -> None:
    pairs = list(itertools.combinations(range(8), 2))[:26]
    nodes = [Node(f"d{number}", Kind.DIRECTIVE) for number in range(8)]
    nodes += [Node(f"m{place:02}", Kind.MEASURE) for place in range(len(pairs))]
    links = [
        Link(f"l{place:02}-{end}", f"m{place:02}", Relation.ADDRESSES, f"d{end}", Basis.STATED)
        for place, ends in enumerate(pairs)
        for end in ends
    ]
    critical = critical_of(Dataset(tuple(nodes), tuple(links)))
    keepers = critical.keepers[Basis.STATED]
    assert (keepers.exact, keepers.among) == (False, 26)
    assert keepers.directives == tuple(f"d{number}" for number in range(8))
    few = critical_of(Dataset(tuple(nodes[:-1]), tuple(links[:-2]))).keepers[Basis.STATED]
    assert (len(few.measures), few.exact, few.among) == (4, True, 25)
