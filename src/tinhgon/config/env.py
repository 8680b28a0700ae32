"""
Typed access to the environment. Every setting read here is documented in docs/settings.md.

Any setting NAME may also stand in the file that NAME_FILE names. Where NAME itself is given, even
empty, it counts: what a command or a drill sets beats what the server's configuration says.
"""

from __future__ import annotations

import os
from pathlib import Path
from urllib.parse import urlsplit


class SettingMissing(Exception):
    """A setting is not given and has no default, or cannot be read; the message says what to do."""


def is_given(name: str) -> bool:
    """Return whether the setting is given, by itself or by a file."""
    return name in os.environ or bool(os.environ.get(f"{name}_FILE"))


def offer(name: str, value: str) -> None:
    """Give the setting a value for this process and its children, unless it is given."""
    if not is_given(name):
        os.environ[name] = value


def text(name: str, default: str | None = None) -> str:
    """
    Return the setting.

    :raises SettingMissing: if it is given nowhere and has no default, or its file cannot be read.
    """
    value = _given(name)
    if value is None:
        value = default
    if value is None:
        raise SettingMissing(f"Thiếu biến môi trường {name}. Xem docs/settings.md.")
    return value


def flag(name: str, *, default: bool = False) -> bool:
    """Return whether the setting is one of 1, true, yes, on."""
    value = _given(name)
    return default if value is None else value.strip().lower() in {"1", "true", "yes", "on"}


def integer(name: str, default: int) -> int:
    """
    Return the setting as a whole number.

    :raises SettingMissing: if it is given but is none.
    """
    value = text(name, str(default))
    try:
        return int(value)
    except ValueError:
        raise SettingMissing(f"{name} phải là số nguyên, không phải “{value}”.") from None


def words(name: str, default: str = "") -> list[str]:
    """Return the comma-separated values of the setting."""
    return [part.strip() for part in text(name, default).split(",") if part.strip()]


def origin(url: str) -> str:
    """Return scheme, host and port of an address."""
    parts = urlsplit(url)
    return f"{parts.scheme}://{parts.netloc}"


def _given(name: str) -> str | None:
    value, path = os.environ.get(name), os.environ.get(f"{name}_FILE")
    if value is not None or not path:
        return value
    try:
        return Path(path).read_text(encoding="utf-8").strip()
    except (OSError, ValueError) as e:
        raise SettingMissing(
            f"Không đọc được tệp {path} mà {name}_FILE chỉ tới: {e}. "
            "Sửa đường dẫn hoặc cho người chạy Tinh Gọn đọc tệp ấy."
        ) from None
