"""Answers given to all units, and which of them speak of what somebody is typing."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from tinhgon.apps.difficulties.models import Difficulty
from tinhgon.domain.difficulties import similar

LONGEST = 2_000
"""Letters of a question that are compared: what it is about stands at its beginning."""
LEAST_SHARED = 50
"""How alike, in a hundred, what is about the same procedure counts at least."""


@dataclass(frozen=True, slots=True)
class Like:
    """An answer to all units, and how alike, in a hundred, its question is."""

    difficulty: Difficulty
    percent: int

    @property
    def said(self) -> str:
        """The words of the answer, or its paper."""
        answer = self.difficulty.answer
        if answer is None:
            return ""
        return answer.words or (answer.document.title if answer.document else "")


def like(
    text: str, *, procedures: Collection[int] = (), besides: int | None = None, most: int = 5
) -> list[Like]:
    """
    Return the answers to all units whose question is like `text`, the likest first; three queries.
    Of a long text the first LONGEST letters count.

    Those about one of the procedures come too, whatever their words. `besides` is left out.
    """
    rows = Difficulty.objects.filter(is_guidance=True)
    if besides is not None:
        rows = rows.exclude(pk=besides)
    texts = {
        pk: f"{title} {description}"
        for pk, title, description in rows.values_list("pk", "title", "description")
    }
    found = dict(similar(text[:LONGEST], texts, most=most))
    if procedures:
        shared = rows.filter(procedures__in=procedures).order_by().values_list("pk", flat=True)
        for pk in list(shared.distinct()[:most]):
            found[pk] = max(found.get(pk, 0), LEAST_SHARED)
    ranked = sorted(found.items(), key=lambda each: (-each[1], -each[0]))[:most]
    known = Difficulty.objects.select_related("agency", "answer__document", "answer__station")
    by_pk = known.in_bulk([pk for pk, _ in ranked])
    return [Like(by_pk[pk], percent) for pk, percent in ranked]
