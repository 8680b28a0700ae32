"""Decisions that were signed before anybody entered them here."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import IntegrityError, transaction
from django.db.models import ProtectedError

from tinhgon.apps.accounts.models import User
from tinhgon.apps.agencies.models import Agency
from tinhgon.apps.audit import actions as audit
from tinhgon.apps.documents import actions as documents
from tinhgon.apps.documents.models import Document
from tinhgon.apps.files.models import StoredFile
from tinhgon.apps.procedures import actions as procedures
from tinhgon.apps.procedures.enums import Action
from tinhgon.apps.procedures.models import Procedure, ProcedureVersion
from tinhgon.apps.publications import policies
from tinhgon.apps.publications.entries import DECISION
from tinhgon.apps.publications.enums import DecisionStatus, Grouping
from tinhgon.apps.publications.models import Decision, DecisionLine, LineEnding
from tinhgon.apps.publications.queries.checking import load_lines
from tinhgon.apps.search import actions as search
from tinhgon.common.batches import BATCH
from tinhgon.common.refusal import Refused
from tinhgon.domain.procedures import Record

from ._standing import recompute, take_turns
from .recording import Signed, document_values, free_code_key, touched_by


@dataclass(frozen=True, slots=True)
class Entered:
    """
    One line of a decision signed elsewhere.

    `record` is the content that it brings, None where it abolishes. `procedure` None: a new one,
    held by `agency`. `ends`: procedures whose place it takes. `code`: the national code that the
    line prints, written to the procedure if it has none.
    """

    action: Action
    printed_name: str
    record: Record | None = None
    procedure: Procedure | None = None
    agency: Agency | None = None
    position: str = ""
    section: str = ""
    note: str = ""
    abolishes: DecisionLine | None = None
    ends: tuple[Procedure, ...] = ()
    code: str = ""


@transaction.atomic
def enter_signed(
    *,
    issuer: Agency,
    drafter: Agency,
    subject: str,
    signed: Signed,
    lines: Sequence[Entered],
    file: StoredFile | None = None,
    text: str = "",
    by: User,
    at: datetime,
) -> Decision:
    """
    Enter a decision that is law already, with all that it published and ended, at one stroke.

    Decisions may be entered in any order of time, so what does not fit to the others is no reason
    to refuse one: its page shows it. The quality of contents is not asked either.

    :raises PermissionDenied: if `by` may not record decisions of the drafter.
    :raises Refused: if its number and day are taken, its day lies ahead, or a line says neither
        what it brings nor what it ends, or a national code is another procedure's.
    """
    policies.check_record(by, drafter)
    if signed.issued_on > at.date():
        raise Refused("Ngày ký không thể sau hôm nay.", "issued_on")
    _check(lines)
    take_turns(issuer)
    key = free_code_key(issuer.pk, signed.number, signed.symbol, signed.issued_on)
    document = _document(issuer, subject, signed, by=by, at=at)
    entry = documents.register_outgoing(
        document=document,
        values={**document_values(signed), "symbol": signed.symbol.strip()[:60]},
        file=file,
        by=by,
        at=at,
    )
    if text:
        documents.keep_text(document=document, text=text)
    decision = _decision(
        document=document,
        issuer=issuer,
        drafter=drafter,
        status=DecisionStatus.SIGNED.value,
        issued_on=signed.issued_on,
        effective_on=signed.first_day,
        grouping=Grouping.NONE.value,
        code_key=key,
        is_imported=True,
        created_at=at,
        created_by=by,
        recorded_at=at,
        recorded_by=by,
    )
    recompute(_write_lines(decision, lines, by=by, at=at))
    search.index(DECISION, [decision.pk])
    change = audit.Change("Số dòng", "", str(len(lines)))
    first = audit.Entry("publications.entered", decision, (change,))
    recoded = _recoded(decision) if any(line.code for line in lines) else []
    audit.record_all([first, entry, *recoded], by=by, at=at)
    return decision


@transaction.atomic
def undo_entered(*, decision: Decision, by: User, at: datetime, seen: int) -> None:
    """
    Take back a decision that `enter_signed` made, with the versions and procedures it brought.

    :raises PermissionDenied: if `by` may not record decisions of the drafter.
    :raises StaleObject: if the decision changed since `seen` was seen.
    :raises Refused: if it was not entered this way, or something was built on it since.
    """
    policies.check_record(by, decision.drafter)
    if not decision.is_imported:
        raise Refused("Chỉ hoàn tác được quyết định nhập từ văn bản đã ban hành.")
    take_turns(decision.issuer)
    decision.change(seen_version=seen)
    lines = load_lines(decision)
    touched = touched_by(lines)
    versions = [line.version for line in lines if line.version is not None]
    codes = [(line.procedure_id, line.coded) for line in lines if line.coded]
    document, own = decision.document, decision.pk
    audit.record("publications.withdrawn", decision, by=by, at=at)
    try:
        decision.delete()
        procedures.withdraw_published(versions)
        document.delete()
    except ProtectedError:
        raise Refused(
            "Thủ tục do quyết định này công bố đã có nội dung hoặc quyết định sau đó. "
            "Hoàn tác những nội dung đó trước."
        ) from None
    recompute(touched)
    search.index(DECISION, [own])
    given = dict(codes)
    audit.record_all(
        [
            _recoding(procedure, given[procedure.pk], "")
            for procedure in procedures.take_back_codes(codes)
        ],
        by=by,
        at=at,
    )


def _recoded(decision: Decision) -> list[audit.Entry]:
    lines = decision.lines.exclude(coded="").select_related("procedure")
    return [_recoding(line.procedure, "", line.coded) for line in lines]


def _recoding(procedure: Procedure, old: str, new: str) -> audit.Entry:
    change = audit.Change("Mã số quốc gia", old, new)
    return audit.Entry("procedures.recoded", procedure, (change,))


def _check(lines: Iterable[Entered]) -> None:
    seen: set[int] = set()
    for line in lines:
        if line.action.brings_version:
            known = line.record is not None and bool(line.procedure or line.agency)
        else:
            known = line.record is None and line.procedure is not None
        if not known:
            raise Refused(f"{line.printed_name}: chưa rõ thủ tục, nội dung hoặc cơ quan.")
        if line.procedure is not None and line.procedure.pk in seen:
            raise Refused(f"{line.printed_name}: một thủ tục có hai dòng trong quyết định.")
        if line.procedure is not None:
            seen.add(line.procedure.pk)


def _document(issuer: Agency, subject: str, signed: Signed, *, by: User, at: datetime) -> Document:
    return documents.draft_outgoing(
        owner=issuer,
        doc_type="quyết định",
        symbol=signed.symbol,
        subject=subject,
        by=by,
        at=at,
    )


def _decision(**values: object) -> Decision:
    try:
        with transaction.atomic():
            return Decision.objects.create(**values)
    except IntegrityError:
        raise Refused("Quyết định này vừa được người khác nhập.", "number") from None


def _write_lines(
    decision: Decision, lines: Sequence[Entered], *, by: User, at: datetime
) -> set[int]:
    """Write the lines with what they bring and end; return the procedures that they touch."""
    coded = [_new_code(line) for line in lines]
    versions = _versions(lines, by=by, at=at)
    made = DecisionLine.objects.bulk_create(
        (
            DecisionLine(
                decision=decision,
                order=order,
                position=line.position[:40],
                section=line.section[:500],
                action=line.action.value,
                procedure=version.procedure if version else line.procedure,
                version=version,
                printed_name=line.printed_name[:1000],
                abolishes=line.abolishes,
                note=line.note[:500],
                coded=code,
            )
            for order, (line, version, code) in enumerate(
                zip(lines, versions, coded, strict=True), start=1
            )
        ),
        batch_size=BATCH,
    )
    LineEnding.objects.bulk_create(
        (
            LineEnding(line=row, procedure=ended, printed_name=_name(ended))
            for row, line in zip(made, lines, strict=True)
            for ended in line.ends
        ),
        batch_size=BATCH,
    )
    ended = {procedure.pk for line in lines for procedure in line.ends}
    return {row.procedure_id for row in made} | ended


def _new_code(line: Entered) -> str:
    has_one = line.procedure is not None and bool(line.procedure.national_code)
    return "" if has_one or line.record is None else line.code


def _versions(lines: Sequence[Entered], *, by: User, at: datetime) -> list[ProcedureVersion | None]:
    rows = [
        procedures.Published(
            line.record,
            line.action,
            line.agency or _holder(line),
            line.procedure,
            line.code,
        )
        for line in lines
        if line.record is not None
    ]
    made = iter(procedures.enter_published(rows, by=by, at=at))
    return [next(made) if line.record is not None else None for line in lines]


def _holder(line: Entered) -> Agency:
    if line.procedure is None:
        raise ValueError("a line without procedure names the agency that holds the new one")
    return line.procedure.agency


def _name(procedure: Procedure) -> str:
    newest = procedure.versions.order_by("-number").only("name").first()
    return newest.name if newest else procedure.local_code
