from __future__ import annotations

import itertools
from typing import Any

from tests.apps.samples import Sample
from tests.factories.assignments import PDF, make_programme
from tests.factories.procedures import AT, make_record
from tests.factories.publications import entered_line, make_entered
from tinhgon.apps.accounts.models import User
from tinhgon.apps.agencies.models import Agency
from tinhgon.apps.files.actions import store_file
from tinhgon.apps.files.models import StoredFile
from tinhgon.apps.monitoring.models import MonitoringSetting
from tinhgon.apps.portal import actions
from tinhgon.apps.portal.models import Suggestion
from tinhgon.apps.procedures.models import ProcedureVersion
from tinhgon.apps.publications.models import Decision
from tinhgon.domain.monitoring import RANKED
from tinhgon.domain.procedures import Form

_numbers = itertools.count(1)


def make_published(agency: Agency, **values: Any) -> Decision:
    """Make a signed decision with its file, which brings one procedure that names a form."""
    record = make_record(forms=(Form("Mẫu số 01: Tờ trình", _stored("mau-01.pdf").pk),))
    return make_entered(
        agency, [entered_line(agency, record=record)], file=_stored("da-ky.pdf"), **values
    )


def make_suggestion(
    version: ProcedureVersion, text: str = "Bước 2 có thể bỏ.", **values: Any
) -> Suggestion:
    return actions.send_suggestion(
        version=version,
        sent=actions.Sent(
            text=text, **{"address": f"address {next(_numbers)}", "seconds": 60, **values}
        ),
        at=AT,
    )


def _stored(name: str) -> StoredFile:
    return store_file(data=PDF, name=name, content_type="application/pdf", at=AT)


def _decision(agency: Agency, person: User) -> dict[str, Any]:
    return {"pk": make_published(agency).pk}


def _procedure(agency: Agency, person: User) -> dict[str, Any]:
    return {"pk": make_published(agency).lines.get().procedure_id}


def _version(agency: Agency, person: User) -> dict[str, Any]:
    return {**_procedure(agency, person), "number": 1}


def _form_file(agency: Agency, person: User) -> dict[str, Any]:
    version = make_published(agency).lines.get().version
    assert version is not None
    return {"pk": version.form_files.get().pk}


def _agency(agency: Agency, person: User) -> dict[str, Any]:
    return {"pk": agency.pk}


def _suggestion(agency: Agency, person: User) -> dict[str, Any]:
    version = make_published(agency).lines.get().version
    assert version is not None
    return {"pk": make_suggestion(version).pk}


def _progress(agency: Agency, person: User) -> dict[str, Any]:
    """Let the province have opened the page, whoever looks at it."""
    MonitoringSetting.objects.create(
        programme=make_programme(agency),
        completeness=60,
        weights=dict.fromkeys(RANKED, 1),
        is_public=True,
        basis="QĐ 12/QĐ-UBND",
        set_at=AT,
        set_by=person,
    )
    return {}


SAMPLES: dict[str, Sample] = {
    "portal:procedure": _procedure,
    "portal:version": _version,
    "portal:suggest": _procedure,
    "portal:procedure_json": _procedure,
    "portal:suggested": _procedure,
    "suggestions:detail": _suggestion,
    "suggestions:show": _suggestion,
    "suggestions:answer": _suggestion,
    "suggestions:decline": _suggestion,
    "portal:form_file": _form_file,
    "portal:decision": _decision,
    "portal:signed_file": _decision,
    "portal:agency": _agency,
    "portal:progress": _progress,
}
