"""Which encoding a text of Vietnamese is in; one that cannot be told is refused, never guessed."""

from __future__ import annotations

import re
import unicodedata

from tinhgon.domain.vntext import nfc

from ._model import SheetUnreadable

_MIXED = (
    "Tệp dùng lẫn nhiều bảng mã: dòng {good} theo Unicode (UTF-8), dòng {bad} thì không. "
    "Mở từng phần bằng đúng chương trình, chép vào một tệp rồi lưu dạng CSV UTF-8."
)
_OLD_FONT = (
    "Tệp viết bằng bảng mã TCVN3 (phông .VnTime) hoặc VNI. "
    "Chuyển sang Unicode bằng UniKey rồi lưu lại."
)
_BINARY = "Tệp không phải là văn bản. Mở bằng Excel rồi lưu lại dạng .xlsx hoặc CSV UTF-8."
_OF_UTF8 = re.compile(rb"\xe1[\xba\xbb][\x80-\xbf]")  # ạ … ỹ
_VOWEL = frozenset("aăâeêioôơuưy")
# Signs inside words are letters of fonts that are older than Unicode.
_SIGN_IN_WORD = re.compile(r"[^\W\d_][¡-¿÷×][^\W\d_]|[^\W\d_][µ¶·¸¹¦§¨©ª«¬®]")


def decode(data: bytes) -> tuple[str, str]:
    """
    Return the text, and its encoding in words.

    UTF-8 and UTF-16 are known by what they are; what is neither is Windows-1258 where its marks
    stand on vowels, else Windows-1252.

    :raises SheetUnreadable: if it is no text, of several encodings, or in an old font.
    """
    for mark, encoding, words in _MARKED:
        if data.startswith(mark):
            return _strictly(data, encoding), words
    if b"\0" in data:
        raise SheetUnreadable(_BINARY)
    try:
        return data.decode(), "UTF-8"
    except UnicodeDecodeError:
        _refuse_mixed(data)
    marks, strange = _marks(text := data.decode("cp1258", errors="replace"))
    words = "Windows-1258"
    if strange > marks:
        text, words = data.decode("cp1252", errors="replace"), "Windows-1252"
    if len(_SIGN_IN_WORD.findall(text)) > _FEW or "\ufffd" in text:
        raise SheetUnreadable(_OLD_FONT)
    return nfc(text), words


_FEW = 3
_MARKED = (
    (b"\xef\xbb\xbf", "utf-8-sig", "UTF-8 (có BOM)"),
    (b"\xff\xfe", "utf-16", "UTF-16"),
    (b"\xfe\xff", "utf-16", "UTF-16"),
)


def _strictly(data: bytes, encoding: str) -> str:
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError as e:
        if encoding == "utf-8-sig":
            _refuse_mixed(data)
        raise SheetUnreadable("Tệp bị hỏng hoặc tải về chưa đủ. Lưu lại dạng CSV UTF-8.") from e
    if "\0" in text:
        raise SheetUnreadable(_BINARY)
    return text


def _refuse_mixed(data: bytes) -> None:
    """A line that holds letters of UTF-8 beside one that is none cannot be of one encoding."""
    good = bad = 0
    for number, line in enumerate(data.split(b"\n"), start=1):
        if line.isascii():
            continue
        try:
            line.decode("utf-8-sig")
            good = good or number
        except UnicodeDecodeError:
            bad = bad or number
            good = good or (number if _OF_UTF8.search(line) else 0)
        if good and bad:
            raise SheetUnreadable(_MIXED.format(good=good, bad=bad))


def _marks(text: str) -> tuple[int, int]:
    """Return how many tone marks stand on a vowel, and how many on something else."""
    on_vowel = strange = 0
    before = ""
    for char in text:
        if unicodedata.combining(char):
            base = unicodedata.normalize("NFD", before or " ")[0].lower()
            if base in _VOWEL or before.lower() in _VOWEL:
                on_vowel += 1
            else:
                strange += 1
        before = char
    return on_vowel, strange
