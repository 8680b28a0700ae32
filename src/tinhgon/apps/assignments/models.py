from __future__ import annotations

from typing import Any, ClassVar, Self

from django.db import models
from django.db.models import Q
from django.urls import reverse

from tinhgon.apps.accounts.models import User
from tinhgon.apps.agencies.models import Agency
from tinhgon.apps.directives.enums import DUE_KIND_CHOICES, DueKind, Part
from tinhgon.apps.directives.models import Directive, Proposal
from tinhgon.apps.files.models import StoredFile
from tinhgon.apps.programmes.models import Programme
from tinhgon.common.models import Versioned
from tinhgon.domain.access import Permission

from .enums import EXTENSION_STATUS_CHOICES, STATUS_CHOICES, AnswerKind, ExtensionStatus, Status


def _branch(user: User) -> models.QuerySet[Agency, Any]:
    """The agencies that the person sees, as a subquery: joins to the tree would cost more."""
    return Agency.objects.within(user.access.paths(Permission.SEE)).order_by().values("pk")


class DutyQuerySet(models.QuerySet["Duty"]):
    def visible_to(self, user: User) -> Self:
        """Duties given by, or to, an agency in the person's scope."""
        branch = _branch(user)
        given_to = Assignment.objects.filter(agency__in=branch).order_by().values("duty")
        return self.filter(Q(issuer__in=branch) | Q(pk__in=given_to))


class Duty(Versioned):
    """
    Nhiệm vụ: one piece of work of a letter, given to any number of agencies (the master of their
    assignments).

    `due_on` is the last day in time ("trước ngày 01/7/2024" → 30/6/2024), `named_on` the day in
    the words. A duty with `parent` was passed on by the agency that holds the parent assignment.
    """

    directive = models.ForeignKey(Directive, on_delete=models.PROTECT, related_name="duties")
    proposal = models.OneToOneField(
        Proposal, null=True, blank=True, on_delete=models.PROTECT, related_name="duty"
    )
    programme = models.ForeignKey(
        Programme, null=True, blank=True, on_delete=models.PROTECT, related_name="duties"
    )
    parent = models.ForeignKey(
        "Assignment", null=True, blank=True, on_delete=models.PROTECT, related_name="passed_on"
    )
    issuer = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="given_duties")
    order = models.PositiveIntegerField(default=1)
    item = models.CharField(max_length=40, blank=True)
    block = models.CharField(max_length=60, blank=True)
    summary = models.CharField(max_length=200)
    text = models.TextField()
    note = models.TextField(blank=True)  # what the agency that passes it on adds in its own words
    folded = models.TextField(blank=True)  # text and document code, for search
    due_kind = models.CharField(max_length=24, choices=DUE_KIND_CHOICES, default=DueKind.NONE.value)
    named_on = models.DateField(null=True, blank=True)
    due_text = models.CharField(max_length=300, blank=True)
    due_on = models.DateField(null=True, blank=True)
    recurrence = models.CharField(max_length=60, blank=True)
    wants_report = models.BooleanField(default=False)
    report_to = models.CharField(max_length=300, blank=True)
    report_due_text = models.CharField(max_length=300, blank=True)
    report_due_on = models.DateField(null=True, blank=True)
    targets = models.JSONField(default=list)
    cited = models.JSONField(default=list)
    issued_at = models.DateTimeField()
    issued_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    changed_by = models.ForeignKey(
        Directive, null=True, blank=True, on_delete=models.PROTECT, related_name="changed_duties"
    )

    objects: ClassVar[models.Manager[Duty]] = models.Manager.from_queryset(DutyQuerySet)()

    class Meta:
        ordering = ["-issued_at", "order"]
        indexes = [
            models.Index(fields=["issuer", "issued_at"]),
            models.Index(fields=["programme", "issued_at"]),
        ]

    def __str__(self) -> str:
        return self.summary

    def get_absolute_url(self) -> str:
        return reverse("assignments:duty", args=[self.pk])


class AssignmentQuerySet(models.QuerySet["Assignment"]):
    def visible_to(self, user: User) -> Self:
        """Assignments held, or given, by an agency in the person's scope."""
        branch = _branch(user)
        given = Duty.objects.filter(issuer__in=branch).order_by().values("pk")
        return self.filter(Q(agency__in=branch) | Q(duty__in=given))


class Assignment(Versioned):
    """
    Việc giao cho một cơ quan: an agency's share of a duty, with its own deadline and state.

    `due_on` starts as the duty's and moves with extensions. `done_on` is the day of the proof (or
    of the nil return) and stays when the answer is accepted; it is empty again after a return.
    """

    duty = models.ForeignKey(Duty, on_delete=models.PROTECT, related_name="assignments")
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="assignments")
    part = models.CharField(max_length=12, choices=Part, default=Part.LEAD)
    status = models.CharField(max_length=14, choices=STATUS_CHOICES, default=Status.ISSUED.value)
    due_on = models.DateField(null=True, blank=True)
    percent = models.PositiveSmallIntegerField(default=0)
    acknowledged_at = models.DateTimeField(null=True, blank=True)
    done_on = models.DateField(null=True, blank=True)
    decided_at = models.DateTimeField(null=True, blank=True)
    extensions_granted = models.PositiveSmallIntegerField(default=0)
    inherited_from = models.OneToOneField(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="inherited_by"
    )

    objects: ClassVar[models.Manager[Assignment]] = models.Manager.from_queryset(
        AssignmentQuerySet
    )()

    class Meta:
        ordering = ["due_on", "pk"]
        indexes = [
            models.Index(fields=["agency", "status", "due_on"]),
            models.Index(fields=["status", "due_on"]),
            models.Index(fields=["status", "duty"]),
            # All that counting by agency needs, so that it reads no row.
            models.Index(
                fields=[
                    "agency",
                    "duty",
                    "status",
                    "due_on",
                    "done_on",
                    "decided_at",
                    "inherited_from",
                ],
                name="counted_by_agency",
            ),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["duty", "agency"],
                condition=Q(inherited_from=None),
                name="one_assignment_an_agency",
            ),
            models.CheckConstraint(
                condition=Q(status__in=[value for value, _ in STATUS_CHOICES]),
                name="assignment_status_known",
            ),
            models.CheckConstraint(condition=Q(percent__lte=100), name="percent_up_to_100"),
            models.CheckConstraint(
                condition=~Q(status=Status.ACCEPTED.value) | Q(done_on__isnull=False),
                name="accepted_has_day_done",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.agency}: {self.duty}"

    def get_absolute_url(self) -> str:
        return reverse("assignments:detail", args=[self.pk])


class ProgressNote(models.Model):
    """Tình hình thực hiện: a note with per cent and perhaps a file."""

    assignment = models.ForeignKey(Assignment, on_delete=models.CASCADE, related_name="notes")
    at = models.DateTimeField()
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    percent = models.PositiveSmallIntegerField()
    text = models.TextField()
    file = models.ForeignKey(
        StoredFile, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        ordering = ["-at", "-pk"]

    def __str__(self) -> str:
        return self.text[:80]


class Answer(models.Model):
    """
    Báo cáo kết quả: what an agency sent as done, and what the issuer decided.

    Proof names a signed document (number, day, file); a nil return says that nothing arose
    ("không phát sinh"); a record was made in the software itself, and `text` says which.
    """

    assignment = models.ForeignKey(Assignment, on_delete=models.CASCADE, related_name="answers")
    kind = models.CharField(max_length=8, choices=AnswerKind)
    document_code = models.CharField(max_length=100, blank=True)
    document_on = models.DateField(null=True, blank=True)
    file = models.ForeignKey(
        StoredFile, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    text = models.TextField(blank=True)
    at = models.DateTimeField()
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    accepted = models.BooleanField(null=True, blank=True)
    decision_reason = models.TextField(blank=True)
    decided_at = models.DateTimeField(null=True, blank=True)
    decided_by = models.ForeignKey(
        User, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        ordering = ["-at", "-pk"]
        indexes = [models.Index(fields=["at"]), models.Index(fields=["decided_at"])]
        constraints = [
            models.CheckConstraint(
                condition=Q(kind__in=[AnswerKind.NIL.value, AnswerKind.RECORD.value])
                | (~Q(document_code="") & Q(document_on__isnull=False)),
                name="proof_names_its_document",
            ),
            models.CheckConstraint(
                condition=Q(accepted=None, decided_at=None, decided_by=None)
                | Q(accepted__isnull=False, decided_at__isnull=False, decided_by__isnull=False),
                name="decision_has_who_and_when",
            ),
            models.UniqueConstraint(
                fields=["assignment"], condition=Q(accepted=None), name="one_open_answer"
            ),
        ]

    def __str__(self) -> str:
        return self.document_code or self.get_kind_display()


class Extension(models.Model):
    """Gia hạn: asked with a reason, decided by the issuer."""

    assignment = models.ForeignKey(Assignment, on_delete=models.CASCADE, related_name="extensions")
    status = models.CharField(
        max_length=8, choices=EXTENSION_STATUS_CHOICES, default=ExtensionStatus.ASKED.value
    )
    old_due_on = models.DateField()
    asked_due_on = models.DateField()
    reason = models.TextField()
    asked_at = models.DateTimeField()
    asked_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    granted_due_on = models.DateField(null=True, blank=True)
    decision_reason = models.TextField(blank=True)
    decided_at = models.DateTimeField(null=True, blank=True)
    decided_by = models.ForeignKey(
        User, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        ordering = ["-asked_at", "-pk"]
        indexes = [models.Index(fields=["status", "asked_at"])]
        constraints = [
            models.UniqueConstraint(
                fields=["assignment"],
                condition=Q(status=ExtensionStatus.ASKED.value),
                name="one_open_extension",
            ),
            models.CheckConstraint(
                condition=~Q(status=ExtensionStatus.GRANTED.value)
                | Q(granted_due_on__isnull=False),
                name="granted_extension_has_day",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.assignment}: {self.asked_due_on:%d/%m/%Y}"


class Reminder(models.Model):
    """Nhắc việc đã gửi: one step of the ladder for one assignment, so that none is sent twice."""

    assignment = models.ForeignKey(Assignment, on_delete=models.CASCADE, related_name="reminders")
    step = models.IntegerField()  # working days before (-) or after (+) the deadline
    due_on = models.DateField()
    sent_on = models.DateField()
    escalated = models.BooleanField(default=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["assignment", "due_on", "step", "escalated"], name="reminded_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.assignment_id}: {self.step}"

    assignment_id: int


class FeedToken(models.Model):
    """Khóa lịch iCal: lets a calendar read the deadlines of a person or an agency until revoked."""

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="feeds")
    agency = models.ForeignKey(
        Agency, null=True, blank=True, on_delete=models.CASCADE, related_name="+"
    )
    digest = models.CharField(
        max_length=64, unique=True
    )  # SHA-256 of the token; the token itself is not kept
    created_at = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True, blank=True)

    def __str__(self) -> str:
        return f"{self.user}: {self.agency or 'việc của tôi'}"


class UrgingQuerySet(models.QuerySet["Urging"]):
    def visible_to(self, user: User) -> Self:
        """Letters drafted in the name of an agency in the person's scope."""
        return self.filter(issuer__in=_branch(user))


class Urging(models.Model):
    """
    Đôn đốc: a letter drafted to agencies that are late, as it stood at that moment.

    Number and day are given by the clerk when it is signed; the words that a person may change are
    kept, the rest is built of the lines.
    """

    issuer = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+")
    drafter = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+")
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    finish_on = models.DateField()
    deputy_signs = models.BooleanField(default=False)
    text = models.TextField(blank=True)

    objects: ClassVar[models.Manager[Urging]] = models.Manager.from_queryset(UrgingQuerySet)()

    class Meta:
        ordering = ["-at", "-pk"]

    def __str__(self) -> str:
        return f"Công văn đôn đốc ngày {self.at:%d/%m/%Y}, {self.issuer}"

    def get_absolute_url(self) -> str:
        return reverse("assignments:urging", args=[self.pk])


class UrgedLine(models.Model):
    """Việc được đôn đốc: one late assignment named in an urging letter, with how late it was."""

    urging = models.ForeignKey(Urging, on_delete=models.CASCADE, related_name="lines")
    assignment = models.ForeignKey(Assignment, on_delete=models.CASCADE, related_name="urgings")
    due_on = models.DateField()
    days_late = models.PositiveIntegerField()
    working_days_late = models.PositiveIntegerField()

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["urging", "assignment"], name="urged_once_a_letter")
        ]

    def __str__(self) -> str:
        return f"{self.assignment} ({self.days_late} ngày)"
