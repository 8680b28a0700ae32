"""The lines of a decision that is being drafted: what it brings, what it ends, in which order."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import datetime

from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.db.models import Max

from tinhgon.apps.accounts.models import User
from tinhgon.apps.audit import actions as audit
from tinhgon.apps.procedures.enums import Action, Status
from tinhgon.apps.procedures.models import Procedure, ProcedureVersion
from tinhgon.apps.publications.entries import DECISION
from tinhgon.apps.publications.enums import DecisionMove
from tinhgon.apps.publications.models import Decision, DecisionLine, LineEnding
from tinhgon.apps.publications.queries import lines as queries
from tinhgon.apps.search import actions as search
from tinhgon.common.batches import BATCH, batches
from tinhgon.common.refusal import Refused
from tinhgon.domain.access import Permission

from ._shared import make_move

MOST_LINES = 5_000
MOST_TOLD = 40  # lines of one change that the trail names
_NAMED = 3


@transaction.atomic
def add_versions(
    *,
    decision: Decision,
    versions: Sequence[ProcedureVersion],
    by: User,
    at: datetime,
    seen: int,
) -> list[DecisionLine]:
    """
    Put checked versions at the end of the draft, in the order given.

    :raises IllegalMove, StaleObject: as `make_move`.
    :raises PermissionDenied: if `by` may not draft, or one belongs to another branch.
    :raises Refused: if one is not checked, or stands in a decision already.
    """
    _start(decision, by=by, seen=seen)
    _check_branch(by, [version.procedure for version in versions])
    unready = [v for v in versions if Status(v.status) is not Status.CHECKED]
    if unready:
        raise Refused(f"Văn phòng chưa kiểm soát xong: {_names(v.name for v in unready)}.")
    if taken := queries.lines_with(versions):
        told = _names(f"{line.printed_name} ({line.decision})" for line in taken)
        raise Refused(f"Đã nằm trong một quyết định khác: {told}.")
    lines = [
        DecisionLine(
            decision=decision,
            order=order,
            action=version.action,
            procedure=version.procedure,
            version=version,
            printed_name=version.name,
        )
        for order, version in enumerate(versions, start=_next_order(decision))
    ]
    return _add(decision, lines, by=by, at=at)


@transaction.atomic
def add_abolitions(
    *,
    decision: Decision,
    procedures: Sequence[Procedure],
    by: User,
    at: datetime,
    seen: int,
    named_by: Mapping[int, DecisionLine] | None = None,
) -> list[DecisionLine]:
    """
    Put procedures at the end of the draft as abolished.

    `named_by`: procedure → the line of an earlier decision by whose position it was named; a
    procedure that this decision already publishes anew only notes that line.

    :raises IllegalMove, StaleObject: as `make_move`.
    :raises PermissionDenied: if `by` may not draft, or one belongs to another branch.
    :raises Refused: if one is not in force on the day of the decision, or stands in it already.
    """
    _start(decision, by=by, seen=seen)
    _check_branch(by, procedures)
    earlier = dict(named_by or {})
    own = {line.procedure_id: line for line in decision.lines.filter(procedure__in=procedures)}
    if twice := [line for line in own.values() if line.procedure_id not in earlier]:
        raise Refused(f"Đã có trong quyết định này: {_names(x.printed_name for x in twice)}.")
    for pk, line in own.items():
        line.abolishes = earlier[pk]
        line.save(update_fields=["abolishes"])
    wanted = [procedure for procedure in procedures if procedure.pk not in own]
    names = queries.names_in_force(wanted, on=decision.effective_on or at.date())
    if missing := [p for p in wanted if p.pk not in names]:
        told = _names(queries.label_of(p) for p in missing)
        raise Refused(f"Không có hiệu lực vào ngày quyết định có hiệu lực: {told}.")
    lines = [
        DecisionLine(
            decision=decision,
            order=order,
            action=Action.ABOLISHED.value,
            procedure=procedure,
            printed_name=names[procedure.pk],
            abolishes=earlier.get(procedure.pk),
        )
        for order, procedure in enumerate(wanted, start=_next_order(decision))
    ]
    return _add(decision, lines, by=by, at=at)


@transaction.atomic
def change_line(
    *,
    line: DecisionLine,
    action: Action,
    replaced: Sequence[Procedure] = (),
    by: User,
    at: datetime,
    seen: int,
) -> None:
    """
    Say what the line does with its version and whose place it takes, in place of what was said.

    :raises IllegalMove, StaleObject: as `make_move`; `seen` is the version of the decision.
    :raises PermissionDenied: if `by` may not draft, or one belongs to another branch.
    :raises Refused: if the action does not suit the line, or one that is to be replaced is not in
        force on the day of the decision.
    """
    decision = line.decision
    _start(decision, by=by, seen=seen)
    _check_branch(by, replaced)
    _check_suits(line, action, replaced)
    names = queries.names_in_force(replaced, on=decision.effective_on or at.date())
    if missing := [p for p in replaced if p.pk not in names]:
        told = _names(queries.label_of(p) for p in missing)
        raise Refused(f"Không có hiệu lực vào ngày quyết định có hiệu lực: {told}.")
    old = _line_words(line)
    line.action = action.value
    line.save(update_fields=["action"])
    line.endings.all().delete()
    LineEnding.objects.bulk_create(
        LineEnding(line=line, procedure=each, printed_name=names[each.pk]) for each in replaced
    )
    change = audit.Change(line.printed_name, old, _line_words(line))
    audit.record("publications.lines_changed", decision, by=by, at=at, changes=[change])


@transaction.atomic
def remove_lines(
    *, decision: Decision, lines: Sequence[DecisionLine], by: User, at: datetime, seen: int
) -> None:
    """
    Take lines out of the draft; their versions may go into another one.

    :raises IllegalMove, PermissionDenied, StaleObject: as `make_move`.
    """
    _start(decision, by=by, seen=seen)
    for batch in batches([line.pk for line in lines]):
        decision.lines.filter(pk__in=batch).delete()
    search.index(DECISION, [decision.pk])
    changes = _in_words(lambda _: "Đưa ra khỏi danh mục", lines, added=False)
    audit.record("publications.lines_changed", decision, by=by, at=at, changes=changes)


@transaction.atomic
def reorder_lines(
    *, decision: Decision, order: Sequence[int], by: User, at: datetime, seen: int
) -> None:
    """
    Put the lines into this order, given by their keys.

    :raises IllegalMove, PermissionDenied, StaleObject: as `make_move`.
    :raises Refused: if the keys are not exactly those of the draft.
    """
    _start(decision, by=by, seen=seen)
    lines = {line.pk: line for line in decision.lines.all()}
    if sorted(order) != sorted(lines):
        raise Refused("Danh mục vừa thay đổi. Tải lại trang rồi sắp xếp lại.")
    moved = []
    for place, pk in enumerate(order, start=1):
        if lines[pk].order != place:
            lines[pk].order = place
            moved.append(lines[pk])
    DecisionLine.objects.bulk_update(moved, ["order"], batch_size=BATCH)
    change = audit.Change("Thứ tự danh mục", "", f"{len(moved)} dòng đổi chỗ")
    audit.record("publications.lines_changed", decision, by=by, at=at, changes=[change])


def _start(decision: Decision, *, by: User, seen: int) -> None:
    """Guard the draft as a whole: whoever changes a line changes the decision."""
    make_move(decision, DecisionMove.EDIT, by=by, seen=seen)


def _check_branch(user: User, procedures: Iterable[Procedure]) -> None:
    for procedure in procedures:
        if not user.access.allows(Permission.DRAFT_DECISION, procedure.agency.path or "/"):
            raise PermissionDenied


def _check_suits(line: DecisionLine, action: Action, replaced: Sequence[Procedure]) -> None:
    if action.brings_version is not (line.version_id is not None):
        raise Refused("Hình thức không hợp với dòng này.", "action")
    if replaced and action is not Action.REPLACED:
        raise Refused("Chỉ dòng có hình thức thay thế mới ghi thủ tục bị thay thế.", "action")
    if any(procedure.pk == line.procedure_id for procedure in replaced):
        raise Refused("Một thủ tục không thay thế chính nó.")


def _line_words(line: DecisionLine) -> str:
    names = "; ".join(line.endings.values_list("printed_name", flat=True))
    return f"{line.get_action_display()}{f': {names}' if names else ''}"


def _in_words(
    field: Callable[[DecisionLine], str], lines: Sequence[DecisionLine], *, added: bool
) -> list[audit.Change]:
    """Return the lines for the trail: the first in full, the rest counted."""
    changes = [
        audit.Change(
            field(line), "" if added else line.printed_name, line.printed_name if added else ""
        )
        for line in lines[:MOST_TOLD]
    ]
    if (more := len(lines) - MOST_TOLD) > 0:
        changes.append(audit.Change("Thay đổi khác", "", f"{more} dòng"))
    return changes


def _next_order(decision: Decision) -> int:
    return (decision.lines.aggregate(last=Max("order"))["last"] or 0) + 1


def _add(
    decision: Decision, lines: Sequence[DecisionLine], *, by: User, at: datetime
) -> list[DecisionLine]:
    if decision.lines.count() + len(lines) > MOST_LINES:
        raise Refused(
            f"Một quyết định có nhiều nhất {MOST_LINES} dòng. Tách thành nhiều quyết định."
        )
    try:
        with transaction.atomic():
            made = DecisionLine.objects.bulk_create(lines, batch_size=BATCH)
    except IntegrityError:
        raise Refused("Có thủ tục vừa được đưa vào một quyết định. Tải lại trang.") from None
    search.index(DECISION, [decision.pk])
    changes = _in_words(lambda line: line.get_action_display(), made, added=True)
    audit.record("publications.lines_changed", decision, by=by, at=at, changes=changes)
    return made


def _names(names: Iterable[str]) -> str:
    listed = list(names)
    more = f" và {len(listed) - _NAMED} thủ tục khác" if len(listed) > _NAMED else ""
    return "; ".join(listed[:_NAMED]) + more
