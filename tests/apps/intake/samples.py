from __future__ import annotations

from typing import Any

from tests.apps.samples import Sample
from tests.factories import make_user
from tinhgon.apps.accounts.models import User
from tinhgon.apps.agencies.models import Agency
from tinhgon.apps.intake.models import Batch

from .sheets import line, previewed, receive_decision


def _sheet(agency: Agency, person: User) -> dict[str, Any]:
    return {"pk": previewed(agency, make_user(agency, "officer"), line(), line(code="NB-1")).pk}


def _row_of_sheet(agency: Agency, person: User) -> dict[str, Any]:
    batch = previewed(agency, make_user(agency, "officer"), line())
    return {"pk": batch.pk, "row": batch.rows.get().pk}


def _decision(agency: Agency, person: User) -> dict[str, Any]:
    row = ("1", "Giao biên chế công chức", "Nội vụ", agency.name)
    batch = receive_decision(agency, make_user(agency, "clerk"), row)
    return {"pk": batch.pk}


def _row_of_decision(agency: Agency, person: User) -> dict[str, Any]:
    batch = Batch.objects.get(**_decision(agency, person))
    return {"pk": batch.pk, "row": batch.rows.get().pk}


_OF_SHEET = (
    "detail",
    "file",
    "errors",
    "columns",
    "advance",
    "again",
    "fill",
    "choose",
    "write",
    "index",
    "undo",
    "discard",
)

SAMPLES: dict[str, Sample] = {
    **{f"intake:{name}": _sheet for name in _OF_SHEET},
    "intake:row": _row_of_sheet,
    "intake:heading": _decision,
    "intake:correct": _row_of_decision,
}
