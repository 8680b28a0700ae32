"""Every page and move × every role, one's own branch and another, and without signing in."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from django.db import transaction
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from tests.apps.samples import samples
from tests.conftest import StrictClient
from tests.factories import make_province, make_user
from tests.factories.agencies import Province
from tests.factories.people import make_role
from tinhgon.apps.accounts.models import User
from tinhgon.apps.accounts.policies import declared
from tinhgon.apps.agencies.models import Agency
from tinhgon.domain.access import Answer, Move, Page, answer, seed_roles

DECLARED = {page.name: page for page in declared()}
STATUS = {Answer.FORBIDDEN: {403}, Answer.HIDDEN: {404}}


def every_url(
    patterns: list[URLPattern | URLResolver], namespace: str = ""
) -> Iterator[tuple[str, bool]]:
    """Yield the name of every URL of the project, and whether it is made of parts."""
    for pattern in patterns:
        if isinstance(pattern, URLResolver):
            inner = f"{namespace}{pattern.namespace}:" if pattern.namespace else namespace
            yield from every_url(pattern.url_patterns, inner)
        else:
            route = str(pattern.pattern)
            assert pattern.name, f"a URL without a name: {route}"
            yield f"{namespace}{pattern.name}", bool(pattern.pattern.regex.groups)


URLS = dict(every_url(get_resolver().url_patterns))
WIRED = sorted(set(DECLARED) & set(URLS))


@pytest.fixture(autouse=True)
def _provider(settings: Any) -> None:
    app = {
        "provider_id": "oidc",
        "name": "SSO",
        "client_id": "tinhgon",
        "secret": "x",
        "settings": {"server_url": "https://sso.invalid", "openid_configuration_overrides": {}},
    }
    settings.SOCIALACCOUNT_PROVIDERS = {"openid_connect": {"APPS": [app]}}


def signed_in(user: User) -> StrictClient:
    """Return the client of a person who has just typed the password."""
    client = StrictClient()
    client.force_login(user)
    session = client.session
    session["account_authentication_methods"] = [
        {"method": "password", "at": time.time(), "reauthenticated": True}
    ]
    session["account_authentication_methods_user"] = str(user.pk)
    session.save()
    return client


@pytest.fixture
def province(db: None) -> Province:
    return make_province()


def ask(client: StrictClient, page: Page, kwargs: dict[str, Any]) -> int:
    url = reverse(page.name, kwargs=kwargs)
    response = client.post(url) if isinstance(page, Move) else client.get(url)
    if response.streaming:
        response.getvalue()  # to its end, so that the file is closed
    return int(response.status_code)


def fits(got: int, expected: Answer) -> bool:
    """A page that may be seen may also lead on; a move that may be made may lack its fields."""
    return got in STATUS[expected] if expected in STATUS else got in {200, 302, 400, 401, 409, 422}


def test_every_url_is_declared_in_the_policies_of_its_app() -> None:
    assert set(URLS) - set(DECLARED) == set()


def test_every_declared_url_exists() -> None:
    assert set(DECLARED) - set(URLS) == set()


def test_nothing_is_declared_twice() -> None:
    names = [page.name for page in declared()]

    assert len(names) == len(set(names))


def test_every_page_of_a_record_has_a_sample_for_this_test() -> None:
    with_parts = {name for name in WIRED if URLS[name]}

    assert with_parts <= set(samples())


def kwargs_for(page: Page, agency: Agency, person: User) -> dict[str, Any]:
    """A page without parts may have a sample too: it then only prepares what the page needs."""
    sample = samples().get(page.name)
    return sample(agency, person) if sample else {}


@pytest.mark.parametrize("name", WIRED)
def test_every_role_gets_what_the_table_says(name: str, province: Province) -> None:
    """One person in one role after another: what each does to the records is undone."""
    page = DECLARED[name]
    home, abroad = province.departments
    person = make_user(province.committee if page.at_top else home)
    own = kwargs_for(page, home, person)
    foreign = kwargs_for(page, abroad, make_user(abroad)) if page.of_one_record else None
    for code, role in seed_roles().items():
        expected = answer(page, role.permissions, at_top=page.at_top)
        with undone():
            person.positions.update(role=make_role(code))
            got = ask(signed_in(person), page, own)
        assert fits(got, expected), f"{name} for {code}: {got}, expected {expected}"
        if foreign is not None:
            with undone():
                person.positions.update(role=make_role(code))
                got = ask(signed_in(person), page, foreign)
            assert got == 404, f"{name} of another branch for {code}: {got}"


@contextmanager
def undone() -> Iterator[None]:
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


@pytest.mark.parametrize("name", [n for n in WIRED if DECLARED[n].at_top])
def test_what_reaches_everywhere_needs_a_role_on_the_whole_tree(
    name: str, province: Province
) -> None:
    page = DECLARED[name]
    user = make_user(province.departments[0], "administrator")
    client = signed_in(user)

    assert ask(client, page, kwargs_for(page, province.departments[0], user)) in {403, 404}


@pytest.mark.parametrize("name", WIRED)
def test_whoever_has_not_signed_in_is_sent_to_do_so(name: str, province: Province) -> None:
    page, client = DECLARED[name], StrictClient()
    person = make_user(province.office, "officer")
    url = reverse(page.name, kwargs=kwargs_for(page, province.office, person))
    login = reverse("account_login")
    response = client.post(url) if isinstance(page, Move) else client.get(url)
    if response.streaming:
        response.getvalue()  # to its end, so that the file is closed

    if page.public:
        assert response.status_code not in {403, 404, 500}
        assert not response.headers.get("Location", "").startswith(f"{login}?next=")
    else:
        assert response.status_code == 302
        assert response["Location"].startswith(login)
