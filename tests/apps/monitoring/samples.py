from __future__ import annotations

from typing import Any

from tests.factories.assignments import make_programme
from tinhgon.apps.accounts.models import User
from tinhgon.apps.agencies.models import Agency


def _programme(agency: Agency, person: User) -> dict[str, Any]:
    return {"pk": make_programme(agency).pk}


SAMPLES = {
    "monitoring:setting": _programme,
}
