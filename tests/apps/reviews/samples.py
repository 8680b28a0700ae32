from __future__ import annotations

from collections.abc import Callable
from typing import Any

from tests.apps.samples import Sample
from tests.factories import make_agency
from tests.factories.procedures import AT
from tests.factories.reviews import (
    answered,
    checked,
    confirmed,
    lapsed,
    make_evidence,
    make_questionnaire,
    make_review,
    make_review_round,
)
from tinhgon.apps.accounts.models import User
from tinhgon.apps.agencies.models import Agency
from tinhgon.apps.reviews.models import Review


def _review(agency: Agency, **values: Any) -> Review:
    """Make a review of an agency below, run by the agency: nobody checks his own agency's."""
    below = make_agency("Chi cục", parent=agency)
    return make_review(make_review_round(agency), below, at=AT, **values)


def _round(agency: Agency, person: User) -> dict[str, Any]:
    return {"pk": _review(agency).round_id}


def _of(status: Callable[[User], dict[str, Any]] | None = None) -> Sample:
    def sample(agency: Agency, person: User) -> dict[str, Any]:
        return {"pk": _review(agency, **(status(person) if status else {})).pk}

    return sample


def _questionnaire(agency: Agency, person: User) -> dict[str, Any]:
    return {"pk": make_questionnaire().pk}


def _evidence(agency: Agency, person: User) -> dict[str, Any]:
    return {"pk": make_evidence(_review(agency), person).pk}


def _begun(_person: User) -> dict[str, Any]:
    return {"status": "in_progress"}


SAMPLES: dict[str, Sample] = {
    "reviews:questionnaire": _questionnaire,
    "reviews:round": _round,
    "reviews:reviews": _round,
    "reviews:add": _round,
    "reviews:close": _round,
    "reviews:assign": _round,
    "reviews:confirm_many": _round,
    "reviews:check_many": _round,
    "reviews:evidence_file": _evidence,
    **{
        f"reviews:{name}": _of()
        for name in ("review", "write", "choose", "conclude", "judge", "prove", "disprove")
    },
    **{f"reviews:{name}": _of(_begun) for name in ("finish", "renew", "lapse")},
    **{f"reviews:{name}": _of(answered) for name in ("take_back", "confirm", "send_back")},
    "reviews:check": _of(confirmed),
    "reviews:return": _of(checked),
    "reviews:resume": _of(lapsed),
}
