from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from tinhgon.apps.accounts.models import User
from tinhgon.apps.agencies.models import Agency
from tinhgon.apps.savedviews import actions
from tinhgon.apps.savedviews.enums import ListName


def _view(agency: Agency, person: User) -> dict[str, Any]:
    view = actions.save_view(
        page=ListName.PROCEDURES,
        name="Của tôi",
        query="q=khen",
        shared=False,
        by=person,
        at=datetime(2024, 3, 27, 2, tzinfo=UTC),
    )
    return {"pk": view.pk}


SAMPLES = {"savedviews:change": _view, "savedviews:delete": _view}
