"""Groups of procedures that are alike and that nobody has ruled on yet."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any, TypedDict

from django.core.paginator import Page, Paginator

from tinhgon.apps.accounts.models import User
from tinhgon.apps.agencies.models import Agency
from tinhgon.apps.agencies.queries import understood, written
from tinhgon.apps.matching import policies
from tinhgon.apps.matching.enums import Ruling
from tinhgon.apps.matching.models import PairVerdict
from tinhgon.apps.procedures.queries.copies import living
from tinhgon.domain.access import Permission
from tinhgon.domain.likeness import Likeness, split_apart
from tinhgon.domain.vntext import fold

from .asked import Asked
from .snapshot import Held, Snapshot, key_of, snapshot

_SIZE = 20
_NAMED = 3  # other members of a group that its card names


@dataclass(frozen=True, slots=True)
class Alike:
    """One member of a group against the one that leads it."""

    held: Held
    likeness: Likeness


@dataclass(frozen=True, slots=True)
class Card:
    """
    A group: the procedure that may stand for all, and those that nobody has ruled on.

    `linked` are those that are its local copies already.
    """

    lead: Held
    open: tuple[Alike, ...]
    linked: tuple[Held, ...]

    @property
    def named(self) -> tuple[Alike, ...]:
        return self.open[:_NAMED]

    @property
    def more_count(self) -> int:
        return len(self.open) - len(self.named)

    @property
    def agency_count(self) -> int:
        return len({self.lead.agency, *(each.held.agency for each in self.open)})

    @property
    def best(self) -> Likeness:
        return max((each.likeness for each in self.open), key=lambda likeness: likeness.score)

    @property
    def percent(self) -> int:
        return percent(self.best)


def percent(likeness: Likeness) -> int:
    return round(likeness.score * 100)


class ListPage(TypedDict):
    page: Page[Any]
    asked: Asked
    agency: Agency | None
    agency_text: str
    may_rule: bool


def list_page(*, user: User, asked: Asked, number: str, today: date) -> ListPage:
    """Return the groups that touch the person's branch, the largest first."""
    agency = understood(asked.agency) if asked.agency else None
    if asked.judged:
        rows: Any = _verdicts(user, agency)
    else:
        cards = open_cards(user, snapshot(today=today))
        rows = [card for card in cards if _is_asked(card, asked, agency)]
    page = Paginator(rows, _SIZE).get_page(number)
    if not asked.judged:
        page.object_list = _only_seen(user, list(page.object_list), today)
    return {
        "page": page,
        "asked": asked,
        "agency": agency,
        "agency_text": written(agency) if agency else asked.agency,
        "may_rule": policies.may_rule(user),
    }


def _verdicts(user: User, agency: Agency | None) -> Any:
    found = PairVerdict.objects.visible_to(user).select_related(
        "one__agency", "other__agency", "kept", "by"
    )
    if agency is not None:
        path = agency.path or "/"
        found = found.filter(one__agency__path__startswith=path) | found.filter(
            other__agency__path__startswith=path
        )
    return found


def _only_seen(user: User, cards: list[Card], today: date) -> list[Card]:
    """Return the cards of which the person, by the database, may see every procedure shown."""
    wanted = {card.lead.procedure for card in cards}
    wanted |= {each.held.procedure for card in cards for each in card.named}
    seen = living(today).visible_to(user).filter(procedure__in=wanted).order_by()
    hidden = wanted - set(seen.values_list("procedure", flat=True))
    return [
        card
        for card in cards
        if hidden.isdisjoint({card.lead.procedure, *(each.held.procedure for each in card.named)})
    ]


def _is_asked(card: Card, asked: Asked, agency: Agency | None) -> bool:
    members = [card.lead, *(each.held for each in card.open)]
    if asked.agency and agency is None:
        return False
    if agency and not any(held.path.startswith(agency.path or "/") for held in members):
        return False
    if asked.field and not any(fold(asked.field) in fold(held.field) for held in members):
        return False
    if asked.verdict and card.best.verdict is not asked.verdict:
        return False
    return card.percent >= asked.least


def open_cards(user: User, known: Snapshot) -> list[Card]:
    """Return the groups of which the person sees two and that touch his branch."""
    apart = told_apart()
    own = user.access.paths(Permission.SEE)
    cards = []
    for group in known.groups:
        seen = _seen(group, known, own)
        if len(seen) > 1 and any(held.path.startswith(own) for held in seen):
            cards += list(_cards(seen, known, apart, own))
    cards.sort(key=lambda card: (-len(card.open), -card.best.score, card.lead.procedure))
    return cards


def card_of(user: User, known: Snapshot, procedure: int) -> Card | None:
    """Return the open group that a procedure leads or belongs to, if there is one."""
    own = user.access.paths(Permission.SEE)
    for group in known.groups:
        if procedure in group:
            for card in _cards(_seen(group, known, own), known, told_apart(), own):
                keys = {card.lead.procedure, *(each.held.procedure for each in card.open)}
                if procedure in keys:
                    return card
    return None


def told_apart() -> set[frozenset[Hashable]]:
    """Return the pairs of procedures that somebody said are different."""
    rows = PairVerdict.objects.filter(ruling=Ruling.DIFFERENT).order_by()
    return {frozenset(pair) for pair in rows.values_list("one", "other")}


def _seen(members: Iterable[int], known: Snapshot, own: tuple[str, ...]) -> list[Held]:
    held = [known.held[key] for key in members]
    return [each for each in held if each.is_published or each.path.startswith(own)]


def _cards(
    seen: list[Held], known: Snapshot, apart: set[frozenset[Hashable]], own: tuple[str, ...]
) -> Iterator[Card]:
    if len(seen) < 2:
        return
    ordered = sorted(seen, key=lambda held: _standing(held, known))
    prints = [known.prints[held.procedure] for held in ordered]
    for heap in split_apart(prints, apart, weights=known.index.weights):
        lead, *others = [known.held[key_of(each)] for each in heap]
        card = _card(lead, others, known)
        touches = [lead, *(each.held for each in card.open)]
        if card.open and any(held.path.startswith(own) for held in touches):
            yield card


def _standing(held: Held, known: Snapshot) -> tuple[bool, bool, bool, int, int]:
    """Order a group: first what others are copies of, then what is published, and higher up."""
    return (
        held.canonical is not None,
        held.procedure not in known.shared,
        not held.is_published,
        held.path.count("/"),
        held.procedure,
    )


def _card(lead: Held, others: list[Held], known: Snapshot) -> Card:
    shared = {lead.procedure, lead.canonical} - {None}
    linked = tuple(held for held in others if held.canonical in shared)
    done = {held.procedure for held in linked}
    open_ = [
        Alike(held, known.likeness(lead.procedure, held.procedure))
        for held in others
        if held.procedure not in done
    ]
    open_.sort(key=lambda each: (-each.likeness.score, each.held.path, each.held.procedure))
    return Card(lead, tuple(open_), linked)
