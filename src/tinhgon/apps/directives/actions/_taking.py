"""The draft is taken for one change, so that it is issued before or after, never between."""

from __future__ import annotations

from django.db.models import F

from tinhgon.apps.accounts.models import User
from tinhgon.apps.directives import policies
from tinhgon.apps.directives.enums import DirectiveStatus
from tinhgon.apps.directives.models import Directive


def take(directive: Directive, *, by: User) -> None:
    """
    Take the draft for one change of its work or heading, before anything of it is read or written.

    Its version counts on, so that nobody issues what he has not seen; whoever issues it at the
    same moment goes before or after, never between.

    :raises PermissionDenied, NotADraft: as `policies.check_edit`.
    """
    policies.check_edit(by, directive)
    draft = Directive.objects.filter(pk=directive.pk, status=DirectiveStatus.DRAFT.value)
    if not draft.update(version=F("version") + 1):
        raise policies.NotADraft
