"""The words people read, one catalogue a language, and how a language is chosen."""

from __future__ import annotations

import json
import os
import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Mapping

LANGS: Final = ("zh", "en")
DEFAULT_LANG: Final = "zh"

_ENTRY: Final = re.compile(
    r"""^(?:\[([^\]\n]+)\]|("[^"\n]*"|[\w-]+) = ("(?:[^"\\\n]|\\.)*"))[ \t]*$""", re.MULTILINE
)
_LOCALE_VARIABLES: Final = ("LC_ALL", "LC_MESSAGES", "LANG")


@dataclass(frozen=True)
class Words:
    """The sentences of one language by dotted key, such as ``kind.directive``."""

    lang: str
    sentences: Mapping[str, str]

    def say(self, key: str, /, **facts: object) -> str:
        """The sentence of a key, filled with its facts; `KeyError` where there is none.

        >>> load_words("en").say("kind.directive")
        'directive'
        """
        sentence = self.sentences[key]
        return sentence.format(**facts) if "{" in sentence else sentence

    def has(self, key: str) -> bool:
        """Whether there is a sentence of that key."""
        return key in self.sentences

    def table(self, prefix: str) -> dict[str, str]:
        """Every sentence below a prefix, by the rest of its key.

        >>> load_words("en").table("scope")
        {'specific': 'specific', 'general': 'general'}
        """
        start = prefix + "."
        return {
            key.removeprefix(start): sentence
            for key, sentence in self.sentences.items()
            if key.startswith(start)
        }


@cache
def load_words(lang: str) -> Words:
    """The catalogue of a language, "zh" or "en"."""
    if lang not in LANGS:
        raise KeyError(lang)
    text = (Path(__file__).parent / f"{lang}.toml").read_text(encoding="utf-8")
    return Words(lang, _read_catalogue(text))


def choose_language(option: str | None, environ: Mapping[str, str]) -> str:
    """The language of the option, else of KG_LANG, else of the locale, else Chinese.

    >>> choose_language(None, {"LANG": "en_GB.UTF-8"})
    'en'
    >>> choose_language(None, {"KG_LANG": "zh", "LC_ALL": "en_GB"})
    'zh'
    """
    if option in LANGS:
        return option
    if environ.get("KG_LANG") in LANGS:
        return environ["KG_LANG"]
    for variable in _LOCALE_VARIABLES:
        spelling = environ.get(variable, "")
        if spelling:
            language = spelling.replace("-", "_").split("_")[0].lower()
            return language if language in LANGS else DEFAULT_LANG
    return DEFAULT_LANG


def format_error(
    key: str, *, where: str, facts: Mapping[str, str | int], lang: str | None = None
) -> str:
    """One line that says where, what is wrong, and what to do.

    `lang` is the language of the environment unless given.
    """
    words = load_words(lang or choose_language(None, os.environ))
    sentence = words.say(f"error.{key}", **facts)
    line = words.say("error_line", where=where, sentence=sentence) if where else sentence
    return " ".join(line.split())


def _read_catalogue(text: str) -> dict[str, str]:
    """Every sentence by its dotted key, in the order of the file.

    A catalogue is the plain part of TOML: tables, and one line a sentence in double quotes.
    Reading just that takes a sixth of the time of a full parser, at every start (a test
    holds the two together).
    """
    sentences: dict[str, str] = {}
    prefix = ""
    for table, key, value in _ENTRY.findall(text):
        if table:
            prefix = f"{table}."
        else:
            sentence = json.loads(value) if "\\" in value else value[1:-1]
            sentences[prefix + key.strip('"')] = sentence
    return sentences
