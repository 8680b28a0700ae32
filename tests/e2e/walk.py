"""Every page of the project that has an address: opened, and looked at for faults."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import closing
from typing import Any

from allauth.mfa.models import Authenticator
from django.test import Client
from django.urls import NoReverseMatch, URLPattern, URLResolver, get_resolver, reverse
from django.urls.converters import IntConverter
from playwright.sync_api import BrowserContext, Page

from tests.apps.samples import samples
from tests.browser import is_too_wide, violations
from tests.factories import Province, make_user
from tests.factories.people import make_role
from tinhgon.apps.accounts.models import Position, User

# Shown to nobody who is signed in, or by another server.
ELSEWHERE = {"openid_connect_login", "openid_connect_callback", "mfa_authenticate"}


Addresses = dict[str, dict[str, Any]]
"""Name of a URL → numbers for its parts, where all parts are numbers."""


def named_pages() -> dict[str, Addresses]:
    """Return all URLs by their app."""
    found: dict[str, Addresses] = {}
    for name, parts in _addresses(get_resolver().url_patterns, ""):
        app = name.partition(":")[0] if ":" in name else "home and sign-in"
        found.setdefault(app, {})[name] = parts
    return found


def _addresses(patterns: list[Any], namespace: str) -> Iterator[tuple[str, dict[str, Any]]]:
    for pattern in patterns:
        if isinstance(pattern, URLResolver):
            inner = f"{pattern.namespace}:" if pattern.namespace else ""
            yield from _addresses(pattern.url_patterns, namespace + inner)
        elif isinstance(pattern, URLPattern) and pattern.name not in {None, *ELSEWHERE}:
            converters = pattern.pattern.converters
            numbers = {key: 1 for key, each in converters.items() if isinstance(each, IntConverter)}
            yield f"{namespace}{pattern.name}", numbers if len(numbers) == len(converters) else {}


def make_everything(province: Province) -> User:
    """Make somebody who may open every page: each role, over the whole province."""
    user = make_user(province.committee, "coordinator")
    for code in ("administrator", "head"):
        Position.objects.create(
            user=user, agency=province.committee, role=make_role(code), started_on="2020-01-01"
        )
    return User.objects.get(pk=user.pk)


def faults_of(
    addresses: Addresses, user: User, province: Province, contexts: Sequence[BrowserContext]
) -> tuple[list[str], list[str]]:
    """
    Open each page among the addresses in each of the browsers.

    :return: the names of those opened, and their faults.
    """
    client = Client()
    client.force_login(user)
    pages = [context.new_page() for context in contexts]
    opened, found = [], []
    for name, parts in addresses.items():
        if _is_move(client, name, parts):
            continue
        url = _url(name, user, province)
        if _is_page(client, url):
            opened.append(name)
            for page in pages:
                page.goto(url)
                found += [f"{name}: {fault}" for fault in _faults(page)]
    return opened, found


def _is_move(client: Client, name: str, parts: dict[str, Any]) -> bool:
    """Whether the address takes no GET, which is told before any record is looked for."""
    try:
        url = reverse(name, kwargs=parts)
    except NoReverseMatch:
        return False
    with closing(client.get(url)) as response:
        return response.status_code == 405


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
    width = page.viewport_size["width"] if page.viewport_size else 0
    found = violations(page)
    if is_too_wide(page):
        found.append("wider than the window")
    if not page.title().removesuffix(" – Tinh Gọn").strip():
        found.append("no title")
    return [f"{fault} (at {width} px)" for fault in found]
