from __future__ import annotations

from django.db import models


class Level(models.TextChoices):
    """Cấp: where an agency stands in the State."""

    CENTRAL = "central", "Trung ương"
    PROVINCE = "province", "Cấp tỉnh"
    DISTRICT = "district", "Cấp huyện"
    COMMUNE = "commune", "Cấp xã"


class Kind(models.TextChoices):
    """Loại cơ quan: what addressee groups are made of."""

    COMMITTEE = "committee", "Ủy ban nhân dân"
    DEPARTMENT = "department", "Sở, ban, ngành"
    OFFICE = "office", "Văn phòng"
    UNIT = "unit", "Đơn vị trực thuộc"
    OTHER = "other", "Cơ quan khác"


class SuccessionKind(models.TextChoices):
    WHOLE = "whole", "Toàn bộ"
    PART = "part", "Một phần"


AUDIT_KINDS = {
    "agencies.added": "Thêm cơ quan",
    "agencies.renamed": "Đổi tên cơ quan",
    "agencies.changed": "Sửa thông tin cơ quan theo tệp",
    "agencies.moved": "Chuyển cơ quan quản lý",
    "agencies.merged": "Sáp nhập cơ quan",
    "agencies.split": "Chia tách cơ quan",
    "agencies.ended": "Kết thúc hoạt động",
    "agencies.took_over": "Tiếp nhận từ cơ quan khác",
    "agencies.loaded": "Nạp cây cơ quan",
}
