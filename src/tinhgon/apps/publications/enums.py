from __future__ import annotations

from tinhgon.common.choices import labelled
from tinhgon.domain.procedures import DecisionMove as DecisionMove
from tinhgon.domain.procedures import DecisionStatus as DecisionStatus

STATUS_LABELS = {
    DecisionStatus.DRAFT: "Dự thảo",
    DecisionStatus.SUBMITTED: "Đang trình ký",
    DecisionStatus.SIGNED: "Đã ký ban hành",
    DecisionStatus.DISCARDED: "Đã bỏ",
}
STATUS_CHOICES = labelled(DecisionStatus, STATUS_LABELS)

# The sign and colour that go with a status: see the component {% state %}.
STATE_KINDS = {
    DecisionStatus.DRAFT: "none",
    DecisionStatus.SUBMITTED: "waiting",
    DecisionStatus.SIGNED: "done",
    DecisionStatus.DISCARDED: "withdrawn",
}

AUDIT_KINDS = {
    "publications.drafted": "Soạn quyết định công bố",
    "publications.edited": "Sửa dự thảo quyết định công bố",
    "publications.submitted": "Trình ký quyết định công bố",
    "publications.recalled": "Rút quyết định đang trình ký",
    "publications.recorded": "Ghi quyết định công bố đã ký",
    "publications.discarded": "Bỏ dự thảo quyết định công bố",
}
