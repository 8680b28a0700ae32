"""
What can be found, and who makes entries of it.

An app that wants its records found has a module `entries` (below its actions, above its queries)
with a list SOURCES: one `Source` a kind. They are found by name, because the apps stand above this
one. Nothing else is to be registered; each action of the app that changes what an entry says ends
with one call, before its audit row:

    search.index("procedure", [procedure.pk])

An entry is always made by its source, from the database as it stands: after an action, after
`tinhgon search rebuild`, when `tinhgon search verify` looks whether the two agree.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib import import_module
from importlib.util import find_spec

from django.apps import apps

MOST_BODY = 200_000
"""Characters of a body that are kept and found."""


@dataclass(frozen=True, slots=True)
class Entry:
    """
    One record as it is found and shown. Texts may be any length; the body is cut at MOST_BODY.

    `title`, `codes` and `keywords` are looked at first: the last count as words of the title that
    are not shown. `subtitle` and `body` come after them; `note` is shown and not found.
    `paths`: the places in the tree whose branches see it, as in `Agency.path`; with `seen_below`
    also everybody below these; with `for_all` everybody who has signed in.
    `agency`: the key of the agency whose name the words have, so that they follow a new name.
    `until`: the first day on which it is no more; such entries come after the others.
    `weight`: comes before the day, among equally close matches.
    """

    ref: int
    title: str
    url: str
    subtitle: str = ""
    note: str = ""
    keywords: str = ""
    codes: tuple[str, ...] = ()
    body: str = ""
    paths: Collection[str] = ()
    seen_below: bool = False
    for_all: bool = False
    public_url: str = ""  # given: the public sees it, at this address
    agency: int | None = None
    rank_on: date | None = None
    until: date | None = None
    weight: int = 0


@dataclass(frozen=True, slots=True)
class Source:
    """
    One kind of records.

    `refs` yields the key and the day of every record that is to be found; `entries` makes the
    entries of some of them in a few queries, and none of one that is not to be found (any more).
    """

    kind: str
    label: str  # as in the facets: "Văn bản chỉ đạo"
    icon: str
    order: int  # of the kinds on the page
    refs: Callable[[], Iterable[tuple[int, date | None]]]
    entries: Callable[[Collection[int]], Iterable[Entry]]


@cache
def sources() -> Mapping[str, Source]:
    """Return every source by its kind, in the order of the page."""
    found: list[Source] = []
    for config in apps.get_app_configs():
        module = f"{config.name}.entries"
        if config.name.startswith("tinhgon.apps.") and find_spec(module):
            found += import_module(module).SOURCES
    return {source.kind: source for source in sorted(found, key=lambda s: s.order)}
