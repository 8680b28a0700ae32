"""How the long form is drawn: its sections, and beside them what is missing or understood."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.forms import Form
from django.http import HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string

from tinhgon.apps.accounts.http import UserRequest
from tinhgon.apps.files.models import StoredFile
from tinhgon.apps.procedures import queries
from tinhgon.apps.procedures.forms import typed as typing
from tinhgon.apps.procedures.forms.record import RecordForm
from tinhgon.apps.procedures.forms.typed import Typed, signed_file
from tinhgon.apps.procedures.models import ProcedureVersion, WorkingCopy
from tinhgon.apps.procedures.queries import editing
from tinhgon.common import clock
from tinhgon.domain.procedures import Finding, from_json, total_time

# Part of a record → the section of the form in which it stands.
SECTIONS = {
    "general": "Thông tin chung",
    "steps": "Trình tự thực hiện",
    "manners": "Cách thức thực hiện",
    "papers": "Thành phần, số lượng hồ sơ",
    "time_limit": "Thời hạn giải quyết",
    "subjects": "Đối tượng thực hiện",
    "bodies": "Cơ quan giải quyết",
    "result": "Kết quả, phí, lệ phí",
    "forms": "Mẫu đơn, mẫu tờ khai",
    "conditions": "Yêu cầu, điều kiện",
    "bases": "Căn cứ pháp lý",
}
_SECTION_OF = {
    "name": "general",
    "field": "general",
    "lead": "general",
    "dossier_sets": "papers",
    "dossier_text": "papers",
    "manner_text": "manners",
    "time_limit_text": "time_limit",
    "fee": "result",
    "kind": "general",
    "tier": "general",
    "rule_owner": "general",
    "is_interconnected": "general",
}
_SHOWN = {*SECTIONS, *_SECTION_OF}


@dataclass(frozen=True, slots=True)
class Seen:
    """The content that the person had before him when he began to type."""

    version: int
    at: datetime

    @classmethod
    def of(cls, version: ProcedureVersion) -> Seen:
        return cls(version.version, version.changed_at)


@dataclass(frozen=True, slots=True)
class Row:
    """One row of a list with its own form; `file` is the stored file of a form."""

    form: Form
    number: int
    file: StoredFile | None = None


def page(
    request: UserRequest,
    version: ProcedureVersion,
    typed: Typed,
    seen: Seen,
    *,
    form: RecordForm | None = None,
    copy: WorkingCopy | None = None,
    refused: dict[str, str] | None = None,
    problem: str = "",
    status: int = 200,
) -> HttpResponse:
    """Draw the form; what others saved since it was `seen` is taken in and said."""
    others = editing.changed_by_others(version=version, user=request.user, seen_at=seen.at)
    both: list[str] = []
    if seen.version != version.version:
        base = typed_of(version, copy.base) if copy and copy.base else None
        both = typing.merge(typed, base, typed_of(version))
    form = form or _form(version, typed, bound=bool(refused))
    for name, message in (refused or {}).items():
        form.add_error(name, message)
    context = {
        "version": version,
        "procedure": version.procedure,
        "form": form,
        "rows": _rows(version, form),
        "newest": Seen.of(version),
        "others": others if seen.version != version.version else [],
        "both": [SECTIONS[_SECTION_OF.get(name, name)] for name in both if name in _SHOWN],
        "copy": copy,
        "problem": problem,
        **_side(request, version, typed),
    }
    return render(request, "procedures/edit.html", context, status=status)


def typed_of(version: ProcedureVersion, content: dict[str, Any] | None = None) -> Typed:
    """Return what stands in the form for the content of a version, or for another content."""
    record = version.record if content is None else from_json(content)
    return typing.from_record(record, procedure=version.procedure_id)


def side(request: UserRequest, version: ProcedureVersion, typed: Typed) -> str:
    """Return what stands beside the form, for what is typed in it now."""
    return render_to_string("procedures/_edit_side.html", _side(request, version, typed), request)


def _side(request: UserRequest, version: ProcedureVersion, typed: Typed) -> dict[str, Any]:
    form = _form(version, typed, bound=True)
    form.is_valid()
    record = form.record()
    findings = queries.findings_if(version, record, on=clock.today())
    found = [(_section(finding), finding) for finding in findings]
    return {
        "sections": [
            (key, title, Counter(section for section, _ in found)[key])
            for key, title in SECTIONS.items()
        ],
        "found": found,
        "total": total_time(record.steps),
        "bases": record.bases,
        "unclear": [field for field in form if field.errors],
    }


def _section(finding: Finding) -> str:
    return _SECTION_OF.get(finding.part, finding.part)


def _form(version: ProcedureVersion, typed: Typed, *, bound: bool) -> RecordForm:
    return RecordForm(typed, procedure=version.procedure_id, base=version.record, bound=bound)


def _rows(version: ProcedureVersion, form: RecordForm) -> dict[str, list[Row]]:
    keys = {
        number: key
        for number, row in enumerate(form.typed["forms"])
        if (key := signed_file(row.get("file", ""), version.procedure_id))
    }
    files = editing.files_named(list(keys.values()))
    return {
        part: [
            Row(each, number + 1, files.get(keys.get(number, 0)) if part == "forms" else None)
            for number, each in enumerate(rows)
        ]
        for part, rows in form.rows.items()
    }
