"""Offline workbooks that came back."""

from __future__ import annotations

from typing import ClassVar, Self

from django.db import models
from django.db.models import Q
from django.urls import reverse

from tinhgon.apps.accounts.models import User
from tinhgon.apps.agencies.models import Agency
from tinhgon.apps.files.models import StoredFile
from tinhgon.apps.reports.enums import (
    WORKBOOK_CHOICES,
    WORKBOOK_KINDS,
    WorkbookStatus,
)
from tinhgon.common.models import Versioned

from .reports import Report


class ReturnedWorkbookQuerySet(models.QuerySet["ReturnedWorkbook"]):
    def visible_to(self, user: User) -> Self:
        """Workbooks of the reports that the person sees."""
        return self.filter(report__in=Report.objects.visible_to(user).order_by().values("pk"))


class ReturnedWorkbook(Versioned):
    """
    Tệp ngoại tuyến đã nộp: an offline workbook that came back filled in.

    `made_at` is when it went out, as its seal says. `receiver` is the agency above, where somebody
    there handed it in on behalf of the agency. `written` says in words what was taken from it.
    """

    report = models.ForeignKey(Report, on_delete=models.PROTECT, related_name="workbooks")
    file = models.ForeignKey(StoredFile, on_delete=models.PROTECT, related_name="+")
    status = models.CharField(
        max_length=10, choices=WORKBOOK_CHOICES, default=WorkbookStatus.WAITING.value
    )
    made_at = models.DateTimeField()
    receiver = models.ForeignKey(
        Agency, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    returned_at = models.DateTimeField()
    returned_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    decided_at = models.DateTimeField(null=True, blank=True)
    decided_by = models.ForeignKey(
        User, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    written = models.JSONField(default=list)

    objects: ClassVar[models.Manager[ReturnedWorkbook]] = models.Manager.from_queryset(
        ReturnedWorkbookQuerySet
    )()

    class Meta:
        ordering = ["-returned_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(status__in=[value for value, _ in WORKBOOK_CHOICES]),
                name="workbook_status_known",
            ),
            models.CheckConstraint(
                condition=Q(status=WorkbookStatus.WAITING.value, decided_at=None, decided_by=None)
                | Q(decided_at__isnull=False, decided_by__isnull=False)
                & ~Q(status=WorkbookStatus.WAITING.value),
                name="decided_workbook_says_by_whom",
            ),
        ]

    def __str__(self) -> str:
        return self.file.name

    def get_absolute_url(self) -> str:
        return reverse("reports:workbook_preview", args=[self.pk])

    @property
    def state_kind(self) -> str:
        """The kind of state that the page shows beside the words."""
        return WORKBOOK_KINDS[WorkbookStatus(self.status)]
