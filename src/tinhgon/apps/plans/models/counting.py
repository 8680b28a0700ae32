"""Which figures of a programme are the official ones."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from tinhgon.apps.accounts.models import User
from tinhgon.apps.plans.enums import COST_RULE_CHOICES, NUMBER_RULE_CHOICES
from tinhgon.apps.programmes.models import Programme
from tinhgon.common.models import Versioned
from tinhgon.domain.simplification import CostRule, CountingRule, NumberRule


class CountingSetting(Versioned):
    """
    Quy tắc tính chỉ tiêu: which figures of a programme are the official ones, and the targets.

    `basis` names the document that says so. Without one the rule of domain.simplification holds.
    """

    programme = models.OneToOneField(
        Programme, on_delete=models.CASCADE, related_name="counting_setting"
    )
    number_rule = models.CharField(
        max_length=8, choices=NUMBER_RULE_CHOICES, default=NumberRule.K2.value
    )
    cost_rule = models.CharField(max_length=8, choices=COST_RULE_CHOICES, default=CostRule.C.value)
    number_target = models.DecimalField(max_digits=6, decimal_places=4, default="0.2")
    cost_target = models.DecimalField(max_digits=6, decimal_places=4, default="0.2")
    basis = models.CharField(max_length=300, blank=True)
    set_at = models.DateTimeField()
    set_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(number_target__gte=0, number_target__lte=1)
                & Q(cost_target__gte=0, cost_target__lte=1),
                name="targets_are_shares",
            )
        ]

    def __str__(self) -> str:
        return f"Quy tắc tính chỉ tiêu của {self.programme}"

    @property
    def rule(self) -> CountingRule:
        """The setting as the domain counts by it."""
        return CountingRule(
            NumberRule(self.number_rule),
            CostRule(self.cost_rule),
            self.number_target,
            self.cost_target,
        )
