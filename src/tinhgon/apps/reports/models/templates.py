"""The Word files with which reports are written."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.urls import reverse

from tinhgon.apps.accounts.models import User
from tinhgon.apps.agencies.models import Agency
from tinhgon.apps.files.models import StoredFile


class ReportTemplate(models.Model):
    """
    Mẫu báo cáo: a Word file with fields, with which the reports of an agency's branch are written.

    One of an agency is used at a time; where none is, that of the agency above, at last the one
    that ships with the software.
    """

    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+")
    file = models.ForeignKey(StoredFile, on_delete=models.PROTECT, related_name="+")
    note = models.CharField(max_length=300, blank=True)
    is_used = models.BooleanField(default=True)
    added_at = models.DateTimeField()
    added_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["-added_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["agency"],
                condition=Q(is_used=True),
                name="one_report_template_used_an_agency",
            )
        ]

    def __str__(self) -> str:
        return f"Mẫu báo cáo của {self.agency}"

    def get_absolute_url(self) -> str:
        return reverse("reports:templates")
