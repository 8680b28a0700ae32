from __future__ import annotations

from typing import Any

from tests.apps.samples import Sample
from tests.factories.procedures import AT, make_version
from tinhgon.apps.accounts.models import User
from tinhgon.apps.agencies.models import Agency
from tinhgon.apps.matching.enums import Ruling
from tinhgon.apps.matching.models import PairVerdict


def _of_one(agency: Agency, person: User) -> dict[str, Any]:
    return {"pk": make_version(agency).procedure_id}


def _of_two(agency: Agency, person: User) -> dict[str, Any]:
    return {
        "pk": make_version(agency).procedure_id,
        "other": make_version(agency).procedure_id,
    }


def _of_verdict(agency: Agency, person: User) -> dict[str, Any]:
    verdict = PairVerdict.objects.create(
        one=make_version(agency).procedure,
        other=make_version(agency).procedure,
        ruling=Ruling.DIFFERENT,
        reason="Một thủ tục cấp mới, một thủ tục cấp lại",
        at=AT,
        by=person,
    )
    return {"pk": verdict.pk}


SAMPLES: dict[str, Sample] = {
    "matching:group": _of_one,
    "matching:pair": _of_two,
    "matching:rule": _of_one,
    "matching:withdraw": _of_verdict,
}
