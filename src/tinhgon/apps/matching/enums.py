from __future__ import annotations

from django.db.models import TextChoices


class Ruling(TextChoices):
    """What a person said of two procedures that looked alike."""

    DIFFERENT = "different", "Khác nhau"
    SAME = "same", "Trùng lặp"
    COPY = "copy", "Dùng chung"


class GapRuling(TextChoices):
    """What a person said of a procedure that an inventory seems to lack."""

    ACCEPTED = "accepted", "Đưa vào danh mục"
    DISMISSED = "dismissed", "Không phải còn sót"


AUDIT_KINDS = {
    "matching.told_apart": "Kết luận hai thủ tục khác nhau",
    "matching.duplicate": "Kết luận thủ tục trùng lặp",
    "matching.shared": "Kết luận thủ tục dùng chung",
    "matching.withdrawn": "Bỏ kết luận về hai thủ tục",
    "matching.list_received": "Nạp danh mục tham chiếu",
    "matching.list_changed": "Sửa danh mục tham chiếu",
    "matching.list_removed": "Bỏ danh mục tham chiếu",
    "matching.gap_accepted": "Đưa thủ tục còn sót vào danh mục",
    "matching.gap_dismissed": "Loại thủ tục khỏi danh sách còn sót",
    "matching.gap_reopened": "Xem lại thủ tục đã loại khỏi danh sách còn sót",
}
