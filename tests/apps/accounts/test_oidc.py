"""Sign-in through an outside directory that is played here."""

from __future__ import annotations

import json
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from allauth.socialaccount.models import SocialAccount
from django.urls import reverse
from requests import Response

from tests.conftest import StrictClient
from tests.factories import make_agency, make_user
from tinhgon.apps.accounts.models import User
from tinhgon.apps.accounts.views.adapters import SocialAccountAdapter
from tinhgon.apps.audit.models import Event

pytestmark = pytest.mark.django_db
SERVER = "https://sso.langson.example"
LOGIN = "/tai-khoan/sso/oidc/"


class Directory:
    """Stands for the session with which allauth asks the directory."""

    def __init__(self) -> None:
        self.person: dict[str, Any] = {"sub": "u-1"}
        self.fails = False

    def __enter__(self) -> Directory:
        return self

    def __exit__(self, *args: object) -> None:
        return None

    def get(self, url: str, **kwargs: Any) -> Response:
        return self.request("GET", url, **kwargs)

    def request(self, method: str, url: str, **kwargs: Any) -> Response:
        path = urlsplit(url).path
        answers: dict[str, dict[str, Any]] = {
            "/token": {"access_token": "t", "token_type": "bearer"},
            "/userinfo": self.person,
        }
        config = {
            "issuer": SERVER,
            "authorization_endpoint": f"{SERVER}/authorize",
            "token_endpoint": f"{SERVER}/token",
            "userinfo_endpoint": f"{SERVER}/userinfo",
        }
        response = Response()
        response.status_code = 500 if self.fails and path == "/token" else 200
        response.headers["Content-Type"] = "application/json"
        response._content = json.dumps(answers.get(path, config)).encode()
        return response


@pytest.fixture
def directory(settings: Any, monkeypatch: pytest.MonkeyPatch) -> Directory:
    app = {
        "provider_id": "oidc",
        "name": "Tài khoản tỉnh",
        "client_id": "tinhgon",
        "secret": "bi-mat",
        "settings": {"server_url": SERVER},
    }
    settings.SOCIALACCOUNT_PROVIDERS = {
        "openid_connect": {"OAUTH_PKCE_ENABLED": True, "APPS": [app]}
    }
    played = Directory()
    monkeypatch.setattr(SocialAccountAdapter, "get_requests_session", lambda _: played)
    return played


@pytest.fixture
def user() -> User:
    return make_user(make_agency("Sở Nội vụ"))


def come_back(client: StrictClient, query: str = "") -> Any:
    there = client.post(f"{LOGIN}{query}")
    assert there["Location"].startswith(f"{SERVER}/authorize")
    asked = parse_qs(urlsplit(there["Location"]).query)
    assert asked["code_challenge_method"] == ["S256"]
    return client.get(f"{LOGIN}ve/", {"code": "c", "state": asked["state"][0]})


class LooseClient(StrictClient):
    """The way back from the directory is a GET that signs in: it must write."""

    def request(self, **request: Any) -> Any:
        return super(StrictClient, self).request(**request)


@pytest.fixture
def browser() -> LooseClient:
    return LooseClient()


def is_in(client: StrictClient) -> bool:
    return "_auth_user_id" in client.session


def test_the_button_is_there_only_where_a_directory_is_set(client: StrictClient) -> None:
    assert "sso" not in client.get(reverse("account_login")).content.decode()
    assert client.get(LOGIN).status_code == 404


@pytest.mark.usefixtures("directory")
def test_the_button_names_the_directory(client: StrictClient) -> None:
    page = client.get(reverse("account_login")).content.decode()

    assert "Tài khoản tỉnh" in page
    assert f'action="{LOGIN}' in page


def test_a_verified_e_mail_opens_the_account_it_belongs_to(
    browser: LooseClient, directory: Directory, user: User
) -> None:
    directory.person |= {"email": user.email.upper(), "email_verified": True}
    come_back(browser)

    assert browser.session["_auth_user_id"] == str(user.pk)
    assert SocialAccount.objects.get().user == user
    came_in = Event.objects.filter(kind="accounts.signed_in")[0]
    assert came_in.changes[0]["to"] == "đăng nhập một lần (SSO)"


def test_an_identity_once_tied_stays_so(
    browser: LooseClient, directory: Directory, user: User
) -> None:
    directory.person |= {"email": user.email, "email_verified": True}
    come_back(browser)
    browser.post(reverse("account_logout"))
    directory.person["email"] = "khac@langson.example"
    come_back(browser)

    assert is_in(browser)


@pytest.mark.parametrize(
    "claims",
    [
        {"email": "nguoi-la@langson.example", "email_verified": True},
        {"email_verified": True},
        {},
    ],
)
def test_whoever_has_no_account_gets_none(
    claims: dict[str, Any], browser: LooseClient, directory: Directory, user: User
) -> None:
    directory.person |= claims
    page = come_back(browser).content.decode()

    assert "Chưa có tài khoản ứng với địa chỉ thư này" in page
    assert not is_in(browser)
    assert list(User.objects.all()) == [user]


def test_an_unverified_e_mail_opens_nothing(
    browser: LooseClient, directory: Directory, user: User
) -> None:
    directory.person |= {"email": user.email, "email_verified": False}
    page = come_back(browser).content.decode()

    assert "Chưa có tài khoản" in page
    assert not is_in(browser)
    assert not SocialAccount.objects.exists()


def test_nobody_ties_an_outside_identity_to_his_account_by_hand(
    browser: LooseClient, directory: Directory, user: User
) -> None:
    browser.force_login(user)
    directory.person |= {"email": "nguoi-la@langson.example", "email_verified": True}

    response = come_back(browser, "?process=connect")

    assert response["Location"] == reverse("socialaccount_login_error")
    assert not SocialAccount.objects.exists()


def test_whoever_left_stays_out(browser: LooseClient, directory: Directory, user: User) -> None:
    user.is_active = False
    user.save()
    directory.person |= {"email": user.email, "email_verified": True}
    come_back(browser)

    assert not is_in(browser)


def test_a_directory_that_fails_is_told_so(
    browser: LooseClient, directory: Directory, user: User
) -> None:
    directory.fails = True
    response = come_back(browser)

    assert response["Location"] == reverse("socialaccount_login_error")
    page = browser.get(response["Location"]).content.decode()
    assert "Hệ thống đăng nhập một lần báo lỗi" in page
