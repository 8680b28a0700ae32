"""Signed decisions on plans on their way in, for tests."""

from __future__ import annotations

from datetime import UTC, date, datetime

from tests.domain.catalogue.plans.decisions import decision, layout
from tests.factories.people import make_user
from tests.factories.procedures import make_version
from tests.factories.reviews import make_programme_round, make_questionnaire
from tinhgon.apps.accounts.models import User
from tinhgon.apps.agencies.models import Agency
from tinhgon.apps.plans import actions
from tinhgon.apps.plans.models import PlanDecision, PlanImport
from tinhgon.apps.procedures.enums import Status
from tinhgon.apps.procedures.models import ProcedureVersion
from tinhgon.apps.programmes.models import Round
from tinhgon.common.uploads import Upload

LATER = datetime(2024, 11, 1, 2, 0, tzinfo=UTC)
"""After the decision of the tests was signed, on 07/10/2024."""
ASSESS = "Thẩm định đề án vị trí việc làm"
STAFF = "Giao biên chế công chức hằng năm"


def text_upload(text: str = "") -> Upload:
    """Return the decision 1877/QĐ-UBND with two procedures, or a text, as a file."""
    data = (text or decision(layout("dotted"))).encode()
    return Upload("quyet-dinh.txt", "text/plain", data)


def published(agency: Agency, name: str, *, valid_to: date | None = None) -> ProcedureVersion:
    """Make a procedure of the agency, in force since the start of 2023."""
    return make_version(
        agency,
        status=Status.PUBLISHED,
        name=name,
        valid_from=date(2023, 1, 1),
        valid_to=valid_to,
    )


def make_import(
    agency: Agency,
    by: User | None = None,
    *,
    programme_round: Round | None = None,
    text: str = "",
) -> PlanImport:
    """Read the decision for the agency, in a round that never reviewed anything in the system."""
    make_questionnaire()
    runs = agency.parent or agency
    return actions.receive_decision(
        upload=text_upload(text),
        agency=agency,
        programme_round=programme_round or make_programme_round(runs, "Đợt rà soát lần 1"),
        by=by or make_user(runs, "coordinator"),
        at=LATER,
    )


def make_ready_import(agency: Agency, by: User | None = None) -> PlanImport:
    """Read the decision where both of its procedures are in the registry."""
    for name in (ASSESS, STAFF):
        published(agency, name)
    return make_import(agency, by)


def write(plan_import: PlanImport, by: User | None = None) -> PlanDecision:
    runs = plan_import.agency.parent or plan_import.agency
    return actions.write_import(
        plan_import=plan_import,
        by=by or make_user(runs, "coordinator"),
        at=LATER,
        seen=plan_import.version,
    )
