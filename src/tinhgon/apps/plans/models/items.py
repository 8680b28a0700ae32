"""The procedures of a plan, and when each is carried out."""

from __future__ import annotations

from datetime import date
from functools import cached_property
from typing import ClassVar, Self

from django.db import models
from django.db.models import Case, Exists, F, OuterRef, Q, Subquery, When
from django.urls import reverse

from tinhgon.apps.accounts.models import User
from tinhgon.apps.plans.enums import (
    ENDING_CHOICES,
    VERDICT_CHOICES,
    VERDICT_KINDS,
    VERDICT_LABELS,
    Verdict,
)
from tinhgon.apps.procedures.models import ProcedureVersion, branch
from tinhgon.apps.reviews.models import Review
from tinhgon.common.models import Versioned
from tinhgon.domain.procedures import PUBLISHED, Record, from_json
from tinhgon.domain.simplification import GRANTED

from .legal_changes import LegalChange
from .plans import Plan

# Plain values: members of an enum would be written into migrations with their module.
_GRANTED = sorted(verdict.value for verdict in GRANTED)


def carried_out(day: date) -> Q:
    """
    Return the condition that all of a granted item holds on `day`: the rule of
    `simplification.carrying_out`.
    """
    texts = LegalChange.objects.filter(item=OuterRef("pk")).needed().open_on(day)
    versions = ProcedureVersion.objects.filter(status__in=PUBLISHED)
    living = versions.filter(
        Q(valid_to=None) | Q(valid_to__gt=day), procedure=OuterRef("procedure")
    )
    # Few procedures have ended: only of these it is asked whether another version lives on.
    ended = versions.filter(~Exists(living), valid_to__lte=day, is_superseded=False)
    abolished = Exists(ended.filter(procedure=OuterRef("review__procedure")))
    happened = Q(amendment__valid_from__lte=day) | Q(abolished)
    return Q(verdict__in=_GRANTED) & ~Q(Exists(texts)) & happened


def ended_on() -> Subquery:
    """Return of an item the first day without a version in force, None where one is or will be."""
    # By way of the review, so that nothing is joined to items of which nobody asks it.
    own = Review.objects.filter(pk=OuterRef(OuterRef("review"))).values("procedure")
    last = ProcedureVersion.objects.filter(
        procedure=Subquery(own), valid_from__isnull=False
    ).order_by("-valid_from", "-number")
    end = Case(When(is_superseded=False, then=F("valid_to")))
    return Subquery(last.annotate(end=end).values("end")[:1])


class PlanItemQuerySet(models.QuerySet["PlanItem"]):
    def visible_to(self, user: User) -> Self:
        """Items of the plans that the person sees."""
        return self.filter(branch(user, "plan__agency") | branch(user, "plan__round__agency"))

    def live(self) -> Self:
        """Items that count as planned: neither refused nor in a plan that was withdrawn."""
        return self.filter(is_live=True)

    def granted(self) -> Self:
        """Items that the province carries out by itself, by a decision."""
        return self.filter(verdict__in=_GRANTED)

    def with_endings(self) -> Self:
        """Items with `ended_on`: the first day without a version in force, where abolished."""
        return self.annotate(ended_on=ended_on())

    def carried_out_on(self, day: date) -> Self:
        """Granted items of which all holds on `day`."""
        return self.filter(carried_out(day))


class PlanItem(Versioned):
    """
    Thủ tục trong phương án: one reviewed procedure with its measures.

    `as_is` is the version that was under review when it was put in; `to_be` is the record that the
    measures lead to, as JSON, empty where `ending` abolishes or merges it. `conflicts` are the
    measures that cannot be applied, as (measure, other measure, words); all three are computed,
    never typed. `proposal` is the kiến nghị thực thi in words. `cost_before` and `cost_after`, đồng
    a year, are those with which the head confirmed the plan, by the hourly value `norm`; until he
    confirms, and where nothing was assessed, there are none. A review stands in one plan at a time:
    `is_live` says that this is it, and is over once the item is refused or its plan withdrawn.
    """

    plan = models.ForeignKey(Plan, on_delete=models.CASCADE, related_name="items")
    review = models.ForeignKey(Review, on_delete=models.PROTECT, related_name="plan_items")
    is_live = models.BooleanField(default=True)
    as_is = models.ForeignKey(ProcedureVersion, on_delete=models.PROTECT, related_name="+")
    order = models.PositiveIntegerField()
    to_be = models.JSONField(null=True, blank=True)
    ending = models.CharField(max_length=16, choices=ENDING_CHOICES, blank=True)
    conflicts = models.JSONField(default=list)
    notes = models.JSONField(default=list)
    proposal = models.TextField(blank=True)
    cost_before = models.DecimalField(max_digits=24, decimal_places=4, null=True, blank=True)
    cost_after = models.DecimalField(max_digits=24, decimal_places=4, null=True, blank=True)
    norm = models.JSONField(null=True, blank=True)
    verdict = models.CharField(
        max_length=16, choices=VERDICT_CHOICES, default=Verdict.WAITING.value
    )
    amendment = models.OneToOneField(  # the version that carries the measures out
        ProcedureVersion,
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="plan_item",
    )

    objects: ClassVar[models.Manager[PlanItem]] = models.Manager.from_queryset(PlanItemQuerySet)()

    class Meta:
        ordering = ["order", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(verdict__in=[value for value, _ in VERDICT_CHOICES]),
                name="plan_item_verdict_known",
            ),
            models.UniqueConstraint(
                fields=["review"], condition=Q(is_live=True), name="review_in_one_live_item"
            ),
            models.CheckConstraint(
                condition=Q(is_live=False) | ~Q(verdict="refused"),
                name="refused_item_is_not_live",
            ),
            models.CheckConstraint(
                condition=Q(ending="") | Q(to_be=None), name="ended_procedure_has_no_to_be"
            ),
            models.CheckConstraint(
                condition=Q(cost_before__isnull=True, cost_after__isnull=True)
                | Q(
                    cost_before__isnull=False,
                    cost_after__isnull=False,
                    cost_before__gte=0,
                    cost_after__gte=0,
                ),
                name="plan_item_has_both_costs_or_none",
            ),
        ]
        indexes = [
            models.Index(fields=["verdict", "plan"], name="plan_item_verdict"),
            models.Index(  # all that indicators count items by
                fields=[
                    "plan",
                    "is_live",
                    "verdict",
                    "ending",
                    "review",
                    "amendment",
                    "cost_before",
                    "cost_after",
                ],
                name="plan_item_counted",
            ),
        ]

    def __str__(self) -> str:
        return self.review.procedure_version.name

    def get_absolute_url(self) -> str:
        return reverse("plans:item", args=[self.pk])

    @cached_property
    def as_is_record(self) -> Record:
        return self.as_is.record

    @property
    def to_be_record(self) -> Record | None:
        """The record after the measures, None where the procedure ends or nothing is planned."""
        return None if self.to_be is None else from_json(self.to_be)

    @property
    def verdict_words(self) -> str:
        return VERDICT_LABELS[Verdict(self.verdict)]

    @property
    def verdict_kind(self) -> str:
        """The kind of state that the page shows beside the words."""
        return VERDICT_KINDS[Verdict(self.verdict)]
