"""What the page of one procedure shows."""

from __future__ import annotations

from datetime import date
from typing import Any, TypedDict

from django.db.models import Q

from tinhgon.apps.accounts.models import User
from tinhgon.apps.audit import queries as audit
from tinhgon.apps.audit.models import Event
from tinhgon.apps.procedures.models import (
    FormFile,
    Procedure,
    ProcedureVersion,
    Tenure,
    WorkingCopy,
)
from tinhgon.common.http import whole_number
from tinhgon.domain.access import Permission
from tinhgon.domain.procedures import (
    EDITABLE,
    UNPUBLISHED,
    Change,
    Finding,
    PartChange,
    Piece,
    difference,
    word_changes,
)

from ._loading import findings

MOST_EVENTS = 100


class VersionRow(TypedDict):
    version: ProcedureVersion
    decision: Any  # the decision in which it stands, drafted or signed; None where in none
    plan_item: Any  # the item of a plan that it carries out
    ended_by: Any  # the decision that ended it
    is_shown: bool
    holds: bool  # today


class ProcedurePage(TypedDict):
    procedure: Procedure
    version: ProcedureVersion
    row: VersionRow
    rows: list[VersionRow]
    draft: ProcedureVersion | None
    in_force: ProcedureVersion | None
    is_own: bool
    findings: tuple[Finding, ...]
    copy: WorkingCopy | None


def procedure_page(*, user: User, pk: int, number: int | None, today: date) -> ProcedurePage:
    """
    Return what every tab of the page shows around it, of one version: that of the number, else the
    one in force, else the newest that the person may see.

    :raises ProcedureVersion.DoesNotExist: if the person sees none such.
    """
    versions = _versions(user, pk)
    in_force = next((each for each in versions if each.holds_on(today)), None)
    if number is None:
        version = in_force or next(iter(versions), None)
    else:
        version = next((each for each in versions if each.number == number), None)
    if version is None:
        raise ProcedureVersion.DoesNotExist
    version.refresh_from_db(fields=["content"])
    procedure = version.procedure
    rows = _rows(versions, version, today)
    is_draft = version.status in UNPUBLISHED
    return {
        "procedure": procedure,
        "version": version,
        "row": next(row for row in rows if row["is_shown"]),
        "rows": rows,
        "draft": next((each for each in versions if each.status in UNPUBLISHED), None),
        "in_force": in_force,
        "is_own": user.access.allows(Permission.SEE, procedure.agency.path or "/"),
        "findings": findings(version, on=today) if is_draft else (),
        "copy": _copy_of(user, version),
    }


def _versions(user: User, pk: int) -> list[ProcedureVersion]:
    """Return all that the person may see of a procedure, the newest first, without contents."""
    return list(
        ProcedureVersion.objects.visible_to(user)
        .filter(procedure=pk)
        .select_related(
            "procedure__agency",
            "procedure__canonical",
            "procedure__merged_into",
            "decision_line__decision__document",
            "plan_item__plan__agency",
        )
        .defer("content", "folded", "plan_item__to_be")
        .order_by("-number")
    )


def _rows(
    versions: list[ProcedureVersion], shown: ProcedureVersion, today: date
) -> list[VersionRow]:
    has_ended = any(each.valid_to for each in versions)
    endings = _endings(shown.procedure) if has_ended else {}
    return [
        {
            "version": each,
            "decision": _decision(each),
            "plan_item": _plan_item(each),
            "ended_by": endings.get(each.valid_to) if each.valid_to else None,
            "is_shown": each.pk == shown.pk,
            "holds": each.holds_on(today),
        }
        for each in versions
    ]


def _decision(version: ProcedureVersion) -> Any:
    """Return the decision of a version; that app stands above this one, hence by its name."""
    line = getattr(version, "decision_line", None)
    return line.decision if line else None


def _plan_item(version: ProcedureVersion) -> Any:
    """Return the item of the plan that a version carries out; that app stands above this one."""
    return getattr(version, "plan_item", None)


def _endings(procedure: Procedure) -> dict[date, Any]:
    """Return the signed decisions on the procedure by their day: which ended a version that day."""
    own = procedure.decision_lines
    lines = own.model.objects.filter(
        Q(procedure=procedure) | Q(endings__procedure=procedure), decision__status="signed"
    ).select_related("decision__document")
    return {on: line.decision for line in lines if (on := line.decision.effective_on)}


def _copy_of(user: User, version: ProcedureVersion) -> WorkingCopy | None:
    if version.status not in EDITABLE:
        return None
    return WorkingCopy.objects.filter(version=version, user=user).defer("typed").first()


class RowPieces(TypedDict):
    change: Change
    old: tuple[Piece, ...]
    new: tuple[Piece, ...]


class PartPieces(TypedDict):
    part: str
    label: str
    rows: list[RowPieces]


class Comparison(TypedDict):
    old: ProcedureVersion
    old_words: str
    new_words: str
    parts: list[PartPieces]


def comparison(
    *, user: User, version: ProcedureVersion, asked: str, rows: list[VersionRow]
) -> Comparison | None:
    """
    Return how a version differs from another: the asked one, else the one that it changes.

    None where there is no other. A number of no version is as if none was asked.
    """
    others = [row["version"].number for row in rows if not row["is_shown"]]
    if not others:
        return None
    number = whole_number(asked)
    if number not in others:
        number = next((n for n in others if n < version.number), others[-1])
    old = procedure_version(user=user, version=version, number=number)
    parts = [in_pieces(part) for part in difference(old.record, version.record)]
    return {
        "old": old,
        "old_words": f"Bản {old.number}",
        "new_words": f"Bản {version.number}",
        "parts": parts,
    }


def in_pieces(part: PartChange) -> PartPieces:
    """Return a part that differs with its rows cut where their words do."""
    rows: list[RowPieces] = []
    for row in part.rows:
        old, new = word_changes(row.old, row.new)
        rows.append({"change": row.change, "old": old, "new": new})
    return {"part": part.part, "label": part.label, "rows": rows}


def procedure_version(*, user: User, version: ProcedureVersion, number: int) -> ProcedureVersion:
    """Return another version of the same procedure that the person may see."""
    return ProcedureVersion.objects.visible_to(user).get(
        procedure=version.procedure_id, number=number
    )


class History(TypedDict):
    events: list[Event]
    tenures: list[Tenure]
    copies: list[Procedure]


def history(*, procedure: Procedure, rows: list[VersionRow], is_own: bool) -> History:
    """Return what became of a procedure; the trail only to its own branch, who wrote it."""
    versions = [row["version"] for row in rows]
    return {
        "events": audit.history_of(procedure, *versions, most=MOST_EVENTS) if is_own else [],
        "tenures": list(procedure.tenures.select_related("agency")),
        "copies": list(procedure.local_copies.select_related("agency")[:MOST_EVENTS]),
    }


def form_files(version: ProcedureVersion) -> dict[int, FormFile]:
    """Return the files of the forms of a version, by the key of the stored file."""
    return {form.file_id: form for form in version.form_files.select_related("file")}


def get_visible_form_file(*, user: User, pk: int) -> FormFile:
    """
    Return the file of a form, if the person may see the version that names it.

    :raises FormFile.DoesNotExist: also when it exists but is hidden from the person.
    """
    seen = ProcedureVersion.objects.visible_to(user)
    return FormFile.objects.select_related("file").get(pk=pk, version__in=seen)
