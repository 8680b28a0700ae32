from __future__ import annotations

from datetime import date
from typing import Any

from tests.apps.samples import Sample
from tinhgon.apps.accounts.models import User
from tinhgon.apps.agencies.models import Agency
from tinhgon.apps.calendars.models import CalendarDay


def _day(agency: Agency, person: User) -> dict[str, Any]:
    day, _ = CalendarDay.objects.get_or_create(
        day=date(2024, 4, 18), defaults={"is_working": False, "reason": "Giỗ Tổ Hùng Vương"}
    )
    return {"pk": day.pk}


SAMPLES: dict[str, Sample] = {"calendars:change": _day, "calendars:remove": _day}
