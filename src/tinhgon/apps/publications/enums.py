from __future__ import annotations

from tinhgon.common.choices import labelled
from tinhgon.domain.procedures import DecisionMove as DecisionMove
from tinhgon.domain.procedures import DecisionStatus as DecisionStatus
from tinhgon.domain.publishing import Grouping as Grouping
from tinhgon.domain.signatures import Integrity, Trust

STATUS_LABELS = {
    DecisionStatus.DRAFT: "Dự thảo",
    DecisionStatus.SUBMITTED: "Đang trình ký",
    DecisionStatus.SIGNED: "Đã ký ban hành",
    DecisionStatus.DISCARDED: "Đã bỏ",
}
STATUS_CHOICES = labelled(DecisionStatus, STATUS_LABELS)
GROUPING_LABELS = {
    Grouping.NONE: "Không chia mục",
    Grouping.KIND: "Theo loại thủ tục (mục A, B)",
    Grouping.TIER: "Theo cấp thực hiện (mục A, B, C)",
    Grouping.FIELD: "Theo lĩnh vực (mục I, II, III)",
    Grouping.KIND_FIELD: "Theo loại thủ tục, rồi theo lĩnh vực",
    Grouping.TIER_FIELD: "Theo cấp thực hiện, rồi theo lĩnh vực",
}
GROUPING_CHOICES = labelled(Grouping, GROUPING_LABELS)

# The sign and colour that go with a status: see the component {% state %}.
STATE_KINDS = {
    DecisionStatus.DRAFT: "none",
    DecisionStatus.SUBMITTED: "waiting",
    DecisionStatus.SIGNED: "done",
    DecisionStatus.DISCARDED: "withdrawn",
}

# What a check of a digital signature says: kind of state, words.
INTEGRITY_STATES = {
    Integrity.INTACT: ("done", "Nội dung nguyên vẹn từ khi ký"),
    Integrity.CHANGED: ("returned", "Tệp bị thay đổi sau khi ký"),
    Integrity.BROKEN: ("late", "Chữ ký không khớp với nội dung"),
    Integrity.UNKNOWN: ("none", "Không kiểm tra được"),
}
TRUST_STATES = {
    Trust.TRUSTED: ("done", "Chứng thư được tin cậy"),
    Trust.EXPIRED: ("soon", "Chứng thư đã hết hạn hoặc chưa đến hạn"),
    Trust.UNVERIFIED: ("none", "Không xác minh được ngoại tuyến"),
}

AUDIT_KINDS = {
    "publications.drafted": "Soạn quyết định công bố",
    "publications.edited": "Sửa dự thảo quyết định công bố",
    "publications.submitted": "Trình ký quyết định công bố",
    "publications.recalled": "Rút quyết định đang trình ký",
    "publications.recorded": "Ghi quyết định công bố đã ký",
    "publications.lines_changed": "Thay đổi danh mục của dự thảo quyết định",
    "publications.entered": "Nhập quyết định công bố đã ban hành",
    "publications.withdrawn": "Hoàn tác việc nhập quyết định công bố",
    "publications.discarded": "Bỏ dự thảo quyết định công bố",
}
