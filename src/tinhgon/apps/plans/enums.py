from __future__ import annotations

from tinhgon.common.choices import labelled
from tinhgon.domain.simplification import KIND_WORDS, CostRule, NumberRule
from tinhgon.domain.simplification import ImportMove as ImportMove
from tinhgon.domain.simplification import ImportStatus as ImportStatus
from tinhgon.domain.simplification import ItemMove as ItemMove
from tinhgon.domain.simplification import LegalChangeMove as LegalChangeMove
from tinhgon.domain.simplification import LegalChangeStatus as LegalChangeStatus
from tinhgon.domain.simplification import MatchedBy as MatchedBy
from tinhgon.domain.simplification import MeasureKind as MeasureKind
from tinhgon.domain.simplification import PlanMove as PlanMove
from tinhgon.domain.simplification import PlanStatus as PlanStatus
from tinhgon.domain.simplification import RecommendationMove as RecommendationMove
from tinhgon.domain.simplification import RecommendationStatus as RecommendationStatus
from tinhgon.domain.simplification import RowChoice as RowChoice
from tinhgon.domain.simplification import Verdict as Verdict

STATUS_LABELS = {
    PlanStatus.DRAFT: "Đang soạn",
    PlanStatus.RETURNED: "Trả lại để hoàn thiện",
    PlanStatus.CONFIRMED: "Chờ Văn phòng đánh giá",
    PlanStatus.ASSESSED: "Đã đánh giá, chờ trình",
    PlanStatus.SUBMITTED: "Đang trình phê duyệt",
    PlanStatus.APPROVED: "Đã phê duyệt",
    PlanStatus.APPROVED_IN_PART: "Phê duyệt một phần",
    PlanStatus.REFUSED: "Không phê duyệt",
    PlanStatus.WITHDRAWN: "Đã rút",
}
STATUS_CHOICES = labelled(PlanStatus, STATUS_LABELS)

# The sign and colour that go with a status: see the component {% state %}.
STATE_KINDS = {
    PlanStatus.DRAFT: "none",
    PlanStatus.RETURNED: "returned",
    PlanStatus.CONFIRMED: "waiting",
    PlanStatus.ASSESSED: "ontime",
    PlanStatus.SUBMITTED: "waiting",
    PlanStatus.APPROVED: "done",
    PlanStatus.APPROVED_IN_PART: "done",
    PlanStatus.REFUSED: "returned",
    PlanStatus.WITHDRAWN: "withdrawn",
}

VERDICT_LABELS = {
    Verdict.WAITING: "Chưa quyết định",
    Verdict.APPROVED: "Phê duyệt",
    Verdict.PARTLY: "Phê duyệt một phần",
    Verdict.REFUSED: "Không phê duyệt",
    Verdict.RECOMMENDED_UP: "Kiến nghị cấp trên",
}
VERDICT_CHOICES = labelled(Verdict, VERDICT_LABELS)
VERDICT_KINDS = {
    Verdict.WAITING: "none",
    Verdict.APPROVED: "done",
    Verdict.PARTLY: "done",
    Verdict.REFUSED: "returned",
    Verdict.RECOMMENDED_UP: "waiting",
}

LEGAL_CHANGE_LABELS = {
    LegalChangeStatus.PLANNED: "Chưa soạn",
    LegalChangeStatus.DRAFTED: "Đang soạn thảo",
    LegalChangeStatus.SUBMITTED: "Đã trình ban hành",
    LegalChangeStatus.ISSUED: "Đã ban hành",
    LegalChangeStatus.IN_FORCE: "Đã có hiệu lực",
    LegalChangeStatus.DROPPED: "Không còn phải sửa",
}
LEGAL_CHANGE_KINDS = {
    LegalChangeStatus.PLANNED: "none",
    LegalChangeStatus.DRAFTED: "ontime",
    LegalChangeStatus.SUBMITTED: "waiting",
    LegalChangeStatus.ISSUED: "waiting",
    LegalChangeStatus.IN_FORCE: "done",
    LegalChangeStatus.DROPPED: "withdrawn",
}
LEGAL_CHANGE_CHOICES = labelled(LegalChangeStatus, LEGAL_CHANGE_LABELS)

RECOMMENDATION_LABELS = {
    RecommendationStatus.TO_SEND: "Chưa gửi",
    RecommendationStatus.SENT: "Đã gửi, chờ trả lời",
    RecommendationStatus.AGREED: "Cấp trên chấp thuận",
    RecommendationStatus.AGREED_IN_PART: "Cấp trên chấp thuận một phần",
    RecommendationStatus.REFUSED: "Cấp trên không chấp thuận",
}
RECOMMENDATION_KINDS = {
    RecommendationStatus.TO_SEND: "none",
    RecommendationStatus.SENT: "waiting",
    RecommendationStatus.AGREED: "done",
    RecommendationStatus.AGREED_IN_PART: "done",
    RecommendationStatus.REFUSED: "returned",
}
RECOMMENDATION_CHOICES = labelled(RecommendationStatus, RECOMMENDATION_LABELS)

MEASURE_CHOICES = labelled(MeasureKind, KIND_WORDS)
ENDING_CHOICES = [
    (kind.value, KIND_WORDS[kind]) for kind in (MeasureKind.ABOLISH, MeasureKind.MERGE)
]

RISK_LABELS = {1: "Thấp", 2: "Khá thấp", 3: "Trung bình", 4: "Khá cao", 5: "Cao"}
RISK_CHOICES = list(RISK_LABELS.items())

NUMBER_RULE_LABELS = {
    NumberRule.K1: "K1: thủ tục cắt giảm (bãi bỏ, gộp)",
    NumberRule.K2: "K2: thủ tục cắt giảm và đơn giản hóa",
}
NUMBER_RULE_CHOICES = labelled(NumberRule, NUMBER_RULE_LABELS)
COST_RULE_LABELS = {
    CostRule.C: "C: trên chi phí của tất cả thủ tục",
    CostRule.C_PRIME: "C′: trên chi phí của các thủ tục có phương án",
}
COST_RULE_CHOICES = labelled(CostRule, COST_RULE_LABELS)

IMPORT_LABELS = {
    ImportStatus.PREVIEWED: "Chờ ghi",
    ImportStatus.WRITTEN: "Đã ghi",
    ImportStatus.UNDONE: "Đã hoàn tác",
    ImportStatus.DISCARDED: "Đã bỏ",
}
IMPORT_CHOICES = labelled(ImportStatus, IMPORT_LABELS)
IMPORT_KINDS = {
    ImportStatus.PREVIEWED: "soon",
    ImportStatus.WRITTEN: "done",
    ImportStatus.UNDONE: "withdrawn",
    ImportStatus.DISCARDED: "withdrawn",
}
ROW_LABELS = {RowChoice.TAKE: "Ghi vào phương án", RowChoice.LEAVE: "Không ghi"}
ROW_CHOICES = labelled(RowChoice, ROW_LABELS)
MATCHED_LABELS = {
    MatchedBy.CODE: "trùng mã",
    MatchedBy.NAME: "trùng tên",
    MatchedBy.PERSON: "do người nhập chọn",
}
MATCHED_CHOICES = labelled(MatchedBy, MATCHED_LABELS)

AUDIT_KINDS = {
    "plans.import_received": "Tải lên quyết định phê duyệt phương án để nhập",
    "plans.import_changed": "Sửa nội dung quyết định đang nhập",
    "plans.import_row_changed": "Xử lý một thủ tục của quyết định đang nhập",
    "plans.import_matched": "Đối chiếu lại quyết định đang nhập",
    "plans.import_written": "Ghi quyết định phê duyệt phương án đã nhập",
    "plans.import_undone": "Hoàn tác việc nhập quyết định phê duyệt phương án",
    "plans.import_discarded": "Bỏ quyết định đang nhập",
    "plans.imported": "Ghi phương án theo quyết định đã ký",
    "plans.import_taken_back": "Rút phương án đã nhập",
    "plans.drafted": "Lập phương án đơn giản hóa",
    "plans.transferred": "Chuyển phương án cho cơ quan kế thừa",
    "plans.text_transferred": "Chuyển văn bản phải sửa cho cơ quan kế thừa",
    "plans.items_added": "Đưa thủ tục vào phương án",
    "plans.item_removed": "Bỏ thủ tục khỏi phương án",
    "plans.item_renewed": "Chuyển thủ tục trong phương án sang bản mới",
    "plans.item_described": "Sửa kiến nghị thực thi",
    "plans.suggestions_taken": "Đưa gợi ý đã nhận vào phương án",
    "plans.measure_added": "Thêm nội dung đơn giản hóa",
    "plans.measure_changed": "Sửa nội dung đơn giản hóa",
    "plans.measure_removed": "Bỏ nội dung đơn giản hóa",
    "plans.legal_change_added": "Thêm văn bản phải sửa",
    "plans.legal_change_changed": "Sửa văn bản phải sửa",
    "plans.legal_change_removed": "Bỏ văn bản phải sửa",
    "plans.confirmed": "Thủ trưởng xác nhận phương án",
    "plans.reopened": "Thủ trưởng mở lại phương án",
    "plans.assessed": "Văn phòng đánh giá phương án",
    "plans.returned": "Trả lại phương án",
    "plans.submitted": "Trình phê duyệt phương án",
    "plans.withdrawn": "Rút phương án",
    "plans.resumed": "Soạn lại phương án đã rút",
    "plans.decision_recorded": "Ghi quyết định phê duyệt phương án",
    "plans.decided": "Quyết định về phương án",
    "plans.choice_applied": "Áp dụng lựa chọn nội dung đơn giản hóa",
    "plans.choice_undone": "Hoàn tác lựa chọn nội dung đơn giản hóa",
    "plans.counting_rule_set": "Đặt quy tắc tính chỉ tiêu",
    "plans.text_drafted": "Soạn thảo văn bản sửa đổi",
    "plans.text_redrafted": "Thay dự thảo văn bản sửa đổi",
    "plans.text_submitted": "Trình ban hành văn bản sửa đổi",
    "plans.text_issued": "Ghi văn bản sửa đổi đã ban hành",
    "plans.text_in_force": "Văn bản sửa đổi có hiệu lực",
    "plans.text_dropped": "Thôi sửa văn bản",
    "plans.text_resumed": "Sửa lại văn bản đã thôi sửa",
    "plans.text_rescheduled": "Đổi thời hạn sửa văn bản",
    "plans.recommendation_transferred": "Chuyển kiến nghị cấp trên cho cơ quan kế thừa",
    "plans.recommendation_opened": "Mở kiến nghị cấp trên",
    "plans.recommendation_addressed": "Soạn kiến nghị cấp trên",
    "plans.recommendation_sent": "Ghi công văn kiến nghị đã gửi",
    "plans.recommendation_urged": "Đôn đốc trả lời kiến nghị",
    "plans.recommendation_redirected": "Gửi kiến nghị sang cơ quan khác",
    "plans.recommendation_answered": "Ghi trả lời của cấp trên về kiến nghị",
    "plans.amendment_drafted": "Lập phiên bản sửa đổi theo phương án",
    "plans.amendment_linked": "Gắn phiên bản sửa đổi với phương án",
}
