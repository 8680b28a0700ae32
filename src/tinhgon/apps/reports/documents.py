"""The report of one agency as a document: its narrative and its tables, from frozen figures."""

from __future__ import annotations

from datetime import date

from tinhgon.apps.publications.documents import letter_of, office_of, signature_of
from tinhgon.domain.officialdoc import OfficialDoc
from tinhgon.domain.publishing import Letter
from tinhgon.domain.reportpapers import Form, ReportPaper, Template, report_document

from .models import Report
from .queries.content import Content

_MOST_ROWS = 300
"""Rows of a table that a paper prints; longer ones go with it as a workbook."""


def make_report(report: Report, *, today: date, template: Template | None = None) -> OfficialDoc:
    """Return the report as it goes up, with its tables; those of many rows name the workbook."""
    content = Content(report, today=today)
    return report_document(_paper(content, today), template)


def _paper(content: Content, today: date) -> ReportPaper:
    report, period = content.report, content.period
    writer, document = office_of(report.writer), report.signed
    return ReportPaper(
        sender=writer,
        receiver=report.receiver.name if report.receiver else period.addressee,
        # The sentence itself says "báo cáo" before the name.
        period=_low(period.name.removeprefix("Báo cáo ")),
        programme=_low(period.programme.name),
        basis=period.basis or period.programme.basis or period.programme.name,
        from_on=period.from_on,
        told=content.told,
        sections=content.sections(),
        forms=tuple(_short(form) for form in content.forms()),
        written_on=(document.issued_on if document else None) or today,
        letter=letter_of(document) if document else Letter("", f"BC-{writer.symbol}".strip("-")),
        is_nil=report.is_nil,
        signature=signature_of(document) if document else None,
    )


def _short(form: Form) -> Form:
    """Return the table as papers have it: a long one says where its rows are."""
    if len(form.rows) <= _MOST_ROWS:
        return form
    words = f"{form.label} có {len(form.rows)} dòng, gửi kèm dưới dạng tệp Excel."
    return form.without_rows(words)


def _low(text: str) -> str:
    return text[:1].lower() + text[1:]
