from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from importlib import import_module
from importlib.util import find_spec

from django.apps import apps


@cache
def kind_names() -> Mapping[str, str]:
    """
    Return what each kind of event is called, as every app says in `enums.AUDIT_KINDS`.

    They are found by name, because the apps stand above this one.
    """
    names: dict[str, str] = {}
    for config in apps.get_app_configs():
        module = f"{config.name}.enums"
        if config.name.startswith("tinhgon.apps.") and find_spec(module):
            names |= getattr(import_module(module), "AUDIT_KINDS", {})
    return names
