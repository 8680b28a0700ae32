"""Whether each procedure of a decision on its way in can be written, as things stand now."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import F

from tinhgon.apps.accounts.models import User
from tinhgon.apps.agencies.models import Agency
from tinhgon.apps.plans import policies
from tinhgon.apps.plans.enums import ImportStatus, RowChoice
from tinhgon.apps.plans.models import PlanImport, PlanImportRow, PlanItem
from tinhgon.apps.procedures.models import ProcedureVersion
from tinhgon.apps.reviews.models import Review
from tinhgon.common.batches import batches
from tinhgon.domain.procedures import PUBLISHED
from tinhgon.domain.reviewing import Status

_LEFT_OUT = "mở mục này, ghi lý do không nhập"
_ANOTHER_ROUND = f"Chọn đợt khác ở phần đầu quyết định, hoặc {_LEFT_OUT}."
_UNKNOWN = (
    "Thủ tục đã chọn không còn trong danh mục. Đối chiếu lại với danh mục, hoặc mở mục này để "
    "chọn lại."
)
_UNPUBLISHED = (
    "Thủ tục này chưa có phiên bản nào được công bố thuộc phạm vi nhập. Nhập quyết định công bố "
    f"trước rồi đối chiếu lại, hoặc {_LEFT_OUT}."
)
_CHANGED = (
    "Danh mục vừa có phiên bản khác của thủ tục này. Đối chiếu lại với danh mục rồi xem mục này."
)
_TWICE = (
    "Trùng thủ tục với mục {position} của quyết định. Chọn thủ tục khác cho một trong hai mục, "
    "hoặc ghi lý do không nhập mục này."
)
_NOT_LIVE = (
    "Đã có trong phương án của {agency} ở đợt này, không được phê duyệt hoặc đã rút. Lập phương án "
    f"bổ sung rồi ghi quyết định vào phương án đó; ở đây {_LEFT_OUT}."
)
_LIVE = f"Đã có trong phương án của {{agency}} ở đợt này. {_ANOTHER_ROUND}"
_BEGUN = f"Đang được rà soát trong hệ thống ở đợt này, không ghi đè được. {_ANOTHER_ROUND}"
_ELSEWHERE = (
    "Phương án này thuộc {agency}, anh/chị không được ghi quyết định cho cơ quan đó. Nhờ người ghi "
    f"quyết định của cơ quan đó hoặc của Văn phòng ghi cả quyết định, hoặc {_LEFT_OUT}."
)


def versions_on(
    agency: Agency, procedures: Collection[int], *, on: date
) -> dict[int, ProcedureVersion]:
    """
    Return procedure → the version that a decision of a day was about, on the branch of the agency:
    in force on that day, else the last before it, else the first of all.
    """
    found: dict[int, ProcedureVersion] = {}
    for batch in batches(sorted(procedures)):
        rows = (
            ProcedureVersion.objects.filter(procedure__in=batch, status__in=PUBLISHED)
            .filter(holder__path__startswith=agency.path or "/")
            .select_related("procedure__agency", "holder")
            .defer("content")
            .order_by(F("valid_from").asc(nulls_last=True), "number")
        )
        for row in rows:
            begins = row.valid_from
            if row.procedure_id not in found or (begins and begins <= on):
                found[row.procedure_id] = row
    return found


@dataclass(frozen=True, slots=True)
class Standing:
    """
    Of the procedures of a decision: all, those that would be written now, left out, undecided; and
    of those to be written that cannot be, why and what to do about it, by the key of the row.
    """

    total: int
    ready: int
    left: int
    undecided: int
    faults: Mapping[int, str]
    faulty: tuple[str, ...]
    """Where the faulty ones stand in the decision."""


def standing_of(plan_import: PlanImport, *, today: date, by: User | None) -> Standing:
    """Return what would become of the procedures of a decision if `by` wrote it now."""
    rows = list(
        plan_import.rows.order_by("order").only(
            "plan_import", "order", "position", "choice", "procedure", "version"
        )
    )
    wanted = [row for row in rows if row.choice == RowChoice.TAKE.value]
    faults = {}
    if plan_import.status == ImportStatus.PREVIEWED.value:
        faults = _faults(plan_import, wanted, today=today, by=by)
    return Standing(
        total=len(rows),
        ready=len(wanted) - len(faults),
        left=sum(row.choice == RowChoice.LEAVE.value for row in rows),
        undecided=sum(not row.choice for row in rows),
        faults=faults,
        faulty=tuple(_position(row) for row in wanted if row.pk in faults),
    )


def _faults(
    plan_import: PlanImport, rows: Sequence[PlanImportRow], *, today: date, by: User | None
) -> dict[int, str]:
    procedures = {row.procedure_id for row in rows if row.procedure_id}
    on = date.fromisoformat(plan_import.heading.get("issued_on") or today.isoformat())
    versions = versions_on(plan_import.agency, procedures, on=on)
    taken = _taken(plan_import, procedures)
    reviews = _reviews(plan_import, procedures)
    first: dict[int, str] = {}
    found = {}
    for row in rows:
        key = row.procedure_id or 0
        version = versions.get(key)
        if not key:
            found[row.pk] = _UNKNOWN
        elif version is None:
            found[row.pk] = _UNPUBLISHED
        elif version.pk != row.version_id:
            found[row.pk] = _CHANGED
        elif key in first:
            found[row.pk] = _TWICE.format(position=first[key])
        elif taken.get(key):
            found[row.pk] = taken[key]
        elif key in reviews and key not in taken and reviews[key].status != Status.TO_DO.value:
            found[row.pk] = _BEGUN
        else:
            agency = reviews[key].agency if key in reviews else version.holder
            if by and not policies.may_import_for(by, agency):
                found[row.pk] = _ELSEWHERE.format(agency=agency.name)
        first.setdefault(key, _position(row))
    return found


def _position(row: PlanImportRow) -> str:
    return row.position or str(row.order)


def _taken(plan_import: PlanImport, procedures: Collection[int]) -> dict[int, str]:
    """Return procedure → why its plan of the round bars another one; "" where it does not."""
    found = {}
    for batch in batches(sorted(procedures)):
        items = PlanItem.objects.filter(
            review__round__round=plan_import.round_id, review__procedure__in=batch
        )
        rows = items.order_by("is_live").values_list(
            "review__procedure", "plan__agency__name", "is_live", "review__status"
        )
        for procedure, agency, is_live, status in rows:
            words = _LIVE if is_live else _NOT_LIVE
            if not is_live and status == Status.ENTERED.value:
                words = ""  # a decision entered later tells of it anew
            found[procedure] = words.format(agency=agency)
    return found


def _reviews(plan_import: PlanImport, procedures: Collection[int]) -> dict[int, Review]:
    """Return procedure → its review in the round, whose agency has the plan."""
    found: dict[int, Review] = {}
    for batch in batches(sorted(procedures)):
        rows = Review.objects.filter(round__round=plan_import.round_id, procedure__in=batch)
        found |= {row.procedure_id: row for row in rows.select_related("agency")}
    return found
