"""The offline workbook as people hand it about: taken out, handed in, confirmed."""

from __future__ import annotations

from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from tinhgon.apps.accounts.models import User
from tinhgon.apps.reports.models import Report, ReportPeriod, ReturnedWorkbook

from .conftest import signed_in

NIL, TASKS, WORDS, TROUBLES, FIGURES = (
    "Không phát sinh",
    "Nhiệm vụ",
    "Thuyết minh",
    "Khó khăn, vướng mắc",
    "Số liệu",
)


def workbook(user: User, report: Report) -> bytes:
    answer = signed_in(user).get(reverse("reports:workbook", args=[report.pk]))
    assert answer.status_code == 200
    return bytes(answer.content)


def hand_in(user: User, period: ReportPeriod, data: bytes, name: str = "tep.xlsx") -> Any:
    url = reverse("reports:workbooks", args=[period.pk])
    return signed_in(user).post(url, {"file": SimpleUploadedFile(name, data)}, follow=True)


def merge(user: User, answer: Any, **choices: str) -> Any:
    """Confirm what the page shows, with these choices by the name of the item."""
    shown = answer.context
    found: ReturnedWorkbook = shown["workbook"]
    data = {"version": found.version, "shown": shown["digest"]}
    data |= {f"giu-{name.replace('_', '-')}": value for name, value in choices.items()}
    url = reverse("reports:merge_workbook", args=[found.pk])
    return signed_in(user).post(url, data, follow=True)
