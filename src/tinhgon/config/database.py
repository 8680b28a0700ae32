"""The database from one address: SQLite by default, PostgreSQL by TINHGON_DATABASE_URL."""

from __future__ import annotations

from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

from .env import SettingMissing

# WAL lets people read while one writes; IMMEDIATE takes the write lock at the start of a
# transaction, so that a transaction that read first never fails half-way; the timeout makes
# writers wait for one another.
_SQLITE_OPTIONS = {
    "transaction_mode": "IMMEDIATE",
    "timeout": 20,
    "init_command": (
        "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA foreign_keys=ON; "
        "PRAGMA cache_size=-32000; PRAGMA temp_store=MEMORY; PRAGMA mmap_size=134217728;"
    ),
}


# Compiling a statement to machine code takes PostgreSQL longer than any of ours takes to run.
_POSTGRES_OPTIONS = "-c jit=off"

# Seconds. SQLite reads its schema anew with each connection: a third of the time of a list.
_KEPT = 60


def database(url: str, *, data: Path) -> dict[str, Any]:
    """
    Return Django's settings for the database at `url`; an empty url means SQLite in the folder
    `data`.

    :raises SettingMissing: if the url is neither sqlite:///… nor postgres(ql)://…
    """
    if not url:
        return _sqlite(data / "tinhgon.sqlite3")
    parts = urlsplit(url)
    if parts.scheme == "sqlite":
        return _sqlite(Path(unquote(parts.path)))
    if parts.scheme in {"postgres", "postgresql"}:
        return {
            "ENGINE": "django.db.backends.postgresql",
            "NAME": unquote(parts.path.lstrip("/")),
            "USER": unquote(parts.username or ""),
            "PASSWORD": unquote(parts.password or ""),
            "HOST": parts.hostname or "",
            "PORT": str(parts.port or ""),
            "CONN_MAX_AGE": _KEPT,
            "CONN_HEALTH_CHECKS": True,
            "OPTIONS": {"options": _POSTGRES_OPTIONS},
        }
    raise SettingMissing(
        "TINHGON_DATABASE_URL phải có dạng sqlite:///tệp hoặc postgresql://người:mật-khẩu@máy:cổng/tên."
    )


def _sqlite(path: Path) -> dict[str, Any]:
    return {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": path,
        "CONN_MAX_AGE": _KEPT,
        "OPTIONS": _SQLITE_OPTIONS,
        # A file, not memory: browser journeys read while the server writes.
        "TEST": {"NAME": path.parent / "test.sqlite3"} if path.parent.exists() else {},
    }
