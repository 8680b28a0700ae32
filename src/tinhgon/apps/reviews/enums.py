from __future__ import annotations

from tinhgon.common.choices import labelled
from tinhgon.domain.reviewing import Move as Move
from tinhgon.domain.reviewing import Outcome as Outcome
from tinhgon.domain.reviewing import Status as Status
from tinhgon.domain.simplification import KIND_WORDS

STATUS_LABELS = {
    Status.TO_DO: "Chưa rà soát",
    Status.IN_PROGRESS: "Đang rà soát",
    Status.ANSWERED: "Chờ thủ trưởng xác nhận",
    Status.CONFIRMED: "Chờ Văn phòng kiểm tra",
    Status.CHECKED: "Văn phòng đã kiểm tra",
    Status.RETURNED: "Trả lại để rà soát thêm",
    Status.LAPSED: "Không còn hiệu lực",
    Status.ENTERED: "Nhập theo quyết định đã ký",
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
    Status.ENTERED: "done",
}

OUTCOME_LABELS = {
    Outcome.KEEP: "Giữ nguyên",
    Outcome.AMEND: "Sửa đổi, bổ sung",
    Outcome.MERGE: "Gộp vào thủ tục khác",
    Outcome.REPLACE: "Thay thế",
    Outcome.ABOLISH: "Bãi bỏ",
}
OUTCOME_CHOICES = labelled(Outcome, OUTCOME_LABELS)

MEASURE_LABELS = {kind.value: words for kind, words in KIND_WORDS.items()}

MOVED_LABELS = {
    Move.FINISH: "Phiếu rà soát chờ xác nhận",
    Move.CONFIRM: "Phiếu rà soát chờ kiểm tra",
    Move.SEND_BACK: "Thủ trưởng trả lại phiếu rà soát",
    Move.CHECK: "Văn phòng đã kiểm tra phiếu rà soát",
    Move.RETURN: "Văn phòng trả lại phiếu rà soát",
    Move.RESUME: "Thủ tục còn hiệu lực, tiếp tục rà soát",
}
"""Move → what those whom it concerns are told."""

AUDIT_KINDS = {
    "reviews.opened": "Mở đợt rà soát",
    "reviews.closed": "Kết thúc đợt rà soát",
    "reviews.reopened": "Mở lại đợt rà soát",
    "reviews.added": "Bổ sung thủ tục vào đợt rà soát",
    "reviews.round_entered": "Ghi đợt rà soát đã kết thúc",
    "reviews.entered": "Nhập kết quả rà soát theo quyết định đã ký",
    "reviews.taken_out": "Rút kết quả rà soát đã nhập",
    "reviews.assigned": "Giao người rà soát",
    "reviews.transferred": "Chuyển phiếu rà soát cho cơ quan kế thừa",
    "reviews.started": "Bắt đầu rà soát",
    "reviews.moved": "Chuyển phiếu rà soát",
    "reviews.renewed": "Rà soát tiếp theo bản mới của thủ tục",
    "reviews.held": "Đưa vào phương án đã được thủ trưởng xác nhận",
    "reviews.released": "Phương án trả lại, mở lại hoặc không được phê duyệt",
    "reviews.concluded": "Ghi kết quả rà soát",
    "reviews.chosen": "Chọn một trong hai câu trả lời",
    "reviews.proved": "Thêm tài liệu chứng minh",
    "reviews.disproved": "Gỡ tài liệu chứng minh",
    "reviews.suggestion_accepted": "Nhận gợi ý đơn giản hóa",
    "reviews.suggestion_dismissed": "Bỏ qua gợi ý đơn giản hóa",
    "reviews.suggestion_reopened": "Xem lại gợi ý đơn giản hóa",
    "reviews.questionnaire_loaded": "Nạp mẫu phiếu rà soát",
}
