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
from tinhgon.domain.reportbook import UNDECIDED

from .reports import Report

_UNDECIDED = [status.value for status in UNDECIDED]


class ReturnedWorkbookQuerySet(models.QuerySet["ReturnedWorkbook"]):
    def undecided(self) -> Self:
        return self.filter(status__in=_UNDECIDED)

    def visible_to(self, user: User) -> Self:
        """Workbooks as `Report.objects.workbooks_visible_to`."""
        reports = Report.objects.workbooks_visible_to(user)
        return self.filter(report__in=reports.order_by().values("pk"))


class ReturnedWorkbook(Versioned):
    """
    Tệp ngoại tuyến đã nộp: an offline workbook that came back filled in.

    `made_at` is when it went out, as its seal says. `receiver` is the agency above, where somebody
    there handed it in on behalf of the agency. `written` says in words what was taken from it;
    `replaced_by` is the next one of the agency, which came because this one was faulty.
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
    replaced_by = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )

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
                condition=Q(status__in=_UNDECIDED, decided_at=None, decided_by=None)
                | Q(decided_at__isnull=False, decided_by__isnull=False) & ~Q(status__in=_UNDECIDED),
                name="decided_workbook_says_by_whom",
            ),
            models.CheckConstraint(
                condition=Q(status=WorkbookStatus.REPLACED.value, replaced_by__isnull=False)
                | ~Q(status=WorkbookStatus.REPLACED.value) & Q(replaced_by=None),
                name="replaced_workbook_says_by_which",
            ),
        ]

    def __str__(self) -> str:
        return self.file.name

    def get_absolute_url(self) -> str:
        return reverse("reports:workbook_preview", args=[self.pk])

    @property
    def is_undecided(self) -> bool:
        """Whether it still waits to be written, mended or put aside."""
        return self.status in _UNDECIDED

    @property
    def state_kind(self) -> str:
        """The kind of state that the page shows beside the words."""
        return WORKBOOK_KINDS[WorkbookStatus(self.status)]
