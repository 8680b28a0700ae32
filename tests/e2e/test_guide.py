"""
The user guide follows the product: what it prints in bold stands on the pages that it tells of, and
its pictures are taken of them (written anew by `make guide`).
"""

from __future__ import annotations

import os
import re
from datetime import datetime

import pytest
from django.core.management import call_command
from playwright.sync_api import Page, expect

from tests.conftest import VIETNAM
from tests.factories.procedures import make_record
from tinhgon.apps.accounts.models import User
from tinhgon.apps.agencies.models import Agency
from tinhgon.apps.assignments.models import Assignment
from tinhgon.apps.calendars import queries as calendars
from tinhgon.apps.difficulties.models import Difficulty
from tinhgon.apps.directives import actions as directives
from tinhgon.apps.directives.models import Directive
from tinhgon.apps.exchange.models import Arrival, Dispatch
from tinhgon.apps.home import demo
from tinhgon.apps.inventories.models import Inventory
from tinhgon.apps.procedures import actions as procedures
from tinhgon.apps.procedures.enums import Status
from tinhgon.apps.procedures.models import LegalDocument, ProcedureVersion
from tinhgon.apps.publications.models import Decision
from tinhgon.apps.reports.models import ReportPeriod
from tinhgon.domain.procedures import Record

from .conftest import ContextOf, SetClock
from .letters import TEXT
from .pictures import shrink
from .simplifying_tour import simplifying_tour
from .stops import GUIDE, Stop, bold_words, scroll_to

PICTURES = GUIDE / "hinh"
LARGEST = 120 * 1024
WRITES = os.environ.get("TINHGON_WRITE_SCREENSHOTS") == "1"
NOW = datetime(2024, 11, 25, 9, tzinfo=VIETNAM)
WINDOW = {"width": 1180, "height": 720}


def _edit_first(page: Page) -> None:
    page.locator(".proposal").first.get_by_role("link", name="Sửa").click()
    expect(page.get_by_role("button", name="Lưu nhiệm vụ")).to_be_visible()
    page.locator(".proposal--editing").scroll_into_view_if_needed()


def _urge(page: Page) -> None:
    page.locator("[name=pk]").first.check()
    page.get_by_label("Yêu cầu hoàn thành chậm nhất ngày").fill("02/12/2024")
    page.get_by_role("button", name="Soạn công văn").click()
    expect(page.get_by_role("link", name="Tải Word")).to_be_visible()


def tour() -> dict[str, list[Stop]]:
    """Return the way through each part of the guide, over the records of the demo."""
    draft = Directive.objects.order_by("pk").last()
    assert draft is not None
    letter = draft.get_absolute_url()
    waiting = Assignment.objects.filter(status="submitted", duty__parent=None)[0]
    duty = waiting.duty
    district = _open_of(User.objects.get(username="huyen"))
    passed_on = Assignment.objects.filter(passed_on__isnull=False, agency=district.agency)[0]
    person = User.objects.get(username="xa")
    commune = _open_of(person)
    return {
        "index": [
            Stop("", "/tai-khoan/dang-nhap/", "dang-nhap"),
            Stop("xa", "/nhiem-vu/cua-toi/"),
            Stop("xa", "/thong-bao/"),
        ],
        "van-phong": [
            Stop("dieuphoi", "/van-ban/nhan/", "nhan-van-ban"),
            Stop("dieuphoi", "/van-ban/"),
            Stop("dieuphoi", letter, "doc-van-ban"),
            Stop("dieuphoi", letter, "sua-nhiem-vu", _edit_first),
            Stop("dieuphoi", f"/nhiem-vu/giao/{draft.pk}/", "giao-nhiem-vu"),
            Stop("dieuphoi", "/nhiem-vu/bang/", "bang-theo-doi"),
            Stop("dieuphoi", "/nhiem-vu/"),
            Stop("dieuphoi", "/nhiem-vu/cua-toi/"),
            Stop("dieuphoi", waiting.get_absolute_url()),
            Stop("dieuphoi", duty.get_absolute_url(), "ket-qua", scroll_to("#answers")),
            Stop("dieuphoi", "/nhiem-vu/qua-han/", "qua-han"),
            Stop("dieuphoi", "/nhiem-vu/qua-han/", "", _urge),
        ],
        "trao-doi": [
            Stop("vanthu", "/trao-doi/nhan/"),
            Stop("vanthu", "/trao-doi/"),
            Stop("vanthu", Arrival.objects.get(answer="10").get_absolute_url()),
            Stop("vanthu", Dispatch.objects.get().get_absolute_url()),
            Stop("vanthu", Directive.objects.get(status="issued").get_absolute_url()),
        ],
        "co-quan": [
            Stop("chuyenvien", "/nhiem-vu/cua-toi/"),
            Stop("xa", "/nhiem-vu/cua-toi/", "viec-cua-toi", phone=True),
            Stop(
                "xa",
                f"{commune.get_absolute_url()}?buoc=bao-cao",
                "bao-cao",
                scroll_to("#steps"),
            ),
        ],
        "huyen": [
            Stop(
                "huyen",
                f"{district.get_absolute_url()}?buoc=giao-tiep",
                "giao-tiep",
                scroll_to("#giao-tiep"),
            ),
            Stop("huyen", passed_on.get_absolute_url()),
            Stop("huyen", passed_on.passed_on.get().get_absolute_url()),
        ],
        "thu-tuc": [
            Stop("chuyenvien", "/thu-tuc/"),
            Stop("chuyenvien", "/thu-tuc/moi/"),
            Stop("chuyenvien", _new_procedure(), "ghi-thu-tuc"),
            Stop("giamdoc", _of_justice(Status.PROPOSED)),
            Stop("dieuphoi", _of_status(Status.CONFIRMED)),
            Stop("dieuphoi", _of_status(Status.PUBLISHED), "thu-tuc"),
            Stop("dieuphoi", "/quyet-dinh/", "quyet-dinh"),
            Stop("vanthu", _submitted()),
            Stop("dieuphoi", "/nhap/"),
            Stop("dieuphoi", Inventory.objects.get().get_absolute_url(), "thong-ke-bo-sung"),
            Stop("dieuphoi", _ended_law()),
        ],
        **simplifying_tour(),
        "vuong-mac": _difficulties(),
        "bao-cao": _reports(),
        "lanh-dao": [Stop("lanhdao", "/nhiem-vu/bang/"), Stop("lanhdao", "/nhiem-vu/")],
        "quan-tri": [
            Stop("quantri", "/co-quan/", "co-quan"),
            Stop("quantri", Agency.objects.get(parent=None).get_absolute_url()),
            Stop("quantri", "/nguoi-dung/", "nguoi-dung"),
            Stop("quantri", person.get_absolute_url()),
            Stop("quantri", "/lich-lam-viec/"),
            Stop("quantri", "/nhat-ky/"),
        ],
    }


def _reports() -> list[Stop]:
    """That of July, frozen and mostly received; that of the year, still open."""
    july, year = ReportPeriod.objects.order_by("to_on")
    late = next(each for each in july.reports.filter(status="draft") if _has_head(each.agency_id))
    restated = july.reports.filter(editions__number=2)[0]
    returned = july.reports.filter(status="returned")[0]
    whole = july.reports.get(receiver=None)
    own = year.reports.get(agency=User.objects.get(username="xa").positions.get().agency)
    return [
        Stop("xa", "/bao-cao/"),
        Stop("xa", own.get_absolute_url(), "bao-cao-xa", phone=True),
        Stop(f"tt{late.agency_id}", late.get_absolute_url(), "bao-cao-co-quan"),
        Stop(f"tt{returned.agency_id}", returned.get_absolute_url()),
        Stop(f"tt{restated.agency_id}", restated.get_absolute_url()),
        Stop("dieuphoi", "/bao-cao/"),
        Stop("dieuphoi", "/bao-cao/ky/mo/"),
        Stop("dieuphoi", july.get_absolute_url(), "ky-bao-cao"),
        Stop("dieuphoi", year.get_absolute_url()),
        Stop("dieuphoi", whole.get_absolute_url(), "bao-cao-tinh"),
        Stop("quantri", "/bao-cao/mau/"),
    ]


def _has_head(agency: int) -> bool:
    return User.objects.filter(username=f"tt{agency}").exists()


def _difficulties() -> list[Stop]:
    """One to write, one to send, one to answer, one to accept."""
    rows = Difficulty.objects.order_by("pk")
    draft = rows.filter(status="new", agency__level="commune")[0]
    at_district = rows.filter(status="in_hand", holder__level="district")[0]
    answered = rows.filter(status="answered")[0]
    head = f"tt{draft.agency_id}"
    return [
        Stop("xa", "/vuong-mac/"),
        Stop("xa", "/vuong-mac/neu/"),
        Stop("xa", draft.get_absolute_url(), "", _see_similar),
        Stop(head, draft.get_absolute_url()),
        Stop("huyen", at_district.get_absolute_url()),
        Stop(f"tt{at_district.holder_id}", at_district.get_absolute_url()),
        Stop("huyen", answered.get_absolute_url()),
        Stop("dieuphoi", answered.get_absolute_url()),
    ]


def _see_similar(page: Page) -> None:
    expect(page.get_by_role("button", name="Áp dụng trả lời")).to_be_visible()


def _new_procedure() -> str:
    """A draft that its officer has just begun."""
    officer = User.objects.get(username="chuyenvien")
    version = procedures.propose_procedure(
        record=Record("Đăng ký lịch công tác tuần của lãnh đạo Sở"),
        agency=officer.positions.get().agency,
        by=officer,
        at=NOW,
        finished=False,
    )
    return f"/thu-tuc/{version.procedure_id}/sua/"


def _of_justice(status: Status) -> str:
    """A procedure of the department whose head is among the accounts, in that state."""
    officer = User.objects.get(username="chuyenvien")
    version = procedures.propose_procedure(
        record=make_record("Cử công chức đi công tác trong nước"),
        agency=officer.positions.get().agency,
        by=officer,
        at=NOW,
    )
    assert version.status == status
    return version.get_absolute_url()


def _of_status(status: Status) -> str:
    found = ProcedureVersion.objects.filter(status=status, valid_to=None).order_by("pk")
    return found[0].get_absolute_url()


def _submitted() -> str:
    return Decision.objects.get(status="submitted").get_absolute_url()


def _ended_law() -> str:
    return LegalDocument.objects.exclude(ended_on=None)[0].get_absolute_url()


def _open_of(person: User) -> Assignment:
    at_work = ("issued", "acknowledged", "in_progress", "returned")
    agency = person.positions.get().agency
    found = Assignment.objects.filter(agency=agency, status__in=at_work, passed_on=None)
    return found.order_by("pk")[0]


@pytest.fixture
def demo_province(transactional_db: None, set_clock: SetClock) -> None:
    """The demo as `make run` shows it, and one more letter that waits to be issued."""
    set_clock(NOW)
    call_command("prepare", verbosity=0)
    demo.build(now=NOW)
    directives.receive_text(
        text=TEXT,
        issuer=Agency.objects.get(parent=None),
        programme=None,
        by=User.objects.get(username="dieuphoi"),
        at=NOW,
        calendar=calendars.calendar(),
    )


@pytest.mark.usefixtures("demo_province")
def test_guide_follows_the_pages(context_of: ContextOf) -> None:
    missing = []
    for part, stops in tour().items():
        seen = " ".join(_walk(stops, context_of))
        missing += [f"{part}.md: {words}" for words in bold_words(part) if words not in seen]
    assert not missing


def _walk(stops: list[Stop], context_of: ContextOf) -> list[str]:
    """Go from page to page; return the words that stand there, and take the pictures."""
    found = []
    for stop in stops:
        options = {} if stop.phone else {"viewport": WINDOW}
        user = User.objects.get(username=stop.person) if stop.person else None
        page = context_of(user, phone=stop.phone, **options).new_page()
        response = page.goto(stop.path)
        assert response is not None
        assert response.ok, f"{stop.person} {stop.path}"
        if stop.act:
            stop.act(page)
        found.append(" ".join(page.locator("body").text_content().split()))  # type: ignore[union-attr]
        if WRITES and stop.picture:
            PICTURES.mkdir(exist_ok=True)
            (PICTURES / f"{stop.picture}.png").write_bytes(shrink(page.screenshot()))
        page.context.close()
    return found


def test_every_link_and_picture_of_the_guide_is_there() -> None:
    named = set()
    for part in GUIDE.glob("*.md"):
        for target in re.findall(r"\]\(([^)#]+)\)", part.read_text(encoding="utf-8")):
            assert (GUIDE / target).is_file(), f"{part.name}: {target}"
            named.add((GUIDE / target).resolve())
    assert set(GUIDE.glob("*.md")) - {GUIDE / "index.md"} <= named
    assert set(PICTURES.glob("*.png")) <= named


def test_pictures_are_small() -> None:
    sizes = {file.name: file.stat().st_size for file in PICTURES.glob("*.png")}
    assert sizes
    assert not {name: size for name, size in sizes.items() if size > LARGEST}
