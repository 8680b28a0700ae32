"""Templates of reports: handed in as Word files, checked, used, put aside."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction
from django.db.models import F

from tinhgon.apps.accounts.models import User
from tinhgon.apps.agencies.models import Agency
from tinhgon.apps.audit import actions as audit
from tinhgon.apps.files.actions import FileRefused, store_upload
from tinhgon.apps.files.enums import LETTERS
from tinhgon.apps.reports import policies
from tinhgon.apps.reports.models import ReportTemplate
from tinhgon.apps.reports.queries.templates import known_section_keys
from tinhgon.common.refusal import Refused
from tinhgon.common.uploads import Upload
from tinhgon.domain.officialdoc import Unreadable, read
from tinhgon.domain.reportpapers import Fault, check_template


class FaultyTemplate(Refused):
    """The file cannot be a template; `faults` say why, and where."""

    def __init__(self, faults: Sequence[Fault]) -> None:
        super().__init__(f"Mẫu có {len(faults)} chỗ phải sửa, chưa dùng được.", "file")
        self.faults = faults


@transaction.atomic
def add_template(
    *, agency: Agency, upload: Upload, note: str, by: User, at: datetime
) -> ReportTemplate:
    """
    Keep a Word file as the template of the reports of an agency and its branch, and use it.

    :raises PermissionDenied: if `by` may not set templates of the agency.
    :raises FaultyTemplate: if it has fields that do not exist, or parts that cannot be read.
    :raises Refused: if it is no Word file that can be read.
    """
    policies.check_templates(by, agency)
    if not upload.name.lower().endswith(".docx"):
        raise Refused("Mẫu báo cáo là tệp Word (.docx).", "file")
    try:
        document = read(upload.data, upload.name)
        file = store_upload(upload, at=at, allowed=LETTERS)
    except (Unreadable, FileRefused) as e:
        raise Refused(str(e), "file") from e
    if faults := check_template(document, known_section_keys()):
        raise FaultyTemplate(faults)
    _make_room(agency)
    template = ReportTemplate.objects.create(
        agency=agency, file=file, note=note.strip()[:300], is_used=True, added_at=at, added_by=by
    )
    audit.record("reports.template_added", template, by=by, at=at, reason=template.note)
    return template


def _make_room(agency: Agency) -> None:
    """Stop using the agency's template; who sets another at the same moment waits for this one."""
    Agency.objects.filter(pk=agency.pk).update(order=F("order"))
    ReportTemplate.objects.filter(agency=agency, is_used=True).update(is_used=False)


@transaction.atomic
def use_template(*, template: ReportTemplate, by: User, at: datetime) -> None:
    """
    Use an earlier template again; nothing happens where it is used already.

    :raises PermissionDenied: if `by` may not set templates of its agency.
    """
    policies.check_templates(by, template.agency)
    if template.is_used:
        return
    _make_room(template.agency)
    ReportTemplate.objects.filter(pk=template.pk).update(is_used=True)
    audit.record("reports.template_used", template, by=by, at=at)


@transaction.atomic
def put_template_aside(*, template: ReportTemplate, by: User, at: datetime) -> None:
    """
    Stop using a template: reports are written with that above, at last with the shipped one.

    :raises PermissionDenied: if `by` may not set templates of its agency.
    """
    policies.check_templates(by, template.agency)
    if ReportTemplate.objects.filter(pk=template.pk, is_used=True).update(is_used=False):
        audit.record("reports.template_put_aside", template, by=by, at=at)
