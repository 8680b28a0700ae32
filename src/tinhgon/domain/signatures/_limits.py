from __future__ import annotations

import struct
import zlib

from pyhanko.pdf_utils.misc import PdfError

MOST_BYTES = 60 * 1024 * 1024
MOST_SIGNATURES = 50

# What the libraries raise on files that are no proper PDF: they parse as they go and check little.
FAULTS = (
    PdfError,
    ArithmeticError,
    AssertionError,
    AttributeError,
    LookupError,
    NotImplementedError,
    OSError,
    RecursionError,
    TypeError,
    ValueError,
    struct.error,
    zlib.error,
)


class Unreadable(Exception):
    """The file cannot be looked into; the message says why, for the person who sent it."""
