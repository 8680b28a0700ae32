from __future__ import annotations

import hashlib
import json
from datetime import UTC
from typing import Any, NoReturn

from django.db import models

from .enums import kind_names


def ref(subject: models.Model) -> str:
    """Return the name under which the trail knows a record: "assignments.duty:7"."""
    return f"{subject._meta.label_lower}:{subject.pk}"


class AppendOnly(Exception):
    """Somebody tried to change or remove a row of the audit trail."""


class EventQuerySet(models.QuerySet["Event"]):
    def update(self, **kwargs: Any) -> NoReturn:
        raise AppendOnly

    def delete(self) -> NoReturn:
        raise AppendOnly


class Event(models.Model):
    """
    Nhật ký: one change. No foreign keys: the trail outlives what it describes, and says names, not
    ids.

    `changes` is a list of {"field", "from", "to"} in the words of the user. `digest` covers the
    row and the digest of the row before it, so that a changed or missing row is found.
    """

    number = models.PositiveBigIntegerField(unique=True)
    at = models.DateTimeField()
    actor = models.CharField(max_length=200)
    actor_ref = models.CharField(max_length=80, blank=True)
    kind = models.CharField(max_length=80)
    subject_ref = models.CharField(max_length=80)
    subject_name = models.CharField(max_length=500)
    changes = models.JSONField(default=list)
    reason = models.TextField(blank=True)
    request_id = models.CharField(max_length=32, blank=True)
    folded = models.TextField(blank=True)  # its words without diacritics, for search
    digest = models.CharField(max_length=64, unique=True)

    objects = models.Manager.from_queryset(EventQuerySet)()

    class Meta:
        ordering = ["-number"]
        indexes = [
            models.Index(fields=["subject_ref", "number"]),
            models.Index(fields=["actor_ref", "number"]),
            models.Index(fields=["kind", "number"]),
        ]

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d %H:%M} {self.kind} {self.subject_name}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        if not self._state.adding:
            raise AppendOnly
        super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> NoReturn:
        raise AppendOnly

    @property
    def kind_name(self) -> str:
        """What the kind is called; one that no app names any more is shown as it stands."""
        return kind_names().get(self.kind, self.kind)

    def digest_after(self, previous: str) -> str:
        """Return the SHA-256 over the row's content and the digest before it, in hexadecimal."""
        content = [
            previous,
            self.number,
            self.at.astimezone(UTC).isoformat(timespec="microseconds"),
            self.actor,
            self.actor_ref,
            self.kind,
            self.subject_ref,
            self.subject_name,
            self.changes,
            self.reason,
            self.request_id,
            self.folded,
        ]
        text = json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
        return hashlib.sha256(text.encode()).hexdigest()


class Chain(models.Model):
    """The end of the audit trail: one row, which writers queue for, on either database."""

    number = models.PositiveBigIntegerField(default=0)
    digest = models.CharField(max_length=64, blank=True)

    class Meta:
        constraints = [models.CheckConstraint(condition=models.Q(pk=1), name="one_audit_chain")]

    def __str__(self) -> str:
        return f"{self.number}"
