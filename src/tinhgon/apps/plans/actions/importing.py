"""A signed decision on plans comes in: read, matched with the registry, put right, or put aside."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from django.db import transaction

from tinhgon.apps.accounts.models import User
from tinhgon.apps.agencies import queries as agencies
from tinhgon.apps.agencies.models import Agency
from tinhgon.apps.audit import actions as audit
from tinhgon.apps.files.actions import store_upload
from tinhgon.apps.files.enums import LETTERS
from tinhgon.apps.plans import policies
from tinhgon.apps.plans.enums import (
    IMPORT_LABELS,
    ROW_LABELS,
    VERDICT_LABELS,
    ImportMove,
    ImportStatus,
    MatchedBy,
    MeasureKind,
    RowChoice,
    Verdict,
)
from tinhgon.apps.plans.imports import (
    ReadPlan,
    Unreadable,
    match_rows,
    read_decision,
)
from tinhgon.apps.plans.models import PlanImport, PlanImportRow
from tinhgon.apps.plans.queries.import_standing import versions_on
from tinhgon.apps.plans.queries.imports import has_reviews
from tinhgon.apps.programmes.models import Round
from tinhgon.apps.reviews import policies as reviews
from tinhgon.common.bulk import insert
from tinhgon.common.refusal import Refused
from tinhgon.common.uploads import Upload
from tinhgon.domain.simplification import KIND_WORDS, PLAN_IMPORT

_MATCHED = ("procedure", "version", "matched_by", "offers", "choice")
_ENTERED = (*_MATCHED, "reason", "verdict", "verdict_reason", "said", "texts")
_HEADING_WORDS = {
    "number": "Số",
    "symbol": "Ký hiệu",
    "issued_on": "Ngày ký",
    "subject": "Trích yếu",
    "signer_name": "Người ký",
    "signer_title": "Chức vụ người ký",
    "signer_authority": "Quyền hạn người ký",
}
LONGEST_REASON = 500
LONGEST_VERDICT_REASON = 2_000
_EXPLAINED = (Verdict.PARTLY, Verdict.REFUSED)


@transaction.atomic
def receive_decision(
    *, upload: Upload, agency: Agency, programme_round: Round, by: User, at: datetime
) -> PlanImport:
    """
    Keep a signed decision with what was read of it, each procedure beside its match; nothing of it
    counts before it is written.

    :raises PermissionDenied: if `by` may not enter decisions on plans of the agency.
    :raises FileRefused: if it is no file of the kinds that are taken.
    :raises Refused: if it cannot be read as a decision on plans, or the round is of another branch.
    """
    policies.check_import_for(by, agency)
    _check_round(programme_round, agency, by)
    file = store_upload(upload, at=at, allowed=LETTERS)
    read = _read(upload)
    on = _day(read.heading["issued_on"]) or at.date()
    root = agencies.root_of(agency)
    plan_import = PlanImport.objects.create(
        agency=agency,
        round=programme_round,
        file=file,
        issuer=agencies.issuer_named(read.heading["agency_name"], root=root, on=on),
        heading=read.heading,
        totals=read.totals,
        findings=read.findings,
        unread=read.unread,
        created_at=at,
        created_by=by,
    )
    for row in read.rows:
        row.plan_import = plan_import
    match_rows(plan_import, read.rows, today=at.date())
    insert(read.rows)
    change = audit.Change("Thủ tục đọc được", "", str(len(read.rows)))
    audit.record("plans.import_received", plan_import, by=by, at=at, changes=[change])
    return plan_import


def _read(upload: Upload) -> ReadPlan:
    try:
        return read_decision(upload)
    except Unreadable as e:
        raise Refused(str(e), "file") from e


def _check_round(programme_round: Round, agency: Agency, by: User) -> None:
    runs = programme_round.programme.agency
    if not (agency.path or "/").startswith(runs.path or "/"):
        raise Refused(f"Đợt này của {runs.name}, không có {agency.name}. Chọn đợt khác.", "round")
    if not has_reviews(programme_round):
        reviews.check_manage(by, runs)


@dataclass(frozen=True, slots=True)
class Heading:
    """What a decision says of itself, as a person put it right; texts as the register has them."""

    issuer: Agency
    issued_on: date
    texts: Mapping[str, str]


@transaction.atomic
def correct_heading(
    *,
    plan_import: PlanImport,
    heading: Heading,
    programme_round: Round,
    by: User,
    at: datetime,
    seen: int,
) -> None:
    """
    Put right what was read of the heading, and the round; the day decides on the versions matched.

    :raises IllegalMove, PermissionDenied, StaleObject: as `move_import`.
    :raises Refused: if the round is of another branch, or the day lies ahead.
    """
    _check_round(programme_round, plan_import.agency, by)
    if heading.issued_on > at.date():
        raise Refused("Ngày ký không thể sau hôm nay.", "issued_on")
    old = plan_import.heading
    new = {**old, **heading.texts, "issued_on": heading.issued_on.isoformat()}
    changes = [
        audit.Change(words, old.get(name, ""), new[name])
        for name, words in _HEADING_WORDS.items()
        if old.get(name, "") != new[name]
    ]
    before = (str(plan_import.issuer or ""), str(plan_import.round))
    move_import(
        plan_import,
        ImportMove.EDIT,
        by=by,
        seen=seen,
        heading=new,
        issuer=heading.issuer,
        round=programme_round,
    )
    after = (str(heading.issuer), str(programme_round))
    names = ("Cơ quan ban hành", "Đợt")
    changes += [
        audit.Change(*row) for row in zip(names, before, after, strict=True) if row[1] != row[2]
    ]
    _match(plan_import, on=at.date())
    audit.record("plans.import_changed", plan_import, by=by, at=at, changes=changes)


@transaction.atomic
def match_again(*, plan_import: PlanImport, by: User, at: datetime, seen: int) -> None:
    """
    Compare with the registry as it stands now; what people chose or left out stays.

    :raises IllegalMove, PermissionDenied, StaleObject: as `move_import`.
    """
    move_import(plan_import, ImportMove.EDIT, by=by, seen=seen)
    _match(plan_import, on=at.date())
    audit.record("plans.import_matched", plan_import, by=by, at=at)


def _match(plan_import: PlanImport, *, on: date) -> None:
    rows = list(plan_import.rows.order_by("order"))
    match_rows(plan_import, rows, today=on)
    PlanImportRow.objects.bulk_update(rows, _MATCHED, batch_size=100)


@dataclass(frozen=True, slots=True)
class RowEntry:
    """
    What a person says of one procedure of the decision.

    `procedure`: the key of the procedure that it is, 0 for none. `kinds` of its measures, in their
    order; `granted`: where only some were approved, whether each was. `verdict_reason`: why not all
    of it was. `texts` as `PlanImportRow` keeps them.
    """

    choice: RowChoice
    procedure: int = 0
    reason: str = ""
    verdict: Verdict = Verdict.APPROVED
    verdict_reason: str = ""
    kinds: Sequence[MeasureKind] = ()
    granted: Sequence[bool] = ()
    texts: Sequence[Mapping[str, Any]] = field(default_factory=list)


@transaction.atomic
def change_row(*, row: PlanImportRow, entry: RowEntry, by: User, at: datetime, seen: int) -> None:
    """
    Say which procedure it is, or why it is left out; of which kinds its measures are, and which
    texts must change. `seen` is the version of the import.

    :raises IllegalMove, PermissionDenied, StaleObject: as `move_import`.
    :raises Refused: if it is left out without a reason, or the procedure is none of the branch; or
        if not all of it was approved and nothing says why, or which measures were.
    """
    plan_import = row.plan_import
    move_import(plan_import, ImportMove.EDIT, by=by, seen=seen)
    old = _words(row)
    _choose(plan_import, row, entry)
    row.reason = _reason(entry)
    row.choice = entry.choice.value
    for measure, kind in zip(row.said["measures"], entry.kinds, strict=True):
        measure["kind"] = kind.value
    if entry.choice is RowChoice.TAKE:
        _judge(row, entry)
    row.texts = [dict(text) for text in entry.texts]
    row.save(update_fields=_ENTERED)
    changes = [
        audit.Change(name, before, after)
        for (name, before), after in zip(old.items(), _words(row).values(), strict=True)
        if before != after
    ]
    first = audit.Change("Thủ tục theo quyết định", "", row.name)
    audit.record("plans.import_row_changed", plan_import, by=by, at=at, changes=[first, *changes])


def _choose(plan_import: PlanImport, row: PlanImportRow, entry: RowEntry) -> None:
    if entry.choice is RowChoice.LEAVE or entry.procedure == row.procedure_id:
        return
    on = _day(plan_import.heading.get("issued_on", "")) or plan_import.created_at.date()
    found = versions_on(plan_import.agency, [entry.procedure], on=on)
    version = found.get(entry.procedure)
    if version is None:
        raise Refused("Chọn một thủ tục đã công bố thuộc phạm vi nhập.", "procedure")
    row.procedure, row.version = version.procedure, version
    row.matched_by = MatchedBy.PERSON.value


def _judge(row: PlanImportRow, entry: RowEntry) -> None:
    """Write what the decision says of the procedure, and of each of its measures."""
    measures, verdict = row.said["measures"], entry.verdict
    if verdict is Verdict.PARTLY:
        granted = list(entry.granted)
        if not any(granted) or all(granted):
            raise Refused(
                "Đánh dấu nội dung được phê duyệt: một số, không phải tất cả. Nếu quyết định chỉ "
                "nêu một nội dung, chọn “Phê duyệt” hoặc “Không phê duyệt”.",
                "verdict",
            )
    else:
        granted = [verdict is not Verdict.REFUSED] * len(measures)
    for measure, is_granted in zip(measures, granted, strict=True):
        measure["granted"] = is_granted
    row.verdict, row.verdict_reason = verdict.value, ""
    if verdict in _EXPLAINED:
        row.verdict_reason = entry.verdict_reason.strip()[:LONGEST_VERDICT_REASON]
        if not row.verdict_reason:
            raise Refused("Ghi lý do không phê duyệt nêu trong quyết định.", "verdict_reason")


def _reason(entry: RowEntry) -> str:
    if entry.choice is RowChoice.TAKE:
        return ""
    reason = entry.reason.strip()[:LONGEST_REASON]
    if not reason:
        raise Refused("Ghi lý do không nhập thủ tục này.", "reason")
    return reason


def _words(row: PlanImportRow) -> dict[str, str]:
    kinds = "; ".join(KIND_WORDS[MeasureKind(m["kind"])] for m in row.said["measures"])
    choice = ROW_LABELS[RowChoice(row.choice)] if row.choice else ""
    refused = [m for m in row.said["measures"] if not m.get("granted", True)]
    return {
        "Thủ tục trong danh mục": f"{row.procedure.local_code}" if row.procedure else "",
        "Xử lý": choice,
        "Lý do không nhập": row.reason,
        "Kết quả": VERDICT_LABELS[Verdict(row.verdict)],
        "Lý do không phê duyệt": row.verdict_reason,
        "Nội dung không được phê duyệt": "; ".join(m["content"][:200] for m in refused),
        "Loại nội dung": kinds,
        "Văn bản phải sửa": "; ".join(f"{t['provision']} {t['text']}".strip() for t in row.texts),
    }


@transaction.atomic
def leave_unclear(
    *, plan_import: PlanImport, reason: str, by: User, at: datetime, seen: int
) -> int:
    """
    Leave out, for one reason, all procedures that nobody has decided on; return how many.

    :raises IllegalMove, PermissionDenied, StaleObject: as `move_import`.
    :raises Refused: if no reason is given.
    """
    why = _reason(RowEntry(RowChoice.LEAVE, reason=reason))
    move_import(plan_import, ImportMove.EDIT, by=by, seen=seen)
    rows = plan_import.rows.filter(choice="")
    count = rows.update(choice=RowChoice.LEAVE.value, reason=why)
    change = audit.Change("Số thủ tục không nhập", "", str(count))
    audit.record(
        "plans.import_row_changed", plan_import, by=by, at=at, changes=[change], reason=why
    )
    return count


@transaction.atomic
def discard_import(*, plan_import: PlanImport, by: User, at: datetime, seen: int) -> None:
    """
    Put a decision aside that was not written; what was read is forgotten, the file stays.

    :raises IllegalMove, PermissionDenied, StaleObject: as `move_import`.
    """
    changes = move_import(plan_import, ImportMove.DISCARD, by=by, seen=seen)
    plan_import.rows.all().delete()
    audit.record("plans.import_discarded", plan_import, by=by, at=at, changes=changes)


def move_import(
    plan_import: PlanImport, move: ImportMove, *, by: User, seen: int, **values: Any
) -> tuple[audit.Change, ...]:
    """
    Move the import along the table of states; return the change of state in words.

    :raises IllegalMove: if nobody may, because of its state.
    :raises PermissionDenied: if somebody may, but not `by`.
    :raises StaleObject: if it changed since `seen` was seen.
    """
    policies.check_import(by, move, plan_import)
    old = ImportStatus(plan_import.status)
    new = PLAN_IMPORT.transition_for(old, move).to
    plan_import.change(seen_version=seen, status=new.value, **values)
    return audit.state_changes(IMPORT_LABELS, old, new)


def _day(text: str) -> date | None:
    return date.fromisoformat(text) if text else None
