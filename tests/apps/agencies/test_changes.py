"""Agencies are added, renamed, moved, merged, split and ended; the trail says so."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.core.exceptions import PermissionDenied
from django.urls import reverse

from tests.conftest import StrictClient
from tests.factories import make_agency, make_province, make_user
from tests.factories.agencies import Province
from tinhgon.apps.accounts.models import User
from tinhgon.apps.agencies import actions
from tinhgon.apps.agencies.enums import Kind, Level, SuccessionKind
from tinhgon.apps.agencies.models import Agency, Succession
from tinhgon.apps.audit.models import Event

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("march_2024")]

DAY = date(2024, 3, 1)
BASIS = {"on": "01/3/2024", "basis": "Quyết định số 9/QĐ-UBND"}


@pytest.fixture
def province() -> Province:
    return make_province()


@pytest.fixture
def admin(client: StrictClient, province: Province) -> User:
    user = make_user(province.committee, "administrator")
    client.force_login(user)
    return user


def _url(move: str, agency: Agency) -> str:
    return reverse(f"agencies:{move}", args=[agency.pk])


def _post(client: StrictClient, move: str, agency: Agency, **typed: Any) -> Any:
    return client.post(_url(move, agency), {**BASIS, "version": agency.version, **typed})


def _errors(response: Any) -> str:
    assert response.status_code == 422
    summary = BeautifulSoup(response.content, "html.parser").select_one(".error-summary")
    assert summary is not None
    return summary.get_text()


def _value(agency: Agency) -> str:
    return f"{agency.pk}-{agency.version}"


def test_an_agency_is_added(client: StrictClient, admin: User, province: Province) -> None:
    assert client.get(_url("add", province.committee)).status_code == 200

    response = _post(
        client,
        "add",
        province.committee,
        name="Sở Ngoại vụ",
        symbol="SNgV",
        level="province",
        kind="department",
    )

    agency = Agency.objects.get(name="Sở Ngoại vụ")
    assert response.headers["Location"] == agency.get_absolute_url()
    assert agency.path == f"{province.committee.path}{agency.pk}/"
    assert (agency.started_on, agency.states.get().basis) == (DAY, BASIS["basis"])
    event = Event.objects.get()
    assert (event.kind, event.actor_ref, event.reason) == (
        "agencies.added",
        admin.audit_ref,
        BASIS["basis"],
    )
    assert {"field": "Trực thuộc", "from": "", "to": province.committee.name} in event.changes


@pytest.mark.parametrize(
    ("typed", "message"),
    [
        ({"name": ""}, "Tên đầy đủ"),
        ({"name": "Sở nội vụ"}, "Đã có Sở nội vụ thuộc"),
        ({"on": "31/6/2024"}, "Không có ngày 31/6/2024"),
        ({"on": "01/01/2019"}, "không tồn tại vào ngày 01/01/2019"),
        ({"basis": ""}, "Văn bản căn cứ"),
        ({"kind": "palace"}, "Loại"),
        ({"territory_code": "999999"}, "Mã đơn vị hành chính"),
        ({"national_id": "H37"}, "Mã định danh H37 đã dùng"),
    ],
)
def test_bad_input_is_told(
    client: StrictClient, admin: User, province: Province, typed: dict[str, str], message: str
) -> None:
    Agency.objects.filter(pk=province.office.pk).update(national_id="H37")
    before = Agency.objects.count()
    right = {"name": "Sở Y tế", "level": "province", "kind": "department"}
    response = _post(client, "add", province.committee, **{**right, **typed})
    assert message in _errors(response)
    assert Agency.objects.count() == before


def test_a_new_name_keeps_the_body_and_its_history(
    client: StrictClient, admin: User, province: Province
) -> None:
    agency = province.departments[0]
    response = _post(
        client, "rename", agency, name="Sở Nội vụ và Lao động", short_name="", symbol="SNVLĐ"
    )

    assert response.headers["Location"] == agency.get_absolute_url()
    agency.refresh_from_db()
    assert (agency.name, agency.folded_name) == ("Sở Nội vụ và Lao động", "so noi vu va lao dong")
    old, new = agency.states.order_by("started_on")
    assert (old.name, old.ended_on) == ("Sở Nội vụ", DAY)
    assert (new.name, new.started_on, new.ended_on) == ("Sở Nội vụ và Lao động", DAY, None)
    assert Event.objects.get().changes[0] == {
        "field": "Tên",
        "from": "Sở Nội vụ",
        "to": "Sở Nội vụ và Lao động",
    }


def test_a_second_name_on_one_day_corrects_the_first(
    client: StrictClient, admin: User, province: Province
) -> None:
    agency = province.departments[0]
    _post(client, "rename", agency, name="Sở Nội vu", symbol="SNV")
    agency.refresh_from_db()
    _post(client, "rename", agency, name="Sở Nội vụ mới", symbol="SNV")
    assert [s.name for s in agency.states.order_by("started_on")] == ["Sở Nội vụ", "Sở Nội vụ mới"]


@pytest.mark.parametrize(
    ("typed", "message"),
    [
        ({"name": "Sở Tư pháp"}, "Đã có Sở Tư pháp"),
        ({"on": "01/5/2024"}, "Chưa đến ngày 01/5/2024"),
        ({"on": "01/01/2019"}, "Đã ghi một thay đổi từ ngày 01/01/2020"),
        ({"name": "Sở Nội vụ"}, "đều như cũ"),
    ],
)
def test_a_name_that_cannot_be_is_refused(
    client: StrictClient, admin: User, province: Province, typed: dict[str, str], message: str
) -> None:
    agency = province.departments[0]
    response = _post(client, "rename", agency, **{"name": "Sở khác", "symbol": "SNV", **typed})
    assert message in _errors(response)
    agency.refresh_from_db()
    assert (agency.name, agency.version) == ("Sở Nội vụ", 1)
    assert not Event.objects.exists()


@pytest.mark.parametrize("move", ["rename", "move", "end", "split"])
def test_two_people_at_once(
    client: StrictClient, admin: User, province: Province, move: str
) -> None:
    agency = province.communes[0][0]
    Agency.objects.filter(pk=agency.pk).update(version=2, short_name="UBND xã Gia Cát mới")
    typed: dict[str, Any] = {
        "rename": {"name": "Tên khác", "symbol": ""},
        "move": {"parent": province.districts[1].pk},
        "end": {},
        "split": {"ends": "no", "name_1": "Ủy ban nhân dân xã Mới"},
    }

    response = _post(client, move, agency, **typed[move])

    html = response.content.decode()
    assert response.status_code == 422
    assert "Người khác vừa thay đổi" in html
    assert "UBND xã Gia Cát mới" in html
    agency.refresh_from_db()
    assert (agency.version, agency.ended_on) == (2, None)
    assert not Succession.objects.exists()
    assert not Event.objects.exists()


def test_a_move_takes_along_what_stands_below(
    client: StrictClient, admin: User, province: Province
) -> None:
    commune, other = province.communes[0][0], province.districts[1]
    school = make_agency("Trường tiểu học", parent=commune, level=Level.COMMUNE, kind=Kind.UNIT)

    response = _post(client, "move", commune, parent=other.pk)

    assert response.status_code == 302
    commune.refresh_from_db()
    school.refresh_from_db()
    assert commune.path == f"{other.path}{commune.pk}/"
    assert school.path == f"{commune.path}{school.pk}/"
    assert [s.parent for s in commune.states.order_by("started_on")] == [
        province.districts[0],
        other,
    ]
    assert Event.objects.get().changes[0]["to"] == other.name


def test_nothing_is_moved_below_itself(
    province: Province, admin: User, march_2024: datetime
) -> None:
    district, commune = province.districts[0], province.communes[0][0]
    with pytest.raises(actions.AgencyRefused, match="nằm dưới chính cơ quan này"):
        actions.move_agency(
            agency=district, parent=commune, on=DAY, basis="x", by=admin, at=march_2024, version=1
        )


def test_departments_merge_into_a_new_one(
    client: StrictClient, admin: User, province: Province
) -> None:
    home, justice = province.departments
    unit = make_agency("Chi cục Văn thư", parent=justice, kind=Kind.UNIT)
    assert _value(justice) in client.get(_url("merge", home)).content.decode()

    response = _post(
        client, "merge", home, others=[_value(justice)], into="new", name="Sở Nội vụ", symbol="SNV"
    )

    heir = Agency.objects.get(started_on=DAY)
    assert response.headers["Location"] == heir.get_absolute_url()
    for old in (home, justice):
        old.refresh_from_db()
        assert (old.ended_on, old.ending) == (DAY, BASIS["basis"])
        row = Succession.objects.get(predecessor=old)
        assert (row.successor, row.kind, row.on) == (heir, SuccessionKind.WHOLE, DAY)
    unit.refresh_from_db()
    assert unit.path == f"{heir.path}{unit.pk}/"
    kinds = list(Event.objects.order_by("number").values_list("kind", flat=True))
    assert kinds == ["agencies.merged", "agencies.merged", "agencies.took_over"]


def test_a_commune_merges_into_one_that_stays(
    client: StrictClient, admin: User, province: Province
) -> None:
    gone, stays = province.communes[0]
    _post(client, "merge", gone, into="existing", receiver=stays.pk)
    gone.refresh_from_db()
    stays.refresh_from_db()
    assert gone.ended_on == DAY
    assert stays.ended_on is None
    assert Succession.objects.get().successor == stays


@pytest.mark.parametrize(
    ("typed", "message"),
    [
        ({"into": "new", "name": ""}, "Nêu tên cơ quan mới"),
        ({"into": "existing"}, "Chọn cơ quan tiếp nhận"),
        ({"into": "new", "name": "Sở Mới", "others": []}, "Chọn ít nhất một cơ quan nữa"),
        ({"into": "new", "name": "Sở Mới", "others": ["999-1"]}, "vừa được người khác thay đổi"),
        ({"into": "new", "name": "Sở Mới", "on": "01/01/2020"}, "chỉ có từ ngày 01/01/2020"),
    ],
)
def test_a_merger_that_cannot_be_is_refused(
    client: StrictClient, admin: User, province: Province, typed: dict[str, Any], message: str
) -> None:
    home, justice = province.departments
    response = _post(client, "merge", home, **{"others": [_value(justice)], **typed})
    assert message in _errors(response)
    assert not Agency.objects.exclude(ended_on=None).exists()


def test_one_of_the_merged_changed_meanwhile(
    client: StrictClient, admin: User, province: Province
) -> None:
    home, justice = province.departments
    seen = _value(justice)
    Agency.objects.filter(pk=justice.pk).update(version=2)
    response = _post(client, "merge", home, others=[seen], into="new", name="Sở Mới")
    assert "vừa được người khác thay đổi" in _errors(response)


def test_a_split_ends_the_old_or_only_takes_a_part(
    client: StrictClient, admin: User, province: Province
) -> None:
    home, justice = province.departments
    _post(client, "split", home, ends="yes", name_1="Sở A", name_2="Sở B", symbol_2="SB")
    home.refresh_from_db()
    assert home.ended_on == DAY
    rows = Succession.objects.filter(predecessor=home).order_by("successor__name")
    assert [(r.successor.name, r.kind) for r in rows] == [
        ("Sở A", SuccessionKind.PART),
        ("Sở B", SuccessionKind.PART),
    ]

    receiver = Agency.objects.get(name="Sở A")
    _post(client, "split", justice, ends="no", receivers=[receiver.pk])
    justice.refresh_from_db()
    assert justice.ended_on is None
    assert Succession.objects.get(predecessor=justice).successor == receiver

    again = _post(client, "split", justice, ends="no", receivers=[receiver.pk])
    assert "Đã ghi Sở A kế thừa Sở Tư pháp" in _errors(again)


def test_an_end_needs_a_reason_and_no_one_below(
    client: StrictClient, admin: User, province: Province
) -> None:
    district, commune = province.districts[0], province.communes[0][0]
    assert "còn 2 cơ quan" in _errors(_post(client, "end", district))
    assert "Lý do, văn bản căn cứ" in _errors(_post(client, "end", commune, basis=""))

    _post(client, "end", commune, heirs=[province.communes[0][1].pk, province.communes[1][0].pk])

    commune.refresh_from_db()
    assert (commune.ended_on, commune.ending) == (DAY, BASIS["basis"])
    assert commune.states.get().ended_on == DAY
    assert {r.kind for r in Succession.objects.all()} == {SuccessionKind.PART}
    assert "đã kết thúc từ ngày 01/3/2024" in _errors(_post(client, "end", commune))
    assert "đã kết thúc" in _errors(_post(client, "rename", commune, name="Khác", symbol=""))


def test_until_its_recorded_end_an_agency_may_be_renamed(
    client: StrictClient, admin: User, province: Province
) -> None:
    agency = make_agency("Sở Cũ", parent=province.committee, ended_on=date(2025, 3, 1))
    assert _url("rename", agency) in client.get(agency.get_absolute_url()).content.decode()
    _post(client, "rename", agency, name="Sở Mới", symbol="SM")
    last = agency.states.order_by("-started_on")[0]
    assert (last.name, last.ended_on) == ("Sở Mới", date(2025, 3, 1))


def test_an_end_may_lie_ahead(client: StrictClient, admin: User, province: Province) -> None:
    commune = province.communes[0][0]
    _post(client, "end", commune, on="01/7/2024")
    commune.refresh_from_db()
    assert commune.exists_on(date(2024, 6, 30))
    assert not commune.exists_on(date(2024, 7, 1))


MOVES = ["add", "rename", "move", "merge", "split", "end"]


@pytest.mark.parametrize("move", MOVES)
def test_who_does_not_manage_agencies_may_not(
    client: StrictClient, province: Province, move: str
) -> None:
    officer = make_user(province.departments[0], "officer")
    client.force_login(officer)
    agency = province.departments[0]
    assert _url(move, agency) not in client.get(agency.get_absolute_url()).content.decode()
    assert client.get(_url(move, agency)).status_code == 403
    assert _post(client, move, agency).status_code == 403


@pytest.mark.parametrize("move", MOVES)
def test_an_agency_of_another_branch_does_not_exist(
    client: StrictClient, province: Province, move: str
) -> None:
    client.force_login(make_user(province.districts[0], "administrator"))
    stranger = province.communes[1][0]
    assert client.get(_url(move, stranger)).status_code == 404
    assert _post(client, move, stranger).status_code == 404
    assert client.get(_url(move, province.districts[0])).status_code == 200
    assert client.get(_url(move, province.committee)).status_code == 403


def test_nobody_moves_an_agency_into_a_branch_that_is_not_his(
    client: StrictClient, province: Province, march_2024: datetime
) -> None:
    admin = make_user(province.districts[0], "administrator")
    client.force_login(admin)
    commune, foreign = province.communes[0][0], province.districts[1]
    assert "Cơ quan cấp trên mới" in _errors(_post(client, "move", commune, parent=foreign.pk))
    with pytest.raises(PermissionDenied):
        actions.move_agency(
            agency=commune, parent=foreign, on=DAY, basis="x", by=admin, at=march_2024, version=1
        )


def test_the_moves_are_offered_to_who_may(
    client: StrictClient, admin: User, province: Province
) -> None:
    html = client.get(province.departments[0].get_absolute_url()).content.decode()
    assert all(_url(move, province.departments[0]) in html for move in MOVES)
    ended = make_agency("Sở Cũ", parent=province.committee, ended_on=date(2024, 1, 1))
    html = client.get(ended.get_absolute_url()).content.decode()
    assert _url("rename", ended) not in html


def test_a_whole_province_fits_the_merger_form(client: StrictClient, lang_son: None) -> None:
    root = Agency.objects.get(symbol="UBND", parent=None, national_id="H37")
    client.force_login(make_user(root, "administrator"))
    commune = Agency.objects.get(short_name="UBND xã Gia Cát")
    page = BeautifulSoup(client.get(_url("merge", commune)).content, "html.parser")
    labels = [
        label.get_text(strip=True)
        for label in page.select("input[name=others] + *, label:has(input[name=others])")
    ]
    assert len(page.select("input[name=others]")) == 199
    assert any("UBND xã Chi Lăng (huyện Tràng Định)" in label for label in labels)
