"""
The table `search_index`: which entry has which tokens. The only place that knows both databases.

SQLite: an FTS5 table, the row id being the key of the entry. PostgreSQL: a tsvector with a GIN
index. Both hold the same tokens (`domain.finding`), cut by us and by nobody else, so both find the
same. The newest entries (by key) come first, and no search looks at more than it is asked for:

- FTS5 walks its lists from the newest row on and stops.
- GIN would collect every match before the first is seen. There each entry also has the tokens of
  two blocks of keys, a small and a large one, and a search goes block by block from the newest on,
  until it has enough. "id + 0" keeps the planner from walking the primary key backwards and reading
  the tokens of every row: that looks cheap to it, and takes a minute at 300,000 entries.

Where few entries have all that is asked for, both would walk the lists of all tokens to their ends.
There they get the few tokens that together are rarest, and the other ones are looked for in the
rows so found, from the newest on (see `_plans`). However many conditions: at most two statements.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from django.db import connection
from django.db.backends.utils import CursorWrapper

from tinhgon.domain.finding import Condition

Group = tuple[str, ...]  # one of these tokens
Plan = tuple[list[Group], list[Group]]  # walked through, and looked for in what was so found
Whole = tuple[int, list[Group]]  # the number of a condition, and all its groups
Part = tuple[int, list[Group], list[Group]]  # the number of a condition, and its plan

SMALL, LARGE = 11, 15  # the key of an entry, shifted by so many bits, is the number of its block
_BLOCKS = ("__m", "__n")
_MANY = 50_000  # entries from which on not all tokens of a long question are walked
_SHORT = 2  # groups that need no plan
_SAMPLE = 200  # newest entries that tell how rare tokens are
_HANDFUL = 4  # entries of these, when nothing is to be told by them any more
_GOES_WITH = 0.6  # the share of entries with a token that have another, which then tells nothing
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
SELECT nth, found.id
FROM unnest(%s::int[], %s::text[]) AS asked(nth, words)
CROSS JOIN LATERAL (
  SELECT hit.id FROM windows CROSS JOIN LATERAL (
    SELECT id FROM search_index
    WHERE tokens @@ (asked.words::tsquery && windows.words) AND id + 0 < windows.below
    ORDER BY id + 0 DESC LIMIT %s
  ) AS hit LIMIT %s
) AS found
UNION ALL
SELECT nth, found.id
FROM unnest(%s::int[], %s::text[], %s::text[]) AS asked(nth, words, others)
CROSS JOIN LATERAL (
  SELECT walked.id FROM (
    SELECT id, tokens FROM search_index WHERE tokens @@ asked.words::tsquery
    ORDER BY id + 0 DESC OFFSET 0
  ) AS walked WHERE tokens @@ asked.others::tsquery LIMIT %s
) AS found
"""  # noqa: S608
_POSTGRES_NEWEST = "SELECT max(id) FROM search_index"
_POSTGRES_SAMPLE = """
SELECT nth::int - 1, found.id
FROM unnest(%s::text[]) WITH ORDINALITY AS asked(words, nth)
CROSS JOIN LATERAL (
  SELECT id FROM search_index
  WHERE tokens @@ (asked.words::tsquery && %s::tsquery) AND id + 0 > %s
) AS found
"""
_SQLITE_MATCHES = (
    "SELECT * FROM (SELECT %s, rowid FROM search_index WHERE search_index MATCH %s "
    "ORDER BY rowid DESC LIMIT %s)"
)
_SQLITE_ROWS = (
    "SELECT * FROM (SELECT %s, rowid FROM search_index WHERE search_index MATCH %s "
    "AND search_has(%s, tokens) ORDER BY rowid DESC LIMIT %s)"
)
_SQLITE_NEWEST = "SELECT rowid FROM search_index ORDER BY rowid DESC LIMIT 1"
_SQLITE_SAMPLE = "SELECT %s, rowid FROM search_index WHERE search_index MATCH %s AND rowid > %s"


class Row(NamedTuple):
    key: int
    tokens: Iterable[str]


class Match(NamedTuple):
    tier: int
    key: int


@dataclass(frozen=True, slots=True)
class Newest:
    """
    What one search knows of the newest entries: the highest key, which tells how many there are
    about, and which of the last few have one token of a group, where it had to ask.
    """

    number: int
    having: dict[Group, set[int]] = field(default_factory=dict)


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


def newest() -> Newest:
    """Return what a search begins with."""
    with connection.cursor() as cursor:
        cursor.execute(_SQLITE_NEWEST if connection.vendor == "sqlite" else _POSTGRES_NEWEST)
        row = cursor.fetchone()
    return Newest((row and row[0]) or 0)


def matches(
    conditions: Sequence[Condition],
    *,
    common: Sequence[Group],
    newest: Newest,
    most: int,
    foreseen: Sequence[Group] = (),
) -> list[Match]:
    """
    Return, of each condition, the newest entries that fulfil it and have one of each common.

    `foreseen`: what may stand in a later condition, to ask once how rare all are.
    """
    asked = [_groups(each, common) for each in conditions]
    found = _newest_having(asked, newest, most, foreseen)
    tiers = [int(each.tier) for each in conditions]
    return [Match(tier, key) for tier, keys in zip(tiers, found, strict=True) for key in keys]


def counts(
    condition: Condition,
    names: Mapping[str, str],
    *,
    common: Sequence[Group],
    newest: Newest,
    most: int,
) -> dict[str, int]:
    """Return for each name how many entries of that token fulfil the condition, up to `most`."""
    asked = [_groups(condition, [*common, (token,)]) for token in names.values()]
    found = _newest_having(asked, newest, most)
    return {name: len(keys) for name, keys in zip(names, found, strict=True)}


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


def _newest_having(
    asked: Sequence[list[Group]], newest: Newest, most: int, foreseen: Sequence[Group] = ()
) -> list[list[int]]:
    """Return for each the newest entries, up to `most`, that have one token of each group."""
    found: list[list[int]] = [[] for _ in asked]
    if not asked:
        return found
    with connection.cursor() as cursor:
        plans = list(enumerate(_plans(cursor, asked, newest, foreseen)))
        whole = [(nth, walked) for nth, (walked, others) in plans if not others]
        parts = [(nth, walked, others) for nth, (walked, others) in plans if others]
        if connection.vendor == "sqlite":
            _on_sqlite(cursor, whole, parts, most)
        else:
            _on_postgres(cursor, whole, parts, most)
        for nth, key in cursor.fetchall():
            found[nth].append(key)
    return [sorted(keys, reverse=True) for keys in found]


def _on_sqlite(
    cursor: CursorWrapper, whole: Sequence[Whole], parts: Sequence[Part], most: int
) -> None:
    """Let the database ask, row by row as they come, whether a row has the other tokens, too."""
    wanted = {
        nth: [tuple(f" {token} " for token in group) for group in others]
        for nth, _, others in parts
    }

    def has(nth: int, text: str) -> bool:
        tokens = f" {text} "
        return all(any(token in tokens for token in group) for group in wanted[nth])

    if parts:
        cursor.connection.create_function("search_has", 2, has)
    values: list[int | str] = []
    for nth, walked in whole:
        values += [nth, _words(walked), most]
    for nth, walked, _ in parts:
        values += [nth, _words(walked), nth, most]
    statements = [_SQLITE_MATCHES] * len(whole) + [_SQLITE_ROWS] * len(parts)
    cursor.execute(" UNION ALL ".join(statements), values)


def _on_postgres(
    cursor: CursorWrapper, whole: Sequence[Whole], parts: Sequence[Part], most: int
) -> None:
    cursor.execute(
        _POSTGRES_MATCHES,
        [
            [nth for nth, _ in whole],
            [_words(walked) for _, walked in whole],
            most,
            most,
            [nth for nth, _, _ in parts],
            [_words(walked) for _, walked, _ in parts],
            [_words(others) for _, _, others in parts],
            most,
        ],
    )


def _plans(
    cursor: CursorWrapper,
    asked: Sequence[list[Group]],
    newest: Newest,
    foreseen: Sequence[Group],
) -> list[Plan]:
    """
    Return of the groups of each condition those that the database walks through, and those looked
    for in the rows that have the first.

    The newest rows tell which are rare together; the result is the same whatever they tell.
    """
    long = [each for each in asked if _is_long(each)]
    if newest.number < _MANY or not long:
        return [(groups, []) for groups in asked]
    lacking = {group for each in long for group in each} - newest.having.keys()
    if lacking:
        _sample(cursor, list(lacking.union(foreseen) - newest.having.keys()), newest)
    return [_plan(each, newest) if _is_long(each) else (each, []) for each in asked]


def _sample(cursor: CursorWrapper, groups: Sequence[Group], newest: Newest) -> None:
    """Look which of the newest entries have one token of each group."""
    words, after = [_words([group]) for group in groups], newest.number - _SAMPLE
    if connection.vendor == "sqlite":
        cursor.execute(
            " UNION ALL ".join([_SQLITE_SAMPLE] * len(groups)),
            [value for nth, each in enumerate(words) for value in (nth, each, after)],
        )
    else:
        blocks = _words([tuple(f"__n{key >> SMALL}" for key in (max(after, 0), newest.number))])
        cursor.execute(_POSTGRES_SAMPLE, [words, blocks, after])
    newest.having.update({group: set() for group in groups})
    for nth, key in cursor.fetchall():
        newest.having[groups[nth]].add(key)


def _is_long(groups: Sequence[Group]) -> bool:
    return len(groups) > _SHORT


def _plan(groups: Sequence[Group], newest: Newest) -> Plan:
    """Take the rarest group, then what is rarest beside it, until few entries are expected."""
    left, walked = list(groups), list[Group]()
    having, expected = newest.having, float(newest.number)

    def beside(group: Group) -> float:
        """The share of entries with one group taken that have this one, too; the highest."""
        own = having[group]
        shares = [len(own & having[each]) / max(len(having[each]), 1) for each in walked]
        return max([len(own) / _SAMPLE, *shares])

    while left and expected > _FEW:
        rarest = min(left, key=beside)
        share = beside(rarest)
        if walked and share > _GOES_WITH and expected < newest.number / _SAMPLE * _HANDFUL:
            break
        expected *= max(share, 1 / _SAMPLE)
        left.remove(rarest)
        walked.append(rarest)
    return walked, sorted(left, key=lambda group: len(having[group]))
