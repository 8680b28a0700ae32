"""Keeping what somebody types until he saves it."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import transaction

from tinhgon.apps.accounts.models import User
from tinhgon.apps.files import actions as files
from tinhgon.apps.files.models import StoredFile
from tinhgon.apps.procedures import policies
from tinhgon.apps.procedures.models import ProcedureVersion, WorkingCopy
from tinhgon.domain.procedures import Move


@transaction.atomic
def keep_typed(
    *,
    version: ProcedureVersion,
    typed: dict[str, Any],
    by: User,
    at: datetime,
    seen: int,
    seen_at: datetime,
) -> None:
    """
    Keep what `by` has typed into a draft, in place of what was kept before.

    The version stays as it is, and the trail records nothing: only saving changes a procedure.

    :raises IllegalMove, PermissionDenied: as `edit_version`.
    """
    policies.check(by, Move.EDIT, version)
    values: dict[str, Any] = {"typed": typed, "seen": seen, "seen_at": seen_at, "kept_at": at}
    kept = WorkingCopy.objects.filter(version=version, user=by)
    if not kept.filter(seen=seen).update(**values):
        values["base"] = version.content if version.version == seen else None
        WorkingCopy.objects.update_or_create(version=version, user=by, defaults=values)


@transaction.atomic
def forget_typed(*, version: ProcedureVersion, by: User) -> None:
    """Throw away what `by` has typed and not saved."""
    WorkingCopy.objects.filter(version=version, user=by).delete()


@transaction.atomic
def keep_form_file(
    *,
    version: ProcedureVersion,
    name: str,
    content_type: str,
    data: bytes,
    by: User,
    at: datetime,
) -> StoredFile:
    """
    Keep the file of a form; it belongs to the version once the form that names it is saved.

    :raises IllegalMove, PermissionDenied: as `edit_version`.
    :raises Refused: with what is wrong with the file.
    """
    policies.check(by, Move.EDIT, version)
    return files.store_file(data=data, name=name, content_type=content_type, at=at)
