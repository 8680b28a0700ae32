from __future__ import annotations

import pytest

from tinhgon.domain.finding import Question, excerpt, marked


def shown(words: str, text: str) -> str:
    pieces = marked(text, Question(words))
    assert "".join(piece.text for piece in pieces) == text
    return "".join(f"[{p.text}]" if p.is_match else p.text for p in pieces)


@pytest.mark.parametrize(
    ("words", "text", "expected"),
    [
        ("tham dinh", "Thẩm định giá", "[Thẩm] [định] giá"),
        ("hoá", "Hóa đơn, văn hoá", "[Hóa] đơn, văn [hoá]"),
        ("thủ tục", "THỦ TỤC, thú tức", "[THỦ] [TỤC], [thú] [tức]"),
        ("quy tr", "Quy trình, quyết", "[Quy] [trình], quyết"),
        ("an", "Ấn An ban Lan ăn", "[Ấn] [An] ban Lan [ăn]"),
        ("tthc", "Thủ tục hành chính; TTHC", "[Thủ tục hành chính]; [TTHC]"),
        ("thủ tục hành chính", "danh mục TTHC", "danh mục [TTHC]"),
        ("kế hoạch và đầu tư", "Sở KH&ĐT", "Sở [KH&ĐT]"),
        ("khdt", "Sở KH&ĐT, Kế hoạch và Đầu tư", "Sở [KH&ĐT], [Kế hoạch và Đầu tư]"),
        ("5/3/2020", "ngày 05/3/2020", "ngày [05]/[3]/[2020]"),
        ("1927/vpcp", "Công văn 1927/VPCP-KSTT", "Công văn [1927]/[VPCP]-KSTT"),
        ("<b>", "a <b> c", "a <[b]> c"),
        (".*", "mọi thứ", "mọi thứ"),
    ],
)
def test_words_are_marked_as_they_stand(words: str, text: str, expected: str) -> None:
    assert shown(words, text) == expected


def test_an_excerpt_is_where_most_words_stand_together() -> None:
    text = f"thủ tục đầu. {'chữ ' * 200}thủ tục hành chính nội bộ của tỉnh. {'chữ ' * 200}"
    pieces = excerpt(text, Question("thủ tục hành chính nội bộ"))
    words = "".join(piece.text for piece in pieces)

    assert "thủ tục hành chính nội bộ của tỉnh" in words
    assert words.startswith("… ")
    assert words.endswith(" …")
    assert len(words) < 300


def test_an_excerpt_of_a_short_text_is_the_text() -> None:
    pieces = excerpt("Rà soát thủ tục", Question("soat"))

    assert [(p.text, p.is_match) for p in pieces] == [
        ("Rà ", False),
        ("soát", True),
        (" thủ tục", False),
    ]


def test_no_word_no_excerpt() -> None:
    assert excerpt("Rà soát thủ tục", Question("đất đai")) == []
    assert excerpt("", Question("đất đai")) == []
