"""What tests share: the bundled ledger, and the source article where it is at hand."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from kg.files import bundled
from kg.model import Dataset
from kg.sources.ledger import read_ledger
from kg.sources.reading import Reading
from kg.sources.spans import read_texts

CHECKOUT = Path(__file__).parent.parent


def sources_folder() -> Path:
    """Where the source article lies, if anywhere."""
    return Path(os.environ.get("KG_SOURCES") or CHECKOUT.parent / "shared" / "sources")


@pytest.fixture(scope="session")
def liling_reading() -> Reading:
    return read_ledger(bundled("data", "liling"))


@pytest.fixture(scope="session")
def liling(liling_reading: Reading) -> Dataset:
    return liling_reading.dataset


@pytest.fixture(scope="session")
def article(liling: Dataset) -> str:
    """The article's text; tests that need it are skipped, saying why, where it is missing."""
    folder = sources_folder()
    texts = read_texts(liling, folder) if folder.is_dir() else {}
    if not texts:
        pytest.skip(f"the source article is not in {folder} (set KG_SOURCES to its folder)")
    return texts["s1"]
