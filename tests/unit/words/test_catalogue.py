"""The word catalogue: complete, used, bilingual, well punctuated."""

from __future__ import annotations

import ast
import re
import tomllib
from collections.abc import Iterator
from pathlib import Path
from string import Formatter

import pytest

import kg
from kg.codes import CODES
from kg.words import LANGS, load_words

PACKAGE = Path(kg.__file__).parent
ZH, EN = load_words("zh"), load_words("en")

# Keys that are put together from an enumeration, a code or the name of a parameter. What is
# listed here counts as used; each must still stand in some source file.
DYNAMIC = (
    "absent.",
    "actor_known.",
    "basis.",
    "basis_def.",
    "basis_upto.",
    "change.",
    "cli.",
    "code.",
    "column.",
    "comparator.",
    "concreteness.",
    "concreteness_def.",
    "good.",
    "kind.",
    "kind_def.",
    "kinds.",
    "lacking.",
    "ledger_column.",
    "ledger_count.",
    "ledger_guide.",
    "level.",
    "link_status.",
    "open_at.",
    "open_first.",
    "outcome_type.",
    "page.",
    "passages.",
    "question_guide.",
    "quote_status.",
    "quote_status_def.",
    "relation.",
    "role.",
    "rung.",
    "rung_def.",
    "scope.",
    "scope_def.",
    "severity.",
    "stance.",
    "stats.",
    "status.",
    "type.",
    "unit.",
    "upkeep.count.",
    "voice.",
    "yes_no.",
)
# Sentences that are the same in every language: nothing in them but facts and signs.
SAME_IN_BOTH = re.compile(r"(\{\w+\}|[\W\d_]|s1|kg|CSV|JSON|RDF|W3C)*")
HAN = r"[一-鿿]"
HALF_WIDTH_MARK = re.compile(rf"{HAN}[,;:?!]\s*{HAN}")


def sources() -> Iterator[tuple[Path, str]]:
    """Every file of the package that can use a word."""
    for pattern in ("*.py", "*.mjs", "*.j2"):
        for path in sorted(PACKAGE.rglob(pattern)):
            yield path, path.read_text(encoding="utf-8")


def calls() -> Iterator[tuple[str, ast.Call]]:
    """Every call in the package, with the file it stands in."""
    for path, text in sources():
        if path.suffix == ".py":
            for node in ast.walk(ast.parse(text)):
                if isinstance(node, ast.Call):
                    yield path.name, node


def name_of(function: ast.expr) -> str:
    """The last name of what is called."""
    if isinstance(function, ast.Attribute):
        return function.attr
    return function.id if isinstance(function, ast.Name) else ""


def first_text(call: ast.Call) -> str | None:
    """The first argument of a call, where it is a plain text."""
    if call.args and isinstance(call.args[0], ast.Constant) and isinstance(call.args[0].value, str):
        return call.args[0].value
    return None


def said_keys() -> Iterator[tuple[str, str, ast.Call | None]]:
    """Every key that is asked for by its full name: where, key, the call in Python."""
    prefixes = {"say": "", "note": "note."}
    for file, call in calls():
        name, text = name_of(call.func), first_text(call)
        if text is not None and name in prefixes:
            yield file, prefixes[name] + text, call
        elif text is not None and name == "_NoValueError":
            yield file, f"fault.{text}", None
        elif text is not None and name.endswith("Error") and re.fullmatch(r"[a-z0-9-]+", text):
            yield file, f"error.{text}", call
    for path, text in sources():
        if path.suffix != ".py":
            pattern = r"""say\(\s*["']([^"']+)["']|data-(?:say|label|hint)="([^"{]+)\""""
            for match in re.finditer(pattern, text):
                yield path.name, match[1] or match[2], None


def placeholders(sentence: str) -> set[str]:
    """The names of the facts in a sentence."""
    return {name for _, name, _, _ in Formatter().parse(sentence) if name}


def flatten(table: dict[str, object], prefix: str = "") -> dict[str, object]:
    """Nested tables as dotted keys."""
    flat: dict[str, object] = {}
    for name, value in table.items():
        key = f"{prefix}{name}"
        flat |= flatten(value, f"{key}.") if isinstance(value, dict) else {key: value}
    return flat


@pytest.mark.parametrize("lang", LANGS)
def test_the_quick_reading_of_a_catalogue_is_that_of_toml(lang: str) -> None:
    text = (PACKAGE / "words" / f"{lang}.toml").read_text(encoding="utf-8")
    assert dict(load_words(lang).sentences) == flatten(tomllib.loads(text))


def test_both_languages_have_the_same_keys() -> None:
    assert list(ZH.sentences) and set(ZH.sentences) == set(EN.sentences)


def test_both_languages_ask_for_the_same_facts() -> None:
    different = {
        key: (placeholders(ZH.sentences[key]), placeholders(EN.sentences[key]))
        for key in ZH.sentences
        if placeholders(ZH.sentences[key]) != placeholders(EN.sentences[key])
    }
    assert different == {}


def test_no_sentence_is_the_same_in_both_languages() -> None:
    same = [
        key
        for key, sentence in ZH.sentences.items()
        if sentence == EN.sentences[key] and not SAME_IN_BOTH.fullmatch(sentence)
    ]
    assert same == []


def test_chinese_is_not_left_in_english_nor_empty_anywhere() -> None:
    chinese_in_english = [k for k, s in EN.sentences.items() if re.search(HAN, s)]
    empty = [k for lang in LANGS for k, s in load_words(lang).sentences.items() if not s]
    # The toggle of the page names each language in its own script; the guide to the ledger
    # quotes what the sources print; numbers may end in 万.
    quoting = ("page.", "ledger_column.", "ledger_guide.", "fault.number-form")
    assert [key for key in chinese_in_english if not key.startswith(quoting)] == []
    assert empty == []


def test_no_half_width_mark_stands_between_chinese_characters() -> None:
    assert [key for key, s in ZH.sentences.items() if HALF_WIDTH_MARK.search(s)] == []


def test_the_words_neither_praise_nor_exclaim() -> None:
    loud = [k for k, s in ZH.sentences.items() if "！" in s and not k.startswith("page.box_")]
    loud += [
        k
        for k, s in EN.sentences.items()
        if re.search(r"\w!(\s|$)", s) and not k.startswith("page.box_")
    ]
    assert loud == []


def test_every_key_that_is_asked_for_is_there() -> None:
    missing = {(file, key) for file, key, _ in said_keys() if key not in ZH.sentences}
    assert missing == set()


def test_every_key_that_is_put_together_can_be_there() -> None:
    missing = []
    for file, call in calls():
        if name_of(call.func) == "say" and call.args and isinstance(call.args[0], ast.JoinedStr):
            parts = [
                re.escape(str(part.value)) if isinstance(part, ast.Constant) else ".+"
                for part in call.args[0].values
                if isinstance(part, ast.Constant | ast.FormattedValue)
            ]
            pattern = re.compile("".join(map(str, parts)))
            if not any(pattern.fullmatch(key) for key in ZH.sentences):
                missing.append((file, pattern.pattern))
    assert missing == []


def test_every_fact_that_a_sentence_asks_for_is_given() -> None:
    lacking = []
    for file, key, call in said_keys():
        if call is None or any(keyword.arg is None for keyword in call.keywords):
            continue
        given = {keyword.arg for keyword in call.keywords}
        wanted = placeholders(ZH.sentences.get(key, ""))
        if not wanted <= given:
            lacking.append((file, key, sorted(wanted - given)))
    assert lacking == []


def test_every_key_is_used() -> None:
    text = "\n".join(text for _, text in sources())
    asked = {key for _, key, _ in said_keys()}
    unused = []
    for key in ZH.sentences:
        table, _, rest = key.partition(".")
        quoted = rest if table in ("error", "fault", "note") else key
        if (
            key in asked
            or key.startswith(DYNAMIC)
            or any(f"{mark}{quoted}{mark}" in text for mark in "\"'`")
        ):
            continue
        if key.startswith("error.parameter-") or is_put_together(key, text):
            continue
        unused.append(key)
    assert unused == []


def is_put_together(key: str, text: str) -> bool:
    """Whether some f-string or table look-up of the package can give the key."""
    stems = [key[: match.start() + 1] for match in re.finditer(r"[._]", key)]
    return any(f'f"{stem}{{' in text or f'table("{stem.rstrip(".")}")' in text for stem in stems)


@pytest.mark.parametrize("prefix", DYNAMIC)
def test_every_prefix_that_counts_as_used_stands_in_the_sources(prefix: str) -> None:
    text = "\n".join(text for _, text in sources())
    stem = prefix.rstrip(".")
    assert re.search(f"[\"'`]{re.escape(stem)}[\"'`.]", text), prefix
    assert any(key.startswith(prefix) for key in ZH.sentences), prefix


@pytest.mark.parametrize("code", CODES)
@pytest.mark.parametrize("lang", LANGS)
def test_every_code_has_its_sentences(code: str, lang: str) -> None:
    words = load_words(lang)
    wanted = ["title", "message", "what", "todo"]
    if CODES[code].by_basis:
        wanted.append("message_closed")
    assert [name for name in wanted if not words.has(f"code.{code}.{name}")] == []


def test_the_names_of_a_list_differ_from_each_other() -> None:
    tables = ("kind", "relation", "basis", "scope", "status", "role", "voice", "stance", "rung")
    for lang in LANGS:
        for table in tables:
            names = list(load_words(lang).table(table).values())
            assert len(names) == len(set(names)), (lang, table)
