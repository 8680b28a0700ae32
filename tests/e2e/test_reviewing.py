"""A review from the officer to the head to the Office, in a real browser."""

from __future__ import annotations

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from tests.apps.reviews.conftest import answer_all
from tests.factories import Province, make_user
from tests.factories.procedures import make_version
from tests.factories.reviews import make_review, make_review_round
from tinhgon.apps.procedures.enums import Status as VersionStatus
from tinhgon.apps.reviews.enums import Status
from tinhgon.apps.reviews.models import Review

from .conftest import OpenPage, check_accessible

pytestmark = pytest.mark.django_db(transaction=True)
TYPED = {"N1a": "Bảo đảm quản lý biên chế", "R5a": "2", "R5b": "Lưu tại hai đơn vị"}


@pytest.fixture
def review(province: Province) -> Review:
    home = province.departments[0]
    version = make_version(home, status=VersionStatus.PUBLISHED, dossier_sets=2)
    return make_review(make_review_round(province.committee), home, version)


def leave(page: Page, name: str, value: str) -> None:
    """Type an answer and leave it."""
    box = page.locator(f"[name='{name}']")
    box.fill(value)
    box.blur()


@pytest.mark.parametrize("phone", [False, True], ids=["desktop", "phone"])
def test_a_review_goes_from_the_officer_to_the_office(
    phone: bool, review: Review, province: Province, open_page: OpenPage
) -> None:
    home = province.departments[0]
    page = open_page(make_user(home, "officer"), review.get_absolute_url(), phone=phone)
    check_accessible(page)

    leave(page, "v-N1a", TYPED["N1a"])
    expect(page.locator("#m-N1a")).to_contain_text("đã lưu")
    page.locator("#phan-R5 summary").click()
    leave(page, "v-R5a", "1")
    expect(page.locator("#n-R5a")).to_contain_text("sổ thủ tục ghi: 02 bộ")
    expect(page.locator("#q-R5b")).to_be_hidden()
    expect(page.locator("#m-N1b")).not_to_contain_text("đã lưu")
    leave(page, "v-R5a", "2")
    expect(page.locator("#n-R5a")).to_have_text("")
    expect(page.locator("#q-R5b")).to_be_visible()
    leave(page, "v-R5b", TYPED["R5b"])
    expect(page.locator("#m-R5b")).to_contain_text("đã lưu")

    page.reload()
    expect(page.locator("[name='v-N1a']")).to_have_value(TYPED["N1a"])
    expect(page.locator("[name='v-R5b']")).to_have_value(TYPED["R5b"])
    review.refresh_from_db()
    answer_all(review, make_user(home, "officer"), timezone.localtime(), **TYPED)
    page.reload()
    page.get_by_label("Kết quả", exact=True).select_option("Giữ nguyên")
    page.get_by_label("Lý do", exact=True).fill("Thủ tục cần thiết, hợp lý")
    with page.expect_response(lambda r: "reason=Th" in (r.request.post_data or "")):
        page.get_by_role("button", name="Lưu kết quả").click()
    expect(page.locator("#progress")).to_contain_text("Đã lưu lúc")
    page.wait_for_timeout(500)  # what is still under way is over
    page.get_by_role("button", name="Gửi thủ trưởng xác nhận").click()
    expect(page.get_by_text("Đã gửi thủ trưởng xác nhận.")).to_be_visible()

    page = open_page(make_user(home, "head"), "/nhiem-vu/cua-toi/", phone=phone)
    page.get_by_role("link", name="Xem, xác nhận").click()
    check_accessible(page)
    page.get_by_role("button", name="Xác nhận, chuyển Văn phòng").click()
    expect(page.get_by_text("Đã xác nhận, chuyển Văn phòng kiểm tra.")).to_be_visible()

    office = make_user(province.office, "coordinator", scope=province.committee)
    page = open_page(office, review.round.get_absolute_url(), phone=phone)
    check_accessible(page)
    page.get_by_role("link", name="1 chờ Văn phòng kiểm tra").click()
    check_accessible(page)
    page.get_by_label("Chọn Lập kế hoạch").check()
    page.get_by_role("button", name="Ghi các phiếu đã chọn là đạt").click()
    expect(page.get_by_text("Kiểm tra đạt: 1 phiếu.")).to_be_visible()
    review.refresh_from_db()
    assert review.status == Status.CHECKED
