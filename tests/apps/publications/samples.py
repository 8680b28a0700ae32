from __future__ import annotations

from typing import Any

from tests.apps.samples import Sample
from tests.factories import make_user
from tests.factories.procedures import AT, make_version
from tests.factories.publications import make_draft, make_submitted, signed
from tinhgon.apps.accounts.models import User
from tinhgon.apps.agencies.models import Agency
from tinhgon.apps.procedures.enums import Status
from tinhgon.apps.publications import actions


def _draft(agency: Agency, person: User) -> dict[str, Any]:
    return {"pk": make_draft(agency, make_user(agency, "officer")).pk}


def _line_of(agency: Agency) -> dict[str, Any]:
    return {"pk": _line(agency, make_user(agency, "officer"))["pk"]}


def _line(agency: Agency, person: User) -> dict[str, Any]:
    version = make_version(agency, status=Status.CHECKED)
    decision = make_draft(agency, make_user(agency, "officer"), versions=[version])
    return {"pk": decision.pk, "line": decision.lines.get().pk}


def _submitted(agency: Agency, person: User) -> dict[str, Any]:
    return {"pk": make_submitted(agency).pk}


def _with_file(agency: Agency, person: User) -> dict[str, Any]:
    decision = make_submitted(agency)
    actions.record_signed(
        decision=decision,
        signed=signed(),
        upload=actions.Upload("qd.pdf", "application/pdf", b"%PDF-1.7 nothing"),
        by=make_user(agency, "clerk"),
        at=AT,
        seen=decision.version,
    )
    return {"pk": decision.pk}


def _paper(agency: Agency, person: User) -> dict[str, Any]:
    return {**_line_of(agency), "kind": "docx"}


def _procedure(agency: Agency, person: User) -> dict[str, Any]:
    return {"pk": make_version(agency, status=Status.CHECKED).procedure_id}


SAMPLES: dict[str, Sample] = {
    "publications:detail": _draft,
    "publications:lineage": _procedure,
    "publications:edit": _draft,
    "publications:choose": _draft,
    "publications:abolish": _draft,
    "publications:line": _line,
    "publications:change_lines": _draft,
    "publications:submit": _draft,
    "publications:recall": _submitted,
    "publications:discard": _draft,
    "publications:record": _submitted,
    "publications:draft_paper": _paper,
    "publications:submission_paper": _paper,
    "publications:signed_file": _with_file,
    "publications:signatures": _with_file,
}
