from __future__ import annotations

from datetime import date
from functools import cached_property
from typing import ClassVar, Self

from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone

from tinhgon.apps.accounts.models import User
from tinhgon.apps.agencies.models import Agency
from tinhgon.apps.files.models import StoredFile
from tinhgon.apps.procedures.models import Procedure, ProcedureVersion, branch
from tinhgon.apps.programmes.models import Round
from tinhgon.common.models import Versioned
from tinhgon.domain.reviewing import CLOSED, DONE, VOUCHED, make_questionnaire
from tinhgon.domain.reviewing import Questionnaire as Form

from .enums import (
    OUTCOME_CHOICES,
    OUTCOME_LABELS,
    STATE_KINDS,
    STATUS_CHOICES,
    STATUS_LABELS,
    Outcome,
    Status,
)

# Plain values: members of an enum would be written into migrations with their module.
_DONE = sorted(status.value for status in DONE)
_VOUCHED = sorted(status.value for status in VOUCHED)


class Questionnaire(models.Model):
    """
    Mẫu phiếu rà soát: the questions of a round, as data; never changed once a round asks them.

    `content` is the questionnaire of `domain.reviewing` as JSON.
    """

    code = models.CharField(max_length=40)
    version = models.PositiveSmallIntegerField()
    title = models.CharField(max_length=300)
    content = models.JSONField()
    added_at = models.DateTimeField()

    class Meta:
        ordering = ["code", "-version"]
        constraints = [
            models.UniqueConstraint(fields=["code", "version"], name="questionnaire_version_once")
        ]

    def __str__(self) -> str:
        return f"{self.title} ({self.code}, bản {self.version})"

    def get_absolute_url(self) -> str:
        return reverse("reviews:questionnaire", args=[self.pk])

    @cached_property
    def form(self) -> Form:
        """
        The content as a value of the domain.

        :raises NotAQuestionnaire: if somebody wrote to the database by hand.
        """
        return make_questionnaire(self.content)


class ReviewRoundQuerySet(models.QuerySet["ReviewRound"]):
    def visible_to(self, user: User) -> Self:
        """Rounds run on the person's branch, and those that review a procedure of it."""
        reviewed = Review.objects.filter(branch(user, "agency")).values("round")
        return self.filter(branch(user, "agency") | Q(pk__in=reviewed))


class ReviewRound(Versioned):
    """
    Đợt rà soát: a round of a programme in which published procedures are reviewed.

    `agency` runs it, for its branch. `scope` says as data which procedures it took: branch, field,
    level, kind and the day on which they were in force. `hourly_norm` names the hourly value (see
    domain.costing) that all cost sheets of the round use. `due_on` and `check_due_on` are the last
    days in time for the agencies and for the Office.
    """

    round = models.OneToOneField(Round, on_delete=models.PROTECT, related_name="review_round")
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+")
    questionnaire = models.ForeignKey(
        Questionnaire, on_delete=models.PROTECT, related_name="rounds"
    )
    scope = models.JSONField(default=dict)
    hourly_norm = models.CharField(max_length=60, blank=True)
    basis = models.CharField(max_length=300, blank=True)
    opened_on = models.DateField()
    due_on = models.DateField()
    check_due_on = models.DateField(null=True, blank=True)
    closed_on = models.DateField(null=True, blank=True)
    created_at = models.DateTimeField()
    created_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")

    objects: ClassVar[models.Manager[ReviewRound]] = models.Manager.from_queryset(
        ReviewRoundQuerySet
    )()

    class Meta:
        ordering = ["-opened_on", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(due_on__gte=F("opened_on")), name="review_round_due_after_it_opens"
            ),
            models.CheckConstraint(
                condition=Q(check_due_on=None) | Q(check_due_on__gte=F("due_on")),
                name="reviews_checked_after_they_are_due",
            ),
        ]

    def __str__(self) -> str:
        return self.round.name

    def get_absolute_url(self) -> str:
        return reverse("reviews:round", args=[self.pk])


class ReviewQuerySet(models.QuerySet["Review"]):
    def visible_to(self, user: User) -> Self:
        """Reviews of the person's branch, and those of a round that is run on it."""
        return self.filter(branch(user, "agency") | branch(user, "round__agency"))


class Review(Versioned):
    """
    Phiếu rà soát: the review of one procedure in one round.

    `agency` held the procedure when the review began. `procedure_version` is what is reviewed;
    `version` counts the changes of this row, as everywhere. `answers` holds for each question the
    value, the reason, where it came from, and who wrote it when (see domain.reviewing). `asides`
    keeps what somebody wrote to a question that another had just answered, until one is chosen.
    `merge_into` is the procedure of which this one is to become a part. `is_held`: a plan that its
    head confirmed rests on the review, so that it does not move until that plan comes back.
    """

    round = models.ForeignKey(ReviewRound, on_delete=models.PROTECT, related_name="reviews")
    procedure = models.ForeignKey(Procedure, on_delete=models.PROTECT, related_name="reviews")
    procedure_version = models.ForeignKey(
        ProcedureVersion, on_delete=models.PROTECT, related_name="reviews"
    )
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+")
    reviewer = models.ForeignKey(
        User, null=True, blank=True, on_delete=models.PROTECT, related_name="reviews"
    )
    status = models.CharField(max_length=12, choices=STATUS_CHOICES, default=Status.TO_DO.value)
    outcome = models.CharField(max_length=8, choices=OUTCOME_CHOICES, blank=True)
    outcome_reason = models.TextField(blank=True)
    merge_into = models.ForeignKey(
        Procedure, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    answers = models.JSONField(default=dict)
    asides = models.JSONField(default=dict)
    reason = models.TextField(blank=True)  # why it was returned, or is no longer reviewed
    is_held = models.BooleanField(default=False)
    is_late_addition = models.BooleanField(default=False)  # added after the round was opened
    answered_at = models.DateTimeField(null=True, blank=True)
    answered_by = models.ForeignKey(
        User, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    confirmed_at = models.DateTimeField(null=True, blank=True)
    # Stays when the review is given back: figures are compared with what was confirmed then.
    last_confirmed_at = models.DateTimeField(null=True, blank=True)
    confirmed_by = models.ForeignKey(
        User, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    checked_at = models.DateTimeField(null=True, blank=True)
    checked_by = models.ForeignKey(
        User, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    created_at = models.DateTimeField()
    changed_at = models.DateTimeField()

    objects: ClassVar[models.Manager[Review]] = models.Manager.from_queryset(ReviewQuerySet)()

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["round", "procedure"], name="procedure_reviewed_once_a_round"
            ),
            models.CheckConstraint(
                condition=Q(status__in=[value for value, _ in STATUS_CHOICES]),
                name="review_status_known",
            ),
            models.CheckConstraint(
                condition=Q(outcome__in=["", *(value for value, _ in OUTCOME_CHOICES)]),
                name="review_outcome_known",
            ),
            models.CheckConstraint(
                condition=~Q(status__in=_DONE)
                | (~Q(outcome="") & Q(answered_at__isnull=False, answered_by__isnull=False)),
                name="answered_review_has_an_outcome",
            ),
            models.CheckConstraint(
                condition=~Q(status__in=[Status.CONFIRMED.value, Status.CHECKED.value])
                | Q(confirmed_at__isnull=False, confirmed_by__isnull=False),
                name="confirmed_review_says_by_whom",
            ),
            models.CheckConstraint(
                condition=~Q(status=Status.CHECKED.value)
                | Q(checked_at__isnull=False, checked_by__isnull=False),
                name="checked_review_says_by_whom",
            ),
            models.CheckConstraint(
                condition=Q(is_held=False) | Q(status__in=_VOUCHED),
                name="held_review_is_vouched_for",
            ),
            models.CheckConstraint(
                condition=~Q(status=Status.ENTERED.value) | ~Q(outcome=""),
                name="entered_review_has_an_outcome",
            ),
            models.CheckConstraint(
                condition=Q(merge_into=None) | ~Q(merge_into=F("procedure")),
                name="no_review_merges_a_procedure_into_itself",
            ),
        ]
        indexes = [
            models.Index(fields=["round", "status", "agency"], name="review_round_status"),
            models.Index(fields=["agency", "status", "round"], name="review_agency_status"),
            models.Index(fields=["reviewer", "status"], name="review_reviewer"),
            # Rounds are counted together by procedure, without touching the rows.
            models.Index(fields=["procedure", "round", "agency", "id"], name="review_of_procedure"),
        ]

    def __str__(self) -> str:
        return f"{self.procedure_version} ({self.round})"

    def get_absolute_url(self) -> str:
        return reverse("reviews:review", args=[self.pk])

    @property
    def status_words(self) -> str:
        return STATUS_LABELS[Status(self.status)]

    @property
    def state_kind(self) -> str:
        """The kind of state that the page shows beside the words."""
        return STATE_KINDS[Status(self.status)]

    @property
    def outcome_words(self) -> str:
        return OUTCOME_LABELS[Outcome(self.outcome)] if self.outcome else ""

    def is_late_on(self, day: date) -> bool:
        """Return whether the head confirmed it, or still has not, after the last day."""
        if self.confirmed_at is not None:
            return timezone.localtime(self.confirmed_at).date() > self.round.due_on
        return day > self.round.due_on and Status(self.status) not in CLOSED


class Evidence(models.Model):
    """Tài liệu chứng minh: a file that bears out an answer of a review."""

    review = models.ForeignKey(Review, on_delete=models.CASCADE, related_name="evidence")
    question = models.CharField(max_length=40)
    file = models.ForeignKey(StoredFile, on_delete=models.PROTECT, related_name="+")
    name = models.CharField(max_length=300)
    added_at = models.DateTimeField()
    added_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return self.name


class SuggestionVerdict(models.Model):
    """
    Kết luận về gợi ý: a suggestion was taken as a measure for the plan, or dismissed.

    `rule` and `target` say which suggestion it was, `measure` and `words` keep what it proposed
    (a MeasureKind with its `value`, and the reason found), whatever becomes of the rule. `reason`
    says why it was dismissed.
    """

    review = models.ForeignKey(Review, on_delete=models.CASCADE, related_name="verdicts")
    rule = models.CharField(max_length=40)
    target = models.CharField(max_length=200, blank=True)  # key of a part of the record
    measure = models.CharField(max_length=20)
    value = models.JSONField(default=dict)
    words = models.TextField()
    is_accepted = models.BooleanField()
    reason = models.TextField(blank=True)
    decided_at = models.DateTimeField()
    decided_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["review", "rule", "target"], name="suggestion_decided_once_a_review"
            ),
            models.CheckConstraint(
                condition=Q(is_accepted=True) | ~Q(reason=""),
                name="dismissed_suggestion_has_a_reason",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.review}: {self.rule}"
