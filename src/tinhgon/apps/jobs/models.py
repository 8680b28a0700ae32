from __future__ import annotations

from typing import ClassVar, Self

from django.db import models
from django.db.models import Q
from django.urls import reverse

from tinhgon.apps.accounts.models import User
from tinhgon.apps.accounts.policies import is_top
from tinhgon.apps.files.models import StoredFile
from tinhgon.common.models import Versioned
from tinhgon.domain.access import Permission
from tinhgon.domain.background import ENDED, OPEN

from .enums import STATE_KINDS, STATUS_CHOICES, Status

_OPEN = sorted(status.value for status in OPEN)
_ENDED = sorted(status.value for status in ENDED)


def sees_all(user: User) -> bool:
    """Return whether the person administers the whole system."""
    return any(is_top(path) for path in user.access.paths(Permission.MANAGE_PEOPLE))


class JobQuerySet(models.QuerySet["Job"]):
    def visible_to(self, user: User) -> Self:
        """What the person asked for; everything for who administers the whole system."""
        return self.all() if sees_all(user) else self.filter(asked_by=user)

    def running(self) -> Self:
        return self.filter(status=Status.RUNNING.value)


class Job(Versioned):
    """
    Việc chạy nền: long work that somebody asked for and that a worker does.

    `version` counts its moves, not its progress: whoever works on it holds the version with which
    he began, and can write nothing once somebody moved it. `done` of `total` (empty where nobody
    knows) and `words` say how far it is, `beat_at` that its worker lives. `text`, `url` and `file`
    are what came of it, `holds` the keys of the records in the file, `error` why nothing came.
    `key` stands for kind and parameters: nobody has the same open twice.
    """

    kind = models.CharField(max_length=60)
    key = models.CharField(max_length=64, blank=True)
    title = models.CharField(max_length=300)
    params = models.JSONField(default=dict)
    asked_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    asked_at = models.DateTimeField()
    status = models.CharField(max_length=10, choices=STATUS_CHOICES, default=Status.WAITING.value)
    attempt = models.PositiveSmallIntegerField(default=1)
    worker = models.CharField(max_length=120, blank=True)
    started_at = models.DateTimeField(null=True, blank=True)
    beat_at = models.DateTimeField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)
    done = models.PositiveIntegerField(default=0)
    total = models.PositiveIntegerField(null=True, blank=True)
    words = models.CharField(max_length=300, blank=True)
    error = models.TextField(blank=True)
    text = models.CharField(max_length=500, blank=True)
    url = models.CharField(max_length=300, blank=True)
    holds = models.JSONField(default=list)
    file = models.ForeignKey(
        StoredFile, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )

    objects: ClassVar[models.Manager[Job]] = models.Manager.from_queryset(JobQuerySet)()

    class Meta:
        ordering = ["-asked_at", "-pk"]
        indexes = [
            models.Index(fields=["asked_by", "-asked_at"]),
            models.Index(fields=["status", "beat_at"]),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(status__in=[value for value, _ in STATUS_CHOICES]),
                name="known_status_of_job",
            ),
            models.CheckConstraint(
                condition=Q(status__in=_ENDED, ended_at__isnull=False)
                | Q(status__in=_OPEN, ended_at=None),
                name="ended_jobs_say_when",
            ),
            models.CheckConstraint(
                condition=~Q(status=Status.RUNNING.value)
                | Q(started_at__isnull=False, beat_at__isnull=False),
                name="running_jobs_have_a_worker",
            ),
            models.UniqueConstraint(
                fields=["asked_by", "key"],
                condition=Q(status__in=_OPEN) & ~Q(key=""),
                name="one_open_job_of_the_same",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("jobs:detail", args=[self.pk])

    @property
    def state_kind(self) -> str:
        return STATE_KINDS[Status(self.status)]

    @property
    def is_open(self) -> bool:
        return self.status in OPEN

    @property
    def percent(self) -> int | None:
        """How far it is in hundredths, None where nobody knows of how much."""
        return min(100, self.done * 100 // self.total) if self.total else None


class JobWorker(models.Model):
    """Tiến trình chạy nền: a process that works the queue off, and its last sign of life."""

    name = models.CharField(max_length=120, unique=True)
    started_at = models.DateTimeField()
    beat_at = models.DateTimeField()

    def __str__(self) -> str:
        return self.name
