"""The moves on the page of a version: those that the person may make now, each with its form."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

from django import forms
from django.urls import reverse

from tinhgon.apps.accounts.models import User
from tinhgon.apps.procedures import actions, policies
from tinhgon.apps.procedures.enums import Status
from tinhgon.apps.procedures.forms.moving import (
    ChangeForm,
    CodeForm,
    CorrectDisclosureForm,
    DiscloseForm,
    OutOfScopeForm,
    SendBackForm,
    VersionForm,
)
from tinhgon.apps.procedures.queries.page import ProcedurePage
from tinhgon.domain.procedures import PUBLISHED, Move, blocks

Act = Callable[..., Any]


@dataclass(frozen=True, slots=True)
class Kind:
    """A move as it stands on the page; `act` takes the cleaned form and what every action takes."""

    title: str
    url: str
    done: str
    act: Act
    move: Move | None = None
    form: type[forms.Form] = VersionForm
    look: str = ""
    main: bool = False

    @property
    def is_plain(self) -> bool:
        """Whether one button is enough."""
        return self.form is VersionForm


def _plain(move: Move) -> Act:
    return lambda form, **common: actions.move_version(move=move, **common)


def _with_reason(move: Move) -> Act:
    return lambda form, **common: actions.move_version(
        move=move, reason=form.cleaned_data["reason"], **common
    )


def _disclose(form: forms.Form, **common: Any) -> None:
    actions.disclose_version(on=form.cleaned_data["on"], url=form.cleaned_data["url"], **common)


def _correct_disclosure(form: forms.Form, **common: Any) -> None:
    said = form.cleaned_data
    actions.correct_disclosure(on=said["on"], url=said["url"], reason=said["reason"], **common)


def _out_of_scope(form: forms.Form, **common: Any) -> None:
    actions.mark_out_of_scope(reason=form.cleaned_data["reason"], **common)


KINDS: dict[str, Kind] = {
    "gui": Kind(
        "Gửi thủ trưởng xác nhận",
        "send",
        "Đã gửi thủ trưởng xác nhận.",
        _plain(Move.SEND),
        Move.SEND,
        main=True,
    ),
    "xac-nhan": Kind(
        "Xác nhận, chuyển Văn phòng",
        "confirm",
        "Đã xác nhận, chuyển Văn phòng kiểm soát.",
        _plain(Move.CONFIRM),
        Move.CONFIRM,
        main=True,
    ),
    "tra-nguoi-soan": Kind(
        "Trả lại người soạn",
        "send_back",
        "Đã trả lại người soạn kèm lý do.",
        _with_reason(Move.SEND_BACK),
        Move.SEND_BACK,
        SendBackForm,
        look="danger",
    ),
    "kiem-soat": Kind(
        "Đạt, chờ công bố",
        "check",
        "Đã kiểm soát. Thủ tục chờ đưa vào quyết định công bố.",
        lambda form, **common: actions.check_version(**common),
        Move.CHECK,
        main=True,
    ),
    "tra-lai": Kind(
        "Trả lại cơ quan",
        "return",
        "Đã trả lại cơ quan kèm lý do.",
        _with_reason(Move.RETURN),
        Move.RETURN,
        SendBackForm,
        look="danger",
    ),
    "cong-khai": Kind(
        "Ghi đã công khai",
        "disclose",
        "Đã ghi nơi và ngày công khai.",
        _disclose,
        Move.DISCLOSE,
        DiscloseForm,
        main=True,
    ),
    "sua-cong-khai": Kind(
        "Sửa nơi, ngày công khai",
        "correct_disclosure",
        "Đã sửa nơi, ngày công khai.",
        _correct_disclosure,
        Move.CORRECT_DISCLOSURE,
        CorrectDisclosureForm,
    ),
    "khoi-phuc": Kind(
        "Khôi phục",
        "restore",
        "Đã khôi phục, thủ tục trở lại danh sách đề xuất.",
        lambda form, **common: actions.restore_version(**common),
        Move.RESTORE,
        main=True,
    ),
    "ngoai-danh-muc": Kind(
        "Không phải TTHC nội bộ",
        "out_of_scope",
        "Đã đưa ra khỏi danh mục.",
        _out_of_scope,
        Move.MARK_OUT_OF_SCOPE,
        OutOfScopeForm,
        look="danger",
    ),
    "bo": Kind(
        "Bỏ bản dự thảo",
        "drop",
        "Đã bỏ bản dự thảo.",
        lambda form, **common: actions.drop_draft(**common),
        Move.EDIT,
        look="danger",
    ),
}
ASIDE = {
    "trung-lap": ("Đánh dấu trùng lặp", "duplicate", Move.MARK_DUPLICATE),
    "gop": ("Gộp vào thủ tục khác", "merge", Move.MERGE),
}
"""Moves that need the other procedure, which is chosen on a page of its own."""
_ENDING = frozenset({"ngoai-danh-muc", "bo"})


@dataclass(frozen=True, slots=True)
class Panel:
    key: str
    title: str
    url: str
    form: forms.Form
    look: str = ""
    is_plain: bool = False
    is_open: bool = False


Bound = tuple[str, forms.Form] | None


def panels(user: User, page: ProcedurePage, bound: Bound = None) -> list[Panel]:
    """Return the moves that the person may make now: what comes next first, what ends it last."""
    version = page["version"]
    found: list[Panel] = []
    for key, kind in KINDS.items():
        if kind.move and policies.can(user, kind.move, version) and _fits(key, page):
            url = reverse(f"procedures:{kind.url}", args=[version.procedure_id, version.number])
            look = "primary" if kind.main and not _leads(found) else kind.look
            initial = {
                "version": version.version,
                "on": version.disclosed_on,
                "url": version.disclosed_at_url,
            }
            panel = _panel(key, kind.title, url, kind.form, initial, bound)
            found.append(replace(panel, look=look, is_plain=kind.is_plain))
    return sorted([*found, *_of_procedure(user, page, bound)], key=lambda p: p.key in _ENDING)


def _panel(
    key: str, title: str, url: str, kind: type[forms.Form], initial: dict[str, Any], bound: Bound
) -> Panel:
    if bound and bound[0] == key:
        return Panel(key, title, url, bound[1], is_open=True)
    return Panel(key, title, url, kind(initial=initial, auto_id=f"{key}-%s"))


def _leads(found: list[Panel]) -> bool:
    return any(panel.look == "primary" for panel in found)


def _fits(key: str, page: ProcedurePage) -> bool:
    """Return whether a move makes sense here, apart from state and right."""
    version, is_first = page["version"], len(page["rows"]) == 1
    match key:
        case "bo":
            return not is_first or version.status == Status.DRAFT
        case "ngoai-danh-muc" | "trung-lap" | "gop":
            return is_first
        case "kiem-soat":
            return not blocks(page["findings"])
        case "xac-nhan":
            return version.status != Status.DRAFT
        case _:
            return True


def _of_procedure(user: User, page: ProcedurePage, bound: Bound) -> list[Panel]:
    procedure, found = page["procedure"], []
    if _may_change(user, page):
        url = reverse("procedures:change", args=[procedure.pk])
        found.append(_panel("sua-doi", "Soạn sửa đổi", url, ChangeForm, {}, bound))
    if policies.may_check(user, procedure.agency):
        url = reverse("procedures:code", args=[procedure.pk])
        initial = {"version": procedure.version, "code": procedure.national_code}
        found.append(_panel("ma-so", "Ghi mã số quốc gia", url, CodeForm, initial, bound))
    return found


def _may_change(user: User, page: ProcedurePage) -> bool:
    return (
        page["draft"] is None
        and page["version"].status in PUBLISHED
        and policies.may_propose(user, page["procedure"].agency)
    )


def aside_links(user: User, page: ProcedurePage) -> list[tuple[str, str]]:
    """Return words and address of the moves that have a page of their own."""
    version = page["version"]
    return [
        (title, reverse(f"procedures:{url}", args=[version.procedure_id, version.number]))
        for key, (title, url, move) in ASIDE.items()
        if policies.can(user, move, version) and _fits(key, page)
    ]
