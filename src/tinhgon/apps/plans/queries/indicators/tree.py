"""The tree of agencies on a day with what is counted of each, rolled up."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass, field
from datetime import date

from tinhgon.apps.accounts.models import User
from tinhgon.apps.agencies.models import Agency
from tinhgon.apps.agencies.queries import Node, tree_on
from tinhgon.domain.vntext import format_date


@dataclass(slots=True)
class Branch:
    """An agency with those below it of which something is counted."""

    agency: int
    label: str
    note: str = ""
    """Why it is not in the tree of the day."""
    below: list[Branch] = field(default_factory=list)

    def keys(self) -> Iterator[int]:
        """Yield the agency and all below it."""
        yield self.agency
        for each in self.below:
            yield from each.keys()

    def find(self, agency: int) -> Branch | None:
        """Return the branch of an agency at or below this one."""
        if self.agency == agency:
            return self
        return next((found for each in self.below if (found := each.find(agency))), None)


def branches_on(user: User, day: date, wanted: Collection[int] | None = None) -> list[Branch]:
    """
    Return the tree as it was on the day, as far as the person sees it; at most two queries.

    It is cut down to the wanted agencies and those above them, where some are named.

    An agency that did not exist on the day stands where it stood last, or will stand first.
    """
    roots = [_branch(root) for root in tree_on(day, user=user)]
    known = {branch.agency: branch for root in roots for branch in _walk(root)}
    if wanted is None or any(key not in known for key in wanted):
        for agency in _not_there(user, day):
            branch = Branch(agency.pk, agency.label, _why(agency, day))
            known[agency.pk] = branch
            above = known.get(agency.parent_id or 0)
            (above.below if above else roots).append(branch)
    return roots if wanted is None else [root for root in roots if _keep(root, wanted)]


def _branch(node: Node) -> Branch:
    return Branch(node.agency.pk, node.label, below=[_branch(each) for each in node.children])


def _walk(branch: Branch) -> Iterator[Branch]:
    yield branch
    for each in branch.below:
        yield from _walk(each)


def _not_there(user: User, day: date) -> list[Agency]:
    """Return the agencies that did not exist on the day, from the top of the tree down."""
    there = Agency.objects.existing_on(day).values("pk")
    rows = Agency.objects.visible_to(user).exclude(pk__in=there)
    return sorted(rows, key=lambda row: ((row.path or "").count("/"), row.order, row.name))


def _why(agency: Agency, day: date) -> str:
    if agency.ended_on and agency.ended_on <= day:
        return f"đã kết thúc từ ngày {format_date(agency.ended_on)}"
    if agency.started_on > day:
        return f"thành lập ngày {format_date(agency.started_on)}"
    return ""


def _keep(branch: Branch, wanted: Collection[int]) -> bool:
    branch.below = [each for each in branch.below if _keep(each, wanted)]
    return bool(branch.below) or branch.agency in wanted


def lowest(roots: list[Branch], wanted: Collection[int]) -> Branch | None:
    """Return the lowest branch that has all the wanted agencies in it; None where many have."""
    if len(roots) != 1:
        return None
    [branch] = roots
    while len(branch.below) == 1 and branch.agency not in wanted:
        [branch] = branch.below
    return branch
