from __future__ import annotations

from tinhgon.common.choices import labelled
from tinhgon.domain.reviewing import Move as Move
from tinhgon.domain.reviewing import Outcome as Outcome
from tinhgon.domain.reviewing import Status as Status

STATUS_LABELS = {
    Status.TO_DO: "Chưa rà soát",
    Status.IN_PROGRESS: "Đang rà soát",
    Status.ANSWERED: "Chờ thủ trưởng xác nhận",
    Status.CONFIRMED: "Chờ Văn phòng kiểm tra",
    Status.CHECKED: "Văn phòng đã kiểm tra",
    Status.RETURNED: "Trả lại để rà soát thêm",
    Status.LAPSED: "Không còn hiệu lực",
}
STATUS_CHOICES = labelled(Status, STATUS_LABELS)

# The sign and colour that go with a status: see the component {% state %}.
STATE_KINDS = {
    Status.TO_DO: "none",
    Status.IN_PROGRESS: "soon",
    Status.ANSWERED: "ontime",
    Status.CONFIRMED: "ontime",
    Status.CHECKED: "done",
    Status.RETURNED: "returned",
    Status.LAPSED: "none",
}

OUTCOME_LABELS = {
    Outcome.KEEP: "Giữ nguyên",
    Outcome.AMEND: "Sửa đổi, bổ sung",
    Outcome.MERGE: "Gộp vào thủ tục khác",
    Outcome.REPLACE: "Thay thế",
    Outcome.ABOLISH: "Bãi bỏ",
}
OUTCOME_CHOICES = labelled(Outcome, OUTCOME_LABELS)

AUDIT_KINDS: dict[str, str] = {}
