from __future__ import annotations

from typing import ClassVar, Self

from django.db import models
from django.urls import reverse

from tinhgon.apps.accounts.models import User
from tinhgon.apps.agencies.models import Agency
from tinhgon.common.models import Versioned
from tinhgon.domain.access import Permission
from tinhgon.domain.vntext import format_number

from .enums import Operator


class ProgrammeQuerySet(models.QuerySet["Programme"]):
    def visible_to(self, user: User) -> Self:
        """Programmes of the person's own branch: of an agency at, above or below his own."""
        condition = models.Q(pk__in=[])
        for path in user.access.paths(Permission.SEE):
            condition |= models.Q(agency__path__startswith=path)
            steps = path.strip("/").split("/")
            above = ["/" + "/".join(steps[:n]) + "/" for n in range(1, len(steps) + 1)]
            condition |= models.Q(agency__path__in=above)
        return self.filter(condition)


class Programme(Versioned):
    """Chương trình, kế hoạch: what letters carry out; its rounds, milestones, targets are data."""

    name = models.CharField(max_length=300)
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+")
    basis = models.CharField(max_length=300, blank=True)
    starts_on = models.DateField()
    ends_on = models.DateField(null=True, blank=True)
    max_extensions = models.PositiveSmallIntegerField(default=1)

    objects: ClassVar[models.Manager[Programme]] = models.Manager.from_queryset(ProgrammeQuerySet)()

    class Meta:
        ordering = ["-starts_on", "name"]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("programmes:detail", args=[self.pk])


class Round(models.Model):
    """Đợt, lần: a round of a programme."""

    programme = models.ForeignKey(Programme, on_delete=models.CASCADE, related_name="rounds")
    name = models.CharField(max_length=150)
    order = models.PositiveSmallIntegerField(default=1)
    starts_on = models.DateField(null=True, blank=True)
    ends_on = models.DateField(null=True, blank=True)

    class Meta:
        ordering = ["order"]

    def __str__(self) -> str:
        return self.name


class Milestone(models.Model):
    """Mốc: the programme wants something by a day, which is the last that is still in time."""

    programme = models.ForeignKey(Programme, on_delete=models.CASCADE, related_name="milestones")
    round = models.ForeignKey(
        Round, null=True, blank=True, on_delete=models.CASCADE, related_name="milestones"
    )
    name = models.CharField(max_length=300)
    due_on = models.DateField()
    basis = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering = ["due_on"]

    def __str__(self) -> str:
        return self.name


class Target(models.Model):
    """Chỉ tiêu: metric, comparison, value and unit, with the rule by which it is counted."""

    programme = models.ForeignKey(Programme, on_delete=models.CASCADE, related_name="targets")
    round = models.ForeignKey(
        Round, null=True, blank=True, on_delete=models.CASCADE, related_name="targets"
    )
    metric = models.CharField(max_length=300)
    operator = models.CharField(max_length=2, choices=Operator, default=Operator.AT_LEAST)
    value = models.DecimalField(max_digits=18, decimal_places=4)
    unit = models.CharField(max_length=30)
    counting_rule = models.TextField(blank=True)

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return self.metric

    @property
    def amount(self) -> str:
        """The value with its unit, as it is written: 20%, 1.500 thủ tục."""
        space = "" if self.unit == "%" else " "
        return f"{format_number(self.value)}{space}{self.unit}"
