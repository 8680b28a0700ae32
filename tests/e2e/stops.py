"""Stops on the way through the user guide."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from playwright.sync_api import Page


@dataclass(frozen=True, slots=True)
class Stop:
    """One page on the way through a part of the guide: who opens it, what he does, the picture."""

    person: str
    path: str
    picture: str = ""
    act: Callable[[Page], None] | None = None
    phone: bool = False


def scroll_to(selector: str) -> Callable[[Page], None]:
    """Return what brings an element to the top of the window."""
    return lambda page: page.locator(selector).evaluate("(element) => element.scrollIntoView()")
