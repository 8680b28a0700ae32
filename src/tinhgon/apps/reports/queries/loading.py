from __future__ import annotations

from django.db.models import Exists, OuterRef

from tinhgon.apps.accounts.models import User
from tinhgon.apps.reports.models import FigureRemark, PeriodSection, Report, ReportPeriod

RELATED = (
    "period__agency",
    "period__programme",
    "agency__parent",
    "receiver",
    "successor__parent",
    "sent_by",
    "received_by",
    "document__file",
)


def get_visible_period(*, user: User, pk: int) -> ReportPeriod:
    """
    Return a period of the person's branch, or one that asks an agency of it.

    :raises ReportPeriod.DoesNotExist: also when it exists but is hidden from the person.
    """
    found = ReportPeriod.objects.visible_to(user).select_related("agency", "programme")
    return found.get(pk=pk)


def get_visible_report(*, user: User, pk: int) -> Report:
    """
    Return a report that an agency of the person's branch writes or receives; `has_remarks` says
    whether the agency said anything of its figures.

    :raises Report.DoesNotExist: also when it exists but is hidden from the person.
    """
    remarks = FigureRemark.objects.filter(report=OuterRef("pk")).exclude(text="")
    rows = Report.objects.visible_to(user).annotate(has_remarks=Exists(remarks))
    return rows.select_related(*RELATED).get(pk=pk)


def get_section(*, report: Report, pk: int) -> PeriodSection:
    """
    Return a section of the report's period.

    :raises PeriodSection.DoesNotExist: if it belongs to another one.
    """
    return PeriodSection.objects.get(pk=pk, period=report.period_id)
