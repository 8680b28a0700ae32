from __future__ import annotations

from typing import Any

from tests.apps.samples import Sample
from tests.factories import make_user
from tinhgon.apps.accounts.models import User
from tinhgon.apps.agencies.models import Agency

from .making import a_letter, give_code, packed, recall_of, receive


def _arrival(agency: Agency, person: User) -> dict[str, Any]:
    return {"pk": receive(packed(), agency).pk}


def _part(agency: Agency, person: User) -> dict[str, Any]:
    arrival = receive(packed(), agency)
    return {"pk": arrival.pk, "part": arrival.parts.get().pk}


def _recall(agency: Agency, person: User) -> dict[str, Any]:
    return {"pk": receive(recall_of(a_letter()), agency, make_user(agency, "clerk")).pk}


def _organ(agency: Agency, person: User) -> dict[str, Any]:
    return {"pk": give_code(agency, f"H37.{agency.pk}").pk}


SAMPLES: dict[str, Sample] = {
    "exchange:arrival": _arrival,
    "exchange:arrival_file": _part,
    "exchange:answer": _arrival,
    "exchange:handle": _recall,
    "exchange:end_organ": _organ,
}
