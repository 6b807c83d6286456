"""`kg coverage` and `kg gaps`: which directives are answered, and what is missing."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from kg.cli.commands import KgCommand, OneOf
from kg.cli.loading import folder_of, read_dataset
from kg.cli.options import ROW_FORMATS, Session, answer, build_command, text_option
from kg.codes import GAP_CODES
from kg.errors import UnknownNodeError, UsageError
from kg.model import BASES, Dataset, Kind
from kg.words import Words, load_words

if TYPE_CHECKING:
    from kg.report.content import Document


def coverage_command(words: Words) -> KgCommand:
    """`kg coverage`."""
    params = [
        text_option(words, "--issuer", "unit"),
        click.Option(["--all", "all_issuers"], is_flag=True),
        click.Option(["--include-prior"], is_flag=True),
    ]
    return build_command(words, "coverage", _coverage, params=params, formats=ROW_FORMATS)


def _coverage(
    session: Session, *, issuer: str | None, all_issuers: bool, include_prior: bool
) -> None:
    from kg.analysis.coverage import find_coverage
    from kg.graph.build import build_graph
    from kg.report.content import coverage_document
    from kg.report.coverage_view import answer_of, coverage_lines
    from kg.report.rows import coverage_rows

    if issuer and all_issuers:
        raise UsageError("issuer-or-all", where="kg coverage --all")
    dataset = read_dataset(session)
    coverage = find_coverage(
        build_graph(dataset), include_prior=include_prior, issuer=issuer, all_issuers=all_issuers
    )
    document = coverage_document(dataset, coverage)
    if issuer:
        _refuse_unknown_issuer(issuer, document)
    answer(
        session,
        document=document,
        lines=lambda width: coverage_lines(document, session.words, width=width),
        rows=lambda: coverage_rows(document, session.words),
        sentences=lambda: answer_of(document, session.words),
    )


def _refuse_unknown_issuer(issuer: str, document: Document) -> None:
    if not document["chosen"] and not document["chosen_legs"]:
        known = " ".join(sorted({row["issuer"] for row in document["directives"] if row["issuer"]}))
        raise UnknownNodeError(
            "unknown-issuer", where="kg coverage --issuer", text=issuer, known=known
        )


def gaps_command(words: Words) -> KgCommand:
    """`kg gaps`."""
    params = [
        text_option(words, "--rule", "code", multiple=True),
        click.Option(["--basis"], type=OneOf(BASES, _aliases("basis", BASES)), default="stated"),
        click.Option(
            ["--kind"],
            type=OneOf(tuple(Kind), kind_aliases()),
            metavar=words.say("cli.metavar.kind"),
        ),
        text_option(words, "--issuer", "unit"),
        text_option(words, "--unit", "unit"),
        text_option(words, "--as-of", "date"),
        click.Option(["--include-prior"], is_flag=True),
    ]
    return build_command(words, "gaps", _gaps, params=params, formats=ROW_FORMATS)


def _gaps(
    session: Session,
    *,
    rule: tuple[str, ...],
    basis: str,
    kind: str | None,
    issuer: str | None,
    unit: str | None,
    as_of: str | None,
    include_prior: bool,
) -> None:
    from kg.analysis.coverage import find_coverage
    from kg.analysis.rules import find_gaps, find_not_judged
    from kg.graph.build import build_graph
    from kg.model import Basis
    from kg.report.content import Selection, gaps_document
    from kg.report.gaps_view import gaps_answer, gaps_lines
    from kg.report.rows import gaps_rows
    from kg.sources.policy import read_policy

    selection = Selection(
        basis=Basis(basis),
        rules=tuple(dict.fromkeys(_to_rule(code) for code in rule)),
        kind=Kind(kind) if kind else None,
        issuer=issuer,
        unit=unit,
    )
    day = to_date(as_of, where="kg gaps --as-of")
    dataset = read_dataset(session)
    if unit is not None:
        _refuse_unknown_unit(unit, dataset)
    graph = build_graph(dataset)
    coverage = find_coverage(graph, include_prior=include_prior, issuer=issuer)
    document = gaps_document(
        dataset,
        coverage,
        find_gaps(graph, coverage, as_of=day),
        session.words,
        selection=selection,
        as_of=day,
        not_judged=find_not_judged(graph, as_of=day),
        policy=read_policy(folder_of(session)),
    )
    if issuer and not coverage.chosen and not coverage.chosen_legs:
        known = " ".join(sorted({row.issuer for row in coverage.directives if row.issuer}))
        raise UnknownNodeError("unknown-issuer", where="kg gaps --issuer", text=issuer, known=known)
    answer(
        session,
        document=document,
        lines=lambda width: gaps_lines(document, session.words, width=width),
        rows=lambda: gaps_rows(document, session.words),
        sentences=lambda: (gaps_answer(document, session.words),),
    )


def _to_rule(code: str) -> str:
    rule = code.strip().upper()
    if rule.startswith("KG0"):
        raise UsageError("rule-is-fault", where="kg gaps --rule", text=code)
    if rule not in GAP_CODES:
        raise UsageError(
            "unknown-rule", where="kg gaps --rule", text=code, known=" ".join(GAP_CODES)
        )
    return rule


def to_date(text: str | None, *, where: str) -> str | None:
    """The last day of the date that an option gives; refused where it is none."""
    from kg.sources.values import Refused, parse_date

    try:
        return text and str(parse_date(text).end)
    except Refused as refused:
        raise UsageError("bad-date", where=where, text=str(text)) from refused


def _refuse_unknown_unit(unit: str, dataset: Dataset) -> None:
    actors = (Kind.ORGANISATION, Kind.PERSON)
    if not any(node.id == unit and node.kind in actors for node in dataset.nodes):
        raise UnknownNodeError("unknown-unit", where="kg gaps --unit", text=unit)


def _aliases(table: str, values: tuple[str, ...]) -> dict[str, str]:
    """The Chinese names of an enumeration, which may be typed as well."""
    return {load_words("zh").say(f"{table}.{value}"): value for value in values}


def kind_aliases() -> dict[str, str]:
    """Chinese names and English plurals of kinds."""
    plurals = {load_words("en").say(f"kinds.{kind}"): str(kind) for kind in Kind}
    return {**_aliases("kind", tuple(Kind)), **plurals}
