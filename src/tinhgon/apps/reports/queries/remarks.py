"""What an agency says of the figures of its report, beside the figures."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypedDict

from tinhgon.apps.accounts.models import User
from tinhgon.apps.reports import policies
from tinhgon.apps.reports.models import FigureRemark, Report

from .branch import load_branch
from .tables import FigureRow, figure_rows


@dataclass(frozen=True, slots=True)
class RemarkView:
    """What the agency says of a figure, with the figure as it counts now."""

    remark: FigureRemark
    figure: FigureRow


class RemarksPage(TypedDict):
    report: Report
    remarks: list[RemarkView]
    can_restate: bool


def remarks_page(*, user: User, report: Report) -> RemarksPage:
    """Return all that the agency says of its figures, in the order of the table; three queries."""
    rows = FigureRemark.objects.filter(report=report).exclude(text="").select_related("written_by")
    said = {each.figure: each for each in rows}
    figures = figure_rows(load_branch(report)) if said else []
    return {
        "report": report,
        "remarks": [RemarkView(said[row.key], row) for row in figures if row.key in said],
        "can_restate": policies.may_restate(user, report),
    }
