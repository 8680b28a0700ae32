from __future__ import annotations

from datetime import date
from typing import ClassVar, Self

from django.db import models

from tinhgon.apps.accounts.models import User
from tinhgon.apps.agencies.models import Agency
from tinhgon.apps.files.models import StoredFile
from tinhgon.common.models import Versioned
from tinhgon.domain.access import Permission
from tinhgon.domain.vntext import format_date

from .enums import Direction


class DocumentQuerySet(models.QuerySet["Document"]):
    def visible_to(self, user: User) -> Self:
        """Documents registered by an agency in the person's scope."""
        condition = models.Q(pk__in=[])
        for path in user.access.paths(Permission.SEE):
            condition |= models.Q(owner__path__startswith=path)
        return self.filter(condition)


class Document(Versioned):
    """
    Văn bản: an official document in the register, in or out.

    Fields stand as printed. A number or date that the paper leaves blank is empty here too.
    """

    direction = models.CharField(max_length=3, choices=Direction)
    owner = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+")  # whose register
    number = models.CharField(max_length=20, blank=True)
    symbol = models.CharField(max_length=60, blank=True)
    issued_on = models.DateField(null=True, blank=True)
    agency_name = models.CharField(max_length=255, blank=True)
    parent_agency_name = models.CharField(max_length=255, blank=True)
    doc_type = models.CharField(max_length=60, default="công văn")
    subject = models.TextField(blank=True)
    place = models.CharField(max_length=100, blank=True)
    urgency = models.CharField(max_length=30, blank=True)
    signer_authority = models.CharField(max_length=200, blank=True)
    signer_title = models.CharField(max_length=150, blank=True)
    signer_name = models.CharField(max_length=150, blank=True)
    addressees = models.JSONField(default=list)
    recipients = models.JSONField(default=list)
    file = models.ForeignKey(
        StoredFile, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    text = models.TextField(blank=True)
    folded = models.TextField(blank=True)  # number, symbol, subject and agency, for search
    link = models.URLField(blank=True)  # where it stands in the e-office
    registered_at = models.DateTimeField()
    registered_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")

    objects: ClassVar[models.Manager[Document]] = models.Manager.from_queryset(DocumentQuerySet)()

    class Meta:
        ordering = ["-registered_at"]
        indexes = [models.Index(fields=["number", "symbol"])]

    def __str__(self) -> str:
        return self.title

    @property
    def code(self) -> str:
        """Số, ký hiệu: "1927/VPCP-KSTT", with … for a number left blank."""
        return f"{self.number or '…'}/{self.symbol}" if self.symbol else (self.number or "không số")

    @property
    def title(self) -> str:
        day = f" ngày {format_date(self.issued_on)}" if self.issued_on else ""
        return f"{self.doc_type.capitalize()} số {self.code}{day}"


class Citation(models.Model):
    """Văn bản liên quan: a document that another one names, linked once it is in the register."""

    document = models.ForeignKey(Document, on_delete=models.CASCADE, related_name="citations")
    kind = models.CharField(max_length=60)
    code = models.CharField(max_length=100)
    issued_on = models.DateField(null=True, blank=True)
    issuer = models.CharField(max_length=255, blank=True)
    target = models.ForeignKey(
        Document, null=True, blank=True, on_delete=models.SET_NULL, related_name="cited_by"
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["document", "kind", "code"], name="cited_once")
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.code}"

    @property
    def day(self) -> date | None:
        return self.issued_on
