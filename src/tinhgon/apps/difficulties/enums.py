from __future__ import annotations

from django.db.models import TextChoices

from tinhgon.apps.agencies.enums import Level
from tinhgon.common.choices import labelled
from tinhgon.domain.difficulties import Move as Move
from tinhgon.domain.difficulties import Status as Status

STATUS_LABELS = {
    Status.NEW: "Mới",
    Status.PASSED_UP: "Chuyển cấp trên",
    Status.REFERRED: "Chuyển cơ quan chuyên môn",
    Status.IN_HAND: "Đang xử lý",
    Status.AT_CENTRE: "Đã kiến nghị Trung ương",
    Status.RETURNED: "Trả lại để làm rõ",
    Status.ANSWERED: "Đã trả lời",
    Status.CLOSED: "Đóng",
}
STATUS_CHOICES = labelled(Status, STATUS_LABELS)

# The sign and colour that go with a status: see the component {% state %}.
STATE_KINDS = {
    Status.NEW: "none",
    Status.PASSED_UP: "waiting",
    Status.REFERRED: "waiting",
    Status.IN_HAND: "ontime",
    Status.AT_CENTRE: "waiting",
    Status.RETURNED: "returned",
    Status.ANSWERED: "done",
    Status.CLOSED: "done",
}

MOVE_LABELS = {
    Move.EDIT: "Sửa nội dung",
    Move.SEND: "Gửi cấp trên",
    Move.WITHDRAW: "Rút vướng mắc",
    Move.APPLY: "Áp dụng trả lời đã có",
    Move.DECLINE: "Trả lời đã áp dụng không phù hợp",
    Move.TAKE_ON: "Tiếp nhận",
    Move.ANSWER: "Trả lời",
    Move.RETURN: "Trả lại để làm rõ",
    Move.PASS_UP: "Chuyển cấp trên",
    Move.SEND_TO_CENTRE: "Kiến nghị Trung ương",
    Move.REFER: "Chuyển cơ quan chuyên môn",
    Move.ACCEPT: "Đồng ý với trả lời",
    Move.REOPEN: "Chưa đồng ý, mở lại",
    Move.CLOSE: "Đóng",
    Move.TRANSFER: "Chuyển cho cơ quan kế thừa",
}
RAISED = "raised"
"""The first step of a trail, before any move: the difficulty was written down."""
STEP_CHOICES = [(RAISED, "Nêu vướng mắc"), *labelled(Move, MOVE_LABELS)]


class Decider(TextChoices):
    """Cấp có thẩm quyền giải quyết: who can decide, as the agency that has the difficulty sees."""

    COMMUNE = "commune", "UBND cấp xã"
    DISTRICT = "district", "UBND cấp huyện"
    DEPARTMENT = "department", "Sở, ban, ngành cấp tỉnh"
    PROVINCE = "province", "UBND tỉnh, Chủ tịch UBND tỉnh"
    MINISTRY = "ministry", "Bộ, cơ quan ngang bộ"
    GOVERNMENT = "government", "Chính phủ, Thủ tướng Chính phủ"


# Who decides at a level that is no more on a day is not offered on it.
DECIDER_LEVELS = {Decider.COMMUNE: Level.COMMUNE, Decider.DISTRICT: Level.DISTRICT}


class Group(TextChoices):
    """Nhóm trong danh sách: the tabs of the list."""

    ALL = "tat-ca", "Tất cả"
    MINE = "cho-toi", "Chờ tôi xử lý"
    OPEN = "chua-tra-loi", "Chưa trả lời"
    LATE = "qua-han", "Quá hạn trả lời"
    ANSWERED = "da-tra-loi", "Đã trả lời"
    GUIDANCE = "dung-chung", "Trả lời dùng chung"


AUDIT_KINDS = {
    "difficulties.raised": "Nêu khó khăn, vướng mắc",
    "difficulties.edited": "Sửa khó khăn, vướng mắc",
    "difficulties.sent": "Gửi vướng mắc lên cấp trên",
    "difficulties.withdrawn": "Rút vướng mắc",
    "difficulties.applied": "Áp dụng trả lời dùng chung",
    "difficulties.declined": "Bỏ áp dụng trả lời dùng chung",
    "difficulties.taken_on": "Tiếp nhận vướng mắc",
    "difficulties.answered": "Trả lời vướng mắc",
    "difficulties.returned": "Trả lại vướng mắc để làm rõ",
    "difficulties.passed_up": "Chuyển vướng mắc lên cấp trên",
    "difficulties.sent_to_centre": "Kiến nghị Trung ương giải quyết vướng mắc",
    "difficulties.referred": "Chuyển vướng mắc cho cơ quan chuyên môn",
    "difficulties.accepted": "Đồng ý với trả lời",
    "difficulties.reopened": "Mở lại vướng mắc",
    "difficulties.closed": "Đóng vướng mắc",
    "difficulties.transferred": "Chuyển vướng mắc cho cơ quan kế thừa",
    "difficulties.guided": "Chọn làm trả lời dùng chung",
    "difficulties.unguided": "Thôi dùng chung trả lời",
}
