from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from enum import StrEnum

from ._permissions import Permission


class Answer(StrEnum):
    """What a person gets who asks for a page or makes a move."""

    YES = "✓"
    FORBIDDEN = "403"  # he may know of it, not do it
    HIDDEN = "404"  # for him it does not exist


@dataclass(frozen=True, slots=True)
class Page:
    """
    A page (trang), by the name of its URL, and who may open it. Each app lists its own in
    `policies.PAGES`.

    `permission` opens it; without one, whoever is signed in. `seen_with` is for a page of one
    record: whoever lacks it where the record belongs is told that there is none. `at_top`: the
    permission counts only where it is held on the whole tree. `own`: the record belongs to one
    person, who alone knows of it. `public`: open without signing in.
    """

    name: str
    title: str
    permission: Permission | None = None
    seen_with: Permission | None = None
    at_top: bool = False
    own: bool = False
    public: bool = False

    @property
    def of_one_record(self) -> bool:
        return self.seen_with is not None or self.own


class Move(Page):
    """Something done (thao tác): a POST. Each app lists its own in `policies.MOVES`."""

    __slots__ = ()


def answer(
    page: Page,
    permissions: Collection[Permission],
    *,
    elsewhere: bool = False,
    at_top: bool = False,
) -> Answer:
    """
    Return what a person with `permissions` on a branch gets.

    `elsewhere`: the record belongs to another branch, or to another person. `at_top`: the branch
    is the whole tree.
    """
    if page.public:
        return Answer.YES
    if page.of_one_record and elsewhere:
        return Answer.HIDDEN
    if page.seen_with is not None and page.seen_with not in permissions:
        return Answer.HIDDEN
    if page.permission is None:
        return Answer.YES
    if page.permission not in permissions or (page.at_top and not at_top):
        return Answer.FORBIDDEN
    return Answer.YES
