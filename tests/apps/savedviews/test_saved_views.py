"""Lists that people keep as they want to see them again, alone or with their agency."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from bs4 import BeautifulSoup

from tests.factories import Province, make_province, make_user
from tests.factories.procedures import make_version
from tinhgon.apps.accounts.models import User
from tinhgon.apps.audit.models import Event
from tinhgon.apps.procedures.enums import Status
from tinhgon.apps.savedviews.models import ListHabit, SavedView

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("june_2024")]
PAGE = "procedures:list"


@pytest.fixture
def province() -> Province:
    return make_province()


@pytest.fixture
def officer(province: Province) -> User:
    return make_user(province.departments[0])


@pytest.fixture
def signed_in(client: Any, officer: User) -> Any:
    client.force_login(officer)
    return client


def save(client: Any, name: str = "Khen thưởng", query: str = "q=khen&page=3", **more: str) -> str:
    answer = client.post("/bo-loc/luu/", {"page": PAGE, "name": name, "query": query, **more})
    assert answer.status_code == 302
    return str(answer["Location"])


def html(client: Any, url: str) -> BeautifulSoup:
    return BeautifulSoup(client.get(url, follow=True).content, "html.parser")


def offered(client: Any, url: str = "/thu-tuc/?che-do=hieu-luc") -> list[str]:
    menu = html(client, url).select_one("main .menu__body")
    assert menu is not None
    return [" ".join(a.get_text().split()) for a in menu.select("li a")]


def heads(page: BeautifulSoup) -> list[str]:
    found = [th.get_text().strip() for th in page.select("table.ledger thead th")]
    return [text for text in found if text]


def test_a_list_is_kept_and_found_again(signed_in: Any, officer: User) -> None:
    assert save(signed_in) == "/thu-tuc/?q=khen"
    view = SavedView.objects.get()
    assert (view.user, view.query, view.agency) == (officer, "q=khen", None)
    assert "Khen thưởng" in offered(signed_in)
    page = html(signed_in, view.get_absolute_url())
    current = page.select_one('main .menu__body a[aria-current="page"]')
    assert current is not None
    assert current.get_text().strip() == "Khen thưởng"
    assert Event.objects.filter(kind="savedviews.saved").count() == 1


def test_the_same_name_again_replaces(signed_in: Any) -> None:
    save(signed_in)
    save(signed_in, query="q=thi+dua", shared="on")
    view = SavedView.objects.get()
    assert view.query == "q=thi+dua"
    assert view.agency is not None


def test_shared_with_the_agency_and_nobody_else(
    signed_in: Any, province: Province, client: Any
) -> None:
    save(signed_in, "Cả sở dùng", shared="on")
    save(signed_in, "Riêng tôi", query="q=rieng")
    client.force_login(make_user(province.departments[0], "head"))
    assert "Cả sở dùng dùng chung" in offered(client)
    assert "Riêng tôi" not in offered(client)
    view = SavedView.objects.get(name="Cả sở dùng")
    assert client.post(f"/bo-loc/{view.pk}/sua/", {"name": "Khác"}).status_code == 404
    assert client.post(f"/bo-loc/{view.pk}/xoa/").status_code == 404
    client.force_login(make_user(province.departments[1]))
    assert offered(client) == ["Quản lý bộ lọc"]
    opened = {"page": PAGE, "view": str(view.pk)}
    assert client.post("/bo-loc/mo-san/", opened).status_code == 404


def test_whoever_left_the_agency_sees_its_views_no_more(
    signed_in: Any, province: Province, client: Any
) -> None:
    save(signed_in, shared="on")
    client.force_login(make_user(province.departments[0], ended_on=date(2024, 1, 1)))
    assert offered(client) == ["Quản lý bộ lọc"]


def test_a_list_opens_with_the_view_that_one_chose(signed_in: Any, province: Province) -> None:
    make_version(province.departments[0], name="Khen thưởng", status=Status.PUBLISHED)
    make_version(province.departments[0], name="Kỷ luật", status=Status.PUBLISHED)
    save(signed_in, opens="on")
    answer = signed_in.get("/thu-tuc/")
    assert answer.status_code == 302
    assert answer["Location"] == "/thu-tuc/?q=khen"
    assert len(html(signed_in, "/thu-tuc/").select("tbody tr")) == 1
    cleared = html(signed_in, "/thu-tuc/").select_one(".chips > a:last-child")
    assert cleared is not None
    assert len(html(signed_in, f"/thu-tuc/{cleared['href']}").select("tbody tr")) == 2
    signed_in.post("/bo-loc/mo-san/", {"page": PAGE})
    assert signed_in.get("/thu-tuc/").status_code == 200


def test_a_deleted_view_opens_nothing(signed_in: Any) -> None:
    save(signed_in, opens="on")
    view = SavedView.objects.get()
    assert signed_in.post(f"/bo-loc/{view.pk}/xoa/").status_code == 302
    assert signed_in.get("/thu-tuc/").status_code == 200
    assert ListHabit.objects.get().opens_with is None
    assert Event.objects.filter(kind="savedviews.deleted").count() == 1


def test_rename_and_share(signed_in: Any, province: Province) -> None:
    save(signed_in)
    view = SavedView.objects.get()
    sent = {"name": "Tên mới", "shared": "on", "version": view.version}
    signed_in.post(f"/bo-loc/{view.pk}/sua/", sent)
    view.refresh_from_db()
    assert (view.name, view.agency) == ("Tên mới", province.departments[0])
    change = Event.objects.get(kind="savedviews.changed").changes
    assert [each["field"] for each in change] == ["Tên", "Dùng chung"]


@pytest.mark.parametrize(
    ("sent", "said"),
    [
        ({"name": " ", "version": "1"}, "Đặt tên"),
        ({"name": "Thi đua", "version": "1"}, "đã có bộ lọc mang tên này"),
        ({"name": "Khác", "version": "7"}, "vừa được thay đổi"),
    ],
)
def test_what_cannot_be_changed_is_said(signed_in: Any, sent: dict[str, str], said: str) -> None:
    save(signed_in, "Thi đua")
    save(signed_in)
    view = SavedView.objects.get(name="Khen thưởng")
    answer = signed_in.post(f"/bo-loc/{view.pk}/sua/", sent, follow=True)
    assert said in answer.content.decode()
    view.refresh_from_db()
    assert view.name == "Khen thưởng"


@pytest.mark.parametrize(
    ("sent", "said"),
    [
        ({"name": ""}, "Đặt tên"),
        ({"name": "Dài", "query": "q=" + "x" * 2_100}, "dài quá"),
    ],
)
def test_what_cannot_be_saved_is_said(signed_in: Any, sent: dict[str, str], said: str) -> None:
    answer = signed_in.post("/bo-loc/luu/", {"page": PAGE, "query": "q=x", **sent}, follow=True)
    assert said in answer.content.decode()
    assert not SavedView.objects.exists()


def test_an_unknown_list_is_none(signed_in: Any) -> None:
    for address in ("luu", "cot", "mo-san"):
        sent = {"page": "audit:list", "name": "x", "query": ""}
        assert signed_in.post(f"/bo-loc/{address}/", sent).status_code == 400


def test_nobody_shares_without_an_agency(client: Any, province: Province) -> None:
    client.force_login(make_user(province.office, ended_on=date(2021, 1, 1)))
    answer = client.post(
        "/bo-loc/luu/",
        {"page": PAGE, "name": "x", "query": "q=x", "shared": "on"},
        follow=True,
    )
    assert "chưa có vị trí" in answer.content.decode()


def test_columns_are_remembered_in_their_order(signed_in: Any, province: Province) -> None:
    make_version(province.departments[0], status=Status.PUBLISHED)
    sent = {
        "page": PAGE,
        "query": "che-do=hieu-luc&cot=cap",
        "cot": ["co-quan", "ma", "loi"],
        "thu-tu-co-quan": "2",
        "thu-tu-ma": "1",
    }
    answer = signed_in.post("/bo-loc/cot/", sent)
    assert answer["Location"] == "/thu-tuc/?che-do=hieu-luc"
    page = html(signed_in, "/thu-tuc/?che-do=hieu-luc")
    assert heads(page) == ["Thủ tục", "Mã nội bộ", "Cơ quan", "Lỗi nội dung"]
    signed_in.post("/bo-loc/cot/", {"page": PAGE, "query": "", "usual": "1"})
    page = html(signed_in, "/thu-tuc/?che-do=hieu-luc")
    assert len(heads(page)) == 6


def test_the_page_of_columns_shows_what_is_seen_now(signed_in: Any) -> None:
    page = html(signed_in, "/thu-tuc/cot/?che-do=thong-ke&cot=ma,cap")
    ticked = {
        str(box["value"]): str(page.select_one(f'[name="thu-tu-{box["value"]}"]')["value"])  # type: ignore[index]
        for box in page.select('input[name="cot"][checked]')
    }
    assert ticked == {"ma": "1", "cap": "2"}
    query = page.select_one('main input[name="query"]')
    assert query is not None
    assert query["value"] == "che-do=thong-ke&cot=ma%2Ccap"


def test_columns_in_the_address_go_before(signed_in: Any, province: Province) -> None:
    make_version(province.departments[0], status=Status.PUBLISHED)
    page = html(signed_in, "/thu-tuc/?cot=ma,khong-co,hieu-luc")
    assert heads(page) == ["Thủ tục", "Mã nội bộ", "Hiệu lực từ"]
    kept = page.select_one('form.filters input[name="cot"]')
    assert kept is not None
    assert kept["value"] == "ma,khong-co,hieu-luc"


def test_the_page_of_saved_views(signed_in: Any, client: Any, province: Province) -> None:
    assert "Chưa có bộ lọc nào" in signed_in.get("/bo-loc/").content.decode()
    save(signed_in, shared="on", opens="on")
    assert "Đang mở sẵn" in signed_in.get("/bo-loc/").content.decode()
    client.force_login(make_user(province.departments[0], "head", name="Nông Thị Hoa"))
    page = html(client, "/bo-loc/")
    assert "Khen thưởng" in page.get_text()
    assert not page.select('form[action$="/sua/"]')
