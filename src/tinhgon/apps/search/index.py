"""
The table `search_index`: which entry has which tokens. The only place that knows both databases.

SQLite: an FTS5 table, the row id being the key of the entry. PostgreSQL: a tsvector with a GIN
index. Both hold the same tokens (`domain.finding`), cut by us and by nobody else, so both find the
same. The newest entries (by key) come first, and no search looks at more than it is asked for:

- FTS5 walks its lists from the newest row on and stops.
- GIN would collect every match before the first is seen. There each entry also has the tokens of
  two blocks of keys, a small and a large one, and a search goes block by block from the newest on,
  until it has enough.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from django.db import connection

from tinhgon.domain.finding import Condition, Tier

Group = tuple[str, ...]  # one of these tokens

SMALL, LARGE = 11, 15  # the key of an entry, shifted by so many bits, is the number of its block
_BLOCKS = ("__m", "__n")

_WINDOWS = f"""
WITH newest AS (SELECT coalesce(max(id), 0) AS id FROM search_index),
windows AS MATERIALIZED (
  SELECT 0 AS nth, 9223372036854775807 AS below,
    ('__n' || (id >> {SMALL}) || '|__n' || greatest((id >> {SMALL}) - 1, 0))::tsquery AS words
  FROM newest
  UNION ALL
  SELECT 1 + (id >> {LARGE}) - block, greatest((id >> {SMALL}) - 1, 0) << {SMALL},
    ('__m' || block)::tsquery
  FROM newest, generate_series(0, id >> {LARGE}) AS block
  ORDER BY 1
)
"""  # noqa: S608 — numbers of ours
_POSTGRES_MATCHES = f"""
{_WINDOWS}
SELECT tier, found.id
FROM unnest(%s::int[], %s::text[]) AS asked(tier, words)
CROSS JOIN LATERAL (
  SELECT hit.id FROM windows CROSS JOIN LATERAL (
    SELECT id FROM search_index
    WHERE tokens @@ (asked.words::tsquery && windows.words) AND id < windows.below
    ORDER BY id DESC LIMIT %s
  ) AS hit LIMIT %s
) AS found
"""  # noqa: S608
_POSTGRES_COUNTS = f"""
{_WINDOWS}
SELECT name, (
  SELECT count(*) FROM (
    SELECT 1 FROM windows CROSS JOIN LATERAL (
      SELECT 1 FROM search_index
      WHERE tokens @@ (asked.words::tsquery && windows.words) AND id < windows.below
      LIMIT %s
    ) AS hit LIMIT %s
  ) AS found
)
FROM unnest(%s::text[], %s::text[]) AS asked(name, words)
"""  # noqa: S608
_SQLITE_MATCHES = (
    "SELECT * FROM (SELECT %s, rowid FROM search_index WHERE search_index MATCH %s "
    "ORDER BY rowid DESC LIMIT %s)"
)
_SQLITE_COUNTS = (
    "SELECT %s, (SELECT count(*) FROM "
    "(SELECT 1 FROM search_index WHERE search_index MATCH %s LIMIT %s))"
)


class Row(NamedTuple):
    key: int
    tokens: Iterable[str]


class Match(NamedTuple):
    tier: int
    key: int


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
            texts = [" ".join([*row.tokens, *_blocks(row.key)]) for row in rows]
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


def matches(conditions: Sequence[Condition], *, common: Sequence[Group], most: int) -> list[Match]:
    """Return, of each condition, the newest entries that fulfil it and have one of each common."""
    asked = [(int(each.tier), _words(each, common)) for each in conditions]
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            sql = " UNION ALL ".join([_SQLITE_MATCHES] * len(asked))
            cursor.execute(sql, [v for tier, words in asked for v in (tier, words, most)])
        else:
            tiers, words = zip(*asked, strict=True)
            cursor.execute(_POSTGRES_MATCHES, [list(tiers), list(words), most, most])
        return [Match(*row) for row in cursor.fetchall()]


def counts(
    condition: Condition, names: Mapping[str, str], *, common: Sequence[Group], most: int
) -> dict[str, int]:
    """Return for each name how many entries of that token fulfil the condition, up to `most`."""
    asked = [(name, _words(condition, [*common, (token,)])) for name, token in names.items()]
    if not asked:
        return {}
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            sql = " UNION ALL ".join([_SQLITE_COUNTS] * len(asked))
            cursor.execute(sql, [v for name, words in asked for v in (name, words, most)])
        else:
            labels, words = zip(*asked, strict=True)
            cursor.execute(_POSTGRES_COUNTS, [most, most, list(labels), list(words)])
        return dict(cursor.fetchall())


def having(tokens: Group, *, after: int, most: int) -> list[int]:
    """Return the next entries by key that have one of the tokens: to go through all of them."""
    words = _words(Condition(Tier.ANYWHERE, ()), [tokens])
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute(
                "SELECT rowid FROM search_index WHERE search_index MATCH %s AND rowid > %s "
                "ORDER BY rowid LIMIT %s",
                [words, after, most],
            )
        else:
            cursor.execute(
                "SELECT id FROM search_index WHERE tokens @@ %s::tsquery AND id > %s "
                "ORDER BY id LIMIT %s",
                [words, after, most],
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
        yield key, frozenset(token for token in text.split() if not token.startswith(_BLOCKS))


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


def _blocks(key: int) -> list[str]:
    return [f"__m{key >> LARGE}", f"__n{key >> SMALL}"]


def _words(condition: Condition, common: Sequence[Group]) -> str:
    """Return the condition in the language of the database; tokens hold none of its signs."""
    both, either, quote = (" AND ", " OR ", '"') if connection.vendor == "sqlite" else "&|'"
    parts = [
        [f"{quote}{token}{quote}" for token in dict.fromkeys(group)]
        for group in dict.fromkeys((*condition.groups, *common))
    ]
    return both.join(f"({either.join(part)})" if len(part) > 1 else part[0] for part in parts)
