"""Signing in with two steps, signing out, and what a stranger sees."""

from __future__ import annotations

from allauth.mfa.totp.internal.auth import (
    TOTP,
    format_hotp_value,
    generate_totp_secret,
    hotp_value,
    yield_hotp_counters_from_time,
)
from playwright.sync_api import expect

from tests.factories import Province, make_user
from tests.factories.assignments import make_assignment, system_coordinator

from .conftest import OpenPage, check_accessible, sign_in


def test_second_step_is_a_code_from_the_telephone(province: Province, open_page: OpenPage) -> None:
    user = make_user(province.departments[0])
    secret = generate_totp_secret()
    TOTP.activate(user, secret)

    page = open_page(None, "/nhiem-vu/")
    sign_in(page, user)
    check_accessible(page)
    page.get_by_label("Mã").fill("000000")
    page.get_by_role("button", name="Đăng nhập", exact=True).click()
    expect(page.get_by_role("alert").first).to_be_visible()
    check_accessible(page)

    counter = next(iter(yield_hotp_counters_from_time()))
    page.get_by_label("Mã").fill(format_hotp_value(hotp_value(secret, counter)))
    page.get_by_role("button", name="Đăng nhập", exact=True).click()
    expect(page.get_by_role("heading", level=1, name="Việc của tôi")).to_be_visible()

    page.locator(".topbar summary", has_text=user.full_name).click()
    page.get_by_role("button", name="Đăng xuất").click()
    page.goto("/nhiem-vu/")
    expect(page.get_by_role("button", name="Đăng nhập", exact=True)).to_be_visible()


def test_wrong_password_is_refused_in_words(province: Province, open_page: OpenPage) -> None:
    user = make_user(province.departments[0])
    page = open_page(None, "/tai-khoan/dang-nhap/", phone=True)
    page.get_by_label("Tên đăng nhập").fill(user.username)
    page.get_by_label("Mật khẩu", exact=True).fill("khong-dung")
    page.get_by_role("button", name="Đăng nhập", exact=True).click()
    expect(page.get_by_role("alert")).to_contain_text("mật khẩu")
    check_accessible(page)


def test_what_concerns_others_is_not_there(province: Province, open_page: OpenPage) -> None:
    theirs = make_assignment(province.departments[0], system_coordinator(province.committee))
    page = open_page(make_user(province.departments[1]), theirs.get_absolute_url())
    expect(page.get_by_role("heading", level=1, name="Không tìm thấy trang")).to_be_visible()
    check_accessible(page)
    page.get_by_role("link", name="Về trang đầu").click()
    expect(page.get_by_role("heading", level=1, name="Việc của tôi")).to_be_visible()
