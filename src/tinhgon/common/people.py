"""The person who acts, as the apps below `accounts` know him."""

from __future__ import annotations

from typing import Protocol, cast

from django.http import HttpRequest

from tinhgon.domain.access import Access


class Person(Protocol):
    """A signed-in user: what he may do and where, and how the audit trail names him."""

    @property
    def pk(self) -> int: ...
    @property
    def access(self) -> Access: ...
    @property
    def audit_ref(self) -> str: ...
    @property
    def audit_name(self) -> str: ...


def person(request: HttpRequest) -> Person:
    """Return who is signed in; SignInMiddleware let nobody else through."""
    return cast("Person", request.user)
