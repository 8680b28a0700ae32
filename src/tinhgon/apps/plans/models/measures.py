"""The single measures on a procedure of a plan."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from tinhgon.apps.plans.enums import MEASURE_CHOICES, RISK_CHOICES, MeasureKind
from tinhgon.apps.reviews.models import SuggestionVerdict
from tinhgon.domain.simplification import Measure as MeasureValue


class Measure(models.Model):
    """
    Nội dung đơn giản hóa: one typed measure on one part of the version under review.

    `kind`, `target` and `value` are those of domain.simplification. `effort` is days of work of one
    person until it is carried out, `risk` goes from 1 to 5; the planner weighs both. `suggestion`
    is the accepted suggestion that it came from. `granted_by` is the line of the decision that
    approved it.
    """

    item = models.ForeignKey("PlanItem", on_delete=models.CASCADE, related_name="measures")
    order = models.PositiveIntegerField()
    kind = models.CharField(max_length=16, choices=MEASURE_CHOICES)
    target = models.CharField(max_length=40, blank=True)
    value = models.JSONField(default=dict)
    content = models.TextField()
    reason = models.TextField(blank=True)
    effort = models.DecimalField(max_digits=7, decimal_places=1, default=1)
    risk = models.PositiveSmallIntegerField(choices=RISK_CHOICES, default=1)
    suggestion = models.ForeignKey(
        SuggestionVerdict, null=True, blank=True, on_delete=models.SET_NULL, related_name="measures"
    )
    granted_by = models.ForeignKey(
        "PlanDecisionLine",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="granted",
    )

    class Meta:
        ordering = ["order", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(kind__in=[value for value, _ in MEASURE_CHOICES]),
                name="measure_kind_known",
            ),
            models.CheckConstraint(
                condition=Q(risk__gte=1, risk__lte=5), name="measure_risk_from_1_to_5"
            ),
            models.CheckConstraint(condition=Q(effort__gte=0), name="measure_effort_not_negative"),
        ]

    def __str__(self) -> str:
        return self.content

    @property
    def as_value(self) -> MeasureValue:
        """The measure as the domain applies it."""
        return MeasureValue(MeasureKind(self.kind), self.target, self.value)
