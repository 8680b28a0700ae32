"""The procedures that difficulties are about, by the version that counts now."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from django.db.models import Q, QuerySet
from django.urls import reverse

from tinhgon.apps.accounts.models import User
from tinhgon.apps.agencies.models import Agency
from tinhgon.apps.difficulties.models import DifficultyProcedure
from tinhgon.apps.procedures.models import Procedure, ProcedureVersion
from tinhgon.domain.procedures import PUBLISHED
from tinhgon.domain.vntext import format_number

_PUBLISHED = {status.value for status in PUBLISHED}
Versions = QuerySet[ProcedureVersion]


@dataclass(frozen=True, slots=True)
class Named:
    """A procedure with its name and its page."""

    pk: int
    name: str
    code: str

    @property
    def url(self) -> str:
        return reverse("procedures:detail", args=[self.pk])


@dataclass(frozen=True, slots=True)
class Concerned:
    """
    The procedures of a difficulty: those that may be told, by name, and how many others there are.

    A difficulty is read far from its agency; a draft of that agency keeps its name.
    """

    told: Sequence[Named] = ()
    untold: int = 0

    @property
    def count(self) -> int:
        return len(self.told) + self.untold

    @property
    def names(self) -> list[str]:
        """The names, and words in their place where they may not be told."""
        return [*(each.name for each in self.told), *([self.untold_words] if self.untold else [])]

    @property
    def in_short(self) -> str:
        """The first two by name, and how many more."""
        names = self.names[:2]
        more = self.count - len(self.told[:2]) - (self.untold if len(self.told) < 2 else 0)
        return "; ".join(names) + (f" và {format_number(more)} thủ tục khác" if more else "")

    @property
    def untold_words(self) -> str:
        number = f"{format_number(self.untold)} " if self.untold > 1 else ""
        return f"({number}thủ tục chưa công bố)"


def seen_by(user: User) -> Versions:
    """Return the versions whose names a person may read."""
    return ProcedureVersion.objects.visible_to(user)


def told_by(agency: Agency) -> Versions:
    """Return the versions that a paper of the agency may name: published, or of its own branch."""
    own = Q(holder__path__startswith=agency.path or "-")
    return ProcedureVersion.objects.filter(own | Q(status__in=_PUBLISHED))


def named(procedures: Collection[int], *, among: Versions) -> dict[int, Named]:
    """
    Return procedures by key under the name of their newest published version, else of the newest:
    those that have one `among` these.
    """
    rows = among.filter(procedure__in=procedures, is_superseded=False)
    found: dict[int, tuple[tuple[bool, int], Named]] = {}
    columns = ("procedure", "procedure__national_code", "name", "status", "number")
    for pk, code, name, status, number in rows.values_list(*columns):
        rank = (status in _PUBLISHED, number)
        if pk not in found or found[pk][0] < rank:
            found[pk] = (rank, Named(pk, name, code or Procedure(pk=pk).local_code))
    return {pk: each for pk, (_, each) in found.items()}


def by_difficulty(difficulties: Collection[int], *, among: Versions) -> Mapping[int, Concerned]:
    """Return the procedures of each difficulty, named by their versions `among` these."""
    links = DifficultyProcedure.objects.filter(difficulty__in=difficulties)
    found: dict[int, list[int]] = defaultdict(list)
    for difficulty, procedure in links.values_list("difficulty", "procedure"):
        found[difficulty].append(procedure)
    names = named({pk for several in found.values() for pk in several}, among=among)
    return {difficulty: _concerned(keys, names) for difficulty, keys in found.items()}


def concerned(difficulty: int, *, among: Versions) -> Concerned:
    """Return the procedures of one difficulty, named by their versions `among` these."""
    return by_difficulty([difficulty], among=among).get(difficulty, Concerned())


def _concerned(keys: Collection[int], names: Mapping[int, Named]) -> Concerned:
    told = sorted((names[pk] for pk in keys if pk in names), key=lambda each: each.name)
    return Concerned(told, len(keys) - len(told))
