from __future__ import annotations

from datetime import date
from typing import Any

from tests.factories import make_agency
from tests.factories.assignments import (
    ISSUED_AT,
    PDF,
    issue,
    make_assignment,
    make_directive,
    make_proposal,
    reload,
    system_coordinator,
)
from tinhgon.apps.accounts.models import User
from tinhgon.apps.agencies.models import Agency
from tinhgon.apps.assignments import actions
from tinhgon.apps.assignments.models import Assignment, Duty, FeedToken, Urging
from tinhgon.apps.directives.models import Directive


def _giver() -> tuple[Agency, User]:
    """An agency outside of the person's branch that gives him work."""
    giver = make_agency("Cơ quan cấp trên")
    return giver, system_coordinator(giver)


def _held_by(agency: Agency) -> Assignment:
    giver, by = _giver()
    return make_assignment(agency, by, issuer=giver)


def _given_by(agency: Agency) -> Duty:
    directive = _letter(agency)
    unit = make_agency("Đơn vị nhận việc", parent=agency)
    make_proposal(directive, [unit])
    return issue(directive, system_coordinator(agency))[0]


def _letter(agency: Agency) -> Directive:
    return make_directive(agency, system_coordinator(agency))


def _proof(assignment: Assignment) -> Any:
    by = system_coordinator(assignment.agency)
    return actions.submit_proof(
        assignment=assignment,
        document_code="12/BC-SNV",
        document_on=date(2024, 3, 26),
        text="",
        upload=actions.Upload("bc.pdf", "application/pdf", PDF),
        by=by,
        at=ISSUED_AT,
        version=assignment.version,
    )


def _held(agency: Agency, person: User) -> dict[str, Any]:
    return {"pk": _held_by(agency).pk}


def _to_decide(agency: Agency, person: User) -> dict[str, Any]:
    return {"pk": _given_by(agency).assignments.get().pk}


def _duty(agency: Agency, person: User) -> dict[str, Any]:
    return {"pk": _given_by(agency).pk}


def _directive(agency: Agency, person: User) -> dict[str, Any]:
    return {"pk": _letter(agency).pk}


def _issued_letter(agency: Agency, person: User) -> dict[str, Any]:
    return {"pk": _given_by(agency).directive_id}


def _answer_file(agency: Agency, person: User) -> dict[str, Any]:
    return {"pk": _proof(_held_by(agency)).pk}


def _note_file(agency: Agency, person: User) -> dict[str, Any]:
    assignment = reload(_held_by(agency))
    note = actions.report_progress(
        assignment=assignment,
        percent=20,
        text="Đã làm",
        upload=actions.Upload("anh.pdf", "application/pdf", PDF),
        by=system_coordinator(agency),
        at=ISSUED_AT,
        version=assignment.version,
    )
    return {"pk": note.pk}


def _urging(agency: Agency, person: User) -> dict[str, Any]:
    letter = Urging.objects.create(
        issuer=agency, drafter=agency, by=person, at=ISSUED_AT, finish_on=date(2024, 7, 5)
    )
    return {"pk": letter.pk}


def _feed(agency: Agency, person: User) -> dict[str, Any]:
    actions.create_feed(agency=None, by=person, at=ISSUED_AT)
    return {"pk": FeedToken.objects.latest("pk").pk}


def _feed_address(agency: Agency, person: User) -> dict[str, Any]:
    return {"token": actions.create_feed(agency=None, by=person, at=ISSUED_AT)}


SAMPLES = {
    "assignments:feed": _feed_address,
    "assignments:feed_revoke": _feed,
    **{f"assignments:{name}": _urging for name in ("urging", "urging_docx", "urging_pdf")},
    **{
        f"assignments:{name}": _held
        for name in (
            "detail",
            "acknowledge",
            "progress",
            "submit",
            "nil",
            "ask_extension",
            "pass_on",
        )
    },
    **{f"assignments:{name}": _to_decide for name in ("accept", "return", "decide_extension")},
    **{f"assignments:{name}": _duty for name in ("duty", "amend", "withdraw")},
    **{f"assignments:{name}": _directive for name in ("issue", "replace")},
    "assignments:number": _issued_letter,
    "assignments:attach": _issued_letter,
    "assignments:answer_file": _answer_file,
    "assignments:note_file": _note_file,
}
