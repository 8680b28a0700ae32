"""What every move of a decision does: ask the policy, write guarded, tell people."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from tinhgon.apps.accounts.models import User
from tinhgon.apps.audit import actions as audit
from tinhgon.apps.notices import actions as notices
from tinhgon.apps.publications import policies
from tinhgon.apps.publications.enums import STATUS_LABELS, DecisionMove, DecisionStatus
from tinhgon.apps.publications.models import Decision
from tinhgon.common.models import StaleObject
from tinhgon.common.refusal import Refused
from tinhgon.domain.procedures import DECISION, Severity
from tinhgon.domain.publishing import Problem

_TOLD = 5


class Blocked(Refused):
    """Something stands in the way of the decision: `problems` has all of it."""

    def __init__(self, problems: Sequence[Problem[int]]) -> None:
        texts = [problem.text for problem in problems]
        more = f" (và {len(texts) - _TOLD} nội dung khác)" if len(texts) > _TOLD else ""
        super().__init__(" ".join(texts[:_TOLD]) + more)
        self.problems = tuple(problems)


def refuse_blocking(problems: Iterable[Problem[int]]) -> None:
    """
    Let warnings pass.

    :raises Blocked: if anything stands in the way.
    """
    grave = [problem for problem in problems if problem.severity is Severity.BLOCKS]
    if grave:
        raise Blocked(grave)


def check_fresh(decision: Decision, seen: int) -> None:
    """
    Check before a long look at the lines that they are those which the person saw.

    :raises StaleObject: if somebody changed the decision since.
    """
    if not Decision.objects.filter(pk=decision.pk, version=seen).exists():
        raise StaleObject


def make_move(
    decision: Decision, move: DecisionMove, *, by: User, seen: int, **values: Any
) -> tuple[audit.Change, ...]:
    """
    Move the decision along the table of states; return the change of state in words.

    :raises IllegalMove: if nobody may, because of its state.
    :raises PermissionDenied: if somebody may, but not `by`.
    :raises StaleObject: if it changed since `seen` was seen.
    """
    policies.check(by, move, decision)
    old = DecisionStatus(decision.status)
    new = DECISION.transition_for(old, move).to
    decision.change(seen_version=seen, status=new.value, **values)
    return audit.state_changes(STATUS_LABELS, old, new)


def tell(
    users: Iterable[User], *, kind: str, text: str, decision: Decision, by: User, at: datetime
) -> None:
    """Tell the people of the decision, except the one who did it."""
    others = [user for user in users if user.pk != by.pk]
    notices.notify(users=others, kind=kind, text=text, url=decision.get_absolute_url(), at=at)
