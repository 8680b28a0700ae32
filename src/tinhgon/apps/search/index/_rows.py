"""The rows of the table: written, taken out, read as they stand."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from typing import NamedTuple

from django.db import connection

from ._language import BLOCKS, Group, blocks, words


class Row(NamedTuple):
    key: int
    tokens: Iterable[str]


def write(rows: Sequence[Row]) -> None:
    """Put the tokens of entries in place of those they had."""
    if not rows:
        return
    keys = [row.key for row in rows]
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            remove(keys)
            cursor.executemany(
                "INSERT INTO search_index (rowid, tokens) VALUES (%s, %s)",
                [(row.key, " ".join(row.tokens)) for row in rows],
            )
        else:
            texts = [" ".join([*row.tokens, *blocks(row.key)]) for row in rows]
            cursor.execute(
                "INSERT INTO search_index (id, tokens) "
                "SELECT id, words::tsvector FROM unnest(%s::bigint[], %s::text[]) AS t(id, words) "
                "ON CONFLICT (id) DO UPDATE SET tokens = excluded.tokens",
                [keys, texts],
            )


def remove(keys: Collection[int]) -> None:
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.executemany(
                "DELETE FROM search_index WHERE rowid = %s", [(key,) for key in keys]
            )
        else:
            cursor.execute("DELETE FROM search_index WHERE id = ANY(%s)", [list(keys)])


def having(tokens: Group, *, after: int, most: int) -> list[int]:
    """Return the next entries by key that have one of the tokens: to go through all of them."""
    asked = words([tokens])
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute(
                "SELECT rowid FROM search_index WHERE search_index MATCH %s AND rowid > %s "
                "ORDER BY rowid LIMIT %s",
                [asked, after, most],
            )
        else:
            cursor.execute(
                "SELECT id FROM search_index WHERE tokens @@ %s::tsquery AND id > %s "
                "ORDER BY id LIMIT %s",
                [asked, after, most],
            )
        return [key for (key,) in cursor.fetchall()]


def stored(*, after: int, most: int) -> Iterator[tuple[int, frozenset[str]]]:
    """Yield the next rows by key as they stand: to compare them with what they should be."""
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute(
                "SELECT rowid, tokens FROM search_index WHERE rowid > %s ORDER BY rowid LIMIT %s",
                [after, most],
            )
        else:
            cursor.execute(
                "SELECT id, array_to_string(tsvector_to_array(tokens), ' ') FROM search_index "
                "WHERE id > %s ORDER BY id LIMIT %s",
                [after, most],
            )
        rows = cursor.fetchall()
    for key, text in rows:
        yield key, frozenset(token for token in text.split() if not token.startswith(BLOCKS))


def tokens_of(keys: Collection[int]) -> dict[int, frozenset[str]]:
    """Return the tokens of these entries."""
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            marks = ", ".join(["%s"] * len(keys))
            cursor.execute(
                f"SELECT id, c0 FROM search_index_content "  # noqa: S608 -- where FTS5 keeps them
                f"WHERE id IN ({marks})",
                list(keys),
            )
        else:
            cursor.execute(
                "SELECT id, array_to_string(tsvector_to_array(tokens), ' ') FROM search_index "
                "WHERE id = ANY(%s)",
                [list(keys)],
            )
        return {key: frozenset(text.split(" ")) for key, text in cursor.fetchall()}


def strays() -> list[int]:
    """Return the keys of rows whose entry is no more."""
    key = "rowid" if connection.vendor == "sqlite" else "id"
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT {key} FROM search_index "  # noqa: S608 — one of two words
            f"WHERE {key} NOT IN (SELECT id FROM search_searchentry)"
        )
        return [found for (found,) in cursor.fetchall()]


def tidy() -> None:
    """Join what many writes left in pieces; after a rebuild, and never needed for being right."""
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("INSERT INTO search_index (search_index) VALUES ('optimize')")
        else:
            cursor.execute("SELECT gin_clean_pending_list('search_index_tokens')")
