"""`kg trace`: the chains of one thing, up and down, and where they break."""

from __future__ import annotations

import click

from kg.cli.commands import KgCommand
from kg.cli.loading import check_against_sources, quote_statuses, read_dataset
from kg.cli.options import TABLE, Session, answer, build_command, sources_option, text_argument
from kg.errors import UnknownNodeError, UsageError
from kg.model import Dataset
from kg.words import Words

# So many candidates are listed where a name may mean several things.
_LISTED = 8


def trace_command(words: Words) -> KgCommand:
    """`kg trace ID`."""
    params = [
        text_argument(words, "thing", "thing"),
        sources_option(words),
        click.Option(["--all", "all_chains"], is_flag=True),
    ]
    return build_command(words, "trace", _trace, params=params, formats=(TABLE, "json", "md"))


def _trace(session: Session, thing: str, *, sources: str | None, all_chains: bool) -> None:
    from kg.analysis.trace import find_trace
    from kg.graph.build import build_graph
    from kg.report.trace_view import SHOWN_CHAINS, trace_lines, trace_rows, trace_sentences
    from kg.report.traces import trace_document

    words = session.words
    dataset = read_dataset(session)
    item = named_item(session, dataset, thing, where="kg trace")
    _refuse_link(dataset, item)
    check, texts = check_against_sources(session, dataset, sources)
    graph = build_graph(dataset)
    trace = find_trace(graph, item, texts=texts)
    document = trace_document(graph, trace, statuses=quote_statuses(check), texts=texts)
    most = None if all_chains else SHOWN_CHAINS
    answer(
        session,
        document=document,
        lines=lambda width: trace_lines(document, words, width=width, most=most),
        rows=lambda: trace_rows(document, words, most=most),
        sentences=lambda: trace_sentences(document, words),
    )


def named_item(session: Session, dataset: Dataset, text: str, *, where: str) -> str:
    """The one id that a text means.

    Raises
    ------
    UnknownNodeError
        Where nothing fits.
    UsageError
        Where several things do: it lists them.
    """
    from kg.analysis.named import find_named

    found = find_named(dataset, text)
    if not found:
        raise UnknownNodeError("nothing-named", where=where, text=text)
    if len(found) > 1:
        comma = session.words.say("list.comma")
        names = {node.id: node.label(session.words.lang) for node in dataset.nodes}
        listed = comma.join(f"{item} {names[item]}" for item in found[:_LISTED])
        if len(found) > _LISTED:
            listed += "…"
        raise UsageError(
            "ambiguous-item", where=where, text=text, count=len(found), candidates=listed
        )
    return found[0]


def _refuse_link(dataset: Dataset, item: str) -> None:
    for link in dataset.links:
        if link.id == item:
            raise UsageError(
                "trace-link", where="kg trace", id=item, source=link.source, target=link.target
            )
