"""Whatever a request holds: a page or a clear refusal in Vietnamese, never a failure."""

from __future__ import annotations

from typing import Any

import pytest
from django.urls import reverse

from tests.conftest import StrictClient
from tests.factories import make_province, make_user
from tinhgon.apps.directives.models import Directive

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("march_2024")]

# Every word that a page reads from its address.
_NAMES = {
    "directives:list": ("q", "trang-thai", "chuong-trinh", "page"),
    "my_work": ("page", "buoc"),
    "assignments:list": (
        "q",
        "trang-thai",
        "van-ban",
        "co-quan",
        "chuong-trinh",
        "cap",
        "giao-boi",
        "nhiem-vu",
        "vai-tro",
        "rieng",
        "sort",
        "tu",
        "den",
        "page",
    ),
    "assignments:export": ("q", "van-ban", "co-quan", "tu"),
    "assignments:board": ("nhanh", "cot", "theo", "chuong-trinh", "van-ban", "cap", "page"),
    "assignments:late": ("co-quan", "chuong-trinh", "giao-boi", "cap", "van-ban", "page"),
    "assignments:timeline": ("tu", "den", "nhanh", "van-ban", "chuong-trinh"),
    "agencies:tree": ("ngay", "q"),
    "accounts:list": ("q", "role", "agency", "state", "page"),
    "audit:list": ("q", "kind", "who", "since", "until", "page", "before", "after"),
    "calendars:list": ("nam",),
    "calendars:add": ("ngay",),
    "programmes:list": ("page",),
    "notices:list": ("page", "show"),
    "search": ("q",),
    "difficulties:list": (
        "q",
        "nhom",
        "loai",
        "trang-thai",
        "cap",
        "co-quan",
        "thu-tuc",
        "sort",
        "page",
    ),
    "difficulties:export": ("q", "nhom", "co-quan", "thu-tuc", "sort"),
    "difficulties:raise": ("thu-tuc", "viec", "van-ban", "phuong-an"),
    "difficulties:similar": ("title", "description", "procedures", "vuong-mac"),
    "difficulties:procedures": ("find_words", "procedures"),
    "exchange:arrivals": ("q", "loai", "tinh-trang", "ma", "page"),
    "exchange:arrivals_xlsx": ("q", "loai", "tinh-trang", "ma"),
    "exchange:dispatches": ("q", "trang-thai", "page"),
    "exchange:dispatches_xlsx": ("q", "trang-thai"),
    "exchange:organs": ("q", "het-han", "page"),
}
_VALUES = {
    "a letter": "x",
    "nothing": "",
    "below zero": "-1",
    "zero": "0",
    "past every key": "9" * 19,
    "hundreds of digits": "1" * 5000,
    "a raised two": "²",
    "digits of another script": "٣",
    "a thousand words": "a b " * 500,
    "the first day": "0001-01-01",
    "the last day": "31/12/9999",
    "no such day": "31/6/2024",
    "a quote": "' OR 1=1 --",
    "a mark": "<script>alert(1)</script>",
    "a percent sign": "100%_\\",
}


@pytest.fixture
def everywhere(client: StrictClient) -> StrictClient:
    """Somebody for whom every page opens."""
    province = make_province()
    user = make_user(province.office, "coordinator", scope=province.committee)
    make_user(province.committee, "administrator").positions.update(user=user)
    client.force_login(user)
    return client


@pytest.mark.parametrize("value", _VALUES)
@pytest.mark.parametrize("page", _NAMES)
def test_a_page_stands_any_value(everywhere: StrictClient, page: str, value: str) -> None:
    for name in _NAMES[page]:
        response = everywhere.get(reverse(page), {name: _VALUES[value]})

        assert response.status_code < 500, name
        if response["Content-Type"].startswith("text/html"):
            assert "<script>alert" not in response.content.decode()


@pytest.mark.parametrize("page", _NAMES)
def test_a_null_character_is_refused(everywhere: StrictClient, page: str) -> None:
    response = everywhere.get(reverse(page), {_NAMES[page][0]: "a\0b"})

    assert response.status_code == 400
    assert "Máy chủ không hiểu yêu cầu" in response.content.decode()


@pytest.mark.parametrize("megabytes", [26, 50, 10_000])
def test_what_is_announced_as_too_large_is_not_read(
    everywhere: StrictClient, megabytes: int
) -> None:
    told: dict[str, Any] = {"CONTENT_LENGTH": str(megabytes * 1024 * 1024)}
    response = everywhere.generic(
        "POST",
        reverse("directives:receive"),
        content_type="multipart/form-data; boundary=x",
        **told | {"wsgi.input": Unreadable()},
    )

    assert response.status_code == 413
    assert "tối đa 20 MB" in response.content.decode()
    assert "default-src 'self'" in response["Content-Security-Policy"]
    assert not Directive.objects.exists()


class Unreadable:
    """A body that nobody may touch."""

    def read(self, *_: int) -> bytes:
        raise AssertionError("the body was read")

    readline = read


@pytest.mark.parametrize(
    "data",
    [{"text": "a" * 6_000_000}, {f"f{n}": "" for n in range(21_000)}],
    ids=["six megabytes of text", "thousands of fields"],
)
def test_a_form_without_measure_is_refused(everywhere: StrictClient, data: dict[str, str]) -> None:
    everywhere.raise_request_exception = False
    response = everywhere.post(reverse("directives:receive"), data)

    assert response.status_code == 400
    assert "Máy chủ không hiểu yêu cầu" in response.content.decode()
    assert not Directive.objects.exists()


@pytest.mark.parametrize("path", ["/khong-co/", "/van-ban/999999/", "/nhiem-vu/tep/999999/"])
def test_error_pages_are_as_strict_as_the_others(everywhere: StrictClient, path: str) -> None:
    response = everywhere.get(path)

    assert response.status_code == 404
    assert "default-src 'self'" in response["Content-Security-Policy"]
    assert response["X-Content-Type-Options"] == "nosniff"
