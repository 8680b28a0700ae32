"""Stops on the way through the user guide."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from playwright.sync_api import Page

GUIDE = Path(__file__).parents[2] / "docs" / "huong-dan"


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


def bold_words(part: str) -> list[str]:
    """Return what a page of the guide prints in bold: words that stand on the pages it tells of."""
    text = (GUIDE / f"{part}.md").read_text(encoding="utf-8")
    return [" ".join(words.split()) for words in re.findall(r"\*\*(.+?)\*\*", text, re.DOTALL)]
