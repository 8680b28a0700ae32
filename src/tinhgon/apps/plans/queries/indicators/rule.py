"""The counting rule of a programme, with how it came to be."""

from __future__ import annotations

from typing import TypedDict

from django.utils import timezone

from tinhgon.apps.audit import queries as audit
from tinhgon.apps.audit.models import Event
from tinhgon.apps.plans.enums import COST_RULE_LABELS, NUMBER_RULE_LABELS
from tinhgon.apps.plans.models import CountingSetting
from tinhgon.apps.programmes.models import Programme
from tinhgon.domain.simplification import USUAL_RULE, CountingRule
from tinhgon.domain.vntext import format_date, format_percent

PLANNED_WORDS = (
    "“Có phương án” gồm cả phương án đang soạn và đang trình; không gồm phương án đã rút và "
    "thủ tục không được phê duyệt."
)
"""What the first stage counts: it says nothing of approval."""


class RulePage(TypedDict):
    programme: Programme
    setting: CountingSetting | None
    rule: CountingRule
    words: list[str]
    version: int
    history: list[Event]


def rule_page(*, programme: Programme) -> RulePage:
    """Return the rule that holds; where nobody set one, the usual one, of version 0."""
    found = CountingSetting.objects.select_related("set_by").filter(programme=programme).first()
    rule = found.rule if found else CountingRule()
    return {
        "programme": programme,
        "setting": found,
        "rule": rule,
        "words": rule_words(rule, found),
        "version": found.version if found else 0,
        "history": audit.history_of(found) if found else [],
    }


def rule_words(rule: CountingRule, setting: CountingSetting | None) -> list[str]:
    """Return the rule as the line under a table says it, and what it rests on."""
    number, cost = (format_percent(each * 100) for each in (rule.number_target, rule.cost_target))
    words = (
        f"Quy tắc đang áp dụng: số thủ tục theo {NUMBER_RULE_LABELS[rule.number]}, ít nhất "
        f"{number}; chi phí theo {COST_RULE_LABELS[rule.cost]}, ít nhất {cost}."
    )
    if setting is None:
        return [words, f"Căn cứ: {USUAL_RULE}"]
    day = format_date(timezone.localtime(setting.set_at).date())
    return [words, f"Căn cứ: {setting.basis} (đặt ngày {day})."]
