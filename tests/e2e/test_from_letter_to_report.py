"""
From an empty installation to the province's signed report, as the guide tells it: what its page
prints in bold is what the people of this story press and read.
"""

from __future__ import annotations

import io
import re
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
import xlsxwriter
from django.core import mail
from django.core.management import call_command
from playwright.sync_api import FilePayload, Page, expect

from tests.conftest import VIETNAM
from tests.factories import make_user
from tests.factories.assignments import PDF
from tests.factories.people import PASSWORD
from tests.workbooks import sheet_lines
from tinhgon.apps.accounts.models import User
from tinhgon.apps.agencies.models import Agency
from tinhgon.apps.assignments.models import Assignment
from tinhgon.apps.reports.models import Report, ReportPeriod
from tinhgon.domain.officialdoc import read

from .conftest import ContextOf, OpenPage, SetClock
from .stops import bold_words

pytestmark = pytest.mark.django_db(transaction=True)
TREE = Path(__file__).parents[2] / "deploy" / "tinh.toml"
TITLES = [
    "Tên cơ quan *",
    "Tên viết tắt",
    "Ký hiệu",
    "Cấp *",
    "Loại *",
    "Cơ quan cấp trên *",
    "Từ ngày *",
    "Văn bản căn cứ *",
]
PROVINCE, DISTRICT = "Ủy ban nhân dân tỉnh Ví Dụ", "UBND huyện Thượng"
COMMUNES = ("UBND xã Đông", "UBND xã Tây")
LETTER = """ỦY BAN NHÂN DÂN
TỈNH VÍ DỤ

CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
Độc lập - Tự do - Hạnh phúc

Số:     /UBND-VP

Ví Dụ, ngày     tháng 3 năm 2024

V/v rà soát, báo cáo quy trình nội bộ

Kính gửi:

- Sở Nội vụ;
- UBND các huyện.

UBND tỉnh yêu cầu Sở Nội vụ; UBND các huyện thực hiện:

1. Rà soát toàn bộ quy trình nội bộ đang áp dụng, hoàn thành trước ngày 01/7/2024; báo cáo UBND \
tỉnh kết quả thực hiện trước ngày 05/7/2024.

2. Giao Văn phòng UBND tỉnh theo dõi, đôn đốc, tổng hợp báo cáo UBND tỉnh theo quy định.

Nơi nhận:

- Như trên;
- Lưu: VT.

CHỦ TỊCH
"""
SAID = {"Sở Nội vụ": "Sở đã rà soát 12 quy trình.", COMMUNES[0]: "Xã đã rà soát 3 quy trình."}
WHOLE = "Toàn tỉnh đã rà soát 15 quy trình."


class Story:
    """The people at their desks, and all the words that stood on the pages they opened."""

    def __init__(self, context_of: ContextOf) -> None:
        self._context_of = context_of
        self._desks: dict[str, Page] = {}
        self.words: list[str] = []

    def desk(self, agency: str, role: str, *, scope: str = "") -> Page:
        """Return the page of who holds the role there, signed in, at the work of the day."""
        if (key := f"{agency} {role}") not in self._desks:
            wider = Agency.objects.get(name=scope) if scope else None
            self.sit(key, make_user(of(agency), role, scope=wider))
        page = self._desks[key]
        page.goto("/nhiem-vu/cua-toi/")
        return page

    def sit(self, key: str, user: User) -> Page:
        page = self._desks[key] = self._context_of(user).new_page()
        self.watch(page)
        return page

    def watch(self, page: Page) -> None:
        page.on("domcontentloaded", self._read)

    def _read(self, page: Page) -> None:
        self.words.append(" ".join((page.locator("body").text_content() or "").split()))


def of(label: str) -> Agency:
    return Agency.objects.filter(short_name=label).first() or Agency.objects.get(name=label)


@pytest.fixture
def story(context_of: ContextOf) -> Story:
    return Story(context_of)


@pytest.fixture
def _installed(transactional_db: None, settings: Any) -> None:
    """What the one who runs the server does: prepare, the tree's first lines, an administrator."""
    settings.ADMIN_PASSWORD = PASSWORD
    call_command("prepare", verbosity=0)
    call_command("territory", TREE, verbosity=0)
    call_command("createadmin", "quantri", "quantri@tinh.example", "Người Quản Trị", verbosity=0)


@pytest.mark.usefixtures("_installed")
def test_from_the_letter_to_the_signed_report(
    story: Story, open_page: OpenPage, set_clock: SetClock
) -> None:
    admin = story.sit("quantri", User.objects.get(username="quantri"))
    _import_tree(admin)
    office = _invite_coordinator(admin, open_page)
    story.watch(office)
    _add_programme(office)

    clerk = story.desk("Văn phòng UBND tỉnh", "clerk", scope=PROVINCE)
    _receive(clerk)
    _issue(office)
    _begin(story)
    office.goto("/nhiem-vu/cua-toi/")
    _open_period(office)

    set_clock(datetime(2024, 7, 1, 9, tzinfo=VIETNAM))
    period = ReportPeriod.objects.get()
    office.goto(period.get_absolute_url())
    office.get_by_role("button", name="Chốt số liệu").click()
    expect(office.get_by_text("Đã chốt số liệu")).to_be_visible()
    _communes_and_district(story)

    set_clock(datetime(2024, 7, 8, 9, tzinfo=VIETNAM))
    head = _report(story, "Sở Nội vụ", SAID["Sở Nội vụ"])
    expect(head.locator("main")).to_contain_text("gửi trễ 4 ngày")
    office.goto(period.get_absolute_url())
    for name in ("Sở Nội vụ", DISTRICT):
        office.get_by_label(f"Chọn {name}").check()
    office.get_by_role("button", name="Nhận các báo cáo đã chọn").click()
    expect(office.get_by_text("Đã nhận 2 báo cáo.")).to_be_visible()
    _close(office, period)

    _check_records(period)
    read_words = " ".join(story.words)
    assert not [words for words in bold_words("tu-dau-den-cuoi") if words not in read_words]


def _import_tree(page: Page) -> None:
    """The administrator brings in a district and its communes."""
    page.goto("/")
    page.get_by_role("link", name="Cơ quan", exact=True).click()
    page.get_by_role("link", name="Nhập từ Excel").click()
    page.locator("input[type=file]").set_input_files(
        FilePayload(name="co-quan.xlsx", mimeType="application/octet-stream", buffer=_tree())
    )
    page.get_by_role("button", name="Xem trước").click()
    expect(page.get_by_text("3 dòng thêm mới")).to_be_visible()
    page.get_by_role("button", name="Nhập các dòng đã chọn").click()
    expect(page.get_by_text("Đã thêm 3 cơ quan")).to_be_visible()


def _tree() -> bytes:
    day, basis = "01/01/2020", "Danh mục đơn vị hành chính"
    kind = "Ủy ban nhân dân"
    full = {short: short.replace("UBND", kind) for short in (DISTRICT, *COMMUNES)}
    lines = [[full[DISTRICT], DISTRICT, "UBND", "Cấp huyện", kind, PROVINCE, day, basis]]
    lines += [[full[each], each, "UBND", "Cấp xã", kind, DISTRICT, day, basis] for each in COMMUNES]
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True}) as book:
        sheet = book.add_worksheet("Cơ quan")
        for number, line in enumerate([TITLES, *lines]):
            sheet.write_row(number, 0, line)
    return out.getvalue()


def _invite_coordinator(page: Page, open_page: OpenPage) -> Page:
    """The administrator invites the Office's coordinator, who sets a password and signs in."""
    page.get_by_role("link", name="Người dùng", exact=True).click()
    page.get_by_role("link", name="Mời người dùng").click()
    page.get_by_label("Họ và tên").fill("Trần Điều Phối")
    page.get_by_label("Tên đăng nhập").fill("dieuphoi")
    page.get_by_label("Địa chỉ thư").fill("dieuphoi@tinh.example")
    page.get_by_label("Vai trò").select_option(label="Cán bộ Văn phòng điều phối")
    page.get_by_label("Cơ quan", exact=True).select_option(label="Văn phòng UBND tỉnh")
    page.get_by_label("Phạm vi").select_option(label="UBND tỉnh")
    page.get_by_role("button", name="Gửi thư mời").click()
    expect(page.get_by_text("Đã gửi thư mời")).to_be_visible()
    [invitation] = mail.outbox
    link = re.search(r"/tai-khoan/mat-khau/\S+", str(invitation.body))
    assert link is not None

    invited = open_page(None, link[0])
    invited.get_by_label("Mật khẩu mới", exact=True).fill(PASSWORD)
    invited.get_by_label("Nhập lại mật khẩu mới").fill(PASSWORD)
    invited.get_by_role("button", name="Đặt mật khẩu").click()
    invited.get_by_role("link", name="Đăng nhập bằng mật khẩu mới").click()
    invited.get_by_label("Tên đăng nhập").fill("dieuphoi")
    invited.get_by_label("Mật khẩu", exact=True).fill(PASSWORD)
    invited.get_by_role("button", name="Đăng nhập", exact=True).click()
    expect(invited.get_by_role("heading", level=1, name="Việc của tôi")).to_be_visible()
    return invited


def _add_programme(page: Page) -> None:
    page.get_by_role("link", name="Chương trình", exact=True).click()
    page.get_by_role("link", name="Thêm chương trình").first.click()
    page.get_by_label("Tên chương trình, kế hoạch").fill("Kế hoạch rà soát 2022 - 2025")
    expect(page.get_by_label("Cơ quan chủ trì").locator("option:checked")).to_have_text("UBND tỉnh")
    page.get_by_label("Từ ngày").first.fill("02/12/2022")
    page.get_by_label("Tên đợt").first.fill("Lần 2")
    page.get_by_role("button", name="Lưu chương trình").click()
    expect(page.get_by_role("heading", name="Việc tiếp theo")).to_be_visible()


def _receive(page: Page) -> None:
    """The clerk brings in the letter, and notes the number that it got."""
    page.get_by_role("link", name="Mở Văn bản chỉ đạo").click()
    page.get_by_role("link", name="Nhận văn bản").first.click()
    page.get_by_label("Hoặc dán nội dung văn bản").fill(LETTER)
    chosen = page.get_by_label("Chương trình").locator("option:checked")
    expect(chosen).to_have_text("Kế hoạch rà soát 2022 - 2025")
    page.get_by_role("button", name="Đọc văn bản").click()
    expect(page.get_by_text("2 nhiệm vụ sẽ giao tới 3 cơ quan")).to_be_visible()
    page.get_by_role("link", name="Sửa phần đầu").click()
    page.get_by_label("Số", exact=False).first.fill("391")
    page.get_by_label("Ngày ban hành").fill("26/3/2024")
    page.get_by_role("button", name="Lưu", exact=True).click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("391/UBND-VP ngày 26/3/2024")


def _issue(page: Page) -> None:
    """The coordinator finds the letter among the work of the day, and gives its work out."""
    page.goto("/nhiem-vu/cua-toi/")
    page.get_by_role("link", name="Xem, giao").click()
    page.get_by_role("link", name="Giao nhiệm vụ").click()
    page.get_by_role("button", name="Xác nhận giao nhiệm vụ").click()
    expect(page.locator("#issued")).to_contain_text("Đã giao 2 nhiệm vụ")


def _begin(story: Story) -> None:
    """The department says how far it is; the district hands its share on to its communes."""
    page = story.desk("Sở Nội vụ", "officer")
    page.get_by_role("button", name="Nhận việc").first.click()
    page.get_by_role("link", name="Rà soát toàn bộ quy trình").first.click()
    page.get_by_text("Cập nhật tiến độ").click()
    form = page.locator("form", has=page.locator("[name=percent]"))
    form.locator("[name=percent]").fill("40")
    form.locator("textarea").fill("Đã rà soát 5 quy trình")
    form.get_by_role("button", name="Ghi tiến độ").click()
    expect(page.locator("main")).to_contain_text("Đang thực hiện, 40%")

    page = story.desk(DISTRICT, "coordinator")
    page.get_by_role("button", name="Nhận việc").first.click()
    page.get_by_role("link", name="Rà soát toàn bộ quy trình").first.click()
    page.get_by_text("Giao tiếp cho đơn vị cấp dưới").click()
    for each in COMMUNES:
        page.get_by_role("group", name="Giao chủ trì").get_by_label(each).check()
    page.get_by_role("button", name="Giao tiếp", exact=True).click()
    expect(page.locator("main")).to_contain_text("Đã giao tiếp")


def _open_period(page: Page) -> None:
    """The Office asks for the report that the letter wants, from the page of that duty."""
    page.get_by_role("link", name="Nhiệm vụ", exact=True).click()
    page.get_by_role("link", name="Rà soát toàn bộ quy trình").first.click()
    page.get_by_role("link", name="Mở kỳ báo cáo").click()
    page.get_by_role("button", name="Mở kỳ và báo cho các cơ quan").click()
    expect(page.get_by_text("4 cơ quan phải báo cáo")).to_be_visible()


def _report(story: Story, agency: str, words: str) -> Page:
    """The head writes under the first heading, and sends."""
    page = story.desk(agency, "head")
    page.get_by_role("link", name="Lập, gửi").click()
    _write(page, words)
    page.get_by_role("button", name=re.compile("^Gửi UBND")).click()
    expect(page.get_by_text("Đã gửi báo cáo.")).to_be_visible()
    return page


def _write(page: Page, words: str) -> None:
    form = page.locator("main form", has=page.locator("textarea")).first
    form.locator("textarea").fill(words)
    expect(form.locator("[data-save-status]")).to_contain_text("Đã lưu lúc")


def _communes_and_district(story: Story) -> None:
    """One commune is sent back and sends again, the other says nil; the district sums up."""
    _report(story, COMMUNES[0], SAID[COMMUNES[0]])
    page = story.desk(COMMUNES[1], "head")
    page.get_by_role("link", name="Lập, gửi").click()
    page.get_by_role("button", name="Không phát sinh").click()
    expect(page.get_by_text("Đã gửi báo cáo không phát sinh.")).to_be_visible()

    above = story.desk(DISTRICT, "coordinator")
    above.get_by_role("row", name=COMMUNES[0]).get_by_role("link", name="Xem, nhận").click()
    above.get_by_label("Lý do, việc cần sửa").fill("Ghi rõ quy trình nào cần sửa.")
    above.get_by_role("button", name="Trả lại").click()
    expect(above.get_by_text("Đã trả lại báo cáo.")).to_be_visible()
    again = story.desk(COMMUNES[0], "head")
    again.get_by_role("link", name="Lập, gửi").click()
    expect(again.get_by_text("Ghi rõ quy trình nào cần sửa.").first).to_be_visible()
    again.get_by_role("button", name=re.compile("^Gửi UBND")).click()
    expect(again.get_by_text("Đã gửi báo cáo.")).to_be_visible()
    for each in COMMUNES:
        above = story.desk(DISTRICT, "coordinator")
        above.get_by_role("row", name=each).get_by_role("link", name="Xem, nhận").click()
        above.get_by_role("button", name="Nhận", exact=True).click()
        expect(above.get_by_text("Đã nhận báo cáo.")).to_be_visible()
    _report(story, DISTRICT, "Huyện đã rà soát 3 quy trình.")


def _close(page: Page, period: ReportPeriod) -> None:
    """The Office sums up, has the paper signed, enters it, and closes the period."""
    page.get_by_role("link", name="Báo cáo của UBND tỉnh").click()
    _write(page, WHOLE)
    with page.expect_download() as word:
        page.get_by_role("link", name="Word", exact=True).click()
    with page.expect_download() as excel:
        page.get_by_role("link", name="Excel", exact=True).click()
    paper = read(word.value.path().read_bytes(), name="bao-cao.docx")
    printed = " ".join(block.text for block in paper.walk())
    assert all(words in printed for words in (WHOLE, SAID["Sở Nội vụ"]))
    assert any("Sở Nội vụ" in line for line in sheet_lines(excel.value.path().read_bytes()))

    page.get_by_role("link", name="Ghi báo cáo đã ký").click()
    page.get_by_label("Số báo cáo").fill("88")
    page.get_by_label("Ngày ký, ban hành").fill("08/7/2024")
    page.get_by_label("Họ tên người ký").fill("Hoàng Văn An")
    page.get_by_label("Tệp báo cáo đã ký").set_input_files(
        FilePayload(name="88-bc-ubnd.pdf", mimeType="application/pdf", buffer=PDF)
    )
    page.get_by_role("button", name="Ghi đã gửi").click()
    expect(page.get_by_role("link", name="Báo cáo số 88/BC-UBND ngày 08/7/2024")).to_be_visible()
    page.goto(period.get_absolute_url())
    page.get_by_role("button", name="Kết thúc kỳ").click()
    expect(page.get_by_text("Đã kết thúc kỳ báo cáo.")).to_be_visible()


def _check_records(period: ReportPeriod) -> None:
    """The report left with its number, and the letter's work is closed, late only where it was."""
    whole = Report.objects.get(period=period, receiver=None)
    assert whole.status == "sent"
    period.refresh_from_db()
    assert period.closed_on is not None
    shares = Assignment.objects.filter(duty__order=1).select_related("agency")
    assert {share.agency.label: share.status for share in shares} == {
        "Sở Nội vụ": "accepted",
        DISTRICT: "accepted",
        **dict.fromkeys(COMMUNES, "accepted"),
    }
    late = {share.agency.label for share in shares if share.done_on > share.due_on}  # type: ignore[operator]
    assert late == {"Sở Nội vụ"}
