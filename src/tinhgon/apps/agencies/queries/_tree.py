from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from typing import TypedDict

from django.db.models import Q, QuerySet

from tinhgon.apps.agencies import policies
from tinhgon.apps.agencies.enums import Kind, Level
from tinhgon.apps.agencies.models import Agency, AgencyState, Succession
from tinhgon.common.people import Person
from tinhgon.domain.vntext import fold

_ROOT_WORDS = "UBND tỉnh"


@dataclass(slots=True)
class Node:
    """An agency as it was on the day of the tree, with what stood below it."""

    state: AgencyState
    children: list[Node] = field(default_factory=list)
    is_match: bool = False

    @property
    def agency(self) -> Agency:
        return self.state.agency

    @property
    def label(self) -> str:
        """A committee's name is long and always begins alike; the others are told in full."""
        short = self.agency.kind == Kind.COMMITTEE and self.state.short_name
        return short or self.state.name

    @property
    def groups(self) -> list[Group]:
        """Return the children by what they are, in the order in which letters name them."""
        found: dict[str, list[Node]] = {}
        for child in self.children:
            found.setdefault(_group_words(child.agency), []).append(child)
        return [Group(words, nodes) for words, nodes in found.items()]

    @property
    def count_words(self) -> str:
        return ", ".join(f"{len(group.nodes)} {group.words}" for group in self.groups)

    def walk(self) -> Iterator[Node]:
        yield self
        for child in self.children:
            yield from child.walk()


@dataclass(frozen=True, slots=True)
class Group:
    words: str
    nodes: list[Node]

    @property
    def is_flat(self) -> bool:
        return not any(node.children for node in self.nodes)


class TreePage(TypedDict):
    day: date
    today: date
    roots: list[Node]
    counts: list[tuple[int, str]]
    turning_days: list[date]
    words: str
    matches: int
    can_manage: bool


def get_visible_agency(*, user: Person, pk: int) -> Agency:
    """
    Return an agency of the person's branch or above it.

    :raises Agency.DoesNotExist: if there is none that he may see.
    """
    return Agency.objects.visible_to(user).select_related("parent").get(pk=pk)


def tree_on(day: date, *, user: Person | None = None) -> list[Node]:
    """Return the tree as it was on `day`, in one query; with `user` only what he may see."""
    agencies = Agency.objects.visible_to(user) if user else Agency.objects.all()
    nodes = {state.agency_id: Node(state) for state in states_on(day).filter(agency__in=agencies)}
    roots: list[Node] = []
    for node in nodes.values():
        above = nodes.get(node.state.parent_id or 0)
        (above.children if above else roots).append(node)
    return roots


def states_on(day: date) -> QuerySet[AgencyState]:
    """Return the states that held on `day`, of agencies that existed, in the order of the tree."""
    rows = AgencyState.objects.filter(
        Q(ended_on=None) | Q(ended_on__gt=day),
        Q(agency__ended_on=None) | Q(agency__ended_on__gt=day),
        started_on__lte=day,
    )
    return rows.select_related("agency").order_by("agency__order", "name")


def tree_page(*, user: Person, day: date, today: date, words: str) -> TreePage:
    """Return what the page of the tree shows, in two queries."""
    roots = tree_on(day, user=user)
    counts = _counts([node for root in roots for node in root.walk()])
    matches = 0
    if words:
        wanted = fold(words)
        roots = [root for root in roots if _keep(root, wanted)]
        matches = sum(node.is_match for root in roots for node in root.walk())
    return {
        "day": day,
        "today": today,
        "roots": roots,
        "counts": counts,
        "turning_days": list(
            Succession.objects.order_by("on").values_list("on", flat=True).distinct()
        ),
        "words": words,
        "matches": matches,
        "can_manage": policies.can_manage_any(user),
    }


def _keep(node: Node, wanted: str) -> bool:
    """Mark what matches, and drop what neither matches nor leads to a match."""
    state = node.state
    text = fold(
        f"{state.name} {state.short_name} {state.symbol} {node.agency.territory_code or ''}"
    )
    node.is_match = wanted in text
    node.children = [child for child in node.children if _keep(child, wanted)]
    return node.is_match or bool(node.children)


def _counts(nodes: list[Node]) -> list[tuple[int, str]]:
    found: dict[str, int] = {}
    for node in nodes:
        words = _group_words(node.agency)
        found[words] = found.get(words, 0) + 1
    found.pop(_ROOT_WORDS, None)
    return [(number, words) for words, number in found.items()]


def _group_words(agency: Agency) -> str:
    if agency.kind == Kind.COMMITTEE:
        return {
            Level.DISTRICT.value: "UBND cấp huyện",
            Level.COMMUNE.value: "UBND cấp xã",
        }.get(agency.level, _ROOT_WORDS)
    if agency.kind in {Kind.DEPARTMENT, Kind.OFFICE}:
        return "sở, ban, ngành" if agency.level == Level.PROVINCE else "phòng, ban"
    return "đơn vị trực thuộc" if agency.kind == Kind.UNIT else "cơ quan khác"
