"""Which figures are the official ones: a setting of each programme."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import transaction

from tinhgon.apps.accounts.models import User
from tinhgon.apps.audit import actions as audit
from tinhgon.apps.plans import policies
from tinhgon.apps.plans.enums import COST_RULE_LABELS, NUMBER_RULE_LABELS
from tinhgon.apps.plans.models import CountingSetting
from tinhgon.apps.programmes.actions import hold_setting, write_setting
from tinhgon.apps.programmes.models import Programme
from tinhgon.common.refusal import Refused
from tinhgon.domain.simplification import CountingRule
from tinhgon.domain.vntext import format_percent


@transaction.atomic
def set_counting_rule(
    *, programme: Programme, rule: CountingRule, basis: str, by: User, at: datetime, seen: int
) -> CountingSetting:
    """
    Say which figures of a programme are the official ones, and their targets.

    `basis` names the document that says so, or the reason. `seen` is the version of the setting, 0
    where there is none yet.

    :raises PermissionDenied: if `by` may not.
    :raises StaleObject: if somebody else set it since.
    :raises Refused: if a target is no share between 0 and 1, or no basis is given.
    """
    policies.check_count(by, programme.agency)
    if not basis.strip():
        raise Refused("Ghi văn bản quy định cách tính, hoặc lý do.", "basis")
    if not (0 <= rule.number_target <= 1 and 0 <= rule.cost_target <= 1):
        raise Refused("Chỉ tiêu tính từ 0% đến 100%.", "number_target")
    rows = CountingSetting.objects.all()
    known = hold_setting(rows, programme)
    old = known.rule if known else CountingRule()
    setting = write_setting(
        rows,
        known,
        programme,
        seen=seen,
        number_rule=rule.number.value,
        cost_rule=rule.cost.value,
        number_target=rule.number_target,
        cost_target=rule.cost_target,
        basis=basis.strip()[:300],
        set_at=at,
        set_by=by,
    )
    changes = _changes(old, rule)
    audit.record(
        "plans.counting_rule_set", setting, by=by, at=at, changes=changes, reason=basis.strip()
    )
    return setting


def _changes(old: CountingRule, new: CountingRule) -> list[audit.Change]:
    def share(target: Any) -> str:
        return format_percent(target * 100)

    rows = [
        ("Số thủ tục", NUMBER_RULE_LABELS[old.number], NUMBER_RULE_LABELS[new.number]),
        ("Chi phí", COST_RULE_LABELS[old.cost], COST_RULE_LABELS[new.cost]),
        ("Chỉ tiêu số thủ tục", share(old.number_target), share(new.number_target)),
        ("Chỉ tiêu chi phí", share(old.cost_target), share(new.cost_target)),
    ]
    return [audit.Change(*row) for row in rows if row[1] != row[2]]
