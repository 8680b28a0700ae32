"""Many people invited at once, from lines copied out of a sheet: all of them, or nobody."""

from __future__ import annotations

from smtplib import SMTPRecipientsRefused
from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.core import mail
from django.urls import reverse

from tests.factories import Province, make_province, make_role, make_user
from tinhgon.apps.accounts.actions import _inviting
from tinhgon.apps.accounts.models import Position, User
from tinhgon.apps.audit.models import Event

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("june_2024")]
MANY = reverse("accounts:invite_many")
PAIR = (("Một", "mot"), ("Hai", "hai"))


@pytest.fixture
def province() -> Province:
    for code in ("officer", "head", "clerk"):
        make_role(code)
    return make_province()


@pytest.fixture
def admin(client: Any, province: Province) -> User:
    user = make_user(province.committee, "administrator")
    client.force_login(user)
    return user


def line(name: str, username: str, role: str, agency: str, scope: str = "") -> str:
    return "\t".join([name, username, f"{username}@tinh.example", role, agency, scope])


def send(client: Any, *lines: str) -> Any:
    return client.post(MANY, {"text": "\r\n".join(lines)})


def faults(response: Any) -> str:
    assert response.status_code == 422
    return BeautifulSoup(response.content, "html.parser").get_text(" ")


@pytest.mark.usefixtures("admin")
def test_each_gets_an_account_a_position_and_a_letter(client: Any, province: Province) -> None:
    department, office = province.departments[0], province.office
    head = "Họ và tên\tTên đăng nhập\tĐịa chỉ thư\tVai trò\tCơ quan\tPhạm vi"
    response = send(
        client,
        head,
        line("Lý Thị Một", "lymot", "Chuyên viên đầu mối", department.name),
        "",
        line("Lý Văn Hai", "lyhai", "văn thư", office.label, province.committee.label),
    )

    assert response.headers["Location"] == reverse("accounts:list")
    held = Position.objects.filter(user__username__in=["lymot", "lyhai"]).order_by("user__username")
    assert [(each.agency, each.scope, each.role.code) for each in held] == [
        (office, province.committee, "clerk"),
        (department, None, "officer"),
    ]
    assert [message.to for message in mail.outbox] == [
        ["lymot@tinh.example"],
        ["lyhai@tinh.example"],
    ]
    assert Event.objects.filter(kind="accounts.invited").count() == 2


@pytest.mark.parametrize(
    ("wrong", "says"),
    [
        (("Lý Hai", "lyhai", "Giám đốc", "Sở Nội vụ"), "Dòng 2 (Lý Hai): không có vai trò"),
        (("Lý Hai", "lyhai", "Văn thư", "Sở Mặt trăng"), "không có cơ quan “Sở Mặt trăng”"),
        (("Lý Hai", "lyhai", "Văn thư", ""), "Dòng 2 (Lý Hai), Cơ quan"),
        (("Lý Hai", "ly hai", "Văn thư", "Sở Nội vụ"), "Dòng 2 (Lý Hai), Tên đăng nhập"),
        (("Lý Hai", "lymot", "Văn thư", "Sở Nội vụ"), "Dòng 2 (Lý Hai): "),
    ],
)
@pytest.mark.usefixtures("admin")
def test_one_wrong_line_is_named_and_nobody_is_invited(
    client: Any, wrong: tuple[str, str, str, str], says: str
) -> None:
    right = line("Lý Thị Một", "lymot", "Chuyên viên đầu mối", "Sở Nội vụ")

    assert says in faults(send(client, right, line(*wrong)))

    assert not User.objects.filter(username="lymot").exists()
    assert not mail.outbox


@pytest.mark.usefixtures("admin")
def test_too_many_at_once_are_refused(client: Any) -> None:
    lines = [line(f"Người {n}", f"nguoi-{n}", "Văn thư", "Sở Nội vụ") for n in range(51)]
    assert "mỗi lần nhiều nhất 50 người" in faults(send(client, *lines))


@pytest.mark.usefixtures("admin")
def test_a_list_without_people_is_refused(client: Any) -> None:
    assert "chưa có ai" in faults(send(client, "Họ và tên\tTên đăng nhập"))


@pytest.mark.parametrize(
    ("error", "tried", "named"),
    [
        (SMTPRecipientsRefused({}), 2, "Lý Một. Mở"),  # of the first; the second gets his
        (TimeoutError(), 1, "Lý Một, Lý Hai. Mở"),  # the server is down: nobody waits for more
    ],
)
@pytest.mark.usefixtures("admin")
def test_who_gets_no_letter_is_named(
    client: Any, monkeypatch: pytest.MonkeyPatch, error: Exception, tried: int, named: str
) -> None:
    asked: list[User] = []

    def mail_one(person: User) -> None:
        asked.append(person)
        if person.username == "lymot":
            raise error

    monkeypatch.setattr(_inviting, "mail_invitation", mail_one)

    send(client, *(line(f"Lý {n}", f"ly{u}", "Văn thư", "Sở Nội vụ") for n, u in PAIR))

    assert len(asked) == tried
    assert User.objects.filter(username__in=["lymot", "lyhai"]).count() == 2
    page = client.get(reverse("accounts:list")).content.decode()
    assert f"Chưa gửi được thư mời tới: {named}" in page


def test_an_administrator_of_a_district_invites_to_his_branch_only(
    client: Any, province: Province
) -> None:
    client.force_login(make_user(province.districts[0], "administrator"))
    abroad = line("Lý Hai", "lyhai", "Văn thư", province.departments[0].name)
    assert "không có cơ quan" in faults(send(client, abroad))


def test_who_manages_nobody_may_not(client: Any, province: Province) -> None:
    client.force_login(make_user(province.departments[0], "head"))
    assert client.get(MANY).status_code == 403
