"""Tokens as each database asks for them, and the blocks of keys that PostgreSQL walks by."""

from __future__ import annotations

from collections.abc import Sequence

from django.db import connection

Group = tuple[str, ...]  # one of these tokens

SMALL, LARGE = 11, 15  # the key of an entry, shifted by so many bits, is the number of its block
BLOCKS = ("__m", "__n")


def blocks(key: int) -> list[str]:
    return [f"__m{key >> LARGE}", f"__n{key >> SMALL}"]


def words(groups: Sequence[Group]) -> str:
    """Return the groups in the language of the database; tokens hold none of its signs."""
    both, either, quote = (" AND ", " OR ", '"') if connection.vendor == "sqlite" else "&|'"
    parts = [[f"{quote}{token}{quote}" for token in dict.fromkeys(group)] for group in groups]
    return both.join(f"({either.join(part)})" if len(part) > 1 else part[0] for part in parts)
