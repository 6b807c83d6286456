"""The gate as JUnit XML, which every build server shows: a test case a demand or finding."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final
from xml.sax.saxutils import escape, quoteattr

from kg.report.content import Document
from kg.report.coverage_view import name_of
from kg.words import Words

# What XML 1.0 has no way to say.
_NO_XML: Final = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


@dataclass(frozen=True, slots=True)
class _Case:
    suite: str
    name: str
    kind: str = ""  # "", "failure", "error" or "skipped"
    message: str = ""


def format_junit(document: Document, words: Words) -> str:
    """A `kg-check/1` document as JUnit XML; without times, so that it is always the same.

    Faults are errors; failing gaps and shares that were not reached are failures; gaps that
    the baseline knows and waived ones are skipped; a suite in which nothing is wrong has one
    case that passes.

    Parameters
    ----------
    document
        With what `gate_document` adds.
    words
        The language of names and messages.
    """
    cases = list(_cases(document, words))
    suites: dict[str, list[_Case]] = {}
    for case in cases:
        suites.setdefault(case.suite, []).append(case)
    lines = ['<?xml version="1.0" encoding="UTF-8"?>', f'<testsuites name="kg"{_counts(cases)}>']
    for name, found in suites.items():
        lines.append(f"  <testsuite name={_attribute(name)}{_counts(found)}>")
        lines += [_xml(case) for case in found]
        lines.append("  </testsuite>")
    return "\n".join([*lines, "</testsuites>"]) + "\n"


def _cases(document: Document, words: Words) -> Iterator[_Case]:
    suite = words.say("gate.suite.faults")
    for row in document["findings"]:
        where = " ".join(part for part in (row["code"], row["place"], row["id"]) if part)
        yield _Case(suite, where, "error", row["message"])
    if not document["findings"]:
        yield _Case(suite, words.say("gate.suite.none"))
    for row in document.get("gate", {}).get("thresholds", ()):
        basis = words.say(f"basis_upto.{row['basis']}")
        issuer = row["issuer"]["id"] if row["issuer"] else ""
        said = f"{row['covered']}/{row['total']} < {row['least']}%"
        suite, name = words.say("gate.thresholds"), f"{issuer} {basis} {row['least']}%".strip()
        yield _Case(suite, name) if row["met"] else _Case(suite, name, "failure", said)
    suite = words.say("gate.suite.gaps")
    rows = [*document.get("gaps", ()), *document.get("upkeep", ())]
    failing = [row for row in rows if row["fails"]]
    for row in rows:
        yield _gap_case(suite, row, words)
    for row in document.get("waived", ()):
        why = words.say("gate.waived_why", reason=row["reason"], who=row["who"], until=row["until"])
        yield _Case(suite, _title(row, words), "skipped", why)
    if not failing:
        yield _Case(suite, words.say("gate.suite.none"))


def _gap_case(suite: str, row: Mapping[str, Any], words: Words) -> _Case:
    if row["fails"]:
        return _Case(suite, _title(row, words), "failure", row["message"])
    if row["new"] is False:
        return _Case(suite, _title(row, words), "skipped", words.say("gate.standing.known"))
    return _Case(suite, _title(row, words), "skipped", words.say("gate.standing.passes"))


def _title(row: Mapping[str, Any], words: Words) -> str:
    return " ".join(part for part in (row["code"], row["id"], name_of(row, words)) if part)


def _counts(cases: list[_Case]) -> str:
    counts = {"tests": len(cases)}
    for attribute, kind in (("failures", "failure"), ("errors", "error"), ("skipped", "skipped")):
        counts[attribute] = sum(case.kind == kind for case in cases)
    return "".join(f' {name}="{count}"' for name, count in counts.items())


def _xml(case: _Case) -> str:
    start = f"    <testcase classname={_attribute(case.suite)} name={_attribute(case.name)}"
    if not case.kind:
        return f"{start}/>"
    message = _attribute(case.message)
    if case.kind == "skipped":
        return f"{start}><skipped message={message}/></testcase>"
    body = escape(_plain(case.message))
    return f"{start}><{case.kind} message={message}>{body}</{case.kind}></testcase>"


def _attribute(text: str) -> str:
    return quoteattr(_plain(text), {"\n": "&#10;"})


def _plain(text: str) -> str:
    return _NO_XML.sub("\ufffd", text)
