from __future__ import annotations

from typing import Any

from tests.apps.samples import Sample
from tests.factories.agencies import make_agency
from tests.factories.difficulties import (
    AT,
    PDF,
    content,
    make_answered,
    make_difficulty,
    make_guidance,
    make_sent_to,
)
from tests.factories.people import make_user
from tinhgon.apps.accounts.models import User
from tinhgon.apps.agencies.models import Agency
from tinhgon.apps.difficulties import actions
from tinhgon.apps.difficulties.actions import Paper


def _own(agency: Agency, person: User) -> dict[str, Any]:
    return {"pk": make_difficulty(agency).pk}


def _came(agency: Agency, person: User) -> dict[str, Any]:
    """One that came to the agency from below, for it to answer."""
    return {"pk": make_sent_to(agency).pk}


def _answered(agency: Agency, person: User) -> dict[str, Any]:
    return {"pk": make_answered(agency).pk}


def _answered_here(agency: Agency, person: User) -> dict[str, Any]:
    return {"pk": make_answered(make_agency(parent=agency)).pk}


def _letter(agency: Agency, person: User) -> dict[str, Any]:
    return {"pk": make_difficulty(agency).pk, "kind": "docx"}


def _file(agency: Agency, person: User) -> dict[str, Any]:
    difficulty = actions.raise_difficulty(
        agency=agency, content=content(), uploads=[PDF], by=make_user(agency), at=AT
    )
    return {"pk": difficulty.pk, "file": difficulty.files.get().pk}


def _step_file(agency: Agency, person: User) -> dict[str, Any]:
    paper = Paper(number="12", issued_on=AT.date(), upload=PDF)
    difficulty = make_answered(agency, paper=paper)
    return {"pk": difficulty.pk, "step": difficulty.answer_id}


def _applied(agency: Agency, person: User) -> dict[str, Any]:
    """One to which the agency itself applied what was answered to all."""
    guidance = make_guidance(agency)
    difficulty = make_difficulty(agency)
    actions.apply_guidance(
        difficulty=difficulty,
        guidance=guidance,
        by=make_user(agency),
        at=AT,
        seen=difficulty.version,
    )
    return {"pk": difficulty.pk}


SAMPLES: dict[str, Sample] = {
    "difficulties:detail": _own,
    "difficulties:edit": _own,
    "difficulties:letter": _letter,
    "difficulties:file": _file,
    "difficulties:step_file": _step_file,
    "difficulties:send": _own,
    "difficulties:withdraw": _own,
    "difficulties:apply": _own,
    "difficulties:decline": _applied,
    "difficulties:take_on": _came,
    "difficulties:answer": _came,
    "difficulties:return": _came,
    "difficulties:pass_up": _came,
    "difficulties:refer": _came,
    "difficulties:accept": _answered,
    "difficulties:reopen": _answered,
    "difficulties:close": _answered_here,
    "difficulties:guide": _answered,
}
