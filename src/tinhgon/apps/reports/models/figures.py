"""Figures as they were frozen, on which reports rest, and what agencies say of them."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from tinhgon.apps.accounts.models import User
from tinhgon.common.models import Versioned

from .reports import Report


class Edition(models.Model):
    """
    Bản số liệu: the facts of one report, frozen; never written again.

    The first is made when the period is frozen, each further one says why figures changed.
    `figures` is the `domain.reporting.Tally` of its facts as JSON: pages add these up.
    """

    report = models.ForeignKey(Report, on_delete=models.PROTECT, related_name="editions")
    number = models.PositiveSmallIntegerField()
    reason = models.CharField(max_length=500, blank=True)
    figures = models.JSONField()
    made_at = models.DateTimeField()
    made_by = models.ForeignKey(
        User, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        ordering = ["report", "number"]
        constraints = [
            models.UniqueConstraint(fields=["report", "number"], name="edition_number_once"),
            models.CheckConstraint(
                condition=Q(number=1) | ~Q(reason=""), name="later_edition_says_why"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.report}: bản {self.number}"


class EditionFact(models.Model):
    """Một thủ tục trong bản số liệu: a `domain.reporting.Fact` as JSON."""

    edition = models.ForeignKey(Edition, on_delete=models.CASCADE, related_name="facts")
    procedure = models.PositiveBigIntegerField()
    fact = models.JSONField()

    class Meta:
        ordering = ["edition", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["edition", "procedure"], name="procedure_once_an_edition"
            )
        ]

    def __str__(self) -> str:
        return str(self.fact.get("name", self.procedure))


class ReportBasis(models.Model):
    """Căn cứ tổng hợp: an edition on which a report rested when it was sent."""

    report = models.ForeignKey(Report, on_delete=models.CASCADE, related_name="bases")
    edition = models.ForeignKey(Edition, on_delete=models.PROTECT, related_name="used_by")
    was_sent = models.BooleanField(default=True)  # else counted from the records as at the cut-off

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["report", "edition"], name="edition_once_a_report")
        ]

    def __str__(self) -> str:
        return f"{self.report} ← {self.edition}"


class FigureRemark(Versioned):
    """Ý kiến về số liệu: what an agency says of one figure of its report; "" once taken back."""

    report = models.ForeignKey(Report, on_delete=models.CASCADE, related_name="remarks")
    figure = models.CharField(max_length=40)
    text = models.TextField(blank=True)
    written_at = models.DateTimeField()
    written_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["report", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["report", "figure"], name="one_remark_a_figure")
        ]

    def __str__(self) -> str:
        return self.text[:80]
