"""Test databases on SQLite start from a copy of one that was migrated before."""

from __future__ import annotations

import hashlib
import os
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from importlib.metadata import version
from pathlib import Path
from typing import Any

from django.db import connection

_ROOT = Path(__file__).parents[1]
_CACHE = _ROOT / ".pytest_cache" / "migrated"
_SHIPS_MIGRATIONS = ("Django", "django-allauth", "django-tasks-db")


@contextmanager
def start_from_copy() -> Iterator[None]:
    """
    While test databases are made: fill each with what the migrations made of one before.

    The copy goes by a digest of all migrations, so that none is ever missed; `migrate` runs all the
    same and finds nothing left to do.
    """
    if connection.vendor != "sqlite":
        yield
        return
    kept = _CACHE / f"{_digest()}.sqlite3"
    creation: Any = connection.creation
    make, holders = creation._create_test_db, []

    def make_filled(*args: Any, **kwargs: Any) -> str:
        name: str = make(*args, **kwargs)
        if kept.exists():
            holders.append(_copy(kept, name))  # one in memory lives as long as somebody holds it
        return name

    creation._create_test_db = make_filled
    try:
        yield
        if not kept.exists():
            _keep(kept)
    finally:
        del creation._create_test_db
        for holder in holders:
            holder.close()


def _digest() -> str:
    total = hashlib.sha256(" ".join(map(version, _SHIPS_MIGRATIONS)).encode())
    for path in sorted(_ROOT.glob("src/tinhgon/apps/*/migrations/*.py")):
        total.update(path.as_posix().encode() + path.read_bytes())
    return total.hexdigest()[:16]


def _copy(kept: Path, name: str | Path) -> sqlite3.Connection:
    target = sqlite3.connect(name, uri=str(name).startswith("file:"))
    with closing(sqlite3.connect(kept)) as source:
        source.backup(target)
    return target


def _keep(kept: Path) -> None:
    kept.parent.mkdir(parents=True, exist_ok=True)
    for old in kept.parent.glob("*.sqlite3"):
        old.unlink(missing_ok=True)
    unfinished = kept.with_suffix(f".{os.getpid()}")
    with closing(sqlite3.connect(unfinished)) as target:
        connection.ensure_connection()
        connection.connection.backup(target)
    unfinished.replace(kept)
