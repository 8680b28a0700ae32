from __future__ import annotations

import io
from datetime import date
from typing import Any

import pytest
from bs4 import BeautifulSoup
from python_calamine import CalamineWorkbook

from tests.factories import Province, make_user
from tests.factories.assignments import ISSUED_AT, make_assignment, make_letter, reload, upload
from tinhgon.apps.accounts.models import User
from tinhgon.apps.agencies.models import Agency
from tinhgon.apps.assignments.actions import NewDue, amend_duty
from tinhgon.apps.assignments.enums import Status
from tinhgon.apps.assignments.models import Assignment, Duty
from tinhgon.apps.directives.enums import DueKind, Part
from tinhgon.apps.directives.models import Directive
from tinhgon.apps.notices.models import Notice

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("june_2024")]


@pytest.fixture
def assignment(province: Province, coordinator: User) -> Assignment:
    return make_assignment(province.districts[0], coordinator)


def pass_on(client: Any, assignment: Assignment, by: User, lead: list[Agency], **data: Any) -> Any:
    client.force_login(by)
    return client.post(
        f"/nhiem-vu/{assignment.pk}/giao-tiep/",
        {"version": reload(assignment).version, "lead": [a.pk for a in lead], **data},
    )


def test_to_communes_with_a_day_and_words_of_its_own(
    client: Any,
    province: Province,
    assignment: Assignment,
    district_head: User,
    commune_officer: User,
) -> None:
    first, second = province.communes[0]
    response = pass_on(
        client,
        assignment,
        district_head,
        [first],
        cooperating=[second.pk],
        due_on="25/6/2024",
        note="Gửi kết quả qua Phòng Nội vụ",
    )
    assert response.status_code == 302
    duty = Duty.objects.get(parent=assignment)
    assert (duty.issuer, duty.due_on) == (province.districts[0], date(2024, 6, 25))
    assert duty.due_text == "chậm nhất ngày 25/6/2024"
    assert duty.note == "Gửi kết quả qua Phòng Nội vụ"
    parts = dict(duty.assignments.values_list("agency", "part"))
    assert parts == {first.pk: Part.LEAD, second.pk: Part.COOPERATING}
    assert reload(assignment).status == Status.ACKNOWLEDGED
    assert Notice.objects.filter(user=commune_officer).count() == 1
    assert Directive.objects.visible_to(commune_officer).count() == 1


def test_without_a_day_it_is_the_parents(
    client: Any, province: Province, assignment: Assignment, district_head: User
) -> None:
    pass_on(client, assignment, district_head, list(province.communes[0]))
    duty = Duty.objects.get(parent=assignment)
    assert duty.due_on == date(2024, 6, 30)
    assert duty.due_text == "trước ngày 01/7/2024"
    assert set(duty.assignments.values_list("due_on", flat=True)) == {date(2024, 6, 30)}


@pytest.mark.parametrize(
    ("day", "message"),
    [
        ("01/7/2024", "Hạn giao tiếp 01/7/2024 muộn hơn hạn cấp trên giao 30/6/2024."),
        ("19/6/2024", "Ngày 19/6/2024 đã qua."),
    ],
)
def test_never_with_a_later_day_nor_one_gone_by(
    client: Any,
    province: Province,
    assignment: Assignment,
    district_head: User,
    day: str,
    message: str,
) -> None:
    lead = list(province.communes[0])
    response = pass_on(client, assignment, district_head, lead, due_on=day)
    assert response.status_code == 422
    assert message in response.content.decode()
    assert not Duty.objects.filter(parent=assignment).exists()


def test_only_to_own_units_and_with_a_lead(
    client: Any, province: Province, assignment: Assignment, district_head: User
) -> None:
    foreign = province.communes[1][0]
    assert pass_on(client, assignment, district_head, [foreign]).status_code == 422
    nobody = pass_on(client, assignment, district_head, [])
    assert nobody.status_code == 422
    assert "Chọn ít nhất một cơ quan chủ trì." in nobody.content.decode()
    assert not Duty.objects.filter(parent=assignment).exists()


def test_each_unit_once(
    client: Any, province: Province, assignment: Assignment, district_head: User
) -> None:
    first, second = province.communes[0]
    pass_on(client, assignment, district_head, [first])
    assert pass_on(client, assignment, district_head, [first]).status_code == 422
    assert pass_on(client, assignment, district_head, [second]).status_code == 302
    assert Assignment.objects.filter(duty__parent=assignment).count() == 2


def test_an_officer_without_the_right_may_not(
    client: Any, province: Province, assignment: Assignment
) -> None:
    officer = make_user(province.districts[0])
    response = pass_on(client, assignment, officer, list(province.communes[0]))
    assert response.status_code == 403


def test_the_district_checks_its_communes_and_the_province_looks_on(
    client: Any,
    province: Province,
    assignment: Assignment,
    coordinator: User,
    district_head: User,
    commune_officer: User,
) -> None:
    pass_on(client, assignment, district_head, list(province.communes[0]))
    child = reload(Assignment.objects.get(agency=province.communes[0][0]))
    client.force_login(commune_officer)
    data = {
        "version": child.version,
        "document_code": "7/BC-UBND",
        "document_on": "19/6/2024",
        "file": upload(),
    }
    assert client.post(f"/nhiem-vu/{child.pk}/bao-cao/", data).status_code == 302
    accept = {"version": reload(child).version}
    client.force_login(coordinator)
    assert "7/BC-UBND" in client.get(child.get_absolute_url()).content.decode()
    assert client.post(f"/nhiem-vu/{child.pk}/duyet/", accept).status_code == 403
    client.force_login(district_head)
    assert client.post(f"/nhiem-vu/{child.pk}/duyet/", accept).status_code == 302
    for who in (district_head, coordinator):
        client.force_login(who)
        page = client.get(assignment.get_absolute_url())
        words = BeautifulSoup(page.content, "html.parser").get_text(" ")
        assert "1/2 đơn vị xong" in " ".join(words.split())


def test_a_commune_sees_its_own_share_only(
    client: Any,
    province: Province,
    assignment: Assignment,
    district_head: User,
    commune_officer: User,
) -> None:
    pass_on(client, assignment, district_head, list(province.communes[0]))
    client.force_login(commune_officer)
    other = Assignment.objects.get(agency=province.communes[0][1])
    assert client.get(other.get_absolute_url()).status_code == 404
    assert client.get(assignment.get_absolute_url()).status_code == 404


def test_an_extension_below_ends_with_the_parent(
    client: Any,
    province: Province,
    assignment: Assignment,
    district_head: User,
    commune_officer: User,
) -> None:
    pass_on(client, assignment, district_head, [province.communes[0][0]], due_on="25/6/2024")
    child = reload(Assignment.objects.get(agency=province.communes[0][0]))
    client.force_login(commune_officer)
    data = {"version": child.version, "asked_due_on": "05/7/2024", "reason": "Thiếu người"}
    response = client.post(f"/nhiem-vu/{child.pk}/xin-gia-han/", data)
    assert response.status_code == 422
    assert "Cấp trên giao việc này đến 30/6/2024" in response.content.decode()


def facts(page: Any) -> dict[str, str]:
    """Return the panel of the deadline as its terms and words."""
    soup = BeautifulSoup(page.content, "html.parser")
    terms = soup.select("#due dt")
    return {
        each.get_text(" ", strip=True): each.find_next("dd").get_text(" ", strip=True)  # type: ignore[union-attr]
        for each in terms
    }


def test_whose_day_it_is_stands_beside_that_of_the_letter(
    client: Any, province: Province, assignment: Assignment, district_head: User
) -> None:
    first, second = province.communes[0]
    pass_on(client, assignment, district_head, [first], due_on="25/6/2024")
    pass_on(client, assignment, district_head, [second])
    own, inherited = Duty.objects.filter(parent=assignment).order_by("pk")

    for page in (own, own.assignments.get()):
        found = facts(client.get(page.get_absolute_url()))
        assert found[f"Hạn do {province.districts[0].label} đặt"] == "chậm nhất ngày 25/6/2024"
        assert found["Hạn cuối"].endswith("25/6/2024")
        assert found["Theo văn bản"].startswith("trước ngày 01/7/2024 Hạn cuối của văn bản: ")
        assert "30/6/2024" in found["Theo văn bản"]
    found = facts(client.get(inherited.assignments.get().get_absolute_url()))
    assert found["Theo văn bản"] == "trước ngày 01/7/2024"
    assert not any("đặt" in term for term in found)

    content = client.get("/nhiem-vu/xuat/").content
    table = CalamineWorkbook.from_filelike(io.BytesIO(content)).get_sheet_by_index(0).to_python()
    column = table[0].index("Thời hạn theo văn bản")
    words = {str(row[1]): row[column] for row in table[1:]}
    assert words[first.name] == (
        f"trước ngày 01/7/2024; {province.districts[0].label} đặt: chậm nhất ngày 25/6/2024"
    )
    assert words[second.name] == "trước ngày 01/7/2024"


def test_a_day_that_the_letter_moved_is_the_letters(
    client: Any, province: Province, coordinator: User, assignment: Assignment, district_head: User
) -> None:
    pass_on(client, assignment, district_head, list(province.communes[0]), due_on="25/6/2024")
    later = make_letter(province.committee, coordinator, issued_at=ISSUED_AT.replace(month=5))
    moved = NewDue(DueKind.BEFORE, date(2024, 6, 22), "trước ngày 22/6/2024", date(2024, 6, 21))
    amend_duty(
        duty=assignment.duty,
        text=assignment.duty.text,
        due=moved,
        letter=later,
        reason="",
        by=coordinator,
        at=ISSUED_AT.replace(month=5),
        version=assignment.duty.version,
    )

    duty = Duty.objects.get(parent=assignment)
    found = facts(client.get(duty.get_absolute_url()))
    assert found["Theo văn bản"] == "trước ngày 22/6/2024"
    assert "21/6/2024" in found["Hạn cuối"]
    assert not any("đặt" in term for term in found)
