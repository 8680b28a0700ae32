"""The way through the parts of the guide on reviews, costs, plans and carrying out."""

from __future__ import annotations

from playwright.sync_api import Page, expect

from tests.domain.catalogue.plans.decisions import decision, layout
from tinhgon.apps.agencies.models import Agency
from tinhgon.apps.plans.enums import LegalChangeStatus, PlanStatus
from tinhgon.apps.plans.models import LegalChange, Plan, PlanItem
from tinhgon.apps.procedures.models import ProcedureVersion
from tinhgon.apps.reviews.enums import Status
from tinhgon.apps.reviews.models import Review, ReviewRound
from tinhgon.domain.procedures import PUBLISHED

from .stops import Stop, scroll_to

TEXT_ROUTE = "/phuong-an/thuc-thi/"


def simplifying_tour() -> dict[str, list[Stop]]:
    """Return the way through each of these parts, over the records of the demo."""
    return {
        "ra-soat": _reviews(),
        "chi-phi": _costs(),
        "phuong-an": _plans(),
        "thuc-thi": _carrying(),
    }


def _reviews() -> list[Stop]:
    round_ = _round().get_absolute_url()
    begun, answered = (_review(status) for status in (Status.IN_PROGRESS, Status.ANSWERED))
    suggested = _waiting("Sở Kế hoạch và Đầu tư")
    return [
        Stop("dieuphoi", "/ra-soat/"),
        Stop("dieuphoi", "/ra-soat/mo/"),
        Stop("dieuphoi", round_, "dot-ra-soat"),
        Stop("dieuphoi", f"{round_}phieu/?trang-thai=confirmed"),
        Stop("chuyenvien", "/nhiem-vu/cua-toi/"),
        Stop("chuyenvien", begun, "phieu-ra-soat"),
        Stop(_of(suggested.agency, "cq"), f"{suggested.get_absolute_url()}?phan=goi-y", "goi-y"),
        Stop("chuyenvien", _review(Status.RETURNED)),
        Stop("giamdoc", answered),
    ]


def _costs() -> list[Stop]:
    review = Review.objects.get(pk=_review_pk(Status.IN_PROGRESS))
    sheet = review.cost_sheet.get_absolute_url()
    return [
        Stop("chuyenvien", review.get_absolute_url()),
        Stop("xa", f"/chi-phi/{_waiting('Ủy ban nhân dân xã Gia Cát').pk}/"),
        Stop("chuyenvien", sheet, "bang-tinh-chi-phi"),
        Stop("chuyenvien", f"{sheet}giai-trinh/"),
        Stop("chuyenvien", f"{sheet}nhap/"),
        Stop("dieuphoi", "/chi-phi/"),
        Stop("dieuphoi", f"/chi-phi/dot/{_round().pk}/", "chi-phi-dot"),
    ]


def _plans() -> list[Stop]:
    drafted, confirmed = _plan(PlanStatus.DRAFT), _plan(PlanStatus.CONFIRMED)
    drafter = _of(drafted.agency, "cq")
    item = drafted.items.order_by("order")[0].get_absolute_url()
    assessing = f"{confirmed.get_absolute_url()}danh-gia/"
    submitted = _plan(PlanStatus.SUBMITTED).get_absolute_url()
    choosing = f"/phuong-an/dot/{drafted.round_id}/chon/?co-quan={drafted.agency_id}"
    return [
        Stop(drafter, "/phuong-an/"),
        Stop(drafter, drafted.get_absolute_url()),
        Stop(drafter, item, "thu-tuc-trong-phuong-an"),
        Stop(drafter, choosing, "chon-noi-dung", _find),
        Stop(_of(drafted.agency, "tt"), drafted.get_absolute_url()),
        Stop("dieuphoi", confirmed.get_absolute_url()),
        Stop("dieuphoi", assessing, "danh-gia-phuong-an"),
        Stop("dieuphoi", assessing, "", _assess),
        Stop(_of(confirmed.agency, "tt"), confirmed.get_absolute_url()),
        Stop("vanthu", "/phuong-an/"),
        Stop("vanthu", "/phuong-an/nhap/"),
        Stop("vanthu", "/phuong-an/nhap/", "nhap-phuong-an", _read_decision),
        Stop("vanthu", submitted),
        Stop("vanthu", f"{submitted}quyet-dinh/"),
        Stop("lanhdao", _plan(PlanStatus.APPROVED).get_absolute_url(), "phuong-an"),
    ]


def _carrying() -> list[Stop]:
    planned = LegalChange.objects.to_carry_out().get(status=LegalChangeStatus.PLANNED)
    drafted = LegalChange.objects.get(status=LegalChangeStatus.DRAFTED)
    return [
        Stop("lanhdao", "/phuong-an/"),
        Stop("lanhdao", "/phuong-an/chi-tieu/"),
        Stop("dieuphoi", TEXT_ROUTE, "thuc-thi"),
        Stop(_of(planned.agency, "cq"), planned.get_absolute_url(), "van-ban-phai-sua"),
        Stop(_of(planned.agency, "tt"), planned.get_absolute_url()),
        Stop("chuyenvien", "/nhiem-vu/cua-toi/"),
        Stop(
            _of(drafted.agency, "cq"), drafted.item.get_absolute_url(), "", scroll_to("#thuc-thi")
        ),
    ]


def _assess(page: Page) -> None:
    page.get_by_role("button", name="Đánh giá: đủ điều kiện trình").click()
    expect(page.locator("main")).to_contain_text("Đã đánh giá, chờ trình")


def _find(page: Page) -> None:
    """A target of cost that the measures of one agency can reach."""
    page.get_by_label("Chỉ tiêu chi phí (%)").fill("4")
    page.get_by_role("button", name="Chọn giúp tôi").click()
    expect(page.locator("#ket-qua-tim")).to_be_visible()


def _read_decision(page: Page) -> None:
    """Three procedures that no plan has: two approved, one refused by name."""
    planned = PlanItem.objects.values("review__procedure")
    rows = ProcedureVersion.objects.filter(status__in=PUBLISHED, holder__name="Sở Tư pháp")
    names = rows.exclude(procedure__in=planned).order_by("pk").values_list("name", flat=True)
    first, second, third = list(dict.fromkeys(names))[:3]
    text = layout("dotted").replace("Thẩm định đề án vị trí việc làm", first)
    text = text.replace("Giao biên chế công chức hằng năm", second)
    refused = f"III. THỦ TỤC KHÔNG ĐƯỢC PHÊ DUYỆT\n1. {third}\nLý do: Thời hạn do luật định.\n"
    page.locator("[name=text]").fill(decision(text + refused))
    page.get_by_label("Cơ quan có phương án").select_option(label=_province().name)
    page.get_by_role("button", name="Đọc quyết định").click()
    expect(page.locator("main")).to_contain_text("Ghi vào phương án")


def _province() -> Agency:
    return Agency.objects.get(parent=None)


def _round() -> ReviewRound:
    return ReviewRound.objects.get(closed_on=None)


def _review_pk(status: Status) -> int:
    rows = Review.objects.filter(round=_round(), agency__name="Sở Tư pháp", status=status.value)
    return rows.values_list("pk", flat=True)[0]


def _review(status: Status) -> str:
    return Review.objects.get(pk=_review_pk(status)).get_absolute_url()


def _waiting(agency: str) -> Review:
    """A review that nobody has begun."""
    rows = Review.objects.filter(round=_round(), status=Status.TO_DO.value)
    return rows.filter(agency__name=agency).select_related("agency").order_by("pk")[0]


def _plan(status: PlanStatus) -> Plan:
    return Plan.objects.filter(status=status.value).select_related("agency").order_by("pk")[0]


def _of(agency: Agency, post: str) -> str:
    """Return who drafts at an agency of the demo ("cq"), or its head ("tt")."""
    return f"{post}{agency.pk}"
