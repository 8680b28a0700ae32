"""The forms on the page of an assignment: one for each move that the person may make now."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django import forms
from django.urls import reverse

from tinhgon.apps.assignments.forms import (
    AskExtensionForm,
    DecideExtensionForm,
    NilForm,
    PassOnForm,
    ProgressForm,
    ProofForm,
    ReturnForm,
    VersionForm,
)
from tinhgon.apps.assignments.models import Assignment
from tinhgon.apps.assignments.queries import detail
from tinhgon.common import clock
from tinhgon.domain.assigning import Move
from tinhgon.domain.vntext import format_date

FormClass = type[forms.Form]


@dataclass(frozen=True, slots=True)
class Kind:
    """A move as it stands on the page: its words, its form, its address."""

    move: Move
    title: str
    button: str
    form: FormClass
    url: str
    look: str = ""
    primary: bool = False

    @property
    def is_plain(self) -> bool:
        """Whether one button is enough."""
        return self.form is VersionForm

    @property
    def has_file(self) -> bool:
        return "file" in self.form.base_fields


KINDS: dict[str, Kind] = {
    "nhan": Kind(
        Move.ACKNOWLEDGE, "Nhận việc", "Nhận việc", VersionForm, "acknowledge", primary=True
    ),
    "duyet": Kind(
        Move.ACCEPT, "Duyệt kết quả", "Duyệt kết quả", VersionForm, "accept", primary=True
    ),
    "tra-lai": Kind(Move.RETURN, "Trả lại kết quả", "Trả lại", ReturnForm, "return", look="danger"),
    "quyet-dinh": Kind(
        Move.DECIDE_EXTENSION,
        "Quyết định gia hạn",
        "Gia hạn",
        DecideExtensionForm,
        "decide_extension",
    ),
    "bao-cao": Kind(
        Move.SUBMIT, "Báo cáo kết quả", "Gửi báo cáo", ProofForm, "submit", primary=True
    ),
    "khong-phat-sinh": Kind(
        Move.SUBMIT, "Báo cáo không phát sinh", "Gửi báo cáo không phát sinh", NilForm, "nil"
    ),
    "tien-do": Kind(
        Move.REPORT_PROGRESS, "Cập nhật tiến độ", "Ghi tiến độ", ProgressForm, "progress"
    ),
    "giao-tiep": Kind(
        Move.PASS_ON, "Giao tiếp cho đơn vị cấp dưới", "Giao tiếp", PassOnForm, "pass_on"
    ),
    "xin-gia-han": Kind(
        Move.ASK_EXTENSION, "Xin gia hạn", "Gửi đề nghị gia hạn", AskExtensionForm, "ask_extension"
    ),
}


@dataclass(frozen=True, slots=True)
class Panel:
    key: str
    kind: Kind
    form: forms.Form
    url: str
    is_open: bool


def bound_form(key: str, assignment: Assignment, *data: Any) -> forms.Form:
    """Return the form of a move with what was posted."""
    return KINDS[key].form(*data, **_arguments(key, assignment))


def panels(
    page: detail.AssignmentPage, *, opened: str, bound: tuple[str, forms.Form] | None = None
) -> list[Panel]:
    """Return the forms that the person may use now; `bound` keeps what was entered wrongly."""
    assignment = page["assignment"]
    found = []
    for key, kind in KINDS.items():
        if kind.move not in page["moves"]:
            continue
        form = bound[1] if bound and bound[0] == key else _empty_form(key, kind, page)
        if isinstance(form, PassOnForm) and not form.has_units:
            continue
        url = reverse(f"assignments:{kind.url}", args=[assignment.pk])
        is_open = key == (bound[0] if bound else opened)
        found.append(Panel(key, kind, form, url, is_open))
    return found


def _empty_form(key: str, kind: Kind, page: detail.AssignmentPage) -> forms.Form:
    assignment, asked = page["assignment"], page["asked"]
    initial: dict[str, Any] = {"version": assignment.version}
    if key == "tien-do":
        initial["percent"] = assignment.percent
    if key == "quyet-dinh" and asked:
        initial["granted_due_on"] = asked.asked_due_on
    return kind.form(initial=initial, **_arguments(key, assignment))


def _arguments(key: str, assignment: Assignment) -> dict[str, Any]:
    """Fields of several forms stand on one page: each form has ids of its own."""
    extra = _pass_on(assignment) if key == "giao-tiep" else {}
    return {"auto_id": f"{key}-%s", **extra}


def _pass_on(assignment: Assignment) -> dict[str, Any]:
    due_on = assignment.due_on
    return {
        "units": detail.units_below(assignment, on=clock.today()),
        "own_due": format_date(due_on) if due_on else "",
    }
