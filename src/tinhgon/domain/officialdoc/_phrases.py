"""The fixed phrases of an official document, recognised also with slips of OCR."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

from rapidfuzz import fuzz

# Capital and small letters for character classes: a range such as À-Ỹ holds both.
_LETTERS = [chr(code) for code in (*range(0xC0, 0x250), *range(0x1E00, 0x1EFA))]
UPPER = "A-Z" + "".join(
    letter for letter in _LETTERS if letter.isupper()
)  # for regular expressions
LOWER = "a-z" + "".join(letter for letter in _LETTERS if letter.islower())

MOTTO = "cong hoa xa hoi chu nghia viet nam"
MOTTO_LINE_2 = "doc lap - tu do - hanh phuc"

# Appendix III of NĐ 30/2020/NĐ-CP, with the names used above it in the hierarchy of texts.
DOCUMENT_TYPES = (
    "nghị quyết", "quyết định", "chỉ thị", "quy chế", "quy định", "thông cáo", "thông báo",
    "hướng dẫn", "chương trình", "kế hoạch", "phương án", "đề án", "dự án", "báo cáo", "biên bản",
    "tờ trình", "hợp đồng", "công điện", "bản ghi nhớ", "bản thỏa thuận", "giấy ủy quyền",
    "giấy mời", "giấy giới thiệu", "giấy nghỉ phép", "phiếu gửi", "phiếu chuyển", "phiếu báo",
    "thư công", "nghị định", "thông tư", "kết luận",
)  # fmt: skip

# How the first sentence of a letter begins.
OPENING = re.compile(
    r"^(?:ngày \d|căn cứ|thực hiện |xét |theo |để |nhằm |sau khi |thời gian qua|trong thời gian|"
    r"vừa qua|hiện nay|tiếp theo|ủy ban nhân dân .{3,60} (?:nhận|ban hành|yêu cầu)|điều \d)",
    re.IGNORECASE,
)

URGENCIES = ("HỎA TỐC", "THƯỢNG KHẨN", "KHẨN")
SECRECIES = ("TUYỆT MẬT", "TỐI MẬT", "MẬT")


@lru_cache(maxsize=4096)
def _base(letter: str) -> str:
    if letter in "đĐ":
        return "d"
    if letter in "–—‐‑−":
        return "-"
    return unicodedata.normalize("NFD", letter)[0].lower()


def fold(text: str) -> str:
    """Return the text in lower case without accents, letter for letter, so that positions stay."""
    return "".join(_base(letter)[:1] for letter in text)


_FOLDED_TYPES = {fold(name): name for name in DOCUMENT_TYPES}


def is_upper(text: str) -> bool:
    """True when the text has letters and none of them is small."""
    return text == text.upper() and text != text.lower()


def mostly_upper(text: str) -> bool:
    """True for capitals with a slip of OCR or a small word such as "điện" in them."""
    letters = [c for c in text if c.isalpha()]
    return len(letters) >= 2 and sum(c.isupper() for c in letters) >= 0.85 * len(letters)


def find_phrase(phrase: str, text: str, bound: float = 85) -> tuple[int, int] | None:
    """Return where the (folded) phrase stands in the text, allowing for a few wrong letters."""
    folded = fold(text)
    at = folded.find(phrase)
    if at >= 0:
        return at, at + len(phrase)
    if len(folded) < 0.8 * len(phrase):
        return None
    found = fuzz.partial_ratio_alignment(phrase, folded, score_cutoff=bound)
    return (found.dest_start, found.dest_end) if found else None


def is_phrase(phrase: str, text: str, bound: float = 82) -> bool:
    """True when the whole text is the (folded) phrase, allowing for a few wrong letters."""
    folded = fold(text).strip(" .:;*-_").replace(" ", "")
    phrase = phrase.replace(" ", "")
    return folded == phrase or (
        abs(len(folded) - len(phrase)) <= 3 and fuzz.ratio(phrase, folded) >= bound
    )


def is_motto(text: str) -> bool:
    """True for the two lines of the motto, and for the pieces of one that did not fit."""
    if is_phrase(MOTTO, text) or is_phrase(MOTTO_LINE_2, text):
        return True
    folded = fold(text).strip()
    begins = len(folded) >= 14 and MOTTO.startswith(folded)
    return begins or folded in ("nam", "viet nam", "nghia viet nam", "chu nghia viet nam")


_ADDRESS = re.compile(r"^\W{0,3}(\w+\s*\w+)\s*[:;.]\s*(.*)$|^\W{0,3}(\w+\s+\w+)$", re.DOTALL)


def after_label(label: str, text: str) -> str | None:
    """
    Return what follows a two-word label such as "Kính gửi:" or "Nơi nhận:", "" for nothing, None
    if it is not there.

    Letters may be wrong in the label, the colon may be missing when it stands alone.
    """
    found = _ADDRESS.match(text)
    if not found:
        return None
    head, rest = (found[1], found[2]) if found[1] else (found[3], "")
    if not is_phrase(label, head, 80) or not head[0].isupper():
        return None
    return str(rest).strip()


def document_type(text: str) -> str | None:
    """Return the type of document when the text is nothing but its printed name in capitals."""
    plain = text.strip(" .:*-_")
    if not is_upper(plain):
        return None
    folded = fold(plain)
    return _FOLDED_TYPES.get(folded) or _FOLDED_TYPES.get(_unspaced(folded))


def _unspaced(folded: str) -> str:
    """Join letters printed apart ("Q U Y E T  D I N H")."""
    pieces = folded.split()
    if len(pieces) < 5 or any(len(piece) > 1 for piece in pieces):
        return ""
    joined = "".join(pieces)
    return next((name for name in _FOLDED_TYPES if name.replace(" ", "") == joined), "")


def stamp_word(text: str, words: tuple[str, ...]) -> str | None:
    """Return the word of a stamp ("HỎA TỐC", "MẬT") when the text is nothing else."""
    plain = text.strip(" .:*-_")
    if not is_upper(plain):
        return None
    return next((word for word in words if fold(word) == fold(plain)), None)


_RULE = re.compile(r"^[\s\-–—_=*~.•·]{3,}$|^[-–—_*=~]+$")


def is_rule(text: str) -> bool:
    """True for a line drawn by signs."""
    return bool(_RULE.match(text))
