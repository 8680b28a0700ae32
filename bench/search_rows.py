"""
Entries of the search for a whole nation, written straight to the tables.

Cutting 300,000 texts into tokens takes a quarter of an hour. Here some thousands of bodies are cut
once and shared by FIRST entries, each with its own title, number and end of the body, and these
are repeated under new keys until there are enough: the lists of the index are as long as they
would be otherwise.
"""

from __future__ import annotations

import random
import time
from collections.abc import Iterator
from functools import lru_cache

from django.db import connection, transaction

from tinhgon.apps.search import index as table
from tinhgon.apps.search.models import SearchEntry
from tinhgon.domain.finding import kind_token, reach_tokens, text_tokens

from .measuring import say
from .search import entry, filling

FIRST = 30_000
BATCH = 5_000
_BODIES = 1_500


def write(size: int) -> None:
    """Fill the empty tables; a transaction a batch."""
    start = time.perf_counter()
    if connection.vendor == "postgresql":
        _run("DROP INDEX search_index_tokens")
    for rows, tokens in _batches(min(size, FIRST)):
        with transaction.atomic():
            SearchEntry.objects.bulk_create(rows)
            table.write(tokens)
    _tell(FIRST, start)
    for before in range(FIRST, size, FIRST):
        with transaction.atomic():
            _repeat(before, min(FIRST, size - before))
        _tell(min(before + FIRST, size), start)
    if connection.vendor == "postgresql":
        _run("SET maintenance_work_mem = '1GB'")
        _run(
            "CREATE INDEX search_index_tokens ON search_index USING gin (tokens) "
            "WITH (fastupdate = on, gin_pending_list_limit = 512)"
        )
        _run("VACUUM ANALYZE")
    else:
        table.tidy()
        _run("ANALYZE")
    _tell(size, start)


def _repeat(before: int, number: int) -> None:
    """Write the first entries once more, under keys that go on after `before`."""
    names = [f.column for f in SearchEntry._meta.concrete_fields if f.name not in {"id", "ref"}]
    own = ", ".join(names)
    _run(
        f"INSERT INTO search_searchentry (id, ref, {own}) "  # noqa: S608 -- names of ours
        f"SELECT id + {before}, ref + {before}, {own} FROM search_searchentry WHERE id <= {number}"
    )
    tokens = "SELECT rowid + {0}, tokens FROM search_index WHERE rowid <= {1}"
    if connection.vendor == "postgresql":
        old, new = _blocks("id"), _blocks(f"(id + {before})")
        tokens = (
            f"SELECT id + {{0}}, ts_delete(tokens, {old}) || array_to_tsvector({new}) "  # noqa: S608
            "FROM search_index WHERE id <= {1}"
        )
    key = "id" if connection.vendor == "postgresql" else "rowid"
    _run(f"INSERT INTO search_index ({key}, tokens) {tokens.format(before, number)}")


def _blocks(key: str) -> str:
    return f"ARRAY['__m' || ({key} >> {table.LARGE}), '__n' || ({key} >> {table.SMALL})]"


def _tell(written: int, start: float) -> None:
    say(f"  {written:,} ({time.perf_counter() - start:.0f} s)")


def _run(sql: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(sql)


def _batches(size: int) -> Iterator[tuple[list[SearchEntry], list[table.Row]]]:
    """Yield rows and their tokens. A key that PostgreSQL would give itself is given by hand."""
    chance = random.Random(1085)  # noqa: S311 -- a spread, not a secret
    bodies = [filling(chance) for _ in range(_BODIES)]
    cut = [text_tokens("", body=f"{subtitle}\n{body}") for _, subtitle, body in bodies]
    rows: list[SearchEntry] = []
    tokens: list[table.Row] = []
    for key in range(1, size + 1):
        kind = "duty" if key % 10 == 0 else "procedure"
        which = key * 7 % _BODIES
        made = entry(key, size, chance, *bodies[which])
        row = SearchEntry.of(kind, made)
        row.pk = key
        head = text_tokens(made.title, codes=made.codes) if key % 4 == 0 else _title(made.title)
        own = text_tokens("", codes=made.codes, body=made.body[len(bodies[which][2]) :])
        reach = reach_tokens(made.paths, everybody=made.for_all)
        known = {token[2:] for token in head if token.startswith("_t")}
        found = {*head, *(cut[which] | own) - known, *reach, kind_token(kind)}
        rows.append(row)
        tokens.append(table.Row(key, found))
        if len(rows) == BATCH or key == size:
            yield rows, tokens
            rows, tokens = [], []


@lru_cache(maxsize=4_096)
def _title(title: str) -> frozenset[str]:
    return frozenset(text_tokens(title))
