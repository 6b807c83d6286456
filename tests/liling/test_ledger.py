"""The Liling ledger keeps the rules of the design, cell by cell."""

from __future__ import annotations

import csv
import re
import subprocess
from pathlib import Path

import pytest

from kg.codes import GAP_CODES
from kg.files import bundled
from kg.model import (
    NOT_STATED,
    Basis,
    Dataset,
    Kind,
    LinkStatus,
    OutcomeType,
    QuoteStatus,
    Relation,
    Role,
)
from kg.sources.columns import NONE_REASONS, TABLES
from kg.sources.curation import read_curation
from kg.sources.divide import divide_passages, divide_text
from kg.sources.reading import Reading
from kg.validate.basis import find_overclaims
from kg.validate.evidence import check_quotes
from kg.validate.faults import find_faults
from tests.conftest import CHECKOUT

LONGEST_RUN = 40
MARKS = re.compile(r"[0-9０-９《》“”]")


def test_it_reads_without_a_fault(liling_reading: Reading) -> None:
    assert liling_reading.faults == ()
    assert liling_reading.notes == ()
    assert find_faults(liling_reading.dataset) == ()


def test_no_basis_is_stronger_than_its_mentions_permit(liling: Dataset) -> None:
    assert find_overclaims(liling) == ()


def test_the_text_itself_bears_every_basis_out(liling: Dataset, article: str) -> None:
    assert find_overclaims(liling, {"s1": article}) == ()


def test_every_quote_is_exact(liling: Dataset, article: str) -> None:
    check = check_quotes(liling, {"s1": article})
    assert check.findings == ()
    assert check.counts[QuoteStatus.EXACT] == len(liling.mentions) > 1500


def test_passages_divide_the_whole_article(liling: Dataset, article: str) -> None:
    spans = [(passage.start, passage.end) for passage in liling.passages]
    assert [start for start, _ in spans] == [0, *(end for _, end in spans[:-1])]
    assert spans[-1][1] == len(article) == liling.sources[0].length
    assert 240 <= len(spans) <= 300


def test_passages_know_their_sentence_and_paragraph(liling: Dataset, article: str) -> None:
    told, found = divide_passages(liling.passages)["s1"], divide_text(article)
    for passage in liling.passages:
        place = passage.start
        assert told.sentence_at(place) == found.sentence_at(place), passage
        assert told.paragraph_at(place) == found.paragraph_at(place), passage


def test_a_passage_names_exactly_the_nodes_that_are_mentioned_in_it(liling: Dataset) -> None:
    wholes = [(m.start, m.end, m.item) for m in liling.mentions if m.role is Role.WHOLE]
    for passage in liling.passages:
        here = {item for start, end, item in wholes if start < passage.end and passage.start < end}
        assert sorted(here) == sorted(passage.items), passage.place
        assert passage.none in ("", *NONE_REASONS)


def test_an_unmarked_passage_has_no_digit_title_or_quotation_unless_decided(
    liling: Dataset, article: str
) -> None:
    decided = {(decision.start, decision.end) for decision in liling.decisions}
    for passage in liling.passages:
        if passage.none and (passage.start, passage.end) not in decided:
            assert not MARKS.search(article[passage.start : passage.end]), passage.place


def test_no_file_of_the_repository_repeats_a_long_run_of_the_article(article: str) -> None:
    flat = re.sub(r"\s+", "", article)
    runs = {flat[at : at + LONGEST_RUN + 1] for at in range(len(flat) - LONGEST_RUN)}
    listed = subprocess.run(
        ["git", "ls-files", "-co", "--exclude-standard"],
        cwd=CHECKOUT, capture_output=True, text=True, check=True,
    )  # fmt: skip
    for name in listed.stdout.splitlines():
        path = CHECKOUT / name
        if not path.is_file() or path.suffix in (".png", ".ico"):
            continue
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
            text = re.sub(r"\s+", "", line)
            found = [at for at in range(len(text) - LONGEST_RUN) if text[at : at + 41] in runs]
            assert not found, f"{name}:{number}"


def test_every_node_is_named_in_both_languages(liling: Dataset) -> None:
    assert [node.id for node in liling.nodes if not (node.zh and node.en)] == []


def test_every_directive_of_the_focus_issuer_is_the_congresss(liling: Dataset) -> None:
    focus = next(node for node in liling.nodes if node.id == liling.focus_issuer)
    assert "党代会" in focus.zh
    issued = {
        link.source for link in liling.links if link.relation is Relation.ISSUED_BY
        and link.target == focus.id
    }  # fmt: skip
    by_field = {n.id for n in liling.nodes if n.kind is Kind.DIRECTIVE and n.issuer == focus.id}
    assert by_field == issued & {n.id for n in liling.nodes if n.kind is Kind.DIRECTIVE}


def test_actors_in_the_table_are_those_of_the_links(liling: Dataset) -> None:
    linked: dict[str, set[str]] = {}
    for link in liling.links:
        if link.relation is Relation.PERFORMED_BY and link.status is LinkStatus.CURRENT:
            linked.setdefault(link.source, set()).add(link.target)
    for node in liling.nodes:
        if node.kind is Kind.MEASURE:
            assert set(node.actors) == linked.get(node.id, set()), node.id


def test_figures_and_awards_leave_no_cell_empty() -> None:
    stated = [column.name for column in TABLES["outcomes"] if "stated" in column.holds.value]
    path = bundled("data", "liling", "outcomes.csv")
    with path.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            assert all(row[name].strip() for name in stated), row["id"]


def test_what_the_source_is_silent_about_is_not_filled_in(liling: Dataset) -> None:
    congress = [n for n in liling.nodes if n.kind is Kind.DIRECTIVE and n.issuer == "org01"]
    assert {node.date for node in congress} == {NOT_STATED}
    assert liling.sources[0].date == NOT_STATED
    awards = [
        node.figure for node in liling.nodes
        if node.figure and node.figure.outcome_type is OutcomeType.AWARD
    ]  # fmt: skip
    assert len(awards) >= 5
    assert all(award.issuer is not None and award.recipient is not None for award in awards)
    assert not any(award.has_number for award in awards)


@pytest.mark.parametrize(
    ("verbatim", "value", "comparator"),
    [
        ("94%以上", 94, ">="),
        ("23%以上", 23, ">="),
        ("29%以上", 29, ">="),
        ("91%以上", 91, ">="),
        ("99%以上", 99, ">="),
        ("37856件", 37856, "="),
        ("1532件", 1532, "="),
        ("71条", 71, "="),
        ("672个", 672, "="),
    ],
)
def test_every_figure_of_the_article_is_there(
    liling: Dataset, verbatim: str, value: int, comparator: str
) -> None:
    figures = [node.figure for node in liling.nodes if node.figure]
    (figure,) = (figure for figure in figures if figure.verbatim == verbatim)
    assert (figure.value, figure.comparator) == (value, comparator)
    assert figure.unit not in (None, NOT_STATED)


def test_every_decision_speaks_of_something_that_is_in_a_curation(liling: Dataset) -> None:
    review = bundled("data", "liling", "review")
    known = {item.id for item in liling.items} | {passage.place for passage in liling.passages}
    for curator in ("a", "b"):
        known |= {item.id for item in read_curation(review / curator).items}
    for decision in liling.decisions:
        assert set(decision.subject) <= known, decision.id
        assert all((decision.what, decision.decision, decision.why, decision.why_en)), decision.id


def test_both_raw_curations_quote_the_article_exactly(article: str) -> None:
    for curator in ("a", "b"):
        path = Path(bundled("data", "liling", "review", curator, "mentions.csv"))
        with path.open(encoding="utf-8", newline="") as file:
            for row in csv.DictReader(file):
                start = int(row["start"])
                end = min(int(row["end"]), start + LONGEST_RUN)
                assert article[start:end] == row["quote"], row


def test_a_battle_without_a_stated_measure_shows_exactly_that(liling: Dataset) -> None:
    from kg.analysis.rules import find_gaps
    from kg.graph.build import build_graph

    found = find_gaps(build_graph(liling))
    assert {gap.code for gap in found} <= set(GAP_CODES)
    open_battles = {g.node for g in found if g.code == "KG202" and Basis.STATED in (g.open or ())}
    battles = {n.id for n in liling.nodes if n.kind is Kind.BATTLE and not n.is_set}
    assert len(battles) == 5
    assert open_battles == battles
