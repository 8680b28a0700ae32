from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum

from django.db import models

from tinhgon.common.choices import labelled
from tinhgon.domain.exchange import Business, Standing


class Subject(models.TextChoices):
    """What a package that came in is about."""

    NEW = "new", "Văn bản mới"
    RECALL = "recall", "Thu hồi văn bản"
    UPDATE = "update", "Cập nhật văn bản"
    REPLACE = "replace", "Thay thế văn bản"
    STATUS = "status", "Trạng thái văn bản đã gửi"
    UNKNOWN = "unknown", "Không đọc được"


SUBJECTS: Mapping[Business, Subject] = {
    Business.NEW: Subject.NEW,
    Business.RECALL: Subject.RECALL,
    Business.UPDATE: Subject.UPDATE,
    Business.REPLACE: Subject.REPLACE,
}
CHANGES = frozenset({Subject.RECALL, Subject.UPDATE, Subject.REPLACE})
"""What a person decides on."""


class Outcome(models.TextChoices):
    """What a person made of a package that asks to change an earlier one."""

    AGREED = "agreed", "Đồng ý"
    DECLINED = "declined", "Từ chối"
    NOTED = "noted", "Đã xem, không phải làm gì"


class Handling(StrEnum):
    """Where a package that came in stands."""

    TAKEN_IN = "taken_in"
    WAITING = "waiting"
    HANDLED = "handled"
    REFUSED = "refused"


HANDLING_LABELS: Mapping[Handling, str] = {
    Handling.TAKEN_IN: "đã nhận",
    Handling.WAITING: "chờ người xem",
    Handling.HANDLED: "đã xử lý",
    Handling.REFUSED: "bị từ chối",
}
HANDLING_KINDS: Mapping[Handling, str] = {
    Handling.TAKEN_IN: "done",
    Handling.WAITING: "soon",
    Handling.HANDLED: "done",
    Handling.REFUSED: "returned",
}
STANDING_KINDS: Mapping[Standing, str] = {
    Standing.UNDER_WAY: "waiting",
    Standing.DONE: "done",
    Standing.REFUSED: "returned",
    Standing.ASKED_BACK: "soon",
    Standing.GIVEN_BACK: "withdrawn",
}


class Service(StrEnum):
    """Where a document stands at the service of the province (LGSP)."""

    UNUSED = ""
    QUEUED = "queued"
    SENT = "sent"
    REFUSED = "refused"


SERVICE_LABELS: Mapping[Service, str] = {
    Service.UNUSED: "gửi bằng tay",
    Service.QUEUED: "chờ gửi",
    Service.SENT: "trục đã nhận",
    Service.REFUSED: "trục từ chối",
}
SERVICE_KINDS: Mapping[Service, str] = {
    Service.UNUSED: "none",
    Service.QUEUED: "waiting",
    Service.SENT: "done",
    Service.REFUSED: "returned",
}
SERVICE_CHOICES = labelled(Service, SERVICE_LABELS)

AUDIT_KINDS = {
    "exchange.organ_added": "Ghi mã định danh cơ quan",
    "exchange.organ_ended": "Kết thúc mã định danh cơ quan",
    "exchange.received": "Nhận gói tin",
    "exchange.refused": "Từ chối gói tin",
    "exchange.handled": "Xử lý gói tin",
    "exchange.dispatched": "Ghi văn bản gửi qua trục",
    "exchange.state_told": "Ghi trạng thái ở nơi nhận",
    "exchange.queued": "Xếp hàng gửi qua trục",
    "exchange.sent": "Gửi qua trục",
    "exchange.told": "Báo trạng thái cho bên gửi qua trục",
}
