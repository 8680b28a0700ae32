"""What the form of a difficulty offers, and what it starts with when opened from another page."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from tinhgon.apps.accounts.models import User
from tinhgon.apps.agencies.models import Agency
from tinhgon.apps.assignments.models import Assignment
from tinhgon.apps.difficulties.enums import DECIDER_LEVELS, Decider
from tinhgon.apps.plans.models import LegalChange, PlanItem
from tinhgon.apps.procedures.models import ProcedureVersion
from tinhgon.common.http import whole_number
from tinhgon.domain.vntext import fold
from tinhgon.domain.workdays import WorkCalendar

from .names import Named, named, seen_by

MOST_FOUND = 12
LONGEST = 200
USUAL_WORKING_DAYS = 10
"""What the form proposes for the answer; no text of the law sets it."""


def procedures_found(words: str, *, user: User, besides: Collection[int] = ()) -> list[Named]:
    """
    Return procedures that the person may see and whose name or code has the words; of a long text
    the first LONGEST letters.
    """
    words = words[:LONGEST]
    rows = ProcedureVersion.objects.visible_to(user).filter(is_superseded=False)
    for word in fold(words).split():
        rows = rows.filter(folded__contains=word)
    keys = rows.order_by("sort_name").values_list("procedure", flat=True)
    wanted: list[int] = []
    for pk in keys[: MOST_FOUND * 3] if words.strip() else []:
        if pk not in wanted and pk not in besides:
            wanted.append(pk)
    names = named(wanted[:MOST_FOUND], among=seen_by(user))
    return [names[pk] for pk in wanted[:MOST_FOUND] if pk in names]


def deciders(*, on: date) -> list[tuple[str, str]]:
    """Return who can decide, without levels that are no more on a day."""
    levels = set(
        Agency.objects.existing_on(on).order_by().values_list("level", flat=True).distinct()
    )
    return [
        (each.value, each.label)
        for each in Decider
        if each not in DECIDER_LEVELS or DECIDER_LEVELS[each].value in levels
    ]


@dataclass(frozen=True, slots=True)
class Origin:
    """From where a difficulty is raised: what the form takes over, as far as the person sees it."""

    procedures: Sequence[int] = ()
    assignment: Assignment | None = None
    plan_item: PlanItem | None = None
    legal_change: LegalChange | None = None

    @property
    def texts(self) -> str:
        change = self.legal_change
        return str(change) if change else ""


def origin_of(query: Mapping[str, str], *, user: User) -> Origin:
    """Return what the address of the form names; what it names wrongly counts as not named."""
    procedure, work = whole_number(query.get("thu-tuc", "")), whole_number(query.get("viec", ""))
    text, item = whole_number(query.get("van-ban", "")), whole_number(query.get("phuong-an", ""))
    change = _text(text, user) if text is not None else None
    planned = change.item if change else _item(item, user) if item is not None else None
    procedures = list(named([procedure], among=seen_by(user))) if procedure is not None else []
    if planned:
        procedures.append(planned.review.procedure_id)
    return Origin(
        procedures=list(dict.fromkeys(procedures)),
        assignment=_assignment(work, user) if work is not None else None,
        plan_item=planned,
        legal_change=change,
    )


def _assignment(pk: int, user: User) -> Assignment | None:
    return (
        Assignment.objects.visible_to(user).select_related("duty", "agency").filter(pk=pk).first()
    )


def _text(pk: int, user: User) -> LegalChange | None:
    rows = LegalChange.objects.visible_to(user).select_related("item__review")
    return rows.defer("item__to_be").filter(pk=pk).first()


def _item(pk: int, user: User) -> PlanItem | None:
    rows = PlanItem.objects.visible_to(user).select_related("review")
    return rows.defer("to_be").filter(pk=pk).first()


def usual_due(today: date, calendar: WorkCalendar) -> date:
    """Return the day that the form proposes for the answer."""
    return calendar.add_working_days(today, USUAL_WORKING_DAYS)
