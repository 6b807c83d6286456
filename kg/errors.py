"""Errors that mean "cannot go on": each keeps where, what, and what to do."""

from __future__ import annotations


class KgError(Exception):
    """Base of every error a person may see: `where` it is, and a sentence of the catalogue.

    `key` names the sentence under `error.` in the word catalogue (what is wrong, and what
    to do about it); `facts` are the values it is made with.

    >>> error = SourceError("source-missing", where="ledger")
    >>> error.where, error.key
    ('ledger', 'source-missing')
    """

    def __init__(self, key: str, *, where: str = "", **facts: str | int) -> None:
        super().__init__(key)
        self.key = key
        self.where = where
        self.facts = facts

    def __str__(self) -> str:
        from kg.words import format_error

        return format_error(self.key, where=self.where, facts=self.facts)


class SourceError(KgError):
    """Input that cannot be read."""


class UnknownNodeError(KgError):
    """An id that the data set does not have."""


class UsageError(KgError):
    """An option or argument that makes no sense here."""


class WriteError(KgError):
    """A file that could not be written; the old one is still there."""


class QueryError(KgError):
    """A query or a parameter that cannot be run."""


class DataFaultError(KgError):
    """Faults that would drop or misread a row: the first of them, and how many more."""
