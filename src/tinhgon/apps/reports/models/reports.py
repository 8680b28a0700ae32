"""Periods, who is asked for a report in them, and how far each report is."""

from __future__ import annotations

from datetime import date
from typing import ClassVar, Self

from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone

from tinhgon.apps.accounts.models import User
from tinhgon.apps.agencies.enums import Level
from tinhgon.apps.agencies.models import Agency
from tinhgon.apps.assignments.models import Duty
from tinhgon.apps.documents.models import Document
from tinhgon.apps.procedures.models import branch
from tinhgon.apps.programmes.models import Programme
from tinhgon.apps.reports.enums import (
    STATE_KINDS,
    STATUS_CHOICES,
    PeriodKind,
    ReportStatus,
)
from tinhgon.common.models import Versioned
from tinhgon.domain.access import Permission
from tinhgon.domain.reporting import EDITABLE


class ReportPeriodQuerySet(models.QuerySet["ReportPeriod"]):
    def visible_to(self, user: User) -> Self:
        """Periods run on the person's branch, and those that ask an agency of it."""
        asked = Report.objects.visible_to(user).order_by().values("period")
        return self.filter(branch(user, "agency") | Q(pk__in=asked))


class ReportPeriod(Versioned):
    """
    Kỳ báo cáo: for what time, of which programme, and from whom a report is asked.

    Figures count from `from_on` to `to_on`, both included; `to_on` is the cut-off. `agency` asks,
    for its branch, and sends the whole on to `addressee`. The agencies that are asked are those of
    the tree on `to_on`; each has its Report from the day on which the period is opened.
    """

    name = models.CharField(max_length=300)
    kind = models.CharField(max_length=8, choices=PeriodKind)
    programme = models.ForeignKey(
        Programme, on_delete=models.PROTECT, related_name="report_periods"
    )
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+")
    from_on = models.DateField()
    to_on = models.DateField()
    addressee = models.CharField(max_length=300)
    basis = models.CharField(max_length=300, blank=True)
    opened_on = models.DateField()
    frozen_at = models.DateTimeField(null=True, blank=True)
    closed_on = models.DateField(null=True, blank=True)
    created_at = models.DateTimeField()
    created_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")

    objects: ClassVar[models.Manager[ReportPeriod]] = models.Manager.from_queryset(
        ReportPeriodQuerySet
    )()

    class Meta:
        ordering = ["-to_on", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(to_on__gte=F("from_on")), name="period_ends_after_it_starts"
            )
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("reports:period", args=[self.pk])


class PeriodDeadline(models.Model):
    """Hạn gửi báo cáo: the last day in time for the agencies of one level."""

    period = models.ForeignKey(ReportPeriod, on_delete=models.CASCADE, related_name="deadlines")
    level = models.CharField(max_length=10, choices=Level)
    due_on = models.DateField()
    due_text = models.CharField(max_length=300, blank=True)  # "trước ngày 05/7/2024"

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["period", "level"], name="one_deadline_a_level")
        ]

    def __str__(self) -> str:
        return f"{self.period}: {self.get_level_display()}"


class PeriodSection(models.Model):
    """Mục của báo cáo: a heading of the narrative; `duty` is what a letter wants told there."""

    period = models.ForeignKey(ReportPeriod, on_delete=models.CASCADE, related_name="sections")
    key = models.CharField(max_length=40)
    order = models.PositiveSmallIntegerField()
    title = models.CharField(max_length=300)
    hint = models.CharField(max_length=500, blank=True)
    duty = models.ForeignKey(
        Duty, null=True, blank=True, on_delete=models.PROTECT, related_name="report_sections"
    )

    class Meta:
        ordering = ["order", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["period", "key"], name="section_once_a_period")
        ]

    def __str__(self) -> str:
        return self.title


class PeriodDuty(models.Model):
    """Nhiệm vụ mà kỳ báo cáo trả lời: its share of each agency ends when the report is received."""

    period = models.ForeignKey(ReportPeriod, on_delete=models.CASCADE, related_name="duties")
    duty = models.ForeignKey(Duty, on_delete=models.PROTECT, related_name="report_periods")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["period", "duty"], name="duty_once_a_period")
        ]

    def __str__(self) -> str:
        return f"{self.period}: {self.duty}"


# As `Report.reports_still`.
_REPORTS_STILL = Q(
    Q(agency__path__startswith=F("receiver__path")) | Q(agency__parent__ended_on__isnull=False),
    successor=None,
) | Q(
    Q(successor__path__startswith=F("receiver__path"))
    | Q(successor__parent__ended_on__isnull=False)
)


class ReportQuerySet(models.QuerySet["Report"]):
    def visible_to(self, user: User) -> Self:
        """Reports of the person's branch, and those that an agency of it writes or receives."""
        own = branch(user, "agency") | branch(user, "successor")
        return self.filter(own | branch(user, "receiver"))

    def workbooks_visible_to(self, user: User) -> Self:
        """
        Reports whose offline workbooks the person sees: they tell of the work and the difficulties
        of the agency, too. Its own people do, and those of the receiver, or above it, for as long
        as the agency still reports there.
        """
        held = [each for each in user.current_positions if Permission.SEE in each.role.permissions]
        seats = [each.reach for each in held]
        own = Q(agency__path__in=seats, successor=None) | Q(successor__path__in=seats)
        goes_up = Q(receiver=None) & branch(user, "agency")
        return self.filter(own | goes_up | _REPORTS_STILL & branch(user, "receiver"))

    def open_on(self, day: date) -> Self:
        """Reports that are still to be sent, of periods that go on."""
        return self.filter(
            status__in=[status.value for status in EDITABLE],
            period__closed_on=None,
            period__opened_on__lte=day,
        )


class Report(Versioned):
    """
    Báo cáo của một cơ quan cho một kỳ.

    `receiver` is the agency to which it goes, by the tree on the last day of the figures; None for
    the report of the agency that asks, which leaves the software as a signed document. `due_on` is
    the last day in time. `first_sent_at` stays when it is returned: it says whether it was in time,
    once it is sent again.
    Once `agency` has ended, its `successor` writes the report.
    """

    period = models.ForeignKey(ReportPeriod, on_delete=models.PROTECT, related_name="reports")
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="reports")
    receiver = models.ForeignKey(
        Agency, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    successor = models.ForeignKey(
        Agency, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    due_on = models.DateField()
    status = models.CharField(
        max_length=10, choices=STATUS_CHOICES, default=ReportStatus.DRAFT.value
    )
    is_nil = models.BooleanField(default=False)  # it was last sent saying that nothing arose
    # A workbook says that nothing arose, which the head has not sent yet.
    nil_proposed = models.BooleanField(default=False)
    reason = models.TextField(blank=True)  # why it was returned
    first_sent_at = models.DateTimeField(null=True, blank=True)
    sent_at = models.DateTimeField(null=True, blank=True)
    sent_by = models.ForeignKey(
        User, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    received_at = models.DateTimeField(null=True, blank=True)
    received_by = models.ForeignKey(
        User, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    document = models.ForeignKey(
        Document, null=True, blank=True, on_delete=models.PROTECT, related_name="reports"
    )

    objects: ClassVar[models.Manager[Report]] = models.Manager.from_queryset(ReportQuerySet)()

    class Meta:
        ordering = ["period", "agency__order", "agency__name"]
        indexes = [
            models.Index(fields=["receiver", "status"]),
            models.Index(fields=["status", "due_on"]),
        ]
        constraints = [
            models.UniqueConstraint(fields=["period", "agency"], name="one_report_a_period"),
            models.CheckConstraint(
                condition=Q(status__in=[value for value, _ in STATUS_CHOICES]),
                name="report_status_known",
            ),
            models.CheckConstraint(
                condition=Q(status=ReportStatus.DRAFT.value)
                | Q(first_sent_at__isnull=False, sent_at__isnull=False, sent_by__isnull=False),
                name="sent_report_says_by_whom",
            ),
            models.CheckConstraint(
                condition=~Q(status=ReportStatus.RECEIVED.value)
                | Q(received_at__isnull=False, received_by__isnull=False),
                name="received_report_says_by_whom",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.period}: {self.agency}"

    def get_absolute_url(self) -> str:
        return reverse("reports:report", args=[self.pk])

    @property
    def writer(self) -> Agency:
        """Who writes and sends it: the agency itself, or what took its place."""
        return self.successor or self.agency

    @property
    def reports_still(self) -> bool:
        """
        Whether the writer still reports to the receiver: it lies below it, or below an agency that
        ended, whose heir the receiver then is. The tree may have changed since the cut-off.
        """
        writer, receiver = self.writer, self.receiver
        if receiver is None:
            return False
        is_below = (writer.path or "").startswith(receiver.path or "/")
        return is_below or (writer.parent is not None and writer.parent.ended_on is not None)

    @property
    def state_kind(self) -> str:
        """The kind of state that the page shows beside the words."""
        return STATE_KINDS[ReportStatus(self.status)]

    @property
    def is_open(self) -> bool:
        """Whether the agency still has to send it."""
        return ReportStatus(self.status) in EDITABLE

    @property
    def sent_on(self) -> date | None:
        """The day that says whether it came in time: the first; None while it is to be sent."""
        if self.first_sent_at is None or self.is_open:
            return None
        return timezone.localtime(self.first_sent_at).date()

    @property
    def signed(self) -> Document | None:
        """The signed document as which it went up; None while it is taken back to be mended."""
        return None if self.is_open else self.document

    def is_late_on(self, day: date) -> bool:
        """Return whether it came, or still has not come, after its last day."""
        return (self.sent_on or day) > self.due_on


class ReportText(Versioned):
    """Lời văn của cơ quan: what it wrote under one section of its report."""

    report = models.ForeignKey(Report, on_delete=models.CASCADE, related_name="texts")
    section = models.ForeignKey(PeriodSection, on_delete=models.PROTECT, related_name="texts")
    text = models.TextField(blank=True)
    written_at = models.DateTimeField()
    written_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["report", "section"], name="one_text_a_section")
        ]

    def __str__(self) -> str:
        return self.text[:80]


class ReportReminder(models.Model):
    """
    Lần nhắc, đôn đốc: the agency was told that its report is due.

    `step` is the rung of the ladder (working days after the last day); None where a person urged.
    """

    report = models.ForeignKey(Report, on_delete=models.CASCADE, related_name="reminders")
    step = models.SmallIntegerField(null=True, blank=True)
    due_on = models.DateField()
    sent_at = models.DateTimeField()
    sent_by = models.ForeignKey(
        User, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        ordering = ["-sent_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["report", "due_on", "step"],
                condition=Q(step__isnull=False),
                name="report_rung_once",
            ),
            models.CheckConstraint(
                condition=Q(step__isnull=False) | Q(sent_by__isnull=False),
                name="urging_says_by_whom",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.report}: {self.sent_at:%d/%m/%Y}"
