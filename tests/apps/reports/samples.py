from __future__ import annotations

from typing import Any

from tests.apps.samples import Sample
from tests.factories.agencies import make_agency
from tests.factories.reports import make_edition, make_fact, make_period, make_report
from tinhgon.apps.accounts.models import User
from tinhgon.apps.agencies.models import Agency
from tinhgon.apps.documents.actions import draft_outgoing
from tinhgon.apps.files.actions import store_file
from tinhgon.apps.files.enums import LETTERS
from tinhgon.apps.reports.enums import ReportStatus
from tinhgon.apps.reports.exports import offline_workbook
from tinhgon.apps.reports.models import ReportTemplate, ReturnedWorkbook
from tinhgon.domain.officialdoc import write_docx
from tinhgon.domain.reportpapers import default_template, template_document

from .make import AT


def _of_period(agency: Agency, person: User) -> dict[str, Any]:
    return {"pk": make_period(agency, created_by=person).pk}


def _of_report(agency: Agency, person: User) -> dict[str, Any]:
    """Make a draft that the agency sends to one which is nobody's branch here."""
    above = make_agency()
    return {"pk": make_report(make_period(above, created_by=person), agency, above).pk}


def _sent_to(agency: Agency, person: User) -> dict[str, Any]:
    """Make a report that the agency has in hand."""
    below = make_agency(parent=agency)
    period = make_period(agency, created_by=person)
    report = make_report(period, below, agency, status=ReportStatus.SENT, by=person)
    return {"pk": report.pk}


def _of_figure(agency: Agency, person: User) -> dict[str, Any]:
    period = make_period(agency, created_by=person)
    report = make_report(period, agency)
    make_edition(report, [make_fact(agency)])
    return {"pk": report.pk, "key": "cong-bo"}


def _of_texts(agency: Agency, person: User) -> dict[str, Any]:
    period = make_period(agency, created_by=person)
    section = period.sections.first()
    assert section
    return {"pk": make_report(period, agency).pk, "section": section.pk}


def _own(agency: Agency, person: User) -> dict[str, Any]:
    return {"pk": make_report(make_period(agency, created_by=person), agency).pk}


def _signed(agency: Agency, person: User) -> dict[str, Any]:
    file = store_file(
        data=b"%PDF-1.7 bao cao", name="bao-cao.pdf", content_type="application/pdf", at=AT
    )
    document = draft_outgoing(
        owner=agency, doc_type="báo cáo", symbol="BC-SNV", subject="", by=person, at=AT
    )
    document.file = file
    document.save()
    period = make_period(agency, created_by=person)
    return {
        "pk": make_report(period, agency, document=document, status=ReportStatus.SENT, by=person).pk
    }


def _template(agency: Agency, person: User) -> dict[str, Any]:
    file = store_file(
        data=write_docx(template_document(default_template())),
        name="mau.docx",
        content_type="application/octet-stream",
        at=AT,
        allowed=LETTERS,
    )
    row = ReportTemplate.objects.create(agency=agency, file=file, added_at=AT, added_by=person)
    return {"pk": row.pk}


def _workbook(agency: Agency, person: User) -> dict[str, Any]:
    """Make a workbook of the agency that waits, of a report which goes to nobody's branch here."""
    above = make_agency()
    report = make_report(make_period(above, created_by=person), agency, above)
    file = store_file(
        data=offline_workbook(report, user=person, at=AT),
        name="ngoai-tuyen.xlsx",
        content_type="application/octet-stream",
        at=AT,
    )
    row = ReturnedWorkbook.objects.create(
        report=report, file=file, made_at=AT, returned_at=AT, returned_by=person
    )
    return {"pk": row.pk}


SAMPLES: dict[str, Sample] = {
    "reports:workbook": _of_report,
    "reports:remarks": _of_report,
    "reports:workbooks": _of_period,
    "reports:all_workbooks": _of_period,
    "reports:workbook_preview": _workbook,
    "reports:workbook_file": _workbook,
    "reports:merge_workbook": _workbook,
    "reports:discard_workbook": _workbook,
    "reports:template_file": _template,
    "reports:use_template": _template,
    "reports:put_template_aside": _template,
    "reports:all_papers": _of_period,
    "reports:period": _of_period,
    "reports:progress": _of_period,
    "reports:export": _of_period,
    "reports:edit": _of_period,
    "reports:close": _of_period,
    "reports:receive_many": _of_period,
    "reports:urge": _of_period,
    "reports:freeze": _of_period,
    "reports:paper": lambda agency, person: {**_of_report(agency, person), "kind": "xlsx"},
    "reports:restate": _of_report,
    "reports:report": _of_report,
    "reports:figure": _of_figure,
    "reports:texts": _of_texts,
    "reports:difficulties": _of_report,
    "reports:document": _signed,
    "reports:record_sent": _own,
    "reports:write": _of_report,
    "reports:send": _of_report,
    "reports:send_nil": _of_report,
    "reports:recall": _of_report,
    "reports:receive": _sent_to,
    "reports:return": _sent_to,
}
