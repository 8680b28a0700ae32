"""The rows of an SQLite database, copied to PostgreSQL: what was built once need not be again."""

from __future__ import annotations

import sqlite3
import time
from pathlib import Path

from django.apps import apps
from django.db import connection, transaction
from django.db.models import AutoField, Model

from .measuring import say

TELL = 50_000


def copy_from(path: Path) -> None:
    """
    Put the rows of the database at `path` in place of those here; both stand at the same migration.

    Foreign keys are not looked at meanwhile: they held where the rows come from.
    """
    models = [m for m in apps.get_models(include_auto_created=True) if m._meta.managed]
    models = [m for m in models if not m._meta.proxy]
    start = time.perf_counter()
    source = sqlite3.connect(f"file:{path}?mode=ro", uri=True)
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET LOCAL session_replication_role = replica")
        cursor.execute(f"TRUNCATE {', '.join(m._meta.db_table for m in models)} CASCADE")
        for model in models:
            written = _copy(source, model, start)
            if written and isinstance(model._meta.pk, AutoField):
                _continue_keys(model)
            if written > TELL:
                _tell(model, written, start)
    source.close()
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE")


def _copy(source: sqlite3.Connection, model: type[Model], start: float) -> int:
    """Copy one table and return how many rows it has."""
    columns = [f'"{f.column}"' for f in model._meta.concrete_fields if not f.generated]
    names, table = ", ".join(columns), f'"{model._meta.db_table}"'
    written = 0
    with connection.cursor() as cursor:
        rows = source.execute(f"SELECT {names} FROM {table}")  # noqa: S608 -- names of ours
        with cursor.copy(f"COPY {table} ({names}) FROM STDIN") as copy:
            for row in rows:
                copy.write_row(row)
                written += 1
                if written % TELL == 0:
                    _tell(model, written, start)
    return written


def _tell(model: type[Model], written: int, start: float) -> None:
    say(f"  {model._meta.db_table}: {written:,} ({time.perf_counter() - start:.0f} s)")


def _continue_keys(model: type[Model]) -> None:
    """The next key that the database gives comes after those copied."""
    table, key = model._meta.db_table, model._meta.pk
    assert key is not None  # noqa: S101 -- for the type checker
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT setval(pg_get_serial_sequence('{table}', '{key.column}'), MAX({key.column})) "  # noqa: S608
            f"FROM {table}"
        )
