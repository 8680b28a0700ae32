from __future__ import annotations

AUDIT_KINDS = {
    "calendars.added": "Thêm ngày vào lịch làm việc",
    "calendars.changed": "Sửa ngày trong lịch làm việc",
    "calendars.removed": "Bỏ ngày khỏi lịch làm việc",
    "calendars.loaded": "Nạp lịch làm việc",
}
