"""The files beside the tables of a ledger that are no part of the data set, as they are."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from kg.files import read_bytes
from kg.limits import CSV_FILE_BYTES
from kg.sources.columns import SIDE_TABLES
from kg.sources.policy import POLICY_FILE

SIDE_FILES: Final = (POLICY_FILE, *(f"{table}.csv" for table in SIDE_TABLES))


def read_side_files(folder: Path) -> dict[str, bytes]:
    """Read the policy and the reviews of a folder, by file name; those that it has.

    They are not parsed: whoever copies them keeps what they say, their faults too.

    Raises
    ------
    SourceError
        Where one is too large, or a folder.
    """
    return {
        name: read_bytes(folder / name, limit=CSV_FILE_BYTES)
        for name in SIDE_FILES
        if (folder / name).exists()
    }
