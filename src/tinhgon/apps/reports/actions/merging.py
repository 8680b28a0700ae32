"""What a returned workbook says is written, by the actions that the pages use, all or nothing."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime

from django.core.exceptions import PermissionDenied
from django.db import transaction

from tinhgon.apps.accounts.models import User
from tinhgon.apps.agencies.models import Agency
from tinhgon.apps.assignments.actions import ENTERED, report_progress
from tinhgon.apps.assignments.models import Assignment
from tinhgon.apps.audit import actions as audit
from tinhgon.apps.calendars import queries as calendars
from tinhgon.apps.difficulties.actions import Content, raise_difficulty
from tinhgon.apps.difficulties.enums import Decider
from tinhgon.apps.difficulties.queries.choosing import usual_due
from tinhgon.apps.reports import policies
from tinhgon.apps.reports.enums import MOST_WORDS, Keep, Part, WorkbookMove
from tinhgon.apps.reports.imports import preview_of
from tinhgon.apps.reports.models import PeriodSection, Report, ReturnedWorkbook
from tinhgon.common.models import StaleObject
from tinhgon.common.refusal import Refused
from tinhgon.domain.reportbook import LAYOUTS, Item, is_nil

from ._shared import tell_writers
from .remarking import remark_figure
from .sending import propose_nil, send_nil
from .workbooks import move_workbook
from .writing import hold, write_text


@dataclass(frozen=True, slots=True)
class _Hand:
    """Who writes, when, into which report, and for which agency above."""

    report: Report
    receiver: Agency | None
    by: User
    at: datetime
    may_send: bool


@transaction.atomic
def merge_workbook(
    *,
    workbook: ReturnedWorkbook,
    choices: Mapping[str, Keep],
    shown: str,
    by: User,
    at: datetime,
    seen: int,
) -> list[str]:
    """
    Write all that a workbook says, by the actions that the pages use; return what was written.

    `choices` say by `Item.name` which words to keep where somebody was faster; `shown` stands for
    what the person saw of it (`Preview.digest`).

    :raises IllegalMove, PermissionDenied: as `policies.check_workbook`.
    :raises StaleObject: if the workbook, or anything that it would change, is no longer as shown.
    :raises Refused: if anything is wrong in it, a choice is missing, it says nothing new, or `by`
        may not do what one of its sheets asks.
    """
    receiver = policies.check_workbook(by, WorkbookMove.MERGE, workbook)
    # Taken first: who comes second must not find its content written and be told it says nothing.
    move_workbook(workbook, WorkbookMove.MERGE, by=by, at=at, seen=seen)
    preview = preview_of(workbook, user=by, today=at.date())
    if preview.digest != shown:
        raise StaleObject
    if preview.faults:
        raise Refused("Tệp còn chỗ chưa đúng. Sửa trong tệp rồi nộp lại.")
    if missing := [item for item in preview.stale if item.name not in choices]:
        raise Refused(f"Chọn bản giữ lại cho {len(missing)} dòng đã có người sửa.")
    items = [each for each in preview.to_write if choices.get(each.name) is not Keep.STORED]
    if not preview.to_write:
        raise Refused("Tệp không có nội dung nào mới để ghi.")
    hand = _Hand(workbook.report, receiver, by, at, preview.may_send)
    hold(hand.report)
    for item in items:
        _write(hand, item, choices.get(item.name))
    written = _told(hand, items)
    ReturnedWorkbook.objects.filter(pk=workbook.pk).update(written=written)
    changes = [audit.Change("Tệp", "", workbook.file.name)]
    changes += [audit.Change("Đã ghi", "", words) for words in written]
    reason = ENTERED if receiver else ""
    audit.record(
        "reports.workbook_merged", hand.report, by=by, at=at, changes=changes, reason=reason
    )
    if receiver:
        told = f"{receiver.label} đã ghi tệp ngoại tuyến của cơ quan vào báo cáo"
        tell_writers(hand.report, f"{told}: {hand.report.period.name}", at=at)
    return written


def _write(hand: _Hand, item: Item, choice: Keep | None) -> None:
    try:
        _WRITERS[item.part](hand, item, choice)
    except PermissionDenied:
        sheet = LAYOUTS[item.part].sheet
        raise Refused(
            f"Vai trò của anh/chị không ghi được trang “{sheet}”. Nhờ người có quyền ghi tệp này."
        ) from None


def _told(hand: _Hand, items: list[Item]) -> list[str]:
    counts = Counter(item.part for item in items)
    nil = [_told_nil(hand, item) for item in items if item.part is Part.NIL]
    del counts[Part.NIL]
    return [f"{LAYOUTS[part].sheet}: {counts[part]} dòng" for part in Part if counts[part]] + nil


def _told_nil(hand: _Hand, item: Item) -> str:
    if not is_nil(item.said["nil"]):
        return "thôi đề nghị báo cáo không phát sinh"
    if hand.may_send:
        return "đã gửi báo cáo không phát sinh"
    return "đề nghị báo cáo không phát sinh, chờ thủ trưởng gửi"


def _number(item: Item) -> int:
    return int(item.key.rpartition("-")[2])


def _write_task(hand: _Hand, item: Item, _choice: Keep | None) -> None:
    rows = Assignment.objects.select_related("agency", "duty__issuer", "duty__directive__document")
    report_progress(
        assignment=rows.get(pk=_number(item)),
        percent=int(item.said["percent"]),
        text=item.said["note"],
        upload=None,
        by=hand.by,
        at=hand.at,
        version=item.version,
        receiver=hand.receiver,
    )


def _write_words(hand: _Hand, item: Item, choice: Keep | None) -> None:
    text = item.said["text"]
    if choice is Keep.BOTH:
        text = f"{item.stored['text']}\n\n{text}"
    if len(text) > MOST_WORDS:
        raise Refused(
            f"Hai bản của mục “{item.label}” ghép lại quá {MOST_WORDS} ký tự. Chọn một bản."
        )
    write_text(
        report=hand.report,
        section=PeriodSection.objects.get(pk=_number(item), period=hand.report.period_id),
        text=text,
        by=hand.by,
        at=hand.at,
        seen=item.version,
        receiver=hand.receiver,
    )


def _write_difficulty(hand: _Hand, item: Item, _choice: Keep | None) -> None:
    new = item.new
    if new is None:
        return
    content = Content(
        kind=new.kind,
        title=new["title"],
        description=new["description"],
        decider=Decider(new.decider),
        due_on=new.due_on or usual_due(hand.at.date(), calendars.calendar()),
        own_part=new["own_part"],
        proposal=new["proposal"],
    )
    raise_difficulty(agency=hand.report.writer, content=content, by=hand.by, at=hand.at)


def _write_remark(hand: _Hand, item: Item, _choice: Keep | None) -> None:
    remark_figure(
        report=hand.report,
        figure=item.key,
        words=item.label,
        text=item.said["opinion"],
        by=hand.by,
        at=hand.at,
        seen=item.version,
        receiver=hand.receiver,
    )


def _write_nil(hand: _Hand, item: Item, _choice: Keep | None) -> None:
    """Who may send the report sends it; of anybody else it is what the agency said."""
    says_nil = is_nil(item.said["nil"])
    if says_nil and hand.may_send:
        send_nil(report=hand.report, by=hand.by, at=hand.at, seen=item.version)
        return
    propose_nil(
        report=hand.report,
        is_nil=says_nil,
        by=hand.by,
        at=hand.at,
        seen=item.version,
        receiver=hand.receiver,
    )


_WRITERS: Mapping[Part, Callable[[_Hand, Item, Keep | None], None]] = {
    Part.TASKS: _write_task,
    Part.WORDS: _write_words,
    Part.DIFFICULTIES: _write_difficulty,
    Part.FIGURES: _write_remark,
    Part.NIL: _write_nil,
}
