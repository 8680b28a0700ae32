"""
Which groups of tokens a search walks through, and which it looks for in the rows so found.

Where few entries have all that is asked for, a database would walk the lists of all tokens to their
ends. It gets the few groups that together are rarest, as the newest entries tell it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from django.db import connection
from django.db.backends.utils import CursorWrapper

from ._language import SMALL, Group, words

Plan = tuple[list[Group], list[Group]]  # walked through, and looked for in what was so found

_MANY = 50_000  # entries from which on not all tokens of a long question are walked
_SHORT = 2  # groups that need no plan
_SAMPLE = 200  # newest entries that tell how rare tokens are
_HANDFUL = 4  # entries of these, when nothing is to be told by them any more
_GOES_WITH = 0.6  # the share of entries with a token that have another, which then tells nothing
_FEW = 300  # entries of which the remaining tokens are sooner looked for one by one

_POSTGRES_NEWEST = "SELECT max(id) FROM search_index"
_POSTGRES_SAMPLE = """
SELECT nth::int - 1, found.id
FROM unnest(%s::text[]) WITH ORDINALITY AS asked(words, nth)
CROSS JOIN LATERAL (
  SELECT id FROM search_index
  WHERE tokens @@ (asked.words::tsquery && %s::tsquery) AND id + 0 > %s
) AS found
"""
_SQLITE_NEWEST = "SELECT rowid FROM search_index ORDER BY rowid DESC LIMIT 1"
_SQLITE_SAMPLE = "SELECT %s, rowid FROM search_index WHERE search_index MATCH %s AND rowid > %s"


@dataclass(frozen=True, slots=True)
class Newest:
    """
    What one search knows of the newest entries: the highest key, which tells how many there are
    about, and which of the last few have one token of a group, where it had to ask.
    """

    number: int
    having: dict[Group, set[int]] = field(default_factory=dict)


def newest() -> Newest:
    """Return what a search begins with."""
    with connection.cursor() as cursor:
        cursor.execute(_SQLITE_NEWEST if connection.vendor == "sqlite" else _POSTGRES_NEWEST)
        row = cursor.fetchone()
    return Newest((row and row[0]) or 0)


def plans(
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
    asked, after = [words([group]) for group in groups], newest.number - _SAMPLE
    if connection.vendor == "sqlite":
        cursor.execute(
            " UNION ALL ".join([_SQLITE_SAMPLE] * len(groups)),
            [value for nth, each in enumerate(asked) for value in (nth, each, after)],
        )
    else:
        blocks = words([tuple(f"__n{key >> SMALL}" for key in (max(after, 0), newest.number))])
        cursor.execute(_POSTGRES_SAMPLE, [asked, blocks, after])
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
