"""Many agencies at the last hour, and two people on one report: nothing is lost, nothing twice."""

from __future__ import annotations

import pytest

from tests.at_once import at_once
from tests.factories import make_agency, make_province, make_user
from tests.factories.agencies import Province
from tests.factories.reports import make_edition, make_fact
from tests.workbooks import filled_in
from tinhgon.apps.accounts.models import User
from tinhgon.apps.agencies.models import Agency
from tinhgon.apps.audit.models import Event
from tinhgon.apps.audit.queries import verify
from tinhgon.apps.difficulties.models import Difficulty
from tinhgon.apps.reports import actions
from tinhgon.apps.reports.enums import ReportStatus
from tinhgon.apps.reports.exports import XLSX, offline_workbook
from tinhgon.apps.reports.imports import preview_of
from tinhgon.apps.reports.models import (
    Report,
    ReportBasis,
    ReportPeriod,
    ReportTemplate,
    ReportText,
    ReturnedWorkbook,
)
from tinhgon.apps.reports.queries.workbooks import get_visible_workbook
from tinhgon.common.models import StaleObject
from tinhgon.common.refusal import Refused
from tinhgon.common.uploads import Upload
from tinhgon.domain.difficulties import kinds
from tinhgon.domain.lifecycle import IllegalMove
from tinhgon.domain.officialdoc import write_docx
from tinhgon.domain.reportpapers import default_template, template_document

from .make import AT, open_year, report_of

pytestmark = pytest.mark.django_db(transaction=True)


def opened(province: Province) -> tuple[ReportPeriod, User]:
    office = make_user(province.office, "coordinator", scope=province.committee)
    return open_year(province, office), office


def send(report: Report, head: User) -> None:
    fresh = Report.objects.select_related("period__agency", "agency", "receiver", "successor").get(
        pk=report.pk
    )
    actions.send(report=fresh, by=head, at=AT, seen=fresh.version)


def test_sixty_agencies_send_at_once() -> None:
    province = make_province()
    agencies: list[Agency] = [make_agency(parent=province.committee) for _ in range(60)]
    period, _ = opened(province)
    deeds = []
    for agency in agencies:
        report = report_of(period, agency)
        make_edition(report, [make_fact(agency)])
        head = make_user(agency, "head")
        deeds.append(lambda report=report, head=head: send(report, head))

    refused = at_once(*deeds)

    assert refused == []
    sent = Report.objects.filter(period=period, status=ReportStatus.SENT)
    assert sent.count() == 60
    assert ReportBasis.objects.filter(report__in=sent, was_sent=True).count() == 60
    assert Event.objects.filter(kind="reports.sent").count() == 60
    assert verify().problems == []


def test_two_receivers_at_once() -> None:
    province = make_province()
    period, office = opened(province)
    other = make_user(province.office, "coordinator", scope=province.committee)
    department = province.departments[0]
    send(report_of(period, department), make_user(department, "head"))
    first, second = report_of(period, department), report_of(period, department)

    refused = at_once(
        lambda: actions.receive(report=first, by=office, at=AT, seen=first.version),
        lambda: actions.return_report(
            report=second, reason="Thiếu số liệu", by=other, at=AT, seen=second.version
        ),
    )

    assert [type(each) for each in refused] == [StaleObject]
    kinds = ("reports.received", "reports.returned")
    assert Event.objects.filter(kind__in=kinds).count() == 1


def test_two_officers_begin_one_section_at_once() -> None:
    province = make_province()
    period, _ = opened(province)
    department = province.departments[0]
    section = period.sections.get(key="chi-dao")
    writers = [make_user(department) for _ in range(2)]

    refused = at_once(
        *[
            lambda user=user: actions.write_text(
                report=report_of(period, department),
                section=section,
                text=user.username,
                by=user,
                at=AT,
                seen=0,
            )
            for user in writers
        ]
    )

    assert [type(each) for each in refused] == [StaleObject]
    assert ReportText.objects.count() == 1


def test_words_that_are_saved_while_it_is_sent_are_in_it_or_refused() -> None:
    province = make_province()
    period, _ = opened(province)
    department = province.departments[0]
    section = period.sections.get(key="chi-dao")
    officer, head = make_user(department), make_user(department, "head")
    report = report_of(period, department)

    refused = at_once(
        lambda: send(report, head),
        lambda: actions.write_text(
            report=report_of(period, department),
            section=section,
            text="Câu cuối",
            by=officer,
            at=AT,
            seen=0,
        ),
    )

    assert report_of(period, department).status == ReportStatus.SENT
    written = ReportText.objects.exists()
    assert [type(each) for each in refused] == ([] if written else [IllegalMove])
    events = list(Event.objects.order_by("number").values_list("kind", flat=True))
    if written:
        assert events.index("reports.written") < events.index("reports.sent")


def test_two_templates_at_once() -> None:
    province = make_province()
    agency = province.committee
    people = [make_user(agency, "administrator") for _ in range(2)]
    data = write_docx(template_document(default_template()))
    upload = Upload("mau.docx", "application/octet-stream", data)

    refused = at_once(
        *[
            lambda user=user: actions.add_template(
                agency=agency, upload=upload, note="", by=user, at=AT
            )
            for user in people
        ]
    )

    assert refused == []
    assert ReportTemplate.objects.count() == 2
    assert ReportTemplate.objects.filter(is_used=True).count() == 1


def returned_workbook(report: Report, by: User) -> ReturnedWorkbook:
    """Make a workbook with words and a difficulty, handed in again by the agency."""
    cells = {
        ("Thuyết minh", "D2"): "Của tệp",
        ("Khó khăn, vướng mắc", "C2"): next(iter(kinds().values())).label,
        ("Khó khăn, vướng mắc", "D2"): "Thiếu người",
        ("Khó khăn, vướng mắc", "E2"): "Chỉ có một người.",
        ("Khó khăn, vướng mắc", "H2"): "Chính phủ, Thủ tướng Chính phủ",
    }
    upload = Upload("tep.xlsx", XLSX, filled_in(offline_workbook(report, user=by, at=AT), cells))
    return actions.return_workbook(period=report.period, upload=upload, by=by, at=AT)


def merge(workbook: ReturnedWorkbook, by: User) -> None:
    """Confirm what the workbook shows, each person with rows of his own."""
    found = get_visible_workbook(user=by, pk=workbook.pk)
    shown = preview_of(found, user=by, today=AT.date()).digest
    actions.merge_workbook(
        workbook=found, choices={}, shown=shown, by=by, at=AT, seen=workbook.version
    )


def test_two_who_confirm_one_workbook_write_it_once() -> None:
    province = make_province()
    period, office = opened(province)
    report = report_of(period, province.departments[0])
    officer = make_user(report.agency, "officer")
    workbook = returned_workbook(report, officer)

    refused = at_once(lambda: merge(workbook, officer), lambda: merge(workbook, office))

    [why] = refused
    assert isinstance(why, StaleObject | IllegalMove), why
    assert Difficulty.objects.count() == 1
    assert ReportText.objects.get().text == "Của tệp"
    assert Event.objects.filter(kind="reports.workbook_merged").count() == 1
    assert verify().problems == []


def test_who_opened_a_workbook_before_it_was_written_is_told_that_it_changed() -> None:
    province = make_province()
    period, office = opened(province)
    report = report_of(period, province.departments[0])
    officer = make_user(report.agency, "officer")
    workbook = returned_workbook(report, officer)
    found = get_visible_workbook(user=office, pk=workbook.pk)
    merge(workbook, officer)

    with pytest.raises(StaleObject):
        actions.merge_workbook(
            workbook=found,
            choices={},
            shown=preview_of(found, user=office, today=AT.date()).digest,
            by=office,
            at=AT,
            seen=found.version,
        )

    assert Event.objects.filter(kind="reports.workbook_merged").count() == 1


def test_who_types_while_a_workbook_is_written_is_not_overwritten() -> None:
    province = make_province()
    period, _ = opened(province)
    report = report_of(period, province.departments[0])
    officer, head = make_user(report.agency, "officer"), make_user(report.agency, "head")
    workbook = returned_workbook(report, officer)
    section = period.sections.get(key="chi-dao")

    refused = at_once(
        lambda: merge(workbook, officer),
        lambda: actions.write_text(
            report=report_of(period, report.agency),
            section=section,
            text="Vừa gõ",
            by=head,
            at=AT,
            seen=0,
        ),
    )

    [why] = refused
    assert isinstance(why, StaleObject | Refused), why
    text = ReportText.objects.get()
    is_merged = ReturnedWorkbook.objects.get().status == "merged"
    assert text.text == ("Của tệp" if is_merged else "Vừa gõ")
    assert Difficulty.objects.count() == int(is_merged)
