"""What comes next for a procedure whose plan was refused or withdrawn: never a dead end."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from urllib.parse import urlencode

from django.urls import reverse

from tinhgon.apps.accounts.models import User
from tinhgon.apps.plans import policies
from tinhgon.apps.plans.models import PlanItem
from tinhgon.apps.reviews.enums import Outcome, Status
from tinhgon.domain.reviewing import DONE


@dataclass(frozen=True, slots=True)
class Again:
    """What may be done, or why nothing, in words; `url` where the person does it, "" nowhere."""

    words: str
    url: str = ""
    label: str = ""


def again(*, user: User, item: PlanItem, today: date) -> Again:
    """Return what comes next for the procedure of an item that counts no longer; one query."""
    live = PlanItem.objects.live().filter(review=item.review_id)
    other = live.select_related("plan__agency", "plan__round__round").first()
    if other is not None:
        return Again("Thủ tục đã vào phương án khác:", other.get_absolute_url(), str(other.plan))
    review = item.review
    status = Status(review.status)
    if status is Status.LAPSED:
        return Again("Thủ tục không còn hiệu lực: không phải làm gì thêm ở đợt này.")
    if status is Status.ENTERED:
        return _entered(user, item)
    if status not in DONE or not review.procedure_version.holds_on(today):
        return _to_review(item)
    if review.outcome == Outcome.KEEP.value:
        return Again(
            "Rà soát lại đã kết luận giữ nguyên: không lập phương án khác.",
            review.get_absolute_url(),
            "Xem phiếu rà soát",
        )
    return _to_draft(user, item)


def _entered(user: User, item: PlanItem) -> Again:
    words = (
        "Phương án này nhập theo quyết định đã ký, không có phiếu rà soát trong hệ thống, nên ở "
        f"{item.plan.round} không soạn phương án khác được. Nếu có quyết định khác phê duyệt thủ "
        "tục này ở đợt đó thì nhập quyết định ấy; nếu không, thủ tục được rà soát lại ở đợt sau."
    )
    if not policies.may_import_anywhere(user):
        return Again(words)
    return Again(words, reverse("plans:import"), "Nhập quyết định đã ký")


def _to_review(item: PlanItem) -> Again:
    """The review has to be done, or done again by the version in force, before a plan."""
    words = "Làm xong phiếu rà soát theo nội dung đang có hiệu lực rồi lập phương án khác."
    if item.plan.round.closed_on is not None:
        words = (
            "Phiếu rà soát phải làm lại theo nội dung đang có hiệu lực mới lập được phương án "
            f"khác, nhưng đợt đã kết thúc: đề nghị {item.plan.round.agency.name} mở lại đợt, hoặc "
            "để rà soát ở đợt sau."
        )
    return Again(words, item.review.get_absolute_url(), "Mở phiếu rà soát")


def _to_draft(user: User, item: PlanItem) -> Again:
    agency = item.review.agency
    if not policies.may_draft(user, agency):
        return Again(f"{agency.name} lập phương án khác cho thủ tục này nếu vẫn cần đơn giản hóa.")
    asked = urlencode({"dot": item.plan.round_id, "co-quan": agency.pk})
    return Again(
        "Nếu vẫn cần đơn giản hóa, sửa nội dung theo ý kiến trên trong một phương án khác.",
        f"{reverse('plans:draft')}?{asked}",
        "Lập phương án khác",
    )
