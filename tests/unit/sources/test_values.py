"""What the campaign of numbers and dates leaves to say about them."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from kg.sources.values import Refused, ends_before, parse_date, parse_number, parse_quantity
from kg.words import load_words

ROOT = Path(__file__).resolve().parents[3]


def test_a_refusal_keeps_its_reason_and_the_text_as_it_came() -> None:
    with pytest.raises(Refused) as caught:
        parse_quantity(" 约９４％以上 ")
    assert (caught.value.reason, caught.value.text) == ("number-two-comparators", " 约９４％以上 ")


def test_the_library_of_chinese_numerals_is_loaded_only_for_one() -> None:
    code = (
        "import sys; from kg.sources.values import *;"
        "parse_number('37,856'); parse_quantity('97%以上'); parse_date('二〇二一年九月');"
        "print('cn2an' in sys.modules); parse_number('四'); print('cn2an' in sys.modules)"
    )
    run = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True
    )
    assert run.stdout == "False\nTrue\n"


def test_a_whole_year_is_before_only_what_begins_after_it() -> None:
    year, in_it, after = parse_date("2021"), parse_date("2021-12-31"), parse_date("2022-01-01")
    assert [ends_before(year, other) for other in (year, in_it, after)] == [False, False, True]


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize(
    "text", ["x", "01", "0.1234567890123456", "百", "约3以上", "2021-13-01", "2022/2021", "9月"]
)
def test_every_reason_has_its_sentence(text: str, lang: str) -> None:
    reasons = []
    for parse in (parse_number, parse_quantity, parse_date):
        try:
            parse(text)
        except Refused as refused:
            reasons.append(refused.reason)
    words = load_words(lang)
    assert reasons
    assert [words.has(f"fault.{reason}") for reason in reasons] == [True] * len(reasons)
