"""From the round to the amended version in force: officer, head, Office and clerk in one story."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

import pytest
from playwright.sync_api import FilePayload, Page, expect

from tests.apps.reviews.conftest import answer_all
from tests.conftest import VIETNAM
from tests.factories import Province, make_user
from tests.factories.assignments import PDF
from tests.factories.procedures import make_version
from tests.factories.publications import make_signed, signed
from tests.factories.reviews import make_programme_round, make_questionnaire
from tinhgon.apps.accounts.models import User
from tinhgon.apps.assessments.models import CostSheet
from tinhgon.apps.plans.enums import LegalChangeStatus, PlanStatus
from tinhgon.apps.plans.models import LegalChange, Plan, PlanItem
from tinhgon.apps.procedures import actions as procedures
from tinhgon.apps.procedures.enums import Status
from tinhgon.apps.procedures.models import ProcedureVersion
from tinhgon.apps.reviews.models import Review
from tinhgon.common import clock
from tinhgon.domain.procedures import Manner, Move, Paper

from .conftest import OpenPage, SetClock, check_accessible

pytestmark = pytest.mark.django_db(transaction=True)
NAME = "Cử công chức đi đào tạo, bồi dưỡng"
BEFORE = datetime(2024, 1, 2, 9, tzinfo=VIETNAM)
LAW = "Quy chế đào tạo của Sở Nội vụ"
SIGNED = FilePayload(name="512-qd-ubnd.pdf", mimeType="application/pdf", buffer=PDF)


@dataclass(frozen=True, slots=True)
class People:
    officer: User
    head: User
    office: User
    clerk: User


@pytest.fixture
def people(province: Province) -> People:
    home, office = province.departments[0], province.office
    return People(
        officer=make_user(home, "officer"),
        head=make_user(home, "head"),
        office=make_user(office, "coordinator", scope=province.committee),
        clerk=make_user(office, "clerk", scope=province.committee),
    )


@pytest.fixture
def version(province: Province, people: People) -> ProcedureVersion:
    make_questionnaire()
    make_programme_round(province.committee, "Lần 2")
    version = make_version(
        province.departments[0],
        status=Status.CHECKED,
        name=NAME,
        at=BEFORE,
        papers=(Paper("Tờ trình"), Paper("Kế hoạch đào tạo")),
        manners=(Manner.IN_PERSON,),
        dossier_sets=2,
    )
    _sign(province, people, version, "12", at=BEFORE)
    return version


def test_from_the_round_to_what_is_carried_out(
    version: ProcedureVersion,
    province: Province,
    people: People,
    open_page: OpenPage,
    set_clock: SetClock,
) -> None:
    _open_round(open_page(people.office, "/ra-soat/"))
    review = Review.objects.select_related("round__questionnaire", "agency").get()

    officer = open_page(people.officer, "/nhiem-vu/cua-toi/")
    _review(officer, review, people.officer)
    _confirm_review(open_page(people.head, "/nhiem-vu/cua-toi/"))
    _check_review(open_page(people.office, review.round.get_absolute_url()))

    officer.goto("/phuong-an/")
    _draft_plan(officer)
    plan = Plan.objects.get()
    head = open_page(people.head, plan.get_absolute_url())
    _confirm_plan(head)
    _assess(open_page(people.office, plan.get_absolute_url()))
    head.goto(plan.get_absolute_url())
    _submit(head)
    _decide(open_page(people.clerk, "/phuong-an/"))
    plan.refresh_from_db()
    assert plan.status == PlanStatus.APPROVED

    set_clock(datetime(2024, 5, 6, 9, tzinfo=VIETNAM))
    officer.goto("/phuong-an/thuc-thi/")
    expect(officer.locator("main")).to_contain_text("đã thực thi 0")
    _change_the_law(officer)
    assert LegalChange.objects.get().status == LegalChangeStatus.IN_FORCE

    item = PlanItem.objects.get()
    officer.goto(item.get_absolute_url())
    expect(officer.locator("#thuc-thi")).to_contain_text("chờ công bố lại thủ tục")
    _amend(officer, version)
    _publish(province, people)
    officer.goto(item.get_absolute_url())
    expect(officer.locator("#thuc-thi")).to_contain_text("Đã thực thi ngày 06/5/2024")
    check_accessible(officer)
    officer.goto("/phuong-an/thuc-thi/")
    expect(officer.locator("main")).to_contain_text("đã thực thi 1")
    check_accessible(officer)
    head.goto(plan.get_absolute_url())
    expect(head.locator("main")).to_contain_text("Đã thực thi 1/1 thủ tục được phê duyệt")
    check_accessible(head)


def _open_round(page: Page) -> None:
    """The Office opens the round over all that is published."""
    page.get_by_role("link", name="Mở đợt").first.click()
    check_accessible(page)
    page.get_by_label("Đợt của chương trình").select_option(index=1)
    page.get_by_label("Các cơ quan rà soát xong ngày").fill("31/5/2024")
    page.get_by_role("button", name="Xem trước").click()
    expect(page.locator("#xem-truoc")).to_contain_text("Sở Nội vụ")
    check_accessible(page)
    page.get_by_role("button", name="Mở đợt và báo cho các cơ quan").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Lần 2")
    check_accessible(page)


def _review(page: Page, review: Review, officer: User) -> None:
    """The officer takes a suggestion, counts the cost, and concludes."""
    page.get_by_role("link", name=NAME).first.click()
    page.get_by_role("link", name="Gợi ý").first.click()
    check_accessible(page)
    sets = page.locator("section.proposal", has_text="Cơ quan nhận có thể tự sao")
    sets.get_by_role("button", name="Đưa vào phương án").click()
    expect(page.locator("main")).to_contain_text("Đã đưa vào phương án")

    page.goto(review.get_absolute_url())
    page.get_by_role("link", name="Bảng tính chi phí tuân thủ").click()
    page.get_by_role("button", name="Lập bảng tính chi phí").click()
    page.locator("[name='now..subjects']").fill("40")
    page.locator("[name='now..subjects']").press("Enter")
    expect(page.locator("[data-cells-status]")).to_contain_text("Đã lưu lúc")
    check_accessible(page)

    review.refresh_from_db()
    said = {"R5a": "2", "R5b": "Lưu tại hai đơn vị", "R5p": "amend"}
    answer_all(review, officer, clock.now(), **said)
    page.get_by_role("link", name="Phiếu rà soát").click()
    page.get_by_label("Kết quả", exact=True).select_option("Sửa đổi, bổ sung")
    page.get_by_label("Lý do", exact=True).fill("Chỉ cần một bộ hồ sơ")
    with page.expect_response(lambda r: "reason=Ch" in (r.request.post_data or "")):
        page.get_by_role("button", name="Lưu kết quả").click()
    expect(page.locator("#progress")).to_contain_text("Đã lưu lúc")
    page.wait_for_timeout(500)  # what is still under way is over
    page.get_by_role("button", name="Gửi thủ trưởng xác nhận").click()
    expect(page.get_by_text("Đã gửi thủ trưởng xác nhận.")).to_be_visible()


def _confirm_review(page: Page) -> None:
    page.get_by_role("link", name="Xem, xác nhận").click()
    page.get_by_role("button", name="Xác nhận, chuyển Văn phòng").click()
    expect(page.get_by_text("Đã xác nhận, chuyển Văn phòng kiểm tra.")).to_be_visible()


def _check_review(page: Page) -> None:
    page.get_by_role("link", name="1 chờ Văn phòng kiểm tra").click()
    page.get_by_label(f"Chọn {NAME}").check()
    page.get_by_role("button", name="Ghi các phiếu đã chọn là đạt").click()
    expect(page.get_by_text("Kiểm tra đạt: 1 phiếu.")).to_be_visible()


def _draft_plan(page: Page) -> None:
    """The officer finds the accepted suggestion as a measure, adds another, names the text."""
    page.get_by_role("link", name="Lập phương án").click()
    check_accessible(page)
    page.get_by_label(NAME).check()
    page.get_by_role("button", name="Lập phương án").click()
    page.get_by_role("link", name=NAME).first.click()
    expect(page.locator("#noi-dung")).to_contain_text("Giảm số lượng hồ sơ từ 02 bộ xuống 01 bộ")

    page.get_by_label("Loại nội dung").select_option("Bỏ thành phần hồ sơ")
    page.get_by_role("button", name="Thêm nội dung").click()
    page.get_by_label("Kế hoạch đào tạo").check()
    page.get_by_label("Lý do").fill("Kế hoạch đã có trong tờ trình")
    check_accessible(page)
    page.get_by_role("button", name="Ghi", exact=True).click()
    expect(page.locator("#noi-dung")).to_contain_text("Kế hoạch đào tạo")

    page.get_by_role("link", name="Thêm văn bản phải sửa").click()
    page.get_by_label("Văn bản", exact=True).fill(LAW)
    page.get_by_label("Hoàn thành chậm nhất ngày").fill("30/6/2024")
    check_accessible(page)
    page.get_by_role("button", name="Ghi", exact=True).click()
    expect(page.locator("#kien-nghi")).to_contain_text(LAW)
    check_accessible(page)
    sheet = CostSheet.objects.get()
    assert 0 < sheet.saved < sheet.cost_now

    page.goto(sheet.get_absolute_url())
    expect(page.locator("#split-re-estimate")).to_have_text("0")
    saved = page.locator("#total-saved").inner_text()
    expect(page.locator("#split-real-cut")).to_have_text(saved)
    check_accessible(page)


def _confirm_plan(page: Page) -> None:
    page.get_by_role("button", name="Xác nhận phương án").click()
    expect(page.locator("main")).to_contain_text("Chờ Văn phòng đánh giá")
    check_accessible(page)


def _assess(page: Page) -> None:
    page.get_by_role("link", name="Đánh giá").click()
    check_accessible(page)
    page.get_by_label("Ý kiến đánh giá").fill("Nội dung rõ, số liệu có căn cứ.")
    page.get_by_role("button", name="Đánh giá: đủ điều kiện trình").click()
    expect(page.locator("main")).to_contain_text("Đã đánh giá, chờ trình")


def _submit(page: Page) -> None:
    page.get_by_role("link", name="Trình phê duyệt").click()
    check_accessible(page)
    page.get_by_label("Số văn bản").fill("86")
    page.get_by_label("Ngày văn bản").fill("27/3/2024")
    page.get_by_role("button", name="Trình phê duyệt").click()
    expect(page.locator("main")).to_contain_text("Đang trình phê duyệt")


def _decide(page: Page) -> None:
    """The clerk records one decision on all plans that he chooses, here the only one."""
    page.get_by_role("link", name="Ghi quyết định").click()
    check_accessible(page)
    page.get_by_label("Chọn Sở Nội vụ, Lần 2").check()
    page.get_by_role("button", name="Ghi quyết định về các phương án đã chọn").click()
    check_accessible(page)
    page.get_by_label("Trích yếu").fill("phê duyệt phương án đơn giản hóa thủ tục nội bộ")
    page.get_by_label("Số quyết định").fill("512")
    page.get_by_label("Ký hiệu").fill("QĐ-UBND")
    page.get_by_label("Ngày ký, ban hành").fill("27/3/2024")
    page.get_by_label("Họ tên người ký").fill("Hoàng Văn An")
    page.get_by_label("Tệp quyết định đã ký").set_input_files(SIGNED)
    page.get_by_role("button", name="Ghi quyết định").click()
    expect(page.locator("main")).to_contain_text("512/QĐ-UBND")
    check_accessible(page)


def _change_the_law(page: Page) -> None:
    """The text is drafted, submitted, signed, and in force from this day on."""
    page.get_by_role("link", name=LAW).click()
    check_accessible(page)
    page.locator("#draft").get_by_role("button", name="Bắt đầu soạn thảo").click()
    expect(page.locator("main")).to_contain_text("Đang soạn thảo", ignore_case=True)
    page.locator("#submit").get_by_role("button", name="Đã trình ban hành").click()
    expect(page.locator("main")).to_contain_text("Đã trình ban hành", ignore_case=True)
    issue = page.locator("#issue")
    issue.get_by_label("Số", exact=True).fill("41")
    issue.get_by_label("Ký hiệu").fill("QĐ-SNV")
    issue.get_by_label("Ngày ký, ban hành").fill("03/5/2024")
    issue.get_by_label("Có hiệu lực từ ngày").fill("06/5/2024")
    issue.get_by_label("Trích yếu").fill("sửa đổi Quy chế đào tạo")
    issue.get_by_label("Chức vụ người ký").fill("Giám đốc")
    issue.get_by_label("Họ tên người ký").fill("Lê Văn Bình")
    issue.get_by_role("button", name="Ghi văn bản đã ban hành").click()
    page.locator("#bring_into_force").get_by_role("button").click()
    expect(page.locator("main")).to_contain_text("Văn bản đã có hiệu lực")
    check_accessible(page)


def _amend(page: Page, old: ProcedureVersion) -> None:
    """The registry gets the version that the measures lead to, and the officer sends it."""
    page.get_by_role("button", name="Lập phiên bản sửa đổi").click()
    expect(page.get_by_text("Đã lập phiên bản sửa đổi theo phương án.")).to_be_visible()
    check_accessible(page)
    new = ProcedureVersion.objects.get(procedure=old.procedure_id, number=2)
    assert [paper.name for paper in new.record.papers] == ["Tờ trình"]
    assert new.record.dossier_sets == 1
    page.get_by_role("button", name="Gửi thủ trưởng").click()


def _publish(province: Province, people: People) -> None:
    """Head and Office agree in the registry, and a decision is signed: pages tried elsewhere."""
    at = clock.now()
    new = ProcedureVersion.objects.get(number=2)
    assert new.status == Status.PROPOSED
    move, seen = Move.CONFIRM, new.version
    procedures.move_version(version=new, move=move, by=people.head, at=at, seen=seen)
    procedures.check_version(version=new, by=people.office, at=at, seen=new.version)
    _sign(province, people, new, "640", at=at)


def _sign(
    province: Province, people: People, version: ProcedureVersion, number: str, *, at: datetime
) -> None:
    paper = signed(number, at.date(), symbol="QĐ-UBND")
    drafted = {"versions": [version], "issuer": province.committee, "at": at, "paper": paper}
    make_signed(province.office, people.office, **drafted)
