"""The next steps on the page of a difficulty: a button each, and a form where words are needed."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django import forms
from django.urls import reverse

from tinhgon.apps.difficulties.enums import MOVE_LABELS, Move, Status
from tinhgon.apps.difficulties.forms import (
    AnswerForm,
    PassUpForm,
    ReasonForm,
    ReferForm,
    SendForm,
    VersionForm,
)
from tinhgon.apps.difficulties.queries.detail import DetailPage


@dataclass(frozen=True, slots=True)
class Panel:
    """One move that the person may make: its address, its button, what it asks for."""

    key: str
    label: str
    url: str
    form: forms.Form
    note: str = ""
    is_open: bool = False
    papers: bool = False  # a draft of the letter can be had with what is typed
    is_primary: bool = False
    more: tuple[str, ...] = ()  # fields that stand behind "Văn bản kèm theo"

    @property
    def fields(self) -> list[forms.BoundField]:
        return [f for f in self.form if not f.is_hidden and f.name not in self.more]

    @property
    def paper_fields(self) -> list[forms.BoundField]:
        return [f for f in self.form if f.name in self.more]

    @property
    def paper_open(self) -> bool:
        return any(f.errors or f.data or f.field.required for f in self.paper_fields)


_PAPER = ("number", "symbol", "issued_on", "signer_name", "signer_title", "file")
# The move → name of its address, form, fields of its paper. In the order of the page.
MOVES: Mapping[Move, tuple[str, type[forms.Form]]] = {
    Move.ACCEPT: ("accept", VersionForm),
    Move.SEND: ("send", SendForm),
    Move.TAKE_ON: ("take_on", VersionForm),
    Move.ANSWER: ("answer", AnswerForm),
    Move.SEND_TO_CENTRE: ("pass_up", PassUpForm),
    Move.PASS_UP: ("pass_up", PassUpForm),
    Move.REFER: ("refer", ReferForm),
    Move.RETURN: ("return", ReasonForm),
    Move.REOPEN: ("reopen", ReasonForm),
    Move.DECLINE: ("decline", ReasonForm),
    Move.CLOSE: ("close", ReasonForm),
    Move.WITHDRAW: ("withdraw", ReasonForm),
}
_LAST_RESORTS = {"return", "close", "withdraw", "decline", "reopen"}
_REASONS = {
    "return": "Cần bổ sung, làm rõ nội dung gì",
    "reopen": "Trả lời còn chưa giải quyết được điều gì",
    "decline": "Vì sao trả lời đã áp dụng không phù hợp",
}


def panels_of(
    page: DetailPage, *, opened: str = "", bound: forms.Form | None = None
) -> list[Panel]:
    """
    Return the moves that may be made now; `bound` is the form of the one under the name `opened`
    that was sent and refused.
    """
    return list(_panels(page, opened, bound))


def _panels(page: DetailPage, opened: str, bound: forms.Form | None) -> Iterator[Panel]:
    seen: set[str] = set()
    for move, (name, form) in MOVES.items():
        own = move is Move.SEND_TO_CENTRE and page["can"][Move.SEND.value]
        if not page["can"][move.value] or name in seen or own:
            continue
        seen.add(name)
        is_bound = bound is not None and name == opened
        shown = bound if is_bound and bound is not None else _fresh(form, page)
        _fit(shown, name, page)
        yield Panel(
            key=name,
            label=_label(move, page),
            url=reverse(f"difficulties:{name}", args=[page["difficulty"].pk]),
            form=shown,
            note=_note(name, page),
            is_open=name == opened,
            is_primary=not seen - {name} and name not in _LAST_RESORTS,
            papers=name == "pass_up",
            more=_PAPER if name in {"send", "pass_up", "answer"} else (),
        )


def _fresh(form: type[forms.Form], page: DetailPage) -> forms.Form:
    difficulty = page["difficulty"]
    initial: dict[str, Any] = {"version": difficulty.version}
    if page["to_centre"]:
        initial["addressee"] = page["above"]
    initial["issuer_name"] = page["asked"]
    return form(initial=initial, auto_id=f"id_{form.__name__.lower()}_%s")


def _fit(form: forms.Form, name: str, page: DetailPage) -> None:
    """Take out what the place of the difficulty does not ask for, and call the reason by name."""
    at_centre = page["difficulty"].status == Status.AT_CENTRE.value
    if name == "pass_up" and not page["to_centre"]:
        form.fields.pop("addressee", None)
    if name == "answer" and at_centre:
        form.order_fields(("issuer_name", "words"))
        for field in ("issuer_name", "number", "issued_on"):
            form.fields[field].required = True
        form.fields["words"].help_text = "Tóm tắt nội dung, để cơ quan có vướng mắc đọc ngay."
    if name == "answer" and not at_centre:
        form.fields.pop("issuer_name", None)
    if name in _REASONS:
        form.fields["words"].label = _REASONS[name]


def _label(move: Move, page: DetailPage) -> str:
    status = page["difficulty"].status
    if move is Move.ANSWER and status == Status.AT_CENTRE.value:
        return "Ghi trả lời của Trung ương"
    if move is Move.CLOSE and status == Status.ANSWERED.value:
        return "Đóng vì cơ quan không phản hồi"
    if move in {Move.SEND, Move.PASS_UP, Move.SEND_TO_CENTRE} and page["above"]:
        verb = "Kiến nghị" if page["to_centre"] else "Gửi" if move is Move.SEND else "Chuyển"
        return f"{verb} {page['above']}"
    return MOVE_LABELS[move]


def _note(name: str, page: DetailPage) -> str:
    if name == "send" and page["lacking"]:
        return f"Cần ghi {' và '.join(page['lacking'])} trước khi gửi: bấm “Sửa nội dung”."
    return ""
