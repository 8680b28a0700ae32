from __future__ import annotations

from datetime import date
from typing import Any

from tests.apps.samples import Sample
from tinhgon.apps.accounts.models import User
from tinhgon.apps.agencies.models import Agency
from tinhgon.apps.programmes.models import Programme


def _programme(agency: Agency, person: User) -> dict[str, Any]:
    programme = Programme.objects.create(
        name="Rà soát thủ tục nội bộ", agency=agency, starts_on=date(2024, 1, 1)
    )
    return {"pk": programme.pk}


SAMPLES: dict[str, Sample] = {
    "programmes:detail": _programme,
    "programmes:change": _programme,
}
