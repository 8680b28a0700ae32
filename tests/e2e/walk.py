"""Every page of the project that has an address: opened, and looked at for faults."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from typing import Any

from allauth.mfa.models import Authenticator
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse
from playwright.sync_api import BrowserContext, Page

from tests.apps.samples import samples
from tests.browser import is_too_wide, violations
from tests.factories import Province, make_user
from tests.factories.people import make_role
from tinhgon.apps.accounts.models import Position, User

# Shown to nobody who is signed in, or by another server.
ELSEWHERE = {"openid_connect_login", "openid_connect_callback", "mfa_authenticate"}


def named_pages() -> dict[str, list[str]]:
    """Return the names of all URLs by their app."""
    found: dict[str, list[str]] = {}
    for name in _names(get_resolver().url_patterns, ""):
        app = name.partition(":")[0] if ":" in name else "home and sign-in"
        found.setdefault(app, []).append(name)
    return found


def _names(patterns: list[Any], namespace: str) -> Iterator[str]:
    for pattern in patterns:
        if isinstance(pattern, URLResolver):
            inner = f"{pattern.namespace}:" if pattern.namespace else ""
            yield from _names(pattern.url_patterns, namespace + inner)
        elif isinstance(pattern, URLPattern) and pattern.name not in {None, *ELSEWHERE}:
            yield f"{namespace}{pattern.name}"


def make_everything(province: Province) -> User:
    """Make somebody who may open every page: each role, over the whole province."""
    user = make_user(province.committee, "coordinator")
    for code in ("administrator", "head"):
        Position.objects.create(
            user=user, agency=province.committee, role=make_role(code), started_on="2020-01-01"
        )
    return User.objects.get(pk=user.pk)


def faults_of(
    names: list[str], user: User, province: Province, context: BrowserContext
) -> tuple[list[str], list[str]]:
    """Open each page among the addresses of these names; return those opened, and their faults."""
    client = Client()
    client.force_login(user)
    page = context.new_page()
    opened, found = [], []
    for name in names:
        url = _url(name, user, province)
        if _is_page(client, url):
            page.goto(url)
            opened.append(name)
            found += [f"{name}: {fault}" for fault in _faults(page)]
    page.close()
    return opened, found


def _url(name: str, user: User, province: Province) -> str:
    # Each sample brings the second steps that it needs, and may find none there.
    Authenticator.objects.filter(user=user).delete()
    sample = samples().get(name)
    return reverse(name, kwargs=sample(province.committee, user) if sample else {})


def _is_page(client: Client, url: str) -> bool:
    """Whether the address answers with a page; the others are moves, files and parts of pages."""
    with closing(client.get(url)) as response:
        kind = response.get("Content-Type", "")
        if response.status_code != 200 or not kind.startswith("text/html"):
            return False
        return response.streaming or b"<html" in response.content


def _faults(page: Page) -> list[str]:
    found = violations(page)
    if is_too_wide(page):
        found.append("wider than the window")
    if not page.title().removesuffix(" – Tinh Gọn").strip():
        found.append("no title")
    return found
