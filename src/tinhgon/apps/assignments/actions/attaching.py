"""An issued letter is put under a programme afterwards, with all the work that it gave."""

from __future__ import annotations

from datetime import datetime

from django.core.exceptions import PermissionDenied
from django.db import transaction

from tinhgon.apps.accounts.models import User
from tinhgon.apps.assignments.models import Duty
from tinhgon.apps.audit import actions as audit
from tinhgon.apps.audit.actions import Change
from tinhgon.apps.directives.models import Directive
from tinhgon.apps.directives.policies import may_number
from tinhgon.apps.programmes.models import Programme


@transaction.atomic
def attach_issued(
    *, directive: Directive, programme: Programme, by: User, at: datetime, version: int
) -> None:
    """
    Say which programme an issued letter carries out; its duties, passed-on ones too, follow.

    :raises PermissionDenied: if `by` may not issue letters of the agency, or this is a draft.
    :raises StaleObject: if somebody else changed the letter meanwhile.
    """
    if not may_number(by, directive):
        raise PermissionDenied
    change = Change("Chương trình", str(directive.programme or ""), str(programme))
    if change.old == change.new:
        return
    directive.change(seen_version=version, programme=programme, round=None)
    Duty.objects.filter(directive=directive).update(programme=programme)
    audit.record("directives.programme_attached", directive, by=by, at=at, changes=[change])
