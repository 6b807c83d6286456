"""`kg page`: the interactive page, whole or of a part, with or without the source text."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

import click

from kg.cli.commands import KgCommand, OneOf
from kg.cli.coverage import kind_aliases
from kg.cli.loading import check_against_sources, quote_statuses, read_dataset
from kg.cli.options import Session, build_command, sources_option, text_option
from kg.cli.streams import write_output
from kg.errors import UnknownNodeError, UsageError
from kg.model import BANDED_KINDS, BASES, Basis, Dataset, Kind
from kg.words import Words, load_words

if TYPE_CHECKING:
    from kg.page.choice import Part

_KINDS = (*BANDED_KINDS, Kind.ORGANISATION)


def page_command(words: Words) -> KgCommand:
    """`kg page -o FILE.html`."""
    bases = {load_words("zh").say(f"basis.{basis}"): str(basis) for basis in BASES}
    kinds = {name: kind for name, kind in kind_aliases().items() if kind in _KINDS}
    params = [
        text_option(words, "--focus", "id"),
        text_option(words, "--depth", "steps"),
        click.Option(
            ["--kind", "kinds"],
            type=OneOf(_KINDS, kinds),
            metavar=words.say("cli.metavar.kind"),
            multiple=True,
        ),
        click.Option(["--basis"], type=OneOf(BASES, bases), default=BASES[0]),
        text_option(words, "--title", "text"),
        click.Option(["--with-text"], is_flag=True),
        sources_option(words),
        click.Option(["--open", "open_"], is_flag=True),
    ]
    return build_command(words, "page", _page, params=params)


def _page(
    session: Session,
    *,
    focus: str | None,
    depth: str | None,
    kinds: tuple[str, ...],
    basis: str,
    title: str | None,
    with_text: bool,
    sources: str | None,
    open_: bool,
) -> None:
    from kg.analysis.coverage import find_coverage
    from kg.analysis.rules import find_gaps
    from kg.graph.build import build_graph
    from kg.page.html import build_page

    output = _output_of(session, open_=open_)
    if with_text and not sources:
        raise UsageError("sources-needed", where="kg page --with-text")
    dataset = read_dataset(session)
    part = _part(dataset, focus, _steps(depth), tuple(Kind(kind) for kind in kinds))
    check, texts = check_against_sources(session, dataset, sources)
    graph = build_graph(dataset)
    coverage = find_coverage(graph)
    page = build_page(
        dataset,
        coverage,
        find_gaps(graph, coverage),
        lang=session.words.lang,
        basis=Basis(basis),
        quote_statuses=quote_statuses(check),
        texts=texts if with_text else None,
        part=part,
        title=title,
    )
    write_output(page, output)
    if output == "-":
        return
    session.note("written", path=output)
    if part.is_cut:
        _note_what_is_left_out(session, part)
    if texts and with_text:
        session.note("page-holds-text")
    if open_:
        _open(session, Path(output))


def _output_of(session: Session, *, open_: bool) -> str:
    if session.output is None or (open_ and session.output == "-"):
        raise UsageError("output-needed", where="-o", example="kg page -o FILE.html")
    return session.output


def _steps(depth: str | None) -> int | None:
    if depth is None:
        return None
    if not (depth.isascii() and depth.isdigit() and len(depth) < 10):
        raise UsageError("bad-number", where="kg page --depth", text=depth)
    return int(depth)


def _part(dataset: Dataset, focus: str | None, depth: int | None, kinds: tuple[Kind, ...]) -> Part:
    from kg.page.choice import choose_part

    try:
        return choose_part(dataset, focus=focus, depth=depth, kinds=kinds)
    except KeyError:
        raise UnknownNodeError("unknown-node", where="kg page --focus", id=focus or "") from None


def _note_what_is_left_out(session: Session, part: Part) -> None:
    facts: Mapping[str, int] = {"shown": part.shown, "total": part.total}
    session.note("page-cut", **facts)


def _open(session: Session, path: Path) -> None:
    """Show the page in the person's browser, where there is one."""
    import webbrowser

    if not webbrowser.open(path.resolve().as_uri()):
        session.note("not-opened", path=str(path))
