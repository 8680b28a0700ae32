from __future__ import annotations

from collections.abc import Iterator
from importlib import import_module
from importlib.util import find_spec

from django.apps import apps

from tinhgon.domain.access import Page

PAGES: list[Page] = []


def declared() -> Iterator[Page]:
    """
    Yield what every app declares as `PAGES` and `MOVES` in its policies, app by app.

    They are found by name, because most of them stand above this one.
    """
    for config in apps.get_app_configs():
        name = f"{config.name}.policies"
        if config.name.startswith("tinhgon.apps.") and find_spec(name):
            policies = import_module(name)
            yield from getattr(policies, "PAGES", [])
            yield from getattr(policies, "MOVES", [])


def holds_at_top(paths: tuple[str, ...]) -> bool:
    """Return whether one of the paths is a whole tree: "/" or a root agency's."""
    return any(path.count("/") <= 2 for path in paths)
