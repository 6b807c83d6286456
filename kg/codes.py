"""Every code of a finding. Its words stand in `words/*.toml` under `code.<CODE>`."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Final


class Concern(StrEnum):
    """What a finding is about: the data, one of the kinds, or what is noted beside the data."""

    DATA = "data"
    DIRECTIVE = "directive"
    STRATEGY = "strategy"
    MEASURE = "measure"
    OUTCOME = "outcome"
    UPKEEP = "upkeep"


@dataclass(frozen=True, slots=True)
class Code:
    """A stable code. `by_basis`: whether the finding is judged at each basis.

    `stops`: whether such a fault would drop or misread a row, so that no command but
    `kg check` goes on.
    """

    code: str
    concern: Concern
    by_basis: bool = False
    stops: bool = False


_TABLE: Final = (
    Code("KG001", Concern.DATA, stops=True),
    Code("KG002", Concern.DATA, stops=True),
    Code("KG003", Concern.DATA, stops=True),
    Code("KG004", Concern.DATA),
    Code("KG005", Concern.DATA),
    Code("KG006", Concern.DATA),
    Code("KG007", Concern.DATA),
    Code("KG008", Concern.DATA),
    Code("KG009", Concern.DATA, stops=True),
    Code("KG010", Concern.DATA),
    Code("KG011", Concern.DATA),
    Code("KG012", Concern.DATA),
    Code("KG101", Concern.DIRECTIVE, by_basis=True),
    Code("KG102", Concern.DIRECTIVE, by_basis=True),
    Code("KG103", Concern.DIRECTIVE, by_basis=True),
    Code("KG104", Concern.DIRECTIVE, by_basis=True),
    Code("KG106", Concern.DIRECTIVE, by_basis=True),
    Code("KG107", Concern.DIRECTIVE, by_basis=True),
    Code("KG201", Concern.STRATEGY, by_basis=True),
    Code("KG202", Concern.STRATEGY, by_basis=True),
    Code("KG203", Concern.STRATEGY, by_basis=True),
    Code("KG204", Concern.STRATEGY),
    Code("KG205", Concern.STRATEGY),
    Code("KG301", Concern.MEASURE, by_basis=True),
    Code("KG302", Concern.MEASURE, by_basis=True),
    Code("KG303", Concern.MEASURE),
    Code("KG304", Concern.MEASURE),
    Code("KG305", Concern.MEASURE),
    Code("KG401", Concern.OUTCOME),
    Code("KG402", Concern.OUTCOME),
    Code("KG403", Concern.OUTCOME),
    Code("KG404", Concern.OUTCOME),
    Code("KG405", Concern.OUTCOME),
    Code("KG501", Concern.UPKEEP),
    Code("KG502", Concern.UPKEEP),
    Code("KG503", Concern.UPKEEP),
    Code("KG504", Concern.UPKEEP),
)

CODES: Final = {code.code: code for code in _TABLE}
FAULT_CODES: Final = tuple(c for c in CODES if c.startswith("KG0"))
UPKEEP_CODES: Final = tuple(c for c in CODES if CODES[c].concern is Concern.UPKEEP)
GAP_CODES: Final = tuple(c for c in CODES if c not in (*FAULT_CODES, *UPKEEP_CODES))
