"""The version of a procedure that carries the approved measures out, made in the registry."""

from __future__ import annotations

from datetime import datetime

from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction

from tinhgon.apps.accounts.models import User
from tinhgon.apps.audit import actions as audit
from tinhgon.apps.plans import policies
from tinhgon.apps.plans.enums import Verdict
from tinhgon.apps.plans.models import PlanItem
from tinhgon.apps.procedures import actions as procedures
from tinhgon.apps.procedures.models import ProcedureVersion
from tinhgon.common.models import StaleObject
from tinhgon.common.refusal import Refused
from tinhgon.domain.procedures import PUBLISHED, UNPUBLISHED, Record
from tinhgon.domain.simplification import GRANTED

from ._costs import to_be_of


@transaction.atomic
def draft_amendment(*, item: PlanItem, by: User, at: datetime, seen: int) -> ProcedureVersion:
    """
    Start the amended version in the registry, filled in with what the approved measures lead to.

    Where another version came into force since the review, the draft holds that one as it is: the
    measures were made for other content, and somebody must look at both. So it does where the plan
    was entered from a signed decision: its measures are words, from which nothing is computed.

    :raises PermissionDenied: if `by` may not draft versions of the agency.
    :raises StaleObject: if the item or the procedure changed since `seen` was seen.
    :raises Refused: if nothing is to be amended, or a draft is open already.
    """
    _check(item, by)
    if item.ending:
        raise Refused("Thủ tục này bị bãi bỏ, gộp: lập quyết định công bố bãi bỏ.")
    versions = list(_versions(item))
    if any(version.status in UNPUBLISHED for version in versions):
        raise Refused("Thủ tục này đang có bản dự thảo. Gắn bản đó với phương án.")
    newest = next((version for version in versions if version.status in PUBLISHED), None)
    if newest is None:
        raise Refused("Thủ tục này chưa công bố.")
    row = procedures.Changed(_record_to_be(item, newest), newest, newest.version)
    written = procedures.draft_all([row], by=by, at=at)
    [draft] = written.versions
    item.change(seen_version=seen, amendment=draft)
    entry = audit.Entry("plans.amendment_drafted", item, _words(draft))
    audit.record_all([*written.entries, entry], by=by, at=at)
    return draft


@transaction.atomic
def link_amendment(
    *, item: PlanItem, version: ProcedureVersion, by: User, at: datetime, seen: int
) -> None:
    """
    Say that a version which is there already carries the measures out.

    :raises PermissionDenied: if `by` may not draft versions of the agency.
    :raises StaleObject: if the item changed since `seen` was seen.
    :raises Refused: if it is no later version of the procedure, or another item has it.
    """
    _check(item, by)
    reviewed = item.review.procedure_version
    later = version.procedure_id == reviewed.procedure_id and version.number > reviewed.number
    if not later or PlanItem.objects.filter(amendment=version).exists():
        raise Refused("Chọn một phiên bản sau phiên bản đã rà soát của thủ tục này.", "version")
    try:
        with transaction.atomic():
            item.change(seen_version=seen, amendment=version)
    except IntegrityError:
        raise StaleObject from None  # another item took the version at this very moment
    audit.record("plans.amendment_linked", item, by=by, at=at, changes=_words(version))


def _check(item: PlanItem, by: User) -> None:
    if not policies.may_amend(by, item):
        raise PermissionDenied
    if Verdict(item.verdict) not in GRANTED:
        raise Refused("Thủ tục này chưa được phê duyệt phương án.")
    if item.amendment_id is not None:
        raise Refused("Đã có phiên bản sửa đổi theo phương án này.")


def _versions(item: PlanItem) -> list[ProcedureVersion]:
    procedure = item.review.procedure_version.procedure_id
    rows = ProcedureVersion.objects.filter(procedure=procedure).order_by("-number")
    return list(rows.select_related("procedure__agency"))


def _record_to_be(item: PlanItem, newest: ProcedureVersion) -> Record:
    if newest.pk != item.review.procedure_version_id or item.plan.is_imported:
        return newest.record
    granted = item.measures.filter(granted_by__isnull=False).order_by("order", "pk")
    return to_be_of(item, granted).record or newest.record


def _words(version: ProcedureVersion) -> tuple[audit.Change, ...]:
    return (audit.Change("Phiên bản sửa đổi", "", f"lần {version.number}: {version.name}"[:300]),)
