from __future__ import annotations

from datetime import date
from functools import cached_property
from typing import ClassVar, Self

from django.db import models
from django.db.models import Case, Exists, F, OuterRef, Q, Subquery, When
from django.urls import reverse

from tinhgon.apps.accounts.models import User
from tinhgon.apps.agencies.models import Agency
from tinhgon.apps.documents.models import Document
from tinhgon.apps.files.models import StoredFile
from tinhgon.apps.procedures.models import ProcedureVersion, branch
from tinhgon.apps.programmes.models import Programme
from tinhgon.apps.reviews.models import Review, ReviewRound, SuggestionVerdict
from tinhgon.common.models import Versioned
from tinhgon.domain.access import Permission
from tinhgon.domain.procedures import PUBLISHED, Record, from_json
from tinhgon.domain.simplification import DECIDED, GRANTED, CostRule, CountingRule, NumberRule
from tinhgon.domain.simplification import Measure as MeasureValue

from .enums import (
    COST_RULE_CHOICES,
    ENDING_CHOICES,
    LEGAL_CHANGE_CHOICES,
    LEGAL_CHANGE_LABELS,
    MEASURE_CHOICES,
    NUMBER_RULE_CHOICES,
    RISK_CHOICES,
    STATE_KINDS,
    STATUS_CHOICES,
    STATUS_LABELS,
    VERDICT_CHOICES,
    VERDICT_KINDS,
    VERDICT_LABELS,
    LegalChangeStatus,
    MeasureKind,
    PlanStatus,
    Verdict,
)

# Plain values: members of an enum would be written into migrations with their module.
_NOT_CONFIRMED = [PlanStatus.DRAFT.value, PlanStatus.RETURNED.value, PlanStatus.WITHDRAWN.value]
_DECIDED = sorted(status.value for status in DECIDED)
_GRANTED = sorted(verdict.value for verdict in GRANTED)
_UNDER_WAY = [
    LegalChangeStatus.PLANNED.value,
    LegalChangeStatus.DRAFTED.value,
    LegalChangeStatus.SUBMITTED.value,
]


class PlanQuerySet(models.QuerySet["Plan"]):
    def visible_to(self, user: User) -> Self:
        """Plans of the person's branch, and those of a round that is run on it."""
        return self.filter(branch(user, "agency") | branch(user, "round__agency"))


class Plan(Versioned):
    """
    Phương án đơn giản hóa: what an agency proposes for its procedures in a review round.

    `number` tells the plans of one agency in one round apart (2: a supplementary one). `version`
    counts every change of the plan and of anything in it, so that nobody confirms, assesses or
    decides what he has not seen. `reason` says why it was returned or withdrawn. `submission` is
    the tờ trình.
    """

    round = models.ForeignKey(ReviewRound, on_delete=models.PROTECT, related_name="plans")
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="plans")
    number = models.PositiveSmallIntegerField(default=1)
    status = models.CharField(max_length=16, choices=STATUS_CHOICES, default=PlanStatus.DRAFT.value)
    reason = models.TextField(blank=True)
    submission = models.ForeignKey(
        Document, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    is_imported = models.BooleanField(default=False)  # approved before it was entered here
    created_at = models.DateTimeField()
    created_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    changed_at = models.DateTimeField()
    confirmed_at = models.DateTimeField(null=True, blank=True)
    confirmed_by = models.ForeignKey(
        User, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    submitted_at = models.DateTimeField(null=True, blank=True)
    decided_on = models.DateField(null=True, blank=True)  # the day of the decision

    objects: ClassVar[models.Manager[Plan]] = models.Manager.from_queryset(PlanQuerySet)()

    class Meta:
        ordering = ["-created_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["round", "agency", "number"], name="plan_number_once_an_agency"
            ),
            models.CheckConstraint(
                condition=Q(status__in=[value for value, _ in STATUS_CHOICES]),
                name="plan_status_known",
            ),
            models.CheckConstraint(
                condition=Q(status__in=_NOT_CONFIRMED)
                | Q(is_imported=True)
                | Q(confirmed_at__isnull=False, confirmed_by__isnull=False),
                name="confirmed_plan_says_by_whom",
            ),
            models.CheckConstraint(
                condition=~Q(status__in=_DECIDED) | Q(decided_on__isnull=False),
                name="decided_plan_has_its_day",
            ),
        ]
        indexes = [
            models.Index(fields=["round", "status", "agency"], name="plan_round_status"),
            models.Index(fields=["agency", "status"], name="plan_agency_status"),
        ]

    def __str__(self) -> str:
        extra = f" (bổ sung {self.number - 1})" if self.number > 1 else ""
        return f"Phương án của {self.agency.name}{extra}, {self.round}"

    def get_absolute_url(self) -> str:
        return reverse("plans:detail", args=[self.pk])

    @property
    def status_words(self) -> str:
        return STATUS_LABELS[PlanStatus(self.status)]

    @property
    def state_kind(self) -> str:
        """The kind of state that the page shows beside the words."""
        return STATE_KINDS[PlanStatus(self.status)]


class PlanItemQuerySet(models.QuerySet["PlanItem"]):
    def visible_to(self, user: User) -> Self:
        """Items of the plans that the person sees."""
        return self.filter(branch(user, "plan__agency") | branch(user, "plan__round__agency"))

    def granted(self) -> Self:
        """Items that the province carries out by itself, by a decision."""
        return self.filter(verdict__in=_GRANTED)

    def with_endings(self) -> Self:
        """Items with `ended_on`: the first day without a version in force, where abolished."""
        last = ProcedureVersion.objects.filter(
            procedure=OuterRef("review__procedure_version__procedure"), status__in=PUBLISHED
        ).order_by("-valid_from", "-number")
        end = Case(When(is_superseded=False, then=F("valid_to")))
        return self.annotate(ended_on=Subquery(last.annotate(end=end).values("end")[:1]))

    def carried_out_on(self, day: date) -> Self:
        """Granted items of which all holds on `day`: the rule of `simplification.carrying_out`."""
        texts = LegalChange.objects.filter(item=OuterRef("pk")).to_carry_out().open_on(day)
        versions = ProcedureVersion.objects.filter(
            procedure=OuterRef("review__procedure_version__procedure"), status__in=PUBLISHED
        )
        ended = versions.filter(valid_to__lte=day, is_superseded=False)
        living = versions.filter(Q(valid_to=None) | Q(valid_to__gt=day))
        return self.granted().filter(
            ~Exists(texts),
            Q(amendment__valid_from__lte=day) | Q(Exists(ended) & ~Exists(living)),
        )


class PlanItem(Versioned):
    """
    Thủ tục trong phương án: one reviewed procedure with its measures.

    What it is now is the version under review; `to_be` is the record that the measures lead to, as
    JSON, empty where `ending` abolishes or merges it. `conflicts` are the measures that cannot be
    applied, as (measure, other measure, words); all three are computed, never typed. `proposal` is
    the kiến nghị thực thi in words.
    """

    plan = models.ForeignKey(Plan, on_delete=models.CASCADE, related_name="items")
    review = models.OneToOneField(Review, on_delete=models.PROTECT, related_name="plan_item")
    order = models.PositiveIntegerField()
    to_be = models.JSONField(null=True, blank=True)
    ending = models.CharField(max_length=16, choices=ENDING_CHOICES, blank=True)
    conflicts = models.JSONField(default=list)
    notes = models.JSONField(default=list)
    proposal = models.TextField(blank=True)
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
            models.CheckConstraint(
                condition=Q(ending="") | Q(to_be=None), name="ended_procedure_has_no_to_be"
            ),
        ]
        indexes = [models.Index(fields=["verdict", "plan"], name="plan_item_verdict")]

    def __str__(self) -> str:
        return self.review.procedure_version.name

    def get_absolute_url(self) -> str:
        return reverse("plans:item", args=[self.pk])

    @cached_property
    def as_is_record(self) -> Record:
        return self.review.procedure_version.record

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


class Measure(models.Model):
    """
    Nội dung đơn giản hóa: one typed measure on one part of the version under review.

    `kind`, `target` and `value` are those of domain.simplification. `effort` is days of work of one
    person until it is carried out, `risk` goes from 1 to 5; the planner weighs both. `suggestion`
    is the accepted suggestion that it came from. `granted_by` is the line of the decision that
    approved it.
    """

    item = models.ForeignKey(PlanItem, on_delete=models.CASCADE, related_name="measures")
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


class LegalChangeQuerySet(models.QuerySet["LegalChange"]):
    def visible_to(self, user: User) -> Self:
        """Texts of the plans that the person sees, and those that his own branch is to change."""
        plans = branch(user, "item__plan__agency") | branch(user, "item__plan__round__agency")
        return self.filter(plans | branch(user, "agency"))

    def moved_by(self, user: User) -> Self:
        """Texts that are the person's own work, in the agency named or in that of the plan."""
        right = Permission.REVIEW_PROCEDURES
        return self.filter(
            branch(user, "agency", right) | branch(user, "item__plan__agency", right)
        )

    def to_carry_out(self) -> Self:
        """Texts that approved measures need; a measure that was not approved needs none."""
        needed = Q(measure=None) | Q(measure__granted_by__isnull=False)
        return self.filter(needed, item__verdict__in=_GRANTED)

    def open_on(self, day: date) -> Self:
        """Texts that are not law yet on `day`."""
        later = Q(status=LegalChangeStatus.ISSUED.value, in_force_on__gt=day)
        return self.filter(Q(status__in=_UNDER_WAY) | later)

    def late_on(self, day: date) -> Self:
        return self.open_on(day).filter(due_on__lt=day)


class LegalChange(Versioned):
    """
    Văn bản phải sửa đổi, bãi bỏ: one legal text that must change before a measure is carried out.

    `text` names the document, `provision` the place in it, `work` what is to be done. `measure`
    empty: all measures on the procedure need it. `draft` is the draft of the new text, `document`
    the one that was issued, in force from `in_force_on`.
    """

    item = models.ForeignKey(PlanItem, on_delete=models.CASCADE, related_name="legal_changes")
    measure = models.ForeignKey(
        Measure, null=True, blank=True, on_delete=models.CASCADE, related_name="legal_changes"
    )
    text = models.CharField(max_length=500)
    provision = models.CharField(max_length=300, blank=True)
    work = models.CharField(max_length=500, blank=True)
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+")
    due_on = models.DateField(null=True, blank=True)
    status = models.CharField(
        max_length=10, choices=LEGAL_CHANGE_CHOICES, default=LegalChangeStatus.PLANNED.value
    )
    reason = models.TextField(blank=True)  # why it is no longer needed
    draft = models.ForeignKey(
        StoredFile, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    document = models.ForeignKey(
        Document, null=True, blank=True, on_delete=models.PROTECT, related_name="legal_changes"
    )
    in_force_on = models.DateField(null=True, blank=True)

    objects: ClassVar[models.Manager[LegalChange]] = models.Manager.from_queryset(
        LegalChangeQuerySet
    )()

    class Meta:
        ordering = ["due_on", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(status__in=[value for value, _ in LEGAL_CHANGE_CHOICES]),
                name="legal_change_status_known",
            ),
            models.CheckConstraint(
                condition=~Q(status__in=["issued", "in_force"])
                | Q(document__isnull=False, in_force_on__isnull=False),
                name="issued_change_has_its_document",
            ),
            models.CheckConstraint(
                condition=~Q(status="dropped") | ~Q(reason=""),
                name="dropped_change_has_a_reason",
            ),
        ]
        indexes = [models.Index(fields=["status", "due_on"], name="legal_change_due")]

    def __str__(self) -> str:
        return f"{self.provision} {self.text}".strip()

    def get_absolute_url(self) -> str:
        return reverse("plans:text", args=[self.pk])

    @property
    def status_words(self) -> str:
        return LEGAL_CHANGE_LABELS[LegalChangeStatus(self.status)]


class LegalChangeReminder(models.Model):
    """Nhắc sửa văn bản đã gửi: one step of the ladder for one text, so that none is sent twice."""

    change = models.ForeignKey(LegalChange, on_delete=models.CASCADE, related_name="reminders")
    step = models.IntegerField()  # working days before (-) or after (+) the deadline
    due_on = models.DateField()
    sent_on = models.DateField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["change", "due_on", "step"], name="legal_change_reminded_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.change_id}: {self.step}"


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
                condition=Q(cost_before=None, cost_after=None)
                | Q(cost_before__gte=0, cost_after__gte=0),
                name="decision_line_has_both_costs_or_none",
            ),
        ]

    def __str__(self) -> str:
        return f"{VERDICT_LABELS[Verdict(self.verdict)]}: {self.item}"


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
