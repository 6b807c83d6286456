"""The default limits: how large an input may be before it is refused."""

from __future__ import annotations

from typing import Final

TOML_FILE_BYTES: Final = 1_000_000
CSV_FILE_BYTES: Final = 50_000_000
JSON_FILE_BYTES: Final = 200_000_000
TEXT_FILE_BYTES: Final = 20_000_000

# A cell of a table, in characters; a longer one is most often a quotation mark left open.
CSV_CELL_CHARS: Final = 1_000_000
# Rows with broken quotation marks; after so many, reading stops and says so.
CSV_BROKEN_ROWS: Final = 20

# No number or date that a person wrote is longer.
VALUE_CHARS: Final = 60
# More significant digits than these do not survive as a floating-point number.
DECIMAL_DIGITS: Final = 15

# Characters hashed while one quote is looked for; past it the quote stays unverified.
QUOTE_SEARCH_CHARS: Final = 50_000_000
