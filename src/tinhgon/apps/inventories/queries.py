from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import TypedDict

from django.core.paginator import Page, Paginator
from django.db.models import Count, Q, QuerySet

from tinhgon.apps.accounts.models import User
from tinhgon.apps.assignments.models import Assignment, Duty
from tinhgon.apps.procedures.models import ProcedureVersion, branch
from tinhgon.common.http import whole_number
from tinhgon.domain.assigning import OPEN
from tinhgon.domain.procedures import REPLIED, UNPUBLISHED

from . import policies
from .enums import STATUS_LABELS, ReplyMove, ReplyStatus
from .models import FoundProcedure, Inventory, InventoryReply

PAGE_SIZE = 100


@dataclass(frozen=True, slots=True)
class InventoryLine:
    inventory: Inventory
    asked: int
    answered: int
    nil: int
    found: int

    @property
    def percent(self) -> int:
        return round(100 * (self.answered + self.nil) / self.asked) if self.asked else 0


@dataclass(frozen=True, slots=True)
class ReplyLine:
    reply: InventoryReply
    found: int
    is_late: bool


class ListPage(TypedDict):
    lines: list[InventoryLine]
    today: date
    can_open: bool


class StatusCount(TypedDict):
    words: str
    number: int
    status: str


class InventoryPage(TypedDict):
    inventory: Inventory
    page: Page[InventoryReply]
    lines: list[ReplyLine]
    counts: list[StatusCount]
    late: int
    asked: int
    found: int
    shown: str
    can_close: bool


class ReplyPage(TypedDict):
    reply: InventoryReply
    found: list[ProcedureVersion]
    candidates: list[tuple[ProcedureVersion, bool]]
    is_late: bool
    can_answer: bool
    can_decide: bool
    share: Assignment | None


def get_visible_inventory(*, user: User, pk: int) -> Inventory:
    """
    Return the inventory, if the person may see it.

    :raises Inventory.DoesNotExist: also when it exists but is hidden from the person.
    """
    found = Inventory.objects.visible_to(user).select_related(
        "agency", "programme", "round", "duty"
    )
    return found.get(pk=pk)


def get_visible_reply(*, user: User, pk: int) -> InventoryReply:
    """
    Return the reply of an agency of the person's branch, or to an inventory that he runs.

    :raises InventoryReply.DoesNotExist: also when it exists but is hidden from the person.
    """
    return _replies(user).get(pk=pk)


def list_page(*, user: User, today: date) -> ListPage:
    """Return the inventories that the person may see, with how far they are; three queries."""
    rows = list(Inventory.objects.visible_to(user).select_related("agency", "programme"))
    counts = _counts(user, rows)
    found = dict(
        FoundProcedure.objects.filter(reply__in=_replies(user).values("pk"))
        .values_list("reply__inventory")
        .annotate(n=Count("pk"))
        .order_by()
    )
    lines = []
    for row in rows:
        by = counts.get(row.pk, {})
        replied = sum(by.get(status, 0) for status in (ReplyStatus.ANSWERED, ReplyStatus.ACCEPTED))
        lines.append(
            InventoryLine(
                row,
                sum(by.values()),
                replied,
                by.get(ReplyStatus.NIL, 0),
                found.get(row.pk, 0),
            )
        )
    return {"lines": lines, "today": today, "can_open": bool(policies.askers(user))}


def inventory_page(
    *, user: User, inventory: Inventory, status: str, number: str, today: date
) -> InventoryPage:
    """Return who was asked, who answered, who is late; what the person may see of it."""
    replies = _replies(user).filter(inventory=inventory)
    by = _counts(user, [inventory]).get(inventory.pk, {})
    shown = replies.filter(status=status) if status in set(ReplyStatus) else replies
    if status == "tre":
        shown = replies.filter(_late(inventory, today))
    ordered = shown.order_by("agency__order", "agency__name", "pk")
    page = Paginator(ordered, PAGE_SIZE).get_page(number)
    rows = list(page.object_list)
    named = dict(
        FoundProcedure.objects.filter(reply__in=rows)
        .values_list("reply")
        .annotate(n=Count("pk"))
        .order_by()
    )
    lines = [ReplyLine(row, named.get(row.pk, 0), row.is_late_on(today)) for row in rows]
    return {
        "inventory": inventory,
        "page": page,
        "lines": lines,
        "counts": [
            {"words": STATUS_LABELS[each].lower(), "number": by.get(each, 0), "status": each.value}
            for each in ReplyStatus
        ],
        "late": replies.filter(_late(inventory, today)).count(),
        "asked": sum(by.values()),
        "found": FoundProcedure.objects.filter(reply__in=replies.values("pk")).count(),
        "shown": status,
        "can_close": policies.can_close(user, inventory),
    }


def reply_page(*, user: User, reply: InventoryReply, today: date) -> ReplyPage:
    """Return the reply with what it names, and what it might name still."""
    named = set(reply.found.values_list("procedure", flat=True))
    found = list(_newest(ProcedureVersion.objects.visible_to(user).filter(procedure__in=named)))
    can_answer = policies.can(user, ReplyMove.ANSWER, reply)
    candidates = [(each, each.procedure_id in named) for each in open_proposals(reply)]
    return {
        "reply": reply,
        "found": found,
        "candidates": candidates if can_answer else [],
        "is_late": reply.is_late_on(today),
        "can_answer": can_answer,
        "can_decide": policies.can(user, ReplyMove.ACCEPT, reply),
        "share": _share(user, reply),
    }


def _share(user: User, reply: InventoryReply) -> Assignment | None:
    """Return what the duty of the inventory gave the agency, where the person may see it."""
    if reply.inventory.duty_id is None:
        return None
    found = Assignment.objects.visible_to(user).filter(
        duty=reply.inventory.duty_id, agency=reply.agency
    )
    return found.select_related("duty").order_by("pk").last()


def asking_duty(*, user: User, key: str) -> Duty | None:
    """Return the duty from whose page an inventory is opened; None where none such is visible."""
    pk = whole_number(key)
    if pk is None:
        return None
    seen = Duty.objects.visible_to(user).filter(pk=pk, withdrawn_at=None)
    return seen.select_related("directive__document", "issuer").first()


def wanted_by(duty: Duty) -> dict[str, object]:
    """Return what the form of an inventory starts with when it is opened from a duty."""
    shares = duty.assignments.filter(status__in=[status.value for status in OPEN])
    names = shares.order_by("agency__order", "agency__name").values_list("agency__name", flat=True)
    return {
        "name": duty.summary,
        "agency": duty.issuer_id,
        "agencies": "\n".join(names),
        "due_on": duty.due_on,
        "programme": duty.programme_id,
        "basis": duty.directive.document.title[:300],
        "duty": duty.pk,
    }


def open_proposals(reply: InventoryReply) -> list[ProcedureVersion]:
    """Return the procedures of the agency that were never published: what it may have missed."""
    return list(
        ProcedureVersion.objects.filter(
            procedure__agency=reply.agency_id, status__in=UNPUBLISHED, number=1
        )
        .defer("content")
        .order_by("sort_name", "pk")
    )


def _newest(rows: QuerySet[ProcedureVersion]) -> Iterable[ProcedureVersion]:
    newest: dict[int, ProcedureVersion] = {}
    for row in rows.defer("content").order_by("procedure", "-number"):
        newest.setdefault(row.procedure_id, row)
    return sorted(newest.values(), key=lambda version: version.sort_name)


def _replies(user: User) -> QuerySet[InventoryReply]:
    return InventoryReply.objects.filter(
        branch(user, "agency") | branch(user, "inventory__agency")
    ).select_related("agency", "inventory__agency", "answered_by")


def _counts(user: User, rows: Iterable[Inventory]) -> dict[int, dict[str, int]]:
    found: dict[int, dict[str, int]] = {}
    counted = (
        _replies(user)
        .filter(inventory__in=list(rows))
        .values_list("inventory", "status")
        .annotate(n=Count("pk"))
        .order_by()
    )
    for inventory, status, number in counted:
        found.setdefault(inventory, {})[status] = number
    return found


def _late(inventory: Inventory, today: date) -> Q:
    answered_late = Q(status__in=REPLIED, answered_at__date__gt=inventory.due_on)
    if today <= inventory.due_on:
        return answered_late
    return answered_late | ~Q(status__in=REPLIED)
