"""The offline workbook of a report, sealed."""

from __future__ import annotations

from datetime import datetime

from tinhgon.apps.accounts.models import User
from tinhgon.apps.reports.models import Report
from tinhgon.apps.reports.queries.seals import sign
from tinhgon.apps.reports.queries.workbooks import book_of
from tinhgon.domain.reportbook import Seal, write_book


def offline_workbook(report: Report, *, user: User, at: datetime) -> bytes:
    """Return the workbook, as `user` may see it, with which the agency goes on without a line."""
    book = book_of(report, user=user, today=at.date())
    seal = Seal.of(book, report=report.pk, made_at=at.isoformat())
    return write_book(book, sign(seal))
