from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import uuid4
from zoneinfo import ZoneInfo

from tests.apps.samples import Sample
from tests.factories import make_user
from tests.factories.assignments import PDF
from tests.factories.procedures import make_record
from tinhgon.apps.accounts.models import User
from tinhgon.apps.agencies.models import Agency
from tinhgon.apps.audit import actions as audit
from tinhgon.apps.files.actions import store_file
from tinhgon.apps.procedures import actions
from tinhgon.apps.procedures.models import ProcedureVersion
from tinhgon.common import request_id
from tinhgon.domain.procedures import Form

AT = datetime(2024, 7, 8, 9, tzinfo=ZoneInfo("Asia/Ho_Chi_Minh"))


def make_draft(agency: Agency) -> ProcedureVersion:
    """Make a draft with the file of a form, which only its own branch may see."""
    stored = store_file(data=PDF, name="mau-01.pdf", content_type="application/pdf", at=AT)
    return actions.propose_procedure(
        record=make_record(forms=(Form("Mẫu số 01: Tờ trình", stored.pk),)),
        agency=agency,
        by=make_user(agency, "officer"),
        at=AT,
        finished=False,
    )


def _of_procedure(agency: Agency, person: User) -> dict[str, Any]:
    return {"pk": make_draft(agency).procedure_id}


def _of_version(agency: Agency, person: User) -> dict[str, Any]:
    return {"pk": make_draft(agency).procedure_id, "number": 1}


def _of_form_file(agency: Agency, person: User) -> dict[str, Any]:
    return {"pk": make_draft(agency).form_files.get().pk}


def _of_law(agency: Agency, person: User) -> dict[str, Any]:
    citation = make_draft(agency).citations.select_related("document").first()
    assert citation is not None
    return {"pk": citation.document.pk}


def _done(agency: Agency, person: User) -> dict[str, Any]:
    number = uuid4().hex[:16]
    version = make_draft(agency)
    token = request_id._current.set(number)
    audit.record("procedures.edited", version, by=person, at=AT)
    request_id._current.reset(token)
    return {"number": number}


_OF_VERSION = (
    *(
        "version",
        "send",
        "confirm",
        "send_back",
        "check",
        "return",
        "disclose",
        "correct_disclosure",
        "restore",
    ),
    *("out_of_scope", "drop", "duplicate", "merge", "svg", "bpmn"),
)
_OF_PROCEDURE = ("detail", "edit", "change", "code")

SAMPLES: dict[str, Sample] = {
    **{f"procedures:{name}": _of_procedure for name in _OF_PROCEDURE},
    **{f"procedures:{name}": _of_version for name in _OF_VERSION},
    "procedures:form_file": _of_form_file,
    "procedures:many_done": _done,
    "procedures:law": _of_law,
    "procedures:law_change": _of_law,
    "procedures:law_assign": _of_law,
    "procedures:copies": _of_procedure,
    "procedures:make_copies": _of_procedure,
    "procedures:unlink": _of_procedure,
}
