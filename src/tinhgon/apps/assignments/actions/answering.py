"""What the agency that holds an assignment does with it."""

from __future__ import annotations

import re
from datetime import date, datetime

from django.db import transaction
from django.utils import timezone

from tinhgon.apps.accounts.models import User
from tinhgon.apps.agencies.models import Agency
from tinhgon.apps.assignments import policies
from tinhgon.apps.assignments.enums import AnswerKind
from tinhgon.apps.assignments.models import Answer, Assignment, Duty, ProgressNote
from tinhgon.apps.audit import actions as audit
from tinhgon.apps.audit.actions import Change
from tinhgon.apps.files import actions as files
from tinhgon.common.refusal import Refused
from tinhgon.common.uploads import Upload
from tinhgon.domain.assigning import Move
from tinhgon.domain.deadlines import day_done
from tinhgon.domain.vntext import format_date

from ._shared import changed, make_move, tell_deciders

# 12/BC-SNV, 1927/VPCP-KSTT, 15a/QĐ-UBND, 118/2025/NĐ-CP
_CODE = re.compile(r"\d{1,6}[a-zđ]?(/\d{4})?/[^\W\d_][^\s/]*", re.IGNORECASE)
WHOLE = 100
ENTERED = "Nhập thay theo tệp ngoại tuyến mà cơ quan gửi."


@transaction.atomic
def acknowledge(*, assignment: Assignment, by: User, at: datetime, version: int) -> Assignment:
    """
    Take note of new work.

    :raises IllegalMove, PermissionDenied, StaleObject: as `policies.check`.
    """
    changes = make_move(assignment, Move.ACKNOWLEDGE, by=by, version=version, acknowledged_at=at)
    audit.record("assignments.acknowledged", assignment, by=by, at=at, changes=changes)
    return assignment


@transaction.atomic
def report_progress(
    *,
    assignment: Assignment,
    percent: int,
    text: str,
    upload: Upload | None,
    by: User,
    at: datetime,
    version: int,
    receiver: Agency | None = None,
) -> ProgressNote:
    """
    Say how far the work is, in per cent and words. `receiver`: the agency above, for which `by`
    enters what the agency sent it as a workbook.

    :raises IllegalMove, PermissionDenied, StaleObject: as `policies.check`.
    :raises Refused: if the file cannot be taken.
    """
    policies.check(by, Move.REPORT_PROGRESS, assignment, receiver=receiver)
    file, old = files.store_optional(upload, at=at), assignment.percent
    changes = make_move(
        assignment,
        Move.REPORT_PROGRESS,
        by=by,
        version=version,
        receiver=receiver,
        percent=percent,
        acknowledged_at=assignment.acknowledged_at or at,
    )
    note = ProgressNote.objects.create(
        assignment=assignment, at=at, by=by, percent=percent, text=text, file=file
    )
    audit.record(
        "assignments.progress_reported",
        assignment,
        by=by,
        at=at,
        changes=[
            *changes,
            *changed("Tiến độ", f"{old}%", f"{percent}%"),
            Change("Ghi chú", "", text),
        ],
        reason=ENTERED if receiver else "",
    )
    return note


@transaction.atomic
def submit_proof(
    *,
    assignment: Assignment,
    document_code: str,
    document_on: date,
    text: str,
    upload: Upload,
    by: User,
    at: datetime,
    version: int,
) -> Answer:
    """
    Send the result, with the signed document that proves it.

    :raises IllegalMove, PermissionDenied, StaleObject: as `policies.check`.
    :raises Refused: if the document's code, day or file cannot be.
    """
    policies.check(by, Move.SUBMIT, assignment)
    code = clean_code(document_code)
    _check_day(document_on, assignment.duty, at=at)
    file = files.store_optional(upload, at=at)
    changes = _submit(assignment, proof_on=document_on, by=by, at=at, version=version)
    answer = Answer.objects.create(
        assignment=assignment,
        kind=AnswerKind.PROOF,
        document_code=code,
        document_on=document_on,
        file=file,
        text=text,
        at=at,
        by=by,
    )
    proof = f"{code} ngày {format_date(document_on)}"
    changes.append(Change("Văn bản chứng minh", "", f"{proof}, tệp {upload.name}"))
    audit.record("assignments.submitted", assignment, by=by, at=at, changes=changes)
    _tell(assignment, f"báo cáo kết quả tại {proof}", by=by, at=at)
    return answer


@transaction.atomic
def submit_nil(
    *, assignment: Assignment, text: str, by: User, at: datetime, version: int
) -> Answer:
    """
    Answer that nothing arose ("không phát sinh").

    :raises IllegalMove, PermissionDenied, StaleObject: as `policies.check`.
    """
    changes = _submit(assignment, proof_on=at.date(), by=by, at=at, version=version)
    answer = Answer.objects.create(
        assignment=assignment, kind=AnswerKind.NIL, text=text, at=at, by=by
    )
    changes.append(Change("Kết quả", "", "Không phát sinh"))
    audit.record("assignments.submitted", assignment, by=by, at=at, changes=changes, reason=text)
    _tell(assignment, "báo cáo không phát sinh", by=by, at=at)
    return answer


def clean_code(text: str) -> str:
    """
    Return a document's number and symbol as it is written: "12/BC-SNV".

    :raises Refused: if it has another form.
    """
    code = re.sub(r"^\s*số\s*:?\s*", "", text, flags=re.IGNORECASE)
    code = re.sub(r"\s*([/–-])\s*", lambda m: m[1].replace("–", "-"), code.strip())
    if not _CODE.fullmatch(code):
        raise Refused("Nhập số, ký hiệu như trên văn bản, ví dụ 12/BC-SNV.", "document_code")
    return code


def given_on(duty: Duty) -> date:
    """Return the day from which the duty can have been done: that of the letter, if it is known."""
    issued = timezone.localtime(duty.issued_at).date()
    letter = duty.directive.document.issued_on
    return min(issued, letter) if letter else issued


def _check_day(day: date, duty: Duty, *, at: datetime) -> None:
    if day > at.date():
        raise Refused(
            f"Ngày {format_date(day)} chưa đến. Nhập ngày ghi trên văn bản đã ký.", "document_on"
        )
    first = given_on(duty)
    if day < first:
        raise Refused(
            f"Ngày {format_date(day)} trước ngày giao nhiệm vụ ({format_date(first)}). "
            "Kiểm tra lại ngày của văn bản.",
            "document_on",
        )


def _submit(
    assignment: Assignment, *, proof_on: date, by: User, at: datetime, version: int
) -> list[Change]:
    due = {"due_on": assignment.due_on, "report_due_on": assignment.duty.report_due_on}
    return make_move(
        assignment,
        Move.SUBMIT,
        by=by,
        version=version,
        done_on=day_done(proof_on, **due),
        acknowledged_at=assignment.acknowledged_at or at,
    )


def _tell(assignment: Assignment, what: str, *, by: User, at: datetime) -> None:
    duty = assignment.duty
    tell_deciders(
        duty,
        kind="assignments.submitted",
        text=f"{assignment.agency.label} {what}: {duty.summary}",
        about=assignment,
        by=by,
        at=at,
    )
