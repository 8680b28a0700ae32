"""
The one clock of the application.

Views and commands ask it and hand the time on; nothing below them does. A demo province lives in
its own time: the letter it shows is of March 2024, so its clock runs a fixed number of days behind
(TINHGON_CLOCK_OFFSET_DAYS).
"""

from __future__ import annotations

from datetime import date, datetime, timedelta

from django.conf import settings
from django.utils import timezone

from tinhgon.domain.vntext import format_date


def now() -> datetime:
    """Return the present moment in Vietnam's time zone."""
    offset: timedelta = settings.CLOCK_OFFSET
    return timezone.localtime() + offset


def today() -> date:
    """Return the present day in Vietnam."""
    return now().date()


def demo_notice() -> str:
    """Return what every page of a demo says at its top; "" elsewhere."""
    if not settings.DEMO:
        return ""
    return f"Dữ liệu mẫu. Đồng hồ đặt ở ngày {format_date(today())}."
