"""`kg.toml` beside a ledger: what an office counts as covered, asks for, and lets pass."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any, Final

from kg.codes import CODES, FAULT_CODES, GAP_CODES
from kg.errors import SourceError
from kg.files import read_bytes
from kg.limits import TOML_FILE_BYTES
from kg.model import BASES, Basis, Rung, Severity

POLICY_FILE: Final = "kg.toml"
SCHEMA: Final = "kg-policy/1"

_RUNGS: Final = tuple(rung for rung in Rung if rung is not Rung.NONE)
_ISSUERS: Final = "issuers"


@dataclass(frozen=True, slots=True)
class Covered:
    """When a directive counts as covered: the least rung and number of measures, at a basis."""

    rung: Rung = Rung.MEASURE
    basis: Basis = Basis.STATED
    measures: int = 1


@dataclass(frozen=True, slots=True)
class Threshold:
    """The least share of covered directives, in percent, at a basis; of one issuer, or `None`.

    Without an issuer it asks of the directives that the summary counts.
    """

    basis: Basis
    percent: int | float
    issuer: str | None = None


@dataclass(frozen=True, slots=True)
class Waiver:
    """A gap that somebody lets pass, with the reason, the name, and the last day it holds."""

    code: str
    id: str
    reason: str
    who: str
    until: str

    @property
    def key(self) -> tuple[str, str]:
        """What it is about: (code, id), as findings are keyed."""
        return self.code, self.id


@dataclass(frozen=True, slots=True)
class Policy:
    """What `kg.toml` says; the default is what holds without one."""

    covered: Covered = Covered()
    thresholds: tuple[Threshold, ...] = ()
    severities: tuple[tuple[str, Severity], ...] = ()
    waivers: tuple[Waiver, ...] = ()


def read_policy(folder: Path) -> Policy | None:
    """The policy that stands in a folder, or `None` where there is none.

    Raises
    ------
    SourceError
        Where `kg.toml` cannot be read, or a field holds what it must not, with its name.
    """
    path = folder / POLICY_FILE
    if not path.exists():
        return None
    data = read_bytes(path, limit=TOML_FILE_BYTES)
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise SourceError("manifest-not-utf8", where=POLICY_FILE) from error
    return parse_policy(text)


def parse_policy(text: str) -> Policy:
    r"""The policy that a text of `kg.toml` says.

    Raises
    ------
    SourceError
        Where it is no TOML, or a field is unknown or holds what it must not.

    Examples
    --------
    >>> policy = parse_policy('schema = "kg-policy/1"\n[thresholds]\nstated = 40')
    >>> policy.thresholds
    (Threshold(basis=<Basis.STATED: 'stated'>, percent=40, issuer=None),)
    """
    import tomllib

    try:
        table = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise SourceError("manifest-not-toml", where=POLICY_FILE, problem=str(error)) from error
    if table.get("schema") != SCHEMA:
        raise SourceError("manifest-schema", where=POLICY_FILE, schema=SCHEMA)
    _refuse_unknown(table, ("schema", "covered", "thresholds", "severities", "waivers"))
    return Policy(
        covered=_covered(_table(table, "covered")),
        thresholds=_thresholds(_table(table, "thresholds")),
        severities=_severities(_table(table, "severities")),
        waivers=_waivers(table.get("waivers", [])),
    )


def _covered(table: Mapping[str, Any]) -> Covered:
    field = "covered"
    _refuse_unknown(table, ("rung", "basis", "measures"), field)
    rung = Rung(_choice(table.get("rung", Rung.MEASURE), _RUNGS, f"{field}.rung"))
    basis = Basis(_choice(table.get("basis", Basis.STATED), BASES, f"{field}.basis"))
    # What asks for less than a measure asks for none, unless it says so.
    least = table.get("measures", int(rung.height >= Rung.MEASURE.height))
    if not isinstance(least, int) or isinstance(least, bool) or least < 0:
        raise _refused("policy-whole", f"{field}.measures")
    return Covered(rung, basis, least)


def _thresholds(table: Mapping[str, Any]) -> tuple[Threshold, ...]:
    of_all = {name: value for name, value in table.items() if name != _ISSUERS}
    found = list(_percents(of_all, "thresholds", None))
    issuers = _table(table, _ISSUERS, "thresholds.")
    for issuer in sorted(issuers):
        field = f"thresholds.{_ISSUERS}.{issuer}"
        entry = issuers[issuer]
        if not isinstance(entry, Mapping):
            raise _refused("policy-table", field)
        found += _percents(entry, field, issuer)
    return tuple(found)


def _percents(table: Mapping[str, Any], field: str, issuer: str | None) -> Iterable[Threshold]:
    _refuse_unknown(table, BASES, field)
    for basis in BASES:
        if basis in table:
            yield Threshold(basis, _percent(table[basis], f"{field}.{basis}"), issuer)


def _percent(value: object, field: str) -> int | float:
    if not isinstance(value, int | float) or isinstance(value, bool) or not 0 <= value <= 100:
        raise _refused("policy-percent", field)
    return value


def _severities(table: Mapping[str, Any]) -> tuple[tuple[str, Severity], ...]:
    found = []
    for code in sorted(table):
        field = f"severities.{code}"
        if code in FAULT_CODES or code not in CODES:
            raise _refused("policy-code", field, text=code)
        found.append((code, Severity(_choice(table[code], tuple(Severity), field))))
    return tuple(found)


def _waivers(entries: object) -> tuple[Waiver, ...]:
    if not isinstance(entries, list) or not all(isinstance(entry, Mapping) for entry in entries):
        raise _refused("policy-table", "waivers")
    found: dict[tuple[str, str], Waiver] = {}
    for number, entry in enumerate(entries, 1):
        waiver = _waiver(entry, f"waivers[{number}]")
        if waiver.key in found:
            raise _refused("policy-twice", f"waivers[{number}]", code=waiver.code, id=waiver.id)
        found[waiver.key] = waiver
    return tuple(found[key] for key in sorted(found))


def _waiver(entry: Mapping[str, Any], field: str) -> Waiver:
    _refuse_unknown(entry, ("code", "id", "reason", "who", "until"), field)
    texts = {
        name: _text(entry.get(name), f"{field}.{name}") for name in ("code", "id", "reason", "who")
    }
    if texts["code"] in FAULT_CODES:
        raise _refused("policy-waived-fault", f"{field}.code", code=texts["code"])
    if texts["code"] not in GAP_CODES:
        raise _refused("policy-code", f"{field}.code", text=texts["code"])
    return Waiver(**texts, until=_date(entry.get("until"), f"{field}.until"))


def _text(value: object, field: str) -> str:
    if not isinstance(value, str) or not value.strip():
        raise _refused("policy-text", field)
    return value.strip()


def _date(value: object, field: str) -> str:
    """A date in quotes or, as TOML also has it, without."""
    from kg.sources.values import Refused, parse_date

    if type(value) is date:
        return value.isoformat()
    text = _text(value, field)
    try:
        parse_date(text)
    except Refused as error:
        raise _refused("policy-date", field, text=text) from error
    return text


def _choice(value: object, choices: Iterable[str], field: str) -> str:
    known = [str(choice) for choice in choices]
    if not isinstance(value, str) or value not in known:
        raise _refused("policy-choice", field, text=str(value), choices=" ".join(known))
    return value


def _table(table: Mapping[str, Any], name: str, before: str = "") -> Mapping[str, Any]:
    found = table.get(name, {})
    if not isinstance(found, Mapping):
        raise _refused("policy-table", before + name)
    return found


def _refuse_unknown(table: Mapping[str, Any], known: Iterable[str], field: str = "") -> None:
    names = [str(name) for name in known]
    for name in table:
        if name not in names:
            place = f"{field}.{name}" if field else name
            raise _refused("policy-unknown", place, known=" ".join(names))


def _refused(key: str, field: str, **facts: str) -> SourceError:
    return SourceError(key, where=POLICY_FILE, field=field, **facts)
