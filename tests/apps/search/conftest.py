from __future__ import annotations

import pytest

from tinhgon.apps.search import index as table


@pytest.fixture(autouse=True)
def _no_strays(db: None) -> None:
    """The table of the index is no model: what a test of another file emptied by hand stays."""
    table.remove(table.strays())
