"""One procedure as everybody may read it: the version of a day, how it came to be and to end."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TypedDict

from django.db.models import Q

from tinhgon.apps.portal.models import Suggestion
from tinhgon.apps.procedures.models import FormFile, Procedure, ProcedureVersion
from tinhgon.apps.publications.enums import DecisionStatus
from tinhgon.apps.publications.models import Decision, DecisionLine, LineEnding
from tinhgon.domain.procedures import PUBLISHED

MOST_SUGGESTIONS = 50


@dataclass(frozen=True, slots=True)
class Row:
    """A published version, and the signed decision that brought it."""

    version: ProcedureVersion
    decision: Decision | None
    is_shown: bool


class Leaflet(TypedDict):
    procedure: Procedure
    version: ProcedureVersion
    decision: Decision | None
    rows: list[Row]
    day: date
    holds: bool  # on the day
    is_ahead: bool  # its first day is after that day
    newer: ProcedureVersion | None  # of the same procedure, which took its place
    ended_by: list[DecisionLine]  # of signed decisions, on the day on which it ended
    replaced_by: list[DecisionLine]  # among these: of other procedures, which took its place
    replaces: list[LineEnding]
    canonical: Procedure | None
    files: dict[int, FormFile]
    suggestions: list[Suggestion]


def leaflet(*, pk: int, day: date, number: int | None = None) -> Leaflet:
    """
    Return a procedure with the version of the day, or with the one of this number; 7 queries.

    On a day on which none is in force it is the last one that was, before the first the first.

    :raises Procedure.DoesNotExist: also when it exists but nothing of it was ever published.
    """
    versions = _published(pk)
    version = _chosen(versions, day, number)
    procedure = version.procedure
    endings = _endings(version)
    return {
        "procedure": procedure,
        "version": version,
        "decision": _decision(version),
        "rows": [Row(each, _decision(each), each.pk == version.pk) for each in versions],
        "day": day,
        "holds": version.holds_on(day),
        "is_ahead": version.valid_from is not None and day < version.valid_from,
        "newer": next((v for v in versions if v.valid_from == version.valid_to), None)
        if version.valid_to
        else None,
        "ended_by": endings,
        "replaced_by": [line for line in endings if line.procedure_id != procedure.pk],
        "replaces": list(
            LineEnding.objects.filter(line__version=version, line__decision__status=_SIGNED)
            .exclude(procedure=procedure)
            .select_related("procedure")
        ),
        "canonical": _if_published(procedure.canonical),
        "files": {form.file_id: form for form in version.form_files.select_related("file")},
        "suggestions": list(
            Suggestion.objects.shown().filter(procedure=procedure)[:MOST_SUGGESTIONS]
        ),
    }


def get_public_version(*, pk: int, day: date) -> ProcedureVersion:
    """
    Return the version of a procedure that its address shows on the day.

    :raises Procedure.DoesNotExist: also when it exists but nothing of it was ever published.
    """
    return _chosen(_published(pk), day, None)


def get_public_form_file(*, pk: int) -> FormFile:
    """
    Return the file of a form that a published version names.

    :raises FormFile.DoesNotExist: also when it exists but no published version names it.
    """
    published = ProcedureVersion.objects.filter(status__in=PUBLISHED)
    return FormFile.objects.select_related("file").get(pk=pk, version__in=published)


_SIGNED = DecisionStatus.SIGNED


def _published(pk: int) -> list[ProcedureVersion]:
    return list(
        ProcedureVersion.objects.filter(
            procedure=pk, status__in=PUBLISHED, valid_from__isnull=False
        )
        .select_related(
            "procedure__agency", "procedure__canonical", "decision_line__decision__document"
        )
        .defer("folded", "reason")
        .order_by("-valid_from", "-number")
    )


def _chosen(versions: list[ProcedureVersion], day: date, number: int | None) -> ProcedureVersion:
    if number is not None:
        found = next((each for each in versions if each.number == number), None)
    else:
        begun = [each for each in versions if each.valid_from and each.valid_from <= day]
        held = [each for each in begun if each.valid_to != each.valid_from]
        found = next(
            (each for each in versions if each.holds_on(day)),
            next(iter(held or begun), versions[-1] if versions else None),
        )
    if found is None:
        raise Procedure.DoesNotExist
    return found


def _decision(version: ProcedureVersion) -> Decision | None:
    line = getattr(version, "decision_line", None)
    return line.decision if line and line.decision.status == _SIGNED else None


def _endings(version: ProcedureVersion) -> list[DecisionLine]:
    """Return the lines of signed decisions that ended the version on its last day."""
    if version.valid_to is None:
        return []
    lines = DecisionLine.objects.filter(
        Q(procedure=version.procedure_id) | Q(endings__procedure=version.procedure_id),
        decision__status=_SIGNED,
        decision__effective_on=version.valid_to,
    )
    return list(lines.select_related("decision__document", "procedure").distinct())


def _if_published(procedure: Procedure | None) -> Procedure | None:
    if procedure is None:
        return None
    published = procedure.versions.filter(status__in=PUBLISHED, valid_from__isnull=False)
    return procedure if published.exists() else None
