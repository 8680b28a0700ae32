from __future__ import annotations

import re

_FORBIDDEN = re.compile(r"[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def clean(text: str) -> str:
    """Return a text without the characters that no XML may hold (XML 1.0, 2.2)."""
    return _FORBIDDEN.sub("", text)
