"""
The table `search_index`: which entry has which tokens. The only place that knows both databases.

SQLite: an FTS5 table, the row id being the key of the entry. PostgreSQL: a tsvector with a GIN
index. Both hold the same tokens (`domain.finding`), cut by us and by nobody else, so both find the
same. The newest entries (by key) come first, and no search looks at more than it is asked for:

- FTS5 walks its lists from the newest row on and stops. Where few entries have all that is asked
  for, it would walk the lists of all tokens to their ends: there it gets the few tokens that
  together are rarest, and the other ones are looked for in the rows so found (see `_plans`).
- GIN would collect every match before the first is seen. There each entry also has the tokens of
  two blocks of keys, a small and a large one, and a search goes block by block from the newest on,
  until it has enough. "id + 0" keeps the planner from walking the primary key backwards and reading
  the tokens of every row: that looks cheap to it, and takes a minute at 300,000 entries.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from itertools import islice
from typing import NamedTuple

from django.db import connection
from django.db.backends.utils import CursorWrapper

from tinhgon.domain.finding import Condition

Group = tuple[str, ...]  # one of these tokens
Plan = tuple[list[Group], list[Group]]  # walked through, and looked for in what was so found

SMALL, LARGE = 11, 15  # the key of an entry, shifted by so many bits, is the number of its block
_BLOCKS = ("__m", "__n")
_MANY = 50_000  # entries from which on FTS5 does not get all tokens of a long question
_SHORT = 2  # groups that need no plan
_SAMPLE = 200  # newest entries that tell how rare tokens are
_HANDFUL = 4  # entries of these, when nothing is to be told by them any more
_GOES_WITH = 0.6  # the share of entries with a token that have another, which then tells nothing
_SOME = 50  # rows read at a time
_FEW = 300  # entries of which the remaining tokens are sooner looked for one by one

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
    WHERE tokens @@ (asked.words::tsquery && windows.words) AND id + 0 < windows.below
    ORDER BY id + 0 DESC LIMIT %s
  ) AS hit LIMIT %s
) AS found
"""  # noqa: S608
_POSTGRES_COUNTS = f"""
{_WINDOWS}
SELECT name, (
  SELECT count(*) FROM (
    SELECT 1 FROM windows CROSS JOIN LATERAL (
      SELECT 1 FROM search_index
      WHERE tokens @@ (asked.words::tsquery && windows.words) AND id + 0 < windows.below
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
_SQLITE_ROWS = (
    "SELECT rowid, tokens FROM search_index WHERE search_index MATCH %s ORDER BY rowid DESC"
)
_SQLITE_NEWEST = "SELECT rowid FROM search_index ORDER BY rowid DESC LIMIT 1"
_SQLITE_SAMPLE = "SELECT %s, rowid FROM search_index WHERE search_index MATCH %s AND rowid > %s"


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


def newest() -> int:
    """Return the key of the newest entry, which tells how many there are about; 0 if unneeded."""
    if connection.vendor != "sqlite":
        return 0
    with connection.cursor() as cursor:
        cursor.execute(_SQLITE_NEWEST)
        row = cursor.fetchone()
    return row[0] if row else 0


def matches(
    conditions: Sequence[Condition], *, common: Sequence[Group], number: int, most: int
) -> list[Match]:
    """
    Return, of each condition, the newest entries that fulfil it and have one of each common.

    `number`: what `newest` says.
    """
    asked = [(int(each.tier), _groups(each, common)) for each in conditions]
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            found = _on_sqlite(cursor, asked, number, most)
            return [
                Match(tier, key)
                for (tier, _), keys in zip(asked, found, strict=True)
                for key in keys
            ]
        tiers = [tier for tier, _ in asked]
        words = [_words(groups) for _, groups in asked]
        cursor.execute(_POSTGRES_MATCHES, [tiers, words, most, most])
        return [Match(*row) for row in cursor.fetchall()]


def counts(
    condition: Condition,
    names: Mapping[str, str],
    *,
    common: Sequence[Group],
    number: int,
    most: int,
) -> dict[str, int]:
    """Return for each name how many entries of that token fulfil the condition, up to `most`."""
    asked = [(name, _groups(condition, [*common, (token,)])) for name, token in names.items()]
    if not asked:
        return {}
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            found = _on_sqlite(cursor, asked, number, most)
            return {name: len(keys) for name, keys in zip(names, found, strict=True)}
        words = [_words(groups) for _, groups in asked]
        cursor.execute(_POSTGRES_COUNTS, [most, most, list(names), words])
        return dict(cursor.fetchall())


def having(tokens: Group, *, after: int, most: int) -> list[int]:
    """Return the next entries by key that have one of the tokens: to go through all of them."""
    words = _words([tokens])
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


def _blocks(key: int) -> list[str]:
    return [f"__m{key >> LARGE}", f"__n{key >> SMALL}"]


def _groups(condition: Condition, common: Sequence[Group]) -> list[Group]:
    return list(dict.fromkeys((*condition.groups, *common)))


def _words(groups: Sequence[Group]) -> str:
    """Return the groups in the language of the database; tokens hold none of its signs."""
    both, either, quote = (" AND ", " OR ", '"') if connection.vendor == "sqlite" else "&|'"
    parts = [[f"{quote}{token}{quote}" for token in dict.fromkeys(group)] for group in groups]
    return both.join(f"({either.join(part)})" if len(part) > 1 else part[0] for part in parts)


def _on_sqlite(
    cursor: CursorWrapper, asked: Sequence[tuple[object, list[Group]]], number: int, most: int
) -> list[list[int]]:
    """
    Return for each the newest entries, up to `most`, that have one token of each group.

    Rows that are looked at one by one are read as they come, so each such condition is a statement
    of its own: within the process a statement more costs nothing, a row too many does.
    """
    plans = _plans(cursor, [groups for _, groups in asked], number)
    found: list[list[int]] = [[] for _ in plans]
    whole = [(nth, walked) for nth, (walked, looked_for) in enumerate(plans) if not looked_for]
    if whole:
        cursor.execute(
            " UNION ALL ".join([_SQLITE_MATCHES] * len(whole)),
            [value for nth, walked in whole for value in (nth, _words(walked), most)],
        )
        for nth, key in cursor.fetchall():
            found[nth].append(key)
    for nth, (walked, looked_for) in enumerate(plans):
        if looked_for:
            cursor.execute(_SQLITE_ROWS, [_words(walked)])
            found[nth] = list(islice(_having(cursor, looked_for), most))
    return found


def _having(cursor: CursorWrapper, groups: Sequence[Group]) -> Iterator[int]:
    """Yield the keys of the rows that have one token of each group; read no further than asked."""
    wanted = [tuple(f" {token} " for token in group) for group in groups]
    while rows := cursor.fetchmany(_SOME):
        for key, text in rows:
            tokens = f" {text} "
            if all(any(token in tokens for token in group) for group in wanted):
                yield key


def _plans(cursor: CursorWrapper, asked: Sequence[list[Group]], number: int) -> list[Plan]:
    """
    Return of the groups of each condition those that FTS5 walks through, and those looked for in
    the rows that have the first.

    The newest rows tell which are rare together; the result is the same whatever they tell.
    """
    groups = list({group for each in asked if _is_long(each) for group in each})
    if number < _MANY or not groups:
        return [(groups, []) for groups in asked]
    newest = [(nth, _words([group]), number - _SAMPLE) for nth, group in enumerate(groups)]
    cursor.execute(
        " UNION ALL ".join([_SQLITE_SAMPLE] * len(groups)),
        [value for each in newest for value in each],
    )
    having: dict[Group, set[int]] = {group: set() for group in groups}
    for nth, key in cursor.fetchall():
        having[groups[nth]].add(key)
    return [_plan(each, having, number) if _is_long(each) else (each, []) for each in asked]


def _is_long(groups: Sequence[Group]) -> bool:
    return len(groups) > _SHORT


def _plan(groups: Sequence[Group], having: Mapping[Group, set[int]], number: int) -> Plan:
    """Take the rarest group, then what is rarest beside it, until few entries are expected."""
    left, walked = list(groups), list[Group]()
    expected = float(number)

    def beside(group: Group) -> float:
        """The share of entries with one group taken that have this one, too; the highest."""
        own = having[group]
        shares = [len(own & having[each]) / max(len(having[each]), 1) for each in walked]
        return max([len(own) / _SAMPLE, *shares])

    while left and expected > _FEW:
        rarest = min(left, key=beside)
        share = beside(rarest)
        if walked and share > _GOES_WITH and expected < number / _SAMPLE * _HANDFUL:
            break
        expected *= max(share, 1 / _SAMPLE)
        left.remove(rarest)
        walked.append(rarest)
    return walked, sorted(left, key=lambda group: len(having[group]))
