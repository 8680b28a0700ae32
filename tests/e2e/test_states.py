"""Pages in awkward states: nothing there, refused, names of 200 characters, dark, on a phone."""

from __future__ import annotations

from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.factories import Province, make_agency, make_user
from tests.factories.assignments import issue, make_directive, make_proposal, system_coordinator
from tinhgon.apps.assignments.models import Assignment

from .conftest import ContextOf, OpenPage, check_accessible

LONG = "Ban Quản lý dự án đầu tư xây dựng các công trình dân dụng, công nghiệp và hạ tầng kỹ thuật "
NAME = (LONG * 3)[:200]
LISTS = (
    "/nhiem-vu/cua-toi/",
    "/nhiem-vu/",
    "/nhiem-vu/bang/",
    "/nhiem-vu/qua-han/",
    "/van-ban/",
    "/thong-bao/",
    "/tim/?q=kh%C3%B4ng+c%C3%B3",
)


@pytest.fixture(params=[False, True], ids=["desktop", "phone"])
def phone(request: pytest.FixtureRequest) -> bool:
    on_phone: bool = request.param
    return on_phone


@pytest.fixture
def long_names(province: Province) -> Assignment:
    """Long names everywhere: of the work, of its agency, of its letter."""
    agency = make_agency(NAME, parent=province.committee)
    by = system_coordinator(province.committee)
    directive = make_directive(province.committee, by)
    directive.document.subject = NAME
    directive.document.save(update_fields=["subject"])
    make_proposal(directive, [agency, *province.departments], text=NAME)
    (duty,) = issue(directive, by)
    return duty.assignments.get(agency=agency)


def look_at(page: Page, *paths: str) -> None:
    for path in paths:
        page.goto(path)
        check_accessible(page)


def test_lists_with_nothing_in_them(province: Province, context_of: ContextOf, phone: bool) -> None:
    user = make_user(province.office, "coordinator", scope=province.committee)
    look_at(context_of(user, phone=phone).new_page(), *LISTS)


def test_long_names_stay_within_the_page(
    province: Province, long_names: Assignment, context_of: ContextOf, phone: bool
) -> None:
    user = make_user(province.office, "coordinator", scope=province.committee, name=NAME[:140])
    page = context_of(user, phone=phone).new_page()
    work = (long_names.get_absolute_url(), long_names.duty.get_absolute_url())
    letter = long_names.duty.directive.get_absolute_url()
    look_at(page, *work, letter, long_names.agency.get_absolute_url(), "/co-quan/", *LISTS[:5])


def test_in_the_dark(province: Province, long_names: Assignment, context_of: ContextOf) -> None:
    user = make_user(province.office, "coordinator", scope=province.committee)
    page = context_of(user, color_scheme="dark").new_page()
    work = (long_names.get_absolute_url(), long_names.duty.get_absolute_url())
    letter = long_names.duty.directive.get_absolute_url()
    look_at(page, *work, letter, "/co-quan/", "/van-ban/nhan/", *LISTS[:4])


def test_refused_forms_say_what_to_correct(
    province: Province, open_page: OpenPage, phone: bool
) -> None:
    user = make_user(province.office, "coordinator", scope=province.committee)
    page = open_page(user, "/van-ban/nhan/", phone=phone)
    page.get_by_role("button", name="Đọc văn bản").click()
    expect(page.get_by_role("alert")).to_contain_text("Chọn một tệp văn bản")
    check_accessible(page)

    wrong: dict[str, Any] = {"name": "x.docx", "mimeType": "application/zip", "buffer": b"PK"}
    page.locator("#id_file").set_input_files(wrong)  # type: ignore[arg-type]
    page.get_by_role("button", name="Đọc văn bản").click()
    expect(page.get_by_role("alert")).to_be_visible()
    check_accessible(page)
