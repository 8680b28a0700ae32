"""Of which kind a measure is that somebody else worded: a guess, for a person to correct."""

from __future__ import annotations

import re

from tinhgon.domain.vntext import fold

from ._measure import MeasureKind

_DROP = r"(bai bo|loai bo|luoc bo|cat bo|cat giam|bo|giam|khong yeu cau|khong phai nop)"
_PAPER = r"(thanh phan|ho so|giay to|ban sao|ban chinh|tai lieu|van ban)"
_START = r"^\W*(de nghi |kien nghi |thuc hien )?"

_RULES: tuple[tuple[MeasureKind, re.Pattern[str]], ...] = tuple(
    (kind, re.compile(pattern))
    for kind, pattern in (
        (
            MeasureKind.ABOLISH,
            _START + r"(bai bo|huy bo|cat giam|bo) (toan bo |noi dung )?(cac )?(thu tuc|tthc)\b"
            r"(?! (thanh phan|buoc))",
        ),
        (MeasureKind.MERGE, _START + r"(gop|ghep|hop nhat|sap nhap)( \d+| cac)? (thu tuc|tthc)\b"),
        (MeasureKind.FEWER_SETS, rf"{_DROP}.{{0,40}}(so luong ho so|so bo|tu \d+ bo)"),
        (MeasureKind.SHORTEN, r"(rut ngan|cat giam|giam|rut) .{0,60}(thoi gian|thoi han|\d+ ngay)"),
        (MeasureKind.MERGE_STEPS, r"(gop|ghep) .{0,40}(buoc|khau|cong doan)"),
        (MeasureKind.DROP_STEP, rf"{_DROP} .{{0,40}}(buoc|khau|cong doan|trinh tu|thu tuc lay)"),
        (MeasureKind.DROP_CONDITION, rf"{_DROP} .{{0,30}}dieu kien"),
        (MeasureKind.ELECTRONIC, r"(dien tu|truc tuyen|ban mem|ioffice|moi truong mang|so hoa)"),
        (MeasureKind.DROP_PAPER, rf"{_DROP} .{{0,80}}{_PAPER}"),
        (MeasureKind.DELEGATE, r"(phan cap|uy quyen|phan quyen)"),
        (MeasureKind.FORM, r"(mau hoa|mau don|to khai|bieu mau|mau so)"),
        (MeasureKind.INTERCONNECT, r"lien thong"),
    )
)


def guess_kind(content: str) -> MeasureKind:
    """Return the kind that the words of a measure speak for; OTHER where they do not tell."""
    words = fold(content)
    return next((kind for kind, rule in _RULES if rule.search(words)), MeasureKind.OTHER)
