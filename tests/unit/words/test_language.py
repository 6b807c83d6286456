"""Choosing a language, and what an error says."""

from __future__ import annotations

import pytest

from kg.errors import UnknownNodeError
from kg.words import choose_language, format_error, load_words


@pytest.mark.parametrize(
    ("option", "environ", "lang"),
    [
        (None, {}, "zh"),
        ("en", {"KG_LANG": "zh", "LC_ALL": "zh_CN.UTF-8"}, "en"),
        (None, {"KG_LANG": "en", "LC_ALL": "zh_CN.UTF-8"}, "en"),
        (None, {"KG_LANG": "fr", "LANG": "en_US.UTF-8"}, "en"),
        (None, {"LC_ALL": "en_US.UTF-8", "LANG": "zh_CN.UTF-8"}, "en"),
        (None, {"LC_ALL": "", "LC_MESSAGES": "en_GB", "LANG": "zh_CN"}, "en"),
        (None, {"LC_ALL": "C"}, "zh"),
        (None, {"LANG": "POSIX"}, "zh"),
        (None, {"LANG": "de_DE.UTF-8"}, "zh"),
        (None, {"LANG": "zh-Hans-CN"}, "zh"),
    ],
)
def test_the_language_is_that_of_the_option_then_kg_lang_then_the_locale(
    option: str | None, environ: dict[str, str], lang: str
) -> None:
    assert choose_language(option, environ) == lang


def test_a_language_that_is_not_there_is_refused() -> None:
    with pytest.raises(KeyError):
        load_words("fr")


def test_a_key_that_is_not_there_is_refused() -> None:
    with pytest.raises(KeyError):
        load_words("zh").say("kind.nothing")


def test_an_error_says_where_what_and_what_to_do_in_one_line() -> None:
    said = {
        lang: format_error("source-missing", where="a.csv", facts={}, lang=lang)
        for lang in ("zh", "en")
    }
    assert said == {
        "zh": "a.csv：没有这个文件或文件夹；请核对路径",
        "en": said["en"],
    }
    assert said["en"].startswith("a.csv: ")


def test_a_line_break_in_a_fact_does_not_break_the_line() -> None:
    said = format_error("unknown-node", where="", facts={"id": "x\ny"}, lang="en")
    assert said == "there is no x y in this data set; kg list shows what there is"


def test_an_error_speaks_the_language_of_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KG_LANG", "en")
    error = UnknownNodeError("unknown-node", where="kg show", id="x1")
    assert str(error) == ("kg show: there is no x1 in this data set; kg list shows what there is")


def test_a_table_gives_the_keys_below_a_prefix() -> None:
    assert load_words("en").table("basis") == {
        "stated": "stated",
        "echoed": "echoed",
        "positional": "positional",
        "interpreted": "interpreted",
    }
