"""Dates as analysis reads them: a stated one is an interval, anything else is none."""

from __future__ import annotations

from kg.model import NOT_STATED
from kg.sources.values import DateInterval, Refused, ends_before, parse_date


def stated_date(text: str | None) -> DateInterval | None:
    """The days that a date names; `None` where it is not stated, does not apply, or is none.

    Examples
    --------
    >>> str(stated_date("2021-09").start), stated_date("not-stated")
    ('2021-09-01', None)
    """
    if text is None or text == NOT_STATED:
        return None
    try:
        return parse_date(text)
    except Refused:
        return None  # a fault of its own, KG009


__all__ = ["ends_before", "stated_date"]
