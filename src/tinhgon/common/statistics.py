"""What the database knows of its own tables."""

from __future__ import annotations

from django.db import connection


def renew() -> None:
    """
    Let the database look at how many rows there are and how they spread: it plans by that. SQLite
    never looks by itself, and forgets what it saw of a table that a migration makes anew.
    """
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
