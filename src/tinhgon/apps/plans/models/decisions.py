"""What the Office and the competent authority said of plans."""

from __future__ import annotations

from typing import ClassVar, Self

from django.db import models
from django.db.models import Q
from django.urls import reverse

from tinhgon.apps.accounts.models import User
from tinhgon.apps.agencies.models import Agency
from tinhgon.apps.documents.models import Document
from tinhgon.apps.plans.enums import VERDICT_CHOICES, VERDICT_LABELS, Verdict
from tinhgon.apps.procedures.models import branch

from .items import PlanItem
from .plans import Plan


class PlanAssessment(models.Model):
    """
    Văn bản đánh giá: what the Office found in a plan before it is submitted.

    `seen` is the version of the plan that was assessed. `passes` False: it was returned.
    `consulted` names those whose opinion was asked. `document` is the signed paper, where there is
    one.
    """

    plan = models.ForeignKey(Plan, on_delete=models.CASCADE, related_name="assessments")
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+")
    seen = models.PositiveIntegerField()
    passes = models.BooleanField()
    opinion = models.TextField()
    consulted = models.TextField(blank=True)
    document = models.ForeignKey(
        Document, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    made_at = models.DateTimeField()
    made_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["-made_at", "-pk"]
        constraints = [
            models.CheckConstraint(condition=~Q(opinion=""), name="assessment_says_something")
        ]

    def __str__(self) -> str:
        return f"Đánh giá {self.plan}"


class PlanDecisionQuerySet(models.QuerySet["PlanDecision"]):
    def visible_to(self, user: User) -> Self:
        """Decisions of an issuer on the person's branch, and those on a plan that he sees."""
        plans = Plan.objects.filter(branch(user, "agency") | branch(user, "round__agency"))
        lines = PlanDecisionLine.objects.filter(item__plan__in=plans).values("decision")
        return self.filter(branch(user, "issuer") | Q(pk__in=lines))


class PlanDecision(models.Model):
    """
    Quyết định phê duyệt phương án: a signed document whose lines decide on single procedures.

    `issuer` is the competent authority. `code_key` holds issuer, number, symbol and day, so that
    no two bear the same.
    """

    document = models.OneToOneField(
        Document, on_delete=models.PROTECT, related_name="plan_decision"
    )
    issuer = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+")
    code_key = models.CharField(max_length=200, unique=True)
    is_imported = models.BooleanField(default=False)
    recorded_at = models.DateTimeField()
    recorded_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")

    objects: ClassVar[models.Manager[PlanDecision]] = models.Manager.from_queryset(
        PlanDecisionQuerySet
    )()

    class Meta:
        ordering = ["-recorded_at", "-pk"]

    def __str__(self) -> str:
        return str(self.document)

    def get_absolute_url(self) -> str:
        return reverse("plans:decision", args=[self.pk])


class PlanDecisionLine(models.Model):
    """
    Dòng của quyết định phê duyệt: the verdict on one procedure, with the figures as approved.

    `cost_before` and `cost_after` are đồng a year, exact, kept as they stood on that day, whatever
    becomes of the norms; None where the cost was not assessed.
    """

    decision = models.ForeignKey(PlanDecision, on_delete=models.CASCADE, related_name="lines")
    item = models.ForeignKey(PlanItem, on_delete=models.PROTECT, related_name="decision_lines")
    order = models.PositiveIntegerField()
    verdict = models.CharField(max_length=16, choices=VERDICT_CHOICES)
    reason = models.TextField(blank=True)
    cost_before = models.DecimalField(max_digits=22, decimal_places=4, null=True, blank=True)
    cost_after = models.DecimalField(max_digits=22, decimal_places=4, null=True, blank=True)

    class Meta:
        ordering = ["order", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["decision", "item"], name="one_line_an_item_in_a_decision"
            ),
            models.CheckConstraint(
                condition=~Q(verdict="waiting")
                & Q(verdict__in=[value for value, _ in VERDICT_CHOICES]),
                name="decision_line_decides",
            ),
            models.CheckConstraint(
                condition=~Q(verdict__in=["partly", "refused"]) | ~Q(reason=""),
                name="what_is_not_approved_has_a_reason",
            ),
            models.CheckConstraint(
                condition=Q(cost_before__isnull=True, cost_after__isnull=True)
                | Q(
                    cost_before__isnull=False,
                    cost_after__isnull=False,
                    cost_before__gte=0,
                    cost_after__gte=0,
                ),
                name="decision_line_has_both_costs_or_none",
            ),
        ]
        indexes = [
            models.Index(
                fields=["item", "verdict", "cost_before", "cost_after"], name="decision_line_costs"
            )
        ]

    def __str__(self) -> str:
        return f"{VERDICT_LABELS[Verdict(self.verdict)]}: {self.item}"
