"""What only those above can change: the letter to them, and what they answered."""

from __future__ import annotations

from datetime import date
from typing import ClassVar, Self

from django.db import models
from django.db.models import Q
from django.urls import reverse

from tinhgon.apps.accounts.models import User
from tinhgon.apps.agencies.models import Agency
from tinhgon.apps.documents.models import Document
from tinhgon.apps.plans.enums import (
    RECOMMENDATION_CHOICES,
    RECOMMENDATION_KINDS,
    RECOMMENDATION_LABELS,
    RecommendationStatus,
)
from tinhgon.apps.procedures.models import branch
from tinhgon.common.models import Versioned
from tinhgon.domain.access import Permission

# Plain values: members of an enum would be written into migrations with their module.
_TO_SEND = RecommendationStatus.TO_SEND.value
_SENT = RecommendationStatus.SENT.value
_WITH_REASON = [
    RecommendationStatus.AGREED_IN_PART.value,
    RecommendationStatus.REFUSED.value,
]


def to_do(day: date) -> Q:
    """Return the condition that one is to be sent, or to be asked about again."""
    return Q(status=_TO_SEND) | Q(status=_SENT, answer_by__lt=day)


class RecommendationQuerySet(models.QuerySet["Recommendation"]):
    def visible_to(self, user: User) -> Self:
        """Recommendations of the plans that the person sees, and those that his branch follows."""
        plans = branch(user, "item__plan__agency") | branch(user, "item__plan__round__agency")
        return self.filter(plans | branch(user, "agency"))

    def moved_by(self, user: User) -> Self:
        """Those on which the person works: he drafts the letter, or keeps what is sent and said."""
        rights = (Permission.REVIEW_PROCEDURES, Permission.RECORD_PLAN_DECISION)
        condition = Q(pk__in=[])
        for right in rights:
            condition |= branch(user, "agency", right)
        return self.filter(condition)

    def unanswered(self) -> Self:
        """Those to send, and those whose answer is still to come."""
        return self.filter(status__in=[_TO_SEND, _SENT])


class Recommendation(Versioned):
    """
    Kiến nghị cấp trên: asks those above to change a rule on which a procedure of a plan rests.

    `agency` words and follows it: that of the plan, or who came after it. `authority` is whom the
    letter addresses, by the name of that day; `request` what it asks for
    beyond the measures. `letter` was sent and asks for an answer until `answer_by`; `papers` are
    the letters that asked again, and those that went to an authority which does not decide.
    `answer` is their document, `reason` why they refused, in whole or part, or why the letter went
    to another authority. `cost_after`, đồng a year, is what the procedure will cost where they
    agreed to some of the measures only.
    """

    item = models.OneToOneField("PlanItem", on_delete=models.CASCADE, related_name="recommendation")
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+")
    status = models.CharField(max_length=16, choices=RECOMMENDATION_CHOICES, default=_TO_SEND)
    authority = models.CharField(max_length=200, blank=True)
    request = models.TextField(blank=True)
    answer_by = models.DateField(null=True, blank=True)
    letter = models.ForeignKey(
        Document, null=True, blank=True, on_delete=models.PROTECT, related_name="recommendations"
    )
    papers = models.ManyToManyField(Document, blank=True, related_name="+")
    answer = models.ForeignKey(
        Document, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    reason = models.TextField(blank=True)
    cost_after = models.DecimalField(max_digits=24, decimal_places=4, null=True, blank=True)

    objects: ClassVar[models.Manager[Recommendation]] = models.Manager.from_queryset(
        RecommendationQuerySet
    )()

    class Meta:
        ordering = ["answer_by", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(status__in=[value for value, _ in RECOMMENDATION_CHOICES]),
                name="recommendation_status_known",
            ),
            models.CheckConstraint(
                condition=Q(status=_TO_SEND, letter__isnull=True)
                | (~Q(status=_TO_SEND) & Q(letter__isnull=False) & ~Q(authority="")),
                name="sent_recommendation_has_its_letter",
            ),
            models.CheckConstraint(
                condition=Q(status__in=[_TO_SEND, _SENT], answer__isnull=True)
                | (~Q(status__in=[_TO_SEND, _SENT]) & Q(answer__isnull=False)),
                name="answered_recommendation_has_its_answer",
            ),
            models.CheckConstraint(
                condition=~Q(status__in=_WITH_REASON) | ~Q(reason=""),
                name="refused_recommendation_has_a_reason",
            ),
        ]
        indexes = [models.Index(fields=["status", "answer_by"], name="recommendation_due")]

    def __str__(self) -> str:
        return f"Kiến nghị {self.authority or 'cấp trên'}: {self.item}"

    def get_absolute_url(self) -> str:
        return reverse("plans:recommendation", args=[self.pk])

    @property
    def status_words(self) -> str:
        return RECOMMENDATION_LABELS[RecommendationStatus(self.status)]

    @property
    def state_kind(self) -> str:
        """The kind of state that stands beside the words where the day does not matter."""
        return RECOMMENDATION_KINDS[RecommendationStatus(self.status)]


class RecommendationReminder(models.Model):
    """Nhắc kiến nghị đã gửi: a step of the ladder, so that none is told twice."""

    recommendation = models.ForeignKey(
        Recommendation, on_delete=models.CASCADE, related_name="reminders"
    )
    step = models.IntegerField()  # working days before (-) or after (+) the day asked for
    due_on = models.DateField()
    sent_on = models.DateField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["recommendation", "due_on", "step"], name="recommendation_reminded_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.recommendation_id}: {self.step}"
