from __future__ import annotations

from tinhgon.common.choices import labelled
from tinhgon.domain.intake import BatchKind as BatchKind
from tinhgon.domain.intake import BatchMove as BatchMove
from tinhgon.domain.intake import BatchStatus as BatchStatus
from tinhgon.domain.intake import Choice as Choice
from tinhgon.domain.intake import Verdict as Verdict

KIND_LABELS = {
    BatchKind.SHEET: "Bảng tính",
    BatchKind.DECISION: "Quyết định công bố",
}
KIND_CHOICES = labelled(BatchKind, KIND_LABELS)
STATUS_LABELS = {
    BatchStatus.UPLOADED: "Chờ ghép cột",
    BatchStatus.MATCHED: "Đang đối chiếu",
    BatchStatus.PREVIEWED: "Chờ ghi",
    BatchStatus.WRITTEN: "Đã ghi",
    BatchStatus.UNDONE: "Đã hoàn tác",
    BatchStatus.DISCARDED: "Đã bỏ",
}
STATUS_CHOICES = labelled(BatchStatus, STATUS_LABELS)
VERDICT_LABELS = {
    Verdict.NEW: "Mới",
    Verdict.CHANGED: "Có thay đổi",
    Verdict.SAME: "Không đổi",
    Verdict.TWIN: "Có thể trùng",
    Verdict.ERROR: "Có lỗi",
}
VERDICT_CHOICES = labelled(Verdict, VERDICT_LABELS)
CHOICE_LABELS = {
    Choice.ADD: "Thêm mới",
    Choice.UPDATE: "Cập nhật",
    Choice.SKIP: "Bỏ qua",
}
CHOICE_CHOICES = labelled(Choice, CHOICE_LABELS)

# The sign and colour that go with a status or verdict: see the component {% state %}.
STATE_KINDS = {
    BatchStatus.UPLOADED: "none",
    BatchStatus.MATCHED: "waiting",
    BatchStatus.PREVIEWED: "soon",
    BatchStatus.WRITTEN: "done",
    BatchStatus.UNDONE: "withdrawn",
    BatchStatus.DISCARDED: "withdrawn",
}
VERDICT_KINDS = {
    Verdict.NEW: "ontime",
    Verdict.CHANGED: "soon",
    Verdict.SAME: "none",
    Verdict.TWIN: "returned",
    Verdict.ERROR: "late",
}

AUDIT_KINDS = {
    "intake.received": "Tải lên tệp danh mục để nhập",
    "intake.matched": "Ghép cột của tệp danh mục",
    "intake.chosen": "Chọn cách xử lý dòng của đợt nhập",
    "intake.corrected": "Sửa nội dung đọc được của đợt nhập",
    "intake.written": "Ghi đợt nhập danh mục",
    "intake.undone": "Hoàn tác đợt nhập danh mục",
    "intake.discarded": "Bỏ đợt nhập danh mục",
}
