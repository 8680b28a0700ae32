"""Words in the names, codes and agencies of what was published: the only place that knows both
databases.

PostgreSQL has the trigrams of `folded` in an index and takes it by itself. SQLite has them in the
table `procedures_words`, which its triggers keep; the migration `words` made both.
"""

from __future__ import annotations

from django.db import connection
from django.db.models import Q
from django.db.models.expressions import RawSQL

from tinhgon.domain.vntext import fold

_MOST = 20_000  # versions with the words, of which more are sooner found one by one
_SHORTEST = 3  # letters of a word that has a trigram
_ROWS = "SELECT rowid FROM procedures_words WHERE procedures_words MATCH %s"


def with_words(words: str) -> Q:
    """Return the condition that a version has each of the words, or what each is a part of."""
    condition = Q()
    for word in fold(words).split():
        condition &= Q(folded__contains=word)
    return condition


def published_with_words(words: str) -> Q:
    """
    Return the condition of `with_words` for published versions, to find them in a whole nation.

    The rows are the same; only the way to them is shorter. One query on SQLite, to learn whether
    it is.
    """
    asked = " AND ".join(
        '"{}"'.format(word.replace('"', '""'))
        for word in fold(words).split()
        if len(word) >= _SHORTEST
    )
    if connection.vendor != "sqlite" or not asked or _are_many(asked):
        return with_words(words)
    return with_words(words) & Q(pk__in=RawSQL(_ROWS, [asked]))  # noqa: S611 -- a text of ours


def _are_many(asked: str) -> bool:
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT COUNT(*) FROM ({_ROWS} LIMIT %s)",  # noqa: S608 -- a text of ours
            [asked, _MOST + 1],
        )
        (number,) = cursor.fetchone()
    return bool(number > _MOST)
