"""`kg locate` and `kg ledger fill`: offsets and digests for those who write ledgers."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

import click

from kg.cli.commands import KgCommand, KgGroup
from kg.cli.loading import read_reading
from kg.cli.options import (
    ROW_FORMATS,
    Session,
    answer,
    build_command,
    shared_options,
    sources_option,
    text_argument,
)
from kg.errors import SourceError, UsageError
from kg.model import Dataset
from kg.words import Words

if TYPE_CHECKING:
    from kg.sources.fill import Candidate

NOTHING_WRITTEN = 1

LEDGER_COMMANDS = {"fill": ("kg.cli.ledger", "fill_command")}


def locate_command(words: Words) -> KgCommand:
    """`kg locate TEXT --sources PATH`."""
    params = [text_argument(words, "text", "text"), sources_option(words)]
    return build_command(words, "locate", _locate, params=params, formats=ROW_FORMATS)


def _locate(session: Session, text: str, sources: str | None) -> None:
    from kg.report.counts import locate_document
    from kg.report.counts_view import locate_lines, locate_sentence
    from kg.report.rows import occurrence_rows

    if not text:
        raise UsageError("empty-text", where="kg locate")
    # A ledger in the making has faults; what it says of its sources is all that is asked.
    dataset = read_reading(session).dataset
    texts = _texts_at(dataset, _needed_sources(sources, "kg locate"))
    document = locate_document(dataset, texts, text)
    answer(
        session,
        document=document,
        lines=lambda width: locate_lines(document, session.words, width=width),
        rows=lambda: occurrence_rows(document, session.words),
        sentences=lambda: (locate_sentence(document, session.words),),
    )


def _needed_sources(sources: str | None, where: str) -> Path:
    if not sources:
        raise UsageError("sources-needed", where=where)
    return Path(sources)


def _texts_at(dataset: Dataset, path: Path) -> Mapping[str, str]:
    """The sources of the data set that lie there; a single other file goes by its name."""
    from kg.files import read_bytes
    from kg.limits import TEXT_FILE_BYTES
    from kg.sources.spans import read_texts

    texts = read_texts(dataset, path)
    if texts:
        return texts
    if path.is_dir():
        raise SourceError("no-source-there", where=str(path))
    data = read_bytes(path, limit=TEXT_FILE_BYTES)
    try:
        return {path.name: data.decode("utf-8")}
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise SourceError("text-not-utf-8", where=str(path), line=line) from error


def ledger_group(words: Words) -> KgGroup:
    """`kg ledger`."""
    return KgGroup(
        words,
        "ledger",
        "cli.ledger",
        LEDGER_COMMANDS,
        params=shared_options(words),
    )


def fill_command(words: Words) -> KgCommand:
    """`kg ledger fill DIR --sources PATH`."""
    params = [text_argument(words, "folder", "folder"), sources_option(words)]
    return build_command(words, "fill", _fill, params=params, key="cli.ledger-fill", output=False)


def _fill(session: Session, folder: str, sources: str | None) -> None:
    from kg.files import write_atomic
    from kg.sources.fill import TABLE, fill_mentions

    filling = fill_mentions(Path(folder), _needed_sources(sources, "kg ledger fill"))
    if filling.candidates:
        session.write("".join(_candidate_lines(filling.candidates, session.words)))
        session.note("nothing_filled", count=len(filling.candidates))
        click.get_current_context().exit(NOTHING_WRITTEN)
    if filling.filled:
        write_atomic(Path(folder) / TABLE, filling.data)
    session.note("filled", filled=filling.filled, rows=filling.rows, table=TABLE)


def _candidate_lines(candidates: tuple[Candidate, ...], words: Words) -> Iterator[str]:
    for candidate in candidates:
        starts = words.say("list.comma").join(str(start) for start in candidate.starts)
        yield (
            words.say(
                "cli.candidate" if starts else "cli.no_candidate",
                line=candidate.line,
                item=candidate.item,
                quote=" ".join(candidate.quote.split()),
                starts=starts,
            )
            + "\n"
        )
