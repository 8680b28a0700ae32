from __future__ import annotations

from datetime import date

from django.db import models
from django.db.models import F, Q
from django.urls import reverse

from tinhgon.common.models import Versioned

from ._procedures import ProcedureVersion


class LegalDocument(Versioned):
    """
    Văn bản căn cứ: a document that procedures cite, known by its code or title.

    `ended_on` is the first day on which it no longer holds; `change_note` says what changed and by
    which document.
    """

    key = models.CharField(max_length=200, unique=True)  # folded code, or folded title
    folded = models.TextField(blank=True)  # code and title, for search
    code = models.CharField(max_length=60, blank=True)
    title = models.CharField(max_length=500)
    issued_on = models.DateField(null=True, blank=True)
    changed_on = models.DateField(null=True, blank=True)
    ended_on = models.DateField(null=True, blank=True)
    change_note = models.CharField(max_length=500, blank=True)

    class Meta:
        ordering = ["title"]
        constraints = [
            models.CheckConstraint(
                condition=Q(ended_on=None) | Q(issued_on=None) | Q(ended_on__gte=F("issued_on")),
                name="law_ends_after_it_was_issued",
            )
        ]

    def __str__(self) -> str:
        return self.title if self.code in self.title else f"{self.title} ({self.code})"

    def get_absolute_url(self) -> str:
        return reverse("procedures:law", args=[self.pk])

    def holds_on(self, day: date) -> bool:
        return self.ended_on is None or day < self.ended_on


class LegalCitation(models.Model):
    """Viện dẫn căn cứ pháp lý: a version cites a place in a legal document."""

    version = models.ForeignKey(
        ProcedureVersion, on_delete=models.CASCADE, related_name="citations"
    )
    document = models.ForeignKey(LegalDocument, on_delete=models.PROTECT, related_name="citations")
    order = models.PositiveSmallIntegerField()
    article = models.CharField(max_length=20, blank=True)
    clause = models.CharField(max_length=20, blank=True)
    point = models.CharField(max_length=20, blank=True)

    class Meta:
        ordering = ["order"]
        constraints = [
            models.UniqueConstraint(fields=["version", "order"], name="citation_order_once")
        ]

    def __str__(self) -> str:
        return f"{self.version}: {self.document}"
