from __future__ import annotations

import pytest

from tinhgon.domain.access import Answer, Page, Permission, answer

LIST = Page("a:list", "Danh sách", Permission.SEE)
RECORD = Page("a:detail", "Hồ sơ", Permission.REVIEW, seen_with=Permission.SEE)
TOP = Page("a:log", "Nhật ký", Permission.SEE_AUDIT, at_top=True)
ANYBODY = Page("a:me", "Trang cá nhân")
OWN = Page("a:notice", "Thông báo", own=True)
PUBLIC = Page("a:sign-in", "Đăng nhập", public=True)


@pytest.mark.parametrize(
    ("page", "permissions", "elsewhere", "at_top", "expected"),
    [
        (LIST, {Permission.SEE}, False, False, Answer.YES),
        (LIST, set(), False, False, Answer.FORBIDDEN),
        (LIST, {Permission.SEE}, True, False, Answer.YES),
        (RECORD, {Permission.SEE, Permission.REVIEW}, False, False, Answer.YES),
        (RECORD, {Permission.SEE}, False, False, Answer.FORBIDDEN),
        (RECORD, {Permission.REVIEW}, False, False, Answer.HIDDEN),
        (RECORD, {Permission.SEE, Permission.REVIEW}, True, False, Answer.HIDDEN),
        (TOP, {Permission.SEE_AUDIT}, False, False, Answer.FORBIDDEN),
        (TOP, {Permission.SEE_AUDIT}, False, True, Answer.YES),
        (TOP, set(), False, True, Answer.FORBIDDEN),
        (ANYBODY, set(), False, False, Answer.YES),
        (OWN, set(), False, False, Answer.YES),
        (OWN, set(Permission), True, True, Answer.HIDDEN),
        (PUBLIC, set(), True, False, Answer.YES),
    ],
)
def test_what_a_person_gets(
    page: Page, permissions: set[Permission], elsewhere: bool, at_top: bool, expected: Answer
) -> None:
    assert answer(page, permissions, elsewhere=elsewhere, at_top=at_top) == expected
