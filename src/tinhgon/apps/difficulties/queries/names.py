"""The procedures that difficulties are about, by the version that counts now."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from django.urls import reverse

from tinhgon.apps.accounts.models import User
from tinhgon.apps.difficulties.models import DifficultyProcedure
from tinhgon.apps.procedures.models import Procedure, ProcedureVersion
from tinhgon.domain.procedures import PUBLISHED

_PUBLISHED = {status.value for status in PUBLISHED}


@dataclass(frozen=True, slots=True)
class Named:
    """A procedure with its name and its page."""

    pk: int
    name: str
    code: str

    @property
    def url(self) -> str:
        return reverse("procedures:detail", args=[self.pk])


def named(procedures: Collection[int], *, user: User | None = None) -> dict[int, Named]:
    """
    Return procedures by key under the name of their newest published version, else of the newest;
    with `user` only those that he may see.
    """
    rows = ProcedureVersion.objects.filter(procedure__in=procedures, is_superseded=False)
    if user is not None:
        rows = rows.visible_to(user)
    found: dict[int, tuple[tuple[bool, int], Named]] = {}
    columns = ("procedure", "procedure__national_code", "name", "status", "number")
    for pk, code, name, status, number in rows.values_list(*columns):
        rank = (status in _PUBLISHED, number)
        if pk not in found or found[pk][0] < rank:
            found[pk] = (rank, Named(pk, name, code or Procedure(pk=pk).local_code))
    return {pk: each for pk, (_, each) in found.items()}


def by_difficulty(difficulties: Collection[int]) -> Mapping[int, Sequence[Named]]:
    """Return the procedures of each difficulty by name; two queries."""
    links = DifficultyProcedure.objects.filter(difficulty__in=difficulties)
    pairs = list(links.values_list("difficulty", "procedure"))
    names = named({procedure for _, procedure in pairs})
    found: dict[int, list[Named]] = defaultdict(list)
    for difficulty, procedure in pairs:
        if procedure in names:
            found[difficulty].append(names[procedure])
    return {pk: sorted(rows, key=lambda each: each.name) for pk, rows in found.items()}
