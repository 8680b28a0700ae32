"""In which encoding a text came, told or refused."""

from __future__ import annotations

import unicodedata

import pytest

from tinhgon.domain.sheets import SheetUnreadable, decode

TEXT = "Tên thủ tục;Lĩnh vực\nThẩm định đề án thành lập đơn vị;Tổ chức bộ máy\nƯu đãi người có công"


def as_1258(text: str) -> bytes:
    """Vowels with their own mark stay one letter, the tone follows: as Windows writes it."""
    out = []
    for char in text:
        try:
            out.append(char.encode("cp1258"))
        except UnicodeEncodeError:
            parts = unicodedata.normalize("NFD", char)
            tone = next(c for c in parts if c in "\u0300\u0301\u0303\u0309\u0323")
            base = unicodedata.normalize("NFC", parts.replace(tone, ""))
            out.append(base.encode("cp1258") + tone.encode("cp1258"))
    return b"".join(out)


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (TEXT.encode(), "UTF-8"),
        (TEXT.encode("utf-8-sig"), "UTF-8 (có BOM)"),
        (TEXT.encode("utf-16"), "UTF-16"),
        (b"\xfe\xff" + TEXT.encode("utf-16-be"), "UTF-16"),
        (as_1258(TEXT), "Windows-1258"),
    ],
)
def test_every_usual_encoding_is_told(data: bytes, words: str) -> None:
    assert decode(data) == (TEXT, words)


def test_western_text_is_told_from_vietnamese() -> None:
    text = "Señor Ñandú; façade; Ínsula; ÒÌÞ bÒ"
    assert decode(text.encode("cp1252")) == (text, "Windows-1252")


def test_plain_ascii_is_utf_8() -> None:
    assert decode(b"a;b\nc;d") == ("a;b\nc;d", "UTF-8")


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (TEXT.encode() + b"\n" + as_1258(TEXT), "dòng 1 theo Unicode"),
        (as_1258(TEXT) + b"\n" + TEXT.encode(), "nhiều bảng mã"),
        (TEXT.encode("utf-8-sig") + b"\n" + as_1258("định"), "nhiều bảng mã"),
        (b"a\0b", "không phải là văn bản"),
        (TEXT.encode("utf-16")[:-1], "hỏng"),
        (b"N\xa9ng b\xcbc l\xad\xacng; \xaeinh m\xb8c\n" * 5, "TCVN3"),
    ],
)
def test_what_is_of_no_one_encoding_is_refused(data: bytes, words: str) -> None:
    with pytest.raises(SheetUnreadable, match=words):
        decode(data)
