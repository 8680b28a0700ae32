"""A report goes up: sent, sent as nil, taken back, or recorded as the signed document it became."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.utils import timezone

from tinhgon.apps.accounts.models import User
from tinhgon.apps.agencies.models import Agency
from tinhgon.apps.assignments.actions import ENTERED
from tinhgon.apps.audit import actions as audit
from tinhgon.apps.documents import actions as documents
from tinhgon.apps.files import actions as files
from tinhgon.apps.reports import policies
from tinhgon.apps.reports.enums import ReportMove, ReportStatus
from tinhgon.apps.reports.models import Report, ReportBasis
from tinhgon.apps.reports.queries.branch import Branch, load_branch
from tinhgon.common.models import StaleObject
from tinhgon.common.refusal import Refused
from tinhgon.common.uploads import Upload
from tinhgon.domain.reporting import SENT
from tinhgon.domain.vntext import format_date

from ._shared import make_move, tell_receiver, tell_writers


@transaction.atomic
def send(
    *, report: Report, by: User, at: datetime, seen: int, read_at: datetime | None = None
) -> None:
    """
    Send the report; the figures on which it rests are kept with it.

    `read_at`: when the head was shown it; words that others wrote since then stop it.

    :raises IllegalMove, PermissionDenied: as `policies.check`.
    :raises Refused: if the figures are not frozen yet.
    :raises StaleObject: if the report, or its words, changed since they were seen.
    """
    changes = _send(report, ReportMove.SEND, by=by, at=at, seen=seen, read_at=read_at)
    audit.record("reports.sent", report, by=by, at=at, changes=changes)


@transaction.atomic
def send_nil(
    *, report: Report, by: User, at: datetime, seen: int, read_at: datetime | None = None
) -> None:
    """
    Say that nothing arose; what the agencies below say counts all the same.

    :raises IllegalMove, PermissionDenied, StaleObject: as `send`.
    :raises Refused: as `send`, and if the agency wrote something in it.
    """
    changes = _send(report, ReportMove.SEND_NIL, by=by, at=at, seen=seen, read_at=read_at)
    _check_empty(report)
    audit.record("reports.nil", report, by=by, at=at, changes=changes)


def _check_empty(report: Report) -> None:
    """A report that says something is not nil; nobody writes any more once the row is taken."""
    written = report.texts.exclude(text="").order_by("section__order")
    if titles := list(written.values_list("section__title", flat=True)):
        names = "; ".join(f"“{each}”" for each in titles)
        raise Refused(
            f"Báo cáo đã có lời văn ở mục {names}. Xóa lời văn rồi báo cáo không phát sinh, hoặc "
            "gửi báo cáo như thường."
        )


def _check_words(report: Report, *, by: User, read_at: datetime | None) -> None:
    """Nobody writes any more once the row is taken: words that came until then are seen here."""
    if read_at is not None and (
        report.texts.filter(written_at__gt=read_at).exclude(written_by=by).exists()
    ):
        raise StaleObject


def _send(
    report: Report,
    move: ReportMove,
    *,
    by: User,
    at: datetime,
    seen: int,
    read_at: datetime | None,
) -> tuple[audit.Change, ...]:
    if report.receiver is None:
        raise Refused("Báo cáo này gửi lên trên bằng văn bản đã ký: ghi số, ngày của văn bản.")
    changes = _leave(report, move, by=by, at=at, seen=seen, sent_at=at)
    _check_words(report, by=by, read_at=read_at)
    nil = " (không phát sinh)" if move is ReportMove.SEND_NIL else ""
    late = ", quá hạn" if report.is_late_on(at.date()) else ""
    text = f"{report.agency.label} gửi {report.period.name}{nil}{late}."
    tell_receiver(report, text, at=at)
    return changes


def _leave(
    report: Report, move: ReportMove, *, by: User, at: datetime, seen: int, sent_at: datetime
) -> tuple[audit.Change, ...]:
    if report.period.frozen_at is None:
        day = format_date(report.period.to_on)
        raise Refused(
            f"Số liệu của kỳ này chưa chốt (chốt sau ngày {day}). Chốt xong mới gửi được báo cáo."
        )
    changes = make_move(
        report,
        move,
        by=by,
        seen=seen,
        reason="",
        sent_at=sent_at,
        sent_by=by,
        is_nil=move is ReportMove.SEND_NIL,
        nil_proposed=False,
        first_sent_at=report.first_sent_at or sent_at,
    )
    _keep_basis(report)
    return changes


def _keep_basis(report: Report) -> None:
    """Keep which editions the report rests on; those of its last sending go."""
    ReportBasis.objects.filter(report=report).delete()
    branch: Branch = load_branch(report)
    ReportBasis.objects.bulk_create(
        ReportBasis(
            report=report,
            edition=branch.editions[each.pk][-1],
            was_sent=each is report or ReportStatus(each.status) in SENT,
        )
        for each in branch.reports
        if each.pk in branch.editions
    )


@transaction.atomic
def propose_nil(
    *,
    report: Report,
    is_nil: bool,
    by: User,
    at: datetime,
    seen: int,
    receiver: Agency | None = None,
) -> None:
    """
    Keep that the agency says that nothing arose, or no longer does; its head sends it, or not.

    `receiver`: the agency above, for which `by` enters what the agency sent it as a workbook.

    :raises IllegalMove, PermissionDenied: as `policies.check_entering`.
    :raises StaleObject: if the report changed since `seen` was seen.
    """
    policies.check_entering(by, report, receiver)
    old = report.nil_proposed
    report.change(seen_version=seen, nil_proposed=is_nil)
    if is_nil:
        _check_empty(report)
        text = f"{report.period.name}: có đề nghị báo cáo không phát sinh, chờ thủ trưởng gửi."
        tell_writers(report, text, at=at)
    answers = {True: "Có", False: "Không"}
    change = audit.Change("Đề nghị báo cáo không phát sinh", answers[old], answers[is_nil])
    reason = ENTERED if receiver else ""
    audit.record("reports.nil_proposed", report, by=by, at=at, changes=[change], reason=reason)


@transaction.atomic
def recall(*, report: Report, by: User, at: datetime, seen: int) -> None:
    """
    Take a sent report back, as long as nobody has received it; the day of sending stays.

    Its signed document stays, too, out of sight until it is recorded anew.

    :raises IllegalMove, PermissionDenied: as `policies.check`.
    :raises StaleObject: if the report changed since `seen` was seen.
    """
    changes = make_move(report, ReportMove.RECALL, by=by, seen=seen, is_nil=False)
    ReportBasis.objects.filter(report=report).delete()
    tell_receiver(report, f"{report.agency.label} rút {report.period.name} để sửa.", at=at)
    audit.record("reports.recalled", report, by=by, at=at, changes=changes)


@dataclass(frozen=True, slots=True)
class SignedReport:
    """What stands on the signed report."""

    number: str
    symbol: str
    issued_on: date
    signer_name: str
    signer_title: str = ""
    signer_authority: str = ""


@transaction.atomic
def record_sent(
    *,
    report: Report,
    signed: SignedReport,
    upload: Upload | None,
    by: User,
    at: datetime,
    seen: int,
) -> None:
    """
    Record the signed document as which the report of the agency that asks went up.

    It counts as sent on the day of the document.

    :raises IllegalMove, PermissionDenied: as `policies.check`.
    :raises Refused: if the report goes to an agency that works here, the figures are not frozen,
        the day lies ahead or before the cut-off, or the file cannot be taken.
    :raises StaleObject: if the report changed since `seen` was seen.
    """
    if report.receiver is not None:
        raise Refused("Báo cáo này gửi ngay trên phần mềm, không cần ghi văn bản.")
    if not report.period.to_on <= signed.issued_on <= at.date():
        last = format_date(report.period.to_on)
        raise Refused(f"Ngày văn bản phải từ ngày chốt số liệu {last} đến hôm nay.", "issued_on")
    day = datetime.combine(signed.issued_on, at.timetz()) if signed.issued_on != at.date() else at
    changes = _leave(report, ReportMove.SEND, by=by, at=at, seen=seen, sent_at=day)
    document = report.document or documents.draft_outgoing(
        owner=report.agency,
        doc_type="báo cáo",
        symbol=signed.symbol,
        subject=report.period.name,
        by=by,
        at=at,
    )
    file = files.store_optional(upload, at=at)
    entry = documents.register_outgoing(
        document=document,
        values={
            "number": signed.number.strip()[:20],
            "symbol": signed.symbol.strip()[:60],
            "issued_on": signed.issued_on,
            "signer_name": signed.signer_name.strip()[:150],
            "signer_title": signed.signer_title.strip()[:150],
            "signer_authority": signed.signer_authority.strip()[:200],
        },
        file=file,
        by=by,
        at=at,
    )
    Report.objects.filter(pk=report.pk).update(document=document)
    report.document = document
    tell_writers(report, f"{report.period.name}: đã gửi {report.period.addressee}.", at=at)
    sent = audit.Entry("reports.sent", report, (*changes, _as_document(report)))
    audit.record_all([sent, entry], by=by, at=at)


def _as_document(report: Report) -> audit.Change:
    on = timezone.localtime(report.sent_at).date() if report.sent_at else None
    words = report.document.title if report.document else ""
    return audit.Change("Văn bản đã ký", "", words or format_date(on or report.due_on))
