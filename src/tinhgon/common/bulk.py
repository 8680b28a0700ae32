"""
New rows by the thousand, written as `bulk_create` writes them, at a fraction of its cost a row. The
only place that knows which way into a table each database has.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from operator import attrgetter
from typing import Any, TypeVar

from django.db import connection, models, transaction

M = TypeVar("M", bound=models.Model)

_AS_IT_IS = frozenset({str, int, bool, type(None)})
_FEW = 20  # rows that one plain statement writes as fast
_KEYS = "SELECT nextval(pg_get_serial_sequence(%s, %s)) FROM generate_series(1, %s)"


@transaction.atomic(savepoint=False)
def insert(rows: Iterable[M]) -> list[M]:
    """
    Write new rows of one model with keys counted by the database; return them with these keys.

    Nothing is asked of the rows themselves: no `save`, and no field that makes up its value on
    saving.

    :raises IntegrityError: if a constraint refuses one; none is written then.
    """
    made = list(rows)
    if not made:
        return made
    model = type(made[0])
    if len(made) < _FEW:
        return model._default_manager.bulk_create(made)
    for row, key in zip(made, _keys(model, len(made)), strict=True):
        row.pk = key
        row._state.adding, row._state.db = False, connection.alias
    copy_in(model, map(attrgetter(*(f.attname for f in model._meta.concrete_fields)), made))
    return made


def copy_in(model: type[models.Model], rows: Iterable[Sequence[Any]]) -> None:
    """
    Write rows as they stand, keys included: the values of the model's concrete fields in order.

    Call it within a transaction. The sequence of keys is not moved on.
    """
    fields = model._meta.concrete_fields
    writers = [_writer(each) for each in fields]
    columns = [str(each.column) for each in fields]
    _write(model._meta.db_table, columns, _values(rows, writers))


def _values(
    rows: Iterable[Sequence[Any]], writers: Sequence[tuple[object, Callable[[Any], Any]]]
) -> Iterator[list[Any]]:
    for row in rows:
        yield [
            value if write is None and value.__class__ in _AS_IT_IS else prepare(value)
            for value, (write, prepare) in zip(row, writers, strict=True)
        ]


def _writer(field: models.Field[Any, Any]) -> tuple[object, Callable[[Any], Any]]:
    def prepare(value: Any) -> Any:
        return field.get_db_prep_save(value, connection)

    return (field if isinstance(field, models.JSONField) else None), prepare


def _keys(model: type[models.Model], count: int) -> Iterable[int]:
    table, column = model._meta.db_table, model._meta.pk.column
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            # This transaction alone may write: the keys after the last are its own.
            cursor.execute("SELECT seq FROM sqlite_sequence WHERE name = %s", [table])
            last = (cursor.fetchone() or (0,))[0]
            return range(last + 1, last + 1 + count)
        cursor.execute(_KEYS, [connection.ops.quote_name(table), column, count])
        return [key for (key,) in cursor.fetchall()]


def _write(table: str, columns: Sequence[str], rows: Iterable[Sequence[Any]]) -> None:
    quote = connection.ops.quote_name
    into = f"{quote(table)} ({', '.join(map(quote, columns))})"
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            places = ", ".join(["%s"] * len(columns))
            sql = f"INSERT INTO {into} VALUES ({places})"  # noqa: S608 — names of ours
            cursor.executemany(sql, list(rows))
            return
        with connection.wrap_database_errors, cursor.copy(f"COPY {into} FROM STDIN") as copy:
            for row in rows:
                copy.write_row(row)
