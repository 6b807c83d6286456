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

# RDF files. What is longer, deeper or denser than kg ever writes is refused.
RDF_FILE_BYTES: Final = 200_000_000
RDF_NESTING: Final = 128
RDF_IRI_BYTES: Final = 8_192
RDF_LITERAL_CHARS: Final = 1_000_000
RDF_PREFIXES: Final = 1_000
RDF_BASES: Final = 8
# Of all JSON-LD contexts of a file together; every thing in it may copy them.
RDF_CONTEXT_BYTES: Final = 48_000
# A JSON-LD file is parsed piece by piece; no single thing may be larger than a piece.
RDF_PIECE_BYTES: Final = 4_000_000
RDF_PIECE_TOKENS: Final = 100_000
# Fewer bytes than these for a statement, over a whole file, are a file made to be endless.
RDF_BYTES_PER_QUAD: Final = 16
# The same for the texts, IRIs and brackets of a file; kg writes one in ten bytes.
RDF_BYTES_PER_TOKEN: Final = 5
# A file of ours takes four times its size while it is read; a denser one is refused at eight.
RDF_GROWTH: Final = 8
# Faults of RDF data; after so many, reading stops and says so.
RDF_FAULTS: Final = 200
