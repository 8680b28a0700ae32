from __future__ import annotations

from typing import ClassVar, Self

from django.db import models
from django.db.models import F, Q
from django.urls import reverse

from tinhgon.apps.accounts.models import User
from tinhgon.apps.agencies.models import Agency
from tinhgon.apps.directives.models import Directive
from tinhgon.apps.documents.models import Document
from tinhgon.apps.files.models import StoredFile
from tinhgon.common.models import Versioned
from tinhgon.domain.access import Permission
from tinhgon.domain.exchange import ANSWERS, STATES, State

from .enums import (
    CHANGES,
    HANDLING_KINDS,
    HANDLING_LABELS,
    SERVICE_CHOICES,
    SERVICE_KINDS,
    SERVICE_LABELS,
    STANDING_KINDS,
    Handling,
    Outcome,
    Service,
    Subject,
)

_WHAT_TO_DO = (
    "Gửi lại sau; nếu gấp, tải gói tin để gửi bằng VNPT-iOffice. Vẫn không được thì báo quản trị "
    "hệ thống kiểm tra kết nối với trục."
)
_TOLD = {Outcome.AGREED.value: "15", Outcome.DECLINED.value: "16"}


def _seen_by(user: User, owner: str) -> Q:
    condition = Q(pk__in=[])
    for path in user.access.paths(Permission.SEE):
        condition |= Q(**{f"{owner}__path__startswith": path})
    return condition


class OrganId(Versioned):
    """
    Mã định danh: the code under which an agency is known in the exchange, from one day to another.

    `ended_on` is the first day on which it is no more.
    """

    agency = models.ForeignKey(Agency, on_delete=models.CASCADE, related_name="organ_ids")
    code = models.CharField(max_length=60)
    started_on = models.DateField()
    ended_on = models.DateField(null=True, blank=True)
    basis = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering = ["code", "started_on"]
        constraints = [
            models.UniqueConstraint(fields=["code", "started_on"], name="organ_id_once_a_day"),
            models.UniqueConstraint(
                fields=["code"], condition=Q(ended_on=None), name="organ_id_of_one_agency"
            ),
            models.UniqueConstraint(
                fields=["agency"], condition=Q(ended_on=None), name="one_organ_id_an_agency"
            ),
            models.CheckConstraint(
                condition=Q(ended_on=None) | Q(ended_on__gt=F("started_on")),
                name="organ_id_ends_after_it_starts",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.code} ({self.agency})"


class DispatchQuerySet(models.QuerySet["Dispatch"]):
    def visible_to(self, user: User) -> Self:
        """What agencies of the person's branch sent."""
        return self.filter(_seen_by(user, "owner"))


class Dispatch(Versioned):
    """
    Văn bản gửi qua trục: a document of the register that went, or is to go, to others.

    `paper` says what it was drafted from ("urging:12"). `office_number` and `office_on` are what
    the e-office gave it; the address there is the link of the document. `service` and what follows
    is about the province's service, where one is used: `queued_by` let it go there and is told what
    came of it, `service_code` is a code of ANSWERS or "", `tries` how often it was handed over.
    """

    document = models.OneToOneField(Document, on_delete=models.PROTECT, related_name="dispatch")
    owner = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+")
    paper = models.CharField(max_length=60, unique=True)
    exchange_id = models.CharField(max_length=200, unique=True)  # its DocumentId
    office_number = models.CharField(max_length=60, blank=True)
    office_on = models.DateField(null=True, blank=True)
    recorded_at = models.DateTimeField()
    recorded_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    service = models.CharField(
        max_length=10, choices=SERVICE_CHOICES, default=Service.UNUSED.value, blank=True
    )
    service_id = models.CharField(max_length=200, blank=True)  # what the service calls it
    queued_by = models.ForeignKey(
        User, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    service_code = models.CharField(max_length=2, blank=True)
    service_answer = models.CharField(max_length=500, blank=True)
    service_at = models.DateTimeField(null=True, blank=True)  # of the last try
    tries = models.PositiveSmallIntegerField(default=0)
    files = models.ManyToManyField(StoredFile, through="DispatchFile", related_name="+")

    objects: ClassVar[models.Manager[Dispatch]] = models.Manager.from_queryset(DispatchQuerySet)()

    class Meta:
        ordering = ["-recorded_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(service__in=[value for value, _ in SERVICE_CHOICES]),
                name="dispatch_service_known",
            )
        ]

    def __str__(self) -> str:
        return str(self.document)

    def get_absolute_url(self) -> str:
        return reverse("exchange:dispatch", args=[self.pk])

    @property
    def is_refused(self) -> bool:
        return self.service == Service.REFUSED

    @property
    def fails(self) -> bool:
        """Whether it waits for the service although it was handed over before."""
        return self.service == Service.QUEUED and self.tries > 0

    @property
    def service_words(self) -> str:
        return SERVICE_LABELS[Service(self.service)]

    @property
    def service_kind(self) -> str:
        return SERVICE_KINDS[Service(self.service)]

    @property
    def todo(self) -> str:
        """What is to be done about a refusal."""
        return ANSWERS[self.service_code].todo if self.service_code else _WHAT_TO_DO


class DispatchFile(models.Model):
    """Tệp của văn bản gửi: what the package of a dispatch carries, in order."""

    dispatch = models.ForeignKey(Dispatch, on_delete=models.CASCADE, related_name="parts")
    file = models.ForeignKey(StoredFile, on_delete=models.PROTECT, related_name="+")
    order = models.PositiveSmallIntegerField()

    class Meta:
        ordering = ["order"]
        constraints = [
            models.UniqueConstraint(fields=["dispatch", "order"], name="dispatch_file_order")
        ]

    def __str__(self) -> str:
        return str(self.file)


class Receiver(Versioned):
    """
    Nơi nhận qua trục: one addressee of a dispatch, and how far the document got there.

    `agency` is empty for one outside the province, which then has a `code` of its own. `state` is
    a code of `domain.exchange.STATES`.
    """

    dispatch = models.ForeignKey(Dispatch, on_delete=models.CASCADE, related_name="receivers")
    agency = models.ForeignKey(
        Agency, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    name = models.CharField(max_length=255)
    code = models.CharField(max_length=60, blank=True)
    state = models.CharField(max_length=2, blank=True)
    state_at = models.DateTimeField(null=True, blank=True)
    state_note = models.CharField(max_length=500, blank=True)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["dispatch", "agency"],
                condition=Q(agency__isnull=False),
                name="receiver_once_a_dispatch",
            ),
            models.CheckConstraint(
                condition=Q(agency__isnull=False) | ~Q(code=""), name="receiver_can_be_reached"
            ),
            models.CheckConstraint(
                condition=Q(state__in=["", *STATES]), name="receiver_state_known"
            ),
            models.CheckConstraint(
                condition=Q(state="") | Q(state_at__isnull=False), name="receiver_state_has_a_day"
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def standing(self) -> State | None:
        return STATES.get(self.state)

    @property
    def state_words(self) -> str:
        state = self.standing
        return state.words if state else "chưa có phản hồi"

    @property
    def state_kind(self) -> str:
        state = self.standing
        return STANDING_KINDS[state.standing] if state else "none"


class ArrivalQuerySet(models.QuerySet["Arrival"]):
    def visible_to(self, user: User) -> Self:
        """What agencies of the person's branch were sent."""
        return self.filter(_seen_by(user, "owner"))

    def untold(self) -> Self:
        """What was taken in, or decided on, and whose sender was not told so yet."""
        decided = Q(subject=Subject.NEW) | Q(subject__in=CHANGES, outcome__in=list(_TOLD))
        return self.filter(decided, taken_key__isnull=False, told=False)


class Arrival(Versioned):
    """
    Gói tin đến: a package that came in, taken in or refused, as the log of the exchange has it.

    `answer` is a code of `domain.exchange.ANSWERS`, `answer_words` says why. What could be read of
    it stands in the fields of the heading; those of a package that could not be read are empty.
    `earlier` is the arrival that it repeats or asks to change. `outcome` is what a person decided.
    `told` is whether its sender was told through the province's service, or cannot be: then
    `told_answer` says why; `told_tries` is how often that was tried in vain.
    """

    owner = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+")
    received_at = models.DateTimeField()
    received_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    file_name = models.CharField(max_length=255)
    sha256 = models.CharField(max_length=64)
    size = models.PositiveBigIntegerField()
    subject = models.CharField(max_length=10, choices=Subject, default=Subject.UNKNOWN)
    answer = models.CharField(max_length=2)
    answer_words = models.CharField(max_length=1000, blank=True)
    document_id = models.CharField(max_length=200, blank=True)
    # Set where it was taken in, so that no agency takes in a document of a sender twice.
    taken_key = models.CharField(max_length=300, null=True, blank=True, unique=True)
    sender_id = models.CharField(max_length=60, blank=True)
    sender_name = models.CharField(max_length=500, blank=True)
    code = models.CharField(max_length=100, blank=True)  # số, ký hiệu
    issued_on = models.DateField(null=True, blank=True)
    title = models.CharField(max_length=2000, blank=True)  # trích yếu, or what a status says
    reason = models.CharField(max_length=2000, blank=True)
    heading = models.JSONField(default=dict)  # as the letter is read with, once it is
    state = models.CharField(max_length=2, blank=True)  # of a status
    folded = models.TextField(blank=True)  # for search
    directive = models.ForeignKey(
        Directive, null=True, blank=True, on_delete=models.PROTECT, related_name="arrivals"
    )
    dispatch = models.ForeignKey(
        Dispatch, null=True, blank=True, on_delete=models.PROTECT, related_name="arrivals"
    )
    earlier = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="later"
    )
    outcome = models.CharField(max_length=10, choices=Outcome, blank=True)
    told = models.BooleanField(default=False)
    told_tries = models.PositiveSmallIntegerField(default=0)
    told_answer = models.CharField(max_length=500, blank=True)
    handled_at = models.DateTimeField(null=True, blank=True)
    handled_by = models.ForeignKey(
        User, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    files = models.ManyToManyField(StoredFile, through="ArrivalFile", related_name="+")

    objects: ClassVar[models.Manager[Arrival]] = models.Manager.from_queryset(ArrivalQuerySet)()

    class Meta:
        ordering = ["-received_at", "-pk"]
        indexes = [models.Index(fields=["document_id"])]
        constraints = [
            models.CheckConstraint(condition=Q(answer__in=list(ANSWERS)), name="answer_known"),
            models.CheckConstraint(
                condition=Q(answer="0", taken_key__isnull=False)
                | (~Q(answer="0") & Q(taken_key=None, directive=None, outcome="")),
                name="only_what_was_taken_in_goes_on",
            ),
            models.CheckConstraint(
                condition=Q(outcome="", handled_at=None, handled_by=None)
                | (~Q(outcome="") & Q(handled_at__isnull=False, handled_by__isnull=False)),
                name="arrival_handled_by_somebody",
            ),
        ]

    def __str__(self) -> str:
        name = f"{self.get_subject_display()}: {self.code}" if self.code else self.file_name
        return f"{name} ({self.sender_name})" if self.sender_name else name

    def get_absolute_url(self) -> str:
        return reverse("exchange:arrival", args=[self.pk])

    @property
    def is_taken_in(self) -> bool:
        return self.taken_key is not None

    @property
    def waits(self) -> bool:
        """Whether a person has to look at it."""
        is_open = self.subject in CHANGES or (
            self.subject == Subject.STATUS and self.dispatch_id is None
        )
        return self.is_taken_in and is_open and not self.outcome

    @property
    def state_to_tell(self) -> str:
        """The state that its sender is to be told; "" where there is nothing to tell yet."""
        if not self.is_taken_in or self.subject == Subject.STATUS:
            return ""
        return _TOLD.get(self.outcome, "03" if self.subject == Subject.NEW else "")

    @property
    def handling(self) -> Handling:
        if not self.is_taken_in:
            return Handling.REFUSED
        if self.waits:
            return Handling.WAITING
        return Handling.HANDLED if self.outcome else Handling.TAKEN_IN

    @property
    def handling_words(self) -> str:
        return HANDLING_LABELS[self.handling]

    @property
    def handling_kind(self) -> str:
        return HANDLING_KINDS[self.handling]

    @property
    def answer_meaning(self) -> str:
        return ANSWERS[self.answer].words

    @property
    def state_words(self) -> str:
        return STATES[self.state].words if self.state else ""


class ArrivalFile(models.Model):
    """Tệp đính kèm của gói tin: one file that a package brought, in the order of the package."""

    arrival = models.ForeignKey(Arrival, on_delete=models.CASCADE, related_name="parts")
    file = models.ForeignKey(StoredFile, on_delete=models.PROTECT, related_name="+")
    order = models.PositiveSmallIntegerField()

    class Meta:
        ordering = ["order"]
        constraints = [
            models.UniqueConstraint(fields=["arrival", "order"], name="arrival_file_order")
        ]

    def __str__(self) -> str:
        return str(self.file)
