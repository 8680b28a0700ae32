"""The newest entries that answer."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from django.db import connection
from django.db.backends.utils import CursorWrapper

from tinhgon.domain.finding import Condition

from ._language import LARGE, SMALL, Group, words
from ._plans import Newest, plans

Whole = tuple[int, list[Group]]  # the number of a condition, and all its groups
Part = tuple[int, list[Group], list[Group]]  # the number of a condition, and its plan

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
_SQLITE_MATCHES = (
    "SELECT * FROM (SELECT %s, rowid FROM search_index WHERE search_index MATCH %s "
    "ORDER BY rowid DESC LIMIT %s)"
)
_SQLITE_ROWS = (
    "SELECT * FROM (SELECT %s, rowid FROM search_index WHERE search_index MATCH %s "
    "AND search_has(%s, tokens) ORDER BY rowid DESC LIMIT %s)"
)


class Match(NamedTuple):
    tier: int
    key: int


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


def _groups(condition: Condition, common: Sequence[Group]) -> list[Group]:
    return list(dict.fromkeys((*condition.groups, *common)))


def _newest_having(
    asked: Sequence[list[Group]], newest: Newest, most: int, foreseen: Sequence[Group] = ()
) -> list[list[int]]:
    """Return for each the newest entries, up to `most`, that have one token of each group."""
    found: list[list[int]] = [[] for _ in asked]
    if not asked:
        return found
    with connection.cursor() as cursor:
        planned = list(enumerate(plans(cursor, asked, newest, foreseen)))
        whole = [(nth, walked) for nth, (walked, others) in planned if not others]
        parts = [(nth, walked, others) for nth, (walked, others) in planned if others]
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
        values += [nth, words(walked), most]
    for nth, walked, _ in parts:
        values += [nth, words(walked), nth, most]
    statements = [_SQLITE_MATCHES] * len(whole) + [_SQLITE_ROWS] * len(parts)
    cursor.execute(" UNION ALL ".join(statements), values)


def _on_postgres(
    cursor: CursorWrapper, whole: Sequence[Whole], parts: Sequence[Part], most: int
) -> None:
    cursor.execute(
        _POSTGRES_MATCHES,
        [
            [nth for nth, _ in whole],
            [words(walked) for _, walked in whole],
            most,
            most,
            [nth for nth, _, _ in parts],
            [words(walked) for _, walked, _ in parts],
            [words(others) for _, _, others in parts],
            most,
        ],
    )
