from __future__ import annotations

from datetime import date
from typing import ClassVar, Self

from django.db import models
from django.db.models import F, Q
from django.urls import reverse

from tinhgon.common.models import Versioned
from tinhgon.common.people import Person
from tinhgon.domain.access import Permission

from .enums import Kind, Level, SuccessionKind


class AgencyQuerySet(models.QuerySet["Agency"]):
    def within(self, paths: tuple[str, ...]) -> Self:
        """Return the agencies at or below any of the tree paths."""
        return self.filter(_at_or_below(paths))

    def existing_on(self, day: date) -> Self:
        """Return the agencies that existed on `day`."""
        return self.filter(Q(started_on__lte=day), Q(ended_on=None) | Q(ended_on__gt=day))

    def visible_to(self, user: Person) -> Self:
        """Return the agencies of the person's branch, and those above it, which give him work."""
        paths = user.access.paths(Permission.SEE)
        above = {up for path in paths for up in paths_above(path)}
        return self.filter(_at_or_below(paths) | Q(path__in=above))


def _at_or_below(paths: tuple[str, ...]) -> Q:
    condition = Q(pk__in=[])
    for path in paths:
        condition |= Q(path__startswith=path)
    return condition


def paths_above(path: str) -> list[str]:
    """Return "/1/" and "/1/7/" for "/1/7/42/"."""
    steps = path.strip("/").split("/")
    return ["/" + "/".join(steps[:n]) + "/" for n in range(1, len(steps))]


class Agency(Versioned):
    """
    Cơ quan, đơn vị: one legal body, from the day it starts to the day it ends.

    A merger makes a new body with predecessors; a change of name or parent keeps the body and adds
    an AgencyState. Name, symbol, parent and path here are those of the newest state. `ended_on` is
    the first day on which it is no more.
    """

    name = models.CharField(max_length=255)
    short_name = models.CharField(max_length=120, blank=True)
    symbol = models.CharField(
        max_length=40, blank=True
    )  # as in document numbers: SNV, UBND-TTPVHCC
    level = models.CharField(max_length=10, choices=Level)
    kind = models.CharField(max_length=12, choices=Kind)
    parent = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="children"
    )
    # "/1/7/42/", by primary keys; empty only between the insert and the update that knows the key
    path = models.CharField(max_length=255, unique=True, null=True, blank=True)
    territory_code = models.PositiveIntegerField(null=True, blank=True)
    national_id = models.CharField(max_length=30, null=True, blank=True, unique=True)
    order = models.PositiveIntegerField(default=0)
    folded_name = models.CharField(max_length=400)  # for search
    started_on = models.DateField()
    ended_on = models.DateField(null=True, blank=True)
    ending = models.CharField(max_length=300, blank=True)  # why it ended, or by which document

    objects: ClassVar[models.Manager[Agency]] = models.Manager.from_queryset(AgencyQuerySet)()

    class Meta:
        ordering = ["order", "name"]
        indexes = [
            models.Index(fields=["level", "kind", "started_on", "ended_on"]),
            models.Index(fields=["folded_name"]),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(ended_on=None) | Q(ended_on__gt=F("started_on")),
                name="agency_ends_after_it_starts",
            )
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("agencies:detail", args=[self.pk])

    def exists_on(self, day: date) -> bool:
        return self.started_on <= day and (self.ended_on is None or day < self.ended_on)

    @property
    def label(self) -> str:
        """The short name where there is one, for narrow places."""
        return self.short_name or self.name

    @property
    def label_in_district(self) -> str:
        """Two communes may have one name: a commune is told with its district."""
        if self.level == Level.COMMUNE and self.parent and self.parent.level == Level.DISTRICT:
            return f"{self.label} ({self.parent.label.removeprefix('UBND ')})"
        return self.label


class AgencyState(models.Model):
    """Trạng thái của cơ quan theo thời gian: its name, symbol and parent between two days."""

    agency = models.ForeignKey(Agency, on_delete=models.CASCADE, related_name="states")
    name = models.CharField(max_length=255)
    short_name = models.CharField(max_length=120, blank=True)
    symbol = models.CharField(max_length=40, blank=True)
    parent = models.ForeignKey(
        Agency, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    started_on = models.DateField()
    ended_on = models.DateField(null=True, blank=True)
    basis = models.CharField(max_length=300, blank=True)  # the document that made it so

    class Meta:
        ordering = ["started_on"]
        constraints = [
            models.UniqueConstraint(fields=["agency", "started_on"], name="one_state_a_day")
        ]

    def __str__(self) -> str:
        return f"{self.name} ({self.started_on:%d/%m/%Y})"


class Succession(models.Model):
    """
    Kế thừa: on a day one agency takes over another.

    Wholly means all that is not given to another in part. `is_sure` is False where no document that
    we know says so.
    """

    predecessor = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="successions")
    successor = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="inheritances")
    on = models.DateField()
    kind = models.CharField(max_length=8, choices=SuccessionKind, default=SuccessionKind.WHOLE)
    basis = models.CharField(max_length=300, blank=True)
    is_sure = models.BooleanField(default=True)

    class Meta:
        ordering = ["on"]
        constraints = [
            models.UniqueConstraint(fields=["predecessor", "successor"], name="one_succession"),
            models.CheckConstraint(
                condition=~Q(predecessor=F("successor")), name="no_agency_succeeds_itself"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.predecessor} → {self.successor}"
