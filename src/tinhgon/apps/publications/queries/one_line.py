"""One line of a draft: what may be said of it, and where it stands among the others."""

from __future__ import annotations

from datetime import date
from typing import Any, TypedDict

from django.core.paginator import Page, Paginator

from tinhgon.apps.accounts.models import User
from tinhgon.apps.publications.models import Decision, DecisionLine, LineEnding

from . import choosing
from .checking import load_lines
from .sections import sections_of


class LinePage(TypedDict):
    decision: Decision
    line: DecisionLine
    asked: choosing.Asked
    endings: list[LineEnding]
    page: Page[Any]


def get_line(decision: Decision, pk: int) -> DecisionLine:
    """
    Return a line of the decision that brings a version.

    :raises DecisionLine.DoesNotExist: if it has no such line.
    """
    return decision.lines.select_related("decision__drafter", "version").get(
        pk=pk, version__isnull=False
    )


def line_page(*, user: User, line: DecisionLine, asked: choosing.Asked, on: date) -> LinePage:
    """Return a line with those whose place it takes, and those whose place it might take."""
    endings = list(line.endings.all())
    known = [line.procedure_id, *(ending.procedure_id for ending in endings)]
    found = choosing.in_force(user, asked, on=on).exclude(procedure__in=known)
    return {
        "decision": line.decision,
        "line": line,
        "asked": asked,
        "endings": endings,
        "page": Paginator(found, choosing.PAGE_SIZE).get_page(asked.page),
    }


def moved(decision: Decision, pk: int, *, by: int) -> list[int]:
    """
    Return the keys of all lines in their new order when one goes up (-1) or down (1).

    It changes places with its neighbour in the same section; at the end of it nothing changes.
    """
    order: list[int] = []
    for section in sections_of(decision, load_lines(decision, with_content=False)):
        keys = [line.pk for _, line in section.lines]
        if pk in keys:
            here = keys.index(pk)
            there = here + by
            if 0 <= there < len(keys):
                keys[here], keys[there] = keys[there], keys[here]
        order += keys
    return order
