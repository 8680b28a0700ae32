"""How the agencies of a programme are ranked, and whether everybody may see how far they are."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from tinhgon.apps.accounts.models import User
from tinhgon.apps.audit import actions as audit
from tinhgon.apps.monitoring import policies
from tinhgon.apps.monitoring.models import MonitoringSetting
from tinhgon.apps.programmes.actions import hold_setting, write_setting
from tinhgon.apps.programmes.models import Programme
from tinhgon.common.refusal import Refused
from tinhgon.domain.monitoring import AREA_LABELS, RANKED, Rule, usual_rule


@transaction.atomic
def set_monitoring(
    *, programme: Programme, rule: Rule, is_public: bool, by: User, at: datetime, seen: int
) -> MonitoringSetting:
    """
    Say how the agencies of a programme are ranked, and whether their totals are public.

    `rule.basis` names the document that says so, or the reason. Where only the totals are opened or
    closed, what the ranking rests on is kept, and the reason stands in the trail. `seen` is the
    version of the setting, 0 where there is none yet.

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
    rows = MonitoringSetting.objects.all()
    known = hold_setting(rows, programme)
    was = (known.rule, known.is_public) if known else (usual_rule(at.date()), False)
    setting = write_setting(
        rows,
        known,
        programme,
        seen=seen,
        completeness=rule.completeness,
        weights={area.value: rule.weights.get(area, 0) for area in RANKED},
        is_public=is_public,
        basis=_basis(was, (rule, is_public))[:300],
        set_at=at,
        set_by=by,
    )
    audit.record(
        "monitoring.set",
        setting,
        by=by,
        at=at,
        changes=_changes(was, (rule, is_public)),
        reason=rule.basis.strip(),
    )
    return setting


def _basis(was: tuple[Rule, bool], now: tuple[Rule, bool]) -> str:
    (old, was_public), (rule, is_public) = was, now
    same = _told(old, is_public=is_public) == _told(rule, is_public=is_public)
    return old.basis if same and was_public != is_public else rule.basis.strip()


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
