from __future__ import annotations

from django.db.models import TextChoices

from tinhgon.common.choices import labelled
from tinhgon.domain.procedures import KIND_WORDS, RULE_OWNER_WORDS, TIER_WORDS
from tinhgon.domain.procedures import Action as Action
from tinhgon.domain.procedures import Kind as Kind
from tinhgon.domain.procedures import RuleOwner as RuleOwner
from tinhgon.domain.procedures import Status as Status
from tinhgon.domain.procedures import Tier as Tier

STATUS_LABELS = {
    Status.DRAFT: "Đang soạn",
    Status.PROPOSED: "Đề xuất thống kê",
    Status.CONFIRMED: "Thủ trưởng đã xác nhận",
    Status.CHECKED: "Văn phòng đã kiểm soát",
    Status.RETURNED: "Trả lại để sửa",
    Status.SUBMITTED: "Đang trình ký công bố",
    Status.PUBLISHED: "Đã công bố",
    Status.DISCLOSED: "Đã công khai",
    Status.DUPLICATE: "Trùng lặp",
    Status.OUT_OF_SCOPE: "Không phải TTHC nội bộ",
    Status.MERGED: "Đã gộp",
}
STATUS_CHOICES = labelled(Status, STATUS_LABELS)
KIND_CHOICES = labelled(Kind, KIND_WORDS)
TIER_CHOICES = labelled(Tier, TIER_WORDS)
RULE_OWNER_CHOICES = labelled(RuleOwner, RULE_OWNER_WORDS)
ACTION_LABELS = {
    Action.NEW: "Ban hành mới",
    Action.AMENDED: "Sửa đổi, bổ sung",
    Action.REPLACED: "Thay thế",
    Action.STANDARDISED: "Chuẩn hóa",
    Action.ABOLISHED: "Bãi bỏ",
}
ACTION_CHOICES = labelled(Action, ACTION_LABELS)


class Mode(TextChoices):
    """Which versions a list shows; the values stand in addresses."""

    IN_FORCE = "hieu-luc", "Đang hiệu lực"
    PIPELINE = "thong-ke", "Đang thống kê"
    ENDED = "het-hieu-luc", "Hết hiệu lực"
    ASIDE = "de-rieng", "Để riêng"
    ALL = "tat-ca", "Tất cả của cơ quan"


class Fault(TextChoices):
    """What the list of procedures looks for in their quality; the values stand in addresses."""

    CONTENT = "noi-dung", "Thiếu hoặc sai bộ phận bắt buộc"
    BASIS = "can-cu", "Căn cứ pháp lý hết hiệu lực"
    NAME = "trung-ten", "Trùng tên trong cùng cơ quan"


class Task(TextChoices):
    """What can be done to many procedures at once; the values stand in forms."""

    SET = "sua", "Sửa thông tin chung"
    SEND = "gui", "Gửi thủ trưởng xác nhận"
    CONFIRM = "xac-nhan", "Thủ trưởng xác nhận"
    SEND_BACK = "tra-nguoi-soan", "Thủ trưởng trả lại để sửa"
    CHECK = "kiem-soat", "Văn phòng kiểm soát đạt"
    RETURN = "tra-lai", "Văn phòng trả lại để sửa"
    LINK = "dung-chung", "Gắn với bản dùng chung"


# The sign and colour that go with a status: see the component {% state %}.
STATE_KINDS = {
    Status.DRAFT: "none",
    Status.PROPOSED: "waiting",
    Status.CONFIRMED: "waiting",
    Status.CHECKED: "ontime",
    Status.RETURNED: "returned",
    Status.SUBMITTED: "waiting",
    Status.PUBLISHED: "done",
    Status.DISCLOSED: "done",
    Status.DUPLICATE: "withdrawn",
    Status.OUT_OF_SCOPE: "withdrawn",
    Status.MERGED: "withdrawn",
}

AUDIT_KINDS = {
    "procedures.proposed": "Đề xuất thống kê thủ tục",
    "procedures.drafted": "Soạn nội dung sửa đổi của thủ tục",
    "procedures.edited": "Sửa nội dung thủ tục",
    "procedures.moved": "Chuyển trạng thái thủ tục",
    "procedures.published": "Công bố thủ tục",
    "procedures.disclosure_corrected": "Sửa nơi, ngày công khai thủ tục",
    "procedures.recoded": "Ghi mã số thủ tục",
    "procedures.dropped": "Bỏ bản dự thảo của thủ tục",
    "procedures.transferred": "Chuyển thủ tục sang cơ quan kế thừa",
    "procedures.linked": "Gắn thủ tục với bản dùng chung",
    "procedures.law_changed": "Ghi hiệu lực của văn bản căn cứ",
}
