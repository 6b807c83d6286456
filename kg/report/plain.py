"""Text from data as it may stand in a document: nothing that XML forbids or that turns text."""

from __future__ import annotations

import re
from typing import Final

# What no XML document may hold, and marks that show a text in another order than it has.
_FORBIDDEN: Final = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069"
    "\ud800-\udfff\ufffe\uffff]"
)


def clean_text(text: str) -> str:
    r"""The text with a sign in place of whatever a document cannot hold; line ends are `\n`.

    >>> clean_text("a\x00b\r\nc\u202ed")
    'a�b\nc�d'
    """
    return _FORBIDDEN.sub("\ufffd", text.replace("\r\n", "\n").replace("\r", "\n"))
