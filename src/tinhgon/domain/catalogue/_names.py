"""Names and codes of procedures as cells print them."""

from __future__ import annotations

import re

from tinhgon.domain.vntext import nfc

FOOTNOTE = re.compile(r"\s*\[\d{1,3}\]")
_CODE = re.compile(
    r"(?<!\d)(\d)\.?(\d{6})(?!\d)(?:\s*[.\-]\s*(?:\d{2}\.\d{2}\.\d{2}\.)?\s*([A-Z]\d{1,2}))?"
)
_NAME_CODE = re.compile(
    r"\s*[\[(]?\s*(?:[Mm]ã\s*(?:số|TTHC|thủ tục|"
    r"hồ sơ)?(?:\s*TTHC)?\s*:?\s*)?(?P<code>\d\.\d{6}(?:[. \w]{0,20})?)\s*[\])]?\s*$"
)


def split_name(text: str) -> tuple[str, str | None]:
    """Return the name without footnote marks, and the code that stood at its end."""
    name = one_line(nfc(text))
    name = re.sub(r"(?:\s*\[\d{1,3}\])+\s*$", "", name)
    found = _NAME_CODE.search(name)
    if found is None or not name[: found.start()].strip():
        return name, None
    return name[: found.start()].rstrip(" -–,;"), clean_code(found["code"])


def clean_code(text: str) -> str | None:
    """Return a code in its usual form ("1.014466.H05"), None where the text has none."""
    text = one_line(FOOTNOTE.sub("", text))
    codes = [
        f"{found[1]}.{found[2]}" + (f".{found[3]}" if found[3] else "")
        for found in _CODE.finditer(text)
    ]
    return "; ".join(codes) or None


def is_code(text: str) -> bool:
    """Tell whether a cell holds codes and nothing else."""
    return not _CODE.sub("", FOOTNOTE.sub("", text)).strip(" .;,\n()")


def one_line(text: str) -> str:
    return " ".join(text.split())
