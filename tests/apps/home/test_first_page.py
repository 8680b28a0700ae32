from __future__ import annotations

from typing import Any

import pytest

from tests.factories import make_province, make_user

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("role", "first"),
    [
        ("officer", "/nhiem-vu/cua-toi/"),
        ("head", "/nhiem-vu/cua-toi/"),
        ("coordinator", "/nhiem-vu/cua-toi/"),
        ("clerk", "/van-ban/"),
        ("leader", "/nhiem-vu/bang/"),
        ("administrator", "/nguoi-dung/"),
    ],
)
def test_each_role_opens_the_page_that_it_needs_first(client: Any, role: str, first: str) -> None:
    client.force_login(make_user(make_province().committee, role))
    assert client.get("/").url == first
