from __future__ import annotations

import zipfile
from dataclasses import replace
from datetime import datetime, timedelta
from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from tests.background import work_off
from tests.factories import make_user
from tests.factories.agencies import Province
from tinhgon.apps.accounts.models import User
from tinhgon.apps.jobs.models import Job
from tinhgon.apps.reports import documents
from tinhgon.apps.reports.models import Report, ReportPeriod, ReportTemplate
from tinhgon.apps.reports.queries.templates import TemplateFinder
from tinhgon.domain.officialdoc import OfficialDoc, read, write_docx
from tinhgon.domain.reportpapers import default_template, template_document

from .conftest import signed_in
from .make import AT

URL = "/bao-cao/mau/"


@pytest.fixture
def admin(province: Province) -> User:
    return make_user(province.committee, "administrator")


def template(text: str) -> bytes:
    shipped = template_document(default_template())
    body = (replace(shipped.body[0], text=text), *shipped.body[1:])
    return write_docx(replace(shipped, body=body))


def handed_in(user: User, province: Province, data: bytes, name: str = "mau.docx") -> str:
    file = SimpleUploadedFile(name, data)
    answer = signed_in(user).post(
        URL, {"agency": province.committee.pk, "file": file, "note": "Công văn 12"}, follow=True
    )
    return answer.content.decode()


def words(document: OfficialDoc) -> str:
    return "\n".join(block.text for block in document.walk())


def report_words(report: Report) -> str:
    found = TemplateFinder().of(report)
    return words(documents.make_report(report, today=AT.date(), template=found))


def test_a_template_is_used_from_when_it_is_handed_in_and_can_be_put_aside(
    period: ReportPeriod, province: Province, admin: User, now: datetime
) -> None:
    report = Report.objects.get(period=period, agency=province.departments[0])
    assert "Kính báo cáo" not in report_words(report)
    page = handed_in(admin, province, template("Kính báo cáo «co_quan_nhan» như sau:"))
    assert "Đã thay mẫu" in page
    assert "Kính báo cáo" in report_words(report)
    handed_in(admin, province, template("Mẫu thứ hai của «co_quan»:"))
    assert "Mẫu thứ hai của Sở Nội vụ" in report_words(report)
    newest, first = ReportTemplate.objects.all()
    client = signed_in(admin)
    client.post(f"{URL}{first.pk}/dung/")
    assert "Kính báo cáo" in report_words(report)
    client.post(f"{URL}{first.pk}/thoi-dung/")
    assert "Kính báo cáo" not in report_words(report)
    assert not ReportTemplate.objects.filter(pk__in=[newest.pk, first.pk], is_used=True).exists()


def test_the_nearest_template_up_the_tree_is_taken(
    period: ReportPeriod, province: Province, admin: User, now: datetime
) -> None:
    handed_in(admin, province, template("Mẫu của tỉnh:"))
    district = province.districts[0]
    own = make_user(district, "administrator")
    file = SimpleUploadedFile("mau.docx", template("Mẫu của huyện:"))
    signed_in(own).post(URL, {"agency": district.pk, "file": file})
    commune = Report.objects.get(period=period, agency=province.communes[0][0])
    other = Report.objects.get(period=period, agency=province.districts[1])
    assert "Mẫu của huyện:" in report_words(commune)
    assert "Mẫu của tỉnh:" in report_words(other)


@pytest.mark.parametrize(
    ("data", "name", "said"),
    [
        (template("Kính gửi «noi_nao»"), "mau.docx", "Không có trường «noi_nao»."),
        (b"%PDF-1.4", "mau.pdf", "là tệp Word"),
        (b"PK\x03\x04 hong", "mau.docx", "mau.docx"),
    ],
)
def test_a_faulty_template_is_refused_with_what_to_mend(
    province: Province, admin: User, now: datetime, data: bytes, name: str, said: str
) -> None:
    page = handed_in(admin, province, data, name)
    assert not ReportTemplate.objects.exists()
    if name.endswith("pdf") or "noi_nao" in said:
        assert said in page


def test_nobody_sets_the_template_of_another_branch(province: Province, now: datetime) -> None:
    own = make_user(province.districts[0], "administrator")
    file = SimpleUploadedFile("mau.docx", template("Mẫu:"))
    answer = signed_in(own).post(URL, {"agency": province.committee.pk, "file": file})
    assert answer.status_code == 422
    officer = make_user(province.departments[0], "officer")
    assert signed_in(officer).get(URL).status_code == 403


def test_the_reports_of_all_agencies_come_as_one_archive(
    period: ReportPeriod, province: Province, now: datetime
) -> None:
    office = make_user(province.committee, "coordinator")
    client = signed_in(office)
    client.post(f"/bao-cao/ky/{period.pk}/tai-tat-ca/")
    work_off()
    job = Job.objects.get()
    assert job.error == ""
    assert job.file is not None
    with job.file.content.open("rb") as content, zipfile.ZipFile(BytesIO(content.read())) as found:
        names = found.namelist()
        reports = Report.objects.filter(period=period).count()
        assert len(names) == 2 * reports
        first = read(found.read(next(n for n in names if n.endswith(".docx"))), "a.docx")
    assert first.doc_type == "báo cáo"


@pytest.mark.parametrize("lost", ["moved", "role"])
def test_who_moved_on_does_not_fetch_what_he_had_packed_before(
    period: ReportPeriod, province: Province, now: datetime, lost: str
) -> None:
    officer = make_user(province.departments[0], "officer")
    client = signed_in(officer)
    client.post(f"/bao-cao/ky/{period.pk}/tai-tat-ca/")
    work_off()
    job = Job.objects.get()
    assert client.get(f"{job.get_absolute_url()}tep/").getvalue()[:2] == b"PK"

    position = officer.positions.filter(ended_on=None)
    if lost == "moved":  # to an agency that is asked for a report of the same period
        position.update(agency=province.departments[1], scope=None)
    else:
        position.update(ended_on=now.date() - timedelta(days=1))

    assert client.get(f"{job.get_absolute_url()}tep/").status_code == 404
    assert f"{job.get_absolute_url()}tep/" not in client.get(job.get_absolute_url()).text


def test_an_officer_gets_only_what_he_sees(
    period: ReportPeriod, province: Province, now: datetime
) -> None:
    officer = make_user(province.departments[0], "officer")
    signed_in(officer).post(f"/bao-cao/ky/{period.pk}/tai-tat-ca/")
    work_off()
    job = Job.objects.get()
    assert job.total == 1
