"""What the demo has to compare and to moderate: copies, look-alikes, a list, suggestions."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from importlib import resources

from tinhgon.apps.accounts.models import User
from tinhgon.apps.agencies.models import Agency
from tinhgon.apps.matching import actions as matching
from tinhgon.apps.matching.models import ReferenceItem
from tinhgon.apps.portal import actions as portal
from tinhgon.apps.procedures import actions as procedures
from tinhgon.apps.procedures.models import ProcedureVersion
from tinhgon.domain.procedures import Duration, Move, Record

from ._story import at_hour

LIST_FILE = "danh-muc-tham-khao.txt"
LIST_NAME = "Danh mục tham khảo của các tỉnh khác"
SHARED = "Nghỉ phép của cán bộ, công chức cấp xã"
COMMUNES = ("UBND xã Hợp Thành", "UBND xã Yên Trạch", "UBND xã Tân Thành")
_COPIED, _DEVIATED = date(2024, 10, 29), date(2024, 11, 6)
_RECEIVED, _RULED = date(2024, 11, 11), date(2024, 11, 13)
_SENT, _MODERATED = date(2024, 11, 14), date(2024, 11, 18)
# Names under which other agencies propose what is in the inventory already.
_LOOK_ALIKES = (
    (
        "Nghỉ phép hằng năm của công chức, viên chức",
        "Sở Y tế",
        "Nghỉ phép của công chức, viên chức",
    ),
    (
        "Nâng bậc lương thường xuyên đối với công chức, viên chức",
        "Sở Nội vụ",
        "Nâng lương thường xuyên đối với công chức, viên chức",
    ),
    ("Thanh toán công tác phí", "Sở Y tế", "Thanh toán tiền công tác phí"),
)
_DIFFERENT = (
    "Công nhận báo cáo viên pháp luật cấp tỉnh",
    "Công nhận tuyên truyền viên pháp luật",
    "Một thủ tục công nhận báo cáo viên cấp tỉnh, một thủ tục công nhận tuyên truyền viên cấp xã.",
)
_NOT_OURS = "Kiểm tra công tác hòa giải ở cơ sở"
_NOT_OURS_WHY = "Là việc kiểm tra theo kế hoạch hằng năm, không phải thủ tục hành chính nội bộ."
# Name of the procedure, step, what the sender writes; then what the Office does with it.
_SUGGESTIONS = (
    (
        "Điều chỉnh bảng giá đất",
        2,
        "Bước này nên gửi lấy ý kiến các sở cùng lúc với các huyện để đỡ mất thêm một tuần.",
    ),
    (
        "Tiếp nhận, xử lý văn bản đến",
        None,
        "Đề nghị ghi rõ văn bản hỏa tốc đến ngoài giờ làm việc thì ai tiếp nhận.",
    ),
    (
        "Thanh toán công tác phí",
        None,
        "Hồ sơ còn yêu cầu bản giấy của giấy đi đường dù đã có lệnh điện tử.",
    ),
    (
        "Công nhận báo cáo viên pháp luật cấp tỉnh",
        1,
        "Cho tôi hỏi giờ làm việc của bộ phận một cửa huyện.",
    ),
)
_ANSWER = (
    "Văn phòng UBND tỉnh ghi nhận góp ý. Sở Tài chính đang rà soát thành phần hồ sơ; kết quả được "
    "thể hiện trong phương án đơn giản hóa năm 2024."
)
_DECLINED_WHY = "Câu hỏi về giờ làm việc, không phải góp ý về thủ tục; đã hướng dẫn qua thư."


@dataclass(slots=True)
class AlikeStory:
    """Tells of shared procedures, look-alikes, gaps and suggestions, and what became of them."""

    people: dict[str, User]

    def tell(self) -> None:
        self._copies()
        self._look_alikes()
        self._reference()
        self._suggestions()

    def _copies(self) -> None:
        canonical = _version(SHARED).procedure
        communes = {a.label: a for a in Agency.objects.existing_on(_COPIED) if a.label in COMMUNES}
        copies = procedures.make_local_copies(
            canonical=canonical,
            agencies=[communes[name] for name in COMMUNES if name in communes],
            by=self.people["dieuphoi"],
            at=at_hour(_COPIED, 9),
        )
        for copy, record in ((copies[0], _longer), (copies[1], _with_consent)):
            self._deviate(copy, record(copy.record))

    def _deviate(self, copy: ProcedureVersion, record: Record) -> None:
        officer = self.people[f"cq{copy.procedure.agency_id}"]
        at = at_hour(_DEVIATED, 14)
        procedures.edit_version(version=copy, record=record, by=officer, at=at, seen=copy.version)
        procedures.move_version(version=copy, move=Move.SEND, by=officer, at=at, seen=copy.version)

    def _look_alikes(self) -> None:
        at = at_hour(date(2024, 11, 12), 15)
        for name, agency, other in _LOOK_ALIKES:
            holder = Agency.objects.existing_on(_COPIED).get(name=agency)
            procedures.propose_procedure(
                record=replace(_version(name).record, name=other, lead=agency, national_code=""),
                agency=holder,
                by=self.people[f"cq{holder.pk}"],
                at=at,
            )
        one, other, reason = _DIFFERENT
        matching.rule_different(
            one=_version(one).procedure,
            others=[_version(other).procedure],
            reason=reason,
            by=self.people["dieuphoi"],
            at=at_hour(_RULED, 9),
        )

    def _reference(self) -> None:
        office = self.people["dieuphoi"]
        path = resources.files("tinhgon.apps.home").joinpath("data", LIST_FILE)
        matching.receive_reference(
            upload=matching.Upload(
                data=path.read_bytes(), name=LIST_FILE, content_type="text/plain; charset=utf-8"
            ),
            name=LIST_NAME,
            tier="",
            fields=[],
            by=office,
            at=at_hour(_RECEIVED, 10),
        )
        officer = self.people["chuyenvien"]
        matching.dismiss_gaps(
            items=[ReferenceItem.objects.get(name=_NOT_OURS)],
            agency=officer.current_positions[0].agency,
            reason=_NOT_OURS_WHY,
            by=officer,
            at=at_hour(_RULED, 14),
        )

    def _suggestions(self) -> None:
        sent = [
            portal.send_suggestion(
                version=_version(name, published=True),
                sent=portal.Sent(text, f"10.0.0.{order}", 90.0, step),
                at=at_hour(_SENT, 8 + order),
            )
            for order, (name, step, text) in enumerate(_SUGGESTIONS)
        ]
        by, at = self.people["dieuphoi"], at_hour(_MODERATED, 9)
        _new, shown, answered, declined = sent
        portal.show_suggestion(suggestion=shown, by=by, at=at, seen=shown.version)
        portal.answer_suggestion(
            suggestion=answered, answer=_ANSWER, by=by, at=at, seen=answered.version
        )
        portal.decline_suggestion(
            suggestion=declined, reason=_DECLINED_WHY, by=by, at=at, seen=declined.version
        )


def _version(name: str, *, published: bool = False) -> ProcedureVersion:
    """Return the newest version with this name; of those that are in force, where asked."""
    found = ProcedureVersion.objects.select_related("procedure__agency").filter(name=name)
    if published:
        found = found.in_force_on(_SENT)
    version = found.order_by("-number").first()
    assert version is not None, name  # noqa: S101 — the demo's own names
    return version


def _longer(record: Record) -> Record:
    limit = record.time_limit
    assert limit is not None  # noqa: S101 — the demo's own record
    more = Duration(limit.amount + Decimal(1), limit.unit)
    *first, last = record.steps
    spent = last.duration
    longer = replace(last, duration=Duration(spent.amount * 3, spent.unit) if spent else None)
    return replace(record, time_limit=more, steps=(*first, longer))


def _with_consent(record: Record) -> Record:
    first, *rest = record.steps
    words = f"{first.what}; công chức ở thôn, bản xa gửi qua điện thoại"
    return replace(record, steps=(replace(first, what=words), *rest))
