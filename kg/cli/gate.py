"""The options of the gate of `kg check`, and its judgement on a data set."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Final

import click

from kg.cli.loading import folder_of
from kg.cli.options import Session, text_option
from kg.codes import CODES
from kg.errors import UsageError
from kg.model import BASES, Basis, Dataset, Finding, Severity
from kg.words import Words, load_words

if TYPE_CHECKING:
    from kg.analysis.upkeep import UpkeepStanding
    from kg.report.content import Document
    from kg.report.gate import Demands
    from kg.sources.policy import Policy

JUNIT: Final = "junit"


def gate_options(words: Words) -> list[click.Parameter]:
    """What fails the gate, the shares asked for, what was known, the day."""
    return [
        text_option(words, "--fail-on", "fail_on", multiple=True),
        text_option(words, "--min-coverage", "min_coverage", multiple=True),
        text_option(words, "--baseline", "file"),
        text_option(words, "--as-of", "date"),
        click.Option(["--report-only"], is_flag=True),
    ]


class Gate:
    """What was asked of a run of `kg check`: policy, demands, day."""

    def __init__(self, policy: Policy, demands: Demands, *, as_of: str | None, asked: bool) -> None:
        self.policy = policy
        self.demands = demands
        self.as_of = as_of
        self.asked = asked

    @property
    def report_only(self) -> bool:
        """Whether to tell everything and fail nothing."""
        return self.demands.report_only


def read_gate(
    session: Session,
    *,
    fail_on: tuple[str, ...],
    min_coverage: tuple[str, ...],
    baseline: str | None,
    as_of: str | None,
    report_only: bool,
) -> Gate:
    """The gate that options and `kg.toml` make together.

    Raises
    ------
    KgError
        Where an option, `kg.toml` or the baseline cannot be read, or do not fit together.
    """
    from kg.cli.coverage import to_date
    from kg.report.gate import Demands, merged_thresholds
    from kg.sources.baseline import read_baseline
    from kg.sources.policy import Policy, read_policy

    codes, severity = _to_failing(fail_on)
    written = read_policy(folder_of(session))
    policy = written or Policy()
    known = read_baseline(Path(baseline)) if baseline is not None else None
    if known is not None and known.basis != policy.covered.basis:
        raise UsageError(
            "baseline-basis",
            where=str(baseline),
            basis=known.basis,
            wanted=str(policy.covered.basis),
        )
    demands = Demands(
        codes=codes,
        severity=severity,
        thresholds=merged_thresholds(policy.thresholds, map(_to_minimum, min_coverage)),
        baseline=known,
        baseline_name=Path(baseline).name if baseline is not None else "",
        report_only=report_only,
    )
    asked = bool(written or fail_on or min_coverage or known)
    day = to_date(as_of, where="kg check --as-of")
    return Gate(policy, demands, as_of=day, asked=asked)


def _to_failing(texts: Iterable[str]) -> tuple[frozenset[str], Severity | None]:
    """The codes, and the least severity, that `--fail-on` names."""
    names = {load_words(lang).say(f"severity.{s}"): s for lang in ("zh", "en") for s in Severity}
    codes, severities = set(), []
    for text in [part.strip() for given in texts for part in given.replace("，", ",").split(",")]:
        if text.upper() in CODES:
            codes.add(text.upper())
        elif text in names or text in list(Severity):
            severities.append(names.get(text) or Severity(text))
        else:
            known = " ".join(map(str, Severity))
            raise UsageError("bad-fail-on", where="kg check --fail-on", text=text, known=known)
    order = list(Severity)
    return frozenset(codes), max(severities, key=order.index, default=None)


def _to_minimum(text: str) -> tuple[Basis, float]:
    names = {load_words("zh").say(f"basis.{basis}"): basis for basis in BASES}
    name, _, percent = text.partition("=")
    basis = names.get(name.strip()) or next((b for b in BASES if b == name.strip()), None)
    number = _number(percent.strip().removesuffix("%"))
    if basis is None or number is None or not 0 <= number <= 100:
        raise UsageError("bad-min-coverage", where="kg check --min-coverage", text=text)
    return basis, number


def _number(text: str) -> int | float | None:
    from kg.sources.values import Refused, parse_number

    try:
        return parse_number(text)
    except Refused:
        return None


def judge(
    session: Session,
    dataset: Dataset,
    gate: Gate,
    standing: UpkeepStanding,
    faults: Sequence[Finding],
) -> Document:
    """What the gate adds to `kg-check/1`; without gaps where the data cannot be relied on."""
    stopped = any(CODES[fault.code].stops for fault in faults)
    if stopped:
        return _not_judged(gate)
    if not gate.asked and session.format not in ("json", JUNIT):
        return _without_gaps(dataset, gate, standing, session.words)
    from kg.analysis.coverage import find_coverage
    from kg.analysis.policy import judge_gaps
    from kg.analysis.rules import find_gaps
    from kg.graph.build import build_graph
    from kg.report.gate import gate_document

    graph = build_graph(dataset)
    judgement = judge_gaps(
        find_gaps(graph, as_of=gate.as_of),
        gate.policy,
        basis=gate.policy.covered.basis,
        as_of=gate.as_of or dataset.as_of,
    )
    return gate_document(
        dataset,
        find_coverage(graph),
        judgement,
        standing.findings,
        session.words,
        policy=gate.policy,
        demands=gate.demands,
        asked=gate.asked,
    )


def _not_judged(gate: Gate) -> Document:
    """Nothing was judged: the faults say why."""
    from kg.report.gate import unjudged_document

    return unjudged_document(gate.policy, gate.demands, asked=gate.asked)


def _without_gaps(dataset: Dataset, gate: Gate, standing: UpkeepStanding, words: Words) -> Document:
    """Only what is to be said of reviews and confirmed links: nobody asked for gaps."""
    from kg.report.gate import upkeep_entries

    demands = replace(gate.demands, baseline=None)
    return {"upkeep": upkeep_entries(dataset, standing.findings, words, gate.policy, demands)}
