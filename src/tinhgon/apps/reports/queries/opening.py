"""With what the form of a new period starts: from the rules of a cycle, or from a letter's duty."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import Any

from django.db.models import Q

from tinhgon.apps.accounts.models import User
from tinhgon.apps.agencies.enums import Level
from tinhgon.apps.agencies.models import Agency
from tinhgon.apps.assignments.models import Duty
from tinhgon.apps.reports.enums import PeriodKind
from tinhgon.apps.reports.models import ReportPeriod
from tinhgon.common.http import whole_number
from tinhgon.domain.directives import summary
from tinhgon.domain.reporting import Cycle, Section, Tier, seed_regime
from tinhgon.domain.vntext import fold

TIERS = {
    Level.COMMUNE: Tier.COMMUNE,
    Level.DISTRICT: Tier.DISTRICT,
    Level.PROVINCE: Tier.DEPARTMENT,
}
"""Whose day of sending the agencies of a level have: below a province these are its departments."""

_ASKED_BY_LETTER = (
    Section("kho-khan", "Khó khăn, vướng mắc và nguyên nhân"),
    Section("kien-nghi", "Kiến nghị, đề xuất"),
)


def known_sections() -> list[Section]:
    """Return the sections that the rules name, whose keys and hints a period takes over."""
    return [*seed_regime().sections, *_ASKED_BY_LETTER]


def duties_to_answer(user: User, agencies: Sequence[Agency]) -> list[Duty]:
    """Return the duties given by one of these agencies that a report may answer, newest first."""
    rows = Duty.objects.visible_to(user).filter(issuer__in=agencies, withdrawn_at=None, parent=None)
    open_still = rows.filter(Q(wants_report=True) | Q(report_due_on__isnull=False) | _AT_REPORT)
    return list(open_still.select_related("directive__document", "issuer")[:_MOST])


_AT_REPORT = Q(due_kind="at_report")
_MOST = 40
_PRINTED = 230
"""Letters of a duty that stand in the name of its report, and in the heading of its section."""
_OF_COMMUNES, _TO_SUM_UP = f"due_{Level.COMMUNE.value}", timedelta(days=3)


def asking_duty(*, user: User, key: str) -> Duty | None:
    """Return the duty from whose page a period is opened; None where none such is visible."""
    pk = whole_number(key)
    if pk is None:
        return None
    seen = Duty.objects.visible_to(user).filter(pk=pk, withdrawn_at=None)
    return seen.select_related("directive__document", "issuer").first()


def start_from(query: Mapping[str, str], *, duty: Duty | None, today: date) -> dict[str, Any]:
    """Return the initial values: of the duty, of the cycle in the address, or of the next."""
    if duty is not None:
        return _from_duty(duty, today)
    try:
        cycle = Cycle(query.get("ky", ""))
    except ValueError:
        return _from_cycle(*seed_regime().next_due(today))
    year = whole_number(query.get("nam", "")) or today.year
    number = whole_number(query.get("so", "")) or 1
    return _from_cycle(cycle, year, number)


def _from_cycle(cycle: Cycle, year: int, number: int) -> dict[str, Any]:
    regime = seed_regime()
    year = min(max(year, 2011), 2198)
    number = min(max(number, 1), regime.count(cycle))
    found = regime.periodic(cycle, year, number)
    days = {f"due_{level.value}": found.due_on[tier] for level, tier in TIERS.items()}
    return {
        **days,
        "year": year,
        "number": number,
        "kind": PeriodKind(cycle.value),
        "name": found.name,
        "from_on": found.from_on,
        "to_on": found.to_on,
        "addressee": found.addressee.name,
        "due_on": found.due_on[Tier.PROVINCE],
        "headings": "\n".join(each.title for each in regime.sections),
        "levels": [level.value for level in TIERS],
    }


def cycle_notes(initial: Mapping[str, Any]) -> list[str]:
    """Return where the days that were filled in come from, and whether somebody checked them."""
    if initial.get("kind") == PeriodKind.SPECIAL:
        return []
    regime = seed_regime()
    addressee = regime.addressee_on(initial["due_on"])
    rule = regime.cut_offs[Cycle(initial["kind"])].basis
    return [
        f"Thời gian chốt số liệu: {rule}",
        f"Ngày gửi của từng cấp: {regime.sending[Tier.PROVINCE][1]}",
        f"Nơi nhận: {addressee.name}, {addressee.basis}",
    ]


def _from_duty(duty: Duty, today: date) -> dict[str, Any]:
    due_on = duty.report_due_on or duty.due_on or today
    words = duty.report_due_text or duty.due_text
    shares = duty.assignments.order_by("agency__order", "agency__name")
    first = duty.programme.starts_on if duty.programme else duty.issued_at.date()
    to_on = min(today, due_on) if duty.due_on is None else min(duty.due_on, due_on)
    days = dict.fromkeys((f"due_{level.value}" for level in TIERS), due_on)
    texts = dict.fromkeys((f"words_{level.value}" for level in TIERS), words)
    # The day of the letter is that of who got it: their communes send before, so that they sum up.
    days[_OF_COMMUNES] = max(to_on, due_on - _TO_SUM_UP)
    texts[f"words_{Level.COMMUNE.value}"] = ""
    return {
        **days,
        **texts,
        "kind": PeriodKind.SPECIAL,
        "name": f"Báo cáo kết quả: {_told(duty)}"[:300],
        "agency": duty.issuer_id,
        "programme": duty.programme_id,
        "from_on": min(first, to_on),
        "to_on": to_on,
        # Who asks sums up what came in by that day, and sends it on.
        "due_on": due_on + _TO_SUM_UP,
        "addressee": _addressee(duty, due_on),
        "basis": duty.directive.document.title[:300],
        "headings": "\n".join(each.title for each in _ASKED_BY_LETTER),
        "duties": [duty.pk],
        "agencies": "\n".join(shares.values_list("agency__name", flat=True)),
        "levels": [level.value for level in TIERS],
    }


def heading_for(duty: Duty) -> str:
    """Return the title of the section in which a report tells of a duty."""
    return f"Theo yêu cầu tại {duty.directive.document.code}: {_told(duty)}"[:300]


def _told(duty: Duty) -> str:
    """Return what the duty is about as a paper prints it, without the dots of a cut name."""
    return summary(duty.text, _PRINTED).rstrip("…")


def _addressee(duty: Duty, due_on: date) -> str:
    """What the letter wants told to the agency that gave it goes on to whom the rules name."""
    told, issuer = fold(duty.report_to), duty.issuer
    if told and not told.startswith((fold(issuer.label), fold(issuer.name))):
        return duty.report_to
    return seed_regime().addressee_on(due_on).name


def edited(period: ReportPeriod) -> dict[str, Any]:
    """Return the initial values of the form that changes a period."""
    own = period.reports.filter(receiver=None).values_list("due_on", flat=True).first()
    found: dict[str, Any] = {
        "name": period.name,
        "addressee": period.addressee,
        "basis": period.basis,
        "due_on": own,
        "version": period.version,
        "headings": "\n".join(period.sections.values_list("title", flat=True)),
    }
    for each in period.deadlines.all():
        found[f"due_{each.level}"] = each.due_on
        found[f"words_{each.level}"] = each.due_text
    return found
