"""People, trail and notices as they are used: by keyboard, on a phone, with a security key."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime

import pytest
from django.urls import reverse
from playwright.sync_api import Page, expect

from tests.conftest import VIETNAM
from tests.factories import make_province, make_role, make_user
from tests.factories.agencies import Province
from tests.factories.people import PASSWORD
from tinhgon.apps.accounts import actions
from tinhgon.apps.accounts.models import User
from tinhgon.apps.notices.actions import notify

from .conftest import check_accessible

pytestmark = pytest.mark.django_db(transaction=True)
Open = Callable[..., Page]
AT = datetime(2024, 3, 26, 9, tzinfo=VIETNAM)


@pytest.fixture
def province() -> Province:
    return make_province()


@pytest.fixture
def root(province: Province) -> User:
    user = make_user(province.committee, "administrator", name="Quản trị tỉnh")
    person = make_user(province.office, name="Chuyên viên Văn phòng")
    actions.give_position(
        person=person,
        agency=province.departments[0],
        scope=None,
        role=make_role("clerk"),
        title="Văn thư",
        started_on=date(2024, 3, 1),
        by=user,
        at=AT,
    )
    notify(users=[user], kind="a.b", text="Sở Nội vụ đã gửi kết quả", url="/nhat-ky/", at=AT)
    notify(users=[user], kind="a.b", text="Nhật ký nguyên vẹn", url="", at=AT)
    return user


@pytest.mark.parametrize("phone", [False, True], ids=["desktop", "phone"])
def test_no_page_has_a_fault_that_axe_finds(phone: bool, open_page: Open, root: User) -> None:
    page = open_page(None, reverse("account_login"), phone=phone)
    check_accessible(page)
    page.goto(reverse("account_reset_password"))
    check_accessible(page)

    page = open_page(root, reverse("accounts:me"), phone=phone)
    person = User.objects.get(full_name="Chuyên viên Văn phòng")
    for path in (
        reverse("accounts:me"),
        reverse("accounts:list"),
        reverse("accounts:list") + "?q=khong+co",
        person.get_absolute_url(),
        reverse("accounts:invite"),
        reverse("accounts:roles"),
        reverse("audit:list"),
        reverse("notices:list"),
        reverse("mfa_index"),
        reverse("mfa_list_webauthn"),
        reverse("account_change_password"),
    ):
        page.goto(path)
        check_accessible(page)
        width = page.evaluate("document.documentElement.scrollWidth - innerWidth")
        assert width <= 0, f"{path} is wider than the screen"


def test_an_administrator_invites_by_keyboard_alone(open_page: Open, root: User) -> None:
    page = open_page(root, reverse("accounts:list"))
    page.get_by_role("link", name="Mời người dùng").focus()
    page.keyboard.press("Enter")
    page.get_by_label("Họ và tên").focus()
    for text in ("Lý Thị Thử", "lythithu", "lythithu@langson.example"):
        page.keyboard.type(text)
        page.keyboard.press("Tab")
    page.get_by_label("Cơ quan", exact=True).select_option(label="Sở Nội vụ")
    page.get_by_role("button", name="Gửi thư mời").focus()
    page.keyboard.press("Enter")

    expect(page.get_by_text("Đã gửi thư mời tới lythithu@langson.example")).to_be_visible()
    assert User.objects.filter(username="lythithu").exists()


def test_a_security_key_is_added_and_lets_in(open_page: Open, root: User) -> None:
    page = open_page(root, reverse("mfa_add_webauthn"))
    devtools = page.context.new_cdp_session(page)
    devtools.send("WebAuthn.enable")
    devtools.send(
        "WebAuthn.addVirtualAuthenticator",
        {
            "options": {
                "protocol": "ctap2",
                "transport": "usb",
                "hasUserVerification": True,
                "isUserVerified": True,
            }
        },
    )
    page.get_by_label("Mật khẩu").fill(PASSWORD)
    page.get_by_role("button", name="Tiếp tục").click()
    page.get_by_label("Tên khóa").fill("Khóa cơ quan")
    page.get_by_role("button", name="Thêm khóa").click()
    expect(page.get_by_role("heading", name="Mã dự phòng")).to_be_visible()

    page.goto(reverse("account_logout"))
    page.get_by_role("button", name="Đăng xuất").click()
    page.get_by_label("Tên đăng nhập").fill(root.username)
    page.get_by_label("Mật khẩu", exact=True).fill(PASSWORD)
    page.get_by_role("button", name="Đăng nhập", exact=True).click()
    page.get_by_role("button", name="Dùng khóa bảo mật").click()
    page.wait_for_url(lambda url: "hai-buoc" not in url)
    page.goto(reverse("accounts:me"))
    expect(page.get_by_text("đang bật")).to_be_visible()


def test_a_notice_leads_to_what_it_tells_of(open_page: Open, root: User) -> None:
    page = open_page(root, reverse("notices:list"), phone=True)
    page.get_by_role("button", name="Sở Nội vụ đã gửi kết quả").click()
    expect(page.get_by_role("heading", name="Nhật ký")).to_be_visible()
    page.goto(reverse("notices:list"))
    page.get_by_role("button", name="Đã đọc cả").click()
    expect(page.get_by_text("Đã đánh dấu 1 thông báo là đã đọc.")).to_be_visible()
