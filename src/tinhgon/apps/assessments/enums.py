from __future__ import annotations

from tinhgon.domain.costing import CONFIDENCE_WORDS
from tinhgon.domain.costing import Confidence as Confidence
from tinhgon.domain.costing import Term as Term

CONFIDENCE_CHOICES = [(each.value, CONFIDENCE_WORDS[each]) for each in Confidence]
CONFIDENCE_STATES = {
    Confidence.HIGH: ("chắc chắn", "done"),
    Confidence.MEDIUM: ("ước tính", "soon"),
    Confidence.LOW: ("giả định", "none"),
}
"""How sure the least sure figure of a sheet is, in a word for lists, and the kind of its sign."""

CELL_TERMS = (Term.HOURS, Term.SERVICES, Term.FEES, Term.TIMES, Term.SUBJECTS)
"""The figures that the table has a cell for; the others stand on the page of a row."""
SHORT_WORDS = {
    Term.HOURS: "Giờ",
    Term.HOURLY: "Mức giờ",
    Term.SERVICES: "Dịch vụ",
    Term.FEES: "Phí, khác",
    Term.TIMES: "Số lần",
    Term.SUBJECTS: "Đối tượng",
}

# The layout of form 03/SCM-KSTT: sections, columns, and marks in their cells.
SECTIONS = ("I. CHI PHÍ THỰC HIỆN THỦ TỤC HÀNH CHÍNH HIỆN TẠI", "II. CHI PHÍ SAU ĐƠN GIẢN HÓA")
SAVING = "III. SO SÁNH LỢI ÍCH"
KEY_HEADING = "Mã dòng"
HEADINGS = (
    "TT",
    "Các công việc khi thực hiện TTHC",
    "Các hoạt động/cách thức thực hiện cụ thể",
    "Thời gian thực hiện (giờ)",
    "Mức TNBQ 01 người/01 giờ làm việc (đồng)",
    "Mức chi phí thuê tư vấn, dịch vụ (đồng)",
    "Mức phí, lệ phí, chi phí khác (đồng)",
    "Số lần thực hiện/01 năm",
    "Số lượng đối tượng tuân thủ/01 năm",
    "Chi phí thực hiện TTHC (đồng)",
    "Tổng chi phí thực hiện TTHC/01 năm (đồng)",
    "Ghi chú, giải trình số liệu",
    KEY_HEADING,
)
GONE = "Không còn: "
DECIDING = "(bên giải quyết)"

AUDIT_KINDS = {
    "assessments.started": "Lập bảng tính chi phí",
    "assessments.written": "Sửa số liệu bảng tính chi phí",
    "assessments.row_added": "Thêm dòng công việc vào bảng tính chi phí",
    "assessments.row_removed": "Bỏ dòng công việc khỏi bảng tính chi phí",
    "assessments.followed": "Tính lại bên sau theo phương án",
    "assessments.imported": "Nhập bảng tính chi phí từ tệp",
    "assessments.norm_added": "Thêm định mức thu nhập bình quân",
    "assessments.norm_applied": "Áp dụng định mức mới cho đợt rà soát",
    "assessments.renewed": "Tính lại chi phí theo định mức mới",
}
