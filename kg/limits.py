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

# A query that a person wrote: its text, its nesting, and what it may take to run.
QUERY_BYTES: Final = 65_536
QUERY_DEPTH: Final = 128
QUERY_SECONDS: Final = 10.0
QUERY_MEMORY_BYTES: Final = 1_500_000_000
QUERY_ROWS: Final = 50_000
# What may come back of it: an answer larger than this is cut, and said to be cut.
QUERY_ANSWER_BYTES: Final = 32_000_000
QUERY_ANSWER_CELLS: Final = 1_000_000
