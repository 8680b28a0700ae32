"""Codes that the national database gave to procedures."""

from __future__ import annotations

import re

_LONGEST = 30
_CODE = re.compile(r"[0-9A-Z]+(?:[.-][0-9A-Z]+)*")


def as_national_code(text: str) -> str | None:
    """Return the code without spaces and in capitals; None where the text is not one code."""
    code = "".join(text.split()).upper()
    return code if len(code) <= _LONGEST and _CODE.fullmatch(code) else None
