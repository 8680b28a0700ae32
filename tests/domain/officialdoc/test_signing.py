from __future__ import annotations

import pytest

from tinhgon.domain.officialdoc import signing_fault


@pytest.mark.parametrize(
    ("authority", "title", "is_collective"),
    [
        ("TM. ỦY BAN NHÂN DÂN", "CHỦ TỊCH", True),
        ("TM. ỦY BAN NHÂN DÂN; KT. CHỦ TỊCH", "PHÓ CHỦ TỊCH", True),
        ("", "CHỦ TỊCH", False),
        ("KT. CHỦ TỊCH", "PHÓ CHỦ TỊCH", False),
        ("KT. BỘ TRƯỞNG", "THỨ TRƯỞNG", None),
        ("TL. CHỦ TỊCH", "CHÁNH VĂN PHÒNG", False),
        ("TUQ. CHỦ TỊCH", "PHÓ GIÁM ĐỐC", False),
        ("Q. GIÁM ĐỐC", "", False),
        ("TM. CHÍNH PHỦ", "THỦ TƯỚNG", None),
    ],
)
def test_sound_formulas(authority: str, title: str, is_collective: bool | None) -> None:
    assert signing_fault(authority, title, is_collective=is_collective) is None


@pytest.mark.parametrize(
    ("authority", "title", "is_collective", "field", "words"),
    [
        ("", "CHỦ TỊCH", True, "authority", "ghi TM."),
        ("KT. CHỦ TỊCH", "PHÓ CHỦ TỊCH", True, "authority", "ghi TM."),
        ("TM. ỦY BAN NHÂN DÂN", "CHỦ TỊCH", False, "authority", "Chỉ ghi TM."),
        ("", "Phó Giám đốc", False, "authority", "ghi KT."),
        ("KT. GIÁM ĐỐC", "GIÁM ĐỐC", False, "title", "cấp phó"),
        ("TM. ỦY BAN NHÂN DÂN", "PHÓ CHỦ TỊCH", True, "authority", "ghi KT."),
    ],
)
def test_formulas_that_do_not_fit(
    authority: str, title: str, is_collective: bool | None, field: str, words: str
) -> None:
    found = signing_fault(authority, title, is_collective=is_collective)

    assert found is not None
    assert found[0] == field
    assert words in found[1]
