"""From checked procedures to a signed decision, in a real browser."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import date, datetime
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.conftest import VIETNAM
from tests.domain.signatures.signing import official, sign, unsigned
from tests.factories import Province, make_user
from tests.factories.procedures import make_version
from tests.factories.publications import entered_line, make_entered
from tinhgon.apps.procedures.enums import Status
from tinhgon.apps.procedures.models import ProcedureVersion
from tinhgon.apps.publications.models import Decision

from .conftest import OpenPage, SetClock, check_accessible

pytestmark = pytest.mark.django_db(transaction=True)
AT = datetime(2024, 7, 8, 9, tzinfo=VIETNAM)


@pytest.fixture(autouse=True)
def _july(set_clock: SetClock) -> None:
    set_clock(AT)


@pytest.fixture
def prepared(province: Province) -> Province:
    """An earlier decision with two procedures, and two checked ones that wait."""
    home = province.departments[0]
    lines = [entered_line(home, name=f"Cấp thẻ loại {n}", position=f"A.{n}") for n in (1, 2)]
    make_entered(home, lines, number="12", on=date(2024, 1, 5))
    for name in ("Cử công chức đi đào tạo ở nước ngoài", "Xét nâng bậc lương trước thời hạn"):
        make_version(home, status=Status.CHECKED, name=name, at=AT)
    return province


def signed_paper() -> bytes:
    """Sign beside this thread, in which the browser's event loop runs."""
    with ThreadPoolExecutor(1) as beside:
        return beside.submit(lambda: sign(unsigned(), official())).result()


def draft(page: Page) -> None:
    page.get_by_role("link", name="Soạn quyết định").click()
    page.get_by_label("Trích yếu").fill("công bố thủ tục hành chính nội bộ của Sở Nội vụ")
    check_accessible(page)
    page.get_by_role("button", name="Lập dự thảo, chọn thủ tục").click()


@pytest.mark.parametrize("phone", [False, True], ids=["desktop", "phone"])
def test_a_decision_goes_from_draft_to_signature(
    phone: bool, prepared: Province, open_page: OpenPage, tmp_path: Path
) -> None:
    home = prepared.departments[0]
    page = open_page(make_user(home, "officer"), "/quyet-dinh/", phone=phone)
    draft(page)
    page.get_by_label("Chọn Cử công chức").check()
    page.get_by_label("Chọn Xét nâng bậc lương").check()
    check_accessible(page)
    page.get_by_role("button", name="Đưa vào quyết định").click()
    expect(page.get_by_text("Đã đưa 02 thủ tục vào quyết định")).to_be_visible()

    page.get_by_role("link", name="Bãi bỏ thủ tục").click()
    page.get_by_label("Đoạn ghi vị trí").fill(
        "số thứ tự 02 mục A Danh mục kèm theo Quyết định số 12/QĐ-UBND ngày 05/01/2024"
    )
    page.get_by_role("button", name="Tìm các thủ tục này").click()
    expect(page.get_by_role("rowheader", name="Cấp thẻ loại 2")).to_be_visible()
    check_accessible(page)
    page.get_by_role("button", name="Bãi bỏ các thủ tục đã chọn").click()
    check_accessible(page)

    page.get_by_role("button", name="Đưa xuống").first.click()
    expect(page.get_by_role("rowheader").nth(1)).to_contain_text("Xét nâng bậc lương")
    page.get_by_role("link", name="Trình ký").click()
    check_accessible(page)
    page.get_by_label("Số tờ trình").fill("199")
    page.get_by_label("Ngày tờ trình").fill("05/7/2024")
    page.get_by_role("button", name="Trình ký").click()
    expect(page.get_by_text("Đang trình ký").first).to_be_visible()

    paper = tmp_path / "quyet-dinh.pdf"
    paper.write_bytes(signed_paper())
    address = Decision.objects.get(is_imported=False).get_absolute_url()
    page = open_page(make_user(home, "clerk"), address, phone=phone)
    page.get_by_role("link", name="Ghi quyết định đã ký").click()
    page.get_by_label("Số quyết định", exact=True).fill("45")
    page.get_by_label("Ngày ký, ban hành").fill("08/7/2024")
    page.get_by_label("Họ tên người ký").fill("Nguyễn Văn A")
    page.get_by_label("Tệp quyết định đã ký").set_input_files(paper)
    check_accessible(page)
    page.get_by_role("button", name="Ghi và công bố").click()

    expect(page.get_by_role("heading", level=1)).to_contain_text("Quyết định số 45/QĐ-UBND")
    expect(page.get_by_text("Quyết định này làm hết hiệu lực một phần")).to_be_visible()
    check_accessible(page)
    page.get_by_role("link", name="Chữ ký số").click()
    expect(page.get_by_text("Nội dung nguyên vẹn từ khi ký")).to_be_visible()
    check_accessible(page)
    assert ProcedureVersion.objects.in_force_on(date(2024, 7, 8)).count() == 3


def test_what_is_in_force_leads_to_the_decision_and_its_kin(
    prepared: Province, open_page: OpenPage
) -> None:
    page = open_page(make_user(prepared.departments[1], "leader"), "/quyet-dinh/hieu-luc/")
    check_accessible(page)

    page.get_by_role("link", name="Quyết định số 12/QĐ-UBND").click()
    check_accessible(page)
    page.get_by_role("link", name="Cấp thẻ loại 1").click()
    page.get_by_role("link", name="Lịch sử").first.click()
    page.get_by_role("link", name="Sơ đồ công bố, thay thế").click()
    expect(page.get_by_role("img", name="Quá trình công bố")).to_be_visible()
    check_accessible(page)
