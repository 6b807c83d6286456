"""`kg diff` and `kg trend`: versions of a data set, compared in pairs or in a row."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import click

from kg.cli.commands import KgCommand, OneOf
from kg.cli.options import ROW_FORMATS, Session, answer, build_command, text_argument
from kg.errors import SourceError
from kg.files import bundled
from kg.model import BASES, Basis, Dataset
from kg.words import Words, load_words

if TYPE_CHECKING:
    from kg.sources.policy import Policy


@dataclass(frozen=True, slots=True)
class ReadVersion:
    """A version as it was read, and the policy beside it where that was asked for."""

    name: str
    dataset: Dataset
    policy: Policy | None = None


def read_version(session: Session, spec: str, *, with_policy: bool = False) -> ReadVersion:
    """Read a path, or what git has of the data at a revision.

    Raises
    ------
    KgError
        Where there is none, or a fault would drop or misread a row of it, or its policy
        cannot be read.
    """
    from kg.sources.registry import read_source
    from kg.sources.revisions import open_version
    from kg.validate.faults import refuse_stopping_faults

    data = Path(session.data[0]) if session.data else bundled("data", "liling")
    with open_version(spec, data=data) as path:
        try:
            reading = read_source(str(path))
        except SourceError as error:
            if str(path) not in error.where:
                raise
            # A reader knows the version by the name he gave it, not by where it was put.
            raise SourceError(error.key, where=spec, **error.facts) from error
        policy = _read_policy_of(path, name=spec) if with_policy else None
    for key, facts in reading.notes:
        session.note(key, **dict(facts))
    refuse_stopping_faults(reading, session.words, name=spec)
    return ReadVersion(spec, reading.dataset, policy)


def _read_policy_of(path: Path, *, name: str) -> Policy:
    from kg.sources.policy import Policy, read_policy

    try:
        return read_policy(path if path.is_dir() else path.parent) or Policy()
    except SourceError as error:
        raise SourceError(error.key, where=f"{name} {error.where}", **error.facts) from error


def diff_command(words: Words) -> KgCommand:
    """`kg diff OLD NEW`."""
    params = [text_argument(words, "old", "old"), text_argument(words, "new", "new")]
    return build_command(words, "diff", _diff, params=params, formats=ROW_FORMATS)


def _diff(session: Session, old: str, new: str) -> None:
    from kg.analysis.diff import find_changes
    from kg.analysis.diff_policy import find_policy_changes
    from kg.graph.build import build_graph
    from kg.report.diff import Version, diff_document
    from kg.report.diff_view import diff_lines, diff_rows, diff_sentences
    from kg.sources.policy import Policy

    before = read_version(session, old, with_policy=True)
    after = read_version(session, new, with_policy=True)
    words = session.words
    document = diff_document(
        Version(before.name, before.dataset),
        Version(after.name, after.dataset),
        find_changes(build_graph(before.dataset), build_graph(after.dataset)),
        find_policy_changes(before.policy or Policy(), after.policy or Policy()),
        words,
    )
    answer(
        session,
        document=document,
        lines=lambda width: diff_lines(document, words, width=width),
        rows=lambda: diff_rows(document, words),
        sentences=lambda: diff_sentences(document, words),
    )


def trend_command(words: Words) -> KgCommand:
    """`kg trend FILE...`."""
    aliases = {load_words("zh").say(f"basis.{basis}"): str(basis) for basis in BASES}
    params: list[click.Parameter] = [
        text_argument(words, "files", "versions", nargs=-1, required=True),
        click.Option(["--basis"], type=OneOf(BASES, aliases), default="stated"),
    ]
    return build_command(words, "trend", _trend, params=params, formats=ROW_FORMATS)


def _trend(session: Session, files: Iterable[str], basis: str) -> None:
    from kg.analysis.coverage import find_coverage
    from kg.analysis.rules import find_gaps
    from kg.graph.build import build_graph
    from kg.report.diff import Version, trend_document
    from kg.report.trend_view import trend_lines, trend_rows, trend_sentences

    found = []
    for spec in files:
        dataset = read_version(session, spec).dataset
        graph = build_graph(dataset)
        coverage = find_coverage(graph)
        found.append((Version(spec, dataset), coverage, find_gaps(graph, coverage)))
    document = trend_document(found, basis=Basis(basis))
    words = session.words
    answer(
        session,
        document=document,
        lines=lambda width: trend_lines(document, words, width=width),
        rows=lambda: trend_rows(document, words),
        sentences=lambda: trend_sentences(document, words),
    )
