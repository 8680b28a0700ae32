from __future__ import annotations

from django.db import models

from tinhgon.apps.accounts.models import User


class Notice(models.Model):
    """
    Thông báo: one line for one person, in the application and, when it is time, in a digest by
    e-mail.
    """

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="notices")
    kind = models.CharField(max_length=60)
    text = models.CharField(max_length=500)
    url = models.CharField(max_length=300, blank=True)
    created_at = models.DateTimeField()
    read_at = models.DateTimeField(null=True, blank=True)
    mailed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-created_at", "-pk"]
        indexes = [
            models.Index(fields=["user", "read_at", "-created_at"]),
            models.Index(fields=["mailed_at", "user"]),
        ]

    def __str__(self) -> str:
        return self.text
