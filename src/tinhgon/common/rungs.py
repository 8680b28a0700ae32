"""Reminders that were written down, as the ladder asks for them."""

from __future__ import annotations

from typing import Any

from django.db.models import Max, QuerySet


def told_steps(reminders: QuerySet[Any], of: str) -> dict[int, int]:
    """Return the last rung that was told, in working days, by the key that `of` names."""
    return dict(reminders.order_by().values_list(of).annotate(step=Max("step")))
