from __future__ import annotations

from django.db import models
from django.db.models import Q

from tinhgon.apps.accounts.models import User
from tinhgon.apps.programmes.models import Programme
from tinhgon.common.models import Versioned
from tinhgon.domain.monitoring import Area, Rule


class MonitoringSetting(Versioned):
    """
    Cách chấm điểm, công khai: how the agencies of a programme are ranked, and whether everybody
    may see how far they are.

    `weights` holds for each part of the work how much it counts. `basis` names the document that
    says so. Without one the usual rule of domain.monitoring holds, and nothing is public.
    """

    programme = models.OneToOneField(
        Programme, on_delete=models.CASCADE, related_name="monitoring_setting"
    )
    completeness = models.PositiveSmallIntegerField()
    weights = models.JSONField()
    is_public = models.BooleanField(default=False)
    basis = models.CharField(max_length=300)
    set_at = models.DateTimeField()
    set_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(completeness__lte=100), name="completeness_counts_up_to_100"
            )
        ]

    def __str__(self) -> str:
        return f"Cách chấm điểm, công khai của {self.programme}"

    @property
    def rule(self) -> Rule:
        """The setting as the domain ranks by it."""
        weights = {Area(area): int(weight) for area, weight in self.weights.items()}
        return Rule(self.completeness, weights, self.basis)
