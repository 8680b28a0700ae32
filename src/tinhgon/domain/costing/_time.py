from __future__ import annotations

from decimal import Decimal

from tinhgon.domain.procedures import HOURS_A_WORKING_DAY, Duration, Unit

_PLACES = 4


def hours_of(duration: Duration | None) -> Decimal | None:
    """Return working hours of a time; None where there is none or it is one of the calendar."""
    if duration is None or duration.unit not in (Unit.HOUR, Unit.WORKING_DAY):
        return None
    each = HOURS_A_WORKING_DAY if duration.unit is Unit.WORKING_DAY else 1
    return round(duration.amount * each, _PLACES)
