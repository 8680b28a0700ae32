"""How the agencies of a programme are ranked, and whether everybody may see how far they are."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import F

from tinhgon.apps.accounts.models import User
from tinhgon.apps.audit import actions as audit
from tinhgon.apps.monitoring import policies
from tinhgon.apps.monitoring.models import MonitoringSetting
from tinhgon.apps.programmes.models import Programme
from tinhgon.common.models import StaleObject
from tinhgon.common.refusal import Refused
from tinhgon.domain.monitoring import AREA_LABELS, RANKED, Rule, usual_rule


@transaction.atomic
def set_monitoring(
    *, programme: Programme, rule: Rule, is_public: bool, by: User, at: datetime, seen: int
) -> MonitoringSetting:
    """
    Say how the agencies of a programme are ranked, and whether their totals are public.

    `rule.basis` names the document that says so, or the reason. `seen` is the version of the
    setting, 0 where there is none yet.

    :raises PermissionDenied: if `by` may not.
    :raises StaleObject: if somebody else set it since.
    :raises Refused: if no basis is given, or nothing can be reckoned by the rule.
    """
    policies.check_set(by, programme)
    if not rule.basis.strip():
        raise Refused("Ghi văn bản quy định cách chấm điểm, hoặc lý do.", "basis")
    if not rule.is_sound:
        raise Refused(
            "Mỗi số từ 0 đến 100 và ít nhất một phần việc có trọng số lớn hơn 0.", "completeness"
        )
    values = {
        "completeness": rule.completeness,
        "weights": {area.value: rule.weights.get(area, 0) for area in RANKED},
        "is_public": is_public,
        "basis": rule.basis.strip()[:300],
        "set_at": at,
        "set_by": by,
    }
    # Who sets the first one at the same moment waits here, and is told that he comes second.
    Programme.objects.filter(pk=programme.pk).update(name=F("name"))
    known = MonitoringSetting.objects.filter(programme=programme).first()
    was = (known.rule, known.is_public) if known else (usual_rule(at.date()), False)
    setting = _write(known, programme, values, seen)
    audit.record(
        "monitoring.set",
        setting,
        by=by,
        at=at,
        changes=_changes(was, (rule, is_public)),
        reason=rule.basis.strip(),
    )
    return setting


def _write(
    known: MonitoringSetting | None, programme: Programme, values: dict[str, Any], seen: int
) -> MonitoringSetting:
    if known is not None:
        known.change(seen_version=seen, **values)
        return known
    if seen:
        raise StaleObject
    return MonitoringSetting.objects.create(programme=programme, **values)


def _changes(old: tuple[Rule, bool], new: tuple[Rule, bool]) -> list[audit.Change]:
    was, now = (_told(rule, is_public=shown) for rule, shown in (old, new))
    return [audit.Change(name, was[name], now[name]) for name in now if was[name] != now[name]]


def _told(rule: Rule, *, is_public: bool) -> dict[str, str]:
    weights = {f"Trọng số {AREA_LABELS[area]}": str(rule.weights.get(area, 0)) for area in RANKED}
    return {
        "Tỷ lệ hoàn thành trong điểm": f"{rule.completeness}%",
        **weights,
        "Công khai tiến độ": "có" if is_public else "không",
    }
