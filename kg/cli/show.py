"""`kg show`, `kg list` and `kg explain`: one thing with its evidence, things, meanings."""

from __future__ import annotations

from kg.cli.commands import KgCommand, OneOf
from kg.cli.coverage import kind_aliases
from kg.cli.loading import (
    check_against_sources,
    quote_statuses,
    read_dataset,
    read_upkeep_beside,
)
from kg.cli.options import (
    ROW_FORMATS,
    TABLE,
    Session,
    answer,
    build_command,
    sources_option,
    text_argument,
)
from kg.codes import CODES
from kg.model import Kind
from kg.words import Words


def show_command(words: Words) -> KgCommand:
    """`kg show ID`."""
    params = [text_argument(words, "item", "id"), sources_option(words)]
    return build_command(words, "show", _show, params=params, formats=(TABLE, "json"))


def _show(session: Session, item: str, sources: str | None) -> None:
    from kg.analysis.coverage import find_coverage
    from kg.analysis.rules import find_gaps
    from kg.analysis.upkeep import judge_upkeep
    from kg.graph.build import build_graph
    from kg.report.thing_view import show_lines
    from kg.report.things import show_document

    dataset = read_dataset(session)
    check, _ = check_against_sources(session, dataset, sources)
    graph = build_graph(dataset)
    coverage = find_coverage(graph)
    document = show_document(
        graph,
        coverage,
        find_gaps(graph, coverage),
        item,
        session.words,
        statuses=quote_statuses(check),
        upkeep=judge_upkeep(dataset, read_upkeep_beside(session)),
    )
    answer(
        session,
        document=document,
        lines=lambda width: show_lines(document, session.words, width=width),
    )


def list_command(words: Words) -> KgCommand:
    """`kg list KIND`."""
    kind = text_argument(words, "kind", "kind", type=OneOf(tuple(Kind), kind_aliases()))
    return build_command(words, "list", _list, params=[kind], formats=ROW_FORMATS)


def _list(session: Session, kind: str) -> None:
    from kg.report.rows import list_rows
    from kg.report.thing_view import list_lines
    from kg.report.things import list_document

    document = list_document(read_dataset(session), Kind(kind))
    words = session.words
    answer(
        session,
        document=document,
        lines=lambda width: list_lines(document, words, width=width),
        rows=lambda: list_rows(document, words),
        sentences=lambda: (
            words.say(
                "view.list.answer", kind=words.say(f"kinds.{kind}"), count=len(document["items"])
            ),
        ),
    )


def explain_command(words: Words) -> KgCommand:
    """`kg explain CODE|basis|levels`."""
    topics = (*CODES, "basis", "levels")
    aliases = {code.lower(): code for code in CODES}
    aliases |= {"bases": "basis", "level": "levels", "依据": "basis", "层级": "levels"}
    topic = text_argument(words, "topic", "topic", type=OneOf(topics, aliases))
    return build_command(words, "explain", _explain, params=[topic], formats=(TABLE, "json"))


def _explain(session: Session, topic: str) -> None:
    from kg.report.counts_view import explain_document, explain_lines

    answer(
        session,
        document=explain_document(topic, session.words),
        lines=lambda width: explain_lines(topic, session.words, width=width),
    )
