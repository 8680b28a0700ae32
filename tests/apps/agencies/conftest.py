from __future__ import annotations

from datetime import datetime

import pytest

from tests.conftest import VIETNAM
from tinhgon.apps.agencies import actions
from tinhgon.apps.agencies.imports import shipped_territory
from tinhgon.apps.audit.actions import System


@pytest.fixture
def lang_son(db: None) -> None:
    """The real tree, all four states."""
    at = datetime(2024, 3, 1, 8, tzinfo=VIETNAM)
    actions.load_territory(by=System(), at=at, data=shipped_territory())
