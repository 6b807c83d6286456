"""Links that are disputed, withdrawn or superseded, and counter-evidence: counted apart, told."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Final

from kg.model import BASES, Dataset, LinkStatus, Stance
from kg.words import Words

# So many ids are named; of more, the rest is counted.
_NAMED: Final = 6


def standing_entry(dataset: Dataset) -> dict[str, list[str]]:
    """The links of each status but `current`, and every node or link with counter-evidence."""
    entry = {
        str(status): [link.id for link in dataset.links if link.status is status]
        for status in LinkStatus
        if status is not LinkStatus.CURRENT
    }
    return {
        **entry,
        "against": [
            item.id
            for item in dataset.items
            if any(mention.stance is Stance.AGAINST for mention in item.mentions)
        ],
    }


def standing_sentences(entry: dict[str, list[str]], words: Words) -> Iterator[str]:
    """What is disputed but counts, what counts no more, what has counter-evidence."""
    past = sorted([*entry["withdrawn"], *entry["superseded"]])
    for name, ids in (
        ("disputed", entry["disputed"]),
        ("past", past),
        ("against", entry["against"]),
    ):
        if ids:
            number = "one" if len(ids) == 1 else "many"
            yield words.say(f"standing.{name}_{number}", count=len(ids), ids=named_ids(ids, words))


def named_ids(ids: Iterable[str], words: Words) -> str:
    """Some ids by name, the others as a number."""
    found = list(ids)
    shown = words.say("list.comma").join(found[:_NAMED])
    rest = len(found) - _NAMED
    return words.say("standing.more", ids=shown, count=rest) if rest > 0 else shown


def disputed_chains(
    rows: Iterable[dict[str, object]], disputed: Iterable[str], words: Words
) -> Iterator[str]:
    """A sentence for each directive whose shown chain runs over a disputed link.

    Parameters
    ----------
    rows
        Directives as they stand in `kg-coverage/1`.
    disputed
        The ids of disputed links.
    words
        The language.
    """
    doubtful = frozenset(disputed)
    for row in rows:
        chains = row["chain"]
        assert isinstance(chains, dict)
        found = {
            str(basis): sorted(doubtful & set(chains[str(basis)]["links"]))
            for basis in BASES
            if chains[str(basis)]
        }
        bases = [basis for basis, links in found.items() if links]
        if bases:
            links = sorted({link for basis in bases for link in found[basis]})
            said = words.say("list.comma").join(words.say(f"basis_upto.{b}") for b in bases)
            yield words.say("standing.rests", id=row["id"], bases=said, ids=named_ids(links, words))
