from __future__ import annotations

import re
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tinhgon.domain.vntext import fold, nfc, same_spelling, sort_key

VIETNAMESE = (
    "aàảãáạăằẳẵắặâầẩẫấậbcdđeèẻẽéẹêềểễếệghiìỉĩíịklmnoòỏõóọôồổỗốộơờởỡớợpqrstuùủũúụưừửữứựvxyỳỷỹýỵ"
)
words = st.text(st.sampled_from(VIETNAMESE + VIETNAMESE.upper() + " -0123456789"), max_size=20)


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("Thẩm định", "tham dinh"),
        ("đơn giản hoá", "don gian hoa"),
        ("đơn giản hóa", "don gian hoa"),
        ("ĐƯỜNG  Ỷ \t LA", "duong y la"),
        ("Ðồng Ðăng", "dong dang"),  # with the capital eth of old fonts
        ("ủy\u00a0ban", "uy ban"),
        ("  ", ""),
        ("QĐ-UBND", "qd-ubnd"),
        ("100 m²", "100 m2"),
    ],
)
def test_fold(text: str, folded: str) -> None:
    assert fold(text) == folded
    assert fold(unicodedata.normalize("NFD", text)) == folded


@given(st.text())
def test_folding_twice_changes_nothing(text: str) -> None:
    assert fold(fold(text)) == fold(text)


@given(words)
def test_vietnamese_folds_to_plain_letters(text: str) -> None:
    assert re.fullmatch(r"[a-z0-9 -]*", fold(text))
    assert fold(text.upper()) == fold(text)


def test_nfc_composes() -> None:
    assert nfc("e\u0302\u0301") == "ế"


IN_ORDER = [
    "1",
    "02",
    "10",
    "A Lưới",
    "Ả rập",
    "An Hùng",
    "An Sơn",
    "Ăn",
    "Ân Thi",
    "ba",
    "ba hoa",
    "bà",
    "bà con",
    "bả",
    "bã",
    "bá",
    "bạ",
    "bác",
    "Cao Lộc",
    "Danh",
    "Đào",
    "Đạo",
    "e",
    "ê",
    "on",
    "ôn",
    "ơn",
    "Phường 2",
    "Phường 10",
    "Phường Đông Kinh",
    "u",
    "ư",
    "Văn Lãng",
    "Văn Quan",
    "Vân Nham",
]


@given(st.permutations(IN_ORDER))
def test_the_order_of_the_dictionary(shuffled: list[str]) -> None:
    assert sorted(shuffled, key=sort_key) == IN_ORDER


@pytest.mark.parametrize(
    ("one", "other"),
    [("Hoà Bình", "hòa bình"), ("Lạng Sơn", "LẠNG-SƠN"), ("xã 007", "xã 7"), ("", " … ")],
)
def test_what_does_not_count_in_the_order(one: str, other: str) -> None:
    assert sort_key(one) == sort_key(other)


def test_letters_from_elsewhere_come_after_z() -> None:
    assert sort_key("zz") < sort_key("жук")
    assert sort_key("façade") == sort_key("facade")


@given(st.text())
def test_a_key_is_plain_in_every_collation(text: str) -> None:
    assert re.fullmatch(r"[a-z0-9]*", sort_key(text))


@given(st.text(st.characters(max_codepoint=0x24F)))
def test_the_length_of_a_key(text: str) -> None:
    assert len(sort_key(text)) <= 10 * len(unicodedata.normalize("NFKC", text))


@given(words, words)
def test_a_longer_text_comes_after_its_beginning(text: str, more: str) -> None:
    assert sort_key(text) <= sort_key(f"{text} {more}")


@given(st.integers(0, 10**40), st.integers(0, 10**40))
def test_numbers_sort_by_value(a: int, b: int) -> None:
    assert (sort_key(f"Phụ lục {a}") < sort_key(f"Phụ lục {b}")) is (a < b)


def test_the_longest_numbers() -> None:
    assert sort_key("1" + "0" * 150) < sort_key("2" + "0" * 150)


@pytest.mark.parametrize(
    ("written", "spelt"),
    [
        ("hoà", "hòa"),
        ("HOÁ", "HÓA"),
        ("Cộng hoà xã hội", "Cộng hòa xã hội"),
        ("thuỷ", "thủy"),
        ("uỷ ban", "ủy ban"),
        ("khoẻ", "khỏe"),
        ("qúy", "quý"),
        ("quý", "quý"),
        ("hòan", "hoàn"),
        ("hoàn thành", "hoàn thành"),
        ("tòan", "toàn"),
        ("ngoài", "ngoài"),
        ("khuỷu", "khuỷu"),
        ("xoáy", "xoáy"),
        ("già", "già"),
        ("gìa", "già"),
        ("gì", "gì"),
        ("giếng", "giếng"),
        ("gíêng", "giếng"),
        ("quốc", "quốc"),
        ("quả", "quả"),
        ("của", "của"),
        ("cửa", "cửa"),
        ("mía", "mía"),
        ("nghĩa", "nghĩa"),
        ("đường", "đường"),
        ("thuở", "thuở"),
        ("huýt", "huýt"),
        ("nghiệp vụ", "nghiệp vụ"),
        ("kỹ kĩ", "kỹ kĩ"),
        ("café cliché", "café cliché"),
        ("ho\u0061\u0300", "hòa"),
        ("Quyết định 12/QĐ-UBND", "Quyết định 12/QĐ-UBND"),
    ],
)
def test_one_place_for_the_tone(written: str, spelt: str) -> None:
    assert same_spelling(written) == spelt
    assert same_spelling(spelt) == spelt


@given(words)
def test_spelling_keeps_the_letters(text: str) -> None:
    assert fold(same_spelling(text)) == fold(text)
    assert same_spelling(same_spelling(text)) == same_spelling(text)
