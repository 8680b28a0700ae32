from __future__ import annotations

from django.db import models

from tinhgon.common.choices import labelled
from tinhgon.domain.assigning import DirectiveStatus as DirectiveStatus
from tinhgon.domain.deadlines import DueKind as DueKind


class Part(models.TextChoices):
    LEAD = "lead", "Chủ trì"
    COOPERATING = "cooperating", "Phối hợp"


DIRECTIVE_STATUS_CHOICES = labelled(
    DirectiveStatus,
    {
        DirectiveStatus.DRAFT: "Dự thảo",
        DirectiveStatus.DISCARDED: "Đã bỏ",
        DirectiveStatus.ISSUED: "Đã giao",
        DirectiveStatus.AMENDED: "Đã sửa đổi",
        DirectiveStatus.REPLACED: "Đã thay thế",
        DirectiveStatus.WITHDRAWN: "Đã thu hồi",
    },
)

# The sign and colour that go with a status: see the component {% state %}.
STATE_KINDS = {
    DirectiveStatus.DRAFT: "waiting",
    DirectiveStatus.DISCARDED: "withdrawn",
    DirectiveStatus.ISSUED: "done",
    DirectiveStatus.AMENDED: "done",
    DirectiveStatus.REPLACED: "withdrawn",
    DirectiveStatus.WITHDRAWN: "withdrawn",
}

# Letters that gave work which was not all taken back: no other may bear their number.
NUMBERED = (DirectiveStatus.ISSUED, DirectiveStatus.AMENDED, DirectiveStatus.REPLACED)

DUE_KIND_CHOICES = labelled(
    DueKind,
    {
        DueKind.BEFORE: "Trước ngày",
        DueKind.BY: "Chậm nhất ngày",
        DueKind.WITHIN_WORKING_DAYS: "Trong số ngày làm việc",
        DueKind.WITHIN_DAYS: "Trong số ngày",
        DueKind.IN_MONTH: "Trong tháng",
        DueKind.IN_QUARTER: "Trong quý",
        DueKind.IN_YEAR: "Trong năm",
        DueKind.AT_REPORT: "Tại báo cáo định kỳ",
        DueKind.NONE: "Không nêu ngày",
    },
)

AUDIT_KINDS = {
    "directives.received": "Tiếp nhận văn bản chỉ đạo",
    "directives.proposal_added": "Thêm nhiệm vụ vào dự thảo",
    "directives.proposal_changed": "Sửa nhiệm vụ trong dự thảo",
    "directives.proposal_split": "Tách nhiệm vụ trong dự thảo",
    "directives.proposal_merged": "Gộp nhiệm vụ trong dự thảo",
    "directives.proposal_included": "Lấy nhiệm vụ vào dự thảo",
    "directives.proposal_left_out": "Bỏ nhiệm vụ khỏi dự thảo",
    "directives.programme_attached": "Gắn văn bản với chương trình",
    "directives.discarded": "Bỏ dự thảo",
}
