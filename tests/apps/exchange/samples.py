from __future__ import annotations

from typing import Any

from tests.apps.samples import Sample
from tests.factories import make_user
from tinhgon.apps.accounts.models import User
from tinhgon.apps.agencies.models import Agency

from .making import a_letter, dispatched, give_code, make_urging, packed, recall_of, receive


def _arrival(agency: Agency, person: User) -> dict[str, Any]:
    return {"pk": receive(packed(), agency).pk}


def _part(agency: Agency, person: User) -> dict[str, Any]:
    # Of a letter that did not come before: a second one would be refused, and have no parts.
    letter = a_letter(document_id=f"000.00.00.G22,2024/03/26,{agency.pk}/KSTT", number="2002")
    arrival = receive(packed(letter), agency)
    return {"pk": arrival.pk, "part": arrival.parts.get().pk}


def _recall(agency: Agency, person: User) -> dict[str, Any]:
    return {"pk": receive(recall_of(a_letter()), agency, make_user(agency, "clerk")).pk}


def _organ(agency: Agency, person: User) -> dict[str, Any]:
    return {"pk": give_code(agency, f"H37.{agency.pk}").pk}


def _paper(agency: Agency, person: User) -> dict[str, Any]:
    return {"kind": "don-doc", "pk": make_urging(agency).pk}


def _dispatch(agency: Agency, person: User) -> dict[str, Any]:
    return {"pk": dispatched(agency).pk}


def _dispatch_part(agency: Agency, person: User) -> dict[str, Any]:
    dispatch = dispatched(agency)
    return {"pk": dispatch.pk, "part": dispatch.parts.all()[0].pk}


SAMPLES: dict[str, Sample] = {
    "exchange:arrival": _arrival,
    "exchange:arrival_file": _part,
    "exchange:answer": _arrival,
    "exchange:handle": _recall,
    "exchange:paper": _paper,
    "exchange:draft_package": _paper,
    "exchange:record": _paper,
    "exchange:dispatch": _dispatch,
    "exchange:package": _dispatch,
    "exchange:set_state": _dispatch,
    "exchange:queue": _dispatch,
    "exchange:dispatch_file": _dispatch_part,
    "exchange:end_organ": _organ,
}
