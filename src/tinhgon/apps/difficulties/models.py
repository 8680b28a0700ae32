from __future__ import annotations

from typing import ClassVar, Self

from django.db import models
from django.db.models import Q
from django.urls import reverse

from tinhgon.apps.accounts.models import User
from tinhgon.apps.agencies.models import Agency
from tinhgon.apps.assignments.models import Assignment
from tinhgon.apps.documents.models import Document
from tinhgon.apps.files.models import StoredFile
from tinhgon.apps.plans.models import LegalChange, PlanItem
from tinhgon.apps.procedures.models import LegalDocument, Procedure, branch
from tinhgon.common.models import Versioned
from tinhgon.domain.difficulties import kinds

from .enums import STATE_KINDS, STATUS_CHOICES, STATUS_LABELS, STEP_CHOICES, Decider, Move, Status


class DifficultyQuerySet(models.QuerySet["Difficulty"]):
    def visible_to(self, user: User) -> Self:
        """
        Difficulties of the person's branch, those that came to an agency of it, and what is
        guidance to all units.
        """
        return self.filter(_own(user) | Q(is_guidance=True))

    def own_to(self, user: User) -> Self:
        """Those of which the person sees everything, and not only what was answered to all."""
        return self.filter(_own(user))


def _own(user: User) -> Q:
    came = DifficultyStep.objects.filter(branch(user, "holder") | branch(user, "station"))
    return branch(user, "agency") | Q(pk__in=came.values("difficulty"))


class Difficulty(Versioned):
    """
    Khó khăn, vướng mắc: what an agency cannot solve within its own authority.

    `agency` has it, `holder` is to act now (itself, while it is new or returned). `own_part` is
    what was done within its own authority, `proposal` what it asks for, `decider` who can decide.
    `due_on` is the day by which it needs the answer. `answer` is the step that answers it now,
    `guidance` the answered difficulty whose answer it took over.
    """

    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="difficulties")
    holder = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=20)
    title = models.CharField(max_length=300)
    description = models.TextField()
    own_part = models.TextField(blank=True)
    proposal = models.TextField(blank=True)
    decider = models.CharField(max_length=12, choices=Decider)
    due_on = models.DateField()
    procedures: models.ManyToManyField[Procedure, DifficultyProcedure] = models.ManyToManyField(
        Procedure, through="DifficultyProcedure", related_name="difficulties", blank=True
    )
    assignment = models.ForeignKey(
        Assignment, null=True, blank=True, on_delete=models.PROTECT, related_name="difficulties"
    )
    plan_item = models.ForeignKey(
        PlanItem, null=True, blank=True, on_delete=models.SET_NULL, related_name="difficulties"
    )
    legal_change = models.ForeignKey(
        LegalChange, null=True, blank=True, on_delete=models.SET_NULL, related_name="difficulties"
    )
    status = models.CharField(max_length=10, choices=STATUS_CHOICES, default=Status.NEW.value)
    answer = models.ForeignKey(
        "DifficultyStep", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    guidance = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="applied"
    )
    is_guidance = models.BooleanField(default=False)
    raised_at = models.DateTimeField()
    raised_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    changed_at = models.DateTimeField()
    folded = models.TextField(blank=True)  # what it says, for search

    objects: ClassVar[models.Manager[Difficulty]] = models.Manager.from_queryset(
        DifficultyQuerySet
    )()

    class Meta:
        ordering = ["-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(status__in=[value for value, _ in STATUS_CHOICES]),
                name="difficulty_status_known",
            ),
            models.CheckConstraint(
                condition=Q(status__in=["new", "closed"]) | ~Q(own_part="") | ~Q(guidance=None),
                name="difficulty_sent_up_says_own_part",
            ),
            models.CheckConstraint(
                condition=~Q(status="answered") | Q(answer__isnull=False),
                name="answered_difficulty_has_its_answer",
            ),
            models.CheckConstraint(
                condition=Q(is_guidance=False) | Q(answer__isnull=False),
                name="guidance_has_an_answer",
            ),
        ]
        indexes = [models.Index(fields=["status", "due_on"], name="difficulty_due")]

    def __str__(self) -> str:
        return f"{self.code} {self.title}"

    def get_absolute_url(self) -> str:
        return reverse("difficulties:detail", args=[self.pk])

    @property
    def code(self) -> str:
        """What people call it by: "VM-12"."""
        return f"VM-{self.pk}"

    @property
    def kind_words(self) -> str:
        return kinds()[self.kind].label

    @property
    def status_words(self) -> str:
        return STATUS_LABELS[Status(self.status)]

    @property
    def state_kind(self) -> str:
        """The kind of state that stands beside the words where the day does not matter."""
        return STATE_KINDS[Status(self.status)]


class DifficultyProcedure(models.Model):
    """Thủ tục có vướng mắc: a procedure that a difficulty is about."""

    difficulty = models.ForeignKey(Difficulty, on_delete=models.CASCADE, related_name="links")
    procedure = models.ForeignKey(Procedure, on_delete=models.CASCADE, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["difficulty", "procedure"], name="difficulty_procedure_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.difficulty}: {self.procedure}"


class DifficultyText(models.Model):
    """
    Văn bản có vướng mắc: one legal text that a difficulty is about, with the places in it.

    `text` is the reference as read, or the words as typed where nothing was read in them; `law` is
    the document in the register of cited law, where it is known there.
    """

    difficulty = models.ForeignKey(Difficulty, on_delete=models.CASCADE, related_name="texts")
    order = models.PositiveSmallIntegerField()
    text = models.CharField(max_length=500)
    law = models.ForeignKey(
        LegalDocument, null=True, blank=True, on_delete=models.PROTECT, related_name="difficulties"
    )

    class Meta:
        ordering = ["order"]
        constraints = [
            models.UniqueConstraint(
                fields=["difficulty", "order"], name="difficulty_text_order_once"
            )
        ]

    def __str__(self) -> str:
        return self.text


class DifficultyFile(models.Model):
    """Tài liệu kèm theo vướng mắc: a file that bears it out."""

    difficulty = models.ForeignKey(Difficulty, on_delete=models.CASCADE, related_name="files")
    file = models.ForeignKey(StoredFile, on_delete=models.PROTECT, related_name="+")

    def __str__(self) -> str:
        return f"{self.difficulty}: {self.file}"


_HANDED_ON = {
    each.value
    for each in (Move.SEND, Move.PASS_UP, Move.REFER, Move.RETURN, Move.REOPEN, Move.TRANSFER)
}


class DifficultyStep(models.Model):
    """
    Bước xử lý vướng mắc: what was done on a day, and how the difficulty stands from then on.

    Steps are only added. `station` acted; `agency`, `holder`, `status` and `due_on` are those of
    the difficulty after the step. `words` is the answer, the reason or the opinion; `document` the
    paper by which it was done; `addressee` who at the centre was written to.
    """

    difficulty = models.ForeignKey(Difficulty, on_delete=models.CASCADE, related_name="steps")
    number = models.PositiveSmallIntegerField()
    move = models.CharField(max_length=14, choices=STEP_CHOICES)
    status = models.CharField(max_length=10, choices=STATUS_CHOICES)
    on = models.DateField()
    at = models.DateTimeField()
    by = models.ForeignKey(User, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    station = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+")
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+")
    holder = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+")
    due_on = models.DateField()
    words = models.TextField(blank=True)
    addressee = models.CharField(max_length=200, blank=True)
    document = models.ForeignKey(
        Document, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        ordering = ["difficulty", "number"]
        constraints = [
            models.UniqueConstraint(
                fields=["difficulty", "number"], name="difficulty_step_number_once"
            ),
            models.CheckConstraint(
                condition=~Q(move__in=["return", "reopen", "withdraw", "close", "decline"])
                | ~Q(words=""),
                name="difficulty_step_gives_its_reason",
            ),
            models.CheckConstraint(
                condition=~Q(move="answer") | ~Q(words="") | Q(document__isnull=False),
                name="difficulty_answer_says_something",
            ),
        ]
        indexes = [models.Index(fields=["on"], name="difficulty_step_day")]

    def __str__(self) -> str:
        return f"{self.difficulty}: {self.get_move_display()}"

    @property
    def goes_on(self) -> bool:
        """Whether with this step it became somebody else's turn."""
        return self.move in _HANDED_ON and self.holder_id != self.station_id


class DifficultyReminder(models.Model):
    """Nhắc trả lời vướng mắc đã gửi: a step of the ladder, so that none is told twice."""

    difficulty = models.ForeignKey(Difficulty, on_delete=models.CASCADE, related_name="reminders")
    holder = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+")
    step = models.IntegerField()  # working days before (-) or after (+) the last day
    due_on = models.DateField()
    sent_on = models.DateField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["difficulty", "holder", "due_on", "step"], name="difficulty_reminded_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.difficulty_id}: {self.step}"
