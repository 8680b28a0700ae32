"""Capitals of the Vietnamese alphabet, for patterns."""

from __future__ import annotations

import string

_LATIN = range(0x00C0, 0x1EFA)
UPPER = string.ascii_uppercase + "".join(chr(c) for c in _LATIN if chr(c).isupper())
LOWER = UPPER.lower()
