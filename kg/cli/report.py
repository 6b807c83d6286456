"""`kg report`: the same findings to hand in, as HTML, Markdown, XLSX or DOCX."""

from __future__ import annotations

from pathlib import PurePath
from typing import TYPE_CHECKING, Final

import click

from kg.cli.commands import KgCommand, OneOf
from kg.cli.coverage import to_date
from kg.cli.loading import check_against_sources, folder_of, quote_statuses, read_dataset
from kg.cli.options import Session, build_command, sources_option, text_option
from kg.errors import UnknownNodeError, UsageError
from kg.model import Dataset, Kind
from kg.words import Words

if TYPE_CHECKING:
    from kg.report.content import Document

FORMS: Final = ("html", "md", "xlsx", "docx")
_ENDINGS: Final = {".html": "html", ".htm": "html", ".md": "md", ".xlsx": "xlsx", ".docx": "docx"}


def report_command(words: Words) -> KgCommand:
    """`kg report -o FILE`."""
    params = [
        click.Option(["--format", "form"], type=OneOf(FORMS)),
        text_option(words, "--unit", "unit"),
        text_option(words, "--issuer", "unit"),
        click.Option(["--all", "all_issuers"], is_flag=True),
        text_option(words, "--as-of", "date"),
        click.Option(["--include-prior"], is_flag=True),
        sources_option(words),
    ]
    return build_command(words, "report", _report, params=params)


def _report(
    session: Session,
    *,
    form: str | None,
    unit: str | None,
    issuer: str | None,
    all_issuers: bool,
    as_of: str | None,
    include_prior: bool,
    sources: str | None,
) -> None:
    from kg.analysis.coverage import cover_ground
    from kg.analysis.ground import lay_ground
    from kg.analysis.rules import find_gaps, find_not_judged
    from kg.graph.build import build_graph
    from kg.report.report_document import report_document
    from kg.sources.policy import read_policy

    if issuer and all_issuers:
        raise UsageError("issuer-or-all", where="kg report --all")
    chosen = form or _form_of(session)
    day = to_date(as_of, where="kg report --as-of")
    dataset = read_dataset(session)
    check, _ = check_against_sources(session, dataset, sources)
    graph = build_graph(dataset)
    ground = lay_ground(graph)
    coverage = cover_ground(
        ground, include_prior=include_prior, issuer=issuer, all_issuers=all_issuers
    )
    if issuer and not coverage.chosen and not coverage.chosen_legs:
        known = " ".join(sorted({row.issuer for row in coverage.directives if row.issuer}))
        where = "kg report --issuer"
        raise UnknownNodeError("unknown-issuer", where=where, text=issuer, known=known)
    document = report_document(
        ground,
        coverage,
        find_gaps(graph, coverage, as_of=day),
        session.words,
        statuses=quote_statuses(check),
        unit=find_unit(unit, dataset) if unit is not None else None,
        as_of=day,
        not_judged=find_not_judged(graph, as_of=day),
        policy=read_policy(folder_of(session)),
    )
    session.write(report_bytes(document, session.words, chosen))
    if session.output not in (None, "-"):
        session.note("written", path=str(session.output))


def report_bytes(document: Document, words: Words, form: str) -> str | bytes:
    """The report in one of its forms."""
    if form == "xlsx":
        from kg.report.sheets import report_sheets
        from kg.report.xlsx import format_xlsx

        return format_xlsx(report_sheets(document, words), words)
    from kg.report.report_view import report_blocks

    blocks = report_blocks(document, words)
    if form == "docx":
        from kg.report.docx import format_docx

        return format_docx(blocks, words, date=document["filters"]["as_of"])
    if form == "md":
        from kg.report.report_markdown import format_report

        return format_report(blocks, words)
    from kg.report.html import format_html

    return format_html(blocks, words)


def _form_of(session: Session) -> str:
    """The form that the name of the file says."""
    if session.output is None:
        raise UsageError("output-needed", where="-o", example="kg report -o report.html")
    if session.output == "-":
        raise UsageError("report-form-needed", where="kg report -o -", forms=" ".join(FORMS))
    ending = PurePath(session.output).suffix.lower()
    if ending not in _ENDINGS:
        endings = " ".join(f".{form}" for form in FORMS)
        raise UsageError("report-form", where="kg report -o", name=session.output, endings=endings)
    return _ENDINGS[ending]


def find_unit(text: str, dataset: Dataset) -> str:
    """The id of an organisation or person that is given by its id or by its name.

    Raises
    ------
    UnknownNodeError
        Where there is none.
    UsageError
        Where several have that name.
    """
    actors = [n for n in dataset.nodes if n.kind in (Kind.ORGANISATION, Kind.PERSON)]
    if any(node.id == text for node in actors):
        return text
    found = [node.id for node in actors if text in (node.zh, node.en)]
    if not found:
        raise UnknownNodeError("unknown-unit", where="kg report --unit", text=text)
    if len(found) > 1:
        raise UsageError("ambiguous-unit", where="kg report --unit", text=text, ids=" ".join(found))
    return found[0]
