"""What is found by what, from the closest match to the loosest."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tinhgon.domain.finding import (
    Question,
    Tier,
    kind_token,
    reach_tokens,
    text_tokens,
    title_tokens,
)

TITLE = "Thẩm định đề án vị trí việc làm của Văn phòng UBND tỉnh"


def tier_of(
    words: str, title: str = TITLE, *, body: str = "", codes: tuple[str, ...] = ()
) -> Tier | None:
    """Return the one tier in which the question is answered, None if it is not."""
    question = Question(words)
    if not question:
        return None
    tokens = text_tokens(title, codes=codes, body=body)
    conditions = [*question.closer, question.in_title(), question.anywhere()]
    held = [each.tier for each in conditions if each.holds(tokens)]
    # Who fulfils a tier fulfils all that are looser.
    assert held == [each.tier for each in conditions[len(conditions) - len(held) :]] or (
        held[0] is Tier.WHOLE
    )
    if held and held[0] is not Tier.ANYWHERE:
        assert question.closest(title_tokens(title, codes=codes)) is held[0]
    return held[0] if held else None


@pytest.mark.parametrize(
    ("words", "tier"),
    [
        (TITLE, Tier.WHOLE),
        ("THẨM ĐỊNH ĐỀ ÁN VỊ TRÍ VIỆC LÀM CỦA VĂN PHÒNG ỦY BAN NHÂN DÂN TỈNH", Tier.WHOLE),
        ("thẩm định đề án", Tier.SPELLED),
        ("THẨM ĐỊNH", Tier.SPELLED),
        ("tham dinh", Tier.PHRASE),
        ("thấm đình", Tier.PHRASE),
        ("văn phòng ủy ban nhân dân tỉnh", Tier.SPELLED),
        ("ubnd tinh", Tier.PHRASE),
        ("vpubnd", Tier.PHRASE),
        ("đề án vị tr", Tier.BEGUN),
        ("việc thẩm đ", Tier.TITLE),
        ("lam tham", Tier.TITLE),
        ("v", Tier.TITLE),
        ("thẩm tra", None),
        ("tha định", None),  # only the last word may be begun
        ("", None),
        ("  ", None),
        ('"*:^()NEAR', None),
        ("thẩm* OR định", None),
    ],
)
def test_a_title_answers_in_the_closest_tier(words: str, tier: Tier | None) -> None:
    assert tier_of(words) == tier


@pytest.mark.parametrize("form", ["NFC", "NFD"])
@pytest.mark.parametrize(
    ("words", "title"),
    [("hóa đơn", "Hoá đơn"), ("thuỷ lợi", "Thủy lợi"), ("ĐƠN GIẢN HÓA", "Đơn giản hoá quy trình")],
)
def test_both_places_of_a_tone_mark_are_one_spelling(form: str, words: str, title: str) -> None:
    typed = unicodedata.normalize(form, words)  # type: ignore[arg-type]

    assert tier_of(typed, title) in {Tier.WHOLE, Tier.SPELLED}


@pytest.mark.parametrize(
    ("words", "tier"),
    [
        ("1927/VPCP-KSTT", Tier.WHOLE),
        ("1927/vpcp-ks", Tier.BEGUN),
        ("1927", Tier.PHRASE),
        ("192", Tier.TITLE),
        ("vpcp 1927", Tier.TITLE),
        ("văn phòng chính phủ", Tier.SPELLED),
        ("kiểm soát thủ tục", Tier.SPELLED),
        ("1927/KSTT/x", None),  # not what follows one another in the symbol
    ],
)
def test_a_number_is_found_whole_and_in_parts(words: str, tier: Tier | None) -> None:
    assert tier_of(words, "Về việc rà soát", codes=("1927/VPCP-KSTT",)) == tier


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("30/2020/NĐ-CP", True),
        ("nghị định 30/2020/nđ-cp", True),
        ("30/2020", True),
        ("30/2019/NĐ-CP", False),
        ("2020/30/NĐ", False),
        ("05/3/2020", True),
        ("5/3/2020", True),
        ("12/QĐ-UBND", True),
        ("tthc", True),
        ("thủ tục hành chính", True),
        ("chính nội b", True),
        ("rà soát tthc nội bộ", True),  # one word in the title, the others in the text
        ("thử tục", True),
        ("sở kế hoạch và đầu tư", True),
        ("Sở KHĐT", True),
        ("LĐTBXH", True),
        ("thương binh và xã hội", True),
        ("khoa học", False),
        ("nội bô hành khách", False),
    ],
)
def test_the_text_is_found_after_titles(words: str, found: bool) -> None:
    body = (
        "Căn cứ Nghị định số 30/2020/NĐ-CP ngày 05/3/2020 và Quyết định số 12 /QĐ-UBND; "
        "danh mục TTHC nội bộ; Sở KH&ĐT, Sở LĐ-TB&XH"
    )

    assert tier_of(words, "Về việc rà soát", body=body) == (Tier.ANYWHERE if found else None)


@given(st.text(), st.text(), st.text())
def test_no_text_says_who_may_see_it(title: str, code: str, body: str) -> None:
    reach = {*reach_tokens(["/1/7/"], below=True, everybody=True, public=True), kind_token("duty")}
    for text in (title, code, body, *reach, "ub nd, UBND; p ub a1 d7 all k duty", "_pub __pub"):
        tokens = text_tokens(text, codes=(text, code), beside=text, body=text)
        assert not [token for token in tokens if token.startswith("__")]
    assert all(token.startswith("__") for token in reach)


@given(st.text(max_size=60))
def test_every_question_can_be_asked(words: str) -> None:
    if question := Question(words):
        for condition in (*question.closer, question.in_title(), question.anywhere()):
            for token in (token for group in condition.groups for token in group):
                assert token.replace("_", "").isalnum()


def test_more_words_than_count_narrow_nothing() -> None:
    title = " ".join(f"từ{n}" for n in range(1, 30))

    assert tier_of(title, title) is Tier.WHOLE
    assert tier_of(f"{title} khác", title) is not None


def test_a_long_text_has_bounded_tokens() -> None:
    body = " ".join(f"từ{n:x}khác" for n in range(100_000))

    assert sum(map(len, text_tokens("Tên", body=body))) < 400_000
    assert tier_of("từ0khác", "Tên", body=body) is Tier.ANYWHERE


def test_a_word_of_any_length_is_a_word() -> None:
    assert tier_of("ă" * 5_000, f"Tên {'ă' * 5_000}") is not None
