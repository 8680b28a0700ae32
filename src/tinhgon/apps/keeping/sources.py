"""
What there is to keep: every table of the application, read and written row by row.

A row is a line of JSON, the same whichever database it comes from: a list of the values of the
model's columns, times in UTC, decimals and dates as text, keys of objects in order. So two tables
are equal where the lines are.
"""

from __future__ import annotations

import json
import uuid
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from copy import deepcopy
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

from django.apps import apps
from django.conf import settings
from django.db import DEFAULT_DB_ALIAS, connection, connections, models, transaction
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder

from tinhgon.domain.signatures import NotACertificate, read_certificates

Model = type[models.Model]

# Who is signed in where, and what lives: not for another installation, and over where one is
# restored.
LEFT_OUT = frozenset({"sessions.Session", "usersessions.UserSession", "jobs.JobWorker"})

_READ = {
    "sqlite": "PRAGMA query_only = ON",
    "postgresql": "SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY",
}
_CHUNK = 2_000
_ORDER = {"audit.Event": "number"}  # the trail as it is verified: along its chain
_AS_TEXT = (models.DateField, models.DecimalField, models.UUIDField)


def tables() -> list[Model]:
    """Return the models whose tables are kept, in the order of their tables' names."""
    return [model for model in _all_tables() if model._meta.label not in LEFT_OUT]


def passing_tables() -> list[Model]:
    """Return the models whose tables are not kept, and are emptied where a backup is restored."""
    return [model for model in _all_tables() if model._meta.label in LEFT_OUT]


def _all_tables() -> list[Model]:
    found = apps.get_models(include_auto_created=True)
    managed = (m for m in found if m._meta.managed and not m._meta.proxy)
    return sorted(managed, key=lambda m: m._meta.db_table)


def columns(model: Model) -> list[str]:
    return [str(field.column) for field in model._meta.concrete_fields]


def migrations() -> list[list[str]]:
    """Return what was done to the tables: (app, name) of each migration, in order of names."""
    recorder = MigrationRecorder(connection)
    return sorted([app, name] for app, name in recorder.applied_migrations())


def shipped_migrations() -> list[list[str]]:
    """Return what this version of the software does to the tables, in order of names."""
    shipped = MigrationLoader(None, ignore_no_migrations=True).disk_migrations
    replaced = {each for migration in shipped.values() for each in migration.replaces}
    return sorted([app, name] for app, name in shipped.keys() | replaced)


def certificates() -> tuple[dict[str, bytes], list[str]]:
    """
    Return the files of the folder of trusted certificates by their names, and the names of those
    that are left out: what holds no certificate, or a private key beside it.
    """
    folder = Path(settings.TRUSTED_CERTIFICATES)
    kept: dict[str, bytes] = {}
    left_out = []
    for path in sorted(folder.iterdir()) if folder.is_dir() else ():
        try:
            data = path.read_bytes()
            read_certificates(data)
        except (NotACertificate, OSError):
            left_out.append(path.name)
        else:
            kept[path.name] = data
    return kept, left_out


@contextmanager
def snapshot() -> Iterator[None]:
    """
    Within it this thread reads all tables as they are at this moment, while others go on writing.
    It cannot write: its connection is one of its own.
    """
    usual = connections[DEFAULT_DB_ALIAS]
    given = deepcopy(usual.settings_dict)
    if usual.vendor == "sqlite":
        given["OPTIONS"]["transaction_mode"] = "DEFERRED"  # reads, and keeps nobody from writing
    connections[DEFAULT_DB_ALIAS] = type(usual)(given, alias=DEFAULT_DB_ALIAS)
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(_READ[usual.vendor])
            yield
    finally:
        connection.close()
        connections[DEFAULT_DB_ALIAS] = usual


def lines(model: Model) -> Iterator[bytes]:
    """Yield the rows of a table, always in the same order, never all in memory."""
    names = [field.attname for field in model._meta.concrete_fields]
    order = _ORDER.get(model._meta.label, "pk")
    rows = model._base_manager.order_by(order).values_list(*names)
    for row in rows.iterator(chunk_size=_CHUNK):
        yield _encode(row)


def values(model: Model, line: bytes) -> list[Any]:
    """
    Return a row as the model's fields take it.

    :raises ValueError: if the line is none of this table.
    """
    row = json.loads(line)
    fields = model._meta.concrete_fields
    if not isinstance(row, list) or len(row) != len(fields):
        raise ValueError(f"not a row of {model._meta.db_table}")
    return [
        field.to_python(value) if value is not None and isinstance(field, _AS_TEXT) else value
        for value, field in zip(row, fields, strict=True)
    ]


def _encode(row: Sequence[Any]) -> bytes:
    text = json.dumps(
        list(row), ensure_ascii=False, sort_keys=True, separators=(",", ":"), default=_plain
    )
    return text.encode() + b"\n"


def _plain(value: object) -> str:
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat()
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Decimal):
        return format(value, "f")
    if isinstance(value, uuid.UUID):
        return str(value)
    raise TypeError(f"cannot keep a {type(value).__name__}")
