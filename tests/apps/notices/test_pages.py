from __future__ import annotations

from datetime import datetime

import pytest
from django.urls import reverse

from tests.conftest import VIETNAM, StrictClient
from tests.factories import make_agency, make_user
from tinhgon.apps.accounts.models import User
from tinhgon.apps.notices import actions, queries
from tinhgon.apps.notices.models import Notice

pytestmark = pytest.mark.django_db
AT = datetime(2024, 3, 27, 9, tzinfo=VIETNAM)
URL = "/thong-bao/"


@pytest.fixture
def user() -> User:
    return make_user(make_agency())


@pytest.fixture
def own(user: User) -> StrictClient:
    client = StrictClient()
    client.force_login(user)
    return client


def tell(user: User, text: str = "Có việc mới", url: str = "/nguoi-dung/toi/") -> Notice:
    actions.notify(users=[user], kind="a.b", text=text, url=url, at=AT)
    return Notice.objects.filter(user=user).latest("pk")


def test_nothing_yet_is_said_so(own: StrictClient) -> None:
    assert "Chưa có thông báo" in own.get(URL).content.decode()


def test_shows_one_s_own_newest_first(own: StrictClient, user: User) -> None:
    tell(user, "Cũ")
    tell(user, "Mới")
    tell(make_user(make_agency()), "Của người khác")
    page = own.get(URL).content.decode()

    assert page.index("Mới</button>") < page.index("Cũ</button>")
    assert "Của người khác" not in page


def test_opening_one_marks_it_and_leads_on(own: StrictClient, user: User) -> None:
    notice = tell(user)
    response = own.post(reverse("notices:read", args=[notice.pk]))

    assert response["Location"] == "/nguoi-dung/toi/"
    assert queries.unread_count(user=user) == 0
    first = Notice.objects.get().read_at
    own.post(reverse("notices:read", args=[notice.pk]))
    assert Notice.objects.get().read_at == first


def test_looking_at_the_list_marks_nothing(own: StrictClient, user: User) -> None:
    tell(user)
    own.get(URL)

    assert queries.unread_count(user=user) == 1


def test_somebody_else_s_notice_does_not_exist(own: StrictClient) -> None:
    notice = tell(make_user(make_agency()))

    assert own.post(reverse("notices:read", args=[notice.pk])).status_code == 404
    notice.refresh_from_db()
    assert notice.read_at is None


@pytest.mark.usefixtures("june_2024")
def test_all_at_once(own: StrictClient, user: User) -> None:
    other = make_user(make_agency())
    for person in (user, user, other):
        tell(person)
    page = own.post(reverse("notices:read_all"), follow=True).content.decode()

    assert "Đã đánh dấu 2 thông báo là đã đọc." in page
    assert queries.unread_count(user=user) == 0
    assert queries.unread_count(user=other) == 1


def test_the_unread_alone_and_in_pages(own: StrictClient, user: User) -> None:
    for number in range(60):
        tell(user, f"Việc {number}")
    actions.mark_read(notice=Notice.objects.get(text="Việc 7"), at=AT)

    first = own.get(URL, {"show": "unread"}).content.decode()
    second = own.get(URL, {"show": "unread", "page": "2"}).content.decode()
    assert "Việc 59<" in first
    assert "Việc 9<" not in first
    assert "Việc 9<" in second
    assert "Việc 7<" not in first + second


@pytest.mark.parametrize("name", ["read_all", "read"])
def test_marking_is_a_post(name: str, own: StrictClient, user: User) -> None:
    args = [tell(user).pk] if name == "read" else []

    assert own.get(reverse(f"notices:{name}", args=args)).status_code == 405
