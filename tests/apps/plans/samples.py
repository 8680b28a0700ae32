from __future__ import annotations

from typing import Any

from tests.apps.samples import Sample
from tests.factories.plans import make_decided, make_plan
from tinhgon.apps.accounts.models import User
from tinhgon.apps.agencies.models import Agency


def _plan(agency: Agency, person: User) -> dict[str, Any]:
    return {"pk": make_plan(agency).pk}


def _item(agency: Agency, person: User) -> dict[str, Any]:
    return {"pk": make_plan(agency).items.get().pk}


def _decision(agency: Agency, person: User) -> dict[str, Any]:
    return {"pk": make_decided(agency)[1].pk}


SAMPLES: dict[str, Sample] = {
    "plans:detail": _plan,
    "plans:item": _item,
    "plans:decision": _decision,
}
