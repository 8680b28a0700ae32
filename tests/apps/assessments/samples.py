from __future__ import annotations

from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from tests.apps.samples import Sample
from tests.factories import make_user
from tests.factories.reviews import make_review, make_review_round
from tinhgon.apps.accounts.models import User
from tinhgon.apps.agencies.models import Agency
from tinhgon.apps.assessments import actions
from tinhgon.apps.assessments.models import CostSheet

AT = datetime(2024, 7, 10, 9, tzinfo=ZoneInfo("Asia/Ho_Chi_Minh"))


def make_sheet(agency: Agency, **values: Any) -> CostSheet:
    """Make the cost sheet of a review of the agency, in a round that it runs itself."""
    review_round = values.pop("review_round", None) or make_review_round(agency)
    review = make_review(review_round, agency, **values)
    return actions.start_sheet(review=review, by=make_user(agency, "officer"), at=AT)


def _of_round(agency: Agency, person: User) -> dict[str, Any]:
    return {"pk": make_review_round(agency).pk}


def _of_review(agency: Agency, person: User) -> dict[str, Any]:
    return {"pk": make_review(make_review_round(agency), agency).pk}


def _of_sheet(agency: Agency, person: User) -> dict[str, Any]:
    return {"pk": make_sheet(agency).review_id}


def _of_row(agency: Agency, person: User) -> dict[str, Any]:
    return {"pk": make_sheet(agency).review_id, "key": "paper-1"}


SAMPLES: dict[str, Sample] = {
    "assessments:round": _of_round,
    "assessments:apply_norm": _of_round,
    "assessments:sheet": _of_sheet,
    "assessments:explained": _of_sheet,
    "assessments:chart": _of_sheet,
    "assessments:workbook": _of_sheet,
    "assessments:import": _of_sheet,
    "assessments:row": _of_row,
    "assessments:start": _of_review,
    "assessments:write": _of_sheet,
    "assessments:add_row": _of_sheet,
    "assessments:remove_row": _of_sheet,
}
