"""Procedures side by side, with what tells them apart."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import TypedDict

from tinhgon.apps.accounts.models import User
from tinhgon.apps.matching import policies
from tinhgon.apps.matching.models import PairVerdict
from tinhgon.apps.procedures.models import Procedure, ProcedureVersion
from tinhgon.apps.procedures.queries.copies import current_versions, deviation
from tinhgon.apps.procedures.queries.page import PartPieces, in_pieces
from tinhgon.common.http import whole_number
from tinhgon.domain.access import Permission
from tinhgon.domain.likeness import Likeness
from tinhgon.domain.procedures import UNPUBLISHED

from .asked import VERDICT_WORDS
from .groups import Card, card_of, percent
from .marks import Piece, marked
from .snapshot import snapshot

MOST_MEMBERS = 300


@dataclass(frozen=True, slots=True)
class Member:
    """A member of a group against the one that leads it, as the page shows it."""

    version: ProcedureVersion
    likeness: Likeness
    name: tuple[Piece, ...]
    may_rule: bool

    @property
    def percent(self) -> int:
        return percent(self.likeness)

    @property
    def is_unpublished(self) -> bool:
        return self.version.status in UNPUBLISHED

    @property
    def token(self) -> str:
        """What a form sends back: which procedure, and how it stood when it was seen."""
        version = self.version
        return f"{version.procedure_id}:{version.procedure.version}:{version.version}"


class GroupPage(TypedDict):
    version: ProcedureVersion
    card: Card | None
    members: list[Member]
    more_count: int
    may_rule: bool


def get_visible_version(*, user: User, pk: int, today: date) -> ProcedureVersion:
    """
    Return what stands for a procedure today, if the person may see it.

    :raises Procedure.DoesNotExist: also when it exists but is hidden, or stands for nothing.
    """
    found = current_versions([pk], on=today, user=user).get(pk)
    if found is None:
        raise Procedure.DoesNotExist
    return found


def group_page(*, user: User, version: ProcedureVersion, today: date) -> GroupPage:
    """Return the group of a procedure, led by it."""
    known = snapshot(today=today)
    pk = version.procedure_id
    card = card_of(user, known, pk)
    keys: list[int] = []
    if card is not None:
        keys = [card.lead.procedure, *(each.held.procedure for each in card.open)]
        keys = [key for key in keys if key != pk]
    versions = current_versions(keys[:MOST_MEMBERS], on=today, user=user)
    members = []
    for key in keys[:MOST_MEMBERS]:
        if (row := versions.get(key)) is None:
            continue
        likeness = known.likeness(pk, key)
        members.append(
            Member(
                row,
                likeness,
                marked(row.name, [d.other for d in likeness.differences]),
                policies.may_rule_on(user, [row.procedure]),
            )
        )
    return {
        "version": version,
        "card": card,
        "members": members,
        "more_count": max(0, len(keys) - MOST_MEMBERS),
        "may_rule": any(member.may_rule for member in members),
    }


class PairPage(TypedDict):
    one: Member
    other: Member
    likeness: Likeness
    words: str
    parts: list[PartPieces]
    verdict: PairVerdict | None
    may_rule: bool
    sides: list[Member]


def pair_page(
    *, user: User, one: ProcedureVersion, other: ProcedureVersion, today: date
) -> PairPage | None:
    """Return two procedures side by side; None where neither is of the person's branch."""
    procedures = [one.procedure, other.procedure]
    if not any(user.access.allows(Permission.SEE, p.agency.path or "/") for p in procedures):
        return None
    known = snapshot(today=today)
    likeness = known.likeness(one.procedure_id, other.procedure_id)
    low, high = sorted((one.procedure_id, other.procedure_id))
    verdict = PairVerdict.objects.select_related("by", "kept").filter(one=low, other=high).first()
    left = _side(user, one, likeness, [d.one for d in likeness.differences])
    right = _side(user, other, likeness, [d.other for d in likeness.differences])
    return {
        "one": left,
        "other": right,
        "sides": [left, right],
        "likeness": likeness,
        "words": VERDICT_WORDS[likeness.verdict],
        "parts": [in_pieces(part) for part in deviation(one, other)],
        "verdict": verdict,
        "may_rule": policies.may_rule_on(user, procedures),
    }


def _side(
    user: User, version: ProcedureVersion, likeness: Likeness, apart: Iterable[str]
) -> Member:
    may_rule = policies.may_rule_on(user, [version.procedure])
    return Member(version, likeness, marked(version.name, apart), may_rule)


@dataclass(frozen=True, slots=True)
class Seen:
    """A procedure that somebody rules on, as it stood before him."""

    version: ProcedureVersion
    seen: int  # version of the row of the procedure
    version_seen: int

    @property
    def procedure(self) -> Procedure:
        return self.version.procedure


def members_named(*, user: User, tokens: Iterable[str], today: date) -> list[Seen]:
    """
    Return the procedures that a form names, in its order; nonsense in it counts as nothing.

    :raises Procedure.DoesNotExist: if one is hidden from the person.
    """
    wanted: dict[int, tuple[int, int]] = {}
    for token in list(tokens)[:MOST_MEMBERS]:
        numbers = [whole_number(part) for part in token.split(":")]
        match numbers:
            case [int() as pk, int() as seen, int() as version_seen]:
                wanted[pk] = (seen, version_seen)
    versions = current_versions(wanted, on=today, user=user)
    if len(versions) < len(wanted):
        raise Procedure.DoesNotExist
    return [Seen(versions[pk], *numbers) for pk, numbers in wanted.items()]


def get_visible_verdict(*, user: User, pk: int) -> PairVerdict:
    """
    Return a verdict on two procedures, if the person may see it.

    :raises PairVerdict.DoesNotExist: also when it exists but is hidden from the person.
    """
    found = PairVerdict.objects.visible_to(user)
    return found.select_related("one__agency", "other__agency", "kept").get(pk=pk)
