"""Which legal texts a proposal wants to be changed."""

from __future__ import annotations

from datetime import date

import pytest

from tinhgon.domain.catalogue import TextToChange, texts_to_change

CASES: dict[str, list[tuple[str, str, str]]] = {
    "Sửa đổi điểm b khoản 2 Điều 5 Nghị định 147/2025/NĐ-CP ngày 12/6/2025 của Chính phủ.": [
        (
            "Sửa đổi, bổ sung",
            "điểm b khoản 2 Điều 5",
            "Nghị định số 147/2025/NĐ-CP ngày 12/6/2025 của Chính phủ",
        )
    ],
    # A place outside of the articles, as it is written.
    "Sửa đổi điểm 6 mục V phụ lục VI Nghị định số 133/2025/NĐ-CP": [
        ("Sửa đổi, bổ sung", "điểm 6 mục V phụ lục VI", "Nghị định số 133/2025/NĐ-CP")
    ],
    # "Điều chỉnh" is no place.
    "Điều chỉnh Điều 16 Quyết định số 20/2021/QĐ-UBND.": [
        ("Sửa đổi, bổ sung", "Điều 16", "Quyết định số 20/2021/QĐ-UBND")
    ],
    "Bãi bỏ Điều 7 Quy chế ban hành kèm theo Quyết định số 20/2021/QĐ-UBND": [
        ("Bãi bỏ", "Điều 7", "Quyết định số 20/2021/QĐ-UBND")
    ],
    "Thay thế Quyết định số 9/2020/QĐ-UBND ngày 01/3/2020": [
        ("Thay thế", "", "Quyết định số 9/2020/QĐ-UBND ngày 01/3/2020")
    ],
    # What amended it, or what it details, is not to be changed.
    "Sửa đổi khoản 1 Điều 18 Nghị định số 132/2008/NĐ-CP được sửa đổi, bổ sung tại Nghị định số "
    "74/2018/NĐ-CP": [("Sửa đổi, bổ sung", "khoản 1 Điều 18", "Nghị định số 132/2008/NĐ-CP")],
    "Sửa đổi khoản 4 Điều 5 Thông tư số 07/2016/TT-BYT ngày 15/4/2016 của Bộ Y tế quy định chi "
    "tiết Nghị định số 39/2015/NĐ-CP": [
        (
            "Sửa đổi, bổ sung",
            "khoản 4 Điều 5",
            "Thông tư số 07/2016/TT-BYT ngày 15/4/2016 của Bộ Y tế",
        )
    ],
    "Sửa đổi Điều 11 Thông tư số 07/2025/TT-BKHCN (Mục IV Phụ lục Thông tư số 8/2020/TT-BKHCN).": [
        ("Sửa đổi, bổ sung", "Điều 11", "Thông tư số 07/2025/TT-BKHCN")
    ],
    # One verb for several, in one sentence and over a semicolon.
    "Sửa đổi Điều 3 Quyết định số 1/2020/QĐ-UBND và Điều 4 Quyết định số 2/2020/QĐ-UBND; Điều 5 "
    "Quyết định số 3/2020/QĐ-UBND": [
        ("Sửa đổi, bổ sung", "Điều 3", "Quyết định số 1/2020/QĐ-UBND"),
        ("Sửa đổi, bổ sung", "Điều 4", "Quyết định số 2/2020/QĐ-UBND"),
        ("Sửa đổi, bổ sung", "Điều 5", "Quyết định số 3/2020/QĐ-UBND"),
    ],
    "Sửa Điều 3.\nBãi bỏ Quy chế chi tiêu nội bộ của Sở.": [
        ("Sửa đổi, bổ sung", "", "Sửa Điều 3"),
        ("Bãi bỏ", "", "Bãi bỏ Quy chế chi tiêu nội bộ của Sở"),
    ],
    "Căn cứ Nghị định số 63/2010/NĐ-CP": [],
    "Không.": [],
    "": [],
}


@pytest.mark.parametrize("words", CASES)
def test_what_is_to_be_changed(words: str) -> None:
    found = [(each.work, each.provision, each.document) for each in texts_to_change(words)]

    assert found == CASES[words]


def test_the_same_text_is_named_once() -> None:
    twice = "Sửa Điều 3 Quyết định số 1/2020/QĐ-UBND. Sửa Điều 3 Quyết định số 1/2020/QĐ-UBND."

    assert len(texts_to_change(twice)) == 1


@pytest.mark.parametrize(
    ("words", "due_on"),
    [
        ("Sửa đổi Quyết định số 1/2020/QĐ-UBND trước ngày 01/7/2024.", date(2024, 6, 30)),
        ("Sửa Quyết định số 1/2020/QĐ-UBND. Hoàn thành trước ngày 01/7/2024.", date(2024, 6, 30)),
        ("Sửa Quy chế, chậm nhất ngày 15 tháng 8 năm 2024", date(2024, 8, 15)),
        ("Sửa Quyết định số 1/2020/QĐ-UBND trước ngày 31/02/2024", None),
        ("Sửa Quyết định số 1/2020/QĐ-UBND ngày 01/7/2020", None),
    ],
)
def test_until_when(words: str, due_on: date | None) -> None:
    assert [each.due_on for each in texts_to_change(words)] == [due_on]


@pytest.mark.parametrize(
    ("document", "is_central"),
    [
        ("Nghị định số 63/2010/NĐ-CP", True),
        ("Thông tư số 01/2019/TT-BNV", True),
        ("Thông tư liên tịch số 07/2016/TTTLT-BYT-BTC", True),
        ("Quyết định số 45/2016/QĐ-TTg", True),
        ("Luật Đầu tư năm 2020", True),
        ("Quyết định số 1022/QĐ-BNV", True),
        ("Quyết định số 15/2022/QĐ-UBND", False),
        ("Quyết định số 12/QĐ-BDT", False),
        ("Quyết định số 7/QĐ-BQLKKTCK", False),
        ("Nghị quyết số 08/2021/NQ-HĐND", False),
    ],
)
def test_whose_text_it_is(document: str, is_central: bool) -> None:
    [found] = texts_to_change(f"Sửa đổi Điều 5 {document}")

    assert isinstance(found, TextToChange)
    assert found.is_central is is_central


@pytest.mark.parametrize("count", [24, 60, 5_000])
def test_no_run_of_digits_is_tried_again_and_again(count: int) -> None:
    """With one digit more the words took twice as long: at sixty they never ended."""
    words = f"Sửa khoản 1 {'1' * count} Quyết định số 12/2020/QĐ-UBND"

    [found] = texts_to_change(words)

    assert found.document == "Quyết định số 12/2020/QĐ-UBND"
