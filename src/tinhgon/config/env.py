"""Typed access to the environment. Every setting read here is documented in docs/settings.md."""

from __future__ import annotations

import os
from pathlib import Path
from urllib.parse import urlsplit


class SettingMissing(Exception):
    """A setting that has no default is not given; the message says which and how."""


def text(name: str, default: str | None = None) -> str:
    """
    Return the setting; its value may also stand in the file named by NAME_FILE.

    :raises SettingMissing: if it is given nowhere and has no default.
    """
    if path := os.environ.get(f"{name}_FILE"):
        return Path(path).read_text(encoding="utf-8").strip()
    value = os.environ.get(name, default)
    if value is None:
        raise SettingMissing(f"Thiếu biến môi trường {name}. Xem docs/settings.md.")
    return value


def flag(name: str, *, default: bool = False) -> bool:
    """Return whether the setting is one of 1, true, yes, on."""
    value = os.environ.get(name)
    return default if value is None else value.strip().lower() in {"1", "true", "yes", "on"}


def integer(name: str, default: int) -> int:
    """
    Return the setting as a whole number.

    :raises SettingMissing: if it is given but is none.
    """
    value = os.environ.get(name, str(default))
    try:
        return int(value)
    except ValueError:
        raise SettingMissing(f"{name} phải là số nguyên, không phải “{value}”.") from None


def words(name: str, default: str = "") -> list[str]:
    """Return the comma-separated values of the setting."""
    return [part.strip() for part in os.environ.get(name, default).split(",") if part.strip()]


def origin(url: str) -> str:
    """Return scheme, host and port of an address."""
    parts = urlsplit(url)
    return f"{parts.scheme}://{parts.netloc}"
