"""How the agencies of a programme are ranked and what of it is public, with how it came to be."""

from __future__ import annotations

from datetime import date
from typing import TypedDict

from django.utils import timezone

from tinhgon.apps.audit import queries as audit
from tinhgon.apps.audit.models import Event
from tinhgon.apps.monitoring.models import MonitoringSetting
from tinhgon.apps.programmes.models import Programme
from tinhgon.domain.monitoring import Rule, usual_rule
from tinhgon.domain.vntext import format_date


class SettingPage(TypedDict):
    programme: Programme
    setting: MonitoringSetting | None
    rule: Rule
    words: list[str]
    version: int
    history: list[Event]


def setting_of(programme: Programme) -> MonitoringSetting | None:
    return MonitoringSetting.objects.filter(programme=programme).first()


def rule_of(setting: MonitoringSetting | None, on: date) -> Rule:
    return setting.rule if setting else usual_rule(on)


def rule_words(rule: Rule, setting: MonitoringSetting | None) -> list[str]:
    """Return the formula, and what it rests on."""
    words = f"Căn cứ: {rule.basis}"
    if setting is not None:
        words += f" (đặt ngày {format_date(timezone.localtime(setting.set_at).date())})."
    return [*rule.words, words]


def setting_page(*, programme: Programme, today: date) -> SettingPage:
    """Return what holds; where nobody set anything, the usual rule, of version 0."""
    setting = setting_of(programme)
    rule = rule_of(setting, today)
    return {
        "programme": programme,
        "setting": setting,
        "rule": rule,
        "words": rule_words(rule, setting),
        "version": setting.version if setting else 0,
        "history": audit.history_of(setting) if setting else [],
    }
