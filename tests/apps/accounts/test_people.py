from __future__ import annotations

from datetime import date, datetime
from typing import Any

import pytest
from django.core import mail
from django.core.exceptions import PermissionDenied
from django.urls import reverse
from pytest_django import DjangoCaptureOnCommitCallbacks

from tests.conftest import StrictClient
from tests.factories import make_province, make_role, make_user
from tests.factories.agencies import Province, make_agency
from tinhgon.apps.accounts import actions, queries
from tinhgon.apps.accounts.models import Position, User
from tinhgon.apps.agencies.enums import Level
from tinhgon.apps.audit.models import Event
from tinhgon.common.models import StaleObject
from tinhgon.domain.access import Permission

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("june_2024")]
DAY = date(2024, 6, 20)


@pytest.fixture
def province() -> Province:
    return make_province()


@pytest.fixture
def root(province: Province) -> User:
    return make_user(province.committee, "administrator", name="Quản trị tỉnh")


@pytest.fixture
def local(province: Province) -> User:
    """The administrator of one district."""
    return make_user(province.districts[0], "administrator", name="Quản trị huyện")


def signed_in(user: User) -> StrictClient:
    client = StrictClient()
    client.force_login(user)
    return client


def invitation(province: Province, **values: Any) -> dict[str, Any]:
    return {
        "full_name": "Lý Thị Thử",
        "username": "lythithu",
        "email": "lythithu@langson.example",
        "phone": "",
        "role": make_role("officer").pk,
        "agency": province.districts[0].pk,
        "scope": "",
        "title": "Chuyên viên",
        "started_on": "01/7/2024",
        **values,
    }


class TestInvite:
    def test_makes_the_account_and_mails_the_link(
        self,
        province: Province,
        local: User,
        django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
    ) -> None:
        client = signed_in(local)
        with django_capture_on_commit_callbacks(execute=True):
            response = client.post(reverse("accounts:invite"), invitation(province))

        assert response["Location"] == reverse("accounts:list")
        person = User.objects.get(username="lythithu")
        position = person.positions.get()
        assert (position.agency, position.started_on) == (province.districts[0], date(2024, 7, 1))
        assert not person.has_usable_password()
        letter = mail.outbox[0]
        assert letter.to == ["lythithu@langson.example"]
        assert "lythithu" in str(letter.body)
        assert "/tai-khoan/mat-khau/quen/" in str(letter.body)
        assert list(Event.objects.order_by("number").values_list("kind", flat=True)) == [
            "accounts.invited",
            "accounts.position_given",
        ]

    def test_asks_for_an_agency_that_is_still_there_and_tells_two_of_one_name_apart(
        self, province: Province, root: User
    ) -> None:
        first, second = province.districts
        for district in (first, second):
            make_agency("Xã Trùng Tên", parent=district, level=Level.COMMUNE)
        make_agency("Xã Đã Hết", parent=first, level=Level.COMMUNE, ended_on=DAY)
        make_agency("Xã Sắp Có", parent=first, level=Level.COMMUNE, started_on=date(2024, 7, 1))

        page = signed_in(root).get(reverse("accounts:invite")).content.decode()

        for district in (first, second):
            assert f"Xã Trùng Tên ({district.label.removeprefix('UBND ')})" in page
        assert "Xã Đã Hết" not in page
        assert f"Xã Sắp Có ({first.label.removeprefix('UBND ')}), từ 01/7/2024" in page

    def test_the_link_lets_the_person_set_a_password_and_come_in(
        self,
        province: Province,
        local: User,
        django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
    ) -> None:
        with django_capture_on_commit_callbacks(execute=True):
            signed_in(local).post(
                reverse("accounts:invite"), invitation(province, started_on="20/6/2024")
            )
        client = StrictClient()
        body = str(mail.outbox[0].body)
        link = body[body.index("/tai-khoan/mat-khau") :].split()[0]
        path = client.get(link, follow=True).redirect_chain[-1][0]
        new = "mot-mat-khau-moi-tinh"
        client.post(path, {"password1": new, "password2": new})
        client.post(reverse("account_login"), {"login": "lythithu", "password": new})

        assert "Lý Thị Thử" in client.get(reverse("accounts:me")).content.decode()

    @pytest.mark.parametrize(
        ("values", "words"),
        [
            ({"email": "khong-phai-thu"}, "email"),
            ({"username": "có dấu"}, "Tên đăng nhập"),
            ({"full_name": ""}, "Họ và tên"),
            ({"started_on": "31/6/2024"}, "Không có ngày 31/6/2024"),
            ({"started_on": "01/01/2010"}, "không có cơ quan"),
            ({"role": "999"}, "Vai trò"),
        ],
    )
    def test_says_what_to_correct(
        self, values: dict[str, Any], words: str, province: Province, local: User
    ) -> None:
        response = signed_in(local).post(reverse("accounts:invite"), invitation(province, **values))

        assert response.status_code == 422
        assert words in response.content.decode()
        assert not User.objects.filter(email="lythithu@langson.example").exists()

    @pytest.mark.parametrize("field", ["username", "email"])
    def test_refuses_what_somebody_has(self, field: str, province: Province, local: User) -> None:
        values = {field: getattr(local, field).upper()}
        response = signed_in(local).post(reverse("accounts:invite"), invitation(province, **values))

        assert response.status_code == 422
        assert "đã có người dùng" in response.content.decode()

    @pytest.mark.parametrize("field", ["agency", "scope"])
    def test_cannot_reach_beyond_one_s_own_branch(
        self, field: str, province: Province, local: User
    ) -> None:
        values = {field: province.committee.pk}
        response = signed_in(local).post(reverse("accounts:invite"), invitation(province, **values))

        assert response.status_code == 422
        assert not User.objects.filter(username="lythithu").exists()

    @pytest.mark.parametrize("field", ["agency", "scope"])
    def test_the_action_itself_refuses_it_too(
        self, field: str, province: Province, local: User, june_2024: datetime
    ) -> None:
        places: dict[str, Any] = {
            "agency": province.districts[0],
            "scope": None,
            field: province.committee,
        }
        with pytest.raises(PermissionDenied):
            actions.invite_person(
                username="a",
                email="a@langson.example",
                full_name="A",
                phone="",
                **places,
                role=make_role("officer"),
                title="",
                started_on=DAY,
                by=local,
                at=june_2024,
            )


class TestList:
    def test_shows_the_people_of_one_s_branch_only(self, province: Province, local: User) -> None:
        mine = make_user(province.communes[0][0], name="Hoàng Văn Xã")
        other = make_user(province.districts[1], name="Nông Thị Khác")
        page = signed_in(local).get(reverse("accounts:list")).content.decode()

        assert mine.full_name in page
        assert other.full_name not in page

    @pytest.mark.parametrize("words", ["hoang van", "Hoàng", "HOÀNG XÃ", "hoangxa@"])
    def test_finds_without_diacritics(self, words: str, province: Province, root: User) -> None:
        person = make_user(province.communes[0][0], name="Hoàng Văn Xã")
        person.folded_name += " hoangxa@langson.example"
        person.save()
        page = signed_in(root).get(reverse("accounts:list"), {"q": words}).content.decode()

        assert person.full_name in page
        assert "Quản trị tỉnh</a>" not in page

    def test_narrows_by_role_agency_and_state(self, province: Province, root: User) -> None:
        head = make_user(province.districts[0], "head", name="Thủ trưởng Cao Lộc")
        gone = make_user(province.districts[0], name="Người đã nghỉ")
        gone.is_active = False
        gone.save()
        idle = make_user(province.districts[1], name="Người chờ việc", ended_on=date(2024, 1, 1))
        client = signed_in(root)

        def names(**query: Any) -> str:
            return str(client.get(reverse("accounts:list"), query).content.decode())

        assert head.full_name in names(role="head")
        assert "Quản trị tỉnh</a>" not in names(role="head")
        assert head.full_name in names(agency=province.districts[0].pk)
        assert head.full_name not in names(agency=province.districts[1].pk)
        assert gone.full_name not in names()
        assert gone.full_name in names(state="inactive")
        assert idle.full_name in names(state="without")
        assert head.full_name not in names(state="without")
        assert names(agency="x", role="khong-co", page="99")

    def test_does_not_grow_with_the_number_of_people(self, province: Province, root: User) -> None:
        for _ in range(60):
            make_user(province.districts[0])
        response = signed_in(root).get(reverse("accounts:list"))

        assert response.status_code == 200  # the client counts the queries


class TestPerson:
    def test_shows_positions_and_history(self, province: Province, root: User) -> None:
        person = make_user(province.districts[0], name="Hoàng Văn Xã", ended_on=date(2024, 3, 1))
        page = signed_in(root).get(person.get_absolute_url()).content.decode()

        assert "Chuyên viên đầu mối" in page
        assert "29/02/2024" in page

    def test_is_changed_with_a_trace(self, province: Province, local: User) -> None:
        person = make_user(province.communes[0][0], name="Hoàng Văn Xã")
        response = signed_in(local).post(
            reverse("accounts:edit", args=[person.pk]),
            {
                "full_name": "Hoàng Văn Mới",
                "email": "Moi@Langson.example",
                "phone": "0205 111",
                "version": person.version,
            },
        )

        assert response["Location"] == person.get_absolute_url()
        person.refresh_from_db()
        assert (person.full_name, person.email) == ("Hoàng Văn Mới", "moi@langson.example")
        assert "hoang van moi" in person.folded_name
        changes = Event.objects.get(kind="accounts.person_changed").changes
        assert {"field": "Họ và tên", "from": "Hoàng Văn Xã", "to": "Hoàng Văn Mới"} in changes

    def test_a_stale_form_is_refused(self, province: Province, local: User) -> None:
        person = make_user(province.communes[0][0], name="Hoàng Văn Xã")
        person.change(seen_version=1, phone="9")
        response = signed_in(local).post(
            reverse("accounts:edit", args=[person.pk]),
            {"full_name": "Khác", "email": person.email, "phone": "", "version": 1},
        )

        assert response.status_code == 422
        assert "Người khác vừa sửa" in response.content.decode()
        person.refresh_from_db()
        assert person.full_name == "Hoàng Văn Xã"

    def test_whoever_reaches_higher_cannot_be_taken_over_from_below(
        self, province: Province, local: User, root: User
    ) -> None:
        Position.objects.create(
            user=root, agency=province.districts[0], role=make_role("officer"), started_on=DAY
        )
        client = signed_in(local)
        assert client.get(root.get_absolute_url()).status_code == 200

        for name, data in [
            ("edit", {"full_name": "x", "email": "x@x.example", "phone": "", "version": 1}),
            ("deactivate", {"version": 1}),
            ("send_invitation", {}),
        ]:
            response = client.post(reverse(f"accounts:{name}", args=[root.pk]), data)
            assert response.status_code == 403, name
        root.refresh_from_db()
        assert root.is_active
        assert mail.outbox == []


class TestPositions:
    def test_another_is_given(self, province: Province, root: User) -> None:
        person = make_user(province.districts[0])
        data = {
            "role": make_role("clerk").pk,
            "agency": province.office.pk,
            "scope": province.committee.pk,
            "title": "",
            "started_on": "20/6/2024",
        }
        client, url = signed_in(root), reverse("accounts:give", args=[person.pk])

        assert client.post(url, data).status_code == 302
        assert person.positions.count() == 2
        again = client.post(url, data)
        assert again.status_code == 422
        assert "đang giữ vai trò đó" in again.content.decode()

    def test_moving_ends_one_and_starts_the_other_that_day(
        self, province: Province, root: User
    ) -> None:
        person = make_user(province.districts[0])
        old = person.positions.get()
        response = signed_in(root).post(
            reverse("accounts:move", args=[person.pk, old.pk]),
            {
                "role": old.role.pk,
                "agency": province.districts[1].pk,
                "scope": "",
                "title": "",
                "started_on": "01/7/2024",
                "reason": "Quyết định điều động",
                "version": old.version,
            },
        )

        assert response.status_code == 302
        before, after = person.positions.order_by("started_on")
        assert before.ended_on == after.started_on == date(2024, 7, 1)
        assert after.agency == province.districts[1]
        assert Event.objects.get(kind="accounts.position_ended").reason == "Quyết định điều động"

    def test_ending_takes_the_rights_away_that_day(self, province: Province, root: User) -> None:
        person = make_user(province.districts[0], "administrator")
        held = person.positions.get()
        response = signed_in(root).post(
            reverse("accounts:end", args=[person.pk, held.pk]),
            {"on": "20/6/2024", "reason": "", "version": held.version},
        )

        assert response.status_code == 302
        assert signed_in(person).get(reverse("accounts:list")).status_code == 403

    def test_cannot_end_before_it_starts(self, province: Province, root: User) -> None:
        person = make_user(province.districts[0], started_on=DAY)
        held = person.positions.get()
        response = signed_in(root).post(
            reverse("accounts:end", args=[person.pk, held.pk]),
            {"on": "19/6/2024", "reason": "", "version": held.version},
        )

        assert response.status_code == 422
        assert "từ ngày bắt đầu 20/6/2024" in response.content.decode()

    def test_a_stale_end_is_refused(self, province: Province, root: User) -> None:
        person = make_user(province.districts[0])
        held = person.positions.get()
        held.change(seen_version=1, title="khác")
        response = signed_in(root).post(
            reverse("accounts:end", args=[person.pk, held.pk]),
            {"on": "20/6/2024", "reason": "", "version": 1},
        )

        assert response.status_code == 422
        assert "Người khác vừa sửa" in response.content.decode()

    def test_a_position_of_another_branch_does_not_exist(
        self, province: Province, local: User
    ) -> None:
        person = make_user(province.districts[0])
        far = Position.objects.create(
            user=person, agency=province.office, role=make_role("clerk"), started_on=DAY
        )
        client = signed_in(local)

        for name in ("end", "move"):
            assert (
                client.get(reverse(f"accounts:{name}", args=[person.pk, far.pk])).status_code == 404
            )

    def test_the_last_administrator_stays(
        self, province: Province, root: User, june_2024: datetime
    ) -> None:
        held = root.positions.select_related("role", "agency").get()
        client = signed_in(root)
        end = client.post(
            reverse("accounts:end", args=[root.pk, held.pk]),
            {"on": "20/6/2024", "reason": "", "version": 1},
        )
        assert end.status_code == 422
        assert "người quản trị cuối cùng" in end.content.decode()
        down: dict[str, Any] = {
            "agency": province.office,
            "scope": None,
            "role": held.role,
            "title": "",
        }
        with pytest.raises(actions.LastAdministrator):
            actions.move_position(
                position=held, **down, on=DAY, reason="", by=root, at=june_2024, version=1
            )
        client.post(reverse("accounts:deactivate", args=[root.pk]), {"version": 1})
        root.refresh_from_db()
        held.refresh_from_db()
        assert root.is_active
        assert held.ended_on is None

        make_user(province.office, "administrator", scope=province.committee)
        done = client.post(
            reverse("accounts:end", args=[root.pk, held.pk]),
            {"on": "20/6/2024", "reason": "", "version": 1},
        )
        assert done.status_code == 302


class TestClosing:
    def test_a_closed_account_is_out_at_once_and_can_be_opened(
        self, province: Province, root: User
    ) -> None:
        person = make_user(province.districts[0])
        theirs, client = signed_in(person), signed_in(root)
        client.post(
            reverse("accounts:deactivate", args=[person.pk]), {"version": 1, "reason": "Nghỉ hưu"}
        )

        assert theirs.get(reverse("accounts:me")).status_code == 302
        assert Event.objects.get(kind="accounts.deactivated").reason == "Nghỉ hưu"
        assert "ngừng sử dụng" in client.get(person.get_absolute_url()).content.decode()
        client.post(reverse("accounts:reactivate", args=[person.pk]), {"version": 2})
        person.refresh_from_db()
        assert person.is_active

    def test_a_stale_button_is_refused(self, province: Province, root: User) -> None:
        person = make_user(province.districts[0])
        person.change(seen_version=1, phone="1")
        response = signed_in(root).post(
            reverse("accounts:deactivate", args=[person.pk]), {"version": 1}, follow=True
        )

        assert "Người khác vừa sửa" in response.content.decode()
        with pytest.raises(StaleObject):
            person.change(seen_version=1, phone="2")


class TestOwn:
    def test_shows_where_one_is_signed_in_and_ends_it(self, province: Province) -> None:
        person = make_user(province.office)
        here, there = StrictClient(), StrictClient(headers={"user-agent": "Firefox/130 Windows"})
        for client in (here, there):
            client.post(
                reverse("account_login"),
                {"login": person.username, "password": "mat-khau-thu-nghiem"},
            )
        page = here.get(reverse("accounts:me"))
        assert "Firefox, Windows" in page.content.decode()
        [other] = [row for row in page.context["sessions"] if not row["is_current"]]
        here.post(reverse("accounts:end_session", args=[other["pk"]]))

        assert there.get(reverse("accounts:me")).status_code == 302
        assert here.get(reverse("accounts:me")).status_code == 200
        assert Event.objects.filter(kind="accounts.sessions_ended").count() == 1

    def test_roles_are_told_in_words(self, province: Province) -> None:
        make_role("head")
        page = signed_in(make_user(province.office)).get(reverse("accounts:roles"))

        assert "Giao tiếp nhiệm vụ cho cơ quan, đơn vị cấp dưới." in page.content.decode()


def test_who_holds_a_permission_over_an_agency(province: Province) -> None:
    department, on = province.departments[0], date(2024, 6, 1)
    chairman = make_user(province.committee, "head")
    confirm = Permission.CONFIRM_PROCEDURE

    assert queries.holding_nearest(department, confirm, on=on) == [chairman]
    head = make_user(department, "head")
    make_user(province.departments[1], "head")
    gone = make_user(department, "head", ended_on=date(2024, 5, 1))
    assert queries.holding_nearest(department, confirm, on=on) == [head]
    assert queries.holding_nearest(province.departments[1], confirm, on=on) != [head]
    assert set(queries.holding(department, confirm, on=on)) == {chairman, head}
    assert gone in queries.holding(department, confirm, on=date(2024, 4, 30))

    office = make_user(province.office, "coordinator", scope=province.committee)
    check = Permission.CHECK_PROCEDURE
    assert queries.holding(department, check, on=on) == [office]
    User.objects.filter(pk=office.pk).update(is_active=False)
    assert queries.holding(department, check, on=on) == []
