"""`kg page`, `kg build` and `kg export`: the page, the RDF files, the graph in other formats."""

from __future__ import annotations

from pathlib import Path

from kg.cli.commands import KgCommand
from kg.cli.loading import read_dataset
from kg.cli.options import Session, build_command, sources_option
from kg.cli.streams import write_output
from kg.errors import UsageError
from kg.words import Words

EXPORT_FORMATS = ("json", "csv", "turtle", "trig", "nquads", "jsonld")


def page_command(words: Words) -> KgCommand:
    """`kg page -o FILE.html`."""
    return build_command(words, "page", _page, params=[sources_option(words)])


def _page(session: Session, sources: str | None) -> None:
    from kg.analysis.coverage import find_coverage
    from kg.analysis.rules import find_gaps
    from kg.graph.build import build_graph
    from kg.page.html import build_page

    output = _needed_output(session, "kg page -o FILE.html")
    dataset = read_dataset(session)
    graph = build_graph(dataset)
    page = build_page(dataset, find_coverage(graph), find_gaps(graph), lang=session.words.lang)
    write_output(page, output)
    if output != "-":
        session.note("written", path=output)


def build_command_(words: Words) -> KgCommand:
    """`kg build -o DIR`."""
    return build_command(words, "build", _build)


def _build(session: Session) -> None:
    from kg.export.linked_data import rdf_files
    from kg.files import write_atomic_dir

    output = _needed_output(session, "kg build -o DIR")
    files = rdf_files(read_dataset(session))
    write_atomic_dir(Path(output), files)
    session.note("written_files", path=output, names=" ".join(sorted(files)))


def export_command(words: Words) -> KgCommand:
    """`kg export --format F`."""
    return build_command(words, "export", _export, formats=EXPORT_FORMATS)


def _export(session: Session) -> None:
    if session.format == "csv":
        _export_ledger(session)
        return
    dataset = read_dataset(session)
    if session.format == "json":
        from kg.export.graph_json import to_json

        session.write(to_json(dataset))
    else:
        from kg.export.linked_data import to_rdf

        session.write(to_rdf(dataset, session.format))


def _export_ledger(session: Session) -> None:
    from kg.export.ledger_csv import to_ledger
    from kg.files import write_atomic_dir

    output = _needed_output(session, "kg export --format csv -o DIR")
    files = to_ledger(read_dataset(session))
    write_atomic_dir(Path(output), files)
    session.note("written_files", path=output, names=" ".join(sorted(files)))


def _needed_output(session: Session, example: str) -> str:
    if session.output is None:
        raise UsageError("output-needed", where="-o", example=example)
    return session.output
