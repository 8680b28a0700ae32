from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from tinhgon.domain.procedures import word_changes


def marked(old: str, new: str) -> tuple[str, str]:
    return tuple(  # type: ignore[return-value]
        "".join(f"[{p.text.strip()}]" if p.differs else p.text for p in side)
        for side in word_changes(old, new)
    )


def test_only_the_words_that_changed_are_marked() -> None:
    old = "Thẩm định hồ sơ; thời gian: 03 ngày làm việc; sản phẩm: Báo cáo"
    new = "Thẩm định hồ sơ; thời gian: 02 ngày làm việc; sản phẩm: Báo cáo thẩm định"
    left, right = marked(old, new)
    assert left == "Thẩm định hồ sơ; thời gian: [03]ngày làm việc; sản phẩm: Báo cáo"
    assert right == "Thẩm định hồ sơ; thời gian: [02]ngày làm việc; sản phẩm: Báo cáo [thẩm định]"


def test_texts_with_little_in_common_differ_as_a_whole() -> None:
    assert marked("Ký ban hành quyết định", "Tiếp nhận và kiểm tra hồ sơ") == (
        "[Ký ban hành quyết định]",
        "[Tiếp nhận và kiểm tra hồ sơ]",
    )
    assert marked("", "Thêm mới") == ("[]", "[Thêm mới]")
    assert marked("Như cũ", "Như cũ") == ("Như cũ", "Như cũ")


@given(st.text(max_size=60), st.text(max_size=60))
def test_no_word_is_lost(old: str, new: str) -> None:
    left, right = word_changes(old, new)
    assert "".join(p.text for p in left).split() == old.split()
    assert "".join(p.text for p in right).split() == new.split()
