"""A new installation, or one after an update, is made ready by one command."""

from __future__ import annotations

import pytest
from django.core.management import call_command
from django.db import connection

pytestmark = pytest.mark.django_db


def test_the_database_knows_how_its_tables_spread() -> None:
    """Without it, pages of a large registry are read along the wrong index."""
    call_command("prepare", verbosity=0)

    statement = (
        "SELECT 1 FROM sqlite_stat1 WHERE tbl = 'accounts_role'"
        if connection.vendor == "sqlite"
        else "SELECT 1 FROM pg_class WHERE relname = 'accounts_role' AND reltuples > 0"
    )
    with connection.cursor() as cursor:
        cursor.execute(statement)
        assert cursor.fetchone()
