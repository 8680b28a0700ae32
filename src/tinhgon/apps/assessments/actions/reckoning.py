"""Columns that an earlier version of the software filled otherwise, or not at all."""

from __future__ import annotations

import logging

from tinhgon.apps.assessments.models import CostSheet
from tinhgon.common.refusal import Refused
from tinhgon.domain.costing import NotASheet

from ._saving import RECKONING, reckoned

_log = logging.getLogger(__name__)
_BATCH = 500


def reckon() -> int:
    """
    Fill anew the columns that follow from the sides of sheets; return of how many sheets.

    No figure of any sheet changes, so that there is nothing for the trail. May be broken off and
    begun again. A sheet that somebody writes meanwhile is filled by that. One that cannot be read,
    or that costs more than can be, stays as it is until somebody corrects it.
    """
    behind = CostSheet.objects.filter(reckoned__lt=RECKONING).order_by("pk")
    done, after = 0, 0
    while rows := list(behind.filter(pk__gt=after)[:_BATCH]):
        for row in rows:
            done += _reckon(row)
        after = rows[-1].pk
    return done


def _reckon(row: CostSheet) -> int:
    try:
        values = reckoned(row.sides, row.baseline)
    except (NotASheet, Refused):
        _log.exception("The cost sheet of review %s cannot be reckoned", row.review_id)
        return 0
    return CostSheet.objects.filter(pk=row.pk, version=row.version).update(**values)
