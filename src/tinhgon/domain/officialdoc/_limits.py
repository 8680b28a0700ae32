"""How large a file may be. A letter of a hundred pages is below all of them."""

from __future__ import annotations

MEGABYTE = 1024 * 1024

MAX_BYTES = 20 * MEGABYTE
MAX_PAGES = 300
MAX_SCANNED_PAGES = 60  # reading characters off a picture takes seconds a page

MAX_ENTRIES = 2000  # in the zip file which a .docx or .odt is
MAX_UNPACKED = 150 * MEGABYTE
MAX_RATIO = 150  # unpacked to packed, for parts larger than RATIO_FROM
RATIO_FROM = 4 * MEGABYTE
MAX_PARAGRAPHS = 60_000

CONVERT_SECONDS = 120
RECOGNISE_SECONDS = 120  # a page
