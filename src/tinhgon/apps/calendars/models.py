from __future__ import annotations

from django.db import models

from tinhgon.common.models import Versioned


class CalendarDay(Versioned):
    """Ngày nghỉ hoặc ngày làm bù: a day that differs from the ordinary Monday to Friday."""

    day = models.DateField(unique=True)
    is_working = models.BooleanField()
    reason = models.CharField(max_length=200)
    source = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering = ["day"]

    def __str__(self) -> str:
        return f"{self.day:%d/%m/%Y} {self.reason}"
