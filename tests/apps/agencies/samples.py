from __future__ import annotations

from typing import Any

from tests.apps.samples import Sample
from tinhgon.apps.accounts.models import User
from tinhgon.apps.agencies.models import Agency


def _own(agency: Agency, person: User) -> dict[str, Any]:
    return {"pk": agency.pk}


SAMPLES: dict[str, Sample] = {
    f"agencies:{page}": _own
    for page in ("detail", "add", "rename", "move", "merge", "split", "end")
}
