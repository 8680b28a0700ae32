from __future__ import annotations

from typing import Any

from tests.apps.samples import Sample
from tests.factories import make_user
from tests.factories.publications import make_draft
from tinhgon.apps.accounts.models import User
from tinhgon.apps.agencies.models import Agency


def _draft(agency: Agency, person: User) -> dict[str, Any]:
    return {"pk": make_draft(agency, make_user(agency, "officer")).pk}


SAMPLES: dict[str, Sample] = {
    "publications:detail": _draft,
}
