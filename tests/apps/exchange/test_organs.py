"""The codes of agencies: given by the administrator, each of one agency at a time."""

from __future__ import annotations

import io
from datetime import date
from typing import Any

import pytest
import xlsxwriter
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from tests.factories import make_province, make_user
from tests.factories.agencies import Province
from tinhgon.apps.agencies.models import Agency
from tinhgon.apps.exchange.models import OrganId
from tinhgon.apps.exchange.queries import organs

from .making import give_code

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("march_2024")]
DAY = date(2024, 3, 27)


@pytest.fixture
def province() -> Province:
    return make_province()


@pytest.fixture
def admin(client: Client, province: Province) -> Client:
    client.force_login(make_user(province.committee, "administrator"))
    return client


def _add(client: Client, agency: Agency, code: str, day: str = "01/3/2024") -> Any:
    data = {"agency": agency.name, "code": code, "started_on": day, "basis": "QĐ 20/2020/QĐ-TTg"}
    return client.post(reverse("exchange:add_organ"), data)


def test_a_new_code_ends_the_one_before(admin: Client, province: Province) -> None:
    home = province.departments[0]
    give_code(home, "000.00.04.H37")

    assert _add(admin, home, "H37.04").status_code == 302

    old, new = OrganId.objects.filter(agency=home).order_by("started_on")
    assert (old.ended_on, new.ended_on) == (date(2024, 3, 1), None)
    assert organs.codes_on(date(2024, 2, 29), [home]) == {home.pk: "000.00.04.H37"}
    assert organs.codes_on(DAY, [home]) == {home.pk: "H37.04"}
    owners = organs.owners_of(["000.00.04.H37", "H37.04", "H99"], on=DAY)
    assert {code: (o.agency, o.is_current) for code, o in owners.items()} == {
        "000.00.04.H37": (home, False),
        "H37.04": (home, True),
    }


@pytest.mark.parametrize(
    ("code", "day", "words"),
    [
        ("Sở Nội vụ", "01/3/2024", "không đúng dạng"),
        ("H37.03", "01/3/2024", "đang là của Sở Tư pháp"),
        ("H37.05", "01/01/2020", "mã mới phải từ sau đó"),
        ("H37.04", "01/3/2024", "đã có mã này"),
    ],
)
def test_what_is_no_code_of_this_agency_is_refused_with_a_reason(
    admin: Client, province: Province, code: str, day: str, words: str
) -> None:
    home, justice = province.departments
    give_code(home, "H37.04")
    give_code(justice, "H37.03")

    response = _add(admin, home, code, day)

    assert response.status_code == 422
    assert words in response.content.decode()
    assert OrganId.objects.count() == 2


def test_a_code_ends_and_is_free_again(admin: Client, province: Province) -> None:
    home, justice = province.departments
    organ = give_code(home, "H37.04")

    admin.post(
        reverse("exchange:end_organ", args=[organ.pk]), {"version": 1, "ended_on": "27/3/2024"}
    )
    assert _add(admin, justice, "H37.04", "27/3/2024").status_code == 302

    assert organs.codes_on(DAY, [home, justice]) == {justice.pk: "H37.04"}
    page = admin.get(reverse("exchange:organs")).content.decode()
    assert page.count('<th scope="row">H37.04') == 1
    page = admin.get(f"{reverse('exchange:organs')}?het-han=1").content.decode()
    assert page.count('<th scope="row">H37.04') == 2


def test_the_code_in_the_list_of_agencies_counts_where_none_is_kept(province: Province) -> None:
    home, justice = province.departments
    Agency.objects.filter(pk__in=[home.pk]).update(national_id="H37.04")
    home.refresh_from_db()

    assert organs.codes_on(DAY, [home, justice]) == {home.pk: "H37.04"}
    assert organs.owners_of(["H37.04"], on=DAY)["H37.04"].agency == home


def _sheet(*rows: tuple[str, ...]) -> SimpleUploadedFile:
    output = io.BytesIO()
    book = xlsxwriter.Workbook(output)
    sheet = book.add_worksheet()
    for number, row in enumerate(rows):
        sheet.write_row(number, 0, row)
    book.close()
    return SimpleUploadedFile("ma.xlsx", output.getvalue())


HEADINGS = ("STT", "Mã định danh", "Tên cơ quan", "Từ ngày")


def test_a_list_of_codes_is_taken_whole(admin: Client, province: Province) -> None:
    give_code(province.departments[0], "H37.04")
    file = _sheet(
        HEADINGS,
        ("1", "H37.04", "Sở Nội vụ", "01/01/2020"),
        ("2", "H37.03", "SỞ TƯ PHÁP", "15/01/2024"),
        ("3", "H37", "Ủy ban nhân dân tỉnh Lạng Sơn", ""),
    )

    response = admin.post(reverse("exchange:import_organs"), {"file": file})

    assert response.status_code == 302
    assert sorted(OrganId.objects.values_list("code", "started_on")) == [
        ("H37", DAY),
        ("H37.03", date(2024, 1, 15)),
        ("H37.04", date(2020, 1, 1)),
    ]


def test_a_list_with_a_bad_line_is_not_taken_at_all(admin: Client, province: Province) -> None:
    file = _sheet(HEADINGS, ("1", "H37.03", "Sở Tư pháp", ""), ("2", "H37.99", "Sở Mây Trời", ""))

    response = admin.post(reverse("exchange:import_organs"), {"file": file})

    assert response.status_code == 422
    assert "Dòng 3: “Sở Mây Trời” không có trong danh sách cơ quan" in response.content.decode()
    assert not OrganId.objects.exists()


def test_an_officer_reads_the_codes_and_changes_none(client: Client, province: Province) -> None:
    client.force_login(make_user(province.departments[0]))
    give_code(province.departments[0], "H37.04")

    page = client.get(reverse("exchange:organs")).content.decode()

    assert "H37.04" in page
    assert "Ghi mã" not in page
    assert _add(client, province.departments[1], "H37.05").status_code == 403
