"""The workbench: look-alikes ruled upon three ways, and what an inventory lacks."""

from __future__ import annotations

from playwright.sync_api import Page, expect

from tests.apps.matching.samples import make_reference
from tests.factories import Province, make_user
from tests.factories.procedures import make_version
from tinhgon.apps.matching.enums import GapRuling, Ruling
from tinhgon.apps.matching.models import GapVerdict, PairVerdict
from tinhgon.apps.procedures.enums import Status

from .conftest import OpenPage, check_accessible

NAME = "Cử công chức đi đào tạo, bồi dưỡng trong nước"
OTHER_WORDS = "Cử công chức đi đào tạo và bồi dưỡng ở trong nước"
LACKING = "Thanh lý tài sản công hư hỏng"


def test_the_office_rules_on_look_alikes(province: Province, open_page: OpenPage) -> None:
    first = make_version(province.departments[0], status=Status.PUBLISHED, name=NAME)
    others = [province.departments[1], *province.communes[0]]
    twins = [make_version(agency, name=OTHER_WORDS) for agency in others]
    office = make_user(province.office, "coordinator", scope=province.committee)

    page = open_page(office, "/doi-chieu/")
    check_accessible(page)
    page.locator("main").get_by_role("link", name=NAME).first.click()
    page.get_by_role("heading", name="Kết luận về các thủ tục đã chọn").wait_for()
    check_accessible(page)
    codes = [twin.procedure.local_code for twin in twins]
    rule(page, codes[0], "Trùng lặp")
    rule(page, codes[1], "Dùng chung")
    rule(page, codes[2], "Khác nhau")

    assert {(v.ruling, v.other_id) for v in PairVerdict.objects.filter(one=first.procedure)} == {
        (Ruling.SAME, twins[0].procedure_id),
        (Ruling.COPY, twins[1].procedure_id),
        (Ruling.DIFFERENT, twins[2].procedure_id),
    }
    page.goto("/doi-chieu/?phan=da-ket-luan")
    expect(page.locator("main")).to_contain_text("Xem từng bản")
    check_accessible(page)


def test_an_officer_takes_what_was_missed(province: Province, open_page: OpenPage) -> None:
    home = province.departments[0]
    officer = make_user(home, "officer")
    make_version(home, officer, name=NAME, field="Hành chính, tổng hợp")
    reference = make_reference(officer, NAME, LACKING)

    page = open_page(officer, f"/doi-chieu/con-thieu/?danh-muc={reference.pk}&co-quan={home.pk}")
    check_accessible(page)
    page.get_by_role("row", name=LACKING).get_by_role("checkbox").check()
    page.get_by_role("button", name="Đưa vào danh mục của").click()

    page.get_by_role("row", name=LACKING).wait_for(state="detached")
    check_accessible(page)
    verdict = GapVerdict.objects.get()
    assert verdict.ruling == GapRuling.ACCEPTED
    assert verdict.version is not None
    assert verdict.version.name == LACKING


def rule(page: Page, code: str, ruling: str) -> None:
    """Tick one of the look-alikes and say what it is."""
    page.get_by_label(f"Chọn {code}").check()
    page.get_by_label("Lý do").fill("Xem từng bản, đối chiếu với hồ sơ")
    page.get_by_role("button", name=ruling).click()
    expect(page.get_by_label(f"Chọn {code}")).to_have_count(0)
